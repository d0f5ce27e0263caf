//! NTLM: what is let in, and every rule by whose breach it is not.

use exchange_sim::{AccountState, Certificate, LoginFault, Options, Protection, Rule};
use hyper::Method;
use sha2::{Digest, Sha384};

use crate::client::{Client, EWS, GET_CALENDAR, PASSWORD, envelope, start, start_with};
use crate::ntlm::{Bindings, Knobs, Mic, authenticate, challenge_in, header, negotiate};

/// Status of a login and the reason of its refusal.
async fn login(sim: &exchange_sim::ExchangeSim, knobs: &Knobs) -> (u16, Option<LoginFault>) {
    sim.reset_counts();
    let answer = Client::local(sim).await.login(knobs).await;
    (answer.status, sim.counts().refused.keys().next().copied())
}

#[tokio::test]
async fn both_kinds_of_names_are_let_in() {
    let sim = start().await;
    for (domain, user) in [
        ("CONTOSO", "svc-calendar"),
        ("contoso.example", "SVC-Calendar"),
        ("", "svc-calendar@contoso.example"),
    ] {
        assert_eq!(login(&sim, &Knobs { domain, user, ..Knobs::default() }).await, (200, None), "{user}");
    }
    assert_eq!(login(&sim, &Knobs { negotiate: true, ..Knobs::default() }).await, (200, None));
    assert_eq!(sim.violations(), []);
}

#[tokio::test]
async fn each_broken_rule_is_the_same_401() {
    let sim = start().await;
    let usual = Knobs::default;
    for (knobs, fault) in [
        (Knobs { version_1: true, ..usual() }, LoginFault::NtlmV1),
        (Knobs { lm_response: true, ..usual() }, LoginFault::LmResponse),
        (Knobs { mic: Mic::None, ..usual() }, LoginFault::NoMic),
        (Knobs { mic: Mic::Wrong, ..usual() }, LoginFault::WrongMic),
        (Knobs { target: Some("HTTP/stranger.example"), ..usual() }, LoginFault::TargetName),
        (Knobs { alter: true, ..usual() }, LoginFault::ChallengeAltered),
        (Knobs { bindings: Bindings::Wrong, ..usual() }, LoginFault::WrongBindings),
        (Knobs { bindings: Bindings::Zeros, ..usual() }, LoginFault::WrongBindings),
        (Knobs { user: "nobody", ..usual() }, LoginFault::UnknownAccount),
        (Knobs { domain: "OTHER", ..usual() }, LoginFault::UnknownAccount),
        (Knobs { password: "passwörd", ..usual() }, LoginFault::Password),
    ] {
        assert_eq!(login(&sim, &knobs).await, (401, Some(fault)));
    }
}

#[tokio::test]
async fn protection_says_which_bindings_are_taken() {
    let sim = start().await;
    let without = Knobs { bindings: Bindings::None, ..Knobs::default() };
    assert_eq!(login(&sim, &without).await, (200, None));
    sim.change_host("localhost", |host| host.protection = Protection::Require).unwrap();
    assert_eq!(login(&sim, &without).await, (401, Some(LoginFault::NoBindings)));
    assert_eq!(login(&sim, &Knobs::default()).await, (200, None));
    sim.change_host("localhost", |host| host.bridged = true).unwrap();
    assert_eq!(login(&sim, &Knobs::default()).await, (401, Some(LoginFault::WrongBindings)));
    sim.change_host("localhost", |host| host.protection = Protection::None).unwrap();
    assert_eq!(login(&sim, &Knobs { bindings: Bindings::Wrong, ..Knobs::default() }).await, (200, None));
}

#[tokio::test]
async fn the_hash_of_the_bindings_is_that_of_the_certificate() {
    let sim = start_with(Options { certificate: Certificate::Sha384, ..Options::default() }).await;
    assert_eq!(login(&sim, &Knobs::default()).await, (401, Some(LoginFault::WrongBindings)));
    let hash = |bytes: &[u8]| Sha384::digest(bytes).to_vec();
    assert_eq!(login(&sim, &Knobs { hash, ..Knobs::default() }).await, (200, None));
    let sim = start_with(Options { certificate: Certificate::Ed25519, ..Options::default() }).await;
    let without = Knobs { bindings: Bindings::None, ..Knobs::default() };
    assert_eq!(login(&sim, &without).await, (200, None));
    assert_eq!(login(&sim, &Knobs::default()).await, (401, Some(LoginFault::WrongBindings)));
}

#[tokio::test]
async fn without_a_time_stamp_no_integrity_code_is_due() {
    let sim = start().await;
    sim.set_ntlm_time_stamp(false);
    assert_eq!(login(&sim, &Knobs { mic: Mic::None, ..Knobs::default() }).await, (200, None));
}

#[tokio::test]
async fn accounts_that_are_locked_disabled_or_expired_get_the_same_401() {
    let sim = start().await;
    let wrong = Knobs { password: "wrong", ..Knobs::default() };
    for _ in 0..5 {
        assert_eq!(login(&sim, &wrong).await, (401, Some(LoginFault::Password)));
    }
    assert_eq!(sim.account("svc-calendar").unwrap().state, AccountState::Locked);
    for (state, fault) in [
        (AccountState::Locked, LoginFault::Locked),
        (AccountState::Disabled, LoginFault::Disabled),
        (AccountState::Expired, LoginFault::Expired),
    ] {
        sim.change_account("svc-calendar", |account| account.state = state).unwrap();
        assert_eq!(login(&sim, &Knobs::default()).await, (401, Some(fault)));
    }
}

