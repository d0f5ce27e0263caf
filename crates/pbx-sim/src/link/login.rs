//! The login: challenge, digest, result.

use std::time::Duration;

use appwebsocket::Credentials;
use serde::Deserialize;
use serde_json::{Value, json};

use super::socket::Socket;
use crate::frame::Fault;
use crate::message::{Message, envelope};
use crate::options::Options;
use crate::pbx::Shared;
use crate::violation::Rule;

/// A service that has not answered by then is given up.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

/// No challenge is longer.
const MAX_CHALLENGE: usize = 16;

/// Fields that nobody has published are ignored here, as the published clients do.
#[derive(Deserialize)]
struct AppChallengeResult {
    challenge: String,
}

#[derive(Deserialize)]
struct AppLoginResult {
    #[serde(default)]
    ok: bool,
}

pub(super) async fn log_in(socket: &mut Socket, shared: &Shared) -> Result<(), Fault> {
    socket.send(&json!({ "mt": "AppChallenge" })).await?;
    let AppChallengeResult { challenge } = answer(socket, "AppChallengeResult").await?;
    check_challenge(&challenge)?;
    socket.send(&app_login(&shared.options, &challenge)).await?;
    let AppLoginResult { ok } = answer(socket, "AppLoginResult").await?;
    if !ok {
        shared.change(|state| state.logins_refused += 1);
        return Err(Fault::Gone);
    }
    Ok(())
}

/// The one message that may come now.
async fn answer<T: serde::de::DeserializeOwned>(socket: &mut Socket, mt: &str) -> Result<T, Fault> {
    let violation = |detail| Fault::Violation(Rule::Login, detail);
    let message =
        Message::read(&socket.receive().await?).map_err(|problem| Fault::Violation(Rule::Frame, problem))?;
    if message.mt != mt || message.api.is_some() {
        return Err(violation(format!("{} where {mt} was due", message.mt)));
    }
    message.fields().map_err(|refusal| violation(format!("{mt}: {}", refusal.text)))
}

fn check_challenge(challenge: &str) -> Result<(), Fault> {
    let printable = challenge.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    if challenge.is_empty() || challenge.len() > MAX_CHALLENGE || !printable {
        let detail = format!("the challenge {challenge:?} is not 1 to {MAX_CHALLENGE} printable characters");
        return Err(Fault::Violation(Rule::Login, detail));
    }
    Ok(())
}

/// The App object logs in, not a user: `sip`, `guid` and `dn` are empty.
fn app_login(options: &Options, challenge: &str) -> Value {
    let info = json!({
        "appobj": options.app_object,
        "appdn": "Calendar",
        "appurl": options.url,
        "pbx": options.name,
        "cn": "Calendar",
        "apps": [{ "name": options.app_object }],
    });
    let text = info.to_string();
    let credentials = Credentials {
        app: options.app(),
        domain: &options.domain,
        info: Some(&text),
        ..Credentials::default()
    };
    let digest = credentials.digest(challenge, &options.password);
    let fields = json!({
        "app": options.app(), "domain": options.domain, "sip": "", "guid": "", "dn": "",
        "info": info, "digest": digest, "pbxObj": options.app_object,
    });
    envelope("AppLogin", None, None, fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_covers_info_as_it_is_sent() {
        let options = Options::new("ws://host/path/pbxcalendar-calendar", "pwd");
        let message = app_login(&options, "0123456789").to_string();
        let login: appwebsocket::AppLogin<'_> = serde_json::from_str(&message).unwrap();
        assert_eq!((&*login.app, &*login.sip, &*login.guid), ("pbxcalendar-calendar", "", ""));
        assert_eq!(login.credentials().digest("0123456789", "pwd"), login.digest);
    }

    #[test]
    fn challenges_are_short_and_printable() {
        for good in ["1", "0123456789abcdef", " ~"] {
            assert!(check_challenge(good).is_ok(), "{good}");
        }
        for bad in ["", "0123456789abcdefg", "ä", "\n"] {
            assert!(check_challenge(bad).is_err(), "{bad}");
        }
    }
}
