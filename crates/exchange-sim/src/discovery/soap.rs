//! `GetUserSettings`, for many mailboxes at once.

use hyper::Method;

use super::answers::{Found, Settings, find};
use crate::login::Caller;
use crate::net::{Reply, Request};
use crate::sim::Sim;
use crate::xml::{Element, Ns, Style, a, envelope, plain, read, s, write};

const ACTION: &str = "http://schemas.microsoft.com/exchange/2010/Autodiscover/Autodiscover/GetUserSettings";
/// The most mailboxes of one request.
const MOST: usize = 100;

pub(super) fn answer(sim: &Sim, request: &Request, caller: &Caller) -> Reply {
    if matches!(caller, Caller::Application(application) if !application.full_access) {
        return Reply::html(403, "Forbidden");
    }
    match parse(request) {
        Ok(asked) => answer_to(sim, request, &asked),
        Err(text) => {
            let fault = s("Fault")
                .with(plain("faultcode").says("a:InvalidRequest"))
                .with(plain("faultstring").says(text));
            Reply::xml(500, write(&envelope(None, fault), Style::Usual))
        }
    }
}

struct Asked {
    addresses: Vec<String>,
    settings: Vec<String>,
}

fn parse(request: &Request) -> Result<Asked, String> {
    if request.method != Method::POST {
        return Err("GetUserSettings is posted".into());
    }
    let root = read(&request.body).map_err(|bad| bad.to_string())?;
    let missing = |what: &str| format!("{what} is missing, or in another namespace");
    let root = Some(root).filter(|root| root.is(&Ns::Soap, "Envelope")).ok_or_else(|| missing("Envelope"))?;
    let header = root.get("Header").ok_or_else(|| missing("Header"))?;
    let version = header.find(&Ns::Autodiscover, "RequestedServerVersion");
    version.ok_or_else(|| missing("RequestedServerVersion"))?;
    let action = header.find(&Ns::Addressing, "Action").map(Element::text);
    if action != Some(ACTION) {
        return Err(missing("Action"));
    }
    header.find(&Ns::Addressing, "To").ok_or_else(|| missing("To"))?;
    let message =
        root.get("Body").and_then(|body| body.find(&Ns::Autodiscover, "GetUserSettingsRequestMessage"));
    let asked = message.and_then(|message| message.get("Request")).ok_or_else(|| missing("Request"))?;
    let names: Vec<_> = asked.children.iter().map(|child| child.name.as_str()).collect();
    if !names.starts_with(&["Users", "RequestedSettings"]) {
        return Err("Request has Users and RequestedSettings, in this order".into());
    }
    let texts = |list: &str, path: &[&str]| {
        let list = asked.get(list).map_or(&[][..], |list| &list.children);
        let text = |item: &Element| {
            let inner = path.iter().try_fold(item, |element, name| element.get(name));
            inner.map(|element| element.text().to_owned())
        };
        list.iter().filter_map(text).collect::<Vec<_>>()
    };
    Ok(Asked { addresses: texts("Users", &["Mailbox"]), settings: texts("RequestedSettings", &[]) })
}

fn answer_to(sim: &Sim, request: &Request, asked: &Asked) -> Reply {
    let over = asked.addresses.len() > MOST;
    let (code, text) = match () {
        () if asked.addresses.is_empty() || asked.settings.is_empty() => {
            ("InvalidRequest", "Nothing was asked for.")
        }
        () if over => ("InvalidRequest", "Too many mailboxes were asked for."),
        () => ("NoError", "No error."),
    };
    let users = if code == "NoError" { asked.addresses.as_slice() } else { &[] };
    let responses = users.iter().map(|address| user_response(sim, request, address, &asked.settings));
    let response = a("Response")
        .set("xmlns:i", "http://www.w3.org/2001/XMLSchema-instance")
        .with(a("ErrorCode").says(code))
        .with(a("ErrorMessage").says(text))
        .with(a("UserResponses").with_all(responses));
    let state = sim.state.read();
    let ([major, minor, build, revision], word) = state.version_at(&request.host).numbers();
    let number = |name: &str, number: u32| a(name).says(number.to_string());
    let version = a("ServerVersionInfo")
        .with(number("MajorVersion", major))
        .with(number("MinorVersion", minor))
        .with(number("MajorBuildNumber", build))
        .with(number("MinorBuildNumber", revision))
        .with(a("Version").says(word));
    let body = a("GetUserSettingsResponseMessage").with(response);
    Reply::xml(200, write(&envelope(Some(version), body), Style::Usual))
}

fn user_response(sim: &Sim, request: &Request, address: &str, wanted: &[String]) -> Element {
    let (code, text, target, settings) = match find(sim, request, address) {
        Found::Settings(settings) => ("NoError", "No error.", None, Some(settings)),
        Found::Address(address) => ("RedirectAddress", "Ask for the other address.", Some(address), None),
        Found::Url(url) => ("RedirectUrl", "Ask at the other address.", Some(url), None),
        Found::Error(_) => ("InvalidUser", "The user is unknown.", None, None),
    };
    let (mut errors, mut values) = (Vec::new(), Vec::new());
    for name in wanted.iter().filter(|_| settings.is_some()) {
        match settings.as_ref().map_or(Setting::Unknown, |settings| setting(settings, name)) {
            Setting::Value(value) => values.push(
                a("UserSetting")
                    .set("i:type", "StringSetting")
                    .with(a("Name").says(name))
                    .with(a("Value").says(value)),
            ),
            Setting::Missing => errors.push(setting_error(name, "SettingIsNotAvailable")),
            Setting::Unknown => errors.push(setting_error(name, "InvalidSetting")),
        }
    }
    a("UserResponse")
        .with(a("ErrorCode").says(code))
        .with(a("ErrorMessage").says(text))
        .with_all(target.map(|target| a("RedirectTarget").says(target)))
        .with(a("UserSettingErrors").with_all(errors))
        .with(a("UserSettings").with_all(values))
}

enum Setting {
    Value(String),
    Missing,
    Unknown,
}

fn setting(settings: &Settings, name: &str) -> Setting {
    let value = match name {
        "ExternalEwsUrl" => settings.external.clone(),
        "InternalEwsUrl" => settings.internal.clone(),
        "GroupingInformation" => settings.grouping.clone(),
        "AutoDiscoverSMTPAddress" => Some(settings.mailbox.address.clone()),
        "UserDisplayName" => Some(settings.mailbox.name.clone()),
        "UserDN" => Some(settings.mailbox.legacy_dn()),
        "EwsSupportedSchemas" => Some("Exchange2007, Exchange2010, Exchange2013".into()),
        "ExternalEwsVersion" => Some("15.02.1544.000".into()),
        "MailboxDN" | "InternalMailboxServer" | "CasVersion" | "ExternalMailboxServer" => None,
        _ => return Setting::Unknown,
    };
    value.map_or(Setting::Missing, Setting::Value)
}

fn setting_error(name: &str, code: &str) -> Element {
    a("UserSettingError")
        .with(a("ErrorCode").says(code))
        .with(a("ErrorMessage").says("The setting cannot be told."))
        .with(a("SettingName").says(name))
}
