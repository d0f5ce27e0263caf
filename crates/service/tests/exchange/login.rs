//! The login by password.

use exchange_sim::{AccountState, Certificate, Host, LoginFault, Operation, Options, Protection};

use crate::support::{ANNA, DOMAIN, Start, meeting, sim, sim_with, until};

/// What is sent at most when a password is refused: one attempt, and one more.
const ATTEMPTS: u64 = 2;

/// Logins that were refused.
fn attempts(sim: &exchange_sim::Control) -> u64 {
    sim.counts().refused.values().sum()
}

#[tokio::test]
async fn a_connection_logs_in_once() {
    let names: Vec<String> = (0..30).map(|number| format!("user{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let sim = sim(&names).await;
    let mut told = Start::known(&sim).run(&names).await;
    told.until("all", |told| {
        names.iter().all(|name| told.seen.get(*name).is_some_and(|s| s.appointments.is_some()))
    })
    .await;
    let counts = sim.counts();
    assert!(counts.handshakes <= counts.connections, "{counts:?}");
    assert_eq!(counts.repeated_handshakes, 0);
    assert_eq!(counts.refused.values().sum::<u64>(), 0, "{counts:?}");
}

#[tokio::test]
async fn both_spellings_of_the_account_work() {
    for user in [r"CONTOSO\svc-calendar", "svc-calendar@contoso.example"] {
        let sim = sim(&["anna"]).await;
        sim.add(ANNA, meeting("Meeting", 2)).unwrap();
        let mut start = Start::known(&sim);
        start.settings.user = user.to_owned();
        start.run(&["anna"]).await.until_titles("anna", &["Meeting"]).await;
    }
}

#[tokio::test]
async fn a_wrong_password_is_tried_twice_and_locks_nobody_out() {
    let sim = sim(&["anna", "ben"]).await;
    let start = Start { password: "wrong", ..Start::known(&sim) };
    let mut told = start.run(&["anna", "ben"]).await;
    let advice = told.until_error("loginRefused").await;
    for word in ["password", "locked", "Extended Protection", "same certificate", "Not sent"] {
        assert!(advice.text.contains(word), "{word}: {}", advice.text);
    }
    // Both mailboxes have been tried again by now, but not the password.
    told.until("more attempts", |told| told.seen.len() == 2 && told.health.is_some()).await;
    assert_eq!(attempts(&sim), ATTEMPTS);
    assert_eq!(sim.account("svc-calendar").unwrap().state, AccountState::Active);
    // Somebody has put it right in the directory, and says so.
    sim.change_account("svc-calendar", |account| account.password = "wrong".to_owned()).unwrap();
    told.resync(None).await;
    told.until_titles("anna", &[]).await;
    assert_eq!(sim.violations(), []);
}

#[tokio::test]
async fn accounts_that_may_not_log_in_are_told_so() {
    for state in [AccountState::Locked, AccountState::Disabled, AccountState::Expired] {
        let sim = sim(&["anna"]).await;
        sim.change_account("svc-calendar", |account| account.state = state).unwrap();
        let mut told = Start::known(&sim).run(&["anna"]).await;
        told.until_error("loginRefused").await;
        assert_eq!(attempts(&sim), ATTEMPTS, "{state:?}");
    }
}

#[tokio::test]
async fn extended_protection_is_met_with_the_hash_of_the_certificate() {
    for certificate in [Certificate::Sha256, Certificate::Sha384] {
        let sim = sim_with(Options { certificate, ..Options::default() }, &["anna"]).await;
        sim.change_host("localhost", |host| host.protection = Protection::Require).unwrap();
        Start::known(&sim).run(&["anna"]).await.until_titles("anna", &[]).await;
        assert_eq!(sim.counts().refused.len(), 0, "{certificate:?}");
    }
}

#[tokio::test]
async fn a_certificate_without_a_hash_has_no_bindings() {
    let sim = sim_with(Options { certificate: Certificate::Ed25519, ..Options::default() }, &["anna"]).await;
    Start::known(&sim).run(&["anna"]).await.until_titles("anna", &[]).await;
}

#[tokio::test]
async fn a_load_balancer_with_another_certificate_needs_logins_without_bindings() {
    let sim = sim(&["anna"]).await;
    sim.change_host("localhost", |host| host.bridged = true).unwrap();
    let mut start = Start::known(&sim);
    let mut told = start.run(&["anna"]).await;
    told.until_error("loginRefused").await;
    assert_eq!(sim.counts().refusals(LoginFault::WrongBindings), ATTEMPTS);
    start.settings.channel_binding = calendar::settings::ChannelBinding::Never;
    start.registry = prometheus::Registry::new();
    start.run(&["anna"]).await.until_titles("anna", &[]).await;
}

#[tokio::test]
async fn negotiate_alone_is_enough() {
    let sim = sim(&["anna"]).await;
    sim.change_host("localhost", |host| {
        host.offers = vec!["Negotiate".to_owned(), "Basic".to_owned()];
        host.one_list = true;
    })
    .unwrap();
    Start::known(&sim).run(&["anna"]).await.until_titles("anna", &[]).await;
    assert_eq!(sim.violations(), []);
}

#[tokio::test]
async fn basic_is_never_answered() {
    let sim = sim(&["anna"]).await;
    sim.change_host("localhost", |host| host.offers = vec!["Basic".to_owned(), "Digest".to_owned()]).unwrap();
    let mut told = Start::known(&sim).run(&["anna"]).await;
    let advice = told.until_error("basicOnly").await;
    assert!(
        advice.text.contains("Basic") && advice.text.contains("Windows authentication"),
        "{}",
        advice.text
    );
    assert_eq!(sim.violations(), []);
    assert_eq!(sim.counts().handshakes, 0);
}

#[tokio::test]
async fn bad_certificates_see_no_login() {
    for certificate in [Certificate::Expired, Certificate::WrongName, Certificate::SelfSigned] {
        let sim = sim_with(Options { certificate, ..Options::default() }, &["anna"]).await;
        let advice = Start::known(&sim).run(&["anna"]).await.until_error("certificate").await;
        assert!(advice.text.contains("certificate"), "{}", advice.text);
        assert_eq!(sim.counts().handshakes, 0, "{certificate:?}");
    }
}

#[tokio::test]
async fn a_challenge_without_a_time_stamp_is_answered() {
    let sim = sim(&["anna"]).await;
    sim.set_ntlm_time_stamp(false);
    Start::known(&sim).run(&["anna"]).await.until_titles("anna", &[]).await;
}

#[tokio::test]
async fn what_autodiscover_took_points_at_extended_protection() {
    let sim = sim(&["anna"]).await;
    sim.add_host(Host {
        bridged: true,
        discovery: exchange_sim::Discovery::None,
        ..Host::exchange(format!("mail.{DOMAIN}"))
    });
    let advice = Start::discovered(&sim).run(&["anna"]).await.until_error("loginRefused").await;
    let at = |word| advice.text.find(word).unwrap();
    assert!(at("Extended Protection") < at("locked"), "{}", advice.text);
    until("an attempt at discovery", || sim.counts().of(Operation::Pox) > 0).await;
}
