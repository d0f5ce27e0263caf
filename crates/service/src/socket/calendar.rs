//! Questions about the synchronization: `GetUsers`, `Explain`, `DryRun`, `Resync`.

use calendar::decide::{Rules, explain};
use calendar::dry_run::{Change, Shown, ending, first_change};
use calendar::settings::{Settings, sort_problems};
use serde::{Deserialize, Serialize};
use serde_json::value::{RawValue, to_raw_value};
use tokio::task::spawn_blocking;

use super::config::body;
use super::connection::Connection;
use super::password;
use super::reply::{Failure, Request};
use crate::explain::Explanation;
use crate::source::serves;
use crate::sync::{Request as Question, Snapshot, User, UserQuery};
use crate::zones::System;

/// Bytes of all users or reasons in an answer, so that it stays below what an `AppWebsocket` carries.
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

impl Connection {
    /// `GetUsers`.
    pub async fn get_users(&self, request: Request<'_>, text: &str) {
        let query = serde_json::from_str::<UserQuery>(text).ok().filter(UserQuery::is_valid);
        let Some(query) = query else { return self.fail(request, "invalidQuery") };
        if let Some(list) = self.service.sync.ask(|reply| Question::Users(query, reply)).await {
            self.reply(request, list);
        }
    }

    /// `Explain`.
    pub async fn explain(&self, request: Request<'_>, text: &str) {
        let guid = about(text).and_then(|about| about.guid).unwrap_or_default();
        match self.service.sync.ask(|reply| Question::Explain(guid, reply)).await {
            Some(Some(explained)) => {
                let answer = explain(&explained.settings, &explained.appointments, explained.now, &System);
                self.reply(request, Explanation::for_message(&explained.settings, &answer, MAX_BYTES));
            }
            Some(None) => self.fail(request, "unknownUser"),
            None => {}
        }
    }

    /// `Resync`.
    pub async fn resync(&self, request: Request<'_>, text: &str) {
        // A `guid` that is no text means nobody, and surely not everybody.
        let Some(About { guid }) = about(text) else {
            return self.reply(request, ResyncResult { ok: false });
        };
        if let Some(ok) = self.service.sync.ask(|reply| Question::Resync(guid, reply)).await {
            self.reply(request, ResyncResult { ok });
        }
    }

    /// `DryRun`: what these items would change, if they were written.
    pub async fn dry_run(&self, request: Request<'_>, text: &str) {
        let mut items = match body(text) {
            Ok((items, _)) => items,
            Err(problem) => return self.refuse(request, vec![problem]),
        };
        let mut problems = password::unwrap(&mut items, self.session_key.as_ref(), self.client.is_secure());
        let mut after = self.service.configuration.watch().borrow().settings.clone();
        problems.extend(after.apply(&items, &System).err().into_iter().flatten());
        if !problems.is_empty() {
            sort_problems(&mut problems);
            return self.refuse(request, problems);
        }
        let Some(snapshot) = self.service.sync.ask(Question::Snapshot).await else { return };
        // Many users take a while; meanwhile others must not wait.
        if let Ok(result) = spawn_blocking(move || compare(&snapshot, &after)).await {
            self.reply(request, result);
        }
    }

    fn fail(&self, request: Request<'_>, error: &'static str) {
        self.reply(request, Failure { error });
    }
}

fn about(text: &str) -> Option<About> {
    serde_json::from_str(text).ok()
}

fn compare(snapshot: &Snapshot, after: &Settings) -> DryRunResult {
    let Snapshot { settings: before, now, .. } = snapshot;
    let [before, rules] = [before, after].map(|settings| Rules::new(settings, System));
    let first = |(guid, name, appointments): &User| {
        let change = if serves(after.sync_type) {
            first_change(&before, &rules, appointments, *now)?
        } else {
            ending(&before, appointments, *now)
        };
        Some((change, guid.clone(), name.clone()))
    };
    let mut all: Vec<(Change, String, String)> = snapshot.users.iter().filter_map(first).collect();
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
    DryRunResult { changed, unchanged: snapshot.users.len() - all.len(), more: (more > 0).then_some(more) }
}

fn entry((change, guid, name): &(Change, String, String)) -> Option<Box<RawValue>> {
    let (before, after) = (presence(&change.before), presence(&change.after));
    // Texts and numbers always serialize.
    to_raw_value(&Changed { guid, name, at: change.at, before, after }).ok()
}

fn presence(shown: &Shown) -> Presence<'_> {
    Presence { activity: shown.activity, note: &shown.note }
}
