//! The tables of settings and secrets: how settings become rows and rows settings.

use std::collections::BTreeMap;

use anyhow::{Context, Result, anyhow};
use calendar::settings::{Item, Kind, Problem, Secret, Settings, Value, secret_again};
use serde_json::Value as Json;
use tracing::warn;

use super::Stored;
use super::database::Transaction;
use super::database::Value::{Bytes, Null, Text};
use crate::vault::Vault;

const REVISION: &str = "SELECT revision FROM state";
const SETTINGS: &str = "SELECT name, value FROM setting";
const SECRETS: &str = "SELECT name, sealed, destination FROM secret";
const PUT_SETTING: &str = "INSERT INTO setting (name, value) VALUES ($1, $2) \
     ON CONFLICT (name) DO UPDATE SET value = excluded.value";
const REMOVE_SETTING: &str = "DELETE FROM setting WHERE name = $1";
const PUT_SECRET: &str = "INSERT INTO secret (name, sealed, destination) VALUES ($1, $2, $3) \
     ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed, destination = excluded.destination";
const REMOVE_SECRET: &str = "DELETE FROM secret WHERE name = $1";
const GROW: &str = "UPDATE state SET revision = revision + 1";
/// Whoever changes this row makes other writers of settings wait until the transaction ends.
const LOCK: &str = "UPDATE state SET revision = revision";

/// Settings and secrets.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub revision: i64,
    /// Item name to JSON text.
    pub settings: BTreeMap<String, String>,
    /// By name.
    pub secrets: BTreeMap<String, SealedSecret>,
}

/// A secret as it is stored.
#[derive(Clone, Debug)]
pub(super) struct SealedSecret {
    pub sealed: Vec<u8>,
    /// JSON of where it may be sent; `None` of one that an older version stored.
    pub destination: Option<String>,
}

/// Rows to write; `None` removes one.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// Whether the revision grows.
    pub grow: bool,
    pub settings: Vec<(&'static str, Option<String>)>,
    pub secrets: Vec<(&'static str, Option<SealedSecret>)>,
}

impl Rows {
    /// Reads all rows, as the moment of the transaction has them.
    pub async fn read(transaction: &mut Transaction) -> Result<Self> {
        let revision: Vec<(i64,)> = transaction.rows(REVISION, &[]).await?;
        let settings: Vec<(String, String)> = transaction.rows(SETTINGS, &[]).await?;
        let secrets: Vec<(String, Vec<u8>, Option<String>)> = transaction.rows(SECRETS, &[]).await?;
        let secrets = secrets
            .into_iter()
            .map(|(name, sealed, destination)| (name, SealedSecret { sealed, destination }));
        Ok(Self {
            revision: revision.first().context("the database has lost its table of revisions")?.0,
            settings: settings.into_iter().collect(),
            secrets: secrets.collect(),
        })
    }

    /// Reads them to change them: others who want to do so wait until the transaction ends.
    pub async fn read_for_change(transaction: &mut Transaction) -> Result<Self> {
        transaction.execute(LOCK, &[]).await?;
        Self::read(transaction).await
    }

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

impl Rows {
    /// The secrets that these settings would send elsewhere than where they may go.
    pub fn secrets_again(&self, settings: &Settings) -> Vec<Problem> {
        secret_again::check(settings, |secret| {
            let destination = self.secrets.get(secret.name())?.destination.as_ref()?;
            serde_json::from_str(destination).ok()
        })
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
                changes.secret(item, &secret, after, vault)?;
            } else if new != before.settings.get(item) {
                let text = (new != default.get(item)).then(|| after.item_to_json(item).to_string());
                changes.settings.push((item.name(), text));
            }
        }
        Ok(changes)
    }

    /// Writes and removes rows.
    pub async fn apply(&self, transaction: &mut Transaction) -> Result<()> {
        for (name, value) in &self.settings {
            match value {
                Some(value) => transaction.execute(PUT_SETTING, &[Text(name), Text(value)]).await?,
                None => transaction.execute(REMOVE_SETTING, &[Text(name)]).await?,
            }
        }
        for (name, sealed) in &self.secrets {
            match sealed {
                Some(SealedSecret { sealed, destination }) => {
                    let destination = destination.as_deref().map_or(Null, Text);
                    transaction.execute(PUT_SECRET, &[Text(name), Bytes(sealed), destination]).await?;
                }
                None => transaction.execute(REMOVE_SECRET, &[Text(name)]).await?,
            }
        }
        if self.grow {
            transaction.execute(GROW, &[]).await?;
        }
        Ok(())
    }

    /// One secret that belongs to no item.
    pub fn of_secret(name: &'static str, sealed: Vec<u8>) -> Self {
        Self::to_secret(name, Some(sealed))
    }

    /// The same, or its end.
    pub fn to_secret(name: &'static str, sealed: Option<Vec<u8>>) -> Self {
        let secret = sealed.map(|sealed| SealedSecret { sealed, destination: None });
        Self { secrets: vec![(name, secret)], ..Self::default() }
    }

    /// Says of secrets of older versions that they may go where they went. `None` if there are none.
    pub fn of_destinations(rows: &Rows) -> Option<Self> {
        let settings = rows.stored().settings;
        let unknown = passwords().filter_map(|item| {
            let stored = rows.secrets.get(item.name()).filter(|stored| stored.destination.is_none())?;
            let destination = Some(destination_text(item, &settings));
            Some((item.name(), Some(SealedSecret { destination, ..stored.clone() })))
        });
        let secrets: Vec<_> = unknown.collect();
        (!secrets.is_empty()).then(|| Self { secrets, ..Self::default() })
    }

    fn secret(&mut self, item: Item, secret: &Secret, settings: &Settings, vault: &Vault) -> Result<()> {
        let sealed = match secret {
            Secret::Stored => return Ok(()),
            Secret::Absent => None,
            Secret::Given(text) => {
                let sealed = vault.seal(item.name(), &text.as_str().into());
                let sealed = sealed.map_err(|_| anyhow!("cannot encrypt {}", item.name()))?;
                Some(SealedSecret { sealed, destination: Some(destination_text(item, settings)) })
            }
        };
        self.secrets.push((item.name(), sealed));
        Ok(())
    }
}

fn destination_text(secret: Item, settings: &Settings) -> String {
    Json::from(secret_again::destination(secret, settings)).to_string()
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
