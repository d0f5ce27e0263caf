//! What is told of a user without a mailbox, and what can be done about it.

use crate::source::Advice;
use crate::source::backend::Missing;

/// Code and sentences.
pub(super) fn advice(missing: Missing, addresses: &[String]) -> Advice {
    let facts = addresses.to_vec();
    let addresses = addresses.join(", ");
    let (code, text) = match missing {
        Missing::NoAddress => (
            "noAddress",
            "The user has no e-mail address in the PBX. Add the address of the mailbox to the user's e-mail list."
                .to_owned(),
        ),
        Missing::Unknown => (
            "mailboxUnknown",
            format!(
                "The tenant knows no account with the address {addresses}. Add the address of the mailbox to the user's e-mail list in the PBX."
            ),
        ),
        Missing::NoDirectory => (
            "directoryForbidden",
            format!(
                "{addresses} is no sign-in name of the tenant, and the application may not look addresses up. Grant the application permission User.Read.All, or add the sign-in name to the user's e-mail list in the PBX."
            ),
        ),
        Missing::NoMailbox => (
            "noMailbox",
            format!(
                "The account of {addresses} has no mailbox. Give it an Exchange licence, or add the address of the right mailbox to the user's e-mail list in the PBX."
            ),
        ),
        Missing::Elsewhere => (
            "hostedElsewhere",
            format!(
                "The mailbox of {addresses} is not in Exchange Online: it is on an own server, or the account has no Exchange licence or is deleted."
            ),
        ),
        Missing::Forbidden => (
            "notInScope",
            format!(
                "The application may read other mailboxes, but not that of {addresses}. If that is not meant so, add the user to the application's scope in Exchange Online. Asked again by itself, at last every six hours."
            ),
        ),
    };
    let advice = Advice::new(code, text);
    if facts.is_empty() { advice } else { advice.with("addresses", facts) }
}
