//! What is told of a user without a mailbox, and what can be done about it.

use crate::source::Advice;
use crate::source::backend::Missing;

/// Code and sentences.
pub fn advice(missing: Missing, addresses: &[String]) -> Advice {
    let facts = addresses.to_vec();
    let addresses = addresses.join(", ");
    let (code, text) = match missing {
        Missing::NoAddress => (
            "noAddress",
            "The user has no e-mail address in the PBX. Add the address of the mailbox to the user's e-mail list."
                .to_owned(),
        ),
        Missing::Unknown | Missing::NoDirectory => (
            "mailboxUnknown",
            format!(
                "Exchange knows no mailbox with the address {addresses}. Add the address of the mailbox to the user's e-mail list in the PBX."
            ),
        ),
        Missing::NoMailbox => (
            "noMailbox",
            format!(
                "There is no mailbox with the address {addresses} at this Exchange. Add the address of the right mailbox to the user's e-mail list in the PBX."
            ),
        ),
        Missing::Elsewhere => (
            "hostedElsewhere",
            format!(
                "The mailbox of {addresses} is in Exchange Online, not at this server. Move to Microsoft Graph to read it."
            ),
        ),
        Missing::Forbidden => (
            "notInScope",
            format!(
                "Other mailboxes may be read, but not that of {addresses}. If that is not meant so, let the scope of the impersonation right cover it. Asked again by itself, at last every six hours."
            ),
        ),
    };
    let advice = Advice::new(code, text);
    if facts.is_empty() { advice } else { advice.with("addresses", facts) }
}
