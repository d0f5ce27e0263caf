//! `people.md` 5: categories and automatic replies of Exchange.

use chrono::TimeDelta;
use exchange_sim::Operation;
use graph_sim::{Appointment, AutomaticReplies};
use serde_json::json;

use super::super::world::{address, busy, clock, now, running};
use super::{Kind, Site};

fn reply(site: &Site, replies: AutomaticReplies) {
    site.exchange.change_mailbox(&address("anna"), |mailbox| mailbox.automatic_replies = replies).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn people_5_categories_of_exchange_are_read() {
    let mut site = Site::new(Kind::OnPremises, &["anna"], json!({"ignoreCategories": "Focus time"})).await;
    let (meeting, _) = running("Focus", 30);
    site.add("anna", Appointment { categories: vec!["focus TIME".to_owned()], ..meeting });
    let (other, end) = running("Other", 20);
    site.add("anna", other);
    site.world.until("anna", &busy("Other", end)).await;
    let guid = site.world.users().await.remove(0)["guid"].clone();
    let explained = site.world.ask("Explain", json!({"guid": guid})).await;
    let whys = explained["reasons"].as_array().unwrap().iter().map(|one| one["why"].clone());
    assert!(whys.into_iter().any(|why| why == "category"), "{explained}");
    site.no_violations();
}

#[tokio::test(flavor = "multi_thread")]
async fn people_5_automatic_replies_of_exchange_are_shown_and_read_without_the_calendar() {
    let mut site = Site::new(Kind::OnPremises, &["anna"], json!({"mapAutomaticReplies": 2})).await;
    let end = now() + TimeDelta::minutes(30);
    reply(&site, AutomaticReplies::Scheduled { start: now() - TimeDelta::hours(1), end });
    let note = format!("Away until {} #away #until:{}", clock(end), end.timestamp_millis());
    site.world.until("anna", &note).await;
    reply(&site, AutomaticReplies::AlwaysEnabled);
    site.world.until_user(0, |user| user["activity"] == "away" && user["note"] != note.as_str()).await;
    let views = site.exchange.counts().requests[&Operation::FindItem];
    reply(&site, AutomaticReplies::Disabled);
    site.world.until("anna", "Free").await;
    let counts = site.exchange.counts().requests;
    assert_eq!(counts[&Operation::FindItem], views, "the calendar has not changed");
    assert!(counts[&Operation::GetUserOofSettings] >= 3);
    site.no_violations();
}
