//! `$select`.

use serde_json::{Map, Value};

use crate::error::Refusal;
use crate::message::Request;

/// The properties asked for, `None` where all are. A name that the type does not have is refused.
pub(crate) fn read(
    request: &Request,
    kind: &str,
    is_property: impl Fn(&str) -> bool,
) -> Result<Option<Vec<String>>, Refusal> {
    let Some(select) = request.query.get("$select") else { return Ok(None) };
    let names: Vec<String> = select.split(',').map(|name| name.trim().to_owned()).collect();
    match names.iter().find(|name| !is_property(name)) {
        None => Ok(Some(names)),
        Some(name) => {
            let message = format!(
                "Parsing OData Select and Expand failed: Could not find a property named '{name}' on type '{kind}'."
            );
            Err(Refusal::new(400, "BadRequest", message))
        }
    }
}

/// The chosen properties and the annotations; events have their id in any case.
pub(crate) fn keep(object: Map<String, Value>, names: &[String]) -> Map<String, Value> {
    let chosen = |key: &str| key.starts_with('@') || key == "id" || names.iter().any(|name| name == key);
    object.into_iter().filter(|(key, _)| chosen(key)).collect()
}
