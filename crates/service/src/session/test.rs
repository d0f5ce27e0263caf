//! `TestConnection` and `CancelTest`.

use std::sync::Arc;

use calendar::settings::{Item, Kind, Problem, Secret, Settings, Value, sort_problems};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use tracing::{error, info};

use super::Session;
use super::password;
use super::reply::{Failure, Request};
use crate::connection_test::{self, PbxSide, StepMessage, Test};
use crate::service::Service;
use crate::source::steps::{Step, Subject};
use crate::source::{Advice, Secrets, pseudonym};
use crate::zones::System;

/// Of an address somebody types in, so much is taken.
const MAX_ADDRESS_CHARS: usize = 320;

/// What is asked for beside the items.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Wishes {
    #[serde(rename = "ConfigItems")]
    items: Map<String, Json>,
    mailbox: Option<String>,
    outside: Option<String>,
    only: Vec<String>,
    watch: bool,
}

#[derive(Serialize)]
struct CancelTestResult {
    ok: bool,
}

impl Session {
    /// `TestConnection`: typed settings over the stored ones, of which nothing is written.
    pub(super) async fn test_connection(&mut self, request: Request<'_>, json: &str) {
        let Ok(wishes) = serde_json::from_str::<Wishes>(json) else {
            return self.reply(request, Failure { error: "invalidQuery" });
        };
        let only: Option<Vec<Step>> = wishes.only.iter().map(|name| Step::from_name(name)).collect();
        let Some(only) = only else { return self.reply(request, Failure { error: "unknownStep" }) };
        let (settings, secrets) = match self.typed(wishes.items).await {
            Ok(Ok(typed)) => typed,
            Ok(Err(problems)) => return self.refuse(request, problems),
            Err(error) => {
                error!("{error:#}");
                return self.reply(request, Failure { error: "database" });
            }
        };
        let service = Arc::clone(&self.service);
        let address = self.client.address;
        let (mailbox, outside, watch) = (wish(wishes.mailbox), wish(wishes.outside), wishes.watch);
        self.start_telling_job(request, move |cancel, addressee| async move {
            let subject = Subject { mailbox: subject(&service, mailbox, &settings).await, outside, watch };
            let shown = subject.mailbox.as_deref().map(pseudonym).unwrap_or_default();
            info!(%address, sync_type = ?settings.sync_type, mailbox = shown, watch, "connection test");
            let test = Test {
                incomplete: settings.check(&System),
                steps: match service.sources.get() {
                    Some(sources) => sources.steps(&settings, &secrets),
                    None => {
                        Err(Advice::new("starting", "The service is still starting. Try again in a moment."))
                    }
                },
                settings,
                subject,
                only,
                pbx: PbxSide::Here(Arc::clone(&service)),
            };
            let tell = |message: &StepMessage| addressee.tell("TestConnectionStep", message);
            let finished = connection_test::run(test, cancel, tell).await;
            info!(%address, ok = finished.ok, "connection test has ended");
            Some(finished)
        });
    }

    /// `CancelTest`.
    pub(super) fn cancel_test(&self, request: Request<'_>) {
        let ok = self.cancel_job("TestConnection");
        self.reply(request, CancelTestResult { ok });
    }

    /// The stored settings with those that were typed, and the secrets that belong to them. What is wrong with what was
    /// typed is told as by `WriteConfig`.
    async fn typed(
        &self,
        mut items: Map<String, Json>,
    ) -> anyhow::Result<Result<(Settings, Secrets), Vec<Problem>>> {
        let mut problems = password::unwrap(&mut items, self.key(), self.client.is_secure());
        let stored = self.service.configuration.read().await?;
        let mut settings = stored.settings.clone();
        for (name, json) in &items {
            if let Err(problem) = read(&mut settings, name, json) {
                problems.push(problem);
            }
        }
        let store = self.service.configuration.store();
        problems.extend(store.secrets_again(&settings).await?);
        if !problems.is_empty() {
            sort_problems(&mut problems);
            return Ok(Err(problems));
        }
        let secrets = secrets(&settings, &store.secrets().await?);
        Ok(Ok((settings, secrets)))
    }
}

fn read(settings: &mut Settings, name: &str, json: &Json) -> Result<(), Problem> {
    let wrong = |code| Problem { item: name.to_owned(), code };
    let item = Item::from_name(name).ok_or_else(|| wrong(calendar::settings::Code::UnknownItem))?;
    // A form sends what it has, also what only the service fills.
    if item.read_only() {
        return Ok(());
    }
    settings.read(item, json, &System).map_err(wrong)
}

/// What was typed, else what is stored, unless it was taken away.
fn secrets(settings: &Settings, stored: &Secrets) -> Secrets {
    let passwords = Item::ALL.iter().copied().filter(|item| item.kind() == Kind::Password);
    let secrets = passwords.filter_map(|item| match settings.get(item) {
        Value::Secret(Secret::Given(text)) => Some((item, SecretString::from(text))),
        Value::Secret(Secret::Stored) => Some((item, stored.get(item))),
        _ => None,
    });
    secrets.collect()
}

fn wish(address: Option<String>) -> Option<String> {
    let address: String =
        address?.trim().chars().filter(|c| !c.is_control()).take(MAX_ADDRESS_CHARS).collect();
    Some(address).filter(|address| !address.is_empty())
}

/// Whose mailbox is tried: who is named, else somebody whom the synchronization has found, else the account itself.
async fn subject(service: &Service, named: Option<String>, settings: &Settings) -> Option<String> {
    if named.is_some() {
        return named;
    }
    let known = connection_test::survey(service, None).await.candidate;
    known.or_else(|| connection_test::account(settings))
}
