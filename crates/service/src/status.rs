//! What the service is doing, as `GetStatus` tells it.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use appwebsocket::PbxInfo;
use calendar::settings::{Item, Settings, SyncType};
use chrono::NaiveDate;
use serde::Serialize;
use tokio::sync::watch;

/// Body of `GetStatusResult` and `StatusUpdate`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    sync: Sync,
    /// When `sync` became what it is. Instants are milliseconds since the epoch.
    since: i64,
    pbx: PbxStatus,
    users: u32,
    matched: u32,
    unmatched: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret_expires: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    public_url: Option<String>,
}

/// State of the synchronization.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
enum Sync {
    /// Switched off in the settings.
    Off,
    /// The settings ask for a type that this version cannot serve.
    NotSupported,
}

/// Which PBXs are connected.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
struct PbxStatus {
    /// The name in the settings, empty if there is none.
    configured: String,
    /// Whether a PBX of this name is connected.
    connected: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    /// Names of the others.
    others: BTreeSet<String>,
}

/// Keeps the status and tells when it changes.
pub(crate) struct StatusBoard {
    status: watch::Sender<Status>,
    pbxs: Mutex<Pbxs>,
}

/// The connected PBXs, each under a number of its own.
#[derive(Default)]
struct Pbxs {
    last: u64,
    connected: HashMap<u64, PbxInfo>,
}

impl StatusBoard {
    pub fn new(settings: &Settings, public_url: Option<String>) -> Arc<Self> {
        let status = Status {
            sync: sync(settings),
            since: now(),
            pbx: PbxStatus::default(),
            users: 0,
            matched: 0,
            unmatched: 0,
            secret_expires: None,
            public_url,
        };
        let board = Self { status: watch::Sender::new(status), pbxs: Mutex::default() };
        board.refresh(settings);
        Arc::new(board)
    }

    /// The status with these settings.
    pub fn refresh(&self, settings: &Settings) -> Status {
        let pbx = self.with_pbxs(|pbxs| pbxs.status(&settings.pbx_name));
        self.status.send_if_modified(|status| {
            let mut new = Status { pbx, secret_expires: secret_expires(settings), ..status.clone() };
            let sync = sync(settings);
            if sync != status.sync {
                new.sync = sync;
                new.since = now();
            }
            let changed = new != *status;
            *status = new;
            changed
        });
        self.status.borrow().clone()
    }

    pub fn watch(&self) -> watch::Receiver<Status> {
        self.status.subscribe()
    }

    /// Notes a PBX until the guard is dropped.
    pub fn connect(self: &Arc<Self>, pbx: PbxInfo) -> PbxGuard {
        let id = self.with_pbxs(|pbxs| {
            pbxs.last += 1;
            pbxs.connected.insert(pbxs.last, pbx);
            pbxs.last
        });
        PbxGuard { board: Arc::clone(self), id }
    }

    pub fn connected_pbxs(&self) -> usize {
        self.with_pbxs(|pbxs| pbxs.connected.len())
    }

    fn with_pbxs<T>(&self, work: impl FnOnce(&mut Pbxs) -> T) -> T {
        // Nothing that holds the lock can leave the map half changed.
        work(&mut self.pbxs.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A connected PBX. When it is dropped, the PBX is no longer connected; the status follows with the next
/// [`refresh`](StatusBoard::refresh).
#[must_use = "the PBX counts as connected until this is dropped"]
pub(crate) struct PbxGuard {
    board: Arc<StatusBoard>,
    id: u64,
}

impl Drop for PbxGuard {
    fn drop(&mut self) {
        self.board.with_pbxs(|pbxs| pbxs.connected.remove(&self.id));
    }
}

impl Pbxs {
    fn status(&self, configured: &str) -> PbxStatus {
        let (masters, others): (Vec<&PbxInfo>, Vec<_>) =
            self.connected.values().partition(|pbx| is_named(pbx, configured));
        PbxStatus {
            configured: configured.to_owned(),
            connected: !masters.is_empty(),
            version: masters.iter().find_map(|pbx| pbx.version.clone()),
            others: others.into_iter().map(|pbx| pbx.pbx.clone()).collect(),
        }
    }
}

/// Whether this is the PBX that the settings name. Whether letter case counts at a real PBX is unknown.
fn is_named(pbx: &PbxInfo, configured: &str) -> bool {
    !configured.is_empty() && pbx.pbx.to_lowercase() == configured.to_lowercase()
}

fn sync(settings: &Settings) -> Sync {
    match settings.sync_type {
        SyncType::Disabled => Sync::Off,
        SyncType::OnPremises | SyncType::Cloud | SyncType::CloudAppOnly | SyncType::Graph => {
            Sync::NotSupported
        }
    }
}

/// Midnight at the beginning of the day that the settings give, if a secret is in use at all.
fn secret_expires(settings: &Settings) -> Option<i64> {
    if !Item::ClientSecretExpires.shown(settings) {
        return None;
    }
    let day: NaiveDate = settings.client_secret_expires.parse().ok()?;
    Some(day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis())
}

fn now() -> i64 {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn pbx(name: &str) -> PbxInfo {
        PbxInfo { pbx: name.to_owned(), version: Some("14r1".to_owned()), ..PbxInfo::default() }
    }

    #[test]
    fn the_configured_pbx_is_found_in_any_letter_case_and_others_are_listed() {
        let settings = Settings { pbx_name: "Master".to_owned(), ..Settings::default() };
        let board = StatusBoard::new(&settings, None);
        let master = board.connect(pbx("mASTER"));
        let _slave = board.connect(pbx("slave"));
        let pbx = json!(board.refresh(&settings).pbx);
        assert_eq!(
            pbx,
            json!({"configured": "Master", "connected": true, "version": "14r1", "others": ["slave"]})
        );
        drop(master);
        let pbx = json!(board.refresh(&settings).pbx);
        assert_eq!(pbx, json!({"configured": "Master", "connected": false, "others": ["slave"]}));
    }

    #[test]
    fn since_changes_with_sync_alone() {
        let board = StatusBoard::new(&Settings::default(), None);
        let since = board.refresh(&Settings::default()).since;
        let renamed = Settings { pbx_name: "x".to_owned(), ..Settings::default() };
        assert_eq!(board.refresh(&renamed).since, since);
        let graph = Settings { sync_type: SyncType::Graph, ..Settings::default() };
        let status = board.refresh(&graph);
        assert_eq!(status.sync, Sync::NotSupported);
        assert!(status.since >= since);
    }

    #[test]
    fn the_expiry_of_a_secret_counts_only_where_one_is_used() {
        let mut settings = Settings { client_secret_expires: "2027-01-02".to_owned(), ..Settings::default() };
        assert_eq!(secret_expires(&settings), None);
        settings.sync_type = SyncType::Graph;
        assert_eq!(secret_expires(&settings), Some(1_798_848_000_000));
    }
}
