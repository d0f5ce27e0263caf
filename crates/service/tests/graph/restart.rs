//! What is on the disk, and what it is good for after a restart.

use std::fs;

use chrono::{TimeDelta, Utc};
use graph_sim::Endpoint;
use pbx_calendar::DatabaseUrl;
use pbx_calendar::source::MailboxState;
use sqlx::SqlitePool;
use sqlx::sqlite::SqliteConnectOptions;

use crate::support::{Postgres, Source, Start, meeting, sim, user};

const ANNA: &str = "anna@contoso.example";

#[tokio::test]
async fn a_restart_goes_on_where_it_was() {
    goes_on(None).await;
}

#[tokio::test]
async fn a_restart_goes_on_where_it_was_with_postgresql() {
    let Some(postgres) = Postgres::start() else { return };
    goes_on(Some(DatabaseUrl::Postgres(Box::new(postgres.url().parse().unwrap())))).await;
}

async fn goes_on(database: Option<DatabaseUrl>) {
    let data = tempfile::tempdir().unwrap();
    let sim = sim(&["anna"]).await;
    sim.add(ANNA, meeting("before", 1)).unwrap();
    let start = Start { database: database.clone(), ..Start::of(&sim) };
    let mut source = Source::at(sim, start, data.path()).await;
    source.want(&[user("anna")]);
    source.until_titles("anna", &["before"]).await;
    let sim = source.kill().await;

    // What is stored needs no network.
    sim.down().await;
    let start = Start { database, ..Start::of(&sim) };
    let mut source = Source::at(sim, start, data.path()).await;
    source.want(&[user("anna")]);
    source.until_titles("anna", &["before"]).await;
    let seen = source.until_state("anna", MailboxState::Matched).await;
    assert_eq!((seen.mailbox, seen.last_sync), (Some(ANNA.to_owned()), None));

    // Only what has changed is read.
    source.sim.reset_counts();
    source.sim.add(ANNA, meeting("while away", 2)).unwrap();
    source.sim.up().await;
    source.until_titles("anna", &["before", "while away"]).await;
    assert_eq!(source.sim.counts().rows, 1);

    // Links alone, and users who go, are for the database, too.
    let rounds = |source: &Source| source.rounds.with_label_values(&["ok"]).get();
    let before = rounds(&source);
    source.until("rounds without changes", |source| rounds(source) > before + 5).await;
    source.want(&[user("ben")]);
    source.until_state("ben", MailboxState::NoMailbox).await;
}

#[tokio::test]
async fn titles_and_organizers_are_not_legible_on_the_disk() {
    let data = tempfile::tempdir().unwrap();
    let sim = sim(&["anna"]).await;
    let secret = graph_sim::Appointment {
        organizer: Some("boss@elsewhere.example".to_owned()),
        ..meeting("Geheimnis", 1)
    };
    sim.add(ANNA, secret).unwrap();
    let start = Start::of(&sim);
    let mut source = Source::at(sim, start, data.path()).await;
    source.want(&[user("anna")]);
    source.until_titles("anna", &["Geheimnis"]).await;
    let _sim = source.kill().await;
    let mut bytes = 0;
    for file in fs::read_dir(data.path()).unwrap() {
        // Those beside the database go when its last connection is closed.
        let Ok(contents) = fs::read(file.unwrap().path()) else { continue };
        bytes += contents.len();
        for word in ["Geheimnis", "boss@elsewhere"] {
            assert!(!contents.windows(word.len()).any(|part| part == word.as_bytes()), "{word}");
        }
    }
    assert!(bytes > 10_000, "that was the database");
}

