//! What is wrong with the calendar of a user, and what to do.

use words::Words;

use crate::trouble as text;

/// The sentence about a code of the service, and the names of the facts that stand for `$0` and `$1` in it. None for codes
/// that have no sentence of their own: what the service says itself, in English, is shown for them.
pub fn trouble(code: &str) -> Option<(Words, &'static [&'static str])> {
    const NOTHING: &[&str] = &[];
    const ADDRESSES: &[&str] = &["addresses"];
    Some(match code {
        "noAddress" => (text::NO_ADDRESS, NOTHING),
        "mailboxUnknown" => (text::MAILBOX_UNKNOWN, ADDRESSES),
        "directoryForbidden" => (text::DIRECTORY_FORBIDDEN, ADDRESSES),
        "noMailbox" => (text::NO_MAILBOX, ADDRESSES),
        "hostedElsewhere" => (text::HOSTED_ELSEWHERE, ADDRESSES),
        "notInScope" => (text::NOT_IN_SCOPE, ADDRESSES),
        "severalMailboxes" => (text::SEVERAL_MAILBOXES, NOTHING),
        "presenceRefused" => (text::PRESENCE_REFUSED, &["reason"]),
        "internal" => (text::INTERNAL, NOTHING),
        "answer" => (text::ANSWER, NOTHING),
        "foreignAnswer" => (text::FOREIGN_ANSWER, &["host", "status"]),
        "server" | "refused" => (text::SERVER, &["said"]),
        "mailboxWithoutEws" => (text::MAILBOX_WITHOUT_EWS, &["status"]),
        "loginRefused" => (text::LOGIN_REFUSED, NOTHING),
        _ => return None,
    })
}
