//! `GET busy`.

use chrono::{NaiveDate, TimeDelta};
use graph_sim::{Appointment, Endpoint, Fault, Sensitivity, ShowAs};
use serde_json::{Value, json};

use super::world::{ANNA, BEN, World, at, text};

fn query(mailboxes: &[&str]) -> String {
    let mailboxes: String = mailboxes.iter().flat_map(|mailbox| ["mailbox=", mailbox, "&"]).collect();
    format!("busy?{mailboxes}from={}&to={}", text(at(0)), text(at(600)))
}

#[tokio::test]
async fn times_and_states_are_told_and_nothing_else() {
    let mut world = World::new().await;
    let caller = world.caller("crm").await;
    let add = |minutes, show_as| {
        let secret = Appointment {
            show_as,
            sensitivity: Sensitivity::Private,
            ..Appointment::new("Secret", at(minutes), at(minutes + 10))
        };
        world.graph.add(ANNA, secret).unwrap();
        json!({"start": text(at(minutes)), "end": text(at(minutes + 10)), "status": show_as})
    };
    let mut expected = vec![add(10, ShowAs::Busy), add(20, ShowAs::Tentative), add(30, ShowAs::Oof)];
    add(40, ShowAs::Free);
    expected.push(add(50, ShowAs::WorkingElsewhere));
    let answer = caller.get(&query(&["Anna@contoso.example", BEN, "eve@contoso.example"])).await;
    let mailbox = |address: &str, busy: Vec<Value>| json!({"mailbox": address, "busy": busy});
    let outside = json!({"mailbox": "eve@contoso.example", "busy": [], "error": "mailbox"});
    let all = [mailbox("Anna@contoso.example", expected), mailbox(BEN, Vec::new()), outside];
    assert_eq!((answer.status, answer.body), (200, json!({"mailboxes": all})));
}

#[tokio::test]
async fn whole_days_are_those_of_the_mailbox() {
    let mut world = World::new().await;
    let caller = world.caller("crm").await;
    let day = |day| NaiveDate::from_ymd_opt(2027, 7, day).unwrap();
    world.graph.add(BEN, Appointment::whole_day("Holiday", day(1), day(3))).unwrap();
    let found =
        caller.get(&format!("busy?mailbox={BEN}&from=2027-06-28T00:00:00Z&to=2027-07-10T00:00:00Z")).await;
    let expected =
        json!([{"start": "2027-06-30T22:00:00Z", "end": "2027-07-02T22:00:00Z", "status": "busy"}]);
    assert_eq!(found.body["mailboxes"][0]["busy"], expected);
}

#[tokio::test]
async fn what_cannot_be_told_is_told() {
    let mut world = World::new().await;
    let nobody = "nobody@contoso.example";
    let caller = world.caller_with("crm", json!({"mailboxes": [ANNA, nobody]})).await;
    let found = caller.get(&query(&[nobody, ANNA])).await;
    let unknown = json!({"mailbox": nobody, "busy": [], "error": "notFound"});
    assert_eq!(found.body["mailboxes"], json!([unknown, {"mailbox": ANNA, "busy": []}]));
    let (from, late) = (text(at(0)), text(at(0) + TimeDelta::days(43)));
    for (query, field) in [
        (format!("busy?from={from}&to={late}"), "mailbox"),
        (format!("busy?{}from={from}&to={late}", format!("mailbox={ANNA}&").repeat(21)), "mailbox"),
        (format!("busy?mailbox={ANNA}&from={from}&to={late}"), "to"),
        (format!("busy?mailbox={ANNA}&from={late}&to={from}"), "to"),
        (format!("busy?mailbox={ANNA}&from=today&to={late}"), "from"),
        (format!("busy?mailbox={ANNA}&from=2026-11-28T10:00:00&to={late}"), "timeZone"),
        (format!("busy?mailbox={ANNA}&to={late}"), "from"),
        (format!("busy?mailbox={ANNA}&from={from}&to={late}&days=3"), "days"),
    ] {
        let refused = caller.get(&query).await;
        assert_eq!((refused.error(), &refused.body["field"]), ((400, "invalid"), &json!(field)), "{query}");
    }
    let blind = world.caller_with("blind", json!({"rights": ["read", "write"]})).await;
    assert_eq!(blind.get(&query(&[ANNA])).await.error(), (403, "right"));
    world.graph.fault(Fault::throttled(7).at(Endpoint::Schedule).times(1)).unwrap();
    let throttled = caller.get(&query(&[ANNA])).await;
    assert_eq!((throttled.error(), throttled.header("retry-after")), ((503, "unavailable"), Some("7")));
}
