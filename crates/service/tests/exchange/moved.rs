//! Mailboxes that are elsewhere than they were.

use std::sync::Arc;

use exchange_sim::{Discovery, Host, Mailbox, Operation};
use pbx_calendar::source::MailboxState;
use prometheus::Registry;

use crate::support::{ANNA, BEN, Start, add_branch, address, meeting, sim, until};

#[tokio::test]
async fn what_was_kept_of_servers_is_corrected_where_a_mailbox_has_moved() {
    let sim = sim(&["anna", "ben"]).await;
    add_branch(&sim);
    let data = Arc::new(tempfile::tempdir().unwrap());
    let mut start = Start::discovered(&sim);
    let mut told = start.run_at(&data, &["anna", "ben"]).await;
    told.until_titles("anna", &[]).await;
    told.until_titles("ben", &[]).await;
    told.kill().await;
    let searches = sim.counts().of(Operation::Pox);
    sim.change_mailbox(ANNA, |mailbox| {
        "Branch".clone_into(&mut mailbox.site);
        mailbox.server = None;
    })
    .unwrap();
    sim.add(ANNA, meeting("There", 2)).unwrap();
    sim.add(BEN, meeting("Here", 2)).unwrap();
    start.registry = Registry::new();
    let mut told = start.run_at(&data, &["anna", "ben"]).await;
    told.until_titles("anna", &["There"]).await;
    told.until_titles("ben", &["Here"]).await;
    assert!(sim.counts().of(Operation::Pox) > searches);
    // And it is told of there.
    until("streams", || sim.streamed() >= 2).await;
    sim.add(ANNA, meeting("Then", 3)).unwrap();
    told.until_titles("anna", &["Then", "There"]).await;
    assert_eq!(sim.violations(), []);
}

#[tokio::test]
async fn what_was_kept_of_servers_does_without_autodiscover() {
    let sim = sim(&["anna"]).await;
    let data = Arc::new(tempfile::tempdir().unwrap());
    let mut start = Start::discovered(&sim);
    let mut told = start.run_at(&data, &["anna"]).await;
    told.until_titles("anna", &[]).await;
    told.kill().await;
    sim.change_host("autodiscover.contoso.example", |host| host.discovery = Discovery::Html).unwrap();
    // One failure lets servers be searched for again, in vain.
    sim.fault(exchange_sim::Fault::error("ErrorConnectionFailed").at(Operation::FindItem).times(1));
    sim.add(ANNA, meeting("Meeting", 2)).unwrap();
    start.registry = Registry::new();
    let mut told = start.run_at(&data, &["anna"]).await;
    told.until_titles("anna", &["Meeting"]).await;
    told.until_healthy().await;
}

#[tokio::test]
async fn a_main_address_that_has_changed_is_corrected() {
    let sim = sim(&["anna"]).await;
    let mut told = Start::known(&sim).run(&["anna"]).await;
    let seen = told.until_state("anna", MailboxState::Matched).await;
    assert_eq!(seen.mailbox.as_deref(), Some(ANNA));
    // She marries, and keeps the old address as another one.
    sim.remove_mailbox(ANNA).unwrap();
    let married = address("anna.mueller");
    let aliases = vec![ANNA.to_owned()];
    sim.add_mailbox(Mailbox { aliases, ..Mailbox::new(&married) }).unwrap();
    sim.add(&married, meeting("Party", 2)).unwrap();
    told.resync(Some("anna")).await;
    told.until_titles("anna", &["Party"]).await;
    assert!(sim.counts().codes.contains_key("ErrorNonPrimarySmtpAddress"), "{:?}", sim.counts().codes);
    // From now on by the right one.
    until("a stream", || sim.streamed() == 1).await;
    let refused = sim.counts().codes["ErrorNonPrimarySmtpAddress"];
    sim.add(&married, meeting("Work", 3)).unwrap();
    told.until_titles("anna", &["Party", "Work"]).await;
    assert_eq!(sim.counts().codes["ErrorNonPrimarySmtpAddress"], refused);
}

#[tokio::test]
async fn where_the_cloud_is_found_by_the_domain_no_token_is_shown_on_the_way() {
    let sim = sim(&[]).await;
    sim.add_mailbox(Mailbox::online(ANNA)).unwrap();
    sim.add_mailbox(Mailbox::online(address("svc-calendar"))).unwrap();
    sim.add(ANNA, meeting("Online", 2)).unwrap();
    let target = "https://autodiscover-s.outlook.com/autodiscover/autodiscover.xml";
    for redirecting in [
        Host::redirect("autodiscover.contoso.example", target),
        Host { https: Some(exchange_sim::Certificate::Sha256), ..Host::redirect("contoso.example", target) },
    ] {
        // The usual place knows nothing today.
        sim.change_host("outlook.office365.com", |host| host.discovery = Discovery::None).unwrap();
        sim.remove_host("autodiscover.contoso.example");
        sim.remove_host("contoso.example");
        sim.add_host(redirecting);
        sim.add_host(Host::online("autodiscover-s.outlook.com"));
        sim.reset_counts();
        let mut start = Start::online(&sim);
        start.settings.ews_url = String::new();
        start.settings.http_proxy = sim.proxy_url();
        start.run(&["anna"]).await.until_titles("anna", &["Online"]).await;
        let hosts = sim.counts().hosts;
        assert!(hosts.contains_key("autodiscover-s.outlook.com"), "{hosts:?}");
        assert_eq!(sim.violations(), []);
    }
}
