//! Many decisions at once: the day of a user at a glance, and what changes next.

use std::collections::{BTreeMap, BTreeSet};

use calendar_presence::Activity;

use super::rules::Rules;
use super::{HORIZON, pbx_name};
use crate::Platform;
use crate::appointment::Appointment;
use crate::instant::{Instant, Zones, day_begins, local_time};

/// A part of a day with one activity. It lasts until the next one begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// When it begins.
    pub from: Instant,
    /// What is shown, `Dnd` included.
    pub activity: Activity,
}

impl Stretch {
    /// The activity as the PBX takes it: `""` for free.
    pub fn pbx_activity(&self) -> &'static str {
        pbx_name(self.activity)
    }
}

/// What will be shown from an instant on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ahead {
    /// From when on.
    pub at: Instant,
    /// The activity as the PBX takes it.
    pub activity: &'static str,
    /// The line of text.
    pub note: String,
}

impl<P: Platform + Zones> Rules<P> {
    /// Where the day of `now` begins and ends in the zone of the settings.
    pub fn day_of(&self, now: Instant) -> (Instant, Instant) {
        let date = local_time(now, &self.zone, &self.platform).date();
        let next = date.succ_opt().unwrap_or(date);
        (day_begins(date, &self.zone, &self.platform), day_begins(next, &self.zone, &self.platform))
    }

    /// Which activity holds when between two instants that are no more than 48 hours apart. [`decide`](Self::decide)
    /// says the same at each of them, unless more appointments count than it considers.
    pub fn day(&self, appointments: &[Appointment], from: Instant, to: Instant) -> Vec<Stretch> {
        let mut counting: Vec<_> = appointments
            .iter()
            .map(|one| self.consider(one, from))
            .filter(|one| one.counts() && one.start < to)
            .collect();
        for one in &mut counting {
            self.rank(one);
        }
        counting.sort_by(|one, other| other.precedence().cmp(&one.precedence()));
        // At each instant the places of those that begin or end there.
        let mut turns = BTreeMap::from([(from, Vec::new())]);
        for (place, one) in counting.iter().enumerate() {
            turns.entry(one.start.max(from)).or_default().push(place);
            turns.entry(one.end).or_default().push(place);
        }
        let mut running = BTreeSet::new();
        let mut stretches: Vec<Stretch> = Vec::new();
        for (at, places) in turns.into_iter().take_while(|(at, _)| *at < to) {
            for place in places {
                if !running.remove(&place) {
                    running.insert(place);
                }
            }
            let leading = running.first().and_then(|&place| counting.get(place));
            let activity = leading.map_or(Activity::Free, |leading| leading.activity);
            if stretches.last().is_none_or(|last| last.activity != activity) {
                stretches.push(Stretch { from: at, activity });
            }
        }
        stretches
    }

    /// What is shown next, and next after that, within 48 hours; at most so many.
    pub fn ahead(&self, appointments: &[Appointment], now: Instant, most: usize) -> Vec<Ahead> {
        let end = now.saturating_add(HORIZON);
        let shown = |at| {
            let decision = self.decide(appointments, at);
            let activity = decision.pbx_activity();
            (Ahead { at, activity, note: decision.note }, decision.changes_at)
        };
        let (mut last, mut changes_at) = shown(now);
        let mut found = Vec::new();
        while let Some(at) = changes_at.filter(|&at| at <= end && found.len() < most) {
            let (next, after) = shown(at);
            changes_at = after;
            if (next.activity, &next.note) != (last.activity, &last.note) {
                found.push(next.clone());
                last = next;
            }
        }
        found
    }
}

