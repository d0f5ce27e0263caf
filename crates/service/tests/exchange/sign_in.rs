//! Signing in with a browser, and the tokens that come of it.

use std::sync::Arc;

use calendar::settings::{Item, SyncType};
use exchange_sim::{ExchangeSim, Mailbox};
use pbx_calendar::source::Secrets;
use pbx_calendar::source::exchange::sign_in::{Keep, Memory, SignedIn};
use url::Url;

use crate::support::{ANNA, Start, address, meeting, sim, user};
use crate::told::Told;

const BACK: &str = "https://calendar.contoso.example/sign-in";

/// A cloud with a mailbox, to which somebody may sign in.
pub async fn online() -> (ExchangeSim, Start) {
    let sim = sim(&[]).await;
    sim.add_mailbox(Mailbox::online(ANNA)).unwrap();
    sim.add_mailbox(Mailbox::online(address("svc-calendar"))).unwrap();
    let client = sim.graph().settings().applications[0].client_id;
    sim.graph().change_application(client, |app| app.redirect_uris.push(BACK.to_owned())).unwrap();
    let mut start = Start::online(&sim);
    start.settings.sync_type = SyncType::Cloud;
    BACK.clone_into(&mut start.settings.redirect_uri);
    (sim, start)
}

/// What the login sends back to the browser of whoever signs in.
pub async fn visit(url: &Url) -> Vec<(String, String)> {
    let browser = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let answer = browser.get(url.clone()).send().await.unwrap();
    let location = answer.headers()["location"].to_str().unwrap();
    Url::parse(location).unwrap().query_pairs().into_owned().collect()
}

pub fn of(pairs: &[(String, String)], name: &str) -> String {
    pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap()
}

#[tokio::test]
async fn whoever_signs_in_lets_calendars_be_read() {
    let (sim, start) = online().await;
    sim.add(ANNA, meeting("Delegated", 2)).unwrap();
    let keep = Arc::new(Memory::default());
    let sources = start.sources().with_keep(keep.clone());
    let mut told = start.run_planned(start.plan_of(&sources), &["anna"]).await;
    let advice = told.until_error("signIn").await;
    assert!(advice.text.contains("sign in"), "{}", advice.text);

    let desk = sources.desk();
    let secrets: Secrets = [(Item::ClientSecret, "graph-sim-secret".into())].into_iter().collect();
    let url = desk.start(&start.settings, &secrets).unwrap();
    let back = visit(&url).await;
    let (state, code) = (of(&back, "state"), of(&back, "code"));
    assert_eq!(desk.finish("another", Ok(code.clone())).await, SignedIn::Unknown);
    let signed_in = desk.finish(&state, Ok(code.clone())).await;
    assert!(matches!(signed_in, SignedIn::Done { is_other: false, .. }), "{signed_in:?}");
    assert_eq!(desk.finish(&state, Ok(code)).await, SignedIn::Unknown, "a state is good once");
    assert!(keep.read().await.unwrap().is_some());
    told.until_titles("anna", &["Delegated"]).await;
    assert_eq!(sim.violations(), []);
}

/// Somebody signs in.
async fn sign_in(sources: &pbx_calendar::source::Sources, start: &Start) -> SignedIn {
    let desk = sources.desk();
    let secrets: Secrets = [(Item::ClientSecret, "graph-sim-secret".into())].into_iter().collect();
    let url = desk.start(&start.settings, &secrets).unwrap();
    let back = visit(&url).await;
    desk.finish(&of(&back, "state"), Ok(of(&back, "code"))).await
}

#[tokio::test]
async fn a_refresh_token_that_is_no_longer_good_is_not_tried_again() {
    let (sim, mut start) = online().await;
    let data = Arc::new(tempfile::tempdir().unwrap());
    let keep = Arc::new(Memory::default());
    let sources = start.sources().with_keep(keep.clone());
    let mut told = Told::start(start.plan_of(&sources), Arc::clone(&data)).await;
    told.want(&[user("anna")]);
    told.until_error("signIn").await;
    assert!(matches!(sign_in(&sources, &start).await, SignedIn::Done { is_other: false, .. }));
    told.until_titles("anna", &[]).await;
    told.until_healthy().await;
    // The password was changed.
    sim.graph().revoke_refresh_tokens(50173);
    sim.graph().expire_access_tokens();
    sim.add(ANNA, meeting("Unread", 2)).unwrap();
    told.until_error("signIn").await;
    let asked = tokens(&sim);
    for _ in 0..3 {
        told.resync(Some("anna")).await;
    }
    told.kill().await;
    start.registry = prometheus::Registry::new();
    // Whoever starts anew may ask once.
    let sources = start.sources().with_keep(keep.clone());
    let mut told = Told::start(start.plan_of(&sources), data).await;
    told.want(&[user("anna"), user("nobody")]);
    told.until_error("signIn").await;
    assert!(tokens(&sim) <= asked + 1, "{} after {asked}", tokens(&sim));
    assert!(matches!(sign_in(&sources, &start).await, SignedIn::Done { .. }));
    told.until_titles("anna", &["Unread"]).await;
    assert_eq!(sim.violations(), []);
}

/// Requests for tokens so far.
fn tokens(sim: &ExchangeSim) -> u64 {
    sim.graph().counts().of(graph_sim::Endpoint::Token)
}

#[tokio::test]
async fn a_login_that_declines_is_told() {
    let (_sim, start) = online().await;
    let desk = start.sources().desk();
    let secrets: Secrets = [(Item::ClientSecret, "graph-sim-secret".into())].into_iter().collect();
    let url = desk.start(&start.settings, &secrets).unwrap();
    let state = url.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
    let SignedIn::Failed(advice) = desk.finish(&state, Err("access_denied <b>".to_owned())).await else {
        panic!()
    };
    assert!(advice.text.contains("(access_deniedb)"), "{}", advice.text);
}
