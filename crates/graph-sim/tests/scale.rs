//! Fifty thousand users are cheap, and their calendars are the same in every run.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may fail")]

mod common;

use common::{Asker, kinds};
use graph_sim::{Change, GraphSim, Settings};

const USER: &str = "user49999@contoso.example";

#[tokio::test]
async fn fifty_thousand_users_take_little_memory_until_they_are_changed() {
    let before = resident_megabytes();
    let sim = GraphSim::start(Settings::default()).await.unwrap();
    sim.populate(50_000).unwrap();
    let asker = Asker::signed_in(&sim).await;
    let (rows, first) = asker.round(asker.delta(USER).await).await;
    assert!(rows.len() > 5, "{:?}", kinds(&rows));
    if let (Some(before), Some(after)) = (before, resident_megabytes()) {
        assert!(after - before < 200, "{} MB for 50 000 users", after - before);
    }
    let single = rows.iter().find(|row| row["type"] == "singleInstance").unwrap();
    let id = single["id"].as_str().unwrap();
    sim.change(USER, id, Change::cancel()).unwrap();
    let (changed, _) = asker.round(asker.follow(&first).await).await;
    assert_eq!(changed.len(), 1);
    assert_eq!((&changed[0]["id"], &changed[0]["isCancelled"]), (&single["id"], &true.into()));
}

#[tokio::test]
async fn calendars_follow_from_the_seed() {
    let subjects = async |seed| {
        let sim = GraphSim::start(Settings { seed, ..Settings::default() }).await.unwrap();
        sim.populate(3).unwrap();
        let asker = Asker::signed_in(&sim).await;
        asker.round(asker.delta("user00002@contoso.example").await).await.0
    };
    let same = subjects(7).await;
    assert_eq!(same, subjects(7).await);
    assert_ne!(same, subjects(8).await);
}

/// Where the system tells.
fn resident_megabytes() -> Option<i64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse::<i64>().ok().map(|kilobytes| kilobytes / 1024)
}
