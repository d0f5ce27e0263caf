//! The Config API: reading, writing, error codes, conflicts, updates.

use serde_json::{Value, json};

use crate::support::Server;

#[tokio::test]
async fn items_are_described() {
    let server = Server::start(&[]);
    let mut socket = server.manager().await;
    let result = socket.ask(json!({"mt": "GetConfigItems", "api": "Config", "src": 7})).await;
    assert_eq!(
        (&result["mt"], &result["api"], &result["src"]),
        (&json!("GetConfigItemsResult"), &json!("Config"), &json!(7))
    );
    let find = |name: &str| {
        let items = result["ConfigItems"].as_array().unwrap();
        items.iter().find(|item| item["name"] == name).unwrap().clone()
    };
    assert_eq!(find("pbxName"), json!({"name": "pbxName", "type": "STRING"}));
    assert_eq!(find("showSubject"), json!({"name": "showSubject", "type": "BOOL"}));
    assert_eq!(
        find("maxSubscriptions"),
        json!({"name": "maxSubscriptions", "type": "INT", "minVal": 1, "maxVal": 200})
    );
    assert_eq!(
        find("syncType"),
        json!({"name": "syncType", "type": "CHOICE", "choices": ["disabled", "onPremises", "cloud", "cloudAppOnly", "graph", "hybrid"]})
    );
    assert_eq!(
        find("password"),
        json!({"name": "password", "type": "STRING", "password": true, "passwordSet": false})
    );
    socket.write(json!({"password": "x"})).await;
    let result = socket.ask(json!({"mt": "GetConfigItems", "api": "Calendar"})).await;
    let set: Vec<_> =
        result["ConfigItems"].as_array().unwrap().iter().filter(|item| item["passwordSet"] == true).collect();
    assert_eq!(set.len(), 1);
    assert_eq!(set[0]["name"], "password");
}

#[tokio::test]
async fn what_is_written_is_read_under_both_names() {
    let server = Server::start(&[]);
    let mut socket = server.manager().await;
    let before = socket.read().await;
    assert_eq!((&before["mt"], &before["api"]), (&json!("ReadConfigResult"), &json!("Calendar")));
    assert_eq!(before["ConfigItems"]["presenceLanguage"], 5);
    for (api, name) in [("Config", "one"), ("Calendar", "two")] {
        let message = json!({"mt": "WriteConfig", "api": api, "src": "s", "ConfigItems": {"pbxName": name}});
        let result = socket.ask(message).await;
        assert_eq!(
            (&result["result"], &result["api"], &result["src"]),
            (&json!("ok"), &json!(api), &json!("s"))
        );
        assert_eq!(result["ConfigItems"]["pbxName"], name);
        let read = socket.ask(json!({"mt": "ReadConfig", "api": api})).await;
        assert_eq!((&read["ConfigItems"], &read["revision"]), (&result["ConfigItems"], &result["revision"]));
    }
    assert_eq!(socket.read().await["revision"], before["revision"].as_i64().unwrap() + 2);
    socket.write(json!({"pbxName": ""})).await;
    assert_eq!(socket.read().await["ConfigItems"], before["ConfigItems"], "back to the default");
}

/// Settings under which everything of the cloud types is in use.
fn cloud() -> Value {
    json!({
        "pbxName": "master", "syncType": 2, "user": "sync@example.com", "clientSecret": "s",
        "clientId": "11111111-2222-3333-4444-555555555555", "tenantId": "example.com",
    })
}