#[tokio::test]
async fn a_handshake_authenticates_its_connection_and_no_other() {
    let sim = start().await;
    let (mut first, mut second) = (Client::local(&sim).await, Client::local(&sim).await);
    let hello = negotiate();
    let asked = first.post(&[("authorization", &header("NTLM", &hello))], "").await;
    let challenge = challenge_in(asked.header("www-authenticate"), "NTLM");
    let certificate = first.certificate.clone();
    let message = authenticate(&hello, &challenge, "localhost", certificate.as_deref(), &Knobs::default());
    let body = envelope(None, GET_CALENDAR);
    let message = header("NTLM", &message);
    assert_eq!(second.post(&[("authorization", &message)], &body).await.status, 401);
    assert_eq!(sim.counts().refusals(LoginFault::OtherConnection), 1);
    assert_eq!(first.post(&[("authorization", &message)], &body).await.status, 200);
    // From now on without credentials, here and nowhere else.
    assert_eq!(first.post(&[], &body).await.status, 200);
    assert_eq!(second.post(&[], &body).await.status, 401);
    // A challenge is answered once.
    assert_eq!(first.post(&[("authorization", &message)], &body).await.status, 401);
    assert_eq!((sim.counts().handshakes, sim.counts().repeated_handshakes), (1, 0));
    assert_eq!(sim.counts().negotiates_with_body, 0);
    Client::local(&sim).await.post(&[("authorization", &header("NTLM", &hello))], &body).await;
    assert_eq!(sim.counts().negotiates_with_body, 1);
}

#[tokio::test]
async fn another_handshake_on_the_same_connection_is_counted() {
    let sim = start().await;
    let mut client = Client::logged_in(&sim).await;
    assert_eq!(client.login(&Knobs::default()).await.status, 200);
    assert_eq!((sim.counts().handshakes, sim.counts().repeated_handshakes), (2, 1));
}

#[tokio::test]
async fn offers_come_in_one_header_or_several() {
    let sim = start().await;
    let offers = async |change: fn(&mut exchange_sim::Host)| {
        sim.change_host("localhost", change).unwrap();
        let answer = Client::local(&sim).await.post(&[], "").await;
        assert_eq!(answer.status, 401);
        answer.all("www-authenticate").join(" | ")
    };
    assert_eq!(offers(|_| {}).await, "Negotiate | NTLM");
    let basic = |host: &mut exchange_sim::Host| host.offers = vec!["NTLM".into(), "Basic".into()];
    assert_eq!(offers(basic).await, "NTLM | Basic realm=\"contoso.example\"");
    assert_eq!(offers(|host| host.one_list = true).await, "NTLM, Basic realm=\"contoso.example\"");
    assert_eq!(offers(|host| host.offers.clear()).await, "");
}

#[tokio::test]
async fn what_is_not_offered_is_not_taken() {
    let sim = start().await;
    sim.change_host("localhost", |host| host.offers = vec!["Negotiate".into()]).unwrap();
    let mut client = Client::local(&sim).await;
    let answer = client.post(&[("authorization", &header("NTLM", &negotiate()))], "").await;
    assert_eq!((answer.status, answer.header("www-authenticate")), (401, "Negotiate"));
    assert_eq!(sim.counts().refusals(LoginFault::NotOffered), 1);
}

#[tokio::test]
async fn basic_and_digest_are_never_answered_without_a_violation() {
    let sim = start().await;
    sim.change_host("localhost", |host| host.offers = vec!["Basic".into(), "Digest".into()]).unwrap();
    let mut client = Client::local(&sim).await;
    for value in [format!("Basic {PASSWORD}"), "Digest username=\"svc\"".to_owned()] {
        let value = value.replace('ä', "a").replace('ö', "o");
        assert_eq!(client.post(&[("authorization", &value)], "").await.status, 401);
    }
    let rules: Vec<_> = sim.violations().into_iter().map(|violation| violation.rule).collect();
    assert_eq!(rules, [Rule::Basic, Rule::Basic]);
}

#[tokio::test]
async fn credentials_without_tls_are_a_violation() {
    let sim = start().await;
    let mut client = Client::plain(&sim).await;
    client.post(&[("authorization", &header("NTLM", &negotiate()))], "").await;
    client.ask(Method::GET, EWS, &[("cookie", "a=b")], "").await;
    client.ask(Method::GET, EWS, &[], "").await;
    let rules: Vec<_> = sim.violations().into_iter().map(|violation| violation.rule).collect();
    assert_eq!(rules, [Rule::CredentialsInTheClear, Rule::CredentialsInTheClear]);
}

#[tokio::test]
async fn strangers_that_get_a_login_are_a_violation() {
    let sim = start().await;
    sim.add_host(exchange_sim::Host::stranger("autodiscover.example"));
    let mut client = Client::tunnel(&sim, "autodiscover.example").await.unwrap();
    client.post(&[], "").await;
    assert_eq!(sim.violations(), []);
    client.post(&[("authorization", &header("NTLM", &negotiate()))], "").await;
    client.post(&[("authorization", "Bearer a.b.c")], "").await;
    let rules: Vec<_> = sim.violations().into_iter().map(|violation| violation.rule).collect();
    assert_eq!(rules, [Rule::LoginToStranger, Rule::TokenToStranger]);
}

#[tokio::test]
async fn a_big_request_before_the_login_is_too_big() {
    let sim = start().await;
    let mut client = Client::local(&sim).await;
    assert_eq!(client.post(&[], &"x".repeat(70_000)).await.status, 413);
}
