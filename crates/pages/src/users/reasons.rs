//! Why somebody is shown as he is, from structure: no identifiers, no titles.

use calendar::appointment::ShowAs;
use calendar::decide::{Criterion, LeftOut};
use chrono::NaiveDate;
use kit::{Language, Words, fill};
use serde::Deserialize;
use texts::{reasons as text, users};

use super::user::State;
use crate::text::{preview, reasons};

/// A reason as the service tells it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Reason {
    /// What became of the appointment, or why there is none.
    pub why: String,
    start: f64,
    end: f64,
    start_date: Option<String>,
    end_date: Option<String>,
    show_as: Option<String>,
    by: Option<String>,
    behind: Option<When>,
    keyword: Option<Keyword>,
    /// How it goes with the mailbox, where nothing was read.
    pub state: State,
    count: usize,
    /// The same in English.
    pub text: String,
}

/// When an appointment is.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct When {
    /// Where it begins, in milliseconds since the epoch.
    pub start: f64,
    /// Where it ends.
    pub end: f64,
    start_date: Option<String>,
    end_date: Option<String>,
}

impl When {
    /// Of whole days the first one, and the one after the last.
    pub fn days(&self) -> Option<(NaiveDate, NaiveDate)> {
        let date = |text: &Option<String>| text.as_deref()?.parse().ok();
        date(&self.start_date).zip(date(&self.end_date))
    }
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
struct Keyword {
    text: String,
    first: bool,
}

impl Reason {
    /// How it is marked in a list.
    pub fn kind(&self) -> &'static str {
        match &*self.why {
            "leads" => "leads",
            "next" => "next",
            "waits" | "behind" => "waits",
            _ => "out",
        }
    }

    /// The sentence; `when` says when something is. Of what a newer service says the English text.
    pub fn sentence(&self, language: Language, when: &dyn Fn(&When) -> String) -> String {
        let say = |words: Words| words.in_language(language);
        match &*self.why {
            "notRead" => return say(not_read(self.state)).to_owned(),
            "heldBack" => return say(users::HELD_BACK).to_owned(),
            "more" => return fill(say(text::MORE), &[&self.count.to_string()]),
            _ => {}
        }
        let Some(verdict) = self.verdict(language, when) else { return self.text.clone() };
        let own = When {
            start: self.start,
            end: self.end,
            start_date: self.start_date.clone(),
            end_date: self.end_date.clone(),
        };
        let show_as = self.show_as.as_deref().unwrap_or_default();
        let show_as = ShowAs::ALL.into_iter().find(|one| one.name() == show_as).unwrap_or(ShowAs::NoData);
        let mut sentence = [&when(&own), " · ", say(preview::show_as(show_as)), " · ", &verdict].concat();
        if let Some(Keyword { text: keyword, first }) = &self.keyword {
            sentence.push_str("; ");
            sentence.push_str(&fill(say(if *first { text::FIRST } else { text::LAST }), &[keyword]));
        }
        sentence
    }

    fn verdict(&self, language: Language, when: &dyn Fn(&When) -> String) -> Option<String> {
        let say = |words: Words| words.in_language(language);
        Some(match &*self.why {
            "leads" => say(text::LEADS).to_owned(),
            "next" => say(text::NEXT).to_owned(),
            "waits" => say(text::WAITS).to_owned(),
            "behind" => {
                let by = self.by.as_deref()?;
                let by = Criterion::ALL.into_iter().find(|one| one.name() == by)?;
                fill(say(text::BEHIND_WHEN), &[&when(self.behind.as_ref()?), say(reasons::criterion(by))])
            }
            name => {
                let left_out = LeftOut::ALL.into_iter().find(|one| one.name() == name)?;
                say(reasons::why_left_out(left_out)).to_owned()
            }
        })
    }
}

/// That nothing was read of a mailbox in this state.
fn not_read(state: State) -> Words {
    match state {
        State::Waiting | State::Matched => users::not_read::WAITING,
        State::Excluded => users::not_read::EXCLUDED,
        State::HiddenByUser => users::not_read::HIDDEN_BY_USER,
        State::NoMailbox | State::NotInScope | State::HostedElsewhere | State::Failed => {
            users::not_read::FAILED
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn when(_: &When) -> String {
        "tomorrow 09:00–10:00".to_owned()
    }

    fn reason(why: &str) -> Reason {
        Reason {
            why: why.to_owned(),
            show_as: Some("busy".to_owned()),
            text: "AAMkAGI2 (busy) English".to_owned(),
            ..Reason::default()
        }
    }

    #[test]
    fn reasons_are_told_from_structure() {
        let told = |reason: Reason| reason.sentence(Language::En, &when);
        assert_eq!(told(reason("next")), "tomorrow 09:00–10:00 · Busy · is announced as next");
        let behind = Reason {
            by: Some("laterStart".to_owned()),
            behind: Some(When::default()),
            keyword: Some(Keyword { text: "on call".to_owned(), first: false }),
            ..reason("behind")
        };
        assert_eq!(
            told(behind),
            "tomorrow 09:00–10:00 · Busy · waits behind tomorrow 09:00–10:00: the other one starts later; \
             the keyword “on call” gives it lower priority"
        );
        assert_eq!(told(Reason { count: 7, ..reason("more") }), "and 7 more");
        assert_eq!(told(reason("ofTomorrow")), "AAMkAGI2 (busy) English", "what a newer service says");
    }

    #[test]
    fn no_reason_names_an_identifier_in_any_language() {
        let names = ["leads", "next", "waits", "heldBack", "notRead", "more"];
        let names = names.into_iter().chain(LeftOut::ALL.map(LeftOut::name));
        let all: Vec<Reason> = names
            .map(reason)
            .chain(Criterion::ALL.map(|by| Reason {
                by: Some(by.name().to_owned()),
                behind: Some(When::default()),
                ..reason("behind")
            }))
            .collect();
        for language in Language::ALL {
            let mut told: Vec<String> = all.iter().map(|reason| reason.sentence(language, &when)).collect();
            assert!(told.iter().all(|text| !text.is_empty() && !text.contains("AAMk")), "{told:?}");
            told.sort();
            told.dedup();
            assert_eq!(told.len(), all.len(), "{}: {told:?}", language.code());
        }
    }
}
