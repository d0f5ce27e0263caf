//! What came of a step.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::source::remedy::Remedy;
use crate::source::{Advice, Error, Refused};

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// As it should.
    Ok,
    /// It was not done.
    Skipped,
    /// It works, but not as it should.
    Warning,
    /// It does not work.
    Failed,
}

/// What came of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// How it ended.
    pub verdict: Verdict,
    /// What the other side said, as one word; where nobody said anything, the word for it.
    pub code: Option<String>,
    /// The word for what to do.
    pub advice: Option<&'static str>,
    /// What the sentence is filled with, by name.
    pub facts: BTreeMap<String, String>,
    /// The sentence.
    pub detail: String,
}

impl Outcome {
    /// It went well.
    pub fn ok(detail: impl Into<String>) -> Self {
        Self { verdict: Verdict::Ok, code: None, advice: None, facts: BTreeMap::new(), detail: detail.into() }
    }

    /// It was not done, for which there is a word.
    pub fn skipped(why: &str, detail: impl Into<String>) -> Self {
        Self { verdict: Verdict::Skipped, ..Self::ok(detail) }.fact("why", why)
    }

    /// It does not work.
    pub fn failed(told: &Advice) -> Self {
        let code = told.said.clone().unwrap_or_else(|| told.code.to_owned());
        let advice = Remedy::named(told.code).map(|remedy| remedy.advice);
        let facts = told.facts.iter().map(|(name, value)| (name.clone(), shown(value))).collect();
        Self { verdict: Verdict::Failed, code: Some(code), advice, facts, detail: told.text.clone() }
    }

    /// It works, but not as it should.
    pub fn warning(told: &Advice) -> Self {
        Self { verdict: Verdict::Warning, ..Self::failed(told) }
    }

    /// A row of the table that nobody else has named.
    pub fn row(verdict: Verdict, word: &'static str) -> Self {
        let text = Remedy::named(word).map(|remedy| remedy.sentence("")).unwrap_or_default();
        Self { verdict, ..Self::failed(&Advice::new(word, text)) }
    }

    /// It took too long.
    pub fn slow(what: &str, seconds: u64) -> Self {
        Self::failed(&Advice::new("slow", format!("{what} takes longer than {seconds} seconds.")))
    }

    /// What came of a request.
    pub fn refused(refused: &Refused) -> Self {
        if let Some(told) = refused.told() {
            return Self::failed(told);
        }
        match &refused.error {
            Error::Throttled(_) => Self::row(Verdict::Failed, "throttled"),
            _ => Self::failed(&Advice::new("answer", "The answer is not what was asked for.")),
        }
    }

    /// With something that the sentence is filled with.
    #[must_use]
    pub fn fact(mut self, name: &str, value: impl Into<String>) -> Self {
        self.facts.insert(name.to_owned(), value.into());
        self
    }

    /// With another sentence.
    #[must_use]
    pub fn saying(self, detail: impl Into<String>) -> Self {
        Self { detail: detail.into(), ..self }
    }

    /// Whether what needs it can be done.
    pub fn carries(&self) -> bool {
        matches!(self.verdict, Verdict::Ok | Verdict::Warning)
    }
}

/// A fact as a text: of a list its entries.
fn shown(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Array(entries) => entries.iter().map(shown).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
