//! What no client may do, whatever comes of it. A test looks here at its end.

use serde::{Deserialize, Serialize};

/// A rule that was broken, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Violation {
    /// The rule.
    pub rule: Rule,
    /// Host and path of the request.
    pub at: String,
}

/// What no client may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Rule {
    /// `Authorization` or a cookie without TLS.
    CredentialsInTheClear,
    /// `Basic` or `Digest` was answered.
    Basic,
    /// A token went to a host that is not Exchange Online.
    TokenToStranger,
    /// A message of NTLM went to somebody else's server.
    LoginToStranger,
    /// A body, attachments or attendees were asked for.
    BodyAskedFor,
    /// A request with a body, and so with an address in it, went over http to an Autodiscover candidate.
    BodyInTheClear,
}
