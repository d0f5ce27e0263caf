//! The settings made ready for decisions: once for all users and instants.

use calendar_presence::Language;

use super::considered::{Considered, LeftOut, nearest};
use super::reason::reasons;
use super::state::State;
use super::{Decision, Explained, HORIZON, note};
use crate::Platform;
use crate::appointment::Appointment;
use crate::fold::Folded;
use crate::instant::{Instant, Zones, day_begins, local_time};
use crate::keyword::{Keywords, entries};
use crate::settings::{Mapping, Settings};

/// Appointments that a decision looks at: those nearest to its instant. Nobody has as many within 48 hours; a calendar
/// into which a program runs wild must not keep the other users waiting.
pub const MOST_CONSIDERED: usize = 2000;

/// What the settings say of presence. Made once for the same settings, and asked for each user.
///
/// ```
/// use calendar::Native;
/// use calendar::decide::Rules;
/// use calendar::settings::Settings;
///
/// let rules = Rules::new(&Settings::default(), Native);
/// assert_eq!(rules.decide(&[], 0).note, "Free");
/// ```
#[derive(Clone, Debug)]
pub struct Rules<P> {
    pub(super) mapping: Mappings,
    pub(super) keywords: Keywords,
    /// Categories whose appointments do not count.
    pub(super) ignored: Vec<Folded>,
    /// Organizers of rule 2's exception.
    pub(super) exceptional: Vec<Folded>,
    pub(super) show_subject: bool,
    pub(super) show_exception_title: bool,
    pub(super) language: Language,
    /// `presenceTimeZone`.
    pub(super) zone: String,
    pub(super) platform: P,
    most: usize,
}

/// Rule 2: what each `showAs` stands for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mappings {
    pub tentative: Mapping,
    pub tentative_exception: Mapping,
    pub busy: Mapping,
    pub out_of_office: Mapping,
    pub working_elsewhere: Mapping,
    pub no_data: Mapping,
    pub automatic_replies: Mapping,
}

impl<P: Platform + Zones> Rules<P> {
    /// What these settings say.
    pub fn new(settings: &Settings, platform: P) -> Self {
        let organizers = settings.tentative_organizer.split([',', ';', '\n', '\r']);
        let organizers = organizers.map(|one| Folded::new(one.trim(), &platform));
        Self {
            mapping: Mappings {
                tentative: settings.map_tentative,
                tentative_exception: settings.map_tentative_exception,
                busy: settings.map_busy,
                out_of_office: settings.map_out_of_office,
                working_elsewhere: settings.map_working_elsewhere,
                no_data: settings.map_no_data,
                automatic_replies: settings.map_automatic_replies,
            },
            keywords: Keywords::new(settings, &platform),
            ignored: entries(&settings.ignore_categories)
                .iter()
                .map(|entry| Folded::new(&entry.text, &platform))
                .collect(),
            exceptional: organizers.filter(|one| !one.is_empty()).collect(),
            show_subject: settings.show_subject,
            show_exception_title: settings.show_tentative_exception_title,
            language: settings.presence_language,
            zone: settings.presence_time_zone.clone(),
            platform,
            most: MOST_CONSIDERED,
        }
    }

    /// Decides what the PBX shows at `now` for a user with these appointments.
    pub fn decide<'a>(&self, appointments: &'a [Appointment], now: Instant) -> Decision<'a> {
        let matters = |one: &Considered<'_>| one.counts() || one.is_too_far();
        let mut considered: Vec<_> =
            appointments.iter().map(|one| self.consider(one, now)).filter(matters).collect();
        let more = nearest(&mut considered, self.most, now);
        for one in considered.iter_mut().filter(|one| one.counts()) {
            self.rank(one);
        }
        self.decision(&State::at(now, &considered), &considered, more, now)
    }

    /// The same, and for each appointment why it leads, waits or is left out.
    pub fn explain<'a>(&self, appointments: &'a [Appointment], now: Instant) -> Explained<'a> {
        let mut considered: Vec<_> = appointments.iter().map(|one| self.consider(one, now)).collect();
        let more = nearest(&mut considered, self.most, now);
        for one in considered.iter_mut().filter(|one| one.left_out != Some(LeftOut::TooMany)) {
            one.keyword = self.rank(one);
        }
        let state = State::at(now, &considered);
        Explained {
            decision: self.decision(&state, &considered, more, now),
            reasons: reasons(&state, &considered),
        }
    }

    fn decision<'a>(
        &self,
        state: &State<'_, 'a>,
        considered: &[Considered<'a>],
        more: bool,
        now: Instant,
    ) -> Decision<'a> {
        Decision {
            activity: state.activity(),
            note: note::write(self, state, now),
            until: state.end,
            whole_day: state.whole_day(),
            leading: state.leading.map(|leading| leading.appointment),
            next: state.next.map(|next| next.appointment),
            changes_at: self.changes_at(state, considered, more, now),
        }
    }

    /// Rule 10. The first of: the end of the state, the instant from which a far appointment counts, and the midnight
    /// after which the note shows the time of the end without its date. Where there are `more` appointments than are
    /// considered, also what makes others the nearest.
    fn changes_at(
        &self,
        state: &State<'_, '_>,
        considered: &[Considered<'_>],
        more: bool,
        now: Instant,
    ) -> Option<Instant> {
        let far = considered.iter().filter(|one| one.is_too_far());
        let counts_from = far.map(|one| one.start - HORIZON).min();
        let zone = self.zone.as_str();
        let loses_date = state.end.filter(|_| !state.whole_day()).map(|end| {
            let last_day = local_time(end, zone, &self.platform).date();
            day_begins(last_day, zone, &self.platform)
        });
        let counting = considered.iter().filter(|one| more && (one.counts() || one.is_one_too_many()));
        let others_are_nearest =
            counting.flat_map(|one| [one.start, one.end]).filter(|&instant| instant > now).min();
        let instants = [state.end, counts_from, loses_date, others_are_nearest];
        instants.into_iter().flatten().filter(|&instant| instant > now).min()
    }
}

