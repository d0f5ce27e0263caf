//! From appointments to presence: what the PBX shows for a user, and why.
//!
//! [`Rules`] are made of the settings, asked with the appointments of one user and an instant, and answer with the
//! [`Decision`]. They know no clock: asked again before [`Decision::changes_at`] they answer the same. Reasons are made
//! only when somebody wants to read them.
//!
//! The parts carry the words of the rules: appointments are *considered* or left out; of those that run one
//! *leads*; the *state* lasts until another leads or the leading one ends; *next* is what comes then.

mod ahead;
mod considered;
mod note;
mod reason;
mod rules;
mod state;

use calendar_presence::Activity;

pub use ahead::{Ahead, Stretch};
pub use considered::LeftOut;
pub use reason::{Criterion, Match, Reason, Why};
pub use rules::{MOST_CONSIDERED, Rules};

use crate::Platform;
use crate::appointment::Appointment;
use crate::instant::{HOUR, Instant, Zones};
use crate::settings::Settings;

/// How far ahead appointments are considered.
pub const HORIZON: Instant = 48 * HOUR;

/// What the PBX shows for a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision<'a> {
    /// The presence, `Dnd` included.
    pub activity: Activity,
    /// The line of text for the contact `calendar:`.
    pub note: String,
    /// When the state ends; `None` when nothing is known to end it.
    pub until: Option<Instant>,
    /// Whether the state ends with a whole day.
    pub whole_day: bool,
    /// The appointment that gives activity and title.
    pub leading: Option<&'a Appointment>,
    /// The appointment that the note announces.
    pub next: Option<&'a Appointment>,
    /// When to ask again; `None` when only other appointments can change the answer.
    pub changes_at: Option<Instant>,
}

impl Decision<'_> {
    /// The activity as the PBX takes it: `""` for free.
    pub fn pbx_activity(&self) -> &'static str {
        pbx_name(self.activity)
    }
}

/// The activity as the PBX takes it.
fn pbx_name(activity: Activity) -> &'static str {
    match activity {
        Activity::Free => "",
        activity => activity.name(),
    }
}

/// A decision and why it is so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained<'a> {
    /// What the PBX shows.
    pub decision: Decision<'a>,
    /// For each appointment why it leads, waits or is left out, in the order given.
    pub reasons: Vec<Reason<'a>>,
}

/// Decides what the PBX shows at `now` for one user. Whoever asks more than once keeps the [`Rules`].
pub fn decide<'a, P: Platform + Zones>(
    settings: &Settings,
    appointments: &'a [Appointment],
    now: Instant,
    platform: &P,
) -> Decision<'a> {
    Rules::new(settings, platform).decide(appointments, now)
}

/// The same, with reasons.
pub fn explain<'a, P: Platform + Zones>(
    settings: &Settings,
    appointments: &'a [Appointment],
    now: Instant,
    platform: &P,
) -> Explained<'a> {
    Rules::new(settings, platform).explain(appointments, now)
}
