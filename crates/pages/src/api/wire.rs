//! What the service is asked and answers.

use js_sys::{Array, Object};
use kit::js::from_js;
use serde::Deserialize;
use wasm_bindgen::JsValue;

use crate::frame::{Frame, object};

/// What callers may do, in the words of the service.
pub const RIGHTS: [&str; 3] = ["busy", "read", "write"];

/// A caller.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Caller {
    pub id: String,
    pub name: String,
    pub kind: String,
    pub sip: Option<String>,
    pub rights: Vec<String>,
    pub mailboxes: Vec<String>,
    pub per_minute: f64,
    pub per_day: f64,
    pub last_used: Option<f64>,
}

/// A page of callers.
#[derive(Default, Deserialize)]
#[serde(default)]
struct List {
    callers: Vec<Caller>,
    more: Option<f64>,
    error: Option<String>,
}

/// What became of a caller that was saved.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Saved {
    pub id: Option<String>,
    pub token: Option<String>,
    pub error: Option<String>,
    pub field: Option<String>,
}

/// One attempt to write.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Entry {
    pub at: f64,
    pub caller: String,
    pub action: String,
    pub mailbox: Option<String>,
    pub start: Option<f64>,
    pub end: Option<f64>,
    pub result: String,
}

/// A page of the record.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Record {
    pub entries: Vec<Entry>,
    pub more: Option<f64>,
    error: Option<String>,
}

/// All callers; `None` if they cannot be had.
pub async fn callers(frame: Frame) -> Option<Vec<Caller>> {
    let (mut all, mut from) = (Vec::new(), 0.0);
    loop {
        let reply = frame.request("GetCallers", object(&[("from", from.into())])).await.ok()?;
        let page: List = from_js(reply).ok()?;
        if page.error.is_some() {
            return None;
        }
        all.extend(page.callers);
        match page.more {
            // A page without callers would go on for ever.
            Some(more) if more > from => from = more,
            _ => return Some(all),
        }
    }
}

/// Saves a caller.
pub async fn save(frame: Frame, caller: &Caller, new_token: bool) -> Option<Saved> {
    let body = body(caller);
    if new_token {
        set(&body, "newToken", true);
    }
    from_js(frame.request("SaveCaller", body).await.ok()?).ok()
}

fn body(caller: &Caller) -> Object {
    let list = |texts: &[String]| JsValue::from(texts.iter().map(JsValue::from).collect::<Array>());
    let body = object(&[
        ("name", (&*caller.name).into()),
        ("kind", (&*caller.kind).into()),
        ("rights", list(&caller.rights)),
        ("mailboxes", list(&caller.mailboxes)),
        ("perMinute", caller.per_minute.into()),
        ("perDay", caller.per_day.into()),
    ]);
    if !caller.id.is_empty() {
        set(&body, "id", &*caller.id);
    }
    if let Some(sip) = &caller.sip {
        set(&body, "sip", &**sip);
    }
    body
}

fn set(object: &Object, name: &str, value: impl Into<JsValue>) {
    // Setting a property of a fresh object cannot fail.
    let _ = js_sys::Reflect::set(object, &name.into(), &value.into());
}

/// Removes a caller. Whether it is gone.
pub async fn delete(frame: Frame, id: &str) -> bool {
    let reply = frame.request("DeleteCaller", object(&[("id", id.into())])).await;
    reply.ok().and_then(|reply| from_js::<Saved>(reply).ok()).is_some_and(|done| done.error.is_none())
}

/// A page of the record, from a number on.
pub async fn audit(frame: Frame, from: Option<f64>) -> Option<Record> {
    let body = object(&[("limit", 100.into())]);
    if let Some(from) = from {
        set(&body, "from", from);
    }
    let page: Record = from_js(frame.request("GetAudit", body).await.ok()?).ok()?;
    page.error.is_none().then_some(page)
}
