//! Being told of changes. Where each row of the contract's table of what happens is tested:
//!
//! | what happens | test |
//! | --- | --- |
//! | `Closed`, end of body | `a_stream_whose_time_is_over_goes_on_without_reading`; within an envelope: `watch::envelopes` |
//! | connection breaks | `after_a_break_the_group_is_read`, `all_is_right_again_after_an_outage`; waits: `watch::timing` |
//! | `ErrorSubscriptionNotFound` and its like | `lost_subscriptions_are_made_anew_…`, `without_ids_all_subscribe_anew` |
//! | `ErrorExceeded…` | `another_leader_is_tried_…`, `where_no_leader_has_room_…`, `where_no_subscription_is_left_…` |
//! | silence | `silence_after_heartbeats_is_a_break`, `silence_without_heartbeats_is_a_break_…` |
//! | no first envelope | `a_proxy_that_buffers_is_found_out` |

use std::time::Duration;

use exchange_sim::{ExchangeSim, Fault, Limits, Operation, StreamSettings};
use pbx_calendar::source::exchange::StreamTiming;

use crate::support::{ANNA, BEN, Start, meeting, sim, streams, until};
use crate::told::Told;

/// A source of two mailboxes whose stream is open.
async fn watching(start: impl FnOnce(&ExchangeSim) -> Start) -> (ExchangeSim, Told) {
    let sim = sim(&["anna", "ben"]).await;
    let mut told = start(&sim).run(&["anna", "ben"]).await;
    told.until_titles("anna", &[]).await;
    told.until_titles("ben", &[]).await;
    // The first stream may be of one of them alone, and is left for one of both a moment later.
    until("a stream of both", || sim.counts().streams == 1 && sim.streamed() == 2).await;
    (sim, told)
}

/// Both mailboxes tell what changes.
async fn both_tell(sim: &ExchangeSim, told: &mut Told) {
    sim.add(ANNA, meeting("Both", 3)).unwrap();
    sim.add(BEN, meeting("Both", 3)).unwrap();
    told.until_titles("anna", &["Both"]).await;
    told.until_titles("ben", &["Both"]).await;
    assert_eq!(sim.violations(), []);
}

fn readings(sim: &ExchangeSim) -> u64 {
    sim.counts().of(Operation::FindItem)
}

#[tokio::test]
async fn one_server_has_one_stream() {
    for start in [Start::known, Start::discovered] {
        let (sim, mut told) = watching(|sim| start(sim)).await;
        both_tell(&sim, &mut told).await;
    }
}

#[tokio::test]
async fn a_stream_whose_time_is_over_goes_on_without_reading() {
    let (sim, mut told) = watching(|sim| Start::known(sim)).await;
    let (before, opened) = (readings(&sim), sim.counts().streams_opened);
    sim.close_streams(None);
    until("the next stream", || sim.counts().streams_opened > opened && sim.counts().streams == 1).await;
    // Had anything been read besides, it would have been before this change.
    sim.add(ANNA, meeting("Later", 3)).unwrap();
    told.until_titles("anna", &["Later"]).await;
    assert_eq!(readings(&sim), before + 1);
    assert_eq!(sim.subscriptions(), 2);
}

#[tokio::test]
async fn after_a_break_the_group_is_read() {
    let (sim, mut told) = watching(|sim| Start::known(sim)).await;
    let before = readings(&sim);
    sim.break_streams(None);
    until("both are read", || readings(&sim) >= before + 2).await;
    both_tell(&sim, &mut told).await;
}

#[tokio::test]
async fn lost_subscriptions_are_made_anew_and_the_others_go_on() {
    for code in [
        "ErrorSubscriptionNotFound",
        "ErrorInvalidSubscription",
        "ErrorReadEventsFailed",
        "ErrorMissedNotificationEvents",
    ] {
        let (sim, mut told) = watching(|sim| Start::known(sim)).await;
        let subscribed = sim.counts().of(Operation::Subscribe);
        sim.fail_streams(Some(ANNA), code);
        until("a new subscription", || sim.subscriptions() == 2).await;
        both_tell(&sim, &mut told).await;
        assert_eq!(sim.counts().of(Operation::Subscribe), subscribed + 1, "{code}");
    }
}

#[tokio::test]
async fn without_ids_all_subscribe_anew() {
    let (sim, mut told) = watching(|sim| Start::known(sim)).await;
    sim.fail_streams(None, "ErrorSubscriptionNotFound");
    until("new subscriptions", || sim.subscriptions() == 2).await;
    both_tell(&sim, &mut told).await;
}

#[tokio::test]
async fn a_server_that_forgets_is_told_again() {
    let (sim, mut told) = watching(|sim| Start::known(sim)).await;
    sim.lose_subscriptions(None);
    sim.close_streams(None);
    until("new subscriptions", || sim.subscriptions() == 2).await;
    both_tell(&sim, &mut told).await;
}

