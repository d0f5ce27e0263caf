//! What is told of a test.

use std::collections::BTreeMap;
use std::time::Duration;

use calendar::settings::SyncType;
use serde::Serialize;

use crate::source::remedy::Remedy;
use crate::source::steps::{Outcome, Step, Verdict};

/// Body of `TestConnectionStep`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct StepMessage {
    pub step: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    pub state: &'static str,
    pub ms: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, String>,
    pub detail: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advice: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<&'static str>,
}

/// Body of `TestConnectionResult`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Finished {
    pub ok: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cancelled: Option<bool>,
    pub report: String,
}

impl StepMessage {
    /// Something has begun. The hint is what somebody has to do now.
    pub fn begins(step: Step, part: Option<&str>, hint: Option<&Outcome>) -> Self {
        Self {
            step: step.name(),
            part: part.map(str::to_owned),
            state: "running",
            ms: 0,
            code: None,
            facts: hint.map(|hint| hint.facts.clone()).unwrap_or_default(),
            detail: hint.map(|hint| hint.detail.clone()).unwrap_or_default(),
            advice: None,
            page: None,
        }
    }

    /// It has ended.
    pub fn ended(
        step: Step,
        part: Option<&str>,
        took: Duration,
        outcome: &Outcome,
        sync_type: SyncType,
    ) -> Self {
        let remedy = outcome.advice.and_then(Remedy::named);
        Self {
            step: step.name(),
            part: part.map(str::to_owned),
            state: word(outcome.verdict),
            ms: u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
            code: outcome.code.clone(),
            facts: outcome.facts.clone(),
            detail: outcome.detail.clone(),
            advice: outcome.advice,
            page: remedy.and_then(|remedy| remedy.page(sync_type)),
        }
    }
}

const fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Ok => "ok",
        Verdict::Skipped => "skipped",
        Verdict::Warning => "warning",
        Verdict::Failed => "failed",
    }
}
