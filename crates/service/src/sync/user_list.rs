//! `GetUsers`: the users, a page at a time.

use calendar::Folded;
use serde::{Deserialize, Serialize};
use serde_json::value::{RawValue, to_raw_value};

use super::people::{People, Person, states, word};
use crate::source::MailboxState;
use crate::zones::System;

/// Users in one answer.
const MAX_USERS: usize = 100;
/// Bytes of all users in one answer, so that the message stays below what an `AppWebsocket` carries.
const MAX_BYTES: usize = 60_000;
/// Addresses of one user in an answer.
const MAX_ADDRESSES: usize = 20;

/// Which users are asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct UserQuery {
    /// How many to leave out: the `more` of the page before.
    from: Option<usize>,
    limit: Option<usize>,
    /// Part of a name or address, in any letter case, with accents encoded in any way.
    search: Option<String>,
    state: Option<String>,
}

/// Body of `GetUsersResult`.
#[derive(Debug, Serialize)]
pub(crate) struct UserList {
    users: Vec<Box<RawValue>>,
    /// Where the next page begins, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<usize>,
}

/// One user.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'a> {
    guid: &'a str,
    name: &'a str,
    addresses: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    mailbox: Option<&'a str>,
    state: &'static str,
    /// Code of what is wrong, which does not change with the language, …
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
    /// … and in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    error_text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    activity: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_sync: Option<i64>,
}

impl UserQuery {
    /// Whether there is such a state.
    pub fn is_valid(&self) -> bool {
        self.state.as_deref().is_none_or(|word| state(word).is_some())
    }
}

impl UserList {
    /// The page that is asked for, in the order of names. `refusal` tells why the PBX does not take a presence.
    pub(super) fn new<'a>(
        people: &'a People,
        query: &UserQuery,
        refusal: impl Fn(&str) -> Option<&'a str>,
    ) -> Self {
        let search = Folded::new(query.search.as_deref().unwrap_or_default().trim(), &System);
        let state = query.state.as_deref().and_then(state);
        let mut found: Vec<&Person> = people
            .iter()
            .filter(|person| state.is_none_or(|state| person.mailbox().state == state))
            .filter(|person| search.is_empty() || is_found(person, &search))
            .collect();
        found
            .sort_by_cached_key(|person| (Folded::new(&person.user.name, &System), person.user.guid.clone()));
        let limit = query.limit.unwrap_or(MAX_USERS).clamp(1, MAX_USERS);
        let mut bytes = 0;
        let mut users = Vec::new();
        let from = query.from.unwrap_or_default();
        for person in found.iter().skip(from).take(limit) {
            // Texts and numbers always serialize.
            let Ok(entry) = to_raw_value(&entry(person, refusal(&person.user.guid))) else { continue };
            bytes += entry.get().len();
            if bytes > MAX_BYTES && !users.is_empty() {
                break;
            }
            users.push(entry);
        }
        let next = from.saturating_add(users.len());
        Self { users, more: (next < found.len()).then_some(next) }
    }
}

/// The state of this name.
fn state(name: &str) -> Option<MailboxState> {
    states().find(|(_, word)| *word == name).map(|(state, _)| state)
}

fn is_found(person: &Person, search: &Folded) -> bool {
    let user = &person.user;
    let texts = [&user.name, &user.sip].into_iter().chain(&user.addresses).chain(&person.mailbox().name);
    texts.into_iter().any(|text| Folded::new(text, &System).contains(search))
}

