//! What the tables hold, and how settings become rows and rows settings.

use std::collections::BTreeMap;

use anyhow::{Result, anyhow};
use calendar::settings::{Item, Kind, Secret, Settings, Value};
use serde_json::Value as Json;
use tracing::warn;

use super::Stored;
use crate::vault::Vault;

/// Everything in the database.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub revision: i64,
    /// Item name to JSON text.
    pub settings: BTreeMap<String, String>,
    /// Name to sealed secret.
    pub secrets: BTreeMap<String, Vec<u8>>,
}

/// Rows to write; `None` removes one.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// Whether the revision grows.
    pub grow: bool,
    pub settings: Vec<(&'static str, Option<String>)>,
    pub secrets: Vec<(&'static str, Option<Vec<u8>>)>,
}

impl Rows {
    /// The settings in these rows. A row that this version cannot read (another version wrote it) counts as not
    /// there, but stays until its item is written.
    pub fn stored(&self) -> Stored {
        let mut settings = Settings::default();
        for (name, text) in &self.settings {
            let read = Item::from_name(name).and_then(|item| {
                let json = serde_json::from_str(text).ok()?;
                settings.set(item, value(item.kind(), json)?).ok()
            });
            if read.is_none() {
                warn!(item = ?name, "the database holds a value that this version cannot read; using the default");
            }
        }
        for item in passwords().filter(|item| self.secrets.contains_key(item.name())) {
            // A password item takes any secret.
            let _ = settings.set(item, Value::Secret(Secret::Stored));
        }
        Stored { revision: self.revision, settings }
    }
}

impl Changes {
    /// The rows in which the new settings differ from the stored ones. Only what differs from the default has a
    /// row.
    pub fn between(before: &Stored, after: &Settings, vault: &Vault) -> Result<Self> {
        let default = Settings::default();
        let mut changes = Self { grow: true, ..Self::default() };
        for &item in Item::ALL.iter().filter(|item| !item.read_only()) {
            let new = after.get(item);
            if let Value::Secret(secret) = new {
                changes.secret(item, &secret, vault)?;
            } else if new != before.settings.get(item) {
                let text = (new != default.get(item)).then(|| after.item_to_json(item).to_string());
                changes.settings.push((item.name(), text));
            }
        }
        Ok(changes)
    }

    /// One secret that belongs to no item.
    pub fn of_secret(name: &'static str, sealed: Vec<u8>) -> Self {
        Self { secrets: vec![(name, Some(sealed))], ..Self::default() }
    }

    fn secret(&mut self, item: Item, secret: &Secret, vault: &Vault) -> Result<()> {
        let sealed = match secret {
            Secret::Stored => return Ok(()),
            Secret::Absent => None,
            Secret::Given(text) => {
                let sealed = vault.seal(item.name(), &text.as_str().into());
                Some(sealed.map_err(|_| anyhow!("cannot encrypt {}", item.name()))?)
            }
        };
        self.secrets.push((item.name(), sealed));
        Ok(())
    }
}

fn passwords() -> impl Iterator<Item = Item> {
    Item::ALL.iter().copied().filter(|item| item.kind() == Kind::Password)
}

/// A stored value, without the checks of its form: what was valid when it was written stays readable when the
/// checks become stricter, and the form shows what is wrong with it.
fn value(kind: Kind, json: Json) -> Option<Value> {
    match (kind, json) {
        (Kind::Bool, Json::Bool(bool)) => Some(Value::Bool(bool)),
        (Kind::Int { .. }, Json::Number(number)) => number.as_i64().map(Value::Int),
        (Kind::Text, Json::String(text)) => Some(Value::Text(text)),
        (Kind::Choice(_), Json::Number(index)) => Some(Value::Choice(usize::try_from(index.as_u64()?).ok()?)),
        _ => None,
    }
}
