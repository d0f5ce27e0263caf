//! `GetAppLogin`: what proves to a service that the App object has the right password.

use appwebsocket::Credentials;
use serde::Deserialize;
use serde_json::{Value, json};

use super::objects::Store;
use crate::message::{Message, Refusal};
use crate::violation::Rule;

#[derive(Deserialize)]
struct GetAppLogin {
    /// `sip` of the App object.
    app: String,
    challenge: String,
}

/// The result names the app as the service knows it, which is what the digest covers, and the domain, which is
/// not in the published schema and used by all published plugins.
pub(super) fn get(message: &Message, store: &Store, domain: &str) -> Result<Value, Refusal> {
    let GetAppLogin { app: sip, challenge } = message.fields()?;
    let object = store.by("h323", &sip);
    let found = object.and_then(|object| Some((object, object.app()?)));
    let (object, app) =
        found.ok_or_else(|| Refusal::new(Rule::Object, format!("there is no App object {sip:?}")))?;
    let credentials = Credentials { app, domain, ..Credentials::default() };
    let digest = credentials.digest(&challenge, &object.password);
    Ok(json!({ "app": app, "domain": domain, "digest": digest }))
}
