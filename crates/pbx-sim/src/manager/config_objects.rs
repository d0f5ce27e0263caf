//! `GetConfigObjects`: the config templates, page by page.

use serde::Deserialize;
use serde_json::{Value, json};

use super::objects::{Object, Store};
use crate::message::{Message, Refusal};

/// A page holds no more, whatever is asked for.
const MAX_LIMIT: usize = 50;

/// Both fields are required by the published schema; the first page is asked for with an empty `more`.
#[derive(Deserialize)]
struct GetConfigObjects {
    more: String,
    limit: usize,
}

pub(super) fn get(message: &Message, store: &Store) -> Result<Value, Refusal> {
    let GetConfigObjects { more, limit } = message.fields()?;
    let size = if limit == 0 { MAX_LIMIT } else { limit.min(MAX_LIMIT) };
    let mut templates: Vec<&Object> = store
        .objects
        .values()
        .filter(|object| object.pseudo() == Some("config") && object.text("cn") > more.as_str())
        .collect();
    templates.sort_by_key(|template| template.text("cn"));
    let rest = templates.split_off(size.min(templates.len()));
    let last = templates.last().map_or("", |template| template.text("cn"));
    let more = if rest.is_empty() { "" } else { last };
    let objects: Value = templates.iter().map(|template| show(template)).collect();
    // The published schema requires `limit` in the result as well.
    Ok(json!({ "more": more, "limit": size, "objects": objects }))
}

fn show(template: &Object) -> Value {
    let config: Vec<&str> = template.text("config").split(',').filter(|name| !name.is_empty()).collect();
    json!({ "cn": template.text("cn"), "config": config })
}
