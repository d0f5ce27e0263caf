//! Signing in by code with PKCE, and refresh tokens: what is given out and every refusal.

use std::collections::HashMap;

use crate::common::{Answer, Asker, CLIENT, TENANT, start};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use graph_sim::{GraphSim, TokenRefused};
use serde_json::Value;
use sha2::{Digest, Sha256};

const BACK: &str = "https://calendar.contoso.example/sign-in";
const SCOPE: &str = "https://outlook.office365.com/EWS.AccessAsUser.All offline_access openid profile";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

async fn registered() -> (GraphSim, Asker) {
    let (sim, asker) = start().await;
    sim.change_application(CLIENT.parse().unwrap(), |app| app.redirect_uris.push(BACK.into())).unwrap();
    (sim, asker)
}

/// The fields of a good request, some of them replaced or, when empty, left out.
fn fields<'a>(state: &'a str, other: &[(&'a str, &'a str)]) -> Vec<(&'a str, String)> {
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
    let usual = [
        ("client_id", CLIENT),
        ("response_type", "code"),
        ("redirect_uri", BACK),
        ("scope", SCOPE),
        ("state", state),
        ("login_hint", "svc@contoso.example"),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ];
    let value = |name: &str, usual: &str| {
        other.iter().find(|(known, _)| *known == name).map_or(usual, |(_, value)| value).to_owned()
    };
    usual
        .iter()
        .map(|(name, usual)| (*name, value(name, usual)))
        .filter(|(_, value)| !value.is_empty())
        .collect()
}

/// Status, the fields that were sent back, and the page.
async fn visit(
    sim: &GraphSim,
    state: &str,
    other: &[(&str, &str)],
) -> (u16, HashMap<String, String>, String) {
    crate::common::http();
    let browser = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields(state, other)).finish();
    let url = format!("{}/organizations/oauth2/v2.0/authorize?{query}", sim.url());
    let answer = Answer::of(browser.get(url).send().await.unwrap()).await;
    let back = answer.header("location").strip_prefix(BACK).unwrap_or_default().trim_start_matches('?');
    let back = form_urlencoded::parse(back.as_bytes()).into_owned().collect();
    (answer.status, back, answer.body.as_str().unwrap_or_default().to_owned())
}

async fn code(sim: &GraphSim, state: &str) -> String {
    visit(sim, state, &[]).await.1["code"].clone()
}

async fn redeem(asker: &Asker, code: &str, other: &[(&str, &str)]) -> Answer {
    let mut form = vec![
        ("grant_type", "authorization_code"),
        ("client_id", CLIENT),
        ("client_secret", "graph-sim-secret"),
        ("code", code),
        ("redirect_uri", BACK),
        ("code_verifier", VERIFIER),
    ];
    for (name, value) in other {
        form.iter_mut().filter(|(known, _)| known == name).for_each(|field| field.1 = value);
    }
    asker.token("organizations", &form).await
}

async fn refresh(asker: &Asker, token: &str) -> Answer {
    let form = [
        ("grant_type", "refresh_token"),
        ("client_id", CLIENT),
        ("client_secret", "graph-sim-secret"),
        ("refresh_token", token),
    ];
    asker.token(TENANT, &form).await
}

fn number(answer: &Answer) -> (u16, &str, u64) {
    let error = answer.body["error"].as_str().unwrap_or_else(|| panic!("{}", answer.body));
    (answer.status, error, answer.body["error_codes"][0].as_u64().unwrap())
}

#[tokio::test]
async fn a_code_brings_tokens_that_say_who_signed_in() {
    let (sim, asker) = registered().await;
    let (status, back, _) = visit(&sim, "s1", &[]).await;
    assert_eq!((status, back["state"].as_str()), (302, "s1"));
    let answer = redeem(&asker, &back["code"], &[]).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let access = sim.access(answer.body["access_token"].as_str().unwrap()).unwrap();
    assert_eq!(access.audience, "https://outlook.office365.com");
    assert_eq!(access.scopes, ["EWS.AccessAsUser.All"]);
    assert_eq!(access.principal.as_deref(), Some("svc@contoso.example"));
    assert_eq!(answer.body["scope"], "https://outlook.office365.com/EWS.AccessAsUser.All");
    let id = answer.body["id_token"].as_str().unwrap().split('.').nth(1).unwrap();
    let id: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(id).unwrap()).unwrap();
    assert_eq!(id["preferred_username"], "svc@contoso.example");
    assert!(answer.body["refresh_token"].is_string());
}

#[tokio::test]
async fn without_their_scopes_there_are_no_more_tokens() {
    let (sim, asker) = registered().await;
    let scope = [("scope", "https://outlook.office365.com/EWS.AccessAsUser.All")];
    let (_, back, _) = visit(&sim, "s1", &scope).await;
    let answer = redeem(&asker, &back["code"], &[]).await;
    assert!(
        answer.body.get("refresh_token").is_none() && answer.body.get("id_token").is_none(),
        "{}",
        answer.body
    );
}

