//! Replication of the users.

use pbx_sim::{Rule, User};
use serde_json::{Value, json};

use crate::service::{Connection, connected};

fn message(mt: &str, columns: &Value) -> Value {
    json!({"mt": mt, "api": "PbxTableUsers", "src": "t", "columns": columns})
}

fn start(columns: &Value) -> Value {
    let mut start = message("ReplicateStart", columns);
    (start["add"], start["del"]) = (json!(true), json!(true));
    start
}

fn next() -> Value {
    json!({"mt": "ReplicateNext", "api": "PbxTableUsers", "src": "t"})
}

/// Reads to the end; the names of the users in their order.
async fn load(connection: &mut Connection) -> Vec<String> {
    let mut names = Vec::new();
    loop {
        let row = connection.ask(next()).await;
        assert_eq!(row["mt"], "ReplicateNextResult");
        let Some(columns) = row.get("columns") else { return names };
        names.push(columns["h323"].as_str().unwrap().to_owned());
    }
}

#[tokio::test]
async fn all_columns_come_row_by_row_until_one_without_columns() {
    let (pbx, mut connection) = connected().await;
    pbx.change_user("user1", |user| {
        user.emails = vec!["a@example.com; b@example.com".into(), "c@example.com".into()];
        user.h323_email = true;
        user.loc = "branch".into();
        user.config = "Config User".into();
        user.grps = vec!["Sales".into()];
    });
    let columns = json!({
        "guid": {}, "h323": {"update": true}, "cn": {"update": true}, "dn": {}, "h323-email": {},
        "emails": {}, "loc": {"update": false}, "e164": {}, "grps": {}, "config": {},
        "devices": {},
    });
    let available = json!({
        "guid": {}, "h323": {}, "cn": {}, "dn": {}, "h323-email": {}, "emails": {}, "loc": {}, "e164": {},
        "grps": {}, "config": {},
    });
    assert_eq!(connection.ask(start(&columns)).await, message("ReplicateStartResult", &available));
    let first = json!({
        "guid": "00000000000000000000000000000001", "h323": "user1", "cn": "User 1", "dn": "User 1",
        "h323-email": true, "loc": "branch", "e164": "1001", "config": "Config User",
        "grps": [{"name": "Sales", "mode": "active", "dyn": ""}],
        "emails": [{"email": "a@example.com; b@example.com"}, {"email": "c@example.com"}],
    });
    assert_eq!(connection.ask(next()).await, message("ReplicateNextResult", &first));
    assert!(!pbx.is_replicated());
    assert_eq!(load(&mut connection).await, ["user2", "user3"]);
    assert!(pbx.is_replicated());
    assert_eq!(pbx.violations(), []);
}

#[tokio::test]
async fn changes_are_told_at_once_also_during_the_load() {
    let (pbx, mut connection) = connected().await;
    let columns = json!({"guid": {}, "h323": {"update": true}, "cn": {"update": true}, "dn": {}});
    connection.ask(start(&columns)).await;
    connection.ask(next()).await;

    let row = |number: u32, h323: &str| {
        let (guid, name) = (format!("{number:032x}"), format!("User {number}"));
        json!({"guid": guid, "h323": h323, "cn": name, "dn": name})
    };
    assert!(pbx.add_user(User::numbered(4)));
    assert_eq!(connection.receive().await, message("ReplicateAdd", &row(4, "user4")));
    assert!(pbx.delete_user("user2"));
    assert_eq!(connection.receive().await, message("ReplicateDel", &row(2, "user2")));
    assert!(pbx.rename_user("user3", "renamed"));
    assert_eq!(connection.receive().await, message("ReplicateUpdate", &row(3, "renamed")));

    assert_eq!(load(&mut connection).await, ["renamed", "user4"]);
    assert!(pbx.change_user("user1", |user| user.cn = "Anna".into()));
    let mut changed = row(1, "user1");
    changed["cn"] = json!("Anna");
    assert_eq!(connection.receive().await, message("ReplicateUpdate", &changed));
    // Nobody asked to hear of other columns.
    assert!(pbx.change_user("user1", |user| user.dn = "Anna".into()));
    assert!(pbx.change_user("user1", |user| user.loc = "branch".into()));
    connection.is_quiet().await;
}

