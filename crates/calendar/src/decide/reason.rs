//! Rule 11: why each appointment leads, waits or is left out. Never a title.

use std::cmp::Ordering;
use std::fmt::Write as _;

use calendar_presence::clean_title;
use chrono::Timelike;

use super::considered::{Considered, LeftOut};
use super::state::State;
use crate::appointment::{Appointment, Span};
use crate::instant::{Instant, Zones, local_time};
use crate::keyword::Rank;

/// Why one appointment leads, waits or is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason<'a> {
    /// The appointment.
    pub appointment: &'a Appointment,
    /// Its start as an instant.
    pub start: Instant,
    /// Its end as an instant.
    pub end: Instant,
    /// Why.
    pub why: Why<'a>,
    /// The keyword that its title contains, and whether that puts it first.
    pub keyword: Option<Match>,
}

/// A keyword that a title contains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The keyword.
    pub keyword: String,
    /// Whether it puts the appointment first; last otherwise.
    pub first: bool,
}

/// What became of an appointment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why<'a> {
    /// It gives activity and title.
    Leads,
    /// It is announced.
    Next,
    /// It starts when this state is over, or later.
    Waits,
    /// It runs at some time in this state, but another comes first.
    Behind {
        /// The one that leads.
        leading: &'a Appointment,
        /// What decides between the two.
        by: Criterion,
    },
    /// It does not count.
    LeftOut(LeftOut),
}

/// What decides between two appointments that run at the same time, the first first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Criterion {
    /// The prioritized keywords.
    Rank,
    /// The activity: away before do not disturb before busy before free.
    Activity,
    /// The later start.
    LaterStart,
    /// The earlier end.
    EarlierEnd,
    /// The smaller id.
    Id,
}

/// One reason for each appointment.
pub(super) fn reasons<'a>(state: &State<'_, 'a>, considered: &[Considered<'a>]) -> Vec<Reason<'a>> {
    let began = state.began(considered);
    considered.iter().map(|one| reason(state, began, one)).collect()
}

fn reason<'a>(state: &State<'_, 'a>, began: Option<Instant>, one: &Considered<'a>) -> Reason<'a> {
    Reason {
        appointment: one.appointment,
        start: one.start,
        end: one.end,
        why: why(state, began, one),
        keyword: one.keyword.clone().map(|keyword| Match { keyword, first: one.rank == Rank::Prioritized }),
    }
}

fn why<'a>(state: &State<'_, 'a>, began: Option<Instant>, one: &Considered<'a>) -> Why<'a> {
    let is = |other: Option<&Considered<'a>>| other.is_some_and(|other| std::ptr::eq(other, one));
    // What ended within this state is told like what will end within it, so that the reasons hold as long as
    // the state does.
    let ended_in_state = one.has_ended() && began.is_some_and(|began| one.end > began);
    match (one.left_out, state.leading) {
        (Some(left_out), _) if !ended_in_state => Why::LeftOut(left_out),
        _ if is(state.leading) => Why::Leads,
        _ if is(state.next) => Why::Next,
        (_, Some(leading)) if state.end.is_some_and(|end| one.start < end) => {
            Why::Behind { leading: leading.appointment, by: criterion(leading, one) }
        }
        _ => Why::Waits,
    }
}

fn criterion(leading: &Considered<'_>, behind: &Considered<'_>) -> Criterion {
    if leading.rank != behind.rank {
        Criterion::Rank
    } else if leading.activity != behind.activity {
        Criterion::Activity
    } else if leading.start != behind.start {
        Criterion::LaterStart
    } else if leading.end.cmp(&behind.end) == Ordering::Equal {
        Criterion::Id
    } else {
        Criterion::EarlierEnd
    }
}

impl Reason<'_> {
    /// The reason as an English sentence, with times as clocks in `zone` show them.
    pub fn sentence(&self, zone: &str, zones: &dyn Zones) -> String {
        let Appointment { id, show_as, span, .. } = self.appointment;
        let times = match span {
            Span::Days { start, end, .. } => format!("whole days {start} to {end}, end exclusive"),
            Span::Time { start, end } => {
                format!("{} to {}", clock(*start, zone, zones), clock(*end, zone, zones))
            }
        };
        let mut sentence = format!("{id} ({}, {times}) {}", show_as.name(), self.why.words());
        if let Some(Match { keyword, first }) = &self.keyword {
            let place = if *first { "first" } else { "last" };
            // Writing to a text cannot fail.
            let _ = write!(sentence, "; the keyword \"{keyword}\" puts it {place}");
        }
        // Ids and keywords may hold anything, but a reason is one line.
        clean_title(&sentence)
    }
}

/// Date and time as clocks in `zone` show them.
fn clock(instant: Instant, zone: &str, zones: &dyn Zones) -> String {
    let time = local_time(instant, zone, zones);
    format!("{} {:02}:{:02}", time.date(), time.hour(), time.minute())
}

impl Why<'_> {
    /// The word for it, for programs.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Leads => "leads",
            Self::Next => "next",
            Self::Waits => "waits",
            Self::Behind { .. } => "behind",
            Self::LeftOut(left_out) => left_out.name(),
        }
    }

    fn words(&self) -> String {
        match self {
            Self::Leads => "leads".to_owned(),
            Self::Next => "is next".to_owned(),
            Self::Waits => "waits: it starts later".to_owned(),
            Self::Behind { leading, by } => format!("waits: {} leads by {}", leading.id, by.words()),
            Self::LeftOut(left_out) => format!("is left out: {}", left_out.words()),
        }
    }
}

impl Criterion {
    /// All criteria.
    pub const ALL: [Self; 5] = [Self::Rank, Self::Activity, Self::LaterStart, Self::EarlierEnd, Self::Id];

    /// The word for it, for programs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rank => "rank",
            Self::Activity => "activity",
            Self::LaterStart => "laterStart",
            Self::EarlierEnd => "earlierEnd",
            Self::Id => "id",
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Rank => "the prioritized keywords",
            Self::Activity => "its activity",
            Self::LaterStart => "its later start",
            Self::EarlierEnd => "its earlier end",
            Self::Id => "its smaller id",
        }
    }
}

impl LeftOut {
    /// All reasons not to count.
    pub const ALL: [Self; 9] = [
        Self::Cancelled,
        Self::Declined,
        Self::Category,
        Self::ShownAsFree,
        Self::Ignored,
        Self::NoDuration,
        Self::Ended,
        Self::TooFar,
        Self::TooMany,
    ];

    /// The word for it, for programs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cancelled => "cancelled",
            Self::Declined => "declined",
            Self::Category => "category",
            Self::ShownAsFree => "shownAsFree",
            Self::Ignored => "ignored",
            Self::NoDuration => "noDuration",
            Self::Ended => "ended",
            Self::TooFar => "tooFar",
            Self::TooMany => "tooMany",
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Cancelled => "it is cancelled",
            Self::Declined => "it is declined",
            Self::Category => "it bears a category that is ignored",
            Self::ShownAsFree => "it is shown as free",
            Self::Ignored => "the mapping ignores it",
            Self::NoDuration => "it does not last at all",
            Self::Ended => "it is over",
            Self::TooFar => "it starts more than 48 hours ahead",
            Self::TooMany => "2000 others are nearer, and no more are considered",
        }
    }
}
