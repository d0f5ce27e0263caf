use calendar::appointment::Appointment;
use calendar::decide::{Rules, Stretch};
use calendar::instant::Instant;
use serde::Serialize;

use crate::zones::System;

/// A calendar into which a program runs wild must not fill a message. Nobody sees more in a picture of a day.
const MOST: usize = 288;

/// Which activity a user has when: what is shown changes from `from` on.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(super) struct Day(Vec<Part>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct Part {
    from: Instant,
    /// As the PBX takes it: empty for free.
    activity: &'static str,
}

impl Day {
    pub fn of(rules: &Rules<System>, appointments: &[Appointment], from: Instant, to: Instant) -> Self {
        let stretches = rules.day(appointments, from, to);
        let part = |stretch: &Stretch| Part { from: stretch.from, activity: stretch.pbx_activity() };
        let parts: Vec<Part> = stretches.iter().map(part).collect();
        Self(if parts.len() > MOST { coarse(&parts, from, to) } else { parts })
    }
}

/// What holds at each of so many instants of the day.
fn coarse(parts: &[Part], from: Instant, to: Instant) -> Vec<Part> {
    let steps = (0..).map(|step| from + step * (to - from) / 288).take(MOST);
    let holding = |at: Instant| {
        let part = parts.iter().rfind(|part| part.from <= at)?;
        Some(Part { from: at, ..*part })
    };
    let mut coarse: Vec<Part> = steps.filter_map(holding).collect();
    coarse.dedup_by_key(|part| part.activity);
    coarse
}

#[cfg(test)]
mod tests {
    use calendar::appointment::Span;
    use calendar::settings::Settings;

    use super::*;

    #[test]
    fn a_calendar_run_wild_is_told_in_few_parts() {
        let minute = |number: i64| Span::Time { start: number * 60_000, end: number * 60_000 + 30_000 };
        let all: Vec<_> = (0..1440).map(|number| Appointment::new("a", minute(number))).collect();
        let rules = Rules::new(&Settings::default(), System);
        let Day(parts) = Day::of(&rules, &all, 0, 24 * 3_600_000);
        assert!(!parts.is_empty() && parts.len() <= MOST, "{}", parts.len());
        let Day(parts) = Day::of(&rules, &all[..2], 0, 24 * 3_600_000);
        let expected = [(0, "busy"), (30_000, ""), (60_000, "busy"), (90_000, "")];
        assert_eq!(parts, expected.map(|(from, activity)| Part { from, activity }));
    }
}
