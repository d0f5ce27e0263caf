//! Connection, login, frames and envelopes.

use futures_util::SinkExt;
use pbx_sim::{Pbx, Rule};
use serde_json::json;
use tokio_tungstenite::tungstenite::{Bytes, Message};

use crate::service::{Service, connected, connected_with, soon};

#[tokio::test]
async fn the_pbx_logs_in_as_the_app_object_and_introduces_itself() {
    let service = Service::start().await;
    let pbx = Pbx::start(service.options());
    let mut connection = service.accept().await;
    assert_eq!(connection.receive().await, json!({"mt": "AppChallenge"}));
    connection.send(json!({"mt": "AppChallengeResult", "challenge": "1"})).await;
    let mut login = connection.receive().await;
    assert_eq!(login["digest"].as_str().unwrap().len(), 64);
    login["digest"].take();
    let info = json!({
        "appobj": "calendar", "appdn": "Calendar", "appurl": pbx.options().url, "pbx": "master",
        "cn": "Calendar", "apps": [{"name": "calendar"}],
    });
    let expected = json!({
        "mt": "AppLogin", "app": "pbxcalendar-calendar", "domain": "example.com",
        "sip": "", "guid": "", "dn": "", "info": info, "digest": null, "pbxObj": "calendar",
    });
    assert_eq!(login, expected);
    assert!(!pbx.is_connected());
    connection.send(json!({"mt": "AppLoginResult", "ok": true, "domain": "example.com"})).await;
    let pbx_info = json!({
        "mt": "PbxInfo", "domain": "example.com", "pbx": "master", "pbxDns": "pbx.example.com",
        "apis": ["PbxApi", "PbxTableUsers"], "version": "14r1", "build": "1410520",
    });
    assert_eq!(connection.receive().await, pbx_info);
    assert_eq!(connection.receive().await, json!({"mt": "AppInfo", "app": "pbxcalendar-calendar"}));
    assert!(pbx.is_connected());
    assert_eq!(pbx.violations(), []);
}

#[tokio::test]
async fn a_pbx_before_13r2_tells_no_version() {
    let service = Service::start().await;
    let mut options = service.options();
    (options.version, options.build) = (None, None);
    let _pbx = Pbx::start(options);
    let mut connection = service.accept().await;
    assert!(connection.check_login().await);
    connection.send(json!({"mt": "AppLoginResult", "ok": true})).await;
    let info = connection.receive().await;
    assert_eq!((info.get("version"), info.get("build")), (None, None));
}

#[tokio::test]
async fn a_refused_login_is_tried_again() {
    let service = Service::start().await;
    let mut options = service.options();
    options.password = "wrong".into();
    let pbx = Pbx::start(options);
    for refused in 1..=3 {
        let mut connection = service.accept().await;
        assert!(!connection.check_login().await);
        connection.send(json!({"mt": "AppLoginResult", "ok": false})).await;
        assert_eq!(connection.until_closed().await, None);
        soon(pbx.until(|pbx| (pbx.logins_refused() == refused).then_some(()))).await;
    }
    assert_eq!((pbx.logins(), pbx.violations()), (0, vec![]));
}

#[tokio::test]
async fn why_a_service_cannot_be_reached_is_known_until_it_can() {
    let service = Service::start().await;
    let pbx = Pbx::start(service.options());
    // The listener takes the connection, but nobody speaks websocket.
    drop(service.accept_raw().await);
    let why = soon(pbx.until(Pbx::unreachable)).await;
    assert!(
        why.starts_with(&format!("cannot connect to {}: ", pbx.options().url.replace("http", "ws"))),
        "{why}"
    );
    let _connection = service.log_in().await;
    assert_eq!(pbx.unreachable(), None);
}

