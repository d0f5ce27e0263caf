//! Who is let in.

use serde_json::{Value, json};

use crate::support::http::{Response, request};
use crate::support::{Server, Socket, get};

/// Asks a question of the Calendar API of managers.
pub async fn ask(manager: &mut Socket, mt: &str, more: Value) -> Value {
    let mut message = json!({"mt": mt, "api": "Calendar"});
    message.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let mut answer = manager.answer(message).await;
    for envelope in ["mt", "api"] {
        answer.as_object_mut().unwrap().remove(envelope);
    }
    answer
}

fn crm(rights: &[&str]) -> Value {
    json!({"name": "crm", "kind": "token", "rights": rights, "mailboxes": ["Anna@contoso.example"]})
}

fn with_token(server: &Server, token: &str, more: &[(&str, &str)]) -> Response {
    let authorization = format!("Bearer {token}");
    let headers = [&[("Host", server.host()), ("Authorization", &authorization)], more].concat();
    request(server.host(), "GET", "/api/v1/appointments/1", &headers, "")
}

fn error(response: &Response) -> (u16, String) {
    let body: Value = serde_json::from_slice(&response.body).unwrap();
    assert!(body["message"].as_str().is_some_and(|message| message.ends_with('.')), "{body}");
    (response.status, body["error"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn while_it_is_off_nothing_is_there() {
    let server = Server::start(&[]);
    let mut manager = server.manager().await;
    let saved = ask(&mut manager, "SaveCaller", crm(&["busy"])).await;
    let nothing = get(server.host(), "/nothing");
    let check = || {
        for path in ["/api/v1", "/api/v1/", "/api/v1/busy", "/api/v1/appointments/1", "/api/v1/openapi.json"]
        {
            for method in ["GET", "POST", "PATCH", "DELETE", "OPTIONS"] {
                let authorization = format!("Bearer {}", saved["token"].as_str().unwrap());
                let headers = [("Host", server.host()), ("Authorization", &authorization)];
                let found = request(server.host(), method, path, &headers, "");
                assert_eq!((found.status, found.body), (404, nothing.body.clone()), "{method} {path}");
            }
        }
    };
    check();
    // The other switch alone opens nothing.
    assert_eq!(manager.write(json!({"calendarApiWrite": true})).await["result"], "ok");
    check();
    manager.write(json!({"calendarApi": true})).await;
    assert_eq!(error(&with_token(&server, "", &[])), (401, "unauthorized".to_owned()));
    manager.write(json!({"calendarApi": false})).await;
    check();
}

#[tokio::test]
async fn a_token_lets_one_caller_in() {
    let server = Server::start(&[]);
    let mut manager = server.manager().await;
    manager.write(json!({"calendarApi": true})).await;
    let saved = ask(&mut manager, "SaveCaller", crm(&["busy", "write"])).await;
    let (id, token) = (saved["id"].clone(), saved["token"].as_str().unwrap().to_owned());
    let listed = ask(&mut manager, "GetCallers", json!({})).await;
    let expected = json!({"callers": [{"id": id, "name": "crm", "kind": "token", "rights": ["busy", "write"],
        "mailboxes": ["anna@contoso.example"], "perMinute": 60, "perDay": 2000}]});
    assert_eq!(listed, expected, "no token, and no last use");
    assert_eq!(error(&with_token(&server, &token, &[])), (404, "notFound".to_owned()), "it is in");
    assert!(ask(&mut manager, "GetCallers", json!({})).await["callers"][0]["lastUsed"].is_i64());
    let mut wrong = token.clone();
    wrong.replace_range(49.., if token.ends_with('A') { "B" } else { "A" });
    for wrong in [&wrong, "", "pbxcal_", &token[..49], &format!("{token}A")] {
        let refused = with_token(&server, wrong, &[]);
        assert_eq!(refused.header("www-authenticate"), Some("Bearer"));
        assert_eq!(error(&refused), (401, "unauthorized".to_owned()), "{wrong}");
    }
    assert_eq!(ask(&mut manager, "DeleteCaller", json!({"id": id})).await, json!({"ok": true}));
    assert_eq!(error(&with_token(&server, &token, &[])).0, 401);
    assert_eq!(ask(&mut manager, "DeleteCaller", json!({"id": id})).await, json!({"error": "unknownCaller"}));
    let log = server.log();
    assert!(!log.contains(&token) && !log.contains("crm") && !log.contains("anna@"), "{log}");
}

#[tokio::test]
async fn a_token_that_others_could_have_read_lets_nobody_in() {
    let server = Server::start(&["--trusted-proxy", "127.0.0.1"]);
    let mut manager = server.manager().await;
    manager.write(json!({"calendarApi": true})).await;
    let saved = ask(&mut manager, "SaveCaller", crm(&["read"])).await;
    let token = saved["token"].as_str().unwrap();
    let plain = [("X-Forwarded-For", "192.0.2.1"), ("X-Forwarded-Proto", "http")];
    assert_eq!(error(&with_token(&server, token, &plain)), (403, "insecure".to_owned()));
    let encrypted = [("X-Forwarded-For", "192.0.2.1"), ("X-Forwarded-Proto", "https")];
    assert_eq!(error(&with_token(&server, token, &encrypted)).0, 404);
    let answer = with_token(&server, token, &[("Origin", "https://evil.example")]);
    assert!(answer.headers.iter().all(|(name, _)| !name.starts_with("access-control")), "no CORS");
}

#[tokio::test]
async fn only_managers_have_to_do_with_callers() {
    let server = Server::start(&[]);
    for mt in ["GetCallers", "SaveCaller", "DeleteCaller", "GetAudit"] {
        let mut user = server.socket().await;
        assert_eq!(ask(&mut user, mt, json!({})).await, json!({"result": "AccessDenied"}), "{mt}");
        let login = appwebsocket::Credentials {
            app: "pbxcalendar-calendar",
            sip: "anna",
            ..appwebsocket::Credentials::default()
        };
        user.login_as(login, &server.password).await;
        assert_eq!(ask(&mut user, mt, json!({})).await, json!({"result": "AccessDenied"}), "{mt}");
    }
}

#[tokio::test]
async fn what_cannot_be_a_caller_is_told() {
    let server = Server::start(&[]);
    let mut manager = server.manager().await;
    for (draft, expected) in [
        (json!({}), json!({"error": "invalidQuery"})),
        (
            json!({"name": "x", "kind": "user", "rights": [], "mailboxes": []}),
            json!({"error": "invalidQuery"}),
        ),
        (
            json!({"name": "x", "kind": "token", "rights": ["all"], "mailboxes": []}),
            json!({"error": "invalidQuery"}),
        ),
        (
            json!({"name": "x", "kind": "token", "rights": [], "mailboxes": ["*"]}),
            json!({"error": "invalid", "field": "mailboxes"}),
        ),
        (
            json!({"id": "x", "name": "x", "kind": "token", "rights": [], "mailboxes": []}),
            json!({"error": "unknownCaller"}),
        ),
    ] {
        assert_eq!(ask(&mut manager, "SaveCaller", draft.clone()).await, expected, "{draft}");
    }
    assert_eq!(ask(&mut manager, "GetAudit", json!({"limit": 101})).await, json!({"error": "invalidQuery"}));
    assert_eq!(ask(&mut manager, "GetAudit", json!({})).await, json!({"entries": []}));
}

#[tokio::test]
async fn many_callers_come_in_several_messages() {
    let server = Server::start(&[]);
    let mut manager = server.manager().await;
    let mailboxes: Vec<String> = (0..1000).map(|n| format!("somebody{n:04}@contoso.example")).collect();
    for name in ["a", "b", "c"] {
        let caller = json!({"name": name, "kind": "token", "rights": ["busy"], "mailboxes": mailboxes});
        assert!(ask(&mut manager, "SaveCaller", caller).await["id"].is_string());
    }
    let (mut names, mut from) = (Vec::new(), json!(0));
    while !from.is_null() {
        let page = ask(&mut manager, "GetCallers", json!({"from": from})).await;
        names.extend(page["callers"].as_array().unwrap().iter().map(|caller| caller["name"].clone()));
        from = page["more"].clone();
    }
    assert_eq!(names, ["a", "b", "c"]);
}
