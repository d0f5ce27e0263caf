//! Who may use the Calendar API: `GetCallers`, `SaveCaller`, `DeleteCaller`, and `GetAudit`.

use anyhow::Error;
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use tracing::{error, info};

use super::Session;
use super::reply::{Failure, Request};
use crate::appointments::{Caller, Callers, Draft, Page, Refusal, Saved};
use crate::source::pseudonym;
use crate::store::Trouble;

/// Bytes of all callers in an answer, so that it stays below what an `AppWebsocket` carries.
const MAX_BYTES: usize = 60_000;
/// Entries of the audit in an answer.
const MAX_ENTRIES: i64 = 100;

#[derive(Deserialize)]
struct From {
    #[serde(default)]
    from: Option<i64>,
    #[serde(default)]
    limit: Option<i64>,
}

#[derive(Deserialize)]
struct Named {
    id: String,
}

#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    caller: Caller,
    #[serde(rename = "lastUsed", skip_serializing_if = "Option::is_none")]
    last_used: Option<i64>,
}

#[derive(Serialize)]
struct List {
    callers: Vec<Json>,
    /// Where the rest begins, if not all of them fit into a message.
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<usize>,
}

#[derive(Serialize)]
struct SavedBody<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<&'a str>,
}

#[derive(Serialize)]
struct Invalid {
    error: &'static str,
    field: &'static str,
}

#[derive(Serialize)]
struct Done {
    ok: bool,
}

/// The database does not work; what is wrong with it, by its code in the status.
#[derive(Serialize)]
struct NotStored {
    error: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
}

impl Session {
    fn callers(&self) -> Callers {
        Callers::new(self.service.configuration.store().api())
    }

    /// `GetCallers`.
    pub(super) async fn get_callers(&self, request: Request<'_>, text: &str) {
        let from = match serde_json::from_str::<From>(text) {
            Ok(From { from, .. }) => usize::try_from(from.unwrap_or_default()).unwrap_or(usize::MAX),
            Err(_) => return self.reply(request, Failure { error: "invalidQuery" }),
        };
        match self.callers().all().await {
            Ok(callers) => self.reply(request, list(callers, from)),
            Err(error) => self.not_stored(request, &error),
        }
    }

    /// `SaveCaller`. A token goes nowhere where somebody could listen.
    pub(super) async fn save_caller(&self, request: Request<'_>, text: &str) {
        if !self.client.is_secure() {
            return self.reply(request, Failure { error: "insecure" });
        }
        let Ok(draft) = serde_json::from_str::<Draft>(text) else {
            return self.reply(request, Failure { error: "invalidQuery" });
        };
        match self.callers().save(draft).await {
            Ok(Ok(Saved { id, token })) => {
                info!(address = %self.client.address, caller = pseudonym(&id), "a caller of the Calendar API was saved");
                let token = token.as_ref().map(ExposeSecret::expose_secret);
                self.reply(request, SavedBody { id: &id, token });
            }
            Ok(Err(Refusal::Invalid(field))) => self.reply(request, Invalid { error: "invalid", field }),
            Ok(Err(Refusal::Unknown)) => self.reply(request, Failure { error: "unknownCaller" }),
            Ok(Err(Refusal::TooMany)) => self.reply(request, Failure { error: "tooMany" }),
            Err(error) => self.not_stored(request, &error),
        }
    }

    /// `DeleteCaller`.
    pub(super) async fn delete_caller(&self, request: Request<'_>, text: &str) {
        let Ok(Named { id }) = serde_json::from_str(text) else {
            return self.reply(request, Failure { error: "invalidQuery" });
        };
        match self.callers().delete(&id).await {
            Ok(true) => {
                info!(address = %self.client.address, caller = pseudonym(&id), "a caller of the Calendar API was removed");
                self.reply(request, Done { ok: true });
            }
            Ok(false) => self.reply(request, Failure { error: "unknownCaller" }),
            Err(error) => self.not_stored(request, &error),
        }
    }

    /// `GetAudit`.
    pub(super) async fn get_audit(&self, request: Request<'_>, text: &str) {
        let query = serde_json::from_str::<From>(text).ok();
        let query = query.map(|query| (query.from, query.limit.unwrap_or(MAX_ENTRIES)));
        let Some((from, limit)) = query.filter(|(_, limit)| (1..=MAX_ENTRIES).contains(limit)) else {
            return self.reply(request, Failure { error: "invalidQuery" });
        };
        match Page::read(&self.service.configuration.store().api(), from, limit).await {
            Ok(page) => self.reply(request, page),
            Err(error) => self.not_stored(request, &error),
        }
    }

    fn not_stored(&self, request: Request<'_>, error: &Error) {
        error!("{error:#}");
        let reason = error.downcast_ref().map(|trouble: &Trouble| trouble.code());
        self.reply(request, NotStored { error: "failed", reason });
    }
}

/// As many callers as fit into a message.
fn list(callers: Vec<(Caller, i64)>, from: usize) -> List {
    let mut list = List { callers: Vec::new(), more: None };
    let mut bytes = 0;
    for (place, (caller, last_used)) in callers.into_iter().enumerate().skip(from) {
        let shown = Shown { caller, last_used: (last_used > 0).then_some(last_used) };
        // Texts and numbers always serialize.
        let shown = serde_json::to_value(&shown).unwrap_or_default();
        bytes += shown.to_string().len();
        if bytes > MAX_BYTES {
            list.more = Some(place);
            break;
        }
        list.callers.push(shown);
    }
    list
}
