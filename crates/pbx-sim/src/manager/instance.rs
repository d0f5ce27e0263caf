//! `com.innovaphone.manager`: passwords of the instances, and logins made with them.

use appwebsocket::{Credentials, SessionKey};
use serde::Deserialize;
use serde_json::{Value, json};

use super::ManagerOptions;
use super::objects::Store;
use crate::message::{Message, Refusal};
use crate::violation::Rule;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GetInstanceLogin {
    path: String,
    app: String,
    challenge: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetInstancePassword {
    path: String,
    pwd: String,
}

pub(super) fn login(message: &Message, store: &Store, options: &ManagerOptions) -> Result<Value, Refusal> {
    let GetInstanceLogin { path, app, challenge } = message.fields()?;
    let password = store.instances.get(&path).ok_or_else(|| no_instance(&path))?;
    let credentials = Credentials { app: &app, domain: &options.domain, ..Credentials::default() };
    let mut answer = json!({
        "app": app, "domain": options.domain, "sip": "", "guid": "", "dn": "",
        "digest": credentials.digest(&challenge, password),
    });
    if let Some(fields) = answer.as_object_mut().filter(|_| options.session_key) {
        fields.insert("key".into(), json!(SessionKey::new(&challenge, password).as_str()));
    }
    Ok(answer)
}

pub(super) fn set_password(message: &Message, store: &mut Store) -> Result<Value, Refusal> {
    let SetInstancePassword { path, pwd } = message.fields()?;
    let password = store.instances.get_mut(&path).ok_or_else(|| no_instance(&path))?;
    *password = pwd;
    Ok(json!({}))
}

fn no_instance(path: &str) -> Refusal {
    Refusal::new(Rule::Object, format!("there is no instance at {path:?}"))
}
