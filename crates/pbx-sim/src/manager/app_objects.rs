//! `GetAppObjects`: the App objects whose URL begins so.

use serde::Deserialize;
use serde_json::{Value, json};

use super::objects::{Object, Store};
use crate::message::{Message, Refusal};

#[derive(Deserialize)]
struct GetAppObjects {
    #[serde(default)]
    uri: Option<String>,
    #[serde(default)]
    pseudo: Option<String>,
}

pub(super) fn get(message: &Message, store: &Store) -> Result<Value, Refusal> {
    let wanted: GetAppObjects = message.fields()?;
    let fits = |object: &&Object| {
        let url_fits = |url: &str| wanted.uri.as_deref().is_none_or(|head| url.starts_with(head));
        let type_fits = wanted.pseudo.as_deref().is_none_or(|pseudo| object.pseudo() == Some(pseudo));
        object.url().is_some_and(url_fits) && type_fits
    };
    let objects: Value = store.objects.values().filter(fits).map(|object| show(object, store)).collect();
    Ok(json!({ "objects": objects }))
}

fn show(object: &Object, store: &Store) -> Value {
    let title = [object.text("dn"), object.text("cn")].into_iter().find(|text| !text.is_empty());
    let sip = object.text("h323");
    json!({
        "title": title.unwrap_or_default(),
        "app": sip,
        "url": object.url(),
        "connected": store.connected.contains(sip),
        "guid": object.guid,
        "sip": sip,
        "pseudo": object.pseudo(),
    })
}
