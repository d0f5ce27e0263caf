//! Folders by their names and ids, and `GetFolder`.

use super::success;
use crate::ews::{Context, Refusal, Target};
use crate::id::{folder_id, folder_of};
use crate::sim::Sim;
use crate::xml::{Element, m, t};

/// A folder of a mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Folder {
    /// Its distinguished name.
    pub(super) name: String,
    /// The primary address.
    pub(super) mailbox: String,
}

/// What `DistinguishedFolderId` or `FolderId` means.
pub(super) fn folder_named(sim: &Sim, context: &Context, element: &Element) -> Result<Folder, Refusal> {
    let id = element.attribute("Id").unwrap_or_default();
    if element.name == "FolderId" {
        let target = context.need_target()?;
        let text = "The specified folder could not be found in the store.";
        let found = folder_of(id).filter(|(_, mailbox)| target.mailbox.address.eq_ignore_ascii_case(mailbox));
        let (name, mailbox) = found.ok_or_else(|| Refusal::message("ErrorItemNotFound", text))?;
        return Ok(Folder { name, mailbox });
    }
    let named = element.t("Mailbox").and_then(|mailbox| mailbox.t("EmailAddress")).map(Element::text);
    let target = match (named, &context.target) {
        (None, _) => context.need_target()?,
        (Some(name), Some(target)) if is_of(sim, target, name) => target,
        (Some(_), _) => {
            let text = "Access is denied. Check credentials and try again.";
            return Err(Refusal::message("ErrorAccessDenied", text));
        }
    };
    Ok(Folder { name: id.to_owned(), mailbox: target.mailbox.address.clone() })
}

fn is_of(sim: &Sim, target: &Target, address: &str) -> bool {
    let state = sim.state.read();
    let entry = state.directory.any(address);
    entry.is_some_and(|entry| entry.mailbox.address == target.mailbox.address)
}

/// `GetFolder`, one response message for each id.
pub(super) fn run(sim: &Sim, context: &Context, operation: &Element) -> Result<Vec<Element>, Refusal> {
    let ids = operation.m("FolderIds").map_or(&[][..], |ids| &ids.children);
    ids.iter()
        .map(|id| match folder_named(sim, context, id) {
            Ok(folder) => Ok(success("GetFolder").with(m("Folders").with(write(&folder)))),
            Err(Refusal::Message(problem)) => Ok(problem.message("GetFolder")),
            Err(refusal) => Err(refusal),
        })
        .collect()
}

fn write(folder: &Folder) -> Element {
    let (element, class, name) = match folder.name.as_str() {
        "calendar" => ("CalendarFolder", "IPF.Appointment", "Calendar"),
        "contacts" => ("ContactsFolder", "IPF.Contact", "Contacts"),
        "tasks" => ("TasksFolder", "IPF.Task", "Tasks"),
        "root" => ("Folder", "", "Root"),
        "msgfolderroot" => ("Folder", "IPF.Note", "Top of Information Store"),
        other => ("Folder", "IPF.Note", other),
    };
    let id = folder_id(&folder.mailbox, &folder.name);
    let parent = if folder.name == "msgfolderroot" { "root" } else { "msgfolderroot" };
    let mut written = t(element)
        .with(t("FolderId").set("Id", id).set("ChangeKey", "AQAAABY="))
        .with(t("ParentFolderId").set("Id", folder_id(&folder.mailbox, parent)).set("ChangeKey", "AQAAAA=="));
    if !class.is_empty() {
        written = written.with(t("FolderClass").says(class));
    }
    written
        .with(t("DisplayName").says(name))
        .with(t("TotalCount").says("0"))
        .with(t("ChildFolderCount").says("0"))
}
