//! The scheduler over a backend that answers as a test wants.

use std::collections::BTreeMap;
use std::sync::Mutex;

use async_trait::async_trait;
use prometheus::{IntCounter, IntCounterVec, Opts};
use tokio::time::timeout;

use super::super::backend::{Backend, Calendar, Found, Mailbox, Missing, Read, Reading, Search};
use super::super::{Advice, Secrets};
use super::*;

/// Answers to one request: to a search, or to a reading with or without cursor.
type Answer = dyn Fn(&str, bool) -> Result<(), Error> + Send + Sync;

struct Scripted {
    answer: Box<Answer>,
    /// Requests by user: whether they had a cursor.
    asked: Mutex<BTreeMap<String, Vec<bool>>>,
}

impl Scripted {
    fn ask(&self, guid: &str, has_cursor: bool) -> Result<Reading, Error> {
        self.asked.lock().unwrap().entry(guid.to_owned()).or_default().push(has_cursor);
        (self.answer)(guid, has_cursor)?;
        Ok(Reading {
            calendar: (!has_cursor).then(Calendar::default),
            afresh: !has_cursor,
            cursor: Cursor::new("here".to_owned()),
            revisit: None,
            watched: false,
        })
    }

    fn asked(&self, guid: &str) -> Vec<bool> {
        self.asked.lock().unwrap().get(guid).cloned().unwrap_or_default()
    }
}

#[async_trait]
impl Backend for Scripted {
    async fn find(&self, Search { guid, .. }: Search<'_>) -> Result<Found, Error> {
        let mailbox = Mailbox { user: guid.to_owned(), name: guid.to_owned(), warning: None };
        self.ask(guid, false).map(|reading| Found::Mailbox(Box::new((mailbox, reading))))
    }

    async fn read(&self, read: Read<'_>) -> Result<Reading, Error> {
        self.ask(read.guid, read.cursor.is_some())
    }

    async fn start_over(&self) {}

    fn missing(&self, _: Missing, _: &[String]) -> Advice {
        Advice::new("missing", "")
    }

    fn all_forbidden(&self) -> Advice {
        Advice::new("allForbidden", "")
    }
}

struct Running {
    backend: Arc<Scripted>,
    panics: IntCounter,
    states: BTreeMap<String, (MailboxState, Option<&'static str>)>,
    health: Option<Result<(), Advice>>,
    events: mpsc::Receiver<SourceEvent>,
    resync: mpsc::Sender<Option<String>>,
    _wanted: watch::Sender<Arc<Vec<Wanted>>>,
    /// Of the database.
    _data: tempfile::TempDir,
}

impl Running {
    async fn start(
        users: &[&str],
        answer: impl Fn(&str, bool) -> Result<(), Error> + Send + Sync + 'static,
    ) -> Self {
        let data = tempfile::tempdir().unwrap();
        let backend = Arc::new(Scripted { answer: Box::new(answer), asked: Mutex::default() });
        let panics = IntCounter::new("panics", "Panics.").unwrap();
        let short = Duration::from_millis(20);
        let timing = Timing { poll: short, first_wait: short, longest_wait: 2 * short, ..Timing::default() };
        let options = Options {
            backend: Arc::clone(&backend) as Arc<dyn Backend>,
            name: "scripted".to_owned(),
            calendars: crate::store::Calendars::open(data.path(), None).await.unwrap(),
            timing,
            rounds: IntCounterVec::new(Opts::new("rounds", "Rounds."), &["result"]).unwrap(),
            panics: panics.clone(),
        };
        let user = |guid: &&str| Wanted {
            guid: (*guid).to_owned(),
            addresses: Vec::new(),
            search: true,
            at_once: false,
        };
        let (wanted, wanted_receiver) = watch::channel(Arc::new(users.iter().map(user).collect()));
        let (resync, resync_receiver) = mpsc::channel(8);
        let (sender, events) = mpsc::channel(100);
        tokio::spawn(run(options, Feed { wanted: wanted_receiver, resync: resync_receiver, events: sender }));
        Self {
            _data: data,
            backend,
            panics,
            states: BTreeMap::new(),
            health: None,
            events,
            resync,
            _wanted: wanted,
        }
    }

