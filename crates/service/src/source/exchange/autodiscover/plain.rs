//! The request without SOAP, and its answer.

use bytes::Bytes;

use crate::source::exchange::xml::{Broken, Ns, OUTLOOK, PLAIN_REQUEST, Reader, Start, Writer};

/// What a server says of a mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plain {
    /// Where its server is.
    Settings(Settings),
    /// Ask for another address.
    Address(String),
    /// Ask there.
    Url(String),
    /// It has nothing to say, and why.
    Error(String),
}

/// Where the server of a mailbox is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Exchange Web Services from outside.
    pub external: Option<String>,
    /// Exchange Web Services from inside.
    pub internal: Option<String>,
    /// Which mailboxes share servers with this one.
    pub grouping: Option<String>,
    /// The main address.
    pub address: Option<String>,
}

/// Asks for a mailbox.
pub fn request(address: &str) -> Bytes {
    Bytes::from(Writer::document("Autodiscover", &[("xmlns", PLAIN_REQUEST)], |root| {
        root.element("Request", &[], |request| {
            request.text("EMailAddress", address);
            request.text("AcceptableResponseSchema", OUTLOOK);
        });
    }))
}

/// Reads the answer.
pub fn read(document: &[u8]) -> Result<Plain, Broken> {
    let mut reader = Reader::new(document)?;
    if !reader.open(Ns::Plain, "Autodiscover")? {
        return Err(Broken);
    }
    let mut found = None;
    while let Some(start) = reader.child()? {
        if matches!(start.ns, Ns::Outlook | Ns::Plain) && start.name == "Response" {
            found = Some(response(&mut reader)?);
        } else {
            reader.skip()?;
        }
    }
    found.ok_or(Broken)
}

fn response(reader: &mut Reader<'_>) -> Result<Plain, Broken> {
    let mut account = Account::default();
    while let Some(start) = reader.child()? {
        match start.name.as_str() {
            "User" => {
                while let Some(start) = reader.child()? {
                    if start.is(Ns::Outlook, "AutoDiscoverSMTPAddress") {
                        account.settings.address = some(reader)?;
                    } else {
                        reader.skip()?;
                    }
                }
            }
            "Account" => account.read(reader)?,
            "Error" => account.error = Some(error(reader)?),
            _ => reader.skip()?,
        }
    }
    account.plain().ok_or(Broken)
}

#[derive(Default)]
struct Account {
    action: String,
    address: Option<String>,
    url: Option<String>,
    error: Option<String>,
    settings: Settings,
}

impl Account {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), Broken> {
        while let Some(start) = reader.child()? {
            match start.name.as_str() {
                "Action" => self.action = reader.text()?.trim().to_lowercase(),
                "RedirectAddr" => self.address = some(reader)?,
                "RedirectUrl" => self.url = some(reader)?,
                // Those further below, in `WEB`, are for people with browsers.
                "Protocol" => self.protocol(reader)?,
                "Error" => self.error = Some(error(reader)?),
                _ => reader.skip()?,
            }
        }
        Ok(())
    }

    fn protocol(&mut self, reader: &mut Reader<'_>) -> Result<(), Broken> {
        let (mut kind, mut url, mut grouping) = (String::new(), None, None);
        while let Some(Start { name, .. }) = reader.child()? {
            match name.as_str() {
                "Type" => kind = reader.word()?,
                "EwsUrl" => url = some(reader)?,
                "GroupingInformation" => grouping = some(reader)?,
                _ => reader.skip()?,
            }
        }
        match kind.as_str() {
            "EXPR" => self.settings.external = self.settings.external.take().or(url),
            "EXCH" => self.settings.internal = self.settings.internal.take().or(url),
            _ => {}
        }
        self.settings.grouping = self.settings.grouping.take().or(grouping);
        Ok(())
    }

    fn plain(self) -> Option<Plain> {
        match (self.action.as_str(), self.address, self.url, self.error) {
            ("redirectaddr", Some(address), ..) => Some(Plain::Address(address)),
            ("redirecturl", _, Some(url), _) => Some(Plain::Url(url)),
            (_, _, _, Some(error)) => Some(Plain::Error(error)),
            ("settings", ..) => Some(Plain::Settings(self.settings)),
            _ => None,
        }
    }
}

fn some(reader: &mut Reader<'_>) -> Result<Option<String>, Broken> {
    Ok(Some(reader.word()?).filter(|text| !text.is_empty()))
}

/// The number of an error; its text is the server's to choose.
fn error(reader: &mut Reader<'_>) -> Result<String, Broken> {
    let mut code = String::new();
    while let Some(start) = reader.child()? {
        if start.name == "ErrorCode" {
            code = reader.text()?.chars().filter(char::is_ascii_digit).take(4).collect();
        } else {
            reader.skip()?;
        }
    }
    Ok(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(response: &str) -> Result<Plain, Broken> {
        let document = format!(
            r#"<?xml version="1.0" encoding="utf-8"?><Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006"><Response xmlns="{OUTLOOK}">{response}</Response></Autodiscover>"#
        );
        read(document.as_bytes())
    }

    #[test]
    fn only_protocols_directly_below_the_account_count() {
        let settings = answer(
            "<User><DisplayName>A</DisplayName><AutoDiscoverSMTPAddress>a@corp.example</AutoDiscoverSMTPAddress></User><Account><AccountType>email</AccountType><Action>settings</Action><Protocol><Type>EXCH</Type><EwsUrl>https://in.corp.example/EWS/Exchange.asmx</EwsUrl></Protocol><Protocol><Type>WEB</Type><Internal><Protocol><Type>EXPR</Type><EwsUrl>https://wrong.example/</EwsUrl></Protocol></Internal></Protocol><Protocol><Type>EXPR</Type><EwsUrl>https://out.corp.example/EWS/Exchange.asmx</EwsUrl><GroupingInformation>site1</GroupingInformation></Protocol></Account>",
        );
        let expected = Settings {
            external: Some("https://out.corp.example/EWS/Exchange.asmx".to_owned()),
            internal: Some("https://in.corp.example/EWS/Exchange.asmx".to_owned()),
            grouping: Some("site1".to_owned()),
            address: Some("a@corp.example".to_owned()),
        };
        assert_eq!(settings, Ok(Plain::Settings(expected)));
    }

    #[test]
    fn redirects_and_errors_are_told_apart() {
        let address =
            "<Account><Action>redirectAddr</Action><RedirectAddr>a@b.example</RedirectAddr></Account>";
        assert_eq!(answer(address), Ok(Plain::Address("a@b.example".to_owned())));
        let url =
            "<Account><Action>redirectUrl</Action><RedirectUrl>https://b.example/x</RedirectUrl></Account>";
        assert_eq!(answer(url), Ok(Plain::Url("https://b.example/x".to_owned())));
        let error =
            r#"<Error Time="1" Id="2"><ErrorCode>500</ErrorCode><Message>anna is unknown</Message></Error>"#;
        assert_eq!(answer(error), Ok(Plain::Error("500".to_owned())));
        assert_eq!(answer("<Account/>"), Err(Broken));
        assert_eq!(read(b"<html/>"), Err(Broken));
    }
}
