//! Passwords in a `WriteConfig`: out of their wrapping, into the plain form that the settings take.

use appwebsocket::SessionKey;
use calendar::settings::{Code, Item, Kind, Problem};
use serde_json::{Map, Value as Json};

/// What innovaphone's documentation appends to the names of password items; its code does not.
const SUFFIX: &str = "Password";

/// Puts plain passwords in the place of wrapped ones and takes those out that must not be used; the result tells
/// why.
pub(super) fn unwrap(items: &mut Map<String, Json>, key: Option<&SessionKey>, secure: bool) -> Vec<Problem> {
    let mut problems = Vec::new();
    for item in Item::ALL.iter().copied().filter(|item| item.kind() == Kind::Password) {
        let long_form = items.remove(&format!("{}{SUFFIX}", item.name()));
        let Some(wrapped) = items.remove(item.name()).or(long_form) else { continue };
        match plain(wrapped, key, secure) {
            Ok(plain) => {
                items.insert(item.name().to_owned(), plain);
            }
            Err(code) => problems.push(Problem::of(item, code)),
        }
    }
    problems
}

/// A plain password: encrypted ones are decrypted, plain ones must have come where nobody else could read them.
pub(super) fn plain(wrapped: Json, key: Option<&SessionKey>, secure: bool) -> Result<Json, Code> {
    match wrapped {
        Json::Object(parts) => {
            let text = |name| parts.get(name).and_then(Json::as_str).ok_or(Code::Type);
            let (value, seed) = (text("value")?, text("key")?);
            key.and_then(|key| key.decrypt(seed, value)).map(Json::String).ok_or(Code::Encryption)
        }
        Json::String(text) if !text.is_empty() && !secure => Err(Code::Insecure),
        other => Ok(other),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn unwrapped(items: Json, secure: bool) -> (Json, Vec<(String, &'static str)>) {
        let Json::Object(mut items) = items else { panic!("no object") };
        let key = SessionKey::new("1", "pwd");
        let problems = unwrap(&mut items, Some(&key), secure);
        (items.into(), problems.into_iter().map(|problem| (problem.item, problem.code.as_str())).collect())
    }

    #[test]
    fn encrypted_passwords_come_out_plain_on_any_connection() {
        let value = SessionKey::new("1", "pwd").encrypt("seed", "gehëim");
        for name in ["password", "passwordPassword"] {
            let items = json!({name: {"value": value, "key": "seed"}, "user": "anna"});
            assert_eq!(unwrapped(items, false), (json!({"password": "gehëim", "user": "anna"}), vec![]));
        }
    }

    #[test]
    fn plain_passwords_need_a_secure_connection() {
        let items = || json!({"password": "x", "clientSecret": "y"});
        assert_eq!(unwrapped(items(), true), (items(), vec![]));
        let refused = vec![("password".to_owned(), "insecure"), ("clientSecret".to_owned(), "insecure")];
        assert_eq!(unwrapped(items(), false), (json!({}), refused));
    }

    #[test]
    fn leaving_and_removing_tell_no_secret() {
        let items = || json!({"password": "", "clientSecret": null});
        assert_eq!(unwrapped(items(), false), (items(), vec![]));
    }

    #[test]
    fn what_does_not_decrypt_is_told() {
        for value in ["xyz", "fffe"] {
            let items = json!({"password": {"value": value, "key": "seed"}});
            assert_eq!(unwrapped(items, true), (json!({}), vec![("password".to_owned(), "encryption")]));
        }
        for wrapped in [json!({}), json!({"value": "00"}), json!({"value": 1, "key": "seed"})] {
            assert_eq!(
                unwrapped(json!({"password": wrapped}), true).1,
                vec![("password".to_owned(), "type")]
            );
        }
    }
}
