//! What monitoring sees of the synchronization.

use std::collections::HashMap;
use std::time::Duration;

use chrono::TimeDelta;
use graph_sim::{Appointment, Fault};

use super::world::{World, address, busy, guid, host, now, running, soon};
use crate::support::get;

/// The values by name and labels.
fn metrics(world: &World) -> HashMap<String, String> {
    let text = get(&host(world), "/metrics").text().to_owned();
    assert!(!text.contains("anna") && !text.contains("Meeting"), "{text}");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| line.strip_prefix("pbx_calendar_").unwrap().rsplit_once(' ').unwrap())
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn users_presences_requests_and_the_age_of_data_are_counted() {
    let mut world = World::new(&["anna", "bert"]).await;
    world.pbx.add_user(pbx_sim::User::new(&guid(3), "nobody"));
    world.until_status("nobody has no mailbox", |status| status["unmatched"] == 1).await;
    world.graph.fault(Fault::throttled(0).of(address("anna")).times(2)).unwrap();
    let (meeting, end) = running("Meeting", 30);
    world.add("anna", meeting);
    world.until("anna", &busy("Meeting", end)).await;
    let over = now() + TimeDelta::seconds(4);
    world.add("bert", Appointment::new("Soon over", now() - TimeDelta::hours(1), over));
    world.until("bert", &busy("Soon over", over)).await;
    world.until("bert", "Free").await;

    let written = r#"presence_writes_total{result="ok"}"#;
    // The PBX shows a presence a moment before its answer is counted.
    let metrics = soon("all is counted", async {
        loop {
            let metrics = metrics(&world);
            if metrics.get(written).is_some_and(|count| count == "5") {
                return metrics;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
    let value = |name: &str| metrics.get(name).map_or("none", String::as_str);
    let number = |name: &str| value(name).parse::<f64>().unwrap();
    assert_eq!(value(r#"users{state="matched"}"#), "2");
    assert_eq!(value(r#"users{state="noMailbox"}"#), "1");
    assert_eq!(value(r#"users{state="waiting"}"#), "0");
    assert_eq!(value(r#"presence_writes_total{result="refused"}"#), "0");
    assert_eq!(value(r#"graph_requests_total{status="429"}"#), "2");
    assert_eq!(value(r#"mailbox_rounds_total{result="throttled"}"#), "2");
    assert!(number(r#"graph_requests_total{status="200"}"#) > 5.0, "{metrics:?}");
    assert!(number(r#"graph_requests_total{status="404"}"#) >= 1.0, "{metrics:?}");
    assert_eq!(value("change_lateness_seconds_count"), "1");
    assert_eq!(value(r#"change_lateness_seconds_bucket{le="1"}"#), "1", "within the second");
    assert!((0.0..20.0).contains(&number("data_age_seconds")), "{metrics:?}");
}