#[cfg(all(test, feature = "native"))]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Native;
    use crate::appointment::{ShowAs, Span};
    use crate::decide::Why;

    fn rules(most: usize) -> Rules<Native> {
        Rules { most, ..Rules::new(&Settings { show_subject: true, ..Settings::default() }, Native) }
    }

    fn timed(number: usize, start: Instant, end: Instant) -> Appointment {
        Appointment {
            subject: format!("Title {number}"),
            ..Appointment::new(&format!("id{number}"), Span::Time { start, end })
        }
    }

    fn left_out(explained: &Explained<'_>) -> Vec<String> {
        let too_many = explained.reasons.iter().filter(|one| one.why == Why::LeftOut(LeftOut::TooMany));
        too_many.map(|one| one.appointment.id.clone()).collect()
    }

    #[test]
    fn no_more_than_2000_are_considered_and_the_reasons_say_so() {
        let number = |number: usize| i64::try_from(number).unwrap();
        let mut all: Vec<_> =
            (0..2001).map(|one| timed(one, number(one) * 1000, 100 * 3_600_000 + number(one))).collect();
        // Those that do not count take no place.
        all.push(Appointment { cancelled: true, ..timed(2001, 0, 1000) });
        let explained = rules(MOST_CONSIDERED).explain(&all, 0);
        assert_eq!(left_out(&explained), ["id2000"]);
        let sentence = explained.reasons.get(2000).unwrap().sentence("UTC", &Native);
        assert!(
            sentence.ends_with("is left out: 2000 others are nearer, and no more are considered"),
            "{sentence}"
        );
        assert_eq!(left_out(&rules(MOST_CONSIDERED).explain(all.get(1..).unwrap(), 0)), [""; 0]);
    }

    #[test]
    fn those_that_run_are_nearest_and_of_them_those_that_started_last() {
        let all = [timed(0, -30, 9), timed(1, -10, 9), timed(2, -20, 9), timed(3, 1, 9), timed(4, 2, 9)];
        assert_eq!(left_out(&rules(2).explain(&all, 0)), ["id0", "id3", "id4"]);
        assert_eq!(left_out(&rules(4).explain(&all, 0)), ["id4"]);
    }

    fn appointments() -> impl Strategy<Value = Vec<Appointment>> {
        let one = (-30..60_i64, 0..40_i64, prop::sample::select(&ShowAs::ALL[..]));
        prop::collection::vec(one, 0..12).prop_map(|all| {
            let with_id = |(number, (start, length, show_as))| Appointment {
                show_as,
                ..timed(number, start * 3_600_000, (start + length) * 3_600_000)
            };
            all.into_iter().enumerate().map(with_id).collect()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn what_is_beyond_the_limit_has_no_part_in_the_decision(all in appointments(), most in 0..6_usize) {
            let explained = rules(most).explain(&all, 0);
            let beyond = left_out(&explained);
            let near: Vec<_> = all.iter().filter(|one| !beyond.contains(&one.id)).cloned().collect();
            let mut expected = rules(usize::MAX).decide(&near, 0);
            prop_assert_eq!(&rules(most).decide(&all, 0), &explained.decision);
            // Only when to ask again depends on the others.
            expected.changes_at = explained.decision.changes_at;
            prop_assert_eq!(expected, explained.decision);
        }

        #[test]
        fn with_a_limit_too_the_decision_stays_until_it_says(all in appointments(), most in 0..6_usize, later in 0..60_i64) {
            let decision = rules(most).decide(&all, 0);
            let later = (later * 1_800_000).min(decision.changes_at.map_or(Instant::MAX, |at| at - 1));
            prop_assert_eq!(rules(most).decide(&all, later), decision, "at {}", later);
        }

        #[test]
        fn the_order_of_the_input_does_not_matter_for_the_limit(all in appointments(), most in 0..6_usize) {
            let mut reversed = all.clone();
            reversed.reverse();
            prop_assert_eq!(rules(most).decide(&reversed, 0), rules(most).decide(&all, 0));
        }
    }
}
