//! What the service is doing, as `GetStatus` tells it.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use calendar::settings::{Item, Settings};
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value as Json;
use tokio::sync::watch;

use crate::cut::{cut, cut_to};
use crate::pbx::{Connections, is_named};
use crate::source::{Advice, Facts, serves};
use crate::store::Trouble;
use crate::sync::{Clock, Freshness, Report, SourceReport, SourceStatus, State};
use crate::zones::outdated;

/// Bytes of the names of other PBXs, as JSON. A message has 65 535 in all.
const MAX_OTHERS_BYTES: usize = 16_000;
/// So many characters of the words for an error.
const MAX_TEXT_CHARS: usize = 2000;

/// Body of `GetStatusResult` and `StatusUpdate`, save what changes all the time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    /// Of the settings that the synchronization goes by. A client that knows a later one has yet to ask again.
    revision: i64,
    sync: State,
    /// When `sync` became what it is. Instants are milliseconds since the epoch.
    since: i64,
    /// Code of what is wrong, which does not change with the language, …
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'static str>,
    /// … what sentences in other languages are made of, …
    #[serde(skip_serializing_if = "Facts::is_empty")]
    facts: Facts,
    /// … and in English words, with what to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    error_text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<SourceStatus>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sources: Vec<SourceReport>,
    pbx: PbxStatus,
    users: u32,
    matched: u32,
    unmatched: u32,
    shown: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret_expires: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    public_url: Option<String>,
    /// What is amiss though the service works.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<Warning>,
}

/// Something that is amiss though the service works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Warning {
    /// A word for programs.
    pub code: &'static str,
    /// The same in words, with what to do.
    pub text: String,
    /// Where it comes from, if that is what it is about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<IpAddr>,
}

/// A status with the age of the data, which alone is no news.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Dated<'a> {
    #[serde(flatten)]
    status: &'a Status,
    /// When a mailbox was read last.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_sync: Option<i64>,
    /// For how long the mailbox that waits longest has not been read, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    age: Option<i64>,
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
    /// Names of the others, as many as a message has room for.
    others: BTreeSet<String>,
}

/// Keeps the status and tells when it changes.
pub(crate) struct StatusBoard {
    status: watch::Sender<Status>,
    pbxs: Arc<Connections>,
    reported: Mutex<Reported>,
    /// Those that hold as long as the service runs.
    warnings: Mutex<Vec<Warning>>,
    clock: Clock,
}

/// What the synchronization has told of itself.
struct Reported {
    report: Option<Report>,
    freshness: Option<Freshness>,
    /// What is wrong with the database.
    database: Option<Trouble>,
}

impl StatusBoard {
    pub fn new(
        settings: &Settings,
        public_url: Option<String>,
        pbxs: Arc<Connections>,
        clock: Clock,
    ) -> Arc<Self> {
        let status = Status {
            revision: 0,
            sync: State::Off,
            since: clock.now(),
            error: None,
            facts: Facts::new(),
            error_text: None,
            source: None,
            sources: Vec::new(),
            pbx: PbxStatus::default(),
            users: 0,
            matched: 0,
            unmatched: 0,
            shown: 0,
            secret_expires: None,
            public_url,
            warnings: Vec::new(),
        };
        let reported = Mutex::new(Reported { report: None, freshness: None, database: None });
        let warnings = Mutex::default();
        let board = Self { status: watch::Sender::new(status), pbxs, reported, warnings, clock };
        board.refresh(settings);
        Arc::new(board)
    }

    /// The synchronization tells of itself.
    pub fn report(&self, settings: &Settings, report: Report) {
        self.with_reported(|reported| reported.report = Some(report));
        self.refresh(settings);
    }

    /// What is wrong with the database; `None` if nothing is. It shows with the next [`refresh`](Self::refresh).
    pub fn set_database(&self, trouble: Option<Trouble>) {
        self.with_reported(|reported| reported.database = trouble);
    }

    /// Warns from now on.
    pub fn warn(&self, warning: Warning) {
        // Nothing that holds the lock can leave it half changed.
        self.warnings.lock().unwrap_or_else(PoisonError::into_inner).push(warning);
    }

