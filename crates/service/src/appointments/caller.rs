//! Who may do what, in which mailboxes.

use serde::{Deserialize, Serialize};

/// Characters of a name.
const MAX_NAME: usize = 64;
/// Mailboxes of a caller.
const MAX_MAILBOXES: usize = 1000;
/// Characters of an address.
const MAX_ADDRESS: usize = 254;
/// Bytes of everything about a caller, so that it fits into a message.
const MAX_BYTES: usize = 56_000;
/// Writes a minute, unless the caller has a limit of its own.
const PER_MINUTE: u32 = 60;
/// Writes a day, unless the caller has a limit of its own.
const PER_DAY: u32 = 2000;
/// No limit is higher.
const MOST: u32 = 100_000;

/// What a caller may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Right {
    /// See times and their state.
    Busy,
    /// See titles, places and notes.
    Read,
    /// Create appointments, change and delete its own.
    Write,
}

/// By what it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Kind {
    /// The name of its App object, as the PBX says it in the login.
    App,
    /// A token.
    Token,
}

/// A caller.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Caller {
    /// Names it for ever.
    pub id: String,
    /// Names it for people.
    pub name: String,
    pub kind: Kind,
    /// Of kind `app`: the name of its App object.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sip: Option<String>,
    pub rights: Vec<Right>,
    /// Addresses in lower case, sorted. There is no way to name all.
    pub mailboxes: Vec<String>,
    pub per_minute: u32,
    pub per_day: u32,
}

/// A caller as a manager writes it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Draft {
    #[serde(default)]
    pub id: Option<String>,
    name: String,
    kind: Kind,
    #[serde(default)]
    sip: Option<String>,
    rights: Vec<Right>,
    mailboxes: Vec<String>,
    #[serde(default)]
    per_minute: Option<u32>,
    #[serde(default)]
    per_day: Option<u32>,
    /// Whether the token is to be replaced by another.
    #[serde(default)]
    pub new_token: bool,
}

/// Why a caller cannot be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// This field is wrong.
    Invalid(&'static str),
    /// There is none of this id.
    Unknown,
    /// There are as many as there may be.
    TooMany,
}

impl Caller {
    /// Whether it has a right.
    pub fn may(&self, right: Right) -> bool {
        self.rights.contains(&right)
    }

    /// Whether a mailbox is in its list.
    pub fn has(&self, mailbox: &str) -> bool {
        self.mailboxes.binary_search(&mailbox.to_lowercase()).is_ok()
    }
}

impl Draft {
    /// The caller that is meant.
    pub fn into_caller(self, id: String) -> Result<Caller, Refusal> {
        let name = one_line(&self.name, MAX_NAME).ok_or(Refusal::Invalid("name"))?;
        let sip = match (self.kind, self.sip) {
            (Kind::App, Some(sip)) => Some(one_line(&sip, MAX_NAME).ok_or(Refusal::Invalid("sip"))?),
            (Kind::App, None) => return Err(Refusal::Invalid("sip")),
            (Kind::Token, _) => None,
        };
        let mut rights = self.rights;
        rights.sort_unstable();
        rights.dedup();
        let caller = Caller {
            id,
            name,
            kind: self.kind,
            sip,
            rights,
            mailboxes: addresses(&self.mailboxes).ok_or(Refusal::Invalid("mailboxes"))?,
            per_minute: limit(self.per_minute, PER_MINUTE).ok_or(Refusal::Invalid("perMinute"))?,
            per_day: limit(self.per_day, PER_DAY).ok_or(Refusal::Invalid("perDay"))?,
        };
        let length = caller.mailboxes.iter().map(|mailbox| mailbox.len() + 3).sum::<usize>();
        if length > MAX_BYTES { Err(Refusal::Invalid("mailboxes")) } else { Ok(caller) }
    }
}

fn limit(given: Option<u32>, usual: u32) -> Option<u32> {
    Some(given.unwrap_or(usual)).filter(|limit| (1..=MOST).contains(limit))
}

