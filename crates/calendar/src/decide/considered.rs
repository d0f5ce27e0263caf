//! Rules 1 to 3: which appointments count, and with which activity and rank.

use std::cmp::Reverse;

use calendar_presence::Activity;

use super::HORIZON;
use super::rules::Rules;
use crate::Platform;
use crate::appointment::{Appointment, ShowAs};
use crate::fold::Folded;
use crate::instant::{Instant, Zones};
use crate::keyword::Rank;
use crate::settings::Mapping;

/// An appointment with what the settings make of it.
#[derive(Debug)]
pub(super) struct Considered<'a> {
    pub appointment: &'a Appointment,
    pub start: Instant,
    pub end: Instant,
    pub activity: Activity,
    pub rank: Rank,
    /// The keyword that gave the rank, where somebody wants to know it.
    pub keyword: Option<String>,
    /// Whether it is tentative and of an exceptional organizer.
    pub exception: bool,
    /// Why it does not count, if so.
    pub left_out: Option<LeftOut>,
}

/// Why an appointment does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// It was called off.
    Cancelled,
    /// The user has said no.
    Declined,
    /// It bears a category that the settings leave out.
    Category,
    /// Its owner shows it as free.
    ShownAsFree,
    /// The mapping ignores it.
    Ignored,
    /// It ends when it starts, or before.
    NoDuration,
    /// It is over.
    Ended,
    /// It starts later than [`HORIZON`] from now.
    TooFar,
    /// So many others are nearer that it is not considered.
    TooMany,
}

impl Considered<'_> {
    pub fn counts(&self) -> bool {
        self.left_out.is_none()
    }

    pub fn has_ended(&self) -> bool {
        self.left_out == Some(LeftOut::Ended)
    }

    pub fn is_too_far(&self) -> bool {
        self.left_out == Some(LeftOut::TooFar)
    }

    pub fn is_one_too_many(&self) -> bool {
        self.left_out == Some(LeftOut::TooMany)
    }

    pub fn runs_at(&self, instant: Instant) -> bool {
        self.counts() && self.start <= instant && instant < self.end
    }

    /// How far it is from now, and what decides between equals.
    fn distance(&self, now: Instant) -> impl Ord + '_ {
        (self.start.max(now), Reverse(self.start), self.end, self.appointment.id.as_str())
    }

    /// Rule 4: of those that run at the same instant, the greatest leads.
    pub fn precedence(&self) -> impl Ord + '_ {
        let activity = match self.activity {
            Activity::Free => 0,
            Activity::Busy => 1,
            Activity::Dnd => 2,
            Activity::Away => 3,
        };
        (self.rank, activity, self.start, Reverse(self.end), Reverse(self.appointment.id.as_str()))
    }
}

/// Leaves out all that count but the `most` nearest ones: those that run, the last started first, then by start. Whether
/// there were more.
pub(super) fn nearest(considered: &mut [Considered<'_>], most: usize, now: Instant) -> bool {
    if considered.len() <= most {
        return false;
    }
    let mut counting: Vec<&mut Considered<'_>> = considered.iter_mut().filter(|one| one.counts()).collect();
    if counting.len() <= most {
        return false;
    }
    // No two are equal, so that the order in which they are given does not matter.
    counting.sort_unstable_by(|one, other| one.distance(now).cmp(&other.distance(now)));
    for one in counting.into_iter().skip(most) {
        one.left_out = Some(LeftOut::TooMany);
    }
    true
}

impl<P: Platform + Zones> Rules<P> {
    /// An appointment with the eyes of the settings. Its rank, which costs most, is for [`Self::rank`] to find.
    pub(super) fn consider<'a>(&self, appointment: &'a Appointment, now: Instant) -> Considered<'a> {
        let (start, end) = appointment.span.instants(&self.zone, &self.platform);
        let exception = self.is_exception(appointment);
        let (activity, unmapped) = match self.activity(appointment, exception) {
            Ok(activity) => (activity, None),
            Err(left_out) => (Activity::Free, Some(left_out)),
        };
        let left_out = match unmapped {
            _ if appointment.cancelled => Some(LeftOut::Cancelled),
            _ if appointment.declined => Some(LeftOut::Declined),
            _ if self.ignores(appointment) => Some(LeftOut::Category),
            Some(left_out) => Some(left_out),
            None if end <= start => Some(LeftOut::NoDuration),
            None if end <= now => Some(LeftOut::Ended),
            None if start > now.saturating_add(HORIZON) => Some(LeftOut::TooFar),
            None => None,
        };
        let rank = Rank::Ordinary;
        Considered { appointment, start, end, activity, rank, keyword: None, exception, left_out }
    }

    /// Whether it bears a category that is left out. Quotes keep a comma in a name and mean nothing else.
    fn ignores(&self, appointment: &Appointment) -> bool {
        let is_ignored = |name: &String| self.ignored.contains(&Folded::new(name, &self.platform));
        !self.ignored.is_empty() && appointment.categories.iter().any(is_ignored)
    }

    /// Rule 3. Gives the keyword that decides.
    pub(super) fn rank(&self, one: &mut Considered<'_>) -> Option<String> {
        let verdict = self.keywords.judge(one.appointment.title(), &self.platform);
        one.rank = verdict.rank();
        verdict.keyword().map(|keyword| keyword.entry.text.clone())
    }

    fn is_exception(&self, appointment: &Appointment) -> bool {
        appointment.show_as == ShowAs::Tentative
            && !appointment.is_automatic_replies()
            && !self.exceptional.is_empty()
            && self.exceptional.contains(&Folded::new(appointment.organizer.trim(), &self.platform))
    }

    /// Rule 2.
    fn activity(&self, appointment: &Appointment, exception: bool) -> Result<Activity, LeftOut> {
        let mapping = match appointment.show_as {
            _ if appointment.is_automatic_replies() => self.mapping.automatic_replies,
            ShowAs::Free => return Err(LeftOut::ShownAsFree),
            ShowAs::Tentative if exception => self.mapping.tentative_exception,
            ShowAs::Tentative => self.mapping.tentative,
            ShowAs::Busy => self.mapping.busy,
            ShowAs::Oof => self.mapping.out_of_office,
            ShowAs::WorkingElsewhere => self.mapping.working_elsewhere,
            ShowAs::NoData => self.mapping.no_data,
        };
        match mapping {
            Mapping::Available => Ok(Activity::Free),
            Mapping::Busy => Ok(Activity::Busy),
            Mapping::Away => Ok(Activity::Away),
            Mapping::DoNotDisturb => Ok(Activity::Dnd),
            Mapping::Ignore => Err(LeftOut::Ignored),
        }
    }
}
