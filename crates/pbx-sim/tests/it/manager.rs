//! App objects, templates and instances, as the form meets them.

use appwebsocket::{Credentials, SessionKey};
use futures_util::{SinkExt, StreamExt};
use pbx_sim::Rule;
use pbx_sim::manager::{Manager, ManagerOptions};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::{Bytes, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::service::soon;

const URL: &str = "https://ap.example.com/example.com/calendar/pbxcalendar-calendar";
const INSTANCES: &str = "com.innovaphone.manager";

/// What the PBX Manager page has: a connection that is logged in.
struct Page {
    wire: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Page {
    async fn open(manager: &Manager) -> Self {
        let (wire, _) = connect_async(manager.url()).await.unwrap();
        Self { wire }
    }

    async fn logged_in(manager: &Manager) -> Self {
        let mut page = Self::open(manager).await;
        let result = json!({"mt": "AppLoginResult", "ok": true, "domain": "example.com"});
        assert_eq!(page.log_in("pbxmanager", "pwd").await, result);
        page
    }

    async fn log_in(&mut self, app: &str, password: &str) -> Value {
        let challenge = self.ask(json!({"mt": "AppChallenge"})).await;
        let challenge = challenge["challenge"].as_str().unwrap();
        assert!(challenge.len() == 16 && challenge.bytes().all(|byte| byte.is_ascii_digit()));
        let digest = Credentials { app, ..Credentials::default() }.digest(challenge, password);
        self.ask(json!({"mt": "AppLogin", "app": app, "digest": digest})).await
    }

    async fn ask(&mut self, message: Value) -> Value {
        self.wire.send(Message::text(message.to_string())).await.unwrap();
        let text = soon(self.wire.next()).await.unwrap().unwrap().into_text().unwrap();
        serde_json::from_str(&text).unwrap()
    }

    async fn admin(&mut self, mt: &str, fields: Value) -> Value {
        self.call("PbxAdminApi", mt, fields).await
    }

    /// Asks in an envelope, and takes the answer out of its own.
    async fn call(&mut self, api: &str, mt: &str, mut fields: Value) -> Value {
        for (name, value) in [("mt", mt), ("api", api), ("src", "7")] {
            fields[name] = json!(value);
        }
        let mut answer = self.ask(fields).await;
        let mut take = |name| answer.as_object_mut().unwrap().remove(name).unwrap();
        let envelope = ["mt", "api", "src"].map(&mut take);
        assert_eq!(envelope, [json!(format!("{mt}Result")), json!(api), json!("7")]);
        answer
    }

    async fn closed(&mut self) {
        while let Some(Ok(frame)) = soon(self.wire.next()).await {
            assert!(frame.is_close(), "{frame:?}");
        }
    }
}

async fn manager() -> (Manager, Page) {
    let manager = Manager::start(ManagerOptions::default()).await.unwrap();
    let page = Page::logged_in(&manager).await;
    (manager, page)
}

fn calendar() -> Value {
    json!({
        "cn": "Calendar", "h323": "calendar", "hide": true, "critical": true, "pwd": "0123456789abcdef",
        "pseudo": {"type": "app", "app": {"url": URL, "websocket": true, "pbx": true, "tableusers": true}},
    })
}

#[tokio::test]
async fn a_wrong_login_is_refused_and_a_second_one_needs_a_fresh_challenge() {
    let manager = Manager::start(ManagerOptions::default()).await.unwrap();
    let mut page = Page::open(&manager).await;
    let refused = json!({"mt": "AppLoginResult", "ok": false});
    assert_eq!(page.log_in("pbxmanager", "wrong").await, refused);
    assert_eq!(page.log_in("other", "pwd").await, refused);
    assert_eq!(page.log_in("pbxmanager", "pwd").await["ok"], true);
    page.wire.send(Message::text(r#"{"mt":"AppLogin","app":"pbxmanager"}"#)).await.unwrap();
    page.closed().await;
    assert_eq!(manager.violations()[0].to_string(), "Login: AppLogin: without a fresh challenge");
}

#[tokio::test]
async fn the_websocket_has_one_address() {
    let manager = Manager::start(ManagerOptions::default()).await.unwrap();
    let error = connect_async(manager.url().replace("/APPS", "")).await.unwrap_err();
    assert_eq!(error.to_string(), "HTTP error: 404 Not Found");
}

#[tokio::test]
async fn bad_frames_and_early_messages_close_the_connection() {
    let long = format!(r#"{{"mt":"{}"}}"#, "x".repeat(65_535));
    for (frame, violation) in [
        (Message::Binary(Bytes::new()), "Frame: a binary frame"),
        (Message::text(long), "Frame: a message of more than 65535 bytes"),
        (Message::text("{}"), "Frame: the message has no mt"),
        (
            Message::text(r#"{"mt":"GetAppObjects","api":"PbxAdminApi"}"#),
            "Login: GetAppObjects before the login",
        ),
    ] {
        let manager = Manager::start(ManagerOptions::default()).await.unwrap();
        let mut page = Page::open(&manager).await;
        page.wire.send(frame).await.unwrap();
        page.closed().await;
        assert_eq!(manager.violations()[0].to_string(), violation);
    }
}

#[tokio::test]
async fn an_app_object_is_created_read_edited_and_deleted() {
    let (manager, mut page) = manager().await;
    let created = page.admin("UpdateObject", calendar()).await;
    let guid = created["guid"].as_str().unwrap().to_owned();
    assert_eq!(manager.object("calendar").unwrap().password, "0123456789abcdef");

    let head = json!({"uri": "https://ap.example.com/example.com/calendar"});
    let shown = json!({
        "title": "Calendar", "app": "calendar", "url": URL, "connected": false, "guid": guid,
        "sip": "calendar", "pseudo": "app",
    });
    assert_eq!(page.admin("GetAppObjects", head).await, json!({"objects": [shown]}));
    manager.set_connected("calendar", true);
    assert_eq!(page.admin("GetAppObjects", json!({})).await["objects"][0]["connected"], true);

    // A bare rename leaves all else, the password too; an integer deletes a boolean.
    let renamed = json!({"guid": guid, "cn": "Kalender", "h323": "kalender", "hide": -1});
    assert_eq!(page.admin("UpdateObject", renamed).await, json!({}));
    let expected = json!({
        "guid": guid, "cn": "Kalender", "h323": "kalender", "critical": true, "pseudo": calendar()["pseudo"],
    });
    assert_eq!(page.admin("GetObject", json!({"guid": guid})).await, expected);
    assert_eq!(manager.object("kalender").unwrap().password, "0123456789abcdef");
    let some = page.admin("GetObject", json!({"h323": "kalender", "properties": ["cn"]})).await;
    assert_eq!(some, json!({"guid": guid, "cn": "Kalender"}));

    assert_eq!(page.admin("DeleteObject", json!({"guid": guid})).await, json!({}));
    assert_eq!(page.admin("GetAppObjects", json!({})).await, json!({"objects": []}));
    assert_eq!((manager.object_count(), manager.violations()), (0, vec![]));
}

#[tokio::test]
async fn the_uri_is_a_head_and_the_type_a_filter() {
    let (manager, mut page) = manager().await;
    manager.add_app("A", "a", "https://ap/calendar/x", "");
    manager.add_app("B", "b", "https://ap/calendar2/x", "");
    manager.add_user("anna", "");
    for (fields, found) in [
        (json!({"uri": "https://ap/calendar"}), vec!["a", "b"]),
        (json!({"uri": "https://ap/calendar/"}), vec!["a"]),
        (json!({"uri": "ap/calendar"}), vec![]),
        (json!({"pseudo": "app"}), vec!["a", "b"]),
        (json!({"pseudo": "ap"}), vec![]),
    ] {
        let answer = page.admin("GetAppObjects", fields).await;
        let objects = answer["objects"].as_array().unwrap();
        let sips: Vec<_> = objects.iter().map(|object| object["sip"].as_str().unwrap()).collect();
        assert_eq!(sips, found);
    }
}

#[tokio::test]
async fn a_password_can_be_copied_but_not_to_a_user() {
    let (manager, mut page) = manager().await;
    manager.add_app("First", "first", URL, "secret");
    let mut second = calendar();
    second["copyPwd"] = json!("first");
    page.admin("UpdateObject", second.clone()).await;
    // It wins over a password in the same message.
    assert_eq!(manager.object("calendar").unwrap().password, "secret");
    (second["copyPwd"], second["guid"]) = (json!("nobody"), json!("?"));
    let refused = page.admin("UpdateObject", second).await;
    assert_eq!(refused, json!({"error": 1, "errorText": "copyPwd names no object"}));
    let user = json!({"cn": "anna", "h323": "anna", "copyPwd": "first"});
    let refused = page.admin("UpdateObject", user).await;
    assert_eq!(refused["errorText"], "a user's password cannot be copied from another object");
    assert_eq!(manager.object_count(), 2);
}

#[tokio::test]
async fn a_star_updates_by_name_and_a_question_mark_creates_too() {
    let (manager, mut page) = manager().await;
    let mut object = calendar();
    object["guid"] = json!("*");
    let refused = page.admin("UpdateObject", object.clone()).await;
    assert_eq!(refused["errorText"], "there is no such object");
    object["guid"] = json!("?");
    assert!(page.admin("UpdateObject", object.clone()).await["guid"].is_string());
    object["h323"] = json!("second");
    assert_eq!(page.admin("UpdateObject", object.clone()).await, json!({}));
    (object["guid"], object["h323"]) = (json!("*"), json!("third"));
    assert_eq!(page.admin("UpdateObject", object).await, json!({}));
    assert_eq!(manager.object_count(), 1);
    assert_eq!(manager.object("Calendar").unwrap().text("h323"), "third");
}

#[tokio::test]
async fn names_are_unique() {
    let (manager, mut page) = manager().await;
    page.admin("UpdateObject", calendar()).await;
    let same_cn = page.admin("UpdateObject", calendar()).await;
    assert_eq!(same_cn, json!({"error": 2, "errorText": "another object has the cn \"Calendar\""}));
    let mut same_sip = calendar();
    same_sip["cn"] = json!("Other");
    let same_sip = page.admin("UpdateObject", same_sip).await;
    assert_eq!(same_sip["errorText"], "another object has the h323 \"calendar\"");
    assert_eq!(manager.violations(), []);
}

#[tokio::test]
async fn templates_come_in_pages_and_take_apps() {
    let (manager, mut page) = manager().await;
    for number in (0..120).rev() {
        manager.add_template(&format!("Config {number:03}"), "users");
    }
    let (mut names, mut sizes, mut more) = (Vec::new(), Vec::new(), String::new());
    loop {
        let answer = page.admin("GetConfigObjects", json!({"more": more, "limit": 1000})).await;
        let objects = answer["objects"].as_array().unwrap();
        sizes.push(objects.len());
        names.extend(objects.iter().map(|object| object["cn"].as_str().unwrap().to_owned()));
        assert_eq!((&objects[0]["config"], &answer["limit"]), (&json!([]), &json!(50)));
        more = answer["more"].as_str().unwrap().to_owned();
        if more.is_empty() {
            break;
        }
    }
    assert_eq!(sizes, [50, 50, 20]);
    assert!(names.is_sorted() && names.len() == 120);
    let few = page.admin("GetConfigObjects", json!({"more": "Config 117", "limit": 1})).await;
    assert_eq!((&few["objects"][0]["cn"], &few["more"]), (&json!("Config 118"), &json!("Config 118")));

    let template = page.admin("GetObject", json!({"cn": "Config 007", "template": "without"})).await;
    assert_eq!(template["apps"], "users");
    let update = json!({"cn": "Config 007", "guid": template["guid"], "apps": "users,calendar"});
    assert_eq!(page.admin("UpdateObject", update).await, json!({}));
    assert_eq!(manager.object("Config 007").unwrap().text("apps"), "users,calendar");
    assert_eq!(manager.violations(), []);
}

#[tokio::test]
async fn a_login_proves_the_object_s_password() {
    let (manager, mut page) = manager().await;
    manager.add_app("Calendar", "calendar", URL, "secret");
    let login = page.admin("GetAppLogin", json!({"app": "calendar", "challenge": "1234"})).await;
    let app = "pbxcalendar-calendar";
    let digest =
        Credentials { app, domain: "example.com", ..Credentials::default() }.digest("1234", "secret");
    assert_eq!(login, json!({"app": app, "domain": "example.com", "digest": digest}));
    let refused = page.admin("GetAppLogin", json!({"app": app, "challenge": "1234"})).await;
    assert_eq!(refused["errorText"], "there is no App object \"pbxcalendar-calendar\"");
    assert_eq!(manager.violations()[0].rule, Rule::Object);
}

#[tokio::test]
async fn an_instance_gives_logins_and_takes_a_password() {
    let (manager, mut page) = manager().await;
    manager.add_instance("example.com/calendar", "old");
    let change = json!({"path": "example.com/calendar", "pwd": "new"});
    assert_eq!(page.call(INSTANCES, "SetInstancePassword", change).await, json!({}));
    let changed = manager.until(|manager| manager.instance_password("example.com/calendar"));
    assert_eq!(soon(changed).await, "new");
    let ask = json!({"path": "example.com/calendar", "app": "-", "challenge": "1"});
    let digest = Credentials { app: "-", domain: "example.com", ..Credentials::default() }.digest("1", "new");
    let expected = json!({
        "app": "-", "domain": "example.com", "sip": "", "guid": "", "dn": "", "digest": digest,
        "key": SessionKey::new("1", "new").as_str(),
    });
    assert_eq!(page.call(INSTANCES, "GetInstanceLogin", ask).await, expected);
    let elsewhere = json!({"path": "/x", "app": "-", "challenge": "1"});
    for (mt, fields, text) in [
        ("SetInstancePassword", json!({"path": "/x", "pwd": ""}), "there is no instance at \"/x\""),
        ("GetInstanceLogin", elsewhere, "there is no instance at \"/x\""),
        ("SetInstancePassword", json!({"path": "x"}), "missing field `pwd`"),
        ("InstanceDomain", json!({}), "the stand-in does not have it"),
    ] {
        assert_eq!(page.call(INSTANCES, mt, fields).await["errorText"], text);
    }
    assert_eq!(manager.violations().len(), 4);
}

#[tokio::test]
async fn a_login_may_lack_the_session_key() {
    let options = ManagerOptions { session_key: false, ..ManagerOptions::default() };
    let manager = Manager::start(options).await.unwrap();
    let mut page = Page::logged_in(&manager).await;
    manager.add_instance("i", "pwd");
    let ask = json!({"path": "i", "app": "-", "challenge": "1"});
    assert_eq!(page.call(INSTANCES, "GetInstanceLogin", ask).await.get("key"), None);
}

#[tokio::test]
async fn a_fault_is_one_error_without_effect() {
    let (manager, mut page) = manager().await;
    manager.fail_next("UpdateObject");
    let failed = page.admin("UpdateObject", calendar()).await;
    assert_eq!(failed, json!({"error": 1, "errorText": "it failed because it was told to"}));
    assert_eq!(manager.object_count(), 0);
    page.admin("UpdateObject", calendar()).await;
    assert_eq!((manager.object_count(), manager.violations()), (1, vec![]));
}

/// Every request is refused for its reason, and changes nothing.
async fn refused(requests: impl IntoIterator<Item = (&str, Value, &str)>) {
    let (manager, mut page) = manager().await;
    for (mt, fields, text) in requests {
        let before = manager.violations().len();
        let answer = page.admin(mt, fields.clone()).await;
        assert_eq!(answer, json!({"error": 1, "errorText": text}), "{mt} {fields}");
        let violations = manager.violations();
        assert_eq!(violations.len(), before + 1);
        assert_eq!(violations[before].detail, format!("{mt}: {text}"));
    }
    assert_eq!(manager.object_count(), 0);
}

#[tokio::test]
async fn every_broken_question_is_refused() {
    refused([
        ("GetAppObjects", json!({"uri": 1}), "invalid type: integer `1`, expected a string"),
        ("GetConfigObjects", json!({"more": ""}), "missing field `limit`"),
        ("GetConfigObjects", json!({"limit": 50}), "missing field `more`"),
        ("GetConfigObjects", json!({"more": "", "limit": -1}), "invalid value: integer `-1`, expected usize"),
        ("GetObject", json!({}), "none of guid, cn and h323"),
        ("GetObject", json!({"cn": "nothing"}), "there is no such object"),
        (
            "GetObject",
            json!({"cn": "a", "template": "both"}),
            "unknown variant `both`, expected `with` or `without`",
        ),
        ("DeleteObject", json!({}), "missing field `guid`"),
        ("DeleteObject", json!({"guid": "nothing"}), "there is no such object"),
        ("GetAppLogin", json!({"app": "a"}), "missing field `challenge`"),
        ("GetApps", json!({}), "the stand-in does not have it"),
    ])
    .await;
    let (manager, mut page) = manager().await;
    assert_eq!(page.call("RCC", "Initialize", json!({})).await["errorText"], "no API RCC");
    assert_eq!(manager.violations()[0].rule, Rule::UnknownApi);
}

#[tokio::test]
async fn every_broken_object_is_refused() {
    let with = |name: &str, value: Value| {
        let mut object = calendar();
        object[name] = value;
        object
    };
    let app = |app: Value| with("pseudo", json!({"type": "app", "app": app}));
    refused(
        [
            (json!({"h323": "x"}), "cn is missing or empty"),
            (json!({"cn": "x"}), "h323 is missing or empty"),
            (with("guid", json!("nothing")), "there is no such object"),
            (with("password", json!("x")), "no object has a property \"password\""),
            (with("cn", json!(1)), "cn is not of its type"),
            (with("hide", json!("true")), "hide is not of its type"),
            (with("h323-email", json!(1)), "h323-email is not of its type"),
            (with("emails", json!(["a", 1])), "emails is not of its type"),
            (with("devices", json!(["a"])), "devices is not of its type"),
            (with("apps", json!(["a"])), "apps is not of its type"),
            (with("template", json!("x")), "template is not of its type"),
            (with("pseudo", json!({})), "pseudo has no type"),
            (with("pseudo", json!({"type": "app"})), "pseudo has no app"),
            (app(json!({})), "the url of the app is no http(s) address"),
            (app(json!({"url": "ws://a/b"})), "the url of the app is no http(s) address"),
            (
                app(json!({"url": URL, "presence": true})),
                "the app has no checkmark \"presence\" of that value",
            ),
            (app(json!({"url": URL, "pbx": "on"})), "the app has no checkmark \"pbx\" of that value"),
        ]
        .map(|(fields, text)| ("UpdateObject", fields, text)),
    )
    .await;
}
