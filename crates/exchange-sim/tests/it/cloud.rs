//! Exchange Online: tokens for applications and for accounts.

use exchange_sim::{Account, ExchangeSim, Impersonates, LoginFault, Mailbox, Rule};
use graph_sim::Application;
use hyper::Method;

use crate::client::{ANNA, Answer, BEN, Client, GET_CALENDAR, smtp, start, view};

const CLIENT: &str = "ca1e4da4-0000-4000-8000-000000000002";
const RESOURCE: &str = "https://outlook.office365.com";

/// Anna and Ben are in the cloud.
async fn cloud() -> (ExchangeSim, Client) {
    let sim = start().await;
    sim.add_mailbox(Mailbox::online(ANNA)).unwrap();
    sim.add_mailbox(Mailbox::online(BEN)).unwrap();
    let client = Client::online(&sim).await;
    (sim, client)
}

async fn app_token(sim: &ExchangeSim, resource: &str) -> String {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let form = form_urlencoded::Serializer::new(String::new())
        .append_pair("grant_type", "client_credentials")
        .append_pair("client_id", CLIENT)
        .append_pair("client_secret", "graph-sim-secret")
        .append_pair("scope", &format!("{resource}/.default"))
        .finish();
    let url = format!("{}/contoso.example/oauth2/v2.0/token", sim.login_url().unwrap());
    let request =
        reqwest::Client::new().post(url).header("content-type", "application/x-www-form-urlencoded");
    let text = request.body(form).send().await.unwrap().text().await.unwrap();
    let answer: serde_json::Value = serde_json::from_str(&text).unwrap();
    answer["access_token"].as_str().unwrap().to_owned()
}

fn with(token: &str) -> Vec<(&'static str, String)> {
    vec![("authorization", format!("Bearer {token}")), ("x-anchormailbox", ANNA.into())]
}

fn seen(answer: &Answer) -> (u16, Option<String>) {
    (answer.status, answer.texts("ResponseCode").first().cloned())
}

fn code(status: u16, code: &str) -> (u16, Option<String>) {
    (status, Some(code.to_owned()))
}

#[tokio::test]
async fn an_application_impersonates_with_an_anchor() {
    let (sim, mut client) = cloud().await;
    client.headers = with(&app_token(&sim, RESOURCE).await);
    assert_eq!(seen(&client.ews(Some(&smtp(ANNA)), &view()).await), code(200, "NoError"));
    assert_eq!(seen(&client.ews(None, GET_CALENDAR).await), code(500, "ErrorImpersonationRequired"));
    client.headers.pop();
    assert_eq!(seen(&client.ews(Some(&smtp(ANNA)), &view()).await), (400, None));
    assert_eq!(sim.violations(), []);
}

#[tokio::test]
async fn an_application_without_the_role_may_not() {
    let (sim, mut client) = cloud().await;
    let id = CLIENT.parse().unwrap();
    let change = |app: &mut Application| app.roles.retain(|role| role != "full_access_as_app");
    sim.graph().change_application(id, change).unwrap();
    client.headers = with(&app_token(&sim, RESOURCE).await);
    assert_eq!(seen(&client.ews(Some(&smtp(ANNA)), &view()).await), code(500, "ErrorImpersonateUserDenied"));
    let answer = client.ask(Method::POST, "/autodiscover/autodiscover.svc", &[], "").await;
    assert_eq!(answer.status, 403);
    // The right may be given in Exchange instead, which does not open Autodiscover.
    let change = |app: &mut Application| app.exchange_roles.push("Application EWS.AccessAsApp".into());
    sim.graph().change_application(id, change).unwrap();
    assert_eq!(seen(&client.ews(Some(&smtp(ANNA)), &view()).await), code(200, "NoError"));
    let answer = client.ask(Method::POST, "/autodiscover/autodiscover.svc", &[], "").await;
    assert_eq!(answer.status, 403);
}

