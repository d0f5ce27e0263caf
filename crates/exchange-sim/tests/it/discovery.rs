//! Autodiscover, its redirects, and hosts behind the proxy.

use exchange_sim::{Certificate, Discovery, Host, Mailbox, Rule, Site};
use hyper::Method;

use crate::client::{ANNA, Answer, Client, each, start};
use crate::ntlm::{Bindings, Knobs, authenticate, challenge_in, header, negotiate};

const POX: &str = "/Autodiscover/Autodiscover.xml";
const SVC: &str = "/autodiscover/autodiscover.svc";

fn pox(address: &str) -> String {
    format!(
        "<Autodiscover xmlns=\"http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006\"><Request>\
         <EMailAddress>{address}</EMailAddress><AcceptableResponseSchema>http://schemas.microsoft.com/exchange/\
         autodiscover/outlook/responseschema/2006a</AcceptableResponseSchema></Request></Autodiscover>"
    )
}

fn soap(addresses: &[&str], settings: &[&str]) -> String {
    let users = each("<a:User><a:Mailbox>{}</a:Mailbox></a:User>", addresses);
    let settings = each("<a:Setting>{}</a:Setting>", settings);
    format!(
        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\" \
         xmlns:a=\"http://schemas.microsoft.com/exchange/2010/Autodiscover\" \
         xmlns:wsa=\"http://www.w3.org/2005/08/addressing\"><s:Header><a:RequestedServerVersion>Exchange2013\
         </a:RequestedServerVersion><wsa:Action>http://schemas.microsoft.com/exchange/2010/Autodiscover/Autodiscover/\
         GetUserSettings</wsa:Action><wsa:To>https://x/</wsa:To></s:Header><s:Body><a:GetUserSettingsRequestMessage>\
         <a:Request><a:Users>{users}</a:Users><a:RequestedSettings>{settings}</a:RequestedSettings></a:Request>\
         </a:GetUserSettingsRequestMessage></s:Body></s:Envelope>"
    )
}

/// A POST that logs in on its way, without channel bindings.
async fn post(client: &mut Client, path: &str, body: &str) -> Answer {
    let hello = negotiate();
    let first = client.ask(Method::POST, path, &[("authorization", &header("NTLM", &hello))], "").await;
    let challenge = challenge_in(first.header("www-authenticate"), "NTLM");
    let knobs = Knobs { bindings: Bindings::None, ..Knobs::default() };
    let message = authenticate(&hello, &challenge, &client.host, None, &knobs);
    let headers = [("authorization", &*header("NTLM", &message)), ("content-type", "text/xml")];
    client.ask(Method::POST, path, &headers, body).await
}

#[tokio::test]
async fn the_settings_of_a_mailbox_come_after_the_login() {
    let sim = start().await;
    let mut client = Client::tunnel(&sim, "autodiscover.contoso.example").await.unwrap();
    let first = client.ask(Method::POST, POX, &[("content-type", "text/xml")], &pox(ANNA)).await;
    assert_eq!((first.status, first.all("www-authenticate")), (401, vec!["Negotiate", "NTLM"]));
    let answer = post(&mut client, POX, &pox("a.arnold@contoso.example")).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.texts("Action"), ["settings"]);
    assert_eq!(answer.texts("AutoDiscoverSMTPAddress"), [ANNA]);
    assert_eq!(answer.texts("GroupingInformation"), ["Default-First-Site-Name"]);
    // First two traps for those who look at all descendants.
    assert_eq!(
        answer.texts("EwsUrl"),
        [
            "https://owa-internal.invalid/EWS/Exchange.asmx",
            "https://owa-external.invalid/EWS/Exchange.asmx",
            "https://exch.contoso.example/EWS/Exchange.asmx",
            "https://mail.contoso.example/EWS/Exchange.asmx"
        ]
    );
    assert!(answer.body.contains("outlook/responseschema/2006a"), "{answer:?}");
    assert_eq!(sim.violations(), []);
}

#[tokio::test]
async fn errors_and_redirects_of_autodiscover_itself() {
    let sim = start().await;
    sim.add_mailbox(Mailbox {
        hosted_at: Some("carl@contoso.mail.onmicrosoft.com".into()),
        ..Mailbox::new("carl@contoso.example")
    })
    .unwrap();
    let host = "autodiscover.contoso.example";
    let mut client = Client::tunnel(&sim, host).await.unwrap();
    for (body, code) in [
        (pox("nobody@contoso.example"), "500"),
        (pox("nobody"), "600"),
        (pox(ANNA).replace("requestschema", "other"), "600"),
        (pox(ANNA).replace("EMailAddress", "Email"), "600"),
        (String::from("<a"), "600"),
    ] {
        let answer = post(&mut client, POX, &body).await;
        assert_eq!((answer.status, answer.texts("ErrorCode")), (200, vec![code.to_owned()]), "{body}");
    }
    let answer = post(&mut client, POX, &pox("carl@contoso.example")).await;
    assert_eq!(answer.texts("Action"), ["redirectAddr"]);
    assert_eq!(answer.texts("RedirectAddr"), ["carl@contoso.mail.onmicrosoft.com"]);
    sim.change_mailbox(ANNA, |anna| anna.site = Site::ONLINE.into()).unwrap();
    let answer = post(&mut client, POX, &pox(ANNA)).await;
    assert_eq!(answer.texts("RedirectAddr"), ["anna@contoso.mail.onmicrosoft.com"]);
    for (discovery, element, value) in [
        (Discovery::RedirectUrl { url: "https://a.example/x".into() }, "RedirectUrl", "https://a.example/x"),
        (Discovery::RedirectAddress { address: "a@b.example".into() }, "RedirectAddr", "a@b.example"),
        (Discovery::Error { code: 603 }, "ErrorCode", "603"),
    ] {
        sim.change_host(host, |host| host.discovery = discovery).unwrap();
        assert_eq!(post(&mut client, POX, &pox(ANNA)).await.texts(element), [value]);
    }
}