#[cfg(all(test, feature = "native"))]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Native;
    use crate::appointment::{ShowAs, Span};
    use crate::instant::HOUR;
    use crate::settings::{Mapping, Settings};

    const DAY: Instant = 24 * HOUR;

    fn rules() -> Rules<Native> {
        let settings = Settings {
            map_tentative: Mapping::DoNotDisturb,
            priority_words: "first".to_owned(),
            priority_excluded_words: "last".to_owned(),
            ..Settings::default()
        };
        Rules::new(&settings, Native)
    }

    fn appointment(start: Instant, end: Instant, show_as: ShowAs) -> Appointment {
        Appointment { show_as, ..Appointment::new("a", Span::Time { start, end }) }
    }

    fn told(stretches: &[Stretch]) -> Vec<(Instant, &'static str)> {
        stretches.iter().map(|one| (one.from, one.pbx_activity())).collect()
    }

    #[test]
    fn a_day_begins_where_it_begins_and_tells_what_holds() {
        let all = [
            appointment(-HOUR, HOUR, ShowAs::Busy),
            appointment(HOUR, 2 * HOUR, ShowAs::Busy),
            appointment(HOUR + 1, 3 * HOUR, ShowAs::Oof),
            appointment(23 * HOUR, 30 * HOUR, ShowAs::Tentative),
            appointment(DAY, DAY + HOUR, ShowAs::Oof),
        ];
        let expected = [(0, "busy"), (HOUR + 1, "away"), (3 * HOUR, ""), (23 * HOUR, "dnd")];
        assert_eq!(told(&rules().day(&all, 0, DAY)), expected);
        assert_eq!(told(&rules().day(&[], 0, DAY)), [(0, "")]);
    }

    #[test]
    fn the_day_is_that_of_the_zone_also_where_clocks_are_set() {
        let berlin = Settings { presence_time_zone: "Europe/Berlin".to_owned(), ..Settings::default() };
        let rules = Rules::new(&berlin, Native);
        let instant = |text: &str| text.parse::<chrono::DateTime<chrono::Utc>>().unwrap().timestamp_millis();
        for (now, from, hours) in [
            ("2026-11-28T23:30:00Z", "2026-11-28T23:00:00Z", 24),
            ("2026-03-29T12:00:00Z", "2026-03-28T23:00:00Z", 23),
            ("2026-10-25T12:00:00Z", "2026-10-24T22:00:00Z", 25),
        ] {
            let from = instant(from);
            assert_eq!(rules.day_of(instant(now)), (from, from + hours * HOUR), "{now}");
        }
    }

    #[test]
    fn what_is_ahead_is_what_will_be_shown_and_no_more_than_asked_for() {
        let all = [appointment(HOUR, 2 * HOUR, ShowAs::Busy), appointment(50 * HOUR, 51 * HOUR, ShowAs::Oof)];
        let ahead = rules().ahead(&all, 0, 9);
        let at: Vec<_> = ahead.iter().map(|one| (one.at, one.activity)).collect();
        // At midnight the note of the free time before the last one loses its date.
        assert_eq!(at, [(HOUR, "busy"), (2 * HOUR, ""), (48 * HOUR, "")]);
        for one in &ahead {
            assert_eq!(rules().decide(&all, one.at).note, one.note);
        }
        assert_eq!(rules().ahead(&all, 0, 1).len(), 1);
        assert_eq!(rules().ahead(&[], 0, 9), []);
    }

    fn appointments() -> impl Strategy<Value = Vec<Appointment>> {
        let title = prop::sample::select(&["", "first", "last"][..]);
        let one = (-30..30_i64, 0..20_i64, prop::sample::select(&ShowAs::ALL[..]), title);
        prop::collection::vec(one, 0..12).prop_map(|all| {
            let with_id = |(number, (start, length, show_as, title)): (usize, (i64, i64, ShowAs, &str))| {
                let span = Span::Time { start: start * HOUR, end: (start + length) * HOUR };
                let subject = title.to_owned();
                Appointment { subject, show_as, ..Appointment::new(&format!("id{number}"), span) }
            };
            all.into_iter().enumerate().map(with_id).collect()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        #[test]
        fn at_each_instant_of_the_day_the_decision_says_the_same(all in appointments(), half_hours in 0..48_i64) {
            let at = half_hours * HOUR / 2;
            let stretches = rules().day(&all, 0, DAY);
            prop_assert_eq!(stretches[0].from, 0);
            prop_assert!(stretches.windows(2).all(|two| two[0].from < two[1].from));
            prop_assert!(stretches.windows(2).all(|two| two[0].activity != two[1].activity));
            let holds = stretches.iter().rfind(|one| one.from <= at).unwrap();
            prop_assert_eq!(holds.activity, rules().decide(&all, at).activity);
        }
    }
}