#[tokio::test]
async fn another_leader_is_tried_where_one_has_too_many_streams() {
    let sim = sim(&["anna", "ben"]).await;
    sim.fault(Fault::error("ErrorExceededConnectionCount").at(Operation::GetStreamingEvents).times(1));
    let mut told = Start::known(&sim).run(&["anna", "ben"]).await;
    told.until_titles("anna", &[]).await;
    told.until_titles("ben", &[]).await;
    until("a stream", || sim.counts().streams == 1).await;
    both_tell(&sim, &mut told).await;
}

#[tokio::test]
async fn where_no_leader_has_room_mailboxes_are_asked() {
    let sim = sim(&["anna", "ben"]).await;
    sim.set_limits(Limits { streams: Some(0), ..Limits::default() });
    let mut start = Start::known(&sim);
    start.streams =
        StreamTiming { poll: Duration::from_millis(100), limit_lasts: Duration::from_secs(2), ..streams() };
    let mut told = start.run(&["anna", "ben"]).await;
    told.until_titles("anna", &[]).await;
    told.until_titles("ben", &[]).await;
    both_tell(&sim, &mut told).await;
    until("a warning", || told.warning() == Some("streamLimit")).await;
    sim.set_limits(Limits::default());
    until("a stream", || sim.counts().streams == 1).await;
    until("no warning", || told.warning().is_none()).await;
}

#[tokio::test]
async fn where_no_subscription_is_left_mailboxes_are_asked() {
    let sim = sim(&["anna", "ben"]).await;
    sim.set_limits(Limits { subscriptions: Some(0), ..Limits::default() });
    let mut start = Start::known(&sim);
    start.streams = StreamTiming { poll: Duration::from_millis(100), ..streams() };
    let mut told = start.run(&["anna", "ben"]).await;
    told.until_titles("anna", &[]).await;
    told.until_titles("ben", &[]).await;
    both_tell(&sim, &mut told).await;
}

#[tokio::test]
async fn silence_after_heartbeats_is_a_break() {
    let sim = sim(&["anna", "ben"]).await;
    sim.set_streams(StreamSettings { heartbeat: Some(1), ..StreamSettings::default() });
    let mut start = Start::known(&sim);
    start.streams = StreamTiming { silence: Duration::from_secs(4), ..streams() };
    let mut told = start.run(&["anna", "ben"]).await;
    told.until_titles("anna", &[]).await;
    told.until_titles("ben", &[]).await;
    until("heartbeats", || sim.streamed() == 2 && sim.counts().heartbeats >= 3).await;
    sim.silence_streams(None);
    // Nothing is told of this one.
    sim.add(ANNA, meeting("Unheard", 2)).unwrap();
    told.until_titles("anna", &["Unheard"]).await;
    until("the end of the silent one", || ends(&start.registry, "silent") >= 1).await;
    until("another stream", || sim.streamed() == 2).await;
    both_tell_beside(&sim, &mut told, "Unheard").await;
}

#[tokio::test]
async fn silence_without_heartbeats_is_a_break_once_the_server_would_have_ended_it() {
    let sim = sim(&["anna", "ben"]).await;
    sim.set_streams(StreamSettings { heartbeat: None, ..StreamSettings::default() });
    let mut start = Start::known(&sim);
    // Were it measured as with heartbeats, a minute would be over before this one.
    start.streams =
        StreamTiming { silence: Duration::from_mins(5), quiet: Duration::from_secs(4), ..streams() };
    let mut told = start.run(&["anna", "ben"]).await;
    told.until_titles("anna", &[]).await;
    told.until_titles("ben", &[]).await;
    until("a stream of both", || sim.streamed() == 2).await;
    sim.silence_streams(None);
    // Nothing is told of this one.
    sim.add(ANNA, meeting("Unheard", 2)).unwrap();
    told.until_titles("anna", &["Unheard"]).await;
    until("the end of the silent one", || ends(&start.registry, "silent") >= 1).await;
    assert_eq!(sim.counts().heartbeats, 0);
    until("another stream", || sim.streamed() == 2).await;
    both_tell_beside(&sim, &mut told, "Unheard").await;
}

/// Streams that have ended for this reason.
fn ends(registry: &prometheus::Registry, reason: &str) -> u64 {
    let families = registry.gather();
    let family = families.iter().find(|family| family.name() == "pbx_calendar_ews_stream_ends_total");
    let metrics = family.map(prometheus::proto::MetricFamily::get_metric).unwrap_or_default();
    let of = metrics.iter().find(|metric| metric.get_label().iter().any(|label| label.value() == reason));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small count")]
    of.map_or(0, |metric| metric.get_counter().get_value() as u64)
}

/// The same where the first one has an appointment already.
async fn both_tell_beside(sim: &ExchangeSim, told: &mut Told, title: &str) {
    sim.add(ANNA, meeting("Both", 3)).unwrap();
    sim.add(BEN, meeting("Both", 3)).unwrap();
    told.until_titles("anna", &["Both", title]).await;
    told.until_titles("ben", &["Both"]).await;
}

