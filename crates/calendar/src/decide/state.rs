//! Rules 4 to 7: what leads at an instant, until when, and what comes next.

use calendar_presence::Activity;
use chrono::NaiveDate;

use super::considered::Considered;
use crate::appointment::Span;
use crate::instant::Instant;

/// What holds at an instant.
#[derive(Debug)]
pub(super) struct State<'c, 'a> {
    /// The leading appointment; `None` when nothing runs.
    pub leading: Option<&'c Considered<'a>>,
    /// The appointment that the note announces.
    pub next: Option<&'c Considered<'a>>,
    /// When this state ends; `None` when nothing is known to end it.
    pub end: Option<Instant>,
    /// With a whole day at the end, its date as the appointment has it.
    pub end_date: Option<NaiveDate>,
}

impl<'c, 'a> State<'c, 'a> {
    pub fn at(now: Instant, considered: &'c [Considered<'a>]) -> Self {
        match leading_at(now, considered) {
            Some(leading) => Self::led(leading, now, considered),
            None => Self::idle(considered),
        }
    }

    /// Rule 6.
    fn led(leading: &'c Considered<'a>, now: Instant, considered: &'c [Considered<'a>]) -> Self {
        let stronger = considered
            .iter()
            .filter(|other| other.counts() && other.start > now && other.precedence() > leading.precedence());
        let overtaken = stronger.map(|other| other.start).min();
        let end = overtaken.map_or(leading.end, |start| start.min(leading.end));
        let takes_over = leading_at(end, considered).filter(|other| other.start == end);
        let next =
            takes_over.filter(|other| leading.activity == Activity::Free && other.activity != Activity::Free);
        let own_end_date = last_date(leading).filter(|_| end == leading.end);
        Self {
            leading: Some(leading),
            next,
            end: Some(end),
            end_date: own_end_date.or_else(|| takes_over.and_then(first_date)),
        }
    }

    /// Rule 5.
    fn idle(considered: &'c [Considered<'a>]) -> Self {
        let first = considered.iter().filter(|one| one.counts()).map(|one| one.start).min();
        let next = first.and_then(|start| leading_at(start, considered));
        Self { leading: None, next, end: first, end_date: next.and_then(first_date) }
    }

    /// The presence.
    pub fn activity(&self) -> Activity {
        self.leading.map_or(Activity::Free, |leading| leading.activity)
    }

    /// Since when it holds, as far as the appointments tell.
    pub fn began(&self, considered: &[Considered<'a>]) -> Option<Instant> {
        let ended = considered.iter().filter(|other| other.has_ended());
        match self.leading {
            Some(leading) => {
                let stronger = ended.filter(|other| other.precedence() > leading.precedence());
                stronger.map(|other| other.end).max().max(Some(leading.start))
            }
            None => ended.map(|one| one.end).max(),
        }
    }

    /// Rule 7.
    pub fn whole_day(&self) -> bool {
        self.end_date.is_some()
    }
}

/// Rule 4: the leading one of those that run at `instant`.
fn leading_at<'c, 'a>(instant: Instant, considered: &'c [Considered<'a>]) -> Option<&'c Considered<'a>> {
    considered.iter().filter(|one| one.runs_at(instant)).max_by(|a, b| a.precedence().cmp(&b.precedence()))
}

fn first_date(considered: &Considered<'_>) -> Option<NaiveDate> {
    match considered.appointment.span {
        Span::Days { start, .. } => Some(start),
        Span::Time { .. } => None,
    }
}

fn last_date(considered: &Considered<'_>) -> Option<NaiveDate> {
    match considered.appointment.span {
        Span::Days { end, .. } => Some(end),
        Span::Time { .. } => None,
    }
}
