//! From appointments to presence: what the PBX shows for a user, and why.
//!
//! [`decide`] is asked with the appointments of one user and an instant, and answers with the [`Decision`]. It
//! knows no clock: asked again before [`Decision::changes_at`] it answers the same.
//!
//! The parts carry the words of the rules: appointments are *considered* or left out; of those that run one
//! *leads*; the *state* lasts until another leads or the leading one ends; *next* is what comes then.

mod considered;
mod note;
mod reason;
mod state;

use calendar_presence::Activity;

pub use considered::LeftOut;
pub use reason::{Criterion, Match, Reason, Why};

use crate::Platform;
use crate::appointment::Appointment;
use crate::instant::{HOUR, Instant, Zones, day_begins, local_time};
use crate::settings::Settings;

use considered::{Considered, consider};
use state::State;

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
    /// For each appointment why it leads, waits or is left out, in the order given.
    pub reasons: Vec<Reason<'a>>,
}

impl Decision<'_> {
    /// The activity as the PBX takes it: `""` for free.
    pub fn pbx_activity(&self) -> &'static str {
        match self.activity {
            Activity::Free => "",
            activity => activity.name(),
        }
    }
}

/// Decides what the PBX shows at `now` for a user with these appointments.
pub fn decide<'a, P: Platform + Zones>(
    settings: &Settings,
    appointments: &'a [Appointment],
    now: Instant,
    platform: &P,
) -> Decision<'a> {
    let considered = consider(settings, appointments, now, platform);
    let state = State::at(now, &considered);
    Decision {
        activity: state.leading.map_or(Activity::Free, |leading| leading.activity),
        note: note::write(settings, &state, now, platform),
        until: state.end,
        whole_day: state.whole_day(),
        leading: state.leading.map(|leading| leading.appointment),
        next: state.next.map(|next| next.appointment),
        changes_at: changes_at(settings, &state, &considered, now, platform),
        reasons: reason::reasons(&state, &considered),
    }
}

/// Rule 10. The first of: the end of the state, the instant from which a far appointment counts, and the midnight
/// after which the note shows the time of the end without its date.
fn changes_at(
    settings: &Settings,
    state: &State<'_, '_>,
    considered: &[Considered<'_>],
    now: Instant,
    zones: &dyn Zones,
) -> Option<Instant> {
    let far = considered.iter().filter(|one| one.left_out == Some(LeftOut::TooFar));
    let counts_from = far.map(|one| one.start - HORIZON).min();
    let zone = settings.presence_time_zone.as_str();
    let loses_date = state.end.filter(|_| !state.whole_day()).map(|end| {
        let last_day = local_time(end, zone, zones).date();
        day_begins(last_day, zone, zones)
    });
    [state.end, counts_from, loses_date].into_iter().flatten().filter(|&instant| instant > now).min()
}
