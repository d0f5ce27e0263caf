//! `GetObject`: all that an object has, its password aside.

use serde::Deserialize;
use serde_json::{Value, json};

use super::objects::Store;
use crate::message::{Message, Refusal};
use crate::violation::Rule;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GetObject {
    #[serde(default)]
    guid: Option<String>,
    #[serde(default)]
    cn: Option<String>,
    #[serde(default)]
    h323: Option<String>,
    /// Only these, if there are any.
    #[serde(default)]
    properties: Vec<String>,
    /// Whether inherited values are shown. No template of the stand-in leaves any.
    #[serde(default, rename = "template")]
    _template: Option<Template>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Template {
    With,
    Without,
}

pub(super) fn get(message: &Message, store: &Store) -> Result<Value, Refusal> {
    let wanted: GetObject = message.fields()?;
    let object = match (&wanted.guid, &wanted.cn, &wanted.h323) {
        (Some(guid), _, _) => store.objects.get(guid),
        (None, Some(cn), _) => store.by("cn", cn),
        (None, None, Some(h323)) => store.by("h323", h323),
        (None, None, None) => return Err(Refusal::new(Rule::Shape, "none of guid, cn and h323")),
    };
    let object = object.ok_or_else(|| Refusal::new(Rule::Object, "there is no such object"))?;
    let mut properties = object.properties.clone();
    if !wanted.properties.is_empty() {
        properties.retain(|name, _| wanted.properties.contains(name));
    }
    properties.insert("guid".into(), json!(object.guid));
    Ok(Value::Object(properties))
}
