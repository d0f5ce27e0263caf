//! With everything that is new at its default, decisions are those of the version before. Its answers to 10 000 cases
//! are kept here as a sum.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use calendar::Native;
use calendar::appointment::{Appointment, Sensitivity, ShowAs, Span};
use calendar::decide::Rules;
use calendar::settings::{Mapping, Settings};
use chrono::{Days, NaiveDate};

/// What the version before made of these cases.
const BEFORE: u64 = 0xf2ff_d133_e2c6_c98f;
const HOUR: i64 = 3_600_000;
/// 2026-11-28T09:00:00Z.
const NOW: i64 = 1_795_856_400_000;

/// Numbers that are the same each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn between(&mut self, from: i64, to: i64) -> i64 {
        from + i64::try_from(self.below((to - from).unsigned_abs())).unwrap()
    }

    fn one<T: Copy>(&mut self, all: &[T]) -> T {
        all[usize::try_from(self.below(all.len() as u64)).unwrap()]
    }

    fn is(&mut self) -> bool {
        self.below(2) == 0
    }
}

fn settings(numbers: &mut Numbers) -> Settings {
    let all = [Mapping::Available, Mapping::Busy, Mapping::Away, Mapping::DoNotDisturb, Mapping::Ignore];
    let mut mapping = || numbers.one(&all);
    Settings {
        map_busy: mapping(),
        map_tentative: mapping(),
        map_tentative_exception: mapping(),
        map_out_of_office: mapping(),
        map_working_elsewhere: mapping(),
        map_no_data: mapping(),
        show_subject: numbers.is(),
        show_tentative_exception_title: numbers.is(),
        tentative_organizer: numbers.one(&["", "hr@example.com, b@example.com"]).to_owned(),
        priority_words: numbers.one(&["", "urlaub", "\"PTO\", review"]).to_owned(),
        priority_excluded_words: numbers.one(&["", "maybe"]).to_owned(),
        presence_time_zone: numbers.one(&["UTC", "Europe/Berlin", "Pacific/Auckland"]).to_owned(),
        ..Settings::default()
    }
}

fn appointment(numbers: &mut Numbers, number: usize) -> Appointment {
    let span = if numbers.below(4) == 0 {
        let first = NaiveDate::from_ymd_opt(2026, 11, 26).unwrap() + Days::new(numbers.below(6));
        let zone = numbers.one(&["", "Europe/Berlin", "America/New_York"]).to_owned();
        Span::Days { start: first, end: first + Days::new(numbers.below(3)), zone }
    } else {
        let start = NOW + numbers.between(-60, 120) * HOUR / 2;
        Span::Time { start, end: start + numbers.between(0, 12) * HOUR / 2 }
    };
    let titles = ["", "Sommerurlaub", "PTO", "laptop maybe", "Review \u{1f600} of #7", "Weekly"];
    Appointment {
        subject: numbers.one(&titles).to_owned(),
        show_as: numbers.one(&ShowAs::ALL),
        sensitivity: numbers.one(&Sensitivity::ALL),
        organizer: numbers.one(&["", "HR@example.com", "x@example.com"]).to_owned(),
        cancelled: numbers.below(8) == 0,
        declined: numbers.below(8) == 0,
        categories: numbers
            .one(&[&[][..], &["Red"], &["Red", "Private"]])
            .iter()
            .map(ToString::to_string)
            .collect(),
        ..Appointment::new(&format!("a{number}"), span)
    }
}

#[test]
fn people_what_is_new_changes_no_decision_while_it_is_at_its_default() {
    let mut numbers = Numbers(15);
    let mut sum: u64 = 0xcbf2_9ce4_8422_2325;
    for _ in 0..10_000 {
        let settings = settings(&mut numbers);
        let all: Vec<_> = (0..numbers.below(8))
            .map(|_| ())
            .enumerate()
            .map(|(number, ())| appointment(&mut numbers, number))
            .collect();
        let explained = Rules::new(&settings, Native).explain(&all, NOW);
        let decision = &explained.decision;
        let ids = [decision.leading, decision.next].map(|one| one.map(|one| one.id.as_str()));
        let reasons: Vec<String> =
            explained.reasons.iter().map(|reason| reason.sentence("UTC", &Native)).collect();
        let told = format!(
            "{} {:?} {:?} {} {ids:?} {:?} {reasons:?}",
            decision.pbx_activity(),
            decision.note,
            decision.until,
            decision.whole_day,
            decision.changes_at
        );
        for byte in told.bytes() {
            sum = (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    assert_eq!(sum, BEFORE, "{sum:#x}");
}
