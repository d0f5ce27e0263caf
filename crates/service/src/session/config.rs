//! The Config API: `GetConfigItems`, `ReadConfig`, `WriteConfig` and `ConfigUpdate`.

use std::sync::Arc;

use anyhow::Error;
use calendar::settings::{Code, Item, Kind, Problem, Secret, Settings, Value};
use serde::Serialize;
use serde_json::{Map, Value as Json};
use tracing::{error, info};

use super::Session;
use super::password;
use super::reply::{Outcome, Outgoing, Request};
use crate::store::{Stored, Trouble, Written};

/// What a connection needs to know for its `ConfigUpdate`s.
#[derive(Default)]
pub(super) struct ConfigUpdates {
    /// The API under which the client reads and writes.
    api: Option<String>,
    /// The newest revision that the client has been told.
    revision: i64,
}

impl ConfigUpdates {
    /// From the login on, changes count.
    pub fn begin(&mut self, revision: i64) {
        self.revision = revision;
    }
}

/// `ConfigItems` with what belongs to them.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ConfigItems {
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<&'static str>,
    #[serde(rename = "ConfigItems")]
    items: Map<String, Json>,
    revision: i64,
}

/// One entry of `GetConfigItemsResult`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Description {
    name: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    min_val: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_val: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    password: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    password_set: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    choices: Option<&'static [&'static str]>,
}

#[derive(Serialize)]
struct Descriptions {
    #[serde(rename = "ConfigItems")]
    items: Vec<Description>,
}

/// What is wrong with a `WriteConfig`.
#[derive(Serialize)]
struct Refusal {
    result: &'static str,
    errors: Vec<ItemError>,
    /// Code of what is wrong with the database, as in the status.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
}

#[derive(Serialize)]
struct ItemError {
    item: String,
    error: &'static str,
}

impl Session {
    /// `GetConfigItems`: the types of all items.
    pub(super) async fn get_config_items(&mut self, request: Request<'_>) {
        self.uses(request);
        match self.service.configuration.read().await {
            Ok(stored) => {
                let items = Item::ALL.iter().map(|&item| describe(item, &stored.settings)).collect();
                self.reply(request, Descriptions { items });
            }
            Err(error) => self.failed_to_store(request, &error),
        }
    }

    /// `ReadConfig`: the values of all items.
    pub(super) async fn read_config(&mut self, request: Request<'_>) {
        self.uses(request);
        match self.service.configuration.read().await {
            Ok(stored) => {
                self.config.revision = stored.revision;
                self.reply(request, ConfigItems::of(&stored, None));
            }
            Err(error) => self.failed_to_store(request, &error),
        }
    }

    /// `WriteConfig`: all or nothing.
    pub(super) async fn write_config(&mut self, request: Request<'_>, text: &str) {
        self.uses(request);
        let (mut items, revision) = match body(text) {
            Ok(body) => body,
            Err(problem) => return self.refuse_write(request, vec![problem]),
        };
        let problems = password::unwrap(&mut items, self.key(), self.client.is_secure());
        match self.service.configuration.write(revision, &items, problems).await {
            Ok(Written::Done(stored)) => {
                self.config.revision = stored.revision;
                self.count_write("ok");
                info!(address = %self.client.address, revision = stored.revision, "settings written");
                self.reply(request, ConfigItems::of(&stored, Some("ok")));
            }
            Ok(Written::Conflict) => {
                self.count_write("conflict");
                self.reply(request, Outcome { result: "conflict" });
            }
            Ok(Written::Refused(problems)) => self.refuse_write(request, problems),
            Err(error) => {
                self.count_write("error");
                self.failed_to_store(request, &error);
            }
        }
    }

    /// `ConfigUpdate`, unless the client knows this state already, because it wrote it or has read it since.
    pub(super) fn config_update(&mut self, stored: &Arc<Stored>) {
        if stored.revision <= self.config.revision {
            return;
        }
        self.config.revision = stored.revision;
        let api = Some(self.config.api.as_deref().unwrap_or("Calendar"));
        self.send(&Outgoing { mt: "ConfigUpdate", api, body: ConfigItems::of(stored, None), src: None });
    }

    fn uses(&mut self, request: Request<'_>) {
        self.config.api = request.api.map(str::to_owned);
    }

    fn refuse_write(&self, request: Request<'_>, problems: Vec<Problem>) {
        self.count_write("failed");
        self.refuse(request, problems);
    }

    /// Tells what is wrong with some items.
    pub(super) fn refuse(&self, request: Request<'_>, problems: Vec<Problem>) {
        let error = |problem: Problem| ItemError { item: problem.item, error: problem.code.as_str() };
        let errors = problems.into_iter().map(error).collect();
        self.reply(request, Refusal { result: "failed", errors, reason: None });
    }

    /// The database does not work. Nothing is wrong with any item, so the list of errors is empty.
    fn failed_to_store(&self, request: Request<'_>, error: &Error) {
        error!("{error:#}");
        let reason = error.downcast_ref().map(|trouble: &Trouble| trouble.code());
        self.reply(request, Refusal { result: "failed", errors: Vec::new(), reason });
    }

    fn count_write(&self, result: &str) {
        self.service.metrics.writes.with_label_values(&[result]).inc();
    }
}

impl ConfigItems {
    fn of(stored: &Stored, result: Option<&'static str>) -> Self {
        Self { result, items: stored.settings.to_items(), revision: stored.revision }
    }
}

/// Items and revision of a `WriteConfig`.
pub(super) fn body(text: &str) -> Result<(Map<String, Json>, Option<i64>), Problem> {
    let wrong = |name: &str| Problem { item: name.to_owned(), code: Code::Type };
    let mut message: Map<String, Json> = serde_json::from_str(text).map_err(|_| wrong("ConfigItems"))?;
    let Some(Json::Object(items)) = message.remove("ConfigItems") else { return Err(wrong("ConfigItems")) };
    let revision = match message.remove("revision") {
        None | Some(Json::Null) => None,
        Some(revision) => Some(revision.as_i64().ok_or_else(|| wrong("revision"))?),
    };
    Ok((items, revision))
}

fn describe(item: Item, settings: &Settings) -> Description {
    let mut description = Description {
        name: item.name(),
        kind: "STRING",
        min_val: None,
        max_val: None,
        password: None,
        password_set: None,
        choices: None,
    };
    match item.kind() {
        Kind::Text => {}
        Kind::Bool => description.kind = "BOOL",
        Kind::Int { min, max } => {
            description.kind = "INT";
            (description.min_val, description.max_val) = (Some(min), Some(max));
        }
        Kind::Choice(words) => {
            description.kind = "CHOICE";
            description.choices = Some(words);
        }
        Kind::Password => {
            description.password = Some(true);
            description.password_set = Some(settings.get(item) != Value::Secret(Secret::Absent));
        }
    }
    description
}
