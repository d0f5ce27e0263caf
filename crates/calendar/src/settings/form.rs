//! What the text of a single item must look like. Each function gives the normal form of a [clean](super::clean) text or tells
//! what is wrong with it; the empty text is fine, unless said otherwise.

use email_address::{EmailAddress, Options};

use super::Code;
use super::clean::is_blank;
use super::pem::{self, Block};
use super::uri::{HttpUri, is_domain};
use crate::Platform;

type Form = Result<String, Code>;

/// Where the path of an Autodiscover service begins.
const AUTODISCOVER: &str = "/autodiscover";

/// Keeps a text that passes.
fn keep(text: &str, ok: bool, code: Code) -> Form {
    if ok || text.is_empty() { Ok(text.to_owned()) } else { Err(code) }
}

/// A name alone, not the DNS name or an address of the PBX.
pub fn pbx_name(text: &str, _: &dyn Platform) -> Form {
    let is_foreign = |c: char| c.is_whitespace() || c.is_control() || r"./\:".contains(c);
    keep(text, !text.contains(is_foreign), Code::PbxName)
}

/// A zone of the IANA database in any letter case. Never empty.
pub fn time_zone(text: &str, platform: &dyn Platform) -> Form {
    // What a platform takes beside IANA names, such as offsets, does not begin with a letter.
    let is_name = text.starts_with(|c: char| c.is_ascii_alphabetic());
    platform.time_zone(text).filter(|_| is_name).ok_or(Code::TimeZone)
}

/// An address, or an account of a Windows domain.
pub fn user(text: &str, _: &dyn Platform) -> Form {
    keep(text, is_email(text) || is_domain_user(text), Code::User)
}

/// One address.
pub fn email(text: &str, _: &dyn Platform) -> Form {
    keep(text, is_email(text), Code::Email)
}

/// Addresses parted by commas or semicolons.
pub fn emails(text: &str, _: &dyn Platform) -> Form {
    let mut addresses =
        text.split([',', ';']).map(str::trim).filter(|address| !address.is_empty()).peekable();
    keep(text, addresses.peek().is_some() && addresses.all(is_email), Code::Email)
}

/// The origin of an Autodiscover server: a path from `/autodiscover` on is cut off, because the documentation of
/// Exchange shows the address with it.
pub fn autodiscover_url(text: &str, _: &dyn Platform) -> Form {
    if text.is_empty() {
        return Ok(String::new());
    }
    let uri = HttpUri::parse(text).filter(|uri| uri.scheme == "https").ok_or(Code::Https)?;
    let path = uri.path_and_query;
    let is_it = |at: &str| at.eq_ignore_ascii_case(AUTODISCOVER);
    let begins = |start: &usize| path.get(*start..start + AUTODISCOVER.len()).is_some_and(is_it);
    let before = path.char_indices().map(|(start, _)| start).find(begins).and_then(|start| path.get(..start));
    if matches!(before.unwrap_or(path), "" | "/") {
        Ok(format!("https://{}", uri.authority))
    } else {
        Err(Code::Path)
    }
}

/// Exchange Web Services; a host alone gets the path that Exchange has by default.
pub fn ews_url(text: &str, _: &dyn Platform) -> Form {
    if text.is_empty() {
        return Ok(String::new());
    }
    let with_scheme = if is_domain(text) { format!("https://{text}") } else { text.to_owned() };
    let uri = HttpUri::parse(&with_scheme).filter(|uri| uri.scheme == "https").ok_or(Code::Https)?;
    let path = if matches!(uri.path_and_query, "" | "/") { "/EWS/Exchange.asmx" } else { uri.path_and_query };
    Ok(format!("https://{}{path}", uri.authority))
}

/// A proxy without a path. User and password have items of their own: this one is readable.
pub fn proxy(text: &str, _: &dyn Platform) -> Form {
    let ok = HttpUri::parse(text)
        .is_some_and(|uri| uri.scheme == "http" && matches!(uri.path_and_query, "" | "/"));
    keep(text, ok, Code::Url)
}

/// Hexadecimal digits in groups of 8, 4, 4, 4 and 12.
pub fn guid(text: &str, _: &dyn Platform) -> Form {
    keep(text, is_guid(text), Code::Guid)
}

/// A GUID or a domain.
pub fn tenant(text: &str, _: &dyn Platform) -> Form {
    keep(text, is_guid(text) || is_domain(text), Code::Tenant)
}

/// `YYYY-MM-DD`.
pub fn date(text: &str, _: &dyn Platform) -> Form {
    keep(text, is_date(text), Code::Date)
}

/// One or more certificates, each in its plain form: this item is readable, so that a private key must not end up in it.
pub fn certificates(text: &str, _: &dyn Platform) -> Form {
    let blocks = pem::blocks(text);
    if blocks.is_empty() && text.chars().all(is_blank) {
        return Ok(String::new());
    }
    let certificate = |block| if let Block::Certificate(der) = block { Some(der) } else { None };
    let certificates: Option<Vec<_>> = blocks.into_iter().map(certificate).collect();
    certificates.filter(|found| !found.is_empty()).map(|found| pem::write(&found)).ok_or(Code::Pem)
}

/// Whether this is an e-mail address as Exchange has them: `name@` and a domain of two labels or more.
pub fn is_email(text: &str) -> bool {
    let options = Options::default().with_required_tld().without_display_text().without_domain_literal();
    EmailAddress::parse_with_options(text, options).is_ok()
}

/// Whether this is `DOMAIN\user`.
pub fn is_domain_user(text: &str) -> bool {
    // The characters that Windows refuses in account names.
    let is_refused = |c: char| c.is_control() || c.is_whitespace() || r#"\/"[]:;|=,+*?<>@"#.contains(c);
    text.split_once('\\').is_some_and(|(domain, user)| {
        [domain, user].iter().all(|part| !part.is_empty() && !part.contains(is_refused))
    })
}

/// Length of a GUID.
pub(super) const GUID_LENGTH: usize = 36;

pub(super) fn is_guid(text: &str) -> bool {
    text.is_ascii()
        && text.split('-').map(str::len).eq([8, 4, 4, 4, 12])
        && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

fn is_date(text: &str) -> bool {
    date_figures(text).is_some()
}

/// Year, month and day of a date `YYYY-MM-DD`, if there is such a day.
pub(super) fn date_figures(text: &str) -> Option<[u16; 3]> {
    let is_figure = |figure: &&str| figure.bytes().all(|byte| byte.is_ascii_digit());
    let figures: Vec<u16> =
        text.split('-').filter(is_figure).filter_map(|figure| figure.parse().ok()).collect();
    let [year, month, day] = *figures.as_slice() else { return None };
    // chrono would cost the browser more than the rest of this file.
    let is_leap_year = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if is_leap_year => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    let exists = text.split('-').map(str::len).eq([4, 2, 2]) && (1..=days).contains(&day);
    exists.then_some([year, month, day])
}