fn entry<'a>(person: &'a Person, refusal: Option<&str>) -> Entry<'a> {
    let (user, mailbox) = (&person.user, person.mailbox());
    let presence = person.outlook.as_ref().map(|outlook| &outlook.presence);
    let (error, error_text) = match (&mailbox.error, refusal) {
        (Some(advice), _) => (Some(advice.code), Some(advice.text.clone())),
        (None, Some(reason)) => (
            Some("presenceRefused"),
            Some(format!("The PBX does not take the presence of this user: {reason}. It is tried again.")),
        ),
        (None, None) => (None, None),
    };
    Entry {
        guid: &user.guid,
        name: &user.name,
        addresses: user.addresses.get(..MAX_ADDRESSES).unwrap_or(&user.addresses),
        mailbox: mailbox.name.as_deref(),
        state: word(mailbox.state),
        error,
        error_text,
        note: presence.map(|presence| presence.note.as_str()),
        activity: presence.map(|presence| presence.activity.as_str()),
        until: person.outlook.as_ref().and_then(|outlook| outlook.until),
        last_sync: mailbox.last_sync,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::people::{Mailbox, Outlook};
    use super::*;
    use crate::pbx::{Presence, User};
    use crate::source::Advice;

    fn people(names: &[&str]) -> People {
        let mut people = People::default();
        for (number, name) in names.iter().enumerate() {
            let addresses = vec![format!("{}@example.com", name.to_lowercase())];
            people.set(User {
                guid: number.to_string(),
                sip: name.to_lowercase(),
                name: (*name).to_owned(),
                addresses,
            });
        }
        people
    }

    fn list(people: &People, query: Value) -> Value {
        let query = serde_json::from_value(query).unwrap();
        serde_json::to_value(UserList::new(people, &query, |_| None)).unwrap()
    }

    fn names(list: &Value) -> Vec<&str> {
        list["users"].as_array().unwrap().iter().map(|user| user["name"].as_str().unwrap()).collect()
    }

    #[test]
    fn pages_follow_each_other_by_name() {
        let people = people(&["carl", "Anna", "bert", "Dora"]);
        let first = list(&people, json!({"limit": 3}));
        assert_eq!((names(&first), &first["more"]), (vec!["Anna", "bert", "carl"], &json!(3)));
        let second = list(&people, json!({"limit": 3, "from": 3}));
        assert_eq!((names(&second), &second["more"]), (vec!["Dora"], &Value::Null));
        assert_eq!(names(&list(&people, json!({"from": 9}))), [""; 0]);
        assert_eq!(names(&list(&people, json!({"limit": 0}))), ["Anna"]);
    }

    #[test]
    fn search_and_state_narrow_the_list() {
        let mut people = people(&["carl", "Anna", "bert"]);
        let mailbox =
            Mailbox { state: MailboxState::Matched, name: Some("B@x.org".to_owned()), ..Mailbox::default() };
        people.set_mailbox(0, "2", mailbox);
        assert_eq!(names(&list(&people, json!({"search": "NN"}))), ["Anna"]);
        assert_eq!(names(&list(&people, json!({"search": "b@X"}))), ["bert"]);
        assert_eq!(names(&list(&people, json!({"state": "waiting"}))), ["Anna", "carl"]);
        assert!(!UserQuery { state: Some("x".to_owned()), ..UserQuery::default() }.is_valid());
    }

    #[test]
    fn search_finds_names_however_their_accents_are_encoded() {
        let people = people(&["Müller", "Mu\u{308}nch", "Straße", "Muller"]);
        for (search, found) in [
            ("mu\u{308}l", "Müller"),
            ("MÜN", "Mu\u{308}nch"),
            ("strasse", "Straße"),
            ("str\u{ad}a", "Straße"),
            (" muller ", "Muller"),
        ] {
            assert_eq!(names(&list(&people, json!({"search": search}))), [found], "{search:?}");
        }
    }

    #[test]
    fn everything_known_is_told() {
        let mut people = people(&["Anna", "bert"]);
        let error = Some(Advice::new("timeZone", "Words."));
        let name = Some("anna@x".to_owned());
        people.set_mailbox(0, "0", Mailbox { state: MailboxState::Matched, name, error, last_sync: Some(7) });
        people.get_mut("0").unwrap().outlook =
            Some(Outlook { presence: Presence::new("busy", "Busy #busy"), until: Some(9) });
        let query = UserQuery::default();
        let list = serde_json::to_value(UserList::new(&people, &query, |_| Some("locked"))).unwrap();
        let anna = json!({
            "guid": "0", "name": "Anna", "addresses": ["anna@example.com"], "mailbox": "anna@x", "state": "matched",
            "error": "timeZone", "errorText": "Words.", "note": "Busy #busy", "activity": "busy", "until": 9, "lastSync": 7,
        });
        assert_eq!(list["users"][0], anna);
        assert_eq!(list["users"][1]["error"], "presenceRefused");
    }

    #[test]
    fn an_answer_fits_into_a_message() {
        let mut people = people(&["x"; 100]);
        for guid in people.guids() {
            let presence = Presence::new("", &"ä".repeat(1000));
            people.get_mut(&guid).unwrap().outlook = Some(Outlook { presence, until: None });
        }
        let list = list(&people, json!({}));
        let more = list["more"].as_u64().unwrap();
        assert!(more > 20 && more < 40 && list.to_string().len() < 65_000);
    }
}
