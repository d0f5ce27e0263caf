//! What a token allows. Its own word is believed: it came over TLS from the login itself, and nothing follows from it
//! but a hint.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use hyper::header::HeaderValue;
use serde::Deserialize;

use crate::source::remedy::word;

/// More than any application has.
const MOST: usize = 50;

#[derive(Deserialize)]
struct Claims {
    #[serde(default)]
    roles: Vec<String>,
}

/// The application permissions that a token names; `None` if it cannot be read.
pub fn of(bearer: &HeaderValue) -> Option<Vec<String>> {
    let token = bearer.to_str().ok()?.strip_prefix("Bearer ")?;
    let claims = token.split('.').nth(1)?;
    let claims = BASE64_URL_SAFE_NO_PAD.decode(claims.trim_end_matches('=')).ok()?;
    let Claims { roles } = serde_json::from_slice(&claims).ok()?;
    Some(roles.iter().map(|role| word(role)).filter(|role| !role.is_empty()).take(MOST).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn token(claims: &str) -> HeaderValue {
        let claims = BASE64_URL_SAFE_NO_PAD.encode(claims);
        HeaderValue::try_from(format!("Bearer h.{claims}.s")).unwrap()
    }

    #[test]
    fn roles_are_read_and_nothing_else() {
        let roles = of(&token(r#"{"aud":"x","roles":["Calendars.Read","<b>x\n"]}"#)).unwrap();
        assert_eq!(roles, ["Calendars.Read", "bx"]);
        assert_eq!(of(&token(r#"{"aud":"x"}"#)), Some(vec![]));
        assert_eq!(of(&token("7")), None);
        assert_eq!(of(&HeaderValue::from_static("Bearer opaque")), None);
    }

    proptest! {
        #[test]
        fn any_token_is_taken(text in "[ -~]{0,64}", claims in ".{0,64}") {
            let _ = of(&HeaderValue::try_from(text).unwrap());
            let _ = of(&token(&claims));
        }
    }
}
