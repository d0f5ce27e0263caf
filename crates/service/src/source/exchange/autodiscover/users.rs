//! The addresses of many mailboxes at once.

use bytes::Bytes;
use hyper::StatusCode;
use hyper::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use url::Url;

use super::places::is_online;
use crate::source::exchange::reach;
use crate::source::exchange::session::{Post, Session};
use crate::source::exchange::trouble::Trouble;
use crate::source::exchange::xml::{ADDRESSING, AUTODISCOVER, Broken, Ns, Reader, SOAP, Writer};

const MAX_ANSWER_BYTES: usize = 1 << 20;
const ACTION: &str = "http://schemas.microsoft.com/exchange/2010/Autodiscover/Autodiscover/GetUserSettings";
const SETTINGS: [&str; 4] =
    ["ExternalEwsUrl", "InternalEwsUrl", "GroupingInformation", "AutoDiscoverSMTPAddress"];

/// Where a mailbox is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Home {
    /// Exchange Web Services from outside.
    pub external: Option<Url>,
    /// From inside.
    pub internal: Option<Url>,
    /// Which mailboxes share servers with this one.
    pub grouping: Option<String>,
    /// The main address.
    pub address: Option<String>,
    /// Whether it is in Exchange Online.
    pub is_online: bool,
}

/// Asks for these mailboxes. Each answer is that of the address in the same place; `None` where the server does not
/// know.
pub async fn homes(session: &Session, addresses: &[String]) -> Result<Vec<Option<Home>>, Trouble> {
    let headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static("text/xml; charset=utf-8"))]);
    let post = Post { headers, body: request(session.url(), addresses) };
    let answer = session.ask(&post, MAX_ANSWER_BYTES).await?;
    if answer.status != StatusCode::OK {
        return Err(Trouble::Status(answer.status.as_u16()));
    }
    let mut homes = read(&answer.body).map_err(|_| reach::unreadable(session.url(), 200))?;
    homes.resize(addresses.len(), None);
    Ok(homes)
}

fn request(url: &Url, addresses: &[String]) -> Bytes {
    let names = [("xmlns:s", SOAP), ("xmlns:a", AUTODISCOVER), ("xmlns:wsa", ADDRESSING)];
    Bytes::from(Writer::document("s:Envelope", &names, |envelope| {
        envelope.element("s:Header", &[], |header| {
            header.text("a:RequestedServerVersion", "Exchange2013");
            header.text("wsa:Action", ACTION);
            header.text("wsa:To", url.as_str());
        });
        envelope.element("s:Body", &[], |body| {
            body.element("a:GetUserSettingsRequestMessage", &[], |message| {
                message.element("a:Request", &[], |request| {
                    request.element("a:Users", &[], |users| {
                        for address in addresses {
                            users.element("a:User", &[], |user| user.text("a:Mailbox", address));
                        }
                    });
                    request.element("a:RequestedSettings", &[], |settings| {
                        for setting in SETTINGS {
                            settings.text("a:Setting", setting);
                        }
                    });
                });
            });
        });
    }))
}

fn read(document: &[u8]) -> Result<Vec<Option<Home>>, Broken> {
    let mut reader = Reader::new(document)?;
    for (ns, name) in [
        (Ns::Soap, "Envelope"),
        (Ns::Soap, "Body"),
        (Ns::Autodiscover, "GetUserSettingsResponseMessage"),
        (Ns::Autodiscover, "Response"),
        (Ns::Autodiscover, "UserResponses"),
    ] {
        if !reader.open(ns, name)? {
            return Err(Broken);
        }
    }
    let mut homes = Vec::new();
    while let Some(start) = reader.child()? {
        if start.is(Ns::Autodiscover, "UserResponse") {
            homes.push(user(&mut reader)?);
        } else {
            reader.skip()?;
        }
    }
    Ok(homes)
}

