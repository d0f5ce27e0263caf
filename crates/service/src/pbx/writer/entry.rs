//! What the writer knows of a user.

use std::time::Duration;

use tokio::time::Instant;

use crate::pbx::presence::Presence;

/// What the PBX shows for a user.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Shown {
    /// Nobody knows yet.
    #[default]
    Unknown,
    /// The PBX does not tell.
    Hidden,
    /// This; `None` is no entry of a calendar at all.
    Known(Option<Presence>),
}

impl Shown {
    /// Whether the PBX shows this. [I] A user without any entry of a calendar looks like one whose entry is cleared.
    pub fn is(&self, presence: &Presence) -> bool {
        match self {
            Self::Unknown | Self::Hidden => false,
            Self::Known(None) => presence.is_cleared(),
            Self::Known(Some(shown)) => shown == presence,
        }
    }
}

/// What is known of a user.
#[expect(clippy::struct_excessive_bools, reason = "each is true or not, whatever the others are")]
#[derive(Debug, Default)]
pub(super) struct Entry {
    /// `None`: leave alone.
    pub wanted: Option<Presence>,
    /// When it became right, if that was a matter of time.
    pub due: Option<i64>,
    pub shown: Shown,
    /// Written, but not yet acknowledged.
    pub sent: Option<Presence>,
    /// Whether the PBX has been asked and may still answer.
    pub asked: bool,
    pub queued: bool,
    pub refusal: Option<Refusal>,
    /// What we wrote and somebody else has replaced. It is not written again.
    pub replaced: Option<Presence>,
    /// Whether what is wanted is that nothing of ours is left.
    pub is_released: bool,
    pub watch: Watch,
    /// Whether the user has set a presence by hand, as far as is known.
    pub by_hand: bool,
}

/// Whether the PBX tells of each change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Watch {
    #[default]
    No,
    Open,
    /// It will not.
    Refused,
}

impl Entry {
    /// Whether what the calendar says waits until the user takes back what is set by hand. That nothing of ours is to be
    /// left is never held back.
    pub fn is_held(&self) -> bool {
        self.by_hand && !self.is_released
    }
}

/// The PBX would not take a presence.
#[derive(Debug)]
pub(super) struct Refusal {
    pub presence: Presence,
    pub text: String,
    pub pause: Duration,
    pub again: Instant,
}
