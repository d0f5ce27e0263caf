//! Values of elements and attributes.

use crate::time::instant;

pub(super) fn any(_: &str) -> bool {
    true
}

pub(super) fn filled(text: &str) -> bool {
    !text.is_empty()
}

pub(super) fn boolean(text: &str) -> bool {
    matches!(text, "true" | "false" | "1" | "0")
}

pub(super) fn number(text: &str) -> bool {
    text.parse::<i32>().is_ok()
}

/// From one.
pub(super) fn positive(text: &str) -> bool {
    text.parse::<i32>().is_ok_and(|number| number > 0)
}

pub(super) fn date_time(text: &str) -> bool {
    instant(text, None).is_some()
}

pub(super) fn traversal(text: &str) -> bool {
    matches!(text, "Shallow" | "SoftDeleted" | "Associated")
}

pub(super) fn base_shape(text: &str) -> bool {
    matches!(text, "IdOnly" | "Default" | "AllProperties" | "PcxPeopleSearch")
}

pub(super) fn body_type(text: &str) -> bool {
    matches!(text, "Best" | "HTML" | "Text")
}

pub(super) fn base_point(text: &str) -> bool {
    matches!(text, "Beginning" | "End")
}

pub(super) fn search_scope(text: &str) -> bool {
    matches!(text, "ActiveDirectory" | "ActiveDirectoryContacts" | "Contacts" | "ContactsActiveDirectory")
}

pub(super) fn event_type(text: &str) -> bool {
    const TYPES: [&str; 7] = [
        "CopiedEvent",
        "CreatedEvent",
        "DeletedEvent",
        "ModifiedEvent",
        "MovedEvent",
        "NewMailEvent",
        "FreeBusyChangedEvent",
    ];
    TYPES.contains(&text)
}

/// Minutes of `GetStreamingEvents`.
pub(super) fn timeout(text: &str) -> bool {
    text.parse::<i32>().is_ok_and(|minutes| (1..=30).contains(&minutes))
}

pub(super) fn most_changes(text: &str) -> bool {
    text.parse::<i32>().is_ok_and(|count| (1..=512).contains(&count))
}

pub(super) fn sync_scope(text: &str) -> bool {
    matches!(text, "NormalItems" | "NormalAndAssociatedItems")
}

/// Folders with names of their own.
pub(super) fn distinguished_folder(text: &str) -> bool {
    const FOLDERS: [&str; 18] = [
        "calendar",
        "contacts",
        "deleteditems",
        "drafts",
        "inbox",
        "journal",
        "notes",
        "outbox",
        "sentitems",
        "tasks",
        "msgfolderroot",
        "publicfoldersroot",
        "root",
        "junkemail",
        "searchfolders",
        "voicemail",
        "recoverableitemsroot",
        "archivemsgfolderroot",
    ];
    FOLDERS.contains(&text)
}
