//! Finding the server.

use calendar::settings::Exchange as Which;
use exchange_sim::{Discovery, Effect, Fault, Host, Mailbox, Operation, Site};

use crate::support::{ANNA, DOMAIN, Start, add_branch, address, meeting, sim};

fn name(host: &str) -> String {
    format!("{host}.{DOMAIN}")
}

#[tokio::test]
async fn the_server_is_found_by_the_domain_of_the_account() {
    let sim = sim(&["anna"]).await;
    sim.add(ANNA, meeting("Found", 2)).unwrap();
    let mut told = Start::discovered(&sim).run(&["anna"]).await;
    told.until_titles("anna", &["Found"]).await;
    sim.add(ANNA, meeting("Second", 3)).unwrap();
    told.until_titles("anna", &["Found", "Second"]).await;
    assert_eq!(sim.violations(), []);
    let counts = sim.counts();
    assert!(
        counts.hosts.contains_key(&name("mail")) && !counts.hosts.contains_key(&name("exch")),
        "{counts:?}"
    );
}

#[tokio::test]
async fn the_internal_server_is_used_where_it_is_wanted() {
    let sim = sim(&["anna"]).await;
    let mut start = Start::discovered(&sim);
    start.settings.exchange_server = Which::Internal;
    start.run(&["anna"]).await.until_titles("anna", &[]).await;
    let counts = sim.counts();
    assert!(
        counts.hosts.contains_key(&name("exch")) && !counts.hosts.contains_key(&name("mail")),
        "{counts:?}"
    );
}

#[tokio::test]
async fn the_other_one_serves_where_the_wanted_one_is_missing() {
    let sim = sim(&["anna"]).await;
    sim.change_site(Site::MAIN, |site| site.external = None).unwrap();
    Start::discovered(&sim).run(&["anna"]).await.until_titles("anna", &[]).await;
    assert!(sim.counts().hosts.contains_key(&name("exch")));
}

#[tokio::test]
async fn a_redirect_without_tls_leads_on_but_sees_no_credentials() {
    let sim = sim(&["anna"]).await;
    let target = format!("https://{}/autodiscover/autodiscover.xml", name("exch"));
    sim.add_host(Host::redirect(name("autodiscover"), target));
    sim.change_host(&name("exch"), |host| host.discovery = Discovery::Settings).unwrap();
    Start::discovered(&sim).run(&["anna"]).await.until_titles("anna", &[]).await;
    assert_eq!(sim.violations(), []);
}

#[tokio::test]
async fn all_redirects_are_followed_over_tls() {
    for status in [301, 302, 303, 307, 308] {
        let sim = sim(&["anna"]).await;
        let location = format!("https://{}/autodiscover/autodiscover.xml", name("exch"));
        let redirect = Discovery::Redirect { status, location };
        sim.change_host(&name("autodiscover"), |host| host.discovery = redirect).unwrap();
        sim.change_host(&name("exch"), |host| host.discovery = Discovery::Settings).unwrap();
        sim.add(ANNA, meeting("Found", 2)).unwrap();
        Start::discovered(&sim).run(&["anna"]).await.until_titles("anna", &["Found"]).await;
        assert_eq!(sim.violations(), [], "{status}");
    }
}

#[tokio::test]
async fn redirects_to_addresses_without_tls_are_not_followed() {
    for status in [301, 302, 303, 307, 308] {
        let sim = sim(&["anna"]).await;
        let location = format!("http://{}/autodiscover/autodiscover.xml", name("plain"));
        sim.add_host(Host { http: true, ..Host::new(name("plain")) });
        let redirect = Discovery::Redirect { status, location };
        sim.change_host(&name("autodiscover"), |host| host.discovery = redirect).unwrap();
        let advice = Start::discovered(&sim).run(&["anna"]).await.until_error("autodiscover").await;
        assert!(advice.text.contains("without TLS"), "{}", advice.text);
        assert!(!sim.counts().hosts.contains_key(&name("plain")), "{:?}", sim.counts().hosts);
        assert_eq!(sim.violations(), [], "{status}");
    }
}

#[tokio::test]
async fn redirects_to_strangers_are_told_whatever_their_status() {
    for status in [301, 303, 307, 308] {
        let sim = sim(&["anna"]).await;
        sim.add_host(Host::stranger("evil.test"));
        let location = "https://evil.test/autodiscover/autodiscover.xml".to_owned();
        let redirect = Discovery::Redirect { status, location };
        sim.change_host(&name("autodiscover"), |host| host.discovery = redirect).unwrap();
        let advice = Start::discovered(&sim).run(&["anna"]).await.until_error("redirect").await;
        assert!(advice.text.contains("https://evil.test"), "{}", advice.text);
        assert!(!sim.counts().hosts.contains_key("evil.test"));
        assert_eq!(sim.violations(), [], "{status}");
    }
}

#[tokio::test]
async fn a_stranger_who_was_entered_is_asked() {
    let sim = sim(&["anna"]).await;
    // The right one after all.
    sim.add_host(Host { site: Some(Site::MAIN.to_owned()), ..Host::exchange("exchange.other.test") });
    let mut start = Start::discovered(&sim);
    start.settings.autodiscover_url = "https://exchange.other.test".to_owned();
    start.run(&["anna"]).await.until_titles("anna", &[]).await;
    assert_eq!(sim.violations(), []);
}