#[tokio::test]
async fn redirects_of_http_come_before_the_login() {
    let sim = start().await;
    let target = "https://autodiscover.contoso.example/autodiscover/autodiscover.xml";
    for status in [301, 302, 303, 307, 308] {
        let discovery = Discovery::Redirect { status, location: target.into() };
        sim.add_host(Host { https: Some(Certificate::Sha256), discovery, ..Host::new("contoso.example") });
        let mut client = Client::tunnel(&sim, "contoso.example").await.unwrap();
        let answer = client.ask(Method::POST, POX, &[], "").await;
        assert_eq!((answer.status, answer.header("location")), (status, target));
    }
    sim.add_host(Host::redirect("localhost", target));
    let mut client = Client::plain(&sim).await;
    let answer = client.ask(Method::GET, POX, &[], "").await;
    assert_eq!((answer.status, answer.header("location")), (302, target));
    assert_eq!(sim.violations(), []);
    client.ask(Method::POST, POX, &[], &pox(ANNA)).await;
    assert_eq!(sim.violations()[0].rule, Rule::BodyInTheClear);
}

#[tokio::test]
async fn hosts_have_the_certificates_they_are_given_or_none() {
    let sim = start().await;
    let name = "autodiscover.contoso.example";
    for (kind, words) in [
        (Certificate::Expired, "Expired"),
        (Certificate::WrongName, "not valid for name"),
        (Certificate::SelfSigned, "UnknownIssuer"),
    ] {
        sim.change_host(name, |host| host.https = Some(kind)).unwrap();
        let error = Client::tunnel(&sim, name).await.err().unwrap();
        assert!(error.contains(words) || error.to_lowercase().contains(&words.to_lowercase()), "{error}");
    }
    for kind in [Certificate::Sha384, Certificate::Ed25519] {
        sim.change_host(name, |host| host.https = Some(kind)).unwrap();
        assert!(Client::tunnel(&sim, name).await.is_ok());
    }
    sim.change_host(name, |host| host.https = None).unwrap();
    assert_eq!(Client::tunnel(&sim, name).await.err().unwrap(), "HTTP/1.1 504 Gateway Timeout");
    assert_eq!(Client::tunnel(&sim, "autodiscover.example").await.err().unwrap(), "HTTP/1.1 502 Bad Gateway");
    // Whoever asks for a name is seen.
    assert_eq!(sim.counts().hosts["autodiscover.example"], 1);
}

#[tokio::test]
async fn other_pages_than_autodiscover() {
    let sim = start().await;
    sim.change_host("localhost", |host| host.discovery = Discovery::Html).unwrap();
    let mut client = Client::local(&sim).await;
    let answer = client.ask(Method::POST, POX, &[], &pox(ANNA)).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "text/html; charset=utf-8"));
    sim.change_host("localhost", |host| host.discovery = Discovery::None).unwrap();
    assert_eq!(client.ask(Method::POST, POX, &[], &pox(ANNA)).await.status, 404);
}

#[tokio::test]
async fn settings_of_many_mailboxes_come_by_soap() {
    let sim = start().await;
    let mut client = Client::tunnel(&sim, "autodiscover.contoso.example").await.unwrap();
    let settings =
        ["ExternalEwsUrl", "GroupingInformation", "AutoDiscoverSMTPAddress", "MailboxDN", "Nonsense"];
    let body = soap(&["a.arnold@contoso.example", "nobody@contoso.example"], &settings);
    let answer = post(&mut client, SVC, &body).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(
        answer.texts("ErrorCode"),
        ["NoError", "NoError", "SettingIsNotAvailable", "InvalidSetting", "InvalidUser"]
    );
    assert_eq!(
        answer.texts("Value"),
        ["https://mail.contoso.example/EWS/Exchange.asmx", "Default-First-Site-Name", ANNA]
    );
    sim.change_site(Site::MAIN, |site| site.grouping = None).unwrap();
    let answer = post(&mut client, SVC, &soap(&[ANNA], &["GroupingInformation"])).await;
    assert_eq!(answer.texts("ErrorCode"), ["NoError", "NoError", "SettingIsNotAvailable"]);
    let many: Vec<String> = (0..101).map(|number| format!("user{number}@contoso.example")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert_eq!(post(&mut client, SVC, &soap(&many, &settings)).await.texts("ErrorCode"), ["InvalidRequest"]);
    for wrong in [
        body.replace("/2010/Autodiscover\"", "/2011/Autodiscover\""),
        body.replace("<wsa:To>https://x/</wsa:To>", ""),
        body.replace("GetUserSettings</wsa", "GetDomainSettings</wsa"),
        body.replace("RequestedServerVersion", "ServerVersion"),
    ] {
        assert_eq!(post(&mut client, SVC, &wrong).await.status, 500);
    }
}

#[tokio::test]
async fn asked_at_this_machine_it_names_this_machine() {
    let sim = start().await;
    let mut client = Client::local(&sim).await;
    let answer = post(&mut client, POX, &pox(ANNA)).await;
    assert_eq!(answer.texts("EwsUrl")[2..], [sim.ews_url(), sim.ews_url()]);
}
