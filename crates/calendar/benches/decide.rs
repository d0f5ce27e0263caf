//! How long a decision takes: `cargo bench -p calendar`.
#![allow(clippy::indexing_slicing)]

use calendar::Native;
use calendar::appointment::{Appointment, ShowAs, Span};
use calendar::decide::{Rules, decide};
use calendar::settings::Settings;
use chrono::{DateTime, Days};
use divan::Bencher;

const MINUTE: i64 = 60_000;
const NOW: i64 = 1_795_251_600_000;

fn main() {
    divan::main();
}

fn settings() -> Settings {
    Settings {
        show_subject: true,
        presence_time_zone: "Europe/Berlin".to_owned(),
        priority_words: "urlaub, holiday, \"PTO\"".to_owned(),
        priority_excluded_words: "home office".to_owned(),
        ..Settings::default()
    }
}

/// Appointments over the next 48 hours and a little before; titles in ASCII and others; one in eight a whole day.
fn appointments(count: i64) -> Vec<Appointment> {
    let today = DateTime::from_timestamp_millis(NOW).unwrap_or_default().date_naive();
    let appointment = |number: i64| {
        let start = NOW + (number * 7919 % (50 * 60) - 120) * MINUTE;
        let span = if number % 8 == 0 {
            let first = today + Days::new(number.unsigned_abs() % 3);
            Span::Days { start: first, end: first + Days::new(1), zone: String::new() }
        } else {
            Span::Time { start, end: start + (15 + number % 90) * MINUTE }
        };
        Appointment {
            subject: if number % 3 == 0 { "Besprechung für Q4 – Übersicht" } else { "Weekly review" }
                .to_owned(),
            show_as: ShowAs::ALL[usize::try_from(number).unwrap_or_default() % ShowAs::ALL.len()],
            organizer: "anna@example.com".to_owned(),
            ..Appointment::new(&format!("AAMkAGI2{number:08}"), span)
        }
    };
    (0..count).map(appointment).collect()
}

#[divan::bench(args = [10, 1_000, 10_000])]
fn decide_for(bencher: Bencher<'_, '_>, count: i64) {
    let (settings, appointments) = (settings(), appointments(count));
    bencher.bench_local(|| decide(&settings, divan::black_box(&appointments), NOW, &Native).note);
}

/// As the service asks: the settings are read once for all users.
#[divan::bench(args = [10, 1_000, 10_000])]
fn decide_with_rules_for(bencher: Bencher<'_, '_>, count: i64) {
    let (rules, appointments) = (Rules::new(&settings(), Native), appointments(count));
    bencher.bench_local(|| rules.decide(divan::black_box(&appointments), NOW).note);
}
