//! Write-only means write-only: whoever may write settings cannot have a stored secret sent to a server of their own.

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::server::{PASSWORD, set_password};
use crate::support::{Postgres, Server, Socket};

fn certificate() -> String {
    rcgen::generate_simple_self_signed(vec!["ca.example".to_owned()]).unwrap().cert.pem()
}

fn graph() -> Value {
    json!({
        "pbxName": "master", "syncType": 4, "clientSecret": "s", "tenantId": "contoso.example",
        "clientId": "11111111-2222-3333-4444-555555555555",
    })
}

fn on_premises() -> Value {
    json!({"pbxName": "master", "syncType": 1, "user": "sync@contoso.example", "password": "p"})
}

fn again(items: &[&str]) -> Value {
    items.iter().map(|item| json!({"item": item, "error": "secretAgain"})).collect()
}

async fn refused(socket: &mut Socket, items: Value, secrets: &[&str]) {
    let before = socket.read().await;
    let result = socket.write(items.clone()).await;
    assert_eq!((&result["result"], &result["errors"]), (&json!("failed"), &again(secrets)), "{items}");
    assert_eq!(socket.read().await, before, "nothing is stored");
}

async fn accepted(socket: &mut Socket, items: Value) {
    let result = socket.write(items.clone()).await;
    assert_eq!(result["result"], "ok", "{items} {result}");
}

#[tokio::test]
async fn point_9_a_secret_is_given_again_where_it_would_be_sent_elsewhere() {
    let server = Server::start(&[]);
    let mut socket = server.manager().await;
    accepted(&mut socket, graph()).await;
    for change in [
        json!({"httpProxy": "http://127.0.0.1:1"}),
        json!({"caCertificate": certificate()}),
        json!({"nationalCloud": 3}),
        json!({"tenantId": "evil.example"}),
        json!({"clientId": "11111111-2222-3333-4444-666666666666"}),
    ] {
        refused(&mut socket, change.clone(), &["clientSecret"]).await;
        let mut empty = change.clone();
        empty["clientSecret"] = json!("");
        refused(&mut socket, empty, &["clientSecret"]).await;
        let mut with_secret = change;
        with_secret["clientSecret"] = socket.encrypted("new");
        accepted(&mut socket, with_secret).await;
    }
    accepted(&mut socket, json!({"syncType": 0})).await;
    accepted(&mut socket, on_premises()).await;
    for change in [
        json!({"httpProxy": "http://127.0.0.1:2"}),
        json!({"caCertificate": certificate()}),
        json!({"user": "evil\\sync", "discoveryMailbox": "x@evil.example"}),
        json!({"discoveryMailbox": "x@other.example"}),
        json!({"exchangeServer": 1}),
        json!({"autodiscoverUrl": "https://evil.example"}),
        json!({"ewsUrl": "https://evil.example/EWS/Exchange.asmx"}),
    ] {
        refused(&mut socket, change.clone(), &["password"]).await;
        let mut with_password = change;
        with_password["password"] = socket.encrypted("new");
        accepted(&mut socket, with_password).await;
    }
}

#[tokio::test]
async fn point_9_a_proxy_gets_its_password_and_the_other_secrets_by_their_own_leave() {
    let server = Server::start(&[]);
    let mut socket = server.manager().await;
    let mut items = graph();
    items["httpProxy"] = json!("http://proxy.example:8080");
    items["httpProxyUser"] = json!("service");
    items["httpProxyPassword"] = json!("q");
    accepted(&mut socket, items).await;
    let elsewhere = json!({"httpProxy": "http://evil.example:8080"});
    refused(&mut socket, elsewhere, &["clientSecret", "httpProxyPassword"]).await;
    let half = json!({"httpProxy": "http://evil.example:8080", "httpProxyPassword": "q"});
    refused(&mut socket, half, &["clientSecret"]).await;
    accepted(&mut socket, json!({"httpProxyUser": "another"})).await;
    // What is hidden and not sent is not asked for.
    let other = json!({"httpProxy": "http://other.example:1", "httpProxyUser": "", "clientSecret": "s"});
    accepted(&mut socket, other).await;
    // Used again, it would go to the new proxy.
    refused(&mut socket, json!({"httpProxyUser": "service"}), &["httpProxyPassword"]).await;
}