#[tokio::test]
async fn tokens_that_are_no_good_are_401_with_a_reason() {
    let (sim, mut client) = cloud().await;
    let mut ask = async |token: &str| {
        sim.reset_counts();
        client.headers = with(token);
        let answer = client.ews(Some(&smtp(ANNA)), &view()).await;
        assert_eq!(answer.status, 401);
        assert!(answer.header("www-authenticate").starts_with("Bearer client_id="), "{answer:?}");
        let number = answer.header("x-ms-diagnostics").split(';').next().unwrap().to_owned();
        (sim.counts().refused.keys().next().copied().unwrap(), number)
    };
    let graph = app_token(&sim, "https://graph.microsoft.com").await;
    assert_eq!(ask(&graph).await, (LoginFault::OtherAudience, "3000003".into()));
    assert_eq!(ask("a.b.c").await, (LoginFault::ForeignToken, "2000001".into()));
    let good = app_token(&sim, RESOURCE).await;
    sim.graph().expire_access_tokens();
    assert_eq!(ask(&good).await, (LoginFault::ExpiredToken, "2000003".into()));
}

#[tokio::test]
async fn an_account_signs_in_and_impersonates() {
    let (sim, mut client) = cloud().await;
    let uri = "https://calendar.example/sign-in";
    let id = CLIENT.parse().unwrap();
    sim.graph().change_application(id, |app| app.redirect_uris.push(uri.into())).unwrap();
    sim.add_account(Account {
        impersonates: Impersonates::Only(vec![ANNA.into()]),
        ..Account::new("svc", "contoso.example", "secret")
    });
    client.headers = with(&sign_in(&sim, uri, "svc@contoso.example").await);
    assert_eq!(seen(&client.ews(Some(&smtp(ANNA)), &view()).await), code(200, "NoError"));
    assert_eq!(seen(&client.ews(Some(&smtp(BEN)), &view()).await), code(500, "ErrorImpersonateUserDenied"));
    client.headers = with(&sign_in(&sim, uri, "nobody@contoso.example").await);
    assert_eq!(client.ews(Some(&smtp(ANNA)), &view()).await.status, 401);
    assert_eq!(sim.counts().refusals(LoginFault::UnknownAccount), 1);
}

/// What a browser and a client do together.
async fn sign_in(sim: &ExchangeSim, uri: &str, who: &str) -> String {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let policy = reqwest::redirect::Policy::none();
    let browser = reqwest::Client::builder().redirect(policy).build().unwrap();
    let base = format!("{}/organizations/oauth2/v2.0", sim.login_url().unwrap());
    // The challenge of RFC 7636's verifier.
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("client_id", CLIENT)
        .append_pair("response_type", "code")
        .append_pair("redirect_uri", uri)
        .append_pair("scope", &format!("{RESOURCE}/EWS.AccessAsUser.All offline_access"))
        .append_pair("state", who)
        .append_pair("login_hint", who)
        .append_pair("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
        .append_pair("code_challenge_method", "S256")
        .finish();
    let page = browser.get(format!("{base}/authorize?{query}")).send().await.unwrap();
    let location = page.headers()["location"].to_str().unwrap().to_owned();
    let code = location.split("code=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    let form = form_urlencoded::Serializer::new(String::new())
        .append_pair("grant_type", "authorization_code")
        .append_pair("client_id", CLIENT)
        .append_pair("client_secret", "graph-sim-secret")
        .append_pair("code", &code)
        .append_pair("redirect_uri", uri)
        .append_pair("code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
        .finish();
    let request = browser.post(format!("{base}/token"));
    let request = request.header("content-type", "application/x-www-form-urlencoded").body(form);
    let text = request.send().await.unwrap().text().await.unwrap();
    let answer: serde_json::Value = serde_json::from_str(&text).unwrap();
    answer["access_token"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
}

#[tokio::test]
async fn the_cloud_has_its_own_mailboxes_alone() {
    let (sim, mut client) = cloud().await;
    sim.add_mailbox(Mailbox::new("local@contoso.example")).unwrap();
    client.headers = with(&app_token(&sim, RESOURCE).await);
    let answer = client.ews(Some(&smtp("local@contoso.example")), &view()).await;
    assert_eq!(seen(&answer), code(500, "ErrorNonExistentMailbox"));
    let mut client = Client::logged_in(&sim).await;
    assert_eq!(seen(&client.ews(Some(&smtp(ANNA)), &view()).await), code(500, "ErrorNonExistentMailbox"));
}

#[tokio::test]
async fn a_token_at_a_local_exchange_is_a_violation() {
    let (sim, _) = cloud().await;
    let mut client = Client::local(&sim).await;
    client.headers = with(&app_token(&sim, RESOURCE).await);
    assert_eq!(client.ews(Some(&smtp(ANNA)), &view()).await.status, 401);
    assert_eq!(sim.violations()[0].rule, Rule::TokenToStranger);
}