    /// How old the data is; `None` if there is none.
    pub fn set_freshness(&self, freshness: Option<Freshness>) {
        self.with_reported(|reported| reported.freshness = freshness);
    }

    /// The status with these settings. They are ahead of the synchronization, which has yet to read them.
    pub fn refresh(&self, settings: &Settings) -> Status {
        let reported = self.with_reported(|reported| reported.report.clone());
        let revision = reported.as_ref().map_or(0, |report| report.revision);
        let mut report = if serves(settings.sync_type) {
            reported.filter(|report| report.state != State::Off).unwrap_or(Report::of(State::Starting))
        } else {
            Report::of(State::Off)
        };
        if let Some(trouble) = self.with_reported(|reported| reported.database) {
            report.state = State::Error;
            report.error = Some(Advice::new(trouble.code(), trouble.advice()));
        }
        report.error = report.error.or_else(|| zones_old(report.state, self.clock.now()));
        let pbx = self.pbx(&settings.pbx_name);
        let twice = self.pbx_twice(&settings.pbx_name);
        // What keeps it from working is more urgent.
        let urgent = twice.as_ref().filter(|_| report.state != State::Off && report.error.is_none());
        let urgent = urgent.map(|twice| Advice::new(twice.code, twice.text.as_str()));
        let advice = report.error.or(urgent);
        let facts = advice.as_ref().map(|advice| advice.facts.clone()).unwrap_or_default();
        let (error, error_text) = advice.map(|advice| (advice.code, shortened(advice.text))).unzip();
        let mut warnings = self.warnings.lock().unwrap_or_else(PoisonError::into_inner).clone();
        warnings.extend(twice);
        self.status.send_if_modified(|status| {
            let since = if report.state == status.sync { status.since } else { self.clock.now() };
            let new = Status {
                revision,
                sync: report.state,
                since,
                error,
                facts: facts.clone(),
                error_text,
                source: report.source,
                sources: report.sources,
                pbx,
                users: report.users,
                matched: report.matched,
                unmatched: report.unmatched,
                shown: report.shown,
                secret_expires: secret_expires(settings),
                public_url: status.public_url.clone(),
                warnings,
            };
            let changed = new != *status;
            *status = new;
            changed
        });
        self.status.borrow().clone()
    }

    /// What keeps the synchronization from working, in words. That no PBX is there does not, it is waited for: it could
    /// not come if whoever asks kept clients away meanwhile.
    pub fn obstacle(&self) -> Option<String> {
        let status = self.status.borrow();
        match status.sync {
            State::Off | State::Starting | State::Running => None,
            State::Error => status.error.map(str::to_owned),
        }
    }

    pub fn watch(&self) -> watch::Receiver<Status> {
        self.status.subscribe()
    }

