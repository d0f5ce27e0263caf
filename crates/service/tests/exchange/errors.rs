//! What may go wrong, with code and words. Where each code of the contract is tested:
//!
//! | code | test |
//! | --- | --- |
//! | `loginRefused` | `login`: a wrong password, accounts that may not log in, a load balancer, what Autodiscover took |
//! | `basicOnly` | `login::basic_is_never_answered` |
//! | `impersonationDenied` | `a_missing_right_is_told_with_its_command`, `in_the_cloud_a_missing_right_…` |
//! | `accountWithoutMailbox` | `an_account_without_mailbox_that_needs_one_is_told_so` |
//! | `serverTooOld` | `exchange_2010_is_too_old` |
//! | `ewsDisabled` | `web_services_that_are_off_…`, `web_services_that_nobody_gets_at_…`; one mailbox: `mailboxes` |
//! | `autodiscover` | `discovery::each_candidate_is_told_where_nothing_is_found`, `circles_of_redirects_end` |
//! | `redirect` | `discovery::strangers_are_named_and_not_asked`, `redirects_to_strangers_are_told_…` |
//! | `signIn` | `sign_in::whoever_signs_in_…`, `a_refresh_token_that_is_no_longer_good_…` |
//! | `certificate` | `login::bad_certificates_see_no_login` |
//! | `proxy`, `network` | `outages::a_proxy_that_is_in_the_way_is_told`, `a_network_that_does_not_lead_there_is_told` |
//! | those of tokens | `a_secret_that_is_wrong_or_has_expired_is_told` |
//! | `throttled` | `outages::a_server_that_is_too_busy_for_anybody_is_told` |

use std::time::Duration;

use exchange_sim::{BusyForm, Effect, Fault, Hostile, Impersonates, Operation, Version};

use crate::support::{ANNA, BEN, Start, address, meeting, sim};

#[tokio::test]
async fn a_missing_right_is_told_with_its_command() {
    let sim = sim(&["anna", "ben"]).await;
    sim.change_account("svc-calendar", |account| account.impersonates = Impersonates::Nobody).unwrap();
    let mut told = Start::known(&sim).run(&["anna", "ben"]).await;
    let advice = told.until_error("impersonationDenied").await;
    assert!(advice.text.contains("impersonation"), "{}", advice.text);
    assert!(advice.text.contains("New-ManagementRoleAssignment"), "{}", advice.text);
    // Granted meanwhile.
    sim.change_account("svc-calendar", |account| account.impersonates = Impersonates::All).unwrap();
    told.resync(None).await;
    told.until_titles("anna", &[]).await;
    told.until_healthy().await;
}

#[tokio::test]
async fn in_the_cloud_a_missing_right_is_told_with_the_way_to_graph() {
    let (sim, start) = (sim(&[]).await, Start::online);
    sim.add_mailbox(exchange_sim::Mailbox::online(ANNA)).unwrap();
    sim.add_mailbox(exchange_sim::Mailbox::online(address("svc-calendar"))).unwrap();
    for code in ["ErrorImpersonateUserDenied", "ErrorImpersonationDenied"] {
        sim.fault(Fault::error(code));
        let advice = start(&sim).run(&["anna"]).await.until_error("impersonationDenied").await;
        for word in ["impersonation", "gone", "Graph"] {
            assert!(advice.text.contains(word), "{code}: {word}: {}", advice.text);
        }
        assert!(!advice.text.contains("New-ManagementRoleAssignment"), "{}", advice.text);
        sim.clear_faults();
    }
}

#[tokio::test]
async fn a_secret_that_is_wrong_or_has_expired_is_told() {
    let sim = sim(&[]).await;
    sim.add_mailbox(exchange_sim::Mailbox::online(ANNA)).unwrap();
    let client = sim.graph().settings().applications[0].client_id;
    let expired = Some(chrono::Utc::now() - chrono::TimeDelta::days(1));
    for (value, expires) in [("another", None), ("graph-sim-secret", expired)] {
        let secrets = vec![graph_sim::Secret { value: value.to_owned(), expires }];
        sim.graph().change_application(client, |application| application.secrets = secrets).unwrap();
        let mut told = Start::online(&sim).run(&["anna"]).await;
        told.until("no access", |told| matches!(told.health, Some(Err(_)))).await;
        let advice = told.health.clone().unwrap().unwrap_err();
        assert!(advice.text.contains("secret"), "{value}: {}", advice.text);
        assert!(!advice.text.contains("graph-sim-secret"), "{}", advice.text);
    }
    assert_eq!(sim.violations(), []);
}

#[tokio::test]
async fn exchange_2010_is_too_old() {
    let options =
        exchange_sim::Options { version: Version::Exchange2010, ..exchange_sim::Options::default() };
    let sim = crate::support::sim_with(options, &["anna"]).await;
    let advice = Start::known(&sim).run(&["anna"]).await.until_error("serverTooOld").await;
    assert!(advice.text.contains("2013"), "{}", advice.text);
}

