//! The first step: whether the settings could be saved, and lead anywhere.

use calendar::settings::{Problem, Settings, SyncType};

use crate::source::Advice;
use crate::source::steps::{Outcome, Verdict};

/// As on save.
pub(super) fn check(settings: &Settings, incomplete: &[Problem], usable: Result<(), &Advice>) -> Outcome {
    if !incomplete.is_empty() {
        let items: Vec<String> =
            incomplete.iter().map(|problem| format!("{}: {}", problem.item, problem.code.as_str())).collect();
        let items = items.join(", ");
        return Outcome::row(Verdict::Failed, "invalid")
            .saying(format!("The settings are not complete: {items}."))
            .fact("items", items);
    }
    if let Err(advice) = usable {
        return Outcome::failed(advice);
    }
    match settings.sync_type {
        SyncType::Cloud => Outcome::row(Verdict::Warning, "gone"),
        SyncType::CloudAppOnly => Outcome::row(Verdict::Warning, "ending"),
        _ => Outcome::ok("The settings are complete."),
    }
}

/// The address of the account, where it has one.
pub(crate) fn account(settings: &Settings) -> Option<String> {
    let own = match settings.sync_type {
        SyncType::Disabled | SyncType::Graph => return None,
        _ => [&settings.user, &settings.discovery_mailbox],
    };
    own.into_iter().find(|address| address.contains('@')).cloned()
}