    /// A status with the age of the data.
    pub fn dated<'a>(&self, status: &'a Status) -> Dated<'a> {
        let freshness = self.with_reported(|reported| reported.freshness);
        let freshness =
            freshness.filter(|_| matches!(status.sync, State::Starting | State::Running | State::Error));
        Dated {
            status,
            last_sync: freshness.map(|freshness| freshness.newest),
            age: freshness.map(|freshness| (self.clock.now() - freshness.oldest).max(0)),
        }
    }

    fn pbx(&self, configured: &str) -> PbxStatus {
        let all = self.pbxs.all();
        let (masters, others): (Vec<_>, Vec<_>) =
            all.iter().partition(|peer| is_named(&peer.info, configured));
        let mut configured = configured.to_owned();
        cut(&mut configured);
        PbxStatus {
            configured,
            connected: !masters.is_empty(),
            version: masters.iter().find_map(|peer| peer.info.version.clone()),
            others: fitting(others.into_iter().map(|peer| peer.info.pbx.clone()).collect()),
        }
    }

    /// Several connections bear the name of the master. The first one is used, as long as it is there.
    fn pbx_twice(&self, configured: &str) -> Option<Warning> {
        let all = self.pbxs.all();
        let masters: Vec<_> = all.iter().filter(|peer| is_named(&peer.info, configured)).collect();
        let [first, .., last] = masters.as_slice() else { return None };
        let text = format!(
            "Two connections bear the name of the PBX {}: the first one, from {}, is used; the other one comes from {}. Only one PBX may have this name; if you know only one, change the instance password.",
            first.info.pbx, first.address, last.address
        );
        Some(Warning { code: "pbxTwice", text, addresses: vec![first.address, last.address] })
    }

    fn with_reported<T>(&self, work: impl FnOnce(&mut Reported) -> T) -> T {
        // Nothing that holds the lock can leave it half changed.
        work(&mut self.reported.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Warns of rules of time zones that nobody has renewed for long, where nothing worse is wrong.
fn zones_old(state: State, now: i64) -> Option<Advice> {
    let release = outdated(now).filter(|_| state != State::Off)?;
    let text = format!(
        "The rules of time zones are of {release} and older than a year: times may be an hour off where clocks are set \
         otherwise now. Update the package tzdata of the system, or pbx-calendar, and start the service again."
    );
    Some(Advice::new("zonesOld", text).with("release", release.to_string()))
}

/// As many names as fit into a message beside all the rest.
fn fitting(names: BTreeSet<String>) -> BTreeSet<String> {
    let mut bytes = 0;
    let fits = |name: &String| {
        bytes += Json::from(name.as_str()).to_string().len() + 1;
        bytes <= MAX_OTHERS_BYTES
    };
    names.into_iter().take_while(fits).collect()
}

fn shortened(mut text: String) -> String {
    cut_to(&mut text, MAX_TEXT_CHARS);
    text
}

/// Midnight at the beginning of the day that the settings give, if a secret is in use at all.
fn secret_expires(settings: &Settings) -> Option<i64> {
    if !Item::ClientSecretExpires.shown(settings) {
        return None;
    }
    let day: NaiveDate = settings.client_secret_expires.parse().ok()?;
    Some(day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis())
}

#[cfg(test)]
mod tests {
    use appwebsocket::PbxInfo;
    use calendar::settings::SyncType;
    use serde_json::json;

    use super::*;
    use crate::pbx::Guard;
    use crate::session::Outbox;
    use crate::source::served;

    fn board(settings: &Settings) -> (Arc<StatusBoard>, Arc<Connections>) {
        let pbxs = Arc::<Connections>::default();
        (StatusBoard::new(settings, None, Arc::clone(&pbxs), Clock::default()), pbxs)
    }

    fn pbx(name: &str) -> PbxInfo {
        PbxInfo { pbx: name.to_owned(), version: Some("14r1".to_owned()), ..PbxInfo::default() }
    }

    fn connect(pbxs: &Arc<Connections>, name: &str, host: u8) -> Guard {
        pbxs.connect(pbx(name), IpAddr::from([192, 0, 2, host]), Outbox::to_nobody())
    }

    #[test]
    fn the_configured_pbx_is_found_in_any_letter_case_and_others_are_listed() {
        let settings = Settings { pbx_name: "Master".to_owned(), ..Settings::default() };
        let (board, pbxs) = board(&settings);
        let master = connect(&pbxs, "mASTER", 1);
        let _slave = connect(&pbxs, "slave", 2);
        let status = json!(board.refresh(&settings).pbx);
        assert_eq!(
            status,
            json!({"configured": "Master", "connected": true, "version": "14r1", "others": ["slave"]})
        );
        drop(master);
        let status = json!(board.refresh(&settings).pbx);
        assert_eq!(status, json!({"configured": "Master", "connected": false, "others": ["slave"]}));
    }

    #[test]
    fn since_changes_with_sync_alone() {
        let (board, _) = board(&Settings::default());
        let since = board.refresh(&Settings::default()).since;
        let renamed = Settings { pbx_name: "x".to_owned(), ..Settings::default() };
        assert_eq!(board.refresh(&renamed).since, since);
        let cloud = Settings { sync_type: SyncType::Cloud, ..Settings::default() };
        let status = board.refresh(&cloud);
        assert_eq!(status.sync, State::Starting);
        assert!(status.since >= since);
    }

    #[test]
    fn the_settings_are_ahead_of_the_synchronization() {
        let (board, _) = board(&served());
        assert_eq!(board.refresh(&served()).sync, State::Starting);
        board.report(&served(), Report { users: 3, matched: 2, ..Report::of(State::Running) });
        let status = board.refresh(&served());
        assert_eq!((status.sync, status.users, status.matched), (State::Running, 3, 2));
        let status = board.refresh(&Settings::default());
        assert_eq!((status.sync, status.users), (State::Off, 0));
        board.report(&Settings::default(), Report::of(State::Off));
        assert_eq!(board.refresh(&served()).sync, State::Starting);
    }

    #[test]
    fn the_age_is_told_but_is_no_news() {
        let (board, _) = board(&served());
        board.report(&served(), Report::of(State::Running));
        let mut watch = board.watch();
        watch.mark_unchanged();
        let now = Clock::default().now();
        board.set_freshness(Some(Freshness { newest: now, oldest: now - 5000 }));
        assert!(!watch.has_changed().unwrap());
        let dated = json!(board.dated(&board.refresh(&served())));
        assert_eq!(dated["lastSync"], now);
        assert!((5000..6000).contains(&dated["age"].as_i64().unwrap()));
        let off = json!(board.dated(&board.refresh(&Settings::default())));
        assert_eq!((off.get("lastSync"), off.get("age")), (None, None));
    }

    #[test]
    fn a_missing_pbx_does_not_keep_it_from_being_ready() {
        let (board, _) = board(&served());
        for (state, code, expected) in
            [(State::Starting, "pbxNotConnected", None), (State::Error, "secretWrong", Some("secretWrong"))]
        {
            let error = Some(Advice::new(code, "Words.").with("pbx", "m"));
            board.report(&served(), Report { error, ..Report::of(state) });
            assert_eq!(board.obstacle().as_deref(), expected);
            assert_eq!(json!(board.refresh(&served()))["facts"], json!({"pbx": "m"}));
        }
        board.report(&served(), Report::of(State::Running));
        assert_eq!(board.obstacle(), None);
    }

    #[test]
    fn rules_of_time_zones_that_are_old_are_warned_of() {
        let long_after = 2_000_000_000_000;
        assert_eq!(zones_old(State::Running, 0), None);
        assert_eq!(zones_old(State::Off, long_after), None);
        let advice = zones_old(State::Running, long_after).unwrap();
        assert_eq!(advice.code, "zonesOld");
        assert!(advice.text.starts_with("The rules of time zones are of 20"), "{}", advice.text);
    }

    #[test]
    fn the_expiry_of_a_secret_counts_only_where_one_is_used() {
        let mut settings = Settings { client_secret_expires: "2027-01-02".to_owned(), ..Settings::default() };
        assert_eq!(secret_expires(&settings), None);
        settings.sync_type = served().sync_type;
        assert_eq!(secret_expires(&settings), Some(1_798_848_000_000));
    }

    #[test]
    fn two_of_the_masters_name_are_told_with_their_addresses() {
        let settings = Settings { pbx_name: "master".to_owned(), ..served() };
        let (board, pbxs) = board(&settings);
        let _first = connect(&pbxs, "master", 1);
        let second = connect(&pbxs, "MASTER", 2);
        board.report(&settings, Report::of(State::Running));
        let status = json!(board.refresh(&settings));
        assert_eq!((&status["sync"], &status["error"]), (&json!("running"), &json!("pbxTwice")));
        let warning = &status["warnings"][0];
        assert_eq!(warning["code"], "pbxTwice");
        assert!(!warning["text"].as_str().unwrap().contains("  "), "{warning}");
        assert_eq!(warning["addresses"], json!(["192.0.2.1", "192.0.2.2"]));
        drop(second);
        let status = json!(board.refresh(&settings));
        assert_eq!((status.get("error"), status.get("warnings")), (None, None));
    }

    #[test]
    fn hardening_15_a_status_fits_into_a_message() {
        let odd = "\u{1}".repeat(300);
        let settings = Settings { pbx_name: "😀".repeat(15_000), ..served() };
        let (board, pbxs) = board(&settings);
        let _guards: Vec<_> = (0..500).map(|number| connect(&pbxs, &format!("{number}{odd}"), 1)).collect();
        let error = Some(Advice::new("x", "😀".repeat(20_000)));
        board.report(&settings, Report { error, ..Report::of(State::Error) });
        let bytes = json!(board.refresh(&settings)).to_string().len();
        assert!(bytes < 60_000, "{bytes}");
    }
}