#[tokio::test]
async fn web_services_that_are_off_are_told_with_the_application() {
    let sim = sim(&[]).await;
    sim.add_mailbox(exchange_sim::Mailbox::online(ANNA)).unwrap();
    sim.fault(Fault::status(403));
    let start = Start::online(&sim);
    let advice = start.run(&["anna"]).await.until_error("ewsDisabled").await;
    for word in ["Exchange Web Services", start.settings.client_id.as_str(), "1 April 2027", "Graph"] {
        assert!(advice.text.contains(word), "{word}: {}", advice.text);
    }
}

#[tokio::test]
async fn web_services_that_nobody_gets_at_are_told_of_a_local_server_too() {
    for status in [403, 404] {
        let sim = sim(&["anna"]).await;
        sim.fault(Fault::status(status));
        let advice = Start::known(&sim).run(&["anna"]).await.until_error("ewsDisabled").await;
        for word in ["Exchange Web Services", "EWS virtual directory", "Graph"] {
            assert!(advice.text.contains(word), "{status}: {word}: {}", advice.text);
        }
    }
}

#[tokio::test]
async fn an_account_without_mailbox_that_needs_one_is_told_so() {
    let sim = sim(&["anna"]).await;
    sim.fault(Fault::error("ErrorMissingEmailAddress").at(Operation::ResolveNames));
    let advice = Start::known(&sim).run(&["anna"]).await.until_error("accountWithoutMailbox").await;
    assert!(advice.text.contains("mailbox") && advice.text.contains("pbxNames"), "{}", advice.text);
}

#[tokio::test]
async fn busy_servers_are_left_alone_for_as_long_as_they_say() {
    for (form, status) in [
        (BusyForm::Fault, 500),
        (BusyForm::Message, 200),
        (BusyForm::Wrapped, 200),
        (BusyForm::Wrapped, 500),
        (BusyForm::Fault, 503),
    ] {
        let sim = sim(&["anna"]).await;
        let effect = Effect::Busy { ms: Some(300), form, status };
        sim.fault(Fault::new(effect).at(Operation::FindItem).times(1));
        let began = std::time::Instant::now();
        Start::known(&sim).run(&["anna"]).await.until_titles("anna", &[]).await;
        assert!(began.elapsed() >= Duration::from_millis(300), "{form:?} {status}");
        assert_eq!(sim.counts().of(Operation::FindItem), 2, "{form:?} {status}");
    }
}

#[tokio::test]
async fn errors_of_one_mailbox_stop_no_other() {
    for fault in [
        Fault::error("ErrorMailboxStoreUnavailable"),
        Fault::new(Effect::Fault { code: "ErrorInternalServerTransientError".to_owned() }),
        Fault::status(502),
        Fault::new(Effect::Html { status: 200 }),
        Fault::new(Effect::Drop),
        Fault::new(Effect::CutOff { at: 100 }),
    ] {
        let sim = sim(&["anna", "ben"]).await;
        let mut told = Start::known(&sim).run(&["anna", "ben"]).await;
        told.until_titles("anna", &[]).await;
        told.until_titles("ben", &[]).await;
        sim.fault(fault.clone().at(Operation::FindItem).of(BEN));
        sim.add(BEN, meeting("Unread", 2)).unwrap();
        sim.add(ANNA, meeting("Read", 2)).unwrap();
        told.until_titles("anna", &["Read"]).await;
        told.until_of("ben", &format!("{fault:?}"), |seen| seen.error.is_some()).await;
        sim.clear_faults();
        told.until_titles("ben", &["Unread"]).await;
    }
}

#[tokio::test]
async fn hostile_answers_do_no_harm() {
    for hostile in [
        Hostile::DocumentType,
        Hostile::Entities,
        Hostile::UnknownEntity,
        Hostile::Depth(65),
        Hostile::Endless,
        Hostile::EndlessElements,
        Hostile::NotUtf8,
    ] {
        for operation in [Operation::FindItem, Operation::ResolveNames, Operation::GetStreamingEvents] {
            let sim = sim(&["anna"]).await;
            sim.fault(Fault::new(Effect::Hostile(hostile)).at(operation).times(1));
            let mut told = Start::known(&sim).run(&["anna"]).await;
            told.until_titles("anna", &[]).await;
            sim.add(ANNA, meeting("Well", 2)).unwrap();
            told.until_titles("anna", &["Well"]).await;
        }
    }
}

#[tokio::test]
async fn pages_where_xml_is_due_are_told_without_their_text() {
    let sim = sim(&["anna"]).await;
    sim.fault(Fault::new(Effect::Html { status: 200 }));
    let mut told = Start::known(&sim).run(&["anna"]).await;
    let seen = told.until_of("anna", "an error", |seen| seen.error.is_some()).await;
    let advice = seen.error.unwrap();
    assert_eq!(advice.code, "answer");
    assert!(advice.text.contains("200") && !advice.text.contains('<'), "{}", advice.text);
}
