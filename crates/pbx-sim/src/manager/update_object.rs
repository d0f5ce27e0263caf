//! `UpdateObject` and `DeleteObject`.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::objects::{Object, Store};
use crate::message::{Message, Refusal};
use crate::violation::Rule;

/// Texts by the published schema; `pwd`, which it lacks, and `apps`, which it leaves open, by the page.
const TEXTS: [&str; 16] = [
    "copyPwd", "guid", "cn", "dn", "h323", "e164", "node", "loc", "fake", "text", "url", "config", "apps-my",
    "gi", "pwd", "apps",
];

/// Booleans by the published page. An integer in place of one deletes the value, so that a template's holds.
const FLAGS: [&str; 11] = [
    "hide",
    "critical",
    "colr",
    "uclic",
    "voicemail",
    "fax",
    "mobility",
    "mypbx",
    "video",
    "app-sharing",
    "reporting",
];

const ARRAYS: [&str; 7] = ["emails", "devices", "grp", "presence", "cds", "wakeups", "gws"];

/// Properties whose type the published schema leaves open.
const OPEN: [&str; 27] = [
    "ext",
    "ext-in",
    "local",
    "trace",
    "no-dev",
    "login-c",
    "login-t",
    "admin",
    "admin-node",
    "admin-pbx",
    "filter",
    "cd-filter",
    "cfnr",
    "busy-out",
    "cd-block",
    "rej-ext",
    "no-disc",
    "dnd",
    "phone-config",
    "discard-phone-config",
    "cfpr",
    "messages",
    "push",
    "allows",
    "phone",
    "app-lics",
    "forks",
];

/// What an App object may be given access to, and how it is shown.
const CHECKMARKS: [&str; 11] = [
    "web",
    "websocket",
    "hidden",
    "pbx",
    "pbxsignal",
    "epsignal",
    "messages",
    "tableusers",
    "admin",
    "services",
    "rcc",
];

/// What says which object and how, and is no property of it.
const INSTRUCTIONS: [&str; 4] = ["guid", "pwd", "copyPwd", "template"];

#[derive(Deserialize)]
struct DeleteObject {
    guid: String,
}

pub(super) fn delete(message: &Message, store: &mut Store) -> Result<Value, Refusal> {
    let DeleteObject { guid } = message.fields()?;
    store.objects.remove(&guid).map(|_| json!({})).ok_or_else(no_object)
}

pub(super) fn update(message: &Message, store: &mut Store) -> Result<Value, Refusal> {
    let fields = &message.body;
    for (name, value) in fields {
        check(name, value)?;
    }
    let object = subject(fields, store)?.cloned();
    let mut properties = object.as_ref().map_or_else(Map::new, |object| object.properties.clone());
    merge(&mut properties, fields);
    check_names(&properties, object.as_ref(), store)?;
    let password = password(fields, &properties, store)?;
    match object {
        Some(mut object) => {
            object.properties = properties;
            object.password = password.unwrap_or(object.password);
            store.objects.insert(object.guid.clone(), object);
            Ok(json!({}))
        }
        None => Ok(json!({ "guid": store.insert(properties, password.unwrap_or_default()) })),
    }
}

fn text<'a>(fields: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    fields.get(name)?.as_str()
}

/// The object to be changed; `None` if one is to be created.
fn subject<'a>(fields: &Map<String, Value>, store: &'a Store) -> Result<Option<&'a Object>, Refusal> {
    let by_cn = || store.by("cn", text(fields, "cn").unwrap_or_default());
    match text(fields, "guid") {
        None => Ok(None),
        Some("?") => Ok(by_cn()),
        Some("*") => by_cn().map(Some).ok_or_else(no_object),
        Some(guid) => store.objects.get(guid).map(Some).ok_or_else(no_object),
    }
}

/// What is not sent stays. An integer in place of a boolean deletes it.
fn merge(properties: &mut Map<String, Value>, fields: &Map<String, Value>) {
    for (name, value) in fields.iter().filter(|(name, _)| !INSTRUCTIONS.contains(&name.as_str())) {
        if FLAGS.contains(&name.as_str()) && value.is_number() {
            properties.remove(name);
        } else {
            properties.insert(name.clone(), value.clone());
        }
    }
}

/// Every object has a `cn`, what is called has an `h323`, and both are unique.
fn check_names(
    properties: &Map<String, Value>,
    object: Option<&Object>,
    store: &Store,
) -> Result<(), Refusal> {
    for name in ["cn", "h323"] {
        let value = text(properties, name).unwrap_or_default();
        if value.is_empty() {
            return Err(Refusal::new(Rule::Shape, format!("{name} is missing or empty")));
        }
        let other = store.by(name, value).filter(|other| object.is_none_or(|own| own.guid != other.guid));
        if other.is_some() {
            return Err(Refusal::blameless(2, format!("another object has the {name} {value:?}")));
        }
    }
    Ok(())
}

/// The new password, if there is one. `copyPwd` names the object whose password is taken, and wins over `pwd`.
fn password(
    fields: &Map<String, Value>,
    properties: &Map<String, Value>,
    store: &Store,
) -> Result<Option<String>, Refusal> {
    let Some(source) = text(fields, "copyPwd") else {
        return Ok(text(fields, "pwd").map(Into::into));
    };
    if !properties.contains_key("pseudo") {
        return Err(Refusal::new(Rule::Object, "a user's password cannot be copied from another object"));
    }
    let source = store.by("h323", source);
    source
        .map(|object| Some(object.password.clone()))
        .ok_or_else(|| Refusal::new(Rule::Object, "copyPwd names no object"))
}

fn no_object() -> Refusal {
    Refusal::new(Rule::Object, "there is no such object")
}

fn check(name: &str, value: &Value) -> Result<(), Refusal> {
    let fits = match name {
        "template" => value == "with" || value == "without",
        "h323-email" => value.is_boolean(),
        "pseudo" => return check_pseudo(value),
        "emails" => value.as_array().is_some_and(|emails| emails.iter().all(Value::is_string)),
        _ if TEXTS.contains(&name) => value.is_string(),
        _ if FLAGS.contains(&name) => is_flag(value),
        _ if ARRAYS.contains(&name) => {
            value.as_array().is_some_and(|items| items.iter().all(Value::is_object))
        }
        _ if OPEN.contains(&name) || name == "profiles" => true,
        _ => return Err(Refusal::new(Rule::Shape, format!("no object has a property {name:?}"))),
    };
    if fits { Ok(()) } else { Err(Refusal::new(Rule::Shape, format!("{name} is not of its type"))) }
}

fn is_flag(value: &Value) -> bool {
    value.is_boolean() || value.is_i64()
}

/// A type, and for an App object its URL and checkmarks.
fn check_pseudo(pseudo: &Value) -> Result<(), Refusal> {
    let shape = |text: &str| Refusal::new(Rule::Shape, text);
    let kind = pseudo.get("type").and_then(Value::as_str).ok_or_else(|| shape("pseudo has no type"))?;
    if kind != "app" {
        return Ok(());
    }
    let app = pseudo.get("app").and_then(Value::as_object).ok_or_else(|| shape("pseudo has no app"))?;
    let url = text(app, "url").unwrap_or_default();
    if !url.starts_with("http://") && !url.starts_with("https://") {
        return Err(shape("the url of the app is no http(s) address"));
    }
    for (name, value) in app.iter().filter(|(name, _)| *name != "url") {
        if !CHECKMARKS.contains(&name.as_str()) || !is_flag(value) {
            return Err(shape(&format!("the app has no checkmark {name:?} of that value")));
        }
    }
    Ok(())
}
