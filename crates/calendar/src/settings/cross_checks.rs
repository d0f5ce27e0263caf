//! What must hold between items: for the configuration as a whole, for shown items only, and not at all while
//! the synchronisation is disabled.

use super::items::{Item, Settings};
use super::problem::{Code, Problem};
use super::value::{Secret, Value};
use super::{SyncType, form};
use crate::{Platform, keyword};

pub(super) fn check(settings: &Settings, platform: &dyn Platform) -> Vec<Problem> {
    if settings.sync_type == SyncType::Disabled {
        return Vec::new();
    }
    let missing =
        Item::ALL.iter().filter(|&&item| item.required(settings) && is_missing(&settings.get(item)));
    let mut problems: Vec<_> = missing.map(|&item| Problem::of(item, Code::Required)).collect();
    if Item::User.shown(settings)
        && !matches!(settings.sync_type, SyncType::OnPremises | SyncType::Hybrid)
        && form::is_domain_user(&settings.user)
    {
        problems.push(Problem::of(Item::User, Code::User));
    }
    if share_an_entry(&settings.priority_words, &settings.priority_excluded_words, platform) {
        problems.push(Problem::of(Item::PriorityExcludedWords, Code::Duplicate));
    }
    if share_an_entry(&settings.only_groups, &settings.except_groups, platform) {
        problems.push(Problem::of(Item::ExceptGroups, Code::Duplicate));
    }
    problems
}

fn is_missing(value: &Value) -> bool {
    match value {
        Value::Text(text) => text.is_empty(),
        Value::Secret(secret) => *secret == Secret::Absent,
        Value::Bool(_) | Value::Int(_) | Value::Choice(_) => false,
    }
}

/// Whether an entry stands in both lists.
fn share_an_entry(included: &str, excluded: &str, platform: &dyn Platform) -> bool {
    let [included, excluded] = [included, excluded].map(|list| keyword::parse(list, platform));
    excluded.iter().any(|excluded| included.iter().any(|included| included.same_text(excluded)))
}