fn user(reader: &mut Reader<'_>) -> Result<Option<Home>, Broken> {
    let (mut error, mut target, mut home) = (String::new(), String::new(), Home::default());
    while let Some(start) = reader.child()? {
        match (start.ns, start.name.as_str()) {
            (Ns::Autodiscover, "ErrorCode") => error = reader.word()?,
            (Ns::Autodiscover, "RedirectTarget") => target = reader.word()?,
            (Ns::Autodiscover, "UserSettings") => {
                while let Some(start) = reader.child()? {
                    if start.is(Ns::Autodiscover, "UserSetting") {
                        setting(reader, &mut home)?;
                    } else {
                        reader.skip()?;
                    }
                }
            }
            _ => reader.skip()?,
        }
    }
    home.is_online = error == "RedirectAddress" && is_online(&target);
    Ok(Some(home).filter(|home| error == "NoError" || home.is_online))
}

fn setting(reader: &mut Reader<'_>, home: &mut Home) -> Result<(), Broken> {
    let (mut name, mut value) = (String::new(), String::new());
    while let Some(start) = reader.child()? {
        match (start.ns, start.name.as_str()) {
            (Ns::Autodiscover, "Name") => name = reader.word()?,
            (Ns::Autodiscover, "Value") => value = reader.word()?,
            _ => reader.skip()?,
        }
    }
    let url = || Url::parse(&value).ok().filter(|url| url.scheme() == "https" && url.host().is_some());
    match name.as_str() {
        "ExternalEwsUrl" => home.external = url(),
        "InternalEwsUrl" => home.internal = url(),
        "GroupingInformation" => home.grouping = Some(value).filter(|value| !value.is_empty()),
        "AutoDiscoverSMTPAddress" => home.address = Some(value).filter(|value| !value.is_empty()),
        _ => {}
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_mailbox_has_its_own_answer() {
        let document = format!(
            r#"<s:Envelope xmlns:s="{SOAP}"><s:Header/><s:Body><GetUserSettingsResponseMessage xmlns="{AUTODISCOVER}"><Response xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><ErrorCode>NoError</ErrorCode><ErrorMessage/><UserResponses><UserResponse><ErrorCode>NoError</ErrorCode><UserSettingErrors/><UserSettings><UserSetting i:type="StringSetting"><Name>ExternalEwsUrl</Name><Value>https://a.example/EWS/Exchange.asmx</Value></UserSetting><UserSetting i:type="StringSetting"><Name>GroupingInformation</Name><Value>g</Value></UserSetting></UserSettings></UserResponse><UserResponse><ErrorCode>InvalidUser</ErrorCode></UserResponse><UserResponse><ErrorCode>RedirectAddress</ErrorCode><RedirectTarget>a@corp.mail.onmicrosoft.com</RedirectTarget></UserResponse></UserResponses></Response></GetUserSettingsResponseMessage></s:Body></s:Envelope>"#
        );
        let homes = read(document.as_bytes()).unwrap();
        let first = homes[0].clone().unwrap();
        assert_eq!(first.external.unwrap().as_str(), "https://a.example/EWS/Exchange.asmx");
        assert_eq!(first.grouping.as_deref(), Some("g"));
        assert_eq!(homes[1], None);
        assert!(homes[2].clone().unwrap().is_online);
    }

    #[test]
    fn mailboxes_are_asked_for_in_the_order_of_the_schema() {
        let url = Url::parse("https://a.example/autodiscover/autodiscover.svc").unwrap();
        let request = request(&url, &["a@x".to_owned(), "b@x".to_owned()]);
        let text = String::from_utf8(request.to_vec()).unwrap();
        assert!(text.contains("<a:Users><a:User><a:Mailbox>a@x</a:Mailbox></a:User><a:User><a:Mailbox>b@x</a:Mailbox></a:User></a:Users><a:RequestedSettings><a:Setting>ExternalEwsUrl</a:Setting>"), "{text}");
    }
}
