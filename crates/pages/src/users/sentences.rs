//! What the table says of a user.

use browser::age;
use kit::{Language, fill};
use leptos::prelude::*;
use serde_json::Value as Json;

use super::list::List;
use super::user::User;
use crate::frame::Frame;
use crate::text::users as text;

/// The presence as a colleague at this browser sees it.
pub fn seen(frame: Frame, user: &User) -> String {
    match &user.note {
        Some(note) => frame.seen(note),
        None => frame.text(text::NO_PRESENCE).to_owned(),
    }
}

/// His addresses, and the mailbox where it is none of them.
pub fn addresses(user: &User) -> String {
    let mut all: Vec<&str> = user.addresses.iter().map(String::as_str).collect();
    all.extend(user.other_mailbox());
    all.join(", ")
}

/// How long ago his calendar was read.
pub fn read_at(list: List, user: &User) -> String {
    list.now.get();
    user.last_sync.map(|last| age(list.frame.language.get().code(), last)).unwrap_or_default()
}

/// What is wrong and what to do, with the language it is in: the page's, or English for what only the service knows.
pub fn advice(frame: Frame, user: &User) -> Option<(String, &'static str)> {
    let language = frame.language.get();
    let own = |sentence: String| (sentence, language.code());
    let code = user.error.as_deref().unwrap_or_default();
    let told = || user.error_text.clone().filter(|text| !text.is_empty()).map(|text| (text, "en"));
    let of_state = || text::advice(user.state).map(|words| own(frame.text(words).to_owned()));
    trouble(language, code, &user.facts).map(own).or_else(told).or_else(of_state)
}

/// The sentence about a code, where there is one and the facts for it came.
fn trouble(language: Language, code: &str, facts: &Json) -> Option<String> {
    let (words, names) = texts::trouble(code)?;
    let values: Vec<String> =
        names.iter().map(|name| Some(value(facts.get(name)?))).collect::<Option<_>>()?;
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    Some(fill(words.in_language(language), &values))
}

fn value(fact: &Json) -> String {
    match fact {
        Json::String(text) => text.clone(),
        Json::Array(all) => all.iter().map(value).collect::<Vec<_>>().join(", "),
        other => other.as_u64().unwrap_or_default().to_string(),
    }
}

/// Who he is and what is seen of him, as lines of text.
pub fn about(frame: Frame, user: &User) -> Vec<String> {
    let mut lines = vec![
        user.name.clone(),
        addresses(user),
        frame.text(text::state(user.state)).to_owned(),
        seen(frame, user),
    ];
    lines.extend(advice(frame, user).map(|(line, _)| line));
    lines.retain(|line| !line.is_empty());
    lines
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_wrong_is_told_with_its_facts_in_every_language() {
        let facts = json!({
            "addresses": ["a@x", "b@x"], "reason": "locked", "host": "Microsoft Graph", "status": 502, "said": "ErrorOops",
        });
        let told = |language, code| trouble(language, code, &facts).unwrap();
        assert!(told(Language::En, "mailboxUnknown").starts_with("No account has the address a@x, b@x. "));
        assert!(told(Language::De, "presenceRefused").contains(": locked."));
        assert!(told(Language::Fr, "foreignAnswer").contains("Microsoft Graph (état HTTP 502)"));
        let codes = [
            "noAddress",
            "mailboxUnknown",
            "directoryForbidden",
            "noMailbox",
            "hostedElsewhere",
            "notInScope",
            "severalMailboxes",
            "presenceRefused",
            "internal",
            "answer",
            "foreignAnswer",
            "server",
            "refused",
            "mailboxWithoutEws",
            "loginRefused",
        ];
        for language in Language::ALL {
            for code in codes {
                assert!(!told(language, code).contains('$'), "{code}");
            }
        }
        assert_eq!(trouble(Language::En, "ofTomorrow", &facts), None);
        assert_eq!(trouble(Language::En, "server", &Json::Null), None, "without its facts no sentence");
    }
}