#[tokio::test]
async fn a_wrong_password_is_told_to_no_further_candidate() {
    let sim = sim(&["anna"]).await;
    sim.add_host(Host { site: Some(Site::MAIN.to_owned()), ..Host::exchange(DOMAIN) });
    let start = Start { password: "wrong", ..Start::discovered(&sim) };
    let mut told = start.run(&["anna"]).await;
    told.until_error("loginRefused").await;
    assert_eq!(sim.counts().refused.values().sum::<u64>(), 2);
    assert_eq!(sim.account("svc-calendar").unwrap().state, exchange_sim::AccountState::Active);
}

#[tokio::test]
async fn strangers_are_named_and_not_asked() {
    for discovery in [
        Discovery::Redirect {
            status: 302,
            location: "https://evil.test/autodiscover/autodiscover.xml".to_owned(),
        },
        Discovery::RedirectUrl { url: "https://evil.test/autodiscover/autodiscover.xml".to_owned() },
        Discovery::RedirectAddress { address: "anna@evil.test".to_owned() },
    ] {
        let sim = sim(&["anna"]).await;
        sim.add_host(Host::stranger("evil.test"));
        sim.add_host(Host::stranger("autodiscover.evil.test"));
        // The top level of a domain belongs to somebody, too.
        sim.add_host(Host::stranger("autodiscover.example"));
        sim.add_host(Host::stranger("example"));
        sim.change_host(&name("autodiscover"), |host| host.discovery = discovery.clone()).unwrap();
        let advice = Start::discovered(&sim).run(&["anna"]).await.until_error("redirect").await;
        assert!(advice.text.contains("evil.test"), "{}", advice.text);
        assert_eq!(sim.violations(), []);
        let hosts = sim.counts().hosts;
        assert!(
            !hosts
                .keys()
                .any(|host| host.contains("evil") || host.ends_with(".example") && !host.contains("contoso")),
            "{hosts:?}"
        );
    }
}

#[tokio::test]
async fn each_candidate_is_told_where_nothing_is_found() {
    let sim = sim(&["anna"]).await;
    sim.remove_host(&name("autodiscover"));
    sim.add_host(Host { discovery: Discovery::Html, ..Host::exchange(DOMAIN) });
    let advice = Start::discovered(&sim).run(&["anna"]).await.until_error("autodiscover").await;
    for word in [
        "https://autodiscover.contoso.example",
        "https://contoso.example",
        "http://contoso.example",
        "ewsUrl",
    ] {
        assert!(advice.text.contains(word), "{word}: {}", advice.text);
    }
    assert_eq!(sim.violations(), []);
}

#[tokio::test]
async fn circles_of_redirects_end() {
    let sim = sim(&["anna"]).await;
    let to = |host: &str| Discovery::RedirectUrl {
        url: format!("https://{}/autodiscover/autodiscover.xml", name(host)),
    };
    sim.change_host(&name("autodiscover"), |host| host.discovery = to("exch")).unwrap();
    sim.change_host(&name("exch"), |host| host.discovery = to("autodiscover")).unwrap();
    Start::discovered(&sim).run(&["anna"]).await.until_error("autodiscover").await;
    assert!(sim.counts().of(Operation::Pox) < 20);
}

#[tokio::test]
async fn every_mailbox_is_asked_at_its_own_server() {
    let sim = sim(&["anna"]).await;
    add_branch(&sim);
    sim.add_mailbox(Mailbox { site: "Branch".to_owned(), ..Mailbox::new(address("carl")) }).unwrap();
    let mut told = Start::discovered(&sim).run(&["anna", "carl"]).await;
    told.until_titles("anna", &[]).await;
    told.until_titles("carl", &[]).await;
    sim.add(&address("carl"), meeting("Elsewhere", 2)).unwrap();
    told.until_titles("carl", &["Elsewhere"]).await;
    assert!(sim.counts().hosts.contains_key(&name("branch")));
    assert_eq!(sim.violations(), []);
}

#[tokio::test]
async fn nobody_is_sent_to_the_wrong_server_while_the_right_one_cannot_be_asked_for() {
    let sim = sim(&["anna"]).await;
    add_branch(&sim);
    sim.add_mailbox(Mailbox { site: "Branch".to_owned(), ..Mailbox::new(address("carl")) }).unwrap();
    for effect in
        [Effect::Status { status: 503, headers: Vec::new() }, Effect::Drop, Effect::Html { status: 200 }]
    {
        sim.fault(Fault::new(effect).at(Operation::GetUserSettings).times(1));
    }
    let mut told = Start::discovered(&sim).run(&["carl"]).await;
    told.until_titles("carl", &[]).await;
    assert_eq!(sim.counts().codes.get("ErrorProxyRequestNotAllowed"), None);
}

#[tokio::test]
async fn one_address_holds_for_all_where_nobody_can_be_asked_for() {
    let sim = sim(&["anna"]).await;
    sim.fault(exchange_sim::Fault::status(403).at(Operation::GetUserSettings));
    let mut told = Start::discovered(&sim).run(&["anna"]).await;
    told.until_titles("anna", &[]).await;
    sim.add(ANNA, meeting("Meeting", 2)).unwrap();
    told.until_titles("anna", &["Meeting"]).await;
}

#[tokio::test]
async fn the_host_in_the_settings_is_asked_alone() {
    let sim = sim(&["anna"]).await;
    let mut start = Start::discovered(&sim);
    start.settings.autodiscover_url = format!("https://{}", name("exch"));
    sim.change_host(&name("exch"), |host| host.discovery = Discovery::Settings).unwrap();
    start.run(&["anna"]).await.until_titles("anna", &[]).await;
    assert!(!sim.counts().hosts.contains_key(&name("autodiscover")));
}
