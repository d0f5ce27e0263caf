//! The engine between a PBX over real sockets and a source of appointments that the test plays, with a clock that
//! the test sets.

use std::time::Duration;

use calendar::appointment::{Appointment, Span};
use calendar::decide::decide;
use calendar::settings::{Item, Settings};
use pbx_sim::{Pbx, User};
use secrecy::ExposeSecret;
use serde_json::{Map, Value, json};
use tempfile::TempDir;
use tokio::sync::mpsc;
use tokio::time::timeout;

use super::{Clock, Planned};
use crate::serve::{Options, Running, start_with};
use crate::service::Limits;
use crate::source::{Advice, Feed, MailboxState, Overrides, Secrets, SourceEvent, Timing};
use crate::store::Written;
use crate::zones::System;

pub(crate) const HOUR: i64 = 3_600_000;
pub(crate) const GUID: &str = "00000000000000000000000000000001";

/// A running service whose source is the test.
struct Fixture {
    clock: Clock,
    running: Running,
    pbx: Pbx,
    feeds: mpsc::UnboundedReceiver<(Feed, Secrets)>,
    _data: TempDir,
}

pub(crate) fn options(data: &TempDir) -> Options {
    Options {
        listen: "127.0.0.1:0".parse().unwrap(),
        data: data.path().to_owned(),
        database: None,
        new: false,
        files: data.path().to_owned(),
        public_url: None,
        tls: None,
        trusted_proxies: Vec::new(),
        trusted_proxy_header: None,
        try_out: false,
        demo: None,
        overrides: Overrides::default(),
        timing: Timing::default(),
        limits: Limits::default(),
    }
}

impl Fixture {
    async fn start() -> Self {
        let (data, clock) = (TempDir::new().unwrap(), Clock::default());
        let (sender, feeds) = mpsc::unbounded_channel();
        let running = start_with(options(&data), clock.clone(), |_, _, _| {
            Ok(Box::new(move |_, secrets| {
                let (sender, secrets) = (sender.clone(), secrets.clone());
                let start = move |feed| {
                    let _ = sender.send((feed, secrets));
                    tokio::spawn(std::future::pending())
                };
                vec![Planned {
                    kind: "test",
                    name: "test".to_owned(),
                    start: Ok(Box::new(start)),
                    details: None,
                }]
            }))
        });
        let running = running.await.unwrap();
        let password = running.new_password.as_ref().unwrap().expose_secret().to_owned();
        let pbx = Pbx::start(pbx_sim::Options::new(format!("{}pbxcalendar-calendar", running.url), password));
        pbx.add_user(User::new(GUID, "anna"));
        Self { clock, running, pbx, feeds, _data: data }
    }

    async fn write(&self, items: Value) {
        let items: Map<String, Value> = items.as_object().unwrap().clone();
        let written = self.running.service.configuration.write(None, &items, Vec::new()).await.unwrap();
        assert!(matches!(written, Written::Done(_)), "{written:?}");
    }

    /// The source, once it is started.
    async fn source(&mut self) -> Feed {
        self.source_with_secrets().await.0
    }

    async fn source_with_secrets(&mut self) -> (Feed, Secrets) {
        timeout(Duration::from_secs(20), self.feeds.recv()).await.expect("no start").unwrap()
    }

    async fn until(&self, note: &str) {
        let waiting = timeout(Duration::from_secs(20), self.pbx.until_note("anna", note)).await;
        assert!(waiting.is_ok(), "{:?} instead of {note:?}", self.pbx.note("anna"));
    }
}

fn settings() -> Value {
    json!({
        "pbxName": "master", "syncType": 4, "clientId": "11111111-2222-3333-4444-555555555555",
        "tenantId": "example.com", "clientSecret": "one",
    })
}

fn appointment(start: i64, end: i64) -> Appointment {
    Appointment { subject: "Meeting".to_owned(), ..Appointment::new("a", Span::Time { start, end }) }
}

