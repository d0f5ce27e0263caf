//! Signing in, over the manager's socket and in the browser.

use serde_json::{Value, json};

use super::{ACCOUNT, Kind, Site};
use crate::connection_test::test;
use crate::support::get;
use crate::sync::world::{address, busy, host, running};

#[tokio::test(flavor = "multi_thread")]
async fn a_state_is_good_once_and_unknown_ones_are_refused() {
    let mut site = Site::unconfigured(Kind::Cloud, &["anna"]).await;
    let settings = site.settings();
    site.world.write(settings).await;
    site.world.until_status("nobody has signed in", |status| status["error"] == "signIn").await;
    let service = host(&site.world);
    for query in ["", "?code=x", "?state=x", "?state=x&code=x", "?state=x&error=access_denied"] {
        assert_eq!(get(&service, &format!("/sign-in{query}")).status, 400, "{query}");
    }
    let back = site.visit().await;
    let page = get(&service, &back);
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(
        page.text().contains(&address(ACCOUNT)) && page.text().contains("has signed in"),
        "{}",
        page.text()
    );
    assert_eq!(page.header("cache-control"), Some("no-store"));
    assert_eq!(page.header("referrer-policy"), Some("no-referrer"));
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.contains("default-src 'none'"), "{policy}");
    let code = back.split("code=").nth(1).unwrap().split('&').next().unwrap();
    assert!(!page.text().contains(code) && !page.text().contains("<script"), "{}", page.text());
    assert_eq!(get(&service, &back).status, 400, "once");
    let (meeting, end) = running("Meeting", 30);
    site.add("anna", meeting);
    site.world.until("anna", &busy("Meeting", end)).await;
    site.no_violations();
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_else_who_signs_in_is_a_warning() {
    let mut site = Site::unconfigured(Kind::Cloud, &["anna", "other"]).await;
    site.exchange.add_account(
        exchange_sim::Account::new("other", "contoso.example", "x").with_mailbox(address("other")),
    );
    let settings = site.settings();
    site.world.write(settings).await;
    site.world.graph.sign_in_as(Some(&address("other")));
    let back = site.visit().await;
    let page = get(&host(&site.world), &back);
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(page.text().contains("Warning") && page.text().contains(&address("other")), "{}", page.text());
    let is_warned = |status: &Value| status["error"] == "signedInAsOther" && status["sync"] == "running";
    let status = site.world.until_status("a warning", is_warned).await;
    assert_eq!(status["source"]["signedInAs"], address("other"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_that_declines_says_so_in_words() {
    let mut site = Site::unconfigured(Kind::Cloud, &["anna"]).await;
    let settings = site.settings();
    site.world.write(settings).await;
    site.world.graph.deny_sign_in(Some(65004));
    let back = site.visit().await;
    let page = get(&host(&site.world), &back);
    assert_eq!(page.status, 400);
    assert!(page.text().contains("Sign in again"), "{}", page.text());
    site.world.graph.deny_sign_in(None);
    site.sign_in().await;
    site.world.until("anna", "Free").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn why_a_sign_in_is_no_longer_good_is_told_by_its_number() {
    let mut site = Site::new(Kind::Cloud, &["anna"], json!({})).await;
    for number in [50_126, 50_053, 50_055, 50_076, 50_079, 50_173, 700_082, 50_011, 50_194] {
        site.world.graph.revoke_refresh_tokens(number);
        let told = test(&mut site.world, json!({"only": ["token"]})).await;
        assert_eq!(told.state("signIn"), "ok", "{number}: somebody has");
        assert_eq!(told.verdict("token"), ["failed", &number.to_string(), "signIn", "cloud/gone"]);
    }
    // The next one replaces it.
    site.sign_in().await;
    let told = test(&mut site.world, json!({"only": ["token"]})).await;
    assert_eq!(told.state("token"), "ok", "{}", told.step("token"));
}

#[tokio::test(flavor = "multi_thread")]
async fn other_types_have_nobody_who_signs_in() {
    let mut site = Site::new(Kind::CloudAppOnly, &["anna"], json!({})).await;
    let answer = site.world.ask("StartSignIn", json!({})).await;
    assert_eq!(answer["error"], "notAvailable", "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_outlives_a_restart_and_another_user_needs_another_one() {
    let mut site = Site::new(Kind::Cloud, &["anna"], json!({})).await;
    // Another user in the settings: what was kept is not theirs.
    site.world.write(json!({"user": address("anna")})).await;
    site.world.until_status("nobody has signed in", |status| status["error"] == "signIn").await;
    // And it is gone for good.
    site.world.write(json!({"user": address(ACCOUNT)})).await;
    site.world
        .until_status("still nobody", |status| {
            status["error"] == "signIn" && status["source"]["signedInAs"].is_null()
        })
        .await;
    site.sign_in().await;
    let status = site.world.until_status("health", |status| status["sync"] == "running").await;
    assert_eq!(status["source"]["signedInAs"], address(ACCOUNT));
}
