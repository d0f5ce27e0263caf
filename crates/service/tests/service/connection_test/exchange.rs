//! With Exchange: local and online, each code in its step.

use exchange_sim::{
    Account, AccountState, Certificate, Effect, ExchangeSim, Fault, Host, Impersonates, Mailbox, Operation,
    Options, Protection, StreamSettings, Version,
};
use serde_json::{Value, json};

use super::{Told, start, test};
use crate::sync::world::{World, address, now};

/// Of the account that reads.
pub const PASSWORD: &str = "geheim & so";

async fn sim(options: Options) -> ExchangeSim {
    let sim = ExchangeSim::start(options).await.unwrap();
    for user in ["anna", "svc"] {
        sim.add_mailbox(Mailbox::new(address(user))).unwrap();
    }
    sim.add_account(Account::new("svc", "contoso.example", PASSWORD).with_mailbox(address("svc")));
    sim
}

/// A server whose address is known.
fn known(sim: &ExchangeSim, change: &Value) -> Value {
    let mut items = json!({
        "pbxName": "MASTER", "syncType": 1, "user": "svc@contoso.example", "password": PASSWORD,
        "caCertificate": sim.ca_pem(), "ewsUrl": sim.ews_url(),
    });
    items.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    json!({"ConfigItems": items, "mailbox": address("anna")})
}

/// One that is found by Autodiscover, behind a proxy.
fn discovered(sim: &ExchangeSim) -> Value {
    known(sim, &json!({"ewsUrl": "", "httpProxy": sim.proxy_url()}))
}

