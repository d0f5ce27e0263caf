//! `SetInstancePassword`: through a relay in the place of the App Platform's own message, which changes only what its
//! instance believes the password to be.

use calendar::settings::Code;
use secrecy::SecretString;
use serde::Serialize;
use serde_json::{Map, Value as Json};
use tracing::{error, info};

use super::Session;
use super::password;
use super::reply::{Failure, Request};
use crate::instance_password::{MAX_CHARS, is_too_short};
use crate::store::Trouble;

#[derive(Serialize)]
struct Done {
    ok: bool,
}

/// What is wrong with the database, by its code in the status.
#[derive(Serialize)]
struct NotStored {
    error: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
}

impl Session {
    /// `SetInstancePassword`: stored before the answer. Whoever logged in with the old one is sent away as soon as the
    /// new one is noticed.
    pub(super) async fn set_instance_password(&self, request: Request<'_>, text: &str) {
        let wrapped = serde_json::from_str(text).ok().and_then(|mut body: Map<_, _>| body.remove("password"));
        let plain = password::plain(wrapped.unwrap_or_default(), self.key(), self.client.is_secure());
        let password = match plain.map_err(|code: Code| code.as_str()).and_then(usable) {
            Ok(password) => password,
            Err(error) => return self.reply(request, Failure { error }),
        };
        match self.service.configuration.store().set_instance_password(&password).await {
            Ok(()) => {
                info!(address = %self.client.address, "the instance password was set by a manager");
                self.reply(request, Done { ok: true });
            }
            Err(error) => {
                error!("{error:#}");
                let reason = error.downcast_ref().map(|trouble: &Trouble| trouble.code());
                self.reply(request, NotStored { error: "failed", reason });
            }
        }
    }
}

fn usable(plain: Json) -> Result<SecretString, &'static str> {
    let Json::String(plain) = plain else { return Err(Code::Type.as_str()) };
    let is_too_long = plain.chars().count() > MAX_CHARS;
    let password = SecretString::from(plain);
    if is_too_short(&password) {
        return Err("tooShort");
    }
    if is_too_long { Err("tooLong") } else { Ok(password) }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;
    use serde_json::json;

    use super::*;

    #[test]
    fn ten_to_128_characters_are_taken_as_they_are() {
        for password in ["ten-chars!".to_owned(), "ä".repeat(128), " \u{1f600} inner  blanks ".to_owned()] {
            assert_eq!(usable(json!(password)).unwrap().expose_secret(), password);
        }
        let error = |plain| usable(plain).err();
        assert_eq!(error(json!("nine-char")), Some("tooShort"));
        assert_eq!(error(json!("")), Some("tooShort"));
        assert_eq!(error(json!("\u{1f600}".repeat(129))), Some("tooLong"));
        for other in [json!(null), json!(1_234_567_890), json!(["ten-chars!"])] {
            assert_eq!(error(other), Some("type"));
        }
    }
}
