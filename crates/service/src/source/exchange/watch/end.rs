//! How streams end. What follows stands in `stream`, in one place.

use std::time::Duration;

use crate::source::exchange::ews::meaning;
use crate::source::exchange::trouble::{Failure, Trouble};

/// How a stream ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// The server's time for it is over.
    Closed,
    /// Mailboxes have come or gone.
    Members,
    /// The connection broke.
    Broke,
    /// Nothing came for too long.
    Silent,
    /// Not even the first envelope came.
    Buffered,
    /// These subscriptions are no good any more; all of them, if none is named.
    Lost(Vec<String>),
    /// The mailbox that leads has too many streams.
    Exceeded,
    /// The mailbox that leads cannot be used any more.
    Leader,
    /// The server wants to be left alone.
    Busy(Option<Duration>),
    /// Something else.
    Failed,
}

impl End {
    /// The word for it in metrics and log.
    pub const fn reason(&self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Members => "members",
            Self::Broke => "broke",
            Self::Silent => "silent",
            Self::Buffered => "buffered",
            Self::Lost(_) => "lost",
            Self::Exceeded => "exceeded",
            Self::Leader => "leader",
            Self::Busy(_) => "busy",
            Self::Failed => "failed",
        }
    }

    /// What a failure of the stream means; `lost` are the subscriptions that it names.
    pub fn of(failure: Failure, lost: Vec<String>) -> Self {
        match failure.code.as_str() {
            "ErrorSubscriptionNotFound"
            | "ErrorInvalidSubscription"
            | "ErrorExpiredSubscription"
            | "ErrorSubscriptionAccessDenied"
            | "ErrorReadEventsFailed"
            | "ErrorMissedNotificationEvents" => Self::Lost(lost),
            "ErrorExceededConnectionCount" | "ErrorExceededSubscriptionCount" => Self::Exceeded,
            "ErrorNonExistentMailbox"
            | "ErrorImpersonateUserDenied"
            | "ErrorAccessDenied"
            | "ErrorMailboxMoveInProgress"
            | "ErrorProxyRequestNotAllowed" => Self::Leader,
            _ => match meaning(failure) {
                Trouble::Busy(wait) => Self::Busy(wait),
                _ => Self::Failed,
            },
        }
    }

    /// What it means that there is no stream at all.
    pub fn unopened(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Code(failure) => Self::of(failure, Vec::new()),
            Trouble::Busy(wait) => Self::Busy(wait),
            Trouble::Unreachable(_) | Trouble::Cut(_) => Self::Broke,
            Trouble::NoAccess(_) | Trouble::Status(_) => Self::Failed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_a_stream_has_its_meaning() {
        let of = |code| End::of(Failure::new(code), vec!["s1".to_owned()]);
        for code in [
            "ErrorSubscriptionNotFound",
            "ErrorInvalidSubscription",
            "ErrorReadEventsFailed",
            "ErrorMissedNotificationEvents",
        ] {
            assert_eq!(of(code), End::Lost(vec!["s1".to_owned()]), "{code}");
        }
        for code in ["ErrorExceededConnectionCount", "ErrorExceededSubscriptionCount"] {
            assert_eq!(of(code), End::Exceeded, "{code}");
        }
        assert_eq!(of("ErrorNonExistentMailbox"), End::Leader);
        assert_eq!(of("ErrorServerBusy"), End::Busy(None));
        assert_eq!(of("ErrorInternalServerError"), End::Failed);
    }
}
