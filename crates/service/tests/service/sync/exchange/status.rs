//! What the status tells of Exchange.

use chrono::Utc;
use exchange_sim::{Limits, Operation, Site as Sites};
use serde_json::json;

use super::{Kind, Site};
use crate::sync::world::{address, busy, running};

#[tokio::test(flavor = "multi_thread")]
async fn the_status_names_server_version_and_streams() {
    let mut site = Site::new(Kind::OnPremises, &["anna", "bert"], json!({})).await;
    let status = site.world.until_status("a stream", |status| status["source"]["streams"] == 1).await;
    let expected = json!({
        "type": "onPremises", "connected": true, "server": "mail.contoso.example",
        "version": "15.2.1544.14", "watching": "streaming", "streams": 1,
    });
    assert_eq!(status["source"], expected);
    assert_eq!((&status["sync"], &status["matched"]), (&json!("running"), &json!(2)));
    assert_eq!(status.get("error"), None);
    let searches = site.exchange.counts().of(Operation::Pox);
    site.world.write(json!({"ewsDebug": true})).await;
    let (meeting, end) = running("Still", 20);
    site.add("bert", meeting);
    site.world.until("bert", &busy("Still", end)).await;
    assert_eq!(site.exchange.counts().of(Operation::Pox), searches, "debugging restarts nothing");
    site.no_violations();
}

#[tokio::test(flavor = "multi_thread")]
async fn without_streams_the_status_says_that_mailboxes_are_asked() {
    let mut site = Site::unconfigured(Kind::CloudAppOnly, &["anna"]).await;
    site.exchange.set_limits(Limits { streams: Some(0), ..Limits::default() });
    let settings = site.settings();
    site.world.write(settings).await;
    let status = site.world.until_status("a warning", |status| status["error"] == "streamLimit").await;
    assert_eq!((&status["sync"], &status["source"]["type"]), (&json!("running"), &json!("cloudAppOnly")));
    assert_eq!(status["source"]["watching"], "polling");
    assert_eq!(status["source"]["streams"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_status_warns_where_only_the_other_server_is_named() {
    let mut site = Site::unconfigured(Kind::OnPremises, &["anna"]).await;
    site.exchange.change_site(Sites::MAIN, |main| main.external = None).unwrap();
    let settings = site.settings();
    site.world.write(settings).await;
    let status = site.world.until_status("a warning", |status| status["error"] == "otherServer").await;
    assert_eq!(status["sync"], "running");
    let text = status["errorText"].as_str().unwrap();
    assert!(text.contains("exch.contoso.example") && text.contains("internal"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_status_tells_who_has_signed_in_and_since_when() {
    let before = Utc::now().timestamp_millis();
    let mut site = Site::new(Kind::Cloud, &["anna"], json!({})).await;
    let status =
        site.world.until_status("somebody", |status| status["source"]["signedInAs"].is_string()).await;
    let source = &status["source"];
    assert_eq!((&source["type"], &source["signedInAs"]), (&json!("cloud"), &json!(address("svc"))));
    let since = source["signedInSince"].as_i64().unwrap();
    assert!((before..=Utc::now().timestamp_millis()).contains(&since), "{since}");
    assert_eq!(status.get("error"), None);
}
