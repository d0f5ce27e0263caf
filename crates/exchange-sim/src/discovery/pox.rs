//! The XML of old.

use chrono::Utc;
use hyper::Method;

use super::answers::{Found, Settings, find};
use crate::login::Caller;
use crate::net::{Reply, Request};
use crate::sim::Sim;
use crate::xml::{Element, Ns, Style, read, write};

const ACCEPTED: &str = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a";

pub(super) fn answer(sim: &Sim, request: &Request, caller: &Caller) -> Reply {
    if request.method != Method::POST {
        return error(600, "Invalid Request");
    }
    let Some(address) = address_of(request) else { return error(600, "Invalid Request") };
    if matches!(caller, Caller::Application(application) if !application.full_access) {
        return Reply::html(403, "Forbidden");
    }
    match find(sim, request, &address) {
        Found::Settings(settings) => Reply::xml(200, document(settings_of(&settings))),
        Found::Address(address) => {
            Reply::xml(200, document(account("redirectAddr", "RedirectAddr", &address)))
        }
        Found::Url(url) => Reply::xml(200, document(account("redirectUrl", "RedirectUrl", &url))),
        Found::Error(code) => error(code, text_of(code)),
    }
}

fn address_of(request: &Request) -> Option<String> {
    let root = read(&request.body).ok().filter(|root| root.is(&Ns::PoxRequest, "Autodiscover"))?;
    let asked = root.get("Request")?;
    // In the order of the schema.
    let names: Vec<_> = asked.children.iter().map(|child| child.name.as_str()).collect();
    let accepted = asked.get("AcceptableResponseSchema").map(Element::text);
    let good = names == ["EMailAddress", "AcceptableResponseSchema"] && accepted == Some(ACCEPTED);
    Some(asked.get("EMailAddress")?.text().to_owned()).filter(|address| good && address.contains('@'))
}

fn o(name: &str) -> Element {
    Element::new(Ns::PoxOutlook, name)
}

fn document(response: Element) -> String {
    write(&Element::new(Ns::PoxAnswer, "Autodiscover").with(response), Style::Usual)
}

fn account(action: &str, name: &str, value: &str) -> Element {
    o("Response").with(o("Account").with(o("Action").says(action)).with(o(name).says(value)))
}

fn settings_of(settings: &Settings) -> Element {
    let mailbox = &settings.mailbox;
    let user = o("User")
        .with(o("DisplayName").says(&mailbox.name))
        .with(o("LegacyDN").says(mailbox.legacy_dn()))
        .with(o("AutoDiscoverSMTPAddress").says(&mailbox.address))
        .with(o("DeploymentId").says("5f1e2c7a-0000-4000-8000-000000000001"));
    let url = |name: &str, url: &Option<String>| url.as_ref().map(|url| o(name).says(url));
    let internal = o("Protocol")
        .with(o("Type").says("EXCH"))
        .with(o("Server").says("5f1e2c7a-0000-4000-8000-000000000002@contoso.example"))
        .with(o("ServerVersion").says("73C18000"))
        .with_all(url("ASUrl", &settings.internal))
        .with_all(url("EwsUrl", &settings.internal));
    let external = o("Protocol")
        .with(o("Type").says("EXPR"))
        .with_all(url("ASUrl", &settings.external))
        .with_all(url("EwsUrl", &settings.external))
        .with_all(url("GroupingInformation", &settings.grouping));
    // Whoever looks at all descendants takes these.
    let trap = |kind: &str, host: &str| {
        let url = format!("https://{host}/EWS/Exchange.asmx");
        o(kind).with(o("Protocol").with(o("Type").says("EXCH")).with(o("EwsUrl").says(url)))
    };
    let web = o("Protocol")
        .with(o("Type").says("WEB"))
        .with(trap("Internal", "owa-internal.invalid"))
        .with(trap("External", "owa-external.invalid"));
    let account = o("Account")
        .with(o("AccountType").says("email"))
        .with(o("Action").says("settings"))
        .with(o("MicrosoftOnline").says(if settings.online { "True" } else { "False" }))
        .with(web)
        .with(internal)
        .with(external);
    o("Response").with(user).with(account)
}

/// An error of the service itself, whose elements are in the other namespace.
fn error(code: u16, text: &str) -> Reply {
    let p = |name: &str| Element::new(Ns::PoxAnswer, name);
    let error = p("Error")
        .set("Time", Utc::now().format("%H:%M:%S%.6f").to_string())
        .set("Id", "2477272013")
        .with(p("ErrorCode").says(code.to_string()))
        .with(p("Message").says(text))
        .with(p("DebugData"));
    Reply::xml(200, document(p("Response").with(error)))
}

fn text_of(code: u16) -> &'static str {
    match code {
        500 => "The email address can't be found.",
        501 => "There are no settings for the email address.",
        600 => "Invalid Request",
        601 => "The requested provider isn't available.",
        602 => "Bad address",
        _ => "The server had an internal error.",
    }
}