/// A test of a local server during which this happens.
async fn during(world: &mut World, sim: &ExchangeSim, fault: Fault) -> Told {
    sim.fault(fault);
    let told = test(world, known(sim, &json!({}))).await;
    sim.clear_faults();
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn a_local_server_is_found_and_tested_and_left_as_it_was() {
    let sim = sim(Options::default()).await;
    for title in ["Geheim 1", "Geheim 2"] {
        let start = now() + chrono::TimeDelta::hours(2);
        let end = start + chrono::TimeDelta::hours(1);
        sim.add(&address("anna"), graph_sim::Appointment::new(title, start, end)).unwrap();
    }
    let mut world = World::unconfigured(&["anna"]).await;
    let told = test(&mut world, discovered(&sim)).await;
    for step in [
        "settings",
        "reach",
        "autodiscover",
        "schemes",
        "login",
        "ownMailbox",
        "impersonation",
        "appointments",
        "streaming",
        "throttle",
    ] {
        assert_eq!(told.state(step), "ok", "{}", told.step(step));
    }
    assert_eq!(told.step("appointments")["facts"]["appointments"], "2");
    assert_eq!(told.verdict("version")[..3], ["warning", "outOfSupport", "outOfSupport"]);
    assert_eq!(sim.subscriptions(), 0, "taken back");
    let parts: Vec<&str> = told.steps.iter().filter_map(|step| step["part"].as_str()).collect();
    assert!(parts.contains(&"https://autodiscover.contoso.example"), "{parts:?}");
    assert_eq!(sim.violations(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_code_of_exchange_ends_in_its_step() {
    let sim = sim(Options::default()).await;
    let mut world = World::unconfigured(&["anna"]).await;
    let anna = address("anna");
    for (code, advice, page) in [
        ("ErrorImpersonateUserDenied", "impersonation", "onPremises/impersonation"),
        ("ErrorImpersonationDenied", "impersonation", "onPremises/impersonation"),
        ("ErrorNonExistentMailbox", "noMailbox", ""),
        ("ErrorServerBusy", "throttled", ""),
        ("ErrorMailboxStoreUnavailable", "throttled", ""),
        ("ErrorMailboxMoveInProgress", "throttled", ""),
        ("ErrorNoRespondingCASInDestinationSite", "otherSite", "onPremises/server"),
        ("ErrorAccountDisabled", "password", "onPremises/account"),
        ("ErrorPasswordExpired", "password", "onPremises/account"),
        ("ErrorNeverHeardOf", "", ""),
    ] {
        let told = during(&mut world, &sim, Fault::error(code).at(Operation::GetFolder).of(&anna)).await;
        assert_eq!(told.verdict("impersonation"), ["failed", code, advice, page]);
        assert_eq!([told.state("login"), told.state("appointments")], ["ok", "skipped"], "{code}");
    }
    for code in ["ErrorExceededSubscriptionCount", "ErrorExceededConnectionCount"] {
        let told = during(&mut world, &sim, Fault::error(code).at(Operation::Subscribe)).await;
        assert_eq!(told.verdict("streaming"), ["failed", code, "quota", "onPremises/quota"]);
    }
    let told = during(&mut world, &sim, Fault::status(403).at(Operation::GetFolder).of(&anna)).await;
    assert_eq!(told.verdict("impersonation")[..3], ["failed", "403", "ewsDisabled"]);
    assert_eq!(sim.violations(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_account_and_the_server_are_judged() {
    let sim = sim(Options::default()).await;
    let mut world = World::unconfigured(&["anna"]).await;
    sim.set_version(Version::Exchange2010);
    let told = test(&mut world, known(&sim, &json!({}))).await;
    assert_eq!(told.verdict("version")[..3], ["failed", "tooOld", "tooOld"], "{}", told.text());
    sim.set_version(Version::Exchange2019);
    sim.change_account("svc", |account| account.mailbox = None).unwrap();
    let told = test(&mut world, known(&sim, &json!({}))).await;
    assert_eq!(told.verdict("ownMailbox")[..3], ["warning", "ErrorMissingEmailAddress", "noOwnMailbox"]);
    assert_eq!(told.state("impersonation"), "ok");
    let mut message = known(&sim, &json!({}));
    message["outside"] = json!(address("svc"));
    assert_eq!(
        test(&mut world, message.clone()).await.verdict("outside")[..3],
        ["warning", "tooBroad", "tooBroad"]
    );
    sim.change_account("svc", |account| account.impersonates = Impersonates::Only(vec![address("anna")]))
        .unwrap();
    assert_eq!(test(&mut world, message).await.state("outside"), "ok");
    sim.set_streams(StreamSettings { buffered: true, ..StreamSettings::default() });
    let told = test(&mut world, known(&sim, &json!({}))).await;
    assert_eq!(told.verdict("streaming")[..3], ["failed", "streamHeld", "streamHeld"]);
    assert_eq!(sim.subscriptions(), 0, "taken back all the same");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_is_tried_twice_and_then_left_alone() {
    let sim = sim(Options::default()).await;
    let mut world = World::unconfigured(&["anna"]).await;
    let wrong = known(&sim, &json!({"password": "wrong"}));
    let told = test(&mut world, wrong.clone()).await;
    assert_eq!(told.verdict("login"), ["failed", "401", "password", "onPremises/account"]);
    assert_eq!(sim.counts().refused.values().sum::<u64>(), 2);
    let told = test(&mut world, wrong).await;
    assert_eq!(told.verdict("login")[..3], ["failed", "wait", "password"]);
    assert_eq!(sim.counts().refused.values().sum::<u64>(), 2, "no further login within a minute");
    assert_eq!(sim.account("svc").unwrap().state, AccountState::Active);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_is_told_by_the_step_that_meets_it_first() {
    let sim = sim(Options::default()).await;
    let mut world = World::unconfigured(&["anna"]).await;
    let mut message = discovered(&sim);
    message["ConfigItems"]["password"] = json!("wrong");
    let told = test(&mut world, message).await;
    assert_eq!(told.verdict("autodiscover"), ["failed", "401", "password", "onPremises/account"]);
    assert_eq!(told.state("login"), "skipped");
    assert_eq!(sim.counts().refused.values().sum::<u64>(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn extended_protection_is_found_out_and_doors_before_the_server_are_named() {
    let sim = sim(Options::default()).await;
    let mut world = World::unconfigured(&["anna"]).await;
    sim.change_host("localhost", |host| host.protection = Protection::Require).unwrap();
    let told = test(&mut world, known(&sim, &json!({"channelBinding": 1}))).await;
    assert_eq!(
        told.verdict("login"),
        ["failed", "channelBinding", "channelBinding", "onPremises/protection"]
    );
    assert_eq!(told.step("login")["facts"]["channelBinding"], "always");
    sim.change_host("localhost", |host| host.offers = vec!["Basic".into()]).unwrap();
    let told = test(&mut world, known(&sim, &json!({}))).await;
    assert_eq!(told.verdict("schemes"), ["failed", "401", "onlyBasic", "onPremises/protection"]);
    assert_eq!(told.step("schemes")["facts"]["offered"], "Basic");
    let told =
        during(&mut world, &sim, Fault::new(Effect::Html { status: 200 }).at(Operation::Negotiate)).await;
    assert_eq!(told.verdict("schemes"), ["failed", "200", "preAuthentication", "onPremises/protection"]);
    assert_eq!(sim.violations(), [], "the password went nowhere");
}

#[tokio::test(flavor = "multi_thread")]
async fn certificates_are_shown_and_hosts_that_are_not_there_named() {
    let sim = sim(Options { certificate: Certificate::WrongName, ..Options::default() }).await;
    let mut world = World::unconfigured(&["anna"]).await;
    let told = test(&mut world, known(&sim, &json!({}))).await;
    assert_eq!(told.verdict("reach"), ["failed", "certificate", "certificate", "onPremises/certificate"]);
    let part = told.steps.iter().find(|step| step["step"] == "reach" && step["state"] == "failed").unwrap();
    for fact in ["issuer", "names", "from", "until", "fingerprint", "pem"] {
        assert!(!part["facts"][fact].as_str().unwrap().is_empty(), "{part}");
    }
    assert_eq!(told.state("login"), "skipped");
    for (url, code) in [
        ("https://nobody.invalid/EWS/Exchange.asmx", "dns"),
        ("https://127.0.0.1:1/EWS/Exchange.asmx", "network"),
    ] {
        let told = test(&mut world, known(&sim, &json!({"ewsUrl": url}))).await;
        assert_eq!(told.verdict("reach")[..3], ["failed", code, code]);
    }
    let told = test(&mut world, known(&sim, &json!({"httpProxy": "http://127.0.0.1:1"}))).await;
    assert_eq!(told.verdict("reach")[..3], ["failed", "proxy", "proxy"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_differs_by_more_than_five_minutes_is_a_warning() {
    let sim = sim(Options::default()).await;
    let mut world = World::unconfigured(&["anna"]).await;
    // Ten seconds less than five minutes are none.
    sim.advance(chrono::TimeDelta::seconds(290));
    let told = test(&mut world, known(&sim, &json!({}))).await;
    assert_eq!(told.state("reach"), "ok", "{}", told.step("reach"));
    sim.advance(chrono::TimeDelta::seconds(340));
    let mut message = known(&sim, &json!({}));
    message["only"] = json!(["reach", "login"]);
    let told = test(&mut world, message).await;
    assert_eq!(told.verdict("reach")[..3], ["warning", "clock", "clock"]);
    let part = told.steps.iter().find(|step| step["step"] == "reach" && step["state"] == "warning").unwrap();
    assert_eq!(part["facts"]["minutes"], "-10", "this one is behind");
    assert_eq!(told.state("login"), "ok", "it goes on");
    assert_eq!(told.result["ok"], true);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_autodiscover_gets_no_credentials() {
    let sim = sim(Options::default()).await;
    sim.remove_host("autodiscover.contoso.example");
    sim.add_host(Host::stranger("evil.test"));
    sim.add_host(Host::redirect(
        "autodiscover.contoso.example",
        "https://evil.test/autodiscover/autodiscover.xml",
    ));
    let mut world = World::unconfigured(&["anna"]).await;
    let told = test(&mut world, discovered(&sim)).await;
    assert_eq!(told.verdict("autodiscover")[..1], ["failed"], "{}", told.text());
    let sent = told.steps.iter().find(|step| step["facts"]["redirect"].is_string()).unwrap();
    assert!(sent["facts"]["redirect"].as_str().unwrap().contains("evil.test"), "{sent}");
    assert_eq!((sim.violations(), sim.counts().handshakes), (vec![], 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_waited_for_and_told() {
    let sim = sim(Options::default()).await;
    let mut world = World::unconfigured(&["anna"]).await;
    let mut message = known(&sim, &json!({}));
    message["watch"] = json!(true);
    start(&mut world.manager, message).await;
    loop {
        let step = world.manager.receive().await;
        if step["part"] == "event" && step["state"] == "running" {
            assert_eq!(step["facts"]["mailbox"], address("anna"));
            break;
        }
    }
    let begin = now() + chrono::TimeDelta::hours(2);
    let end = begin + chrono::TimeDelta::hours(1);
    sim.add(&address("anna"), graph_sim::Appointment::new("x", begin, end)).unwrap();
    let told = Told::read(&mut world.manager).await;
    assert_eq!(told.state("streaming"), "ok");
}

#[tokio::test(flavor = "multi_thread")]
async fn exchange_online_with_tokens_of_the_application() {
    let mut world = World::unconfigured(&["anna"]).await;
    let client = world.graph.settings().applications[0].client_id;
    world.graph.change_application(client, |app| app.roles = vec!["full_access_as_app".into()]).unwrap();
    let sim = ExchangeSim::start(Options { graph: Some(world.graph.control()), ..Options::default() })
        .await
        .unwrap();
    sim.add_mailbox(Mailbox::online(address("anna"))).unwrap();
    let items = json!({
        "pbxName": "MASTER", "syncType": 3, "user": address("anna"), "clientId": client.to_string(),
        "tenantId": world.graph.settings().tenant.to_string(), "clientSecret": "graph-sim-secret",
        "caCertificate": sim.ca_pem(), "ewsUrl": sim.online_ews_url(),
    });
    let message = json!({"ConfigItems": items});
    let told = test(&mut world, message.clone()).await;
    assert_eq!(told.verdict("settings"), ["warning", "ending", "ending", "cloudAppOnly/end"]);
    for step in
        ["reach", "tenant", "token", "ews", "impersonation", "appointments", "streaming", "version", "roles"]
    {
        assert_eq!(told.state(step), "ok", "{}", told.step(step));
    }
    for (reason, advice) in
        [("EWS is disabled for the tenant", "ewsDisabled"), ("EWS is blocked by policy", "ewsBlocked")]
    {
        let headers = vec![("x-ews-policy-reason".to_owned(), reason.to_owned())];
        sim.fault(Fault::new(Effect::Status { status: 403, headers }));
        let told = test(&mut world, message.clone()).await;
        assert_eq!(told.verdict("ews"), ["failed", "403", advice, "cloudAppOnly/allowList"]);
        assert_eq!(told.state("impersonation"), "skipped");
        sim.clear_faults();
    }
    world.graph.change_application(client, |app| app.roles.push("Calendars.ReadWrite".into())).unwrap();
    assert_eq!(sim.violations(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn exchange_online_with_a_sign_in_that_nobody_has_made() {
    let mut world = World::unconfigured(&["anna"]).await;
    let sim = ExchangeSim::start(Options { graph: Some(world.graph.control()), ..Options::default() })
        .await
        .unwrap();
    let items = json!({
        "pbxName": "MASTER", "syncType": 2, "user": address("anna"),
        "clientId": world.graph.settings().applications[0].client_id.to_string(),
        "tenantId": world.graph.settings().tenant.to_string(), "clientSecret": "graph-sim-secret",
        "caCertificate": sim.ca_pem(), "ewsUrl": sim.online_ews_url(),
    });
    let told = test(&mut world, json!({"ConfigItems": items})).await;
    assert_eq!(told.verdict("settings")[..3], ["warning", "gone", "gone"]);
    assert_eq!(told.verdict("signIn"), ["failed", "signIn", "signIn", "cloud/gone"]);
    assert_eq!([told.state("token"), told.state("ews")], ["skipped", "skipped"]);
}