/// A text of one line, without blanks around it; `None` if it is empty or too long.
fn one_line(text: &str, most: usize) -> Option<String> {
    let text = text.trim();
    let is_good = !text.is_empty() && text.chars().count() <= most && !text.contains(char::is_control);
    is_good.then(|| text.to_owned())
}

/// Addresses in their order, each once.
fn addresses(given: &[String]) -> Option<Vec<String>> {
    let mut addresses: Vec<String> = given.iter().map(|address| address.trim().to_lowercase()).collect();
    addresses.sort_unstable();
    addresses.dedup();
    (addresses.len() <= MAX_MAILBOXES && addresses.iter().all(|address| is_address(address)))
        .then_some(addresses)
}

/// Whether this can be the address of a mailbox, and nothing that would stand for several.
pub(super) fn is_address(text: &str) -> bool {
    let is_part = |part: &str| !part.is_empty() && !part.contains(['*', '/', '\\', '"', '<', '>', ',', ';']);
    text.chars().count() <= MAX_ADDRESS
        && !text.contains(|c: char| c.is_whitespace() || c.is_control())
        && text.split_once('@').is_some_and(|(user, domain)| {
            is_part(user) && is_part(domain) && domain.contains('.') && !domain.contains('@')
        })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;

    #[expect(clippy::needless_pass_by_value, reason = "it reads better")]
    fn caller(changes: Json) -> Result<Caller, Refusal> {
        let mut draft = json!({"name": " Call centre ", "kind": "token", "rights": ["write", "busy", "write"],
            "mailboxes": ["Ben@contoso.example", "anna@contoso.example", "ben@contoso.example"]});
        draft.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        serde_json::from_value::<Draft>(draft).unwrap().into_caller("id".to_owned())
    }

    #[test]
    fn a_caller_has_what_it_is_given_and_no_more() {
        let caller = caller(json!({})).unwrap();
        assert_eq!(caller.name, "Call centre");
        assert_eq!((caller.per_minute, caller.per_day), (60, 2000));
        assert_eq!(caller.mailboxes, ["anna@contoso.example", "ben@contoso.example"]);
        assert!(caller.may(Right::Busy) && caller.may(Right::Write), "each for itself");
        assert!(!caller.may(Right::Read), "to write is not to read");
        assert!(caller.has("BEN@contoso.example") && !caller.has("ben@contoso.example.org"));
    }

    #[test]
    fn an_empty_list_is_nobody_and_there_is_no_all() {
        assert!(!caller(json!({"mailboxes": []})).unwrap().has("anna@contoso.example"));
        for all in [
            "*",
            "*@contoso.example",
            "@contoso.example",
            "anna",
            "a@b",
            "a b@c.d",
            "a@b.c, d@e.f",
            "a@b@c.d",
        ] {
            assert_eq!(caller(json!({"mailboxes": [all]})), Err(Refusal::Invalid("mailboxes")), "{all}");
        }
    }

    #[test]
    fn each_field_has_its_limits() {
        let many = |count: usize| (0..count).map(|n| format!("u{n}@x.de")).collect::<Vec<_>>();
        assert!(caller(json!({"mailboxes": many(1000)})).is_ok());
        let long: Vec<_> = (0..300).map(|n| format!("{n}{}@x.de", "u".repeat(230))).collect();
        for (field, value) in [
            ("name", json!(" ")),
            ("name", json!("a\nb")),
            ("name", json!("a".repeat(65))),
            ("mailboxes", json!(many(1001))),
            ("mailboxes", json!(long)),
            ("perMinute", json!(0)),
            ("perDay", json!(100_001)),
        ] {
            let field: &'static str = field;
            assert_eq!(caller(json!({ field: value })), Err(Refusal::Invalid(field)));
        }
        assert_eq!(caller(json!({"kind": "app"})), Err(Refusal::Invalid("sip")));
        assert_eq!(caller(json!({"kind": "app", "sip": "crm"})).unwrap().sip.as_deref(), Some("crm"));
    }
}
