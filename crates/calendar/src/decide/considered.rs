//! Rules 1 to 3: which appointments count, and with which activity and rank.

use std::cmp::Reverse;

use calendar_presence::Activity;

use super::HORIZON;
use crate::Platform;
use crate::appointment::{Appointment, ShowAs};
use crate::instant::{Instant, Zones};
use crate::keyword::{Keywords, Rank};
use crate::settings::{Mapping, Settings};

/// An appointment with what the settings make of it.
#[derive(Debug)]
pub(super) struct Considered<'a> {
    pub appointment: &'a Appointment,
    pub start: Instant,
    pub end: Instant,
    pub activity: Activity,
    pub rank: Rank,
    /// The keyword that gave the rank.
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
}

impl Considered<'_> {
    pub fn counts(&self) -> bool {
        self.left_out.is_none()
    }

    pub fn has_ended(&self) -> bool {
        self.left_out == Some(LeftOut::Ended)
    }

    pub fn runs_at(&self, instant: Instant) -> bool {
        self.counts() && self.start <= instant && instant < self.end
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

/// Looks at every appointment with the eyes of the settings, in the order given.
pub(super) fn consider<'a, P: Platform + Zones>(
    settings: &Settings,
    appointments: &'a [Appointment],
    now: Instant,
    platform: &P,
) -> Vec<Considered<'a>> {
    let rules = Rules::new(settings, platform);
    appointments.iter().map(|appointment| rules.consider(appointment, now)).collect()
}

/// What the settings say, read once for all appointments.
struct Rules<'s, P> {
    settings: &'s Settings,
    keywords: Keywords,
    exceptional: Vec<String>,
    platform: &'s P,
}

impl<'s, P: Platform + Zones> Rules<'s, P> {
    fn new(settings: &'s Settings, platform: &'s P) -> Self {
        let organizers = settings.tentative_organizer.split([',', ';']).map(|one| platform.fold(one.trim()));
        Self {
            settings,
            keywords: Keywords::new(settings, platform),
            exceptional: organizers.filter(|one| !one.is_empty()).collect(),
            platform,
        }
    }

    fn consider<'a>(&self, appointment: &'a Appointment, now: Instant) -> Considered<'a> {
        let (start, end) = appointment.span.instants(&self.settings.presence_time_zone, self.platform);
        let exception = self.is_exception(appointment);
        let (activity, unmapped) = match self.activity(appointment.show_as, exception) {
            Ok(activity) => (activity, None),
            Err(left_out) => (Activity::Free, Some(left_out)),
        };
        let left_out = match unmapped {
            _ if appointment.cancelled => Some(LeftOut::Cancelled),
            Some(left_out) => Some(left_out),
            None if end <= start => Some(LeftOut::NoDuration),
            None if end <= now => Some(LeftOut::Ended),
            None if start > now.saturating_add(HORIZON) => Some(LeftOut::TooFar),
            None => None,
        };
        // Rule 3.
        let verdict = self.keywords.judge(&appointment.subject, self.platform);
        let keyword = verdict.keyword().map(|keyword| keyword.entry.text.clone());
        Considered { appointment, start, end, activity, rank: verdict.rank(), keyword, exception, left_out }
    }

    fn is_exception(&self, appointment: &Appointment) -> bool {
        appointment.show_as == ShowAs::Tentative
            && self.exceptional.contains(&self.platform.fold(appointment.organizer.trim()))
    }

    /// Rule 2.
    fn activity(&self, show_as: ShowAs, exception: bool) -> Result<Activity, LeftOut> {
        let mapping = match show_as {
            ShowAs::Free => return Err(LeftOut::ShownAsFree),
            ShowAs::Tentative if exception => self.settings.map_tentative_exception,
            ShowAs::Tentative => self.settings.map_tentative,
            ShowAs::Busy => self.settings.map_busy,
            ShowAs::Oof => self.settings.map_out_of_office,
            ShowAs::WorkingElsewhere => self.settings.map_working_elsewhere,
            ShowAs::NoData => self.settings.map_no_data,
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