#[tokio::test]
async fn a_proxy_that_buffers_is_found_out() {
    let sim = sim(&["anna", "ben"]).await;
    sim.set_streams(StreamSettings { buffered: true, ..StreamSettings::default() });
    let mut start = Start::known(&sim);
    start.streams = StreamTiming {
        first: Duration::from_millis(300),
        poll: Duration::from_millis(100),
        buffering_lasts: Duration::from_secs(3),
        ..streams()
    };
    let mut told = start.run(&["anna", "ben"]).await;
    told.until_titles("anna", &[]).await;
    told.until_titles("ben", &[]).await;
    until("a warning", || told.warning() == Some("streamBuffered")).await;
    assert!(ends(&start.registry, "buffered") >= 1);
    both_tell(&sim, &mut told).await;
    // The proxy lets answers through, which is found out once it is tried again.
    sim.set_streams(StreamSettings::default());
    until("a stream of both", || sim.streamed() == 2).await;
    until("no warning", || told.warning().is_none()).await;
}

#[tokio::test]
async fn all_spellings_of_streams_are_understood() {
    let spelled = StreamSettings {
        heartbeat: Some(1),
        status_events: true,
        types_notification: true,
        messages_ids: true,
        declarations: false,
        ..StreamSettings::default()
    };
    let sim = sim(&["anna", "ben"]).await;
    sim.set_streams(spelled);
    let mut told = Start::known(&sim).run(&["anna", "ben"]).await;
    told.until_titles("anna", &[]).await;
    told.until_titles("ben", &[]).await;
    until("a stream", || sim.counts().streams == 1 && sim.streamed() == 2).await;
    sim.fail_streams(Some(ANNA), "ErrorSubscriptionNotFound");
    until("a new subscription", || sim.subscriptions() == 2).await;
    both_tell(&sim, &mut told).await;
}

#[tokio::test]
async fn groups_are_no_larger_than_wanted() {
    let sim = sim(&["anna", "ben"]).await;
    let mut start = Start::discovered(&sim);
    start.settings.max_subscriptions = calendar::settings::Int(1);
    let mut told = start.run(&["anna", "ben"]).await;
    told.until_titles("anna", &[]).await;
    told.until_titles("ben", &[]).await;
    until("two streams", || sim.counts().streams == 2).await;
    both_tell(&sim, &mut told).await;
}

#[tokio::test]
async fn whoever_is_not_wanted_any_more_is_not_watched() {
    let (sim, mut told) = watching(|sim| Start::known(sim)).await;
    told.want(&[crate::support::user("anna")]);
    until("an end of the subscription", || sim.subscriptions() == 1).await;
    sim.add(ANNA, meeting("Alone", 2)).unwrap();
    told.until_titles("anna", &["Alone"]).await;
}

#[tokio::test]
async fn all_is_right_again_after_an_outage() {
    let (sim, mut told) = watching(|sim| Start::known(sim)).await;
    sim.down().await;
    sim.add(ANNA, meeting("Both", 3)).unwrap();
    sim.add(BEN, meeting("Both", 3)).unwrap();
    sim.lose_subscriptions(None);
    sim.up().await.unwrap();
    told.until_titles("anna", &["Both"]).await;
    told.until_titles("ben", &["Both"]).await;
}

#[tokio::test]
async fn every_server_has_its_own_stream() {
    let sim = sim(&["anna", "ben"]).await;
    sim.change_mailbox(BEN, |mailbox| mailbox.server = Some("ex2.contoso.example".to_owned())).unwrap();
    let mut told = Start::known(&sim).run(&["anna", "ben"]).await;
    told.until_titles("anna", &[]).await;
    told.until_titles("ben", &[]).await;
    until("two streams", || sim.counts().streams == 2).await;
    both_tell(&sim, &mut told).await;
}

#[tokio::test]
async fn after_a_crash_all_is_read_again_and_only_changes_are_told_anew() {
    let sim = sim(&["anna", "ben"]).await;
    sim.add(ANNA, meeting("Before", 2)).unwrap();
    let data = std::sync::Arc::new(tempfile::tempdir().unwrap());
    let mut start = Start::known(&sim);
    let mut told = start.run_at(&data, &["anna", "ben"]).await;
    told.until_titles("anna", &["Before"]).await;
    told.until_titles("ben", &[]).await;
    told.kill().await;
    let resolved = sim.counts().of(Operation::ResolveNames);
    sim.add(BEN, meeting("Meanwhile", 3)).unwrap();
    start.registry = prometheus::Registry::new();
    let mut told = start.run_at(&data, &["anna", "ben"]).await;
    told.until_titles("anna", &["Before"]).await;
    told.until_titles("ben", &["Meanwhile"]).await;
    assert_eq!(sim.counts().of(Operation::ResolveNames), resolved, "mailboxes are known");
}
