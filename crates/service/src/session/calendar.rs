//! Questions about the synchronization: `GetUsers`, `Explain`, `DryRun`, `Resync`.

use std::sync::Arc;

use calendar::Membership;
use calendar::decide::Rules;
use calendar::dry_run::{Change, Shown, ending, first_change};
use calendar::settings::{Settings, sort_problems};
use serde::{Deserialize, Serialize};
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Value as Json, json};
use tokio::task::spawn_blocking;
use tokio_util::sync::CancellationToken;

use super::Session;
use super::config::body;
use super::password;
use super::reply::{Failure, Request};
use crate::explain::ExplainResult;
use crate::source::serves;
use crate::sync::{Explained, Known, Request as Question, Snapshot, UserPage, UserQuery, word};
use crate::zones::System;

/// Bytes of all users in an answer, so that it stays below what an `AppWebsocket` carries.
const MAX_BYTES: usize = 60_000;

/// Whom a message is about.
#[derive(Deserialize)]
struct About {
    #[serde(default)]
    guid: Option<String>,
}

#[derive(Serialize)]
struct ResyncResult {
    ok: bool,
}

/// Body of `DryRunResult`.
#[derive(Serialize)]
struct DryRunResult {
    /// Who changes first comes first.
    changed: Vec<Box<RawValue>>,
    unchanged: usize,
    /// How many changes do not fit into the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<usize>,
}

/// A user whose presence would be another one.
#[derive(Serialize)]
struct Changed<'a> {
    guid: &'a str,
    name: &'a str,
    at: i64,
    before: Presence<'a>,
    after: Presence<'a>,
}

#[derive(Serialize)]
struct Presence<'a> {
    activity: &'a str,
    note: &'a str,
}

impl Session {
    /// `GetUsers`.
    pub(super) async fn get_users(&self, request: Request<'_>, text: &str) {
        let query = serde_json::from_str::<UserQuery>(text).ok().filter(UserQuery::is_valid);
        let Some(query) = query else { return self.fail(request, "invalidQuery") };
        let Some(page) = self.service.sync.ask(|reply| Question::Users(query, reply)).await else { return };
        // A hundred days take a while; meanwhile others must not wait.
        if let Ok(list) = spawn_blocking(move || UserPage::into_list(page)).await {
            self.reply(request, list);
        }
    }

    /// `Explain`.
    pub(super) fn explain(&mut self, request: Request<'_>, text: &str) {
        let guid = about(text).and_then(|about| about.guid).unwrap_or_default();
        let service = Arc::clone(&self.service);
        self.start_job(request, |_| async move {
            let explained = service.sync.ask(|reply| Question::Explain(guid, reply)).await?;
            // Many appointments take a while; meanwhile others must not wait.
            spawn_blocking(move || explained.map_or_else(unknown_user, |explained| explanation(&explained)))
                .await
                .ok()
        });
    }

    /// `Resync`.
    pub(super) async fn resync(&self, request: Request<'_>, text: &str) {
        // A `guid` that is no text means nobody, and surely not everybody.
        let Some(About { guid }) = about(text) else {
            return self.reply(request, ResyncResult { ok: false });
        };
        if let Some(ok) = self.service.sync.ask(|reply| Question::Resync(guid, reply)).await {
            self.reply(request, ResyncResult { ok });
        }
    }

    /// `DryRun`: what these items would change, if they were written.
    pub(super) fn dry_run(&mut self, request: Request<'_>, text: &str) {
        let mut items = match body(text) {
            Ok((items, _)) => items,
            Err(problem) => return self.refuse(request, vec![problem]),
        };
        let mut problems = password::unwrap(&mut items, self.key(), self.client.is_secure());
        let mut after = self.service.configuration.watch().borrow().settings.clone();
        problems.extend(after.apply(&items, &System).err().into_iter().flatten());
        if !problems.is_empty() {
            sort_problems(&mut problems);
            return self.refuse(request, problems);
        }
        let service = Arc::clone(&self.service);
        self.start_job(request, |cancel| async move {
            let snapshot = service.sync.ask(Question::Snapshot).await?;
            spawn_blocking(move || compare(&snapshot, &after, &cancel)).await.ok().flatten()
        });
    }

    fn fail(&self, request: Request<'_>, error: &'static str) {
        self.reply(request, Failure { error });
    }
}

fn about(text: &str) -> Option<About> {
    serde_json::from_str(text).ok()
}

/// `ExplainResult`.
pub(super) fn explanation(explained: &Explained) -> Json {
    let Explained { settings, appointments, state, error, is_held, now } = explained;
    json!(match appointments {
        Some(appointments) if *is_held => {
            ExplainResult::new(settings, appointments, *now, word(*state)).held_back()
        }
        Some(appointments) => ExplainResult::new(settings, appointments, *now, word(*state)),
        None => ExplainResult::not_read(word(*state), error.as_ref()),
    })
}

fn unknown_user() -> Json {
    json!(Failure { error: "unknownUser" })
}

/// Gives nothing once nobody waits for it.
fn compare(snapshot: &Snapshot, after: &Settings, cancel: &CancellationToken) -> Option<DryRunResult> {
    let Snapshot { settings: before, now, .. } = snapshot;
    let pair = |show: bool| {
        let of = |settings: &Settings| Settings {
            show_subject: settings.show_subject && show,
            ..settings.clone()
        };
        [before, after].map(|settings| Rules::new(&of(settings), System))
    };
    // Some users hide their titles, which a manager does not see here either.
    let (titled, untitled) = (pair(true), pair(false));
    let membership = Membership::new(after, &System);
    let first = |Known { user, appointments, hides_titles }: &Known| {
        let [before, rules] = if *hides_titles { &untitled } else { &titled };
        let is_shown = serves(after.sync_type) && membership.includes(user.memberships(), &System);
        let change = if is_shown {
            first_change(before, rules, appointments, *now)?
        } else {
            ending(before, appointments, *now)
        };
        Some((change, user.guid.clone(), user.name.clone()))
    };
    let mut all: Vec<(Change, String, String)> =
        snapshot.users.iter().take_while(|_| !cancel.is_cancelled()).filter_map(first).collect();
    if cancel.is_cancelled() {
        return None;
    }
    all.sort_by(|(one, _, a), (other, _, b)| (one.at, a).cmp(&(other.at, b)));
    let mut changed = Vec::new();
    let mut bytes = 0;
    for entry in all.iter().filter_map(entry) {
        bytes += entry.get().len();
        if bytes > MAX_BYTES {
            break;
        }
        changed.push(entry);
    }
    let more = all.len() - changed.len();
    let unchanged = snapshot.users.len() - all.len();
    Some(DryRunResult { changed, unchanged, more: (more > 0).then_some(more) })
}

fn entry((change, guid, name): &(Change, String, String)) -> Option<Box<RawValue>> {
    let (before, after) = (presence(&change.before), presence(&change.after));
    // Texts and numbers always serialize.
    to_raw_value(&Changed { guid, name, at: change.at, before, after }).ok()
}

fn presence(shown: &Shown) -> Presence<'_> {
    Presence { activity: shown.activity, note: &shown.note }
}
