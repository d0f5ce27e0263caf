//! `ResolveNames`: the address book.

use super::success;
use crate::ews::{Context, Problem, Refusal};
use crate::mailbox::{Directory, Mailbox};
use crate::sim::Sim;
use crate::xml::{Element, m, t};

/// No answer has more.
const MOST: usize = 100;

pub(super) fn run(sim: &Sim, context: &Context, operation: &Element) -> Result<Element, Refusal> {
    let entry = operation.m("UnresolvedEntry").map_or("", Element::text);
    let scope = operation.attribute("SearchScope").unwrap_or("ActiveDirectoryContacts");
    // Contacts are in the sender's mailbox, and who has none has no address book either.
    if context.target.is_none() {
        let text = "No mailbox for this operation.";
        return Err(Refusal::message("ErrorNameResolutionNoMailbox", text));
    }
    let full = matches!(operation.attribute("ReturnFullContactData"), Some("true" | "1"));
    let state = sim.state.read();
    let found = if scope == "Contacts" { Vec::new() } else { find(&state.directory, entry) };
    let set = || {
        m("ResolutionSet")
            .set("TotalItemsInView", found.len().min(MOST).to_string())
            .set("IncludesLastItemInRange", (found.len() <= MOST).to_string())
            .with_all(found.iter().take(MOST).map(|mailbox| resolution(mailbox, full)))
    };
    match found.as_slice() {
        [] => Err(Refusal::message("ErrorNameResolutionNoResults", "No results were found.")),
        [_] => Ok(success("ResolveNames").with(set())),
        _ => {
            let text = "Multiple results were found.";
            let mut message =
                Problem::new("ErrorNameResolutionMultipleResults", text).message("ResolveNames");
            message.attributes = vec![("ResponseClass".into(), "Warning".into())];
            Ok(message.with(set()))
        }
    }
}

/// An address with `smtp:` finds whose it is; everything else finds names and addresses that begin so.
fn find<'a>(directory: &'a Directory, entry: &str) -> Vec<&'a Mailbox> {
    let lower = entry.to_lowercase();
    if let Some(address) = lower.strip_prefix("smtp:") {
        return directory.any(address).map(|entry| &entry.mailbox).into_iter().collect();
    }
    let begins = |mailbox: &&Mailbox| {
        let dn = mailbox.legacy_dn().to_lowercase() == lower;
        let name = mailbox.name.to_lowercase();
        let words = name.split_whitespace().any(|word| word.starts_with(&lower));
        dn || name.starts_with(&lower)
            || words
            || mailbox.all_addresses().any(|a| a.to_lowercase().starts_with(&lower))
    };
    directory.iter().map(|entry| &entry.mailbox).filter(begins).collect()
}

fn resolution(mailbox: &Mailbox, full: bool) -> Element {
    let address = mailbox.hosted_at.as_ref().unwrap_or(&mailbox.address);
    let found = t("Mailbox")
        .with(t("Name").says(&mailbox.name))
        .with(t("EmailAddress").says(address))
        .with(t("RoutingType").says("SMTP"))
        .with(t("MailboxType").says(&mailbox.mailbox_type));
    let resolution = t("Resolution").with(found);
    if !full {
        return resolution;
    }
    // Whatever a mailbox is called, the address book lists three of its addresses.
    let entries = mailbox.all_addresses().take(3).enumerate().map(|(index, known)| {
        let prefix = if index == 0 { "SMTP" } else { "smtp" };
        t("Entry").set("Key", format!("EmailAddress{}", index + 1)).says(format!("{prefix}:{known}"))
    });
    let contact = t("Contact")
        .with(t("DisplayName").says(&mailbox.name))
        .with(t("EmailAddresses").with_all(entries))
        .with(t("ContactSource").says("ActiveDirectory"));
    resolution.with(contact)
}