#[tokio::test]
async fn every_error_has_its_code_and_nothing_is_stored() {
    let server = Server::start(&[]);
    let mut socket = server.manager().await;
    assert_eq!(socket.write(cloud()).await["result"], "ok");
    let before = socket.read().await;
    for (items, item, code) in [
        (json!({"clientId": ""}), "clientId", "required"),
        (json!({"pbxName": "master.example.com"}), "pbxName", "pbxName"),
        (json!({"presenceTimeZone": "Mars/Olympus"}), "presenceTimeZone", "timeZone"),
        (json!({"priorityWords": "a,b", "priorityExcludedWords": "B"}), "priorityExcludedWords", "duplicate"),
        (json!({"user": "nobody"}), "user", "user"),
        (json!({"tentativeOrganizer": "nobody"}), "tentativeOrganizer", "email"),
        (json!({"autodiscoverUrl": "http://example.com"}), "autodiscoverUrl", "https"),
        (json!({"autodiscoverUrl": "https://example.com/x"}), "autodiscoverUrl", "path"),
        (json!({"maxSubscriptions": 201}), "maxSubscriptions", "range"),
        (json!({"clientId": "1"}), "clientId", "guid"),
        (json!({"tenantId": "no tenant"}), "tenantId", "tenant"),
        (json!({"redirectUri": "https://example.com"}), "redirectUri", "readOnly"),
        (json!({"clientSecretExpires": "tomorrow"}), "clientSecretExpires", "date"),
        (json!({"caCertificate": "none"}), "caCertificate", "pem"),
        (json!({"httpProxy": "socks://x"}), "httpProxy", "url"),
        (json!({"showSubject": "yes"}), "showSubject", "type"),
        (json!({"syncType": 6}), "syncType", "choice"),
        (json!({"nix": 1}), "nix", "unknownItem"),
        (json!({"clientSecret": {"value": "zz", "key": "k"}}), "clientSecret", "encryption"),
    ] {
        let mut items = items;
        items["showSubject"] = items.get("showSubject").cloned().unwrap_or(json!(true));
        let result = socket.write(items.clone()).await;
        let errors = json!([{"item": item, "error": code}]);
        assert_eq!((&result["result"], &result["errors"]), (&json!("failed"), &errors), "{items}");
        assert_eq!(result.get("revision"), None);
    }
    assert_eq!(socket.read().await, before);
}

#[tokio::test]
async fn errors_come_in_the_order_of_the_table_one_for_each_item() {
    let server = Server::start(&[]);
    let mut socket = server.manager().await;
    let result = socket
        .write(json!({"zzz": 1, "mapBusy": 9, "pbxName": "a.b", "syncType": 4, "clientSecret": 5}))
        .await;
    let errors = json!([
        {"item": "pbxName", "error": "pbxName"},
        {"item": "clientId", "error": "required"},
        {"item": "tenantId", "error": "required"},
        {"item": "clientSecret", "error": "type"},
        {"item": "mapBusy", "error": "choice"},
        {"item": "zzz", "error": "unknownItem"},
    ]);
    assert_eq!(result["errors"], errors);
}

#[tokio::test]
async fn a_write_without_items_is_told_so() {
    let server = Server::start(&[]);
    let mut socket = server.manager().await;
    for (message, item) in [
        (json!({"mt": "WriteConfig", "api": "Calendar"}), "ConfigItems"),
        (json!({"mt": "WriteConfig", "api": "Calendar", "ConfigItems": [1]}), "ConfigItems"),
        (json!({"mt": "WriteConfig", "api": "Calendar", "ConfigItems": {}, "revision": "1"}), "revision"),
    ] {
        let result = socket.ask(message).await;
        assert_eq!(result["errors"], json!([{"item": item, "error": "type"}]));
    }
}

#[tokio::test]
async fn all_items_always_fit_into_one_message() {
    let server = Server::start(&[]);
    let mut socket = server.manager().await;
    let long = "x".repeat(40_000);
    assert_eq!(socket.write(json!({"priorityWords": long})).await["result"], "ok");
    let result = socket.write(json!({"scopes": long.replace('x', "y"), "showSubject": true})).await;
    assert_eq!(result["errors"], json!([{"item": "scopes", "error": "range"}]));
    assert!(socket.read().await.to_string().len() <= 65_535);
}

