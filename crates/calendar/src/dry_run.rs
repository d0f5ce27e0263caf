//! What other settings would change: for real users, before they are saved.

use crate::Platform;
use crate::appointment::Appointment;
use crate::decide::{Decision, HORIZON, Rules};
use crate::instant::{Instant, Zones};
use crate::settings::Settings;

/// What a colleague would see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The activity as the PBX takes it.
    pub activity: &'static str,
    /// The line of text.
    pub note: String,
}

/// The first difference for one user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// From when on.
    pub at: Instant,
    /// With the settings that hold now.
    pub before: Shown,
    /// With the other settings.
    pub after: Shown,
}

/// Which users' presence would differ, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DryRun<User> {
    /// Those with a difference, in the order given.
    pub changed: Vec<(User, Change)>,
    /// How many have none.
    pub unchanged: usize,
}

/// Compares two settings for users with their appointments over the next 48 hours.
pub fn dry_run<'a, User, P: Platform + Zones>(
    before: &Settings,
    after: &Settings,
    users: impl IntoIterator<Item = (User, &'a [Appointment])>,
    now: Instant,
    platform: &P,
) -> DryRun<User> {
    let [before, after] = [before, after].map(|settings| Rules::new(settings, platform));
    let mut result = DryRun { changed: Vec::new(), unchanged: 0 };
    for (user, appointments) in users {
        match first_change(&before, &after, appointments, now) {
            Some(change) => result.changed.push((user, change)),
            None => result.unchanged += 1,
        }
    }
    result
}

/// What becomes of a user when the synchronization ends: nothing is shown any more.
pub fn ending<P: Platform + Zones>(before: &Rules<P>, appointments: &[Appointment], now: Instant) -> Change {
    let before = shown(before.decide(appointments, now));
    Change { at: now, before, after: Shown { activity: "", note: String::new() } }
}

/// The first difference within 48 hours between the rules of two settings for a user with these appointments.
pub fn first_change<P: Platform + Zones>(
    before: &Rules<P>,
    after: &Rules<P>,
    appointments: &[Appointment],
    now: Instant,
) -> Option<Change> {
    let end = now.saturating_add(HORIZON);
    let mut at = now;
    loop {
        let [old, new] = [before, after].map(|rules| rules.decide(appointments, at));
        let changes_at = [old.changes_at, new.changes_at].into_iter().flatten().min();
        let (before, after) = (shown(old), shown(new));
        if before != after {
            return Some(Change { at, before, after });
        }
        at = changes_at.filter(|&instant| instant <= end)?;
    }
}

fn shown(decision: Decision<'_>) -> Shown {
    Shown { activity: decision.pbx_activity(), note: decision.note }
}
