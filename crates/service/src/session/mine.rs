//! `GetMine` and `SetMine`: a user's own calendar, and what he decides about it; `MineUpdate` from then on.

use std::time::Duration;

use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value as Json, json};
use tokio::task::spawn_blocking;
use tokio::time::Instant;
use tracing::error;

use super::Session;
use super::calendar::explanation;
use super::reply::{Failure, Outgoing, Request};
use crate::mine::Looking;
use crate::sync::{Mine, Request as Question};

/// Time between two `MineUpdate`s of a connection.
const INTERVAL: Duration = Duration::from_secs(2);

/// A user who wants to know when his calendar changes.
pub(super) struct MineUpdates {
    /// The `src` of his request, which every update carries.
    src: Option<Box<RawValue>>,
    looking: Looking,
    /// What he knows.
    sent: Json,
    has_news: bool,
    /// Before this no update is sent.
    not_before: Instant,
}

impl MineUpdates {
    /// When the next update is due, if there may be news.
    pub fn due(&self) -> Option<Instant> {
        self.has_news.then_some(self.not_before)
    }

    /// Waits for something to change.
    pub async fn news(&mut self) {
        self.looking.changed().await;
    }
}

/// Body of `GetMineResult`, `SetMineResult` and `MineUpdate`, beside what is explained.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Own {
    name: String,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'static str>,
    show: bool,
    titles: Json,
    #[serde(skip_serializing_if = "Option::is_none")]
    paused_until: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    activity: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<i64>,
    changes: Json,
    reasons: Json,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_sync: Option<i64>,
    allowed: bool,
}

impl Own {
    fn new(mine: Mine) -> Self {
        let mut told = explanation(&mine.explained);
        let mut take = |name: &str| told.get_mut(name).map_or_else(|| json!([]), Json::take);
        let (activity, note, until) = match mine.shown {
            Some((activity, note, until)) => (Some(activity), Some(note), until),
            None => (None, None, None),
        };
        Self {
            name: mine.name,
            state: mine.state,
            error: mine.error,
            show: mine.choices.show,
            titles: json!(mine.choices.titles),
            paused_until: mine.choices.paused_until.filter(|until| *until > mine.explained.now),
            note,
            activity,
            until,
            changes: take("changes"),
            reasons: take("reasons"),
            last_sync: mine.last_sync,
            allowed: mine.allowed,
        }
    }
}

impl Session {
    /// `GetMine`.
    pub(super) async fn get_mine(&mut self, request: Request<'_>) {
        let Some(found) = self.ask_mine().await else { return };
        self.answer_mine(request, found).await;
    }

    /// `SetMine`.
    pub(super) async fn set_mine(&mut self, request: Request<'_>, text: &str) {
        let Ok(message) = serde_json::from_str::<Map<String, Json>>(text) else { return };
        let service = std::sync::Arc::clone(&self.service);
        let _turn = service.choosing.lock().await;
        let Some(found) = self.ask_mine().await else { return };
        let Some(mine) = found else { return self.failed(request, "unknownUser") };
        if !mine.allowed {
            return self.failed(request, "notAllowed");
        }
        let Some(choices) = mine.choices.changed(&message) else {
            return self.failed(request, "invalidQuery");
        };
        if choices != mine.choices
            && let Err(error) = service.configuration.store().set_choices(&mine.guid, &choices).await
        {
            error!("{error:#}");
            return self.failed(request, "database");
        }
        let asked = service.sync.ask(|reply| Question::SetMine(mine.guid, choices, reply));
        if let Some(found) = asked.await {
            self.answer_mine(request, found).await;
        }
    }

    async fn ask_mine(&self) -> Option<Option<Mine>> {
        let who = self.login.as_ref().map(|login| login.who.clone()).unwrap_or_default();
        self.service.sync.ask(|reply| Question::Mine(who, reply)).await
    }

    async fn answer_mine(&mut self, request: Request<'_>, found: Option<Mine>) {
        let Some(mine) = found else { return self.failed(request, "unknownUser") };
        let guid = mine.guid.clone();
        let Some(told) = told(mine).await else { return };
        self.reply(request, &told);
        let src = request.src.map(ToOwned::to_owned);
        let sent = compared(told);
        if let Some(updates) = &mut self.mine {
            (updates.src, updates.sent) = (src, sent);
            return;
        }
        let looking = self.service.mine.look(&guid);
        self.mine = Some(MineUpdates { src, looking, sent, has_news: false, not_before: Instant::now() });
    }

    /// Something may have changed.
    pub(super) fn mine_changed(&mut self) {
        if let Some(updates) = &mut self.mine {
            updates.has_news = true;
        }
    }

    /// `MineUpdate`, if there is anything else to tell than before.
    pub(super) async fn mine_update(&mut self) {
        let Some(updates) = &mut self.mine else { return };
        updates.has_news = false;
        let Some(found) = self.ask_mine().await else { return };
        let body = match found {
            Some(mine) => told(mine).await,
            None => Some(json!({"error": "unknownUser"})),
        };
        let Some(body) = body else { return };
        let Some(updates) = &mut self.mine else { return };
        let now = compared(body.clone());
        if updates.sent == now {
            return;
        }
        updates.sent = now;
        updates.not_before = Instant::now() + INTERVAL;
        let src = updates.src.clone();
        self.send(&Outgoing { mt: "MineUpdate", api: Some("Calendar"), body, src: src.as_deref() });
    }

    fn failed(&self, request: Request<'_>, error: &'static str) {
        self.reply(request, Failure { error });
    }
}

/// As it is told. Many appointments take a while; meanwhile others must not wait.
async fn told(mine: Mine) -> Option<Json> {
    spawn_blocking(move || serde_json::to_value(Own::new(mine)).ok()).await.ok().flatten()
}

/// When it was read last is no news.
fn compared(mut told: Json) -> Json {
    if let Some(told) = told.as_object_mut() {
        told.remove("lastSync");
    }
    told
}