#[tokio::test]
async fn only_the_login_may_come_before_the_login() {
    for (answer, detail) in [
        (r#"{"mt":"AppInfo"}"#, "AppInfo where AppChallengeResult was due"),
        (r#"{"mt":"SetPresence","api":"PbxApi"}"#, "SetPresence where AppChallengeResult was due"),
        (r#"{"mt":"AppChallengeResult"}"#, "AppChallengeResult: missing field `challenge`"),
        (
            r#"{"mt":"AppChallengeResult","challenge":""}"#,
            r#"the challenge "" is not 1 to 16 printable characters"#,
        ),
        (
            r#"{"mt":"AppChallengeResult","challenge":"12345678901234567"}"#,
            r#"the challenge "12345678901234567" is not 1 to 16 printable characters"#,
        ),
    ] {
        let service = Service::start().await;
        let pbx = Pbx::start(service.options());
        let mut connection = service.accept().await;
        connection.receive().await;
        connection.send_text(answer).await;
        assert_eq!(connection.until_closed().await.as_deref(), Some(detail));
        let violation = soon(pbx.until_violation()).await;
        assert_eq!((violation.rule, violation.detail.as_str()), (Rule::Login, detail));
    }
}

#[tokio::test]
async fn bad_frames_close_the_connection() {
    let long = format!(r#"{{"mt":"{}"}}"#, "x".repeat(65_535));
    for (frame, detail) in [
        (Message::Binary(Bytes::from_static(b"{}")), "a binary frame"),
        (Message::text(long), "a message of more than 65535 bytes"),
        (Message::text("{\"mt\":"), "no JSON object: EOF while parsing a value at line 1 column 6"),
        (Message::text("{}"), "the message has no mt"),
        (Message::text(r#"{"mt":"A","src":1}"#), "src is no string: 1"),
    ] {
        let (pbx, mut connection) = connected().await;
        connection.wire.send(frame).await.unwrap();
        assert_eq!(connection.until_closed().await.as_deref(), Some(detail));
        let violation = soon(pbx.until_violation()).await;
        assert_eq!((violation.rule, violation.detail.as_str()), (Rule::Frame, detail));
    }
}

#[tokio::test]
async fn a_message_of_the_greatest_length_is_read() {
    let (pbx, mut connection) = connected().await;
    let mut text = r#"{"mt":"Probe","api":"PbxApi","src":""}"#.to_owned();
    text.insert_str(text.len() - 2, &"x".repeat(65_535 - text.len()));
    assert_eq!(text.len(), 65_535);
    connection.send_text(&text).await;
    assert_eq!(connection.receive().await["mt"], "ProbeResult");
    assert!(pbx.is_connected());
}

#[tokio::test]
async fn a_long_reason_still_closes() {
    let (_pbx, mut connection) = connected().await;
    connection.send(json!({"mt": "A", "src": {"ä": "ö".repeat(200)}})).await;
    let reason = connection.until_closed().await.unwrap();
    assert!((122..=123).contains(&reason.len()), "{reason}");
}

#[tokio::test]
async fn what_is_no_message_to_a_pbx_is_ignored_and_recorded() {
    let (pbx, mut connection) = connected().await;
    for mt in ["Error", "PbxInfoResult", "AppLogin", "KeepAlive"] {
        connection.send(json!({"mt": mt})).await;
    }
    connection.is_quiet().await;
    let violations: Vec<_> = pbx.take_violations().iter().map(ToString::to_string).collect();
    assert_eq!(
        violations,
        [
            "UnknownMessage: Error: no message to a PBX",
            "UnknownMessage: PbxInfoResult: no message to a PBX",
            "UnknownMessage: AppLogin: no message to a PBX",
            "UnknownMessage: KeepAlive: no message to a PBX",
            "UnknownMessage: Probe: the stand-in does not have it",
        ]
    );
    assert_eq!(pbx.violations(), []);
}

#[tokio::test]
async fn only_granted_apis_may_be_used() {
    let (pbx, mut connection) =
        connected_with(|options| options.apis = vec!["PbxApi".into(), "RCC".into()]).await;
    let refused = connection.ask(json!({"mt": "ReplicateNext", "api": "PbxTableUsers", "src": "1"})).await;
    let expected = json!({
        "mt": "ReplicateNextResult", "api": "PbxTableUsers", "src": "1", "error": 1,
        "errorText": "the API PbxTableUsers is not among those of PbxInfo",
    });
    assert_eq!(refused, expected);
    let refused = connection.ask(json!({"mt": "Initialize", "api": "RCC"})).await;
    assert_eq!(refused["errorText"], "the stand-in does not have the API RCC");
    let rules: Vec<_> = pbx.violations().iter().map(|violation| violation.rule).collect();
    assert_eq!(rules, [Rule::UnknownApi, Rule::UnknownApi]);
}

#[tokio::test]
async fn the_answer_to_app_info_is_checked_and_kept() {
    let (pbx, mut connection) = connected().await;
    let good = json!({
        "info": {"hidden": true, "apis": {"com.example": {}}, "presence": "calendar"},
        "serviceInfo": {"com.example.calendar": {"version": 1}}, "deviceapp": "phone",
    });
    let mut message = good.clone();
    message["mt"] = json!("AppInfoResult");
    connection.send(message).await;
    soon(pbx.until(|pbx| (pbx.app_info()? == good).then_some(()))).await;
    for bad in [
        json!({"mt": "AppInfoResult"}),
        json!({"mt": "AppInfoResult", "info": {"hidden": 1}}),
        json!({"mt": "AppInfoResult", "info": {"presence": 1}}),
        json!({"mt": "AppInfoResult", "info": {}, "seviceInfo": {}}),
        json!({"mt": "AppInfoResult", "info": {}, "deviceapp": "tablet"}),
    ] {
        connection.send(bad).await;
        assert_eq!(soon(pbx.until_violation()).await.rule, Rule::Shape);
        assert_eq!(pbx.take_violations().len(), 1);
    }
    assert_eq!(pbx.app_info(), Some(good));
}
