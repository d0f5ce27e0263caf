//! Whose mailbox it is.

use calendar::settings::NameResolving;
use exchange_sim::{Account, Impersonates, Mailbox, Operation};
use pbx_calendar::source::{MailboxState, Wanted};

use crate::support::{ANNA, DOMAIN, PASSWORD, Start, address, meeting, sim};

#[tokio::test]
async fn further_addresses_are_resolved() {
    let sim = sim(&[]).await;
    let aliases = vec![address("anna"), address("a.m")];
    sim.add_mailbox(Mailbox { aliases, ..Mailbox::new(address("a.mueller")) }).unwrap();
    // A beginning that fits is somebody else.
    sim.add_mailbox(Mailbox::new(address("annabel"))).unwrap();
    let mut told = Start::known(&sim).run(&["anna"]).await;
    let seen = told.until_state("anna", MailboxState::Matched).await;
    assert_eq!(seen.mailbox, Some(address("a.mueller")));
}

#[tokio::test]
async fn addresses_of_the_pbx_are_taken_as_they_are() {
    let sim = sim(&["anna"]).await;
    let mut start = Start::known(&sim);
    start.settings.name_resolving = NameResolving::PbxNames;
    let mut told = start.run(&[]).await;
    told.want(&[Wanted {
        guid: "anna".to_owned(),
        addresses: vec![address("nobody"), address("anna")],
        search: true,
        at_once: false,
    }]);
    let seen = told.until_state("anna", MailboxState::Matched).await;
    assert_eq!(seen.mailbox, Some(address("anna")));
    sim.add(ANNA, meeting("Meeting", 2)).unwrap();
    told.until_titles("anna", &["Meeting"]).await;
    assert_eq!(sim.counts().of(Operation::ResolveNames), 0);
}

#[tokio::test]
async fn nobody_has_no_mailbox() {
    let sim = sim(&["anna"]).await;
    let mut told = Start::known(&sim).run(&["anna", "nobody"]).await;
    told.until_titles("anna", &[]).await;
    let seen = told.until_state("nobody", MailboxState::NoMailbox).await;
    assert_eq!(seen.code(), Some("mailboxUnknown"));
    let mut start = Start::known(&sim);
    start.settings.name_resolving = NameResolving::PbxNames;
    let seen = start.run(&["nobody"]).await.until_state("nobody", MailboxState::NoMailbox).await;
    assert_eq!(seen.code(), Some("noMailbox"));
}

#[tokio::test]
async fn a_mailbox_outside_of_the_scope_stops_no_other() {
    let sim = sim(&["anna", "ben"]).await;
    sim.change_account("svc-calendar", |a| a.impersonates = Impersonates::Only(vec![address("anna")]))
        .unwrap();
    let mut told = Start::known(&sim).run(&["anna", "ben"]).await;
    told.until_titles("anna", &[]).await;
    let seen = told.until_state("ben", MailboxState::NotInScope).await;
    assert_eq!(seen.code(), Some("notInScope"));
    told.until_healthy().await;
}

#[tokio::test]
async fn a_mailbox_without_web_services_stops_no_other() {
    let sim = sim(&["anna", "ben"]).await;
    sim.change_mailbox(&address("ben"), |mailbox| mailbox.ews = false).unwrap();
    let mut told = Start::known(&sim).run(&["anna", "ben"]).await;
    told.until_titles("anna", &[]).await;
    let seen = told.until_state("ben", MailboxState::NotInScope).await;
    let advice = seen.error.unwrap();
    assert!(advice.text.contains("licence") && advice.text.contains("EwsEnabled"), "{advice:?}");
}

#[tokio::test]
async fn mailboxes_in_exchange_online_are_told_so() {
    let sim = sim(&["anna"]).await;
    let hosted_at = Some("ben@contoso.mail.onmicrosoft.com".to_owned());
    sim.add_mailbox(Mailbox { hosted_at, ..Mailbox::new(address("ben")) }).unwrap();
    for start in [Start::known(&sim), Start::discovered(&sim)] {
        let mut told = start.run(&["anna", "ben"]).await;
        told.until_titles("anna", &[]).await;
        let seen = told.until_state("ben", MailboxState::HostedElsewhere).await;
        assert_eq!(seen.code(), Some("hostedElsewhere"));
    }
}

#[tokio::test]
async fn an_account_without_mailbox_goes_on_with_a_warning() {
    let sim = sim(&["anna"]).await;
    sim.add_account(Account::new("svc-calendar", DOMAIN, PASSWORD));
    let mut told = Start::known(&sim).run(&["anna"]).await;
    told.until_titles("anna", &[]).await;
    let seen = told.until_state("anna", MailboxState::Matched).await;
    assert!(seen.error.unwrap().text.contains("no mailbox"));
}

#[tokio::test]
async fn a_mailbox_that_goes_is_noticed() {
    let sim = sim(&["anna", "ben"]).await;
    let mut told = Start::known(&sim).run(&["anna", "ben"]).await;
    told.until_titles("anna", &[]).await;
    told.until_titles("ben", &[]).await;
    sim.remove_mailbox(&address("ben")).unwrap();
    told.resync(Some("ben")).await;
    told.until_state("ben", MailboxState::NoMailbox).await;
    sim.add(ANNA, meeting("Still there", 2)).unwrap();
    told.until_titles("anna", &["Still there"]).await;
}