#[tokio::test]
async fn additions_and_deletions_are_told_to_those_who_can_take_them() {
    let (pbx, mut connection) = connected().await;
    let start = json!({"mt": "ReplicateStart", "api": "PbxTableUsers", "columns": {"guid": {}}});
    let started = json!({"mt": "ReplicateStartResult", "api": "PbxTableUsers", "columns": {"guid": {}}});
    assert_eq!(connection.ask(start).await, started);
    pbx.add_user(User::numbered(4));
    pbx.delete_user("user1");
    connection.is_quiet().await;
}

#[tokio::test]
async fn passwords_and_unknown_columns_are_withheld() {
    let (pbx, mut connection) = connected().await;
    let columns = json!({"guid": {}, "pwd": {}, "presence": {}, "h323": {}});
    assert_eq!(connection.ask(start(&columns)).await["columns"], json!({"guid": {}, "h323": {}}));
    let violations: Vec<_> = pbx.violations().iter().map(ToString::to_string).collect();
    assert_eq!(
        violations,
        [
            "Column: ReplicateStart: the table of users has no column \"presence\"",
            "Password: ReplicateStart: the column pwd",
        ]
    );
}

#[tokio::test]
async fn every_broken_request_is_refused() {
    let (pbx, mut connection) = connected().await;
    let mut unknown = start(&json!({"guid": {}}));
    unknown["filter"] = json!("");
    let guid = json!({"guid": "00000000000000000000000000000001"});
    let reads = "a calendar only reads the users";
    for (request, rule, text) in [
        (next(), Rule::Order, "no replication with this src was started"),
        (start(&json!({})), Rule::Shape, "no columns"),
        (start(&json!("guid")), Rule::Shape, "invalid type: string \"guid\", expected a map"),
        (start(&json!({"guid": {"up": 1}})), Rule::Shape, "unknown field `up`, expected `update`"),
        (
            unknown,
            Rule::Shape,
            "unknown field `filter`, expected one of `add`, `del`, `columns`, `pseudo`, `guid`, `usn`",
        ),
        (message("ReplicateAdd", &guid), Rule::TableWrite, reads),
        (message("ReplicateUpdate", &guid), Rule::TableWrite, reads),
        (message("ReplicateDel", &guid), Rule::TableWrite, reads),
        (message("ReplicateStop", &guid), Rule::UnknownMessage, "no message of a replication"),
    ] {
        let answer = connection.ask(request).await;
        assert_eq!((&answer["error"], &answer["errorText"]), (&json!(1), &json!(text)));
        let rules: Vec<_> = pbx.take_violations().iter().map(|violation| violation.rule).collect();
        assert_eq!(rules, [rule]);
    }
    assert_eq!(pbx.user_count(), 3);
}

#[tokio::test]
async fn a_replication_is_started_and_ended_once() {
    let (pbx, mut connection) = connected().await;
    connection.ask(start(&json!({"h323": {}}))).await;
    let again = connection.ask(start(&json!({"h323": {}}))).await;
    assert_eq!(again["errorText"], "a replication with this src is under way");
    load(&mut connection).await;
    let beyond = connection.ask(next()).await;
    assert_eq!(beyond["errorText"], "the end of the table was reached before");
    // Another src is another replication.
    let mut other = start(&json!({"h323": {}}));
    other["src"] = json!("u");
    assert_eq!(connection.ask(other).await["columns"], json!({"h323": {}}));
    let rules: Vec<_> = pbx.violations().iter().map(|violation| violation.rule).collect();
    assert_eq!(rules, [Rule::Order, Rule::Order]);
}