#[tokio::test]
async fn point_9_no_detour_over_several_writes_leads_elsewhere() {
    let server = Server::start(&[]);
    let mut socket = server.manager().await;
    accepted(&mut socket, graph()).await;
    // While the synchronization is off nothing is sent. It cannot be switched on with what was changed.
    accepted(&mut socket, json!({"syncType": 0, "httpProxy": "http://127.0.0.1:1"})).await;
    refused(&mut socket, json!({"syncType": 4}), &["clientSecret"]).await;
    refused(
        &mut socket,
        json!({"syncType": 3, "user": "sync@contoso.example", "nationalCloud": 1}),
        &["clientSecret"],
    )
    .await;
    // Back to where it was given for, it is as good as before.
    accepted(&mut socket, json!({"syncType": 4, "httpProxy": ""})).await;

    // Over a type with a secret of one's own.
    let other = json!({
        "syncType": 1, "user": "me@evil.example", "password": "mine", "tenantId": "evil.example",
        "ewsUrl": "https://evil.example/EWS/Exchange.asmx", "caCertificate": certificate(),
    });
    accepted(&mut socket, other).await;
    refused(&mut socket, json!({"syncType": 4}), &["clientSecret"]).await;
    refused(&mut socket, json!({"syncType": 4, "tenantId": "contoso.example"}), &["clientSecret"]).await;
    let back = json!({"syncType": 4, "tenantId": "contoso.example", "caCertificate": ""});
    accepted(&mut socket, back).await;
    // The address was not in use when the secret was given; tokens would go there.
    refused(&mut socket, json!({"syncType": 3, "user": "sync@contoso.example"}), &["clientSecret"]).await;
    accepted(&mut socket, json!({"syncType": 3, "user": "sync@contoso.example", "ewsUrl": ""})).await;

    // A secret that was taken away is not there to be sent.
    accepted(&mut socket, json!({"syncType": 0, "clientSecret": null, "tenantId": "evil.example"})).await;
    let result = socket.write(json!({"syncType": 4})).await;
    assert_eq!(result["errors"], json!([{"item": "clientSecret", "error": "required"}]));
}

#[tokio::test]
async fn point_9_what_stays_the_same_in_other_letters_needs_no_secret() {
    let server = Server::start(&[]);
    let mut socket = server.manager().await;
    accepted(&mut socket, graph()).await;
    accepted(&mut socket, json!({"tenantId": "CONTOSO.Example", "showSubject": true})).await;
    accepted(&mut socket, json!({"clientSecretExpires": "2027-01-02", "mapBusy": 2})).await;
    // Prepared while off, in several writes, and one click from one type to the other.
    accepted(&mut socket, json!({"syncType": 0})).await;
    accepted(&mut socket, json!({"syncType": 3, "user": "sync@contoso.example"})).await;
    accepted(&mut socket, json!({"syncType": 2})).await;
    accepted(&mut socket, json!({"syncType": 4})).await;
}

#[tokio::test]
async fn point_9_holds_after_a_restart_and_on_postgresql() {
    let Some(postgres) = Postgres::start() else { return };
    let url = postgres.url();
    for database in [vec![], vec!["--database", url.as_str()]] {
        let data = TempDir::new().unwrap();
        set_password(data.path(), &database, PASSWORD);
        accepted(&mut Server::start_in(data.path(), PASSWORD, &database).manager().await, graph()).await;
        let server = Server::start_in(data.path(), PASSWORD, &database);
        let mut socket = server.manager().await;
        refused(&mut socket, json!({"httpProxy": "http://127.0.0.1:1"}), &["clientSecret"]).await;
        accepted(&mut socket, json!({"httpProxy": "http://127.0.0.1:1", "clientSecret": "s"})).await;
    }
}