#[tokio::test]
async fn who_is_at_the_browser_may_be_somebody_else() {
    let (sim, asker) = registered().await;
    sim.sign_in_as(Some("ben@contoso.example"));
    let answer = redeem(&asker, &code(&sim, "s1").await, &[]).await;
    let access = sim.access(answer.body["access_token"].as_str().unwrap()).unwrap();
    assert_eq!(access.principal.as_deref(), Some("ben@contoso.example"));
}

#[tokio::test]
async fn what_cannot_be_sent_back_is_a_page() {
    let (sim, _asker) = registered().await;
    for (other, number) in [
        (("redirect_uri", "https://stranger.example/"), "AADSTS50011"),
        (("client_id", "00000000-0000-0000-0000-000000000000"), "AADSTS700016"),
        (("state", ""), "AADSTS900144"),
    ] {
        let (status, _, page) = visit(&sim, "s0", &[other]).await;
        assert_eq!(status, 400);
        assert!(page.contains(number), "{page}");
    }
}

#[tokio::test]
async fn a_state_is_good_once() {
    let (sim, _asker) = registered().await;
    assert_eq!(visit(&sim, "s1", &[]).await.0, 302);
    let (status, _, page) = visit(&sim, "s1", &[]).await;
    assert_eq!(status, 400);
    assert!(page.contains("AADSTS90013"), "{page}");
}

#[tokio::test]
async fn the_rest_is_sent_back_as_an_error() {
    let (sim, _asker) = registered().await;
    let graph_too =
        "https://outlook.office365.com/EWS.AccessAsUser.All https://graph.microsoft.com/User.Read";
    for (index, (other, error, number)) in [
        (("response_type", "token"), "unsupported_response_type", "AADSTS70005"),
        (("code_challenge", ""), "invalid_request", "AADSTS900144"),
        (("code_challenge_method", "plain"), "invalid_request", "AADSTS501491"),
        (("login_hint", ""), "login_required", "AADSTS50058"),
        (("scope", "openid"), "invalid_scope", "AADSTS70011"),
        (("scope", "https://stranger.example/All"), "invalid_scope", "AADSTS500011"),
        (("scope", graph_too), "invalid_scope", "AADSTS28000"),
    ]
    .into_iter()
    .enumerate()
    {
        let (status, back, _) = visit(&sim, &format!("s{index}"), &[other]).await;
        assert_eq!((status, back["error"].as_str()), (302, error), "{other:?}");
        assert!(back["error_description"].starts_with(number), "{back:?}");
    }
    sim.deny_sign_in(Some(65004));
    let (_, back, _) = visit(&sim, "denied", &[]).await;
    assert_eq!(back["error"], "access_denied");
    assert!(back["error_description"].starts_with("AADSTS65004"), "{back:?}");
}

#[tokio::test]
async fn codes_are_checked_in_every_respect() {
    let (sim, asker) = registered().await;
    let first = code(&sim, "s1").await;
    assert_eq!(redeem(&asker, &first, &[]).await.status, 200);
    assert_eq!(number(&redeem(&asker, &first, &[]).await), (400, "invalid_grant", 54005));
    assert_eq!(number(&redeem(&asker, "other", &[]).await), (400, "invalid_grant", 70000));
    for (state, other, expected) in [
        ("s2", ("code_verifier", "other"), (400, "invalid_grant", 501_481)),
        ("s3", ("redirect_uri", "https://other.example/"), (401, "invalid_client", 500_112)),
        ("s4", ("client_secret", "other"), (401, "invalid_client", 7_000_215)),
        ("s5", ("code_verifier", ""), (400, "invalid_request", 900_144)),
    ] {
        let code = code(&sim, state).await;
        assert_eq!(number(&redeem(&asker, &code, &[other]).await), expected);
    }
    let late = code(&sim, "s6").await;
    sim.advance(TimeDelta::minutes(11));
    assert_eq!(number(&redeem(&asker, &late, &[]).await), (400, "invalid_grant", 70008));
}

#[tokio::test]
async fn refresh_tokens_go_on_until_they_are_ended() {
    let (sim, asker) = registered().await;
    let answer = redeem(&asker, &code(&sim, "s1").await, &[]).await;
    let first = answer.body["refresh_token"].as_str().unwrap().to_owned();
    sim.advance(TimeDelta::hours(2));
    let access = answer.body["access_token"].as_str().unwrap();
    assert_eq!(sim.access(access), Err(TokenRefused::Expired));
    assert_eq!(sim.access("a.b.c"), Err(TokenRefused::Foreign));
    let renewed = refresh(&asker, &first).await;
    assert_eq!(renewed.status, 200, "{}", renewed.body);
    assert!(sim.access(renewed.body["access_token"].as_str().unwrap()).is_ok());
    let second = renewed.body["refresh_token"].as_str().unwrap();
    assert_ne!(second, first);
    // The old one is not ended by it.
    assert_eq!(refresh(&asker, &first).await.status, 200);
    assert_eq!(number(&refresh(&asker, "other").await), (400, "invalid_grant", 70000));
    sim.revoke_refresh_tokens(50173);
    assert_eq!(number(&refresh(&asker, second).await), (400, "invalid_grant", 50173));
}
