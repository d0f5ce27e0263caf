//! Which ways to log in a server offers (`WWW-Authenticate`), in several headers or in one.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use hyper::header::{HeaderMap, HeaderValue, WWW_AUTHENTICATE};

/// A way to log in that is taken. Basic and Digest are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// NTLM by its name.
    Ntlm,
    /// Negotiate, with NTLM inside.
    Negotiate,
}

impl Scheme {
    /// Its name in headers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ntlm => "NTLM",
            Self::Negotiate => "Negotiate",
        }
    }

    /// A header that carries a message.
    pub fn header(self, message: &[u8]) -> HeaderValue {
        let text = format!("{} {}", self.name(), BASE64_STANDARD.encode(message));
        let mut value = HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static(""));
        value.set_sensitive(true);
        value
    }
}

/// What is offered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offer(Vec<(String, String)>);

impl Offer {
    /// What the headers of an answer offer.
    pub fn of(headers: &HeaderMap) -> Self {
        let values = headers.get_all(WWW_AUTHENTICATE).iter().filter_map(|value| value.to_str().ok());
        Self(values.flat_map(challenges).collect())
    }

    /// The way that is taken, if there is one.
    pub fn scheme(&self) -> Option<Scheme> {
        [Scheme::Ntlm, Scheme::Negotiate].into_iter().find(|scheme| self.find(scheme.name()).is_some())
    }

    /// The server's message that comes with a scheme.
    pub fn message(&self, scheme: Scheme) -> Option<Vec<u8>> {
        BASE64_STANDARD.decode(self.find(scheme.name())?).ok().filter(|message| !message.is_empty())
    }

    /// The names of what is offered, for people.
    pub fn shown(&self) -> String {
        let word =
            |name: &String| name.chars().filter(char::is_ascii_alphanumeric).take(32).collect::<String>();
        let mut names: Vec<String> = self.0.iter().map(|(name, _)| word(name)).collect();
        names.dedup();
        if names.is_empty() { "nothing".to_owned() } else { names.join(", ") }
    }

    fn find(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
        found.map(|(_, rest)| rest.as_str())
    }
}

/// The schemes of a header, each with what follows it.
fn challenges(value: &str) -> Vec<(String, String)> {
    let mut quoted = false;
    let parts = value.split(|c: char| {
        quoted ^= c == '"';
        c == ',' && !quoted
    });
    let mut found: Vec<(String, String)> = Vec::new();
    for part in parts.map(str::trim).filter(|part| !part.is_empty()) {
        let (name, rest) = part.split_once(' ').unwrap_or((part, ""));
        // A parameter belongs to the scheme before it.
        if !name.contains('=') {
            found.push((name.to_owned(), rest.trim().to_owned()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offer(values: &[&'static str]) -> Offer {
        let headers = values.iter().map(|value| (WWW_AUTHENTICATE, HeaderValue::from_static(value)));
        Offer::of(&HeaderMap::from_iter(headers.collect::<Vec<_>>()))
    }

    #[test]
    fn ntlm_comes_first_in_several_headers_or_in_one() {
        for values in [
            &["Negotiate", "NTLM", r#"Basic realm="mail, NTLM""#][..],
            &[r#"Basic realm="a, b", charset="UTF-8", negotiate, ntlm"#],
        ] {
            assert_eq!(offer(values).scheme(), Some(Scheme::Ntlm));
        }
        assert_eq!(offer(&["Negotiate", "Basic realm=x"]).scheme(), Some(Scheme::Negotiate));
    }

    #[test]
    fn basic_and_digest_are_no_way() {
        let basic = offer(&[r#"Basic realm="NTLM""#, r#"Digest realm="x", nonce="y""#]);
        assert_eq!((basic.scheme(), basic.shown().as_str()), (None, "Basic, Digest"));
        assert_eq!((offer(&[]).scheme(), offer(&[]).shown().as_str()), (None, "nothing"));
    }

    #[test]
    fn a_message_is_found() {
        let offer = offer(&["Negotiate", "NTLM TlRMTVNTUAA="]);
        assert_eq!(offer.message(Scheme::Ntlm).as_deref(), Some(&b"NTLMSSP\0"[..]));
        assert_eq!(offer.message(Scheme::Negotiate), None);
    }
}
