//! `$batch`: every request has its own answer.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may fail")]

mod common;

use common::{ANNA, Answer, BEN, WINDOW, instant, start};
use graph_sim::{Appointment, Effect, Endpoint, Fault};
use serde_json::{Value, json};

fn delta(user: &str) -> String {
    format!("/users/{user}/calendarView/delta?{WINDOW}")
}

fn get(id: &str, url: &str) -> Value {
    json!({"id": id, "method": "GET", "url": url})
}

fn of<'a>(answer: &'a Answer, id: &str) -> &'a Value {
    let responses = answer.body["responses"].as_array().unwrap_or_else(|| panic!("{}", answer.body));
    responses.iter().find(|response| response["id"] == id).unwrap()
}

#[tokio::test]
async fn each_answer_has_its_own_status_headers_and_body() {
    let (sim, asker) = start().await;
    let visit = Appointment::new("Visit", instant("2026-11-23T09:00:00Z"), instant("2026-11-23T10:00:00Z"));
    sim.add(ANNA, visit).unwrap();
    sim.change_user(BEN, |user| user.in_scope = false).unwrap();
    sim.fault(Fault::throttled(9).at(Endpoint::MailboxSettings)).unwrap();
    let answer = asker
        .batch(json!([
            get("1", &delta(ANNA)),
            get("2", &delta(BEN)),
            get("3", &format!("/users/{ANNA}/mailboxSettings")),
            get("4", "users?$select=mail"),
        ]))
        .await;
    assert_eq!(answer.status, 200);
    let order: Vec<_> =
        answer.body["responses"].as_array().unwrap().iter().map(|r| r["id"].clone()).collect();
    assert_eq!(order, ["4", "3", "2", "1"]);
    assert_eq!(of(&answer, "1")["status"], 200);
    assert_eq!(of(&answer, "1")["body"]["value"][0]["subject"], "Visit");
    assert_eq!(of(&answer, "1")["headers"]["Preference-Applied"], "odata.track-changes");
    assert_eq!(of(&answer, "2")["status"], 403);
    assert_eq!(of(&answer, "2")["body"]["error"]["code"], "ErrorAccessDenied");
    assert_eq!(of(&answer, "3")["status"], 429);
    assert_eq!(of(&answer, "3")["headers"]["Retry-After"], "9");
    assert_eq!(of(&answer, "4")["body"]["value"][1], json!({"mail": BEN}));
    let counts = sim.counts();
    assert_eq!((counts.of(Endpoint::Batch), counts.of(Endpoint::Delta), counts.throttled), (1, 2, 1));
}

#[tokio::test]
async fn headers_count_for_their_request() {
    let (sim, asker) = start().await;
    sim.populate(3).unwrap();
    let with = json!({
        "id": "a", "method": "GET", "url": "/users?$count=true&$top=1", "headers": {"ConsistencyLevel": "eventual"}
    });
    let answer = asker.batch(json!([with, get("b", "/users?$count=true&$top=1")])).await;
    assert_eq!(of(&answer, "a")["body"]["@odata.count"], 5);
    assert_eq!(of(&answer, "b")["body"].get("@odata.count"), None);
}

#[tokio::test]
async fn a_batch_that_is_none_is_refused_as_a_whole() {
    let (sim, asker) = start().await;
    let many: Vec<_> = (0..21).map(|id| get(&id.to_string(), "/users")).collect();
    let message = "Number of batch request steps exceeds the maximum value of 20.";
    assert_eq!(asker.batch(json!(many)).await.refusal(), (400, "MaximumValueExceeded", message));
    assert_eq!(asker.batch(json!(many[..20])).await.status, 200);
    let wrong = [
        json!("x"),
        json!([{"id": 1, "method": "GET", "url": "/users"}]),
        json!([{"id": "1", "url": "/users"}]),
        json!([get("a", "/users"), get("A", "/users")]),
        json!([get("1", "https://graph.microsoft.com/v1.0/users")]),
        json!([{"id": "1", "method": "GET", "url": "/users", "dependsOn": ["2"]}, get("2", "/users")]),
    ];
    for requests in wrong {
        let answer = asker.batch(requests.clone()).await;
        assert_eq!((answer.refusal().0, answer.refusal().1), (400, "BadRequest"), "{requests}");
    }
    let request = asker.http.post(format!("{}/v1.0/$batch", sim.url())).bearer_auth(&asker.token).body("{}");
    assert_eq!(Answer::of(request.send().await.unwrap()).await.refusal().0, 400);
    assert_eq!(asker.get("/$batch").await.refusal().0, 405);
    let nested = asker.batch(json!([{"id": "1", "method": "POST", "url": "/$batch"}])).await;
    assert_eq!(of(&nested, "1")["status"], 400);
    assert_eq!(asker.http.post(format!("{}/v1.0/$batch", sim.url())).send().await.unwrap().status(), 401);
}

#[tokio::test]
async fn what_depends_on_a_failure_fails() {
    let (_sim, asker) = start().await;
    let after =
        |id: &str, other: &str| json!({"id": id, "method": "GET", "url": "/users", "dependsOn": [other]});
    let answer =
        asker.batch(json!([get("1", "/users/nobody"), after("2", "1"), get("3", "/users"), after("4", "3")]));
    let answer = answer.await;
    let statuses = ["1", "2", "3", "4"].map(|id| of(&answer, id)["status"].as_u64().unwrap());
    assert_eq!(statuses, [404, 424, 200, 200]);
}

#[tokio::test]
async fn a_broken_connection_breaks_the_whole_batch() {
    let (sim, asker) = start().await;
    sim.fault(Fault::new(Effect::Drop).of(BEN).times(1)).unwrap();
    let request = asker
        .http
        .post(format!("{}/v1.0/$batch", sim.url()))
        .bearer_auth(&asker.token)
        .header("content-type", "application/json")
        .body(json!({"requests": [get("1", &delta(ANNA)), get("2", &delta(BEN))]}).to_string());
    assert!(request.send().await.is_err());
    sim.fault(Fault::status(503).at(Endpoint::Batch).times(1)).unwrap();
    assert_eq!(asker.batch(json!([])).await.refusal().0, 503);
    assert_eq!(asker.batch(json!([get("1", &delta(ANNA))])).await.status, 200);
}
