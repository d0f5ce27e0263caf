//! Events of streams.

use chrono::SecondsFormat;
use graph_sim::calendar::ItemKey;

use crate::id::{ItemId, folder_id};
use crate::ops::item_id;
use crate::sim::Sim;
use crate::xml::{Element, t};

/// What happened to an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Happened {
    Created,
    Modified,
    Deleted,
    /// To the folder of deleted items, as Outlook does it.
    Moved,
}

/// Tells the subscriptions of a mailbox. A change of one occurrence is one of its master.
pub(crate) fn emit(sim: &Sim, mailbox: &str, key: ItemKey, change: u64, what: Happened) {
    let mailbox = mailbox.to_lowercase();
    let id = |key| ItemId { mailbox: mailbox.clone(), key, date: None };
    let calendar = || folder_id(&mailbox, "calendar");
    let kind = match what {
        Happened::Created => "CreatedEvent",
        Happened::Modified => "ModifiedEvent",
        Happened::Deleted => "DeletedEvent",
        Happened::Moved => "MovedEvent",
    };
    let parent = if what == Happened::Moved { folder_id(&mailbox, "deleteditems") } else { calendar() };
    let mut event: Element = t(kind)
        .with(t("TimeStamp").says(sim.now().to_rfc3339_opts(SecondsFormat::Secs, true)))
        .with(item_id(&id(key), change))
        .with(t("ParentFolderId").set("Id", parent).set("ChangeKey", "AQAAAA=="));
    if what == Happened::Moved {
        let mut old = item_id(&id(key), change);
        old.name = "OldItemId".into();
        event =
            event.with(old).with(t("OldParentFolderId").set("Id", calendar()).set("ChangeKey", "AQAAAA=="));
    }
    sim.subscriptions.lock().emit(&mailbox, kind, &event);
}