#[tokio::test]
async fn who_is_no_longer_wanted_is_forgotten() {
    let data = tempfile::tempdir().unwrap();
    let sim = sim(&["anna"]).await;
    sim.add(ANNA, meeting("old", 1)).unwrap();
    let start = Start::of(&sim);
    let mut source = Source::at(sim, start, data.path()).await;
    source.want(&[user("anna")]);
    source.until_titles("anna", &["old"]).await;
    // What comes after anna's end is told when that is done.
    source.want(&[user("ben")]);
    source.until_state("ben", MailboxState::NoMailbox).await;
    let sim = source.kill().await;
    sim.down().await;
    let start = Start::of(&sim);
    let mut source = Source::at(sim, start, data.path()).await;
    source.want(&[user("anna")]);
    source.until_error("network").await;
    assert_eq!(source.seen["anna"].appointments, None);
}

#[tokio::test]
async fn calendars_of_another_tenant_are_not_ours() {
    let data = tempfile::tempdir().unwrap();
    let sim = sim(&["anna"]).await;
    sim.add(ANNA, meeting("x", 1)).unwrap();
    let start = Start::of(&sim);
    let mut source = Source::at(sim, start, data.path()).await;
    source.want(&[user("anna")]);
    source.until_titles("anna", &["x"]).await;
    let sim = source.kill().await;
    sim.down().await;
    let mut start = Start::of(&sim);
    start.settings.tenant_id = "contoso.example".to_owned();
    let mut source = Source::at(sim, start, data.path()).await;
    source.want(&[user("anna")]);
    source.until_error("network").await;
    assert_eq!(source.seen["anna"].appointments, None);
    assert_eq!(source.seen["anna"].state, Some(MailboxState::Waiting));
}

#[tokio::test]
async fn a_link_that_changes_alone_is_stored_too() {
    let data = tempfile::tempdir().unwrap();
    let sim = sim(&["anna"]).await;
    let id = sim.add(ANNA, meeting("x", 1)).unwrap();
    let start = Start::of(&sim);
    let mut source = Source::at(sim, start, data.path()).await;
    source.want(&[user("anna")]);
    source.until_titles("anna", &["x"]).await;
    let rounds = |source: &Source| source.rounds.with_label_values(&["ok"]).get();
    let before = rounds(&source);
    source.until("rounds without changes", |source| rounds(source) > before + 5).await;
    let sim = source.kill().await;
    let start = Start::of(&sim);
    let mut source = Source::at(sim, start, data.path()).await;
    source.want(&[user("anna")]);
    source.until_titles("anna", &["x"]).await;
    source.sim.delete(ANNA, &id).unwrap();
    source.until_titles("anna", &[]).await;
    assert_eq!(source.sim.counts().of(Endpoint::Users), 0);
}

/// Starts with one appointment, sets in the database when its window is to be renewed, and starts again.
async fn renewed(renew_in_hours: i64) -> u64 {
    let data = tempfile::tempdir().unwrap();
    let sim = sim(&["anna"]).await;
    sim.add(ANNA, meeting("x", 1)).unwrap();
    let start = Start::of(&sim);
    let mut source = Source::at(sim, start, data.path()).await;
    source.want(&[user("anna")]);
    source.until_titles("anna", &["x"]).await;
    let sim = source.kill().await;
    let database = SqlitePool::connect_with(
        SqliteConnectOptions::new().filename(data.path().join("pbx-calendar.sqlite")),
    );
    let renew_at = (Utc::now() + TimeDelta::hours(renew_in_hours)).timestamp_millis();
    sqlx::query("UPDATE calendar SET renew_at = $1")
        .bind(renew_at)
        .execute(&database.await.unwrap())
        .await
        .unwrap();
    sim.reset_counts();
    let start = Start::of(&sim);
    let mut source = Source::at(sim, start, data.path()).await;
    source.want(&[user("anna")]);
    source.until_of("anna", "a round", |seen| seen.last_sync.is_some()).await;
    source.sim.counts().rows
}

#[tokio::test]
async fn a_window_is_renewed_when_it_becomes_short_or_the_clock_was_set_back() {
    assert_eq!(renewed(1).await, 0, "there is time");
    assert_eq!(renewed(-1).await, 1, "it is short");
    assert_eq!(renewed(100).await, 1, "it begins in the future");
}
