//! A PBX introduces itself, and nobody else does in its place.

use appwebsocket::Credentials;
use serde_json::{Value, json};

use crate::support::{Server, Socket};

fn pbx_info(name: &str) -> Value {
    json!({
        "mt": "PbxInfo", "domain": "example.com", "pbx": name, "pbxDns": "pbx.example.com",
        "apis": ["PbxApi", "PbxTableUsers"], "version": "14r1", "build": "1410520",
    })
}

async fn service_object(server: &Server) -> Socket {
    let mut socket = server.socket().await;
    socket.login("pbxcalendar-calendar", &server.password).await;
    socket
}

async fn pbx_status(manager: &mut Socket) -> Value {
    manager.ask(json!({"mt": "GetStatus", "api": "Calendar"})).await["pbx"].clone()
}

#[tokio::test]
async fn the_pbx_of_the_settings_is_the_master_and_others_are_listed() {
    let server = Server::start(&[]);
    let mut manager = server.manager().await;
    manager.write(json!({"pbxName": "Master"})).await;
    let mut master = service_object(&server).await;
    master.send(pbx_info("mASTER")).await;
    assert_eq!(master.received().await.len(), 0, "there is no answer to PbxInfo");
    let mut slave = service_object(&server).await;
    slave.send(pbx_info("slave")).await;
    slave.received().await;
    let expected = json!({"configured": "Master", "connected": true, "version": "14r1", "others": ["slave"]});
    assert_eq!(pbx_status(&mut manager).await, expected);
    assert_eq!(master.read().await["result"], "AccessDenied", "a PBX does not configure");
}

#[tokio::test]
async fn a_user_who_poses_as_the_pbx_is_denied() {
    let server = Server::start(&[]);
    let mut manager = server.manager().await;
    manager.write(json!({"pbxName": "master"})).await;
    let service = Credentials { app: "pbxcalendar-calendar", ..Credentials::default() };
    for login in [
        Credentials { sip: "anna", ..service },
        Credentials { guid: "1f", ..service },
        Credentials { app: "pbxcalendar-calendaradmin", ..service },
        Credentials { app: "-", ..service },
        Credentials { app: "other", ..service },
    ] {
        let mut socket = server.socket().await;
        socket.login_as(login, &server.password).await;
        let mut message = pbx_info("master");
        message["src"] = json!(5);
        let denied = json!({"mt": "PbxInfoResult", "result": "AccessDenied", "src": 5});
        assert_eq!(socket.ask(&message).await, denied, "{login:?}");
        assert_eq!(socket.ask(&message).await, denied, "the connection stays");
    }
    assert_eq!(pbx_status(&mut manager).await["connected"], false);
    assert_eq!(server.log().matches("PbxInfo refused").count(), 10);
}

#[tokio::test]
async fn pbx_info_counts_only_as_the_first_message() {
    let server = Server::start(&[]);
    let mut manager = server.manager().await;
    for first in [
        json!({"mt": "AppInfo", "app": "x"}),
        json!({"mt": "Nix"}),
        json!({"mt": "ReadConfig", "api": "Config"}),
    ] {
        let mut socket = service_object(&server).await;
        socket.ask(first).await;
        assert_eq!(socket.ask(pbx_info("x")).await["result"], "AccessDenied");
    }
    let mut socket = service_object(&server).await;
    assert_eq!(socket.ask(json!({"mt": "PbxInfo", "pbx": 1})).await["result"], "AccessDenied");
    assert_eq!(pbx_status(&mut manager).await["others"], json!([]));
}