#[tokio::test]
async fn a_write_on_an_old_revision_is_a_conflict() {
    let server = Server::start(&[]);
    let mut socket = server.manager().await;
    let old = socket.read().await["revision"].clone();
    let write = |revision: &Value, name: &str| json!({"mt": "WriteConfig", "api": "Calendar", "src": 1, "revision": revision, "ConfigItems": {"pbxName": name}});
    let first = socket.ask(write(&old, "first")).await;
    assert_eq!(first["result"], "ok");
    let second = socket.ask(write(&old, "second")).await;
    assert_eq!(second, json!({"mt": "WriteConfigResult", "api": "Calendar", "result": "conflict", "src": 1}));
    assert_eq!(socket.read().await["ConfigItems"]["pbxName"], "first");
    assert_eq!(socket.ask(write(&first["revision"], "third")).await["result"], "ok");
    assert_eq!(socket.write(json!({"pbxName": "fourth"})).await["result"], "ok", "without a revision");
}

#[tokio::test]
async fn other_managers_get_the_new_state_once() {
    let server = Server::start(&[]);
    let mut writer = server.manager().await;
    let mut plugin = server.manager().await;
    let mut tool = server.manager().await;
    plugin.read().await;
    tool.ask(json!({"mt": "ReadConfig", "api": "Config"})).await;
    let mut silent = server.manager().await;
    let mut stranger = server.socket().await;
    let mut late = server.socket().await;

    let written = writer.write(json!({"pbxName": "new", "password": "geheim"})).await;
    for (socket, api) in [(&mut plugin, "Calendar"), (&mut tool, "Config"), (&mut silent, "Calendar")] {
        let expected = json!({
            "mt": "ConfigUpdate", "api": api, "ConfigItems": written["ConfigItems"], "revision": written["revision"],
        });
        assert_eq!(socket.received().await, [expected]);
    }
    assert_eq!(writer.received().await, [Value::Null; 0], "the writer knows");
    assert_eq!(stranger.received().await, [Value::Null; 0]);
    late.login("-", &server.password).await;
    assert_eq!(late.received().await, [Value::Null; 0], "it has not missed anything");
    writer.write(json!({"pbxName": "a.b"})).await;
    assert_eq!(plugin.received().await, [Value::Null; 0], "nothing was written");
}

#[tokio::test]
async fn passwords_are_left_replaced_and_removed() {
    let server = Server::start(&[]);
    let mut socket = server.manager().await;
    let on_premises = json!({
        "pbxName": "m", "syncType": 1, "user": "D\\sync", "ewsUrl": "exchange.example.com",
        "password": socket.encrypted("one"),
    });
    assert_eq!(socket.write(on_premises).await["result"], "ok");
    let result = socket.write(json!({"password": ""})).await;
    assert_eq!((&result["result"], &result["ConfigItems"]["password"]), (&json!("ok"), &json!("")));
    assert_eq!(socket.write(json!({"password": socket.encrypted("")})).await["result"], "ok");
    assert_eq!(socket.write(json!({"passwordPassword": socket.encrypted("two")})).await["result"], "ok");
    let errors = socket.write(json!({"password": null})).await["errors"].clone();
    assert_eq!(errors, json!([{"item": "password", "error": "required"}]), "still stored");
    assert_eq!(socket.write(json!({"password": null, "syncType": 0})).await["result"], "ok");
    let errors = socket.write(json!({"syncType": 1})).await["errors"].clone();
    assert_eq!(errors, json!([{"item": "password", "error": "required"}]), "removed");
}

#[tokio::test]
async fn the_service_fills_the_redirect_uri() {
    let server = Server::start(&["--public-url", "https://calendar.example.com/base/"]);
    let mut socket = server.manager().await;
    assert_eq!(
        socket.read().await["ConfigItems"]["redirectUri"],
        "https://calendar.example.com/base/sign-in"
    );
    let server = Server::start(&[]);
    let own = format!("{}sign-in", server.url);
    assert_eq!(server.manager().await.read().await["ConfigItems"]["redirectUri"], own);
}
