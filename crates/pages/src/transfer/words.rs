//! Differences and problems, as the form says them.

use browser::language_name;
use calendar::settings::transfer::Difference;
use calendar::settings::{Code, Item, Kind, Problem, Value};
use kit::{Language, Words, fill};

use crate::text::items::{choices, label, problem};
use crate::text::transfer as text;

/// So much is told of a long text.
const MOST: usize = 80;

/// What is told of an item.
#[derive(Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is called.
    pub label: String,
    /// What it is now; empty where it is to be corrected.
    pub now: String,
    /// What it would become, or what is wrong with it.
    pub then: String,
}

impl Line {
    /// All of it, to tell it from others.
    pub fn key(&self) -> String {
        [&*self.label, &self.now, &self.then].join("\n")
    }
}

/// A difference.
pub fn difference(language: Language, difference: &Difference) -> Line {
    let Difference { item, now, then } = difference;
    Line {
        label: label(*item).in_language(language).to_owned(),
        now: value(language, *item, now),
        then: value(language, *item, then),
    }
}

fn value(language: Language, item: Item, value: &Value) -> String {
    let words = match value {
        Value::Bool(true) => text::ON,
        Value::Bool(false) => text::OFF,
        Value::Int(number) => return number.to_string(),
        Value::Choice(index) => return choice(language, item, *index),
        Value::Text(text) if !text.is_empty() => return short(text),
        // Secrets are no part of a configuration.
        Value::Text(_) | Value::Secret(_) => text::EMPTY,
    };
    words.in_language(language).to_owned()
}

fn choice(language: Language, item: Item, index: usize) -> String {
    match item.kind() {
        Kind::Choice(words) if item == Item::PresenceLanguage => {
            words.get(index).map(|word| language_name(language.code(), word)).unwrap_or_default()
        }
        _ => choices(item).get(index).map(|words| words.in_language(language).to_owned()).unwrap_or_default(),
    }
}

fn short(text: &str) -> String {
    match text.char_indices().nth(MOST) {
        Some((end, _)) => text.get(..end).unwrap_or_default().to_owned() + "…",
        None => text.to_owned(),
    }
}

/// What is wrong with an item, under the name by which it is found in the file.
pub fn wrong(language: Language, wrong: &Problem) -> Line {
    let item = Item::from_name(&wrong.item);
    let label = match item {
        Some(item) => [label(item).in_language(language), " (", &wrong.item, ")"].concat(),
        None => wrong.item.clone(),
    };
    let kind = item.map_or(Kind::Text, Item::kind);
    let say = |words: Words, values: &[&str]| fill(words.in_language(language), values);
    let then = match (wrong.code, kind) {
        (Code::Insecure, _) => say(text::SECRET, &[]),
        (Code::UnknownItem, _) => say(text::UNKNOWN, &[]),
        (Code::ReadOnly, _) => say(text::READ_ONLY, &[]),
        (Code::Type | Code::Choice, Kind::Choice(words)) => say(text::ONE_OF, &[&words.join(", ")]),
        (Code::Type, Kind::Bool) => say(text::ONE_OF, &["true, false"]),
        (Code::Type | Code::Range, Kind::Int { min, max }) => {
            say(problem(Code::Range), &[&min.to_string(), &max.to_string()])
        }
        (Code::Type, _) => say(text::TEXT, &[]),
        (code, _) => say(problem(code), &[]),
    };
    Line { label, now: String::new(), then }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(item: Item, now: Value, then: Value) -> [String; 3] {
        let Line { label, now, then } = difference(Language::En, &Difference { item, now, then });
        [label, now, then]
    }

    #[test]
    fn values_are_told_in_the_words_of_their_fields() {
        let text = |text: &str| Value::Text(text.to_owned());
        assert_eq!(
            told(Item::MapBusy, Value::Choice(1), Value::Choice(3)),
            ["Busy", "Busy", "Do not disturb"]
        );
        assert_eq!(told(Item::ShowSubject, Value::Bool(false), Value::Bool(true)), ["Subject", "off", "on"]);
        assert_eq!(told(Item::PbxName, text(""), text("hq")), ["Master PBX Name", "(empty)", "hq"]);
        assert_eq!(
            told(Item::MaxSubscriptions, Value::Int(200), Value::Int(50)),
            ["Max subscriptions per connection", "200", "50"]
        );
        assert_eq!(told(Item::CaCertificate, text(""), text(&"ä".repeat(81)))[2], "ä".repeat(80) + "…");
        assert_eq!(told(Item::CaCertificate, text(""), text(&"ä".repeat(80)))[2], "ä".repeat(80));
    }

    #[test]
    fn every_choice_has_its_word_in_every_language() {
        let with_words = |item: &Item| *item != Item::PresenceLanguage;
        for &item in Item::ALL.iter().filter(|item| with_words(item)) {
            let Kind::Choice(words) = item.kind() else { continue };
            for language in Language::ALL {
                let told: Vec<_> = (0..words.len()).map(|index| choice(language, item, index)).collect();
                assert!(told.iter().all(|word| !word.is_empty()), "{}: {told:?}", item.name());
            }
        }
    }

    fn told_wrong(item: &str, code: Code) -> [String; 2] {
        let Line { label, now, then } = wrong(Language::En, &Problem { item: item.to_owned(), code });
        assert_eq!(now, "");
        [label, then]
    }

    #[test]
    fn what_is_wrong_is_told_with_what_to_do_in_the_file() {
        for (item, code, label, sentence) in [
            (
                "clientSecret",
                Code::Insecure,
                "Client Secret (clientSecret)",
                "Passwords and secrets do not belong in a file. Remove it from the file and enter it in the form.",
            ),
            (
                "color",
                Code::UnknownItem,
                "color",
                "There is no such setting. Correct its name, or remove it.",
            ),
            (
                "redirectUri",
                Code::ReadOnly,
                "Redirect URI (redirectUri)",
                "The service fills this in. Remove it.",
            ),
            (
                "exchangeServer",
                Code::Choice,
                "Exchange server to be used (exchangeServer)",
                "This value is not valid. Possible values: external, internal.",
            ),
            (
                "exchangeServer",
                Code::Type,
                "Exchange server to be used (exchangeServer)",
                "This value is not valid. Possible values: external, internal.",
            ),
            (
                "showSubject",
                Code::Type,
                "Subject (showSubject)",
                "This value is not valid. Possible values: true, false.",
            ),
            (
                "maxSubscriptions",
                Code::Type,
                "Max subscriptions per connection (maxSubscriptions)",
                "Enter a whole number from 1 to 200.",
            ),
            (
                "maxSubscriptions",
                Code::Range,
                "Max subscriptions per connection (maxSubscriptions)",
                "Enter a whole number from 1 to 200.",
            ),
            (
                "pbxName",
                Code::Type,
                "Master PBX Name (pbxName)",
                "This value is not valid. Write a text in quotation marks.",
            ),
            (
                "ewsUrl",
                Code::Https,
                "Exchange Web Services URL (skips Autodiscover) (ewsUrl)",
                "Enter an address that begins with https://.",
            ),
        ] {
            assert_eq!(told_wrong(item, code), [label, sentence]);
        }
    }
}
