//! What may go wrong, with code and words.

use std::time::Duration;

use exchange_sim::{BusyForm, Effect, Fault, Hostile, Impersonates, Operation, Version};

use crate::support::{ANNA, BEN, Start, meeting, sim};

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