async fn tell(feed: &Feed, state: MailboxState, appointments: Vec<Appointment>) {
    let guid = GUID.to_owned();
    let mailbox = SourceEvent::Mailbox { guid, state, mailbox: None, error: None, last_sync: None };
    feed.events.send(SourceEvent::Health(Ok(()))).await.unwrap();
    feed.events.send(mailbox).await.unwrap();
    feed.events.send(SourceEvent::Appointments { guid: GUID.to_owned(), appointments }).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_presence_follows_a_clock_that_jumps_forth_and_back() {
    let mut fixture = Fixture::start().await;
    fixture.write(settings()).await;
    let feed = fixture.source().await;
    let now = fixture.clock.now();
    let appointments = vec![appointment(now + HOUR, now + 2 * HOUR)];
    tell(&feed, MailboxState::Matched, appointments.clone()).await;
    let settings = Settings::default();
    // As after an hour of sleep, then as when somebody sets the clock.
    for (jump, minutes_later) in
        [(0, 0), (HOUR, 60), (HOUR, 120), (-HOUR, 60), (-HOUR, 0), (3 * HOUR / 2, 90)]
    {
        fixture.clock.jump(jump);
        let at = now + minutes_later * 60_000 + 1000;
        fixture.until(&decide(&settings, &appointments, at, &System).note).await;
    }
    assert_eq!(fixture.pbx.writes("anna"), 6);
    assert_eq!(fixture.pbx.violations(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_source_starts_when_the_old_one_has_ended_and_knows_the_new_secret() {
    let mut fixture = Fixture::start().await;
    fixture.write(settings()).await;
    let first = fixture.source().await;
    assert_eq!(first.wanted.borrow()[0].addresses, ["anna@example.com"]);
    tell(&first, MailboxState::Matched, Vec::new()).await;
    fixture.until("Free").await;
    fixture.write(json!({"mapBusy": 2, "clientSecretExpires": "2030-01-01"})).await;
    fixture.write(json!({"clientSecret": "two"})).await;
    fixture.write(json!({"clientSecret": "three"})).await;
    let (second, secrets) = fixture.source_with_secrets().await;
    assert_eq!(secrets.get(Item::ClientSecret).expose_secret(), "three");
    assert!(first.events.is_closed() && fixture.feeds.is_empty());
    fixture.write(json!({"syncType": 0})).await;
    timeout(Duration::from_secs(20), second.events.closed()).await.unwrap();
    timeout(Duration::from_secs(20), fixture.pbx.until_cleared("anna")).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_no_calendar_any_more_is_cleared_and_who_never_had_one_is_left_alone() {
    let mut fixture = Fixture::start().await;
    fixture.pbx.add_user(User::new("00000000000000000000000000000002", "bert"));
    fixture.write(settings()).await;
    let feed = fixture.source().await;
    let now = fixture.clock.now();
    tell(&feed, MailboxState::Matched, vec![appointment(now - HOUR, now + HOUR)]).await;
    let busy = |pbx: &Pbx| (pbx.calendar_presence("anna")?.activity == "busy").then_some(());
    timeout(Duration::from_secs(20), fixture.pbx.until(busy)).await.unwrap();
    tell(&feed, MailboxState::Failed, vec![appointment(now - HOUR, now + 2 * HOUR)]).await;
    let longer = |pbx: &Pbx| (pbx.writes("anna") == 2).then_some(());
    timeout(Duration::from_secs(20), fixture.pbx.until(longer)).await.unwrap();
    assert!(busy(&fixture.pbx).is_some(), "what is known counts while the mailbox cannot be read");
    tell(&feed, MailboxState::NotInScope, Vec::new()).await;
    timeout(Duration::from_secs(20), fixture.pbx.until_cleared("anna")).await.unwrap();
    assert_eq!((fixture.pbx.writes("anna"), fixture.pbx.writes("bert")), (3, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outage_is_told_in_the_status() {
    let mut fixture = Fixture::start().await;
    fixture.write(settings()).await;
    let feed = fixture.source().await;
    let advice = Advice::new("secretWrong", "The secret is wrong.");
    feed.events.send(SourceEvent::Health(Err(advice))).await.unwrap();
    let mut status = fixture.running.service.status.watch();
    let is_told = |status: &crate::status::Status| json!(status)["error"] == "secretWrong";
    timeout(Duration::from_secs(20), status.wait_for(is_told)).await.unwrap().unwrap();
    assert_eq!(fixture.running.service.status.obstacle().as_deref(), Some("secretWrong"));
}