    /// Waits until something is so.
    async fn until(&mut self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let waited = timeout(Duration::from_mins(1), async {
            while !is_so(self) {
                match self.events.recv().await.unwrap() {
                    SourceEvent::Mailbox { guid, state, error, .. } => {
                        self.states.insert(guid, (state, error.map(|advice| advice.code)));
                    }
                    SourceEvent::Health(health) => self.health = Some(health),
                    SourceEvent::Appointments { .. }
                    | SourceEvent::Replies { .. }
                    | SourceEvent::Doubted { .. } => {}
                }
            }
        });
        assert!(waited.await.is_ok(), "{what}: {:?}, {:?}", self.health, self.states);
    }

    fn is(&self, guid: &str, state: MailboxState, code: Option<&'static str>) -> bool {
        self.states.get(guid) == Some(&(state, code))
    }

    fn is_ill(&self, code: &str) -> bool {
        matches!(&self.health, Some(Err(advice)) if advice.code == code)
    }
}

fn denied() -> Error {
    Error::Denied(Advice::new("denied", ""))
}

#[tokio::test]
async fn hardening_11_a_panic_costs_its_mailbox_alone_and_resync_wakes_it() {
    let mut running = Running::start(&["anna", "ben"], |guid, _| {
        assert_ne!(guid, "ben", "a defect that a test provokes");
        Ok(())
    })
    .await;
    running.until("ben fails", |running| running.is("ben", MailboxState::Failed, Some(PANICKED))).await;
    running.until("anna is read", |running| running.is("anna", MailboxState::Matched, None)).await;
    let before = running.panics.get();
    running.resync.send(Some("ben".to_owned())).await.unwrap();
    running.until("another try", |running| running.panics.get() > before).await;
    assert!(running.health.as_ref().is_some_and(Result::is_ok));
}

#[tokio::test]
async fn who_denies_waits_while_another_one_is_read() {
    let mut running =
        Running::start(
            &["anna", "ben", "carl"],
            |guid, _| if guid == "ben" { Ok(()) } else { Err(denied()) },
        )
        .await;
    let asked = |running: &Running, guid: &str| running.backend.asked(guid).len();
    running
        .until("rounds of all", |running| {
            asked(running, "anna") > 5 && asked(running, "carl") > 5 && asked(running, "ben") > 20
        })
        .await;
    assert!(running.is("anna", MailboxState::Failed, Some("denied")));
    assert!(running.is("ben", MailboxState::Matched, None));
    assert_eq!(running.health, Some(Ok(())), "what two of three say is their own affair");
}

#[tokio::test]
async fn where_all_deny_nobody_is_let_in() {
    let mut running = Running::start(&["anna", "ben", "carl", "dora"], |_, _| Err(denied())).await;
    running.until("an outage", |running| running.is_ill("denied")).await;
}

#[tokio::test]
async fn the_one_and_only_mailbox_that_denies_is_an_outage() {
    let mut running = Running::start(&["anna"], |_, _| Err(denied())).await;
    running.until("an outage", |running| running.is_ill("denied")).await;
}

#[tokio::test]
async fn a_cursor_that_fails_three_times_is_given_up_whatever_it_answers() {
    for error in [Error::Failed(Advice::new("server", "")), Error::Throttled(None), denied()] {
        let failing = error.clone();
        let mut running = Running::start(&["anna", "ben"], move |guid, has_cursor| match guid {
            "anna" if has_cursor => Err(failing.clone()),
            _ => Ok(()),
        })
        .await;
        running.until("two windows", |running| running.backend.asked("anna").len() >= 5).await;
        let asked = running.backend.asked("anna");
        assert_eq!(asked.get(..5), Some(&[false, true, true, true, false][..]), "{error:?}");
    }
}

#[tokio::test]
async fn a_cursor_is_kept_where_nothing_answers_at_all() {
    let unreachable = || Error::Unreachable(Advice::new("network", ""));
    let mut running =
        Running::start(&["anna"], move |_, has_cursor| if has_cursor { Err(unreachable()) } else { Ok(()) })
            .await;
    running
        .until("failures", |running| running.backend.asked("anna").len() > 10 || running.is_ill("network"))
        .await;
    let afresh = running.backend.asked("anna").into_iter().filter(|has_cursor| !has_cursor).count();
    assert_eq!(afresh, 1);
}

#[test]
fn secrets_differ_when_one_does() {
    use calendar::settings::Item;
    let secrets = |text: &str| -> Secrets { [(Item::ClientSecret, text.into())].into_iter().collect() };
    assert_eq!(secrets("a"), secrets("a"));
    assert_ne!(secrets("a"), secrets("b"));
    assert_ne!(secrets("a"), Secrets::default());
}
