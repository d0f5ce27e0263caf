//! What other settings would change over the next 48 hours.
#![allow(clippy::unwrap_used)]

use calendar::Native;
use calendar::appointment::{Appointment, ShowAs, Span};
use calendar::dry_run::{Change, DryRun, Shown, dry_run};
use calendar::settings::{Mapping, Settings};

const HOUR: i64 = 3_600_000;
/// 21 November 2026, 09:00 UTC.
const NOW: i64 = 1_795_251_600_000;

fn appointment(id: &str, show_as: ShowAs, start: i64, end: i64) -> Appointment {
    Appointment {
        show_as,
        ..Appointment::new(id, Span::Time { start: NOW + start * HOUR, end: NOW + end * HOUR })
    }
}

fn shown(activity: &'static str, note: &str) -> Shown {
    Shown { activity, note: note.to_owned() }
}

fn run(after: &Settings, users: &[(&'static str, Vec<Appointment>)]) -> DryRun<&'static str> {
    let users = users.iter().map(|(name, appointments)| (*name, appointments.as_slice()));
    dry_run(&Settings::default(), after, users, NOW, &Native)
}

#[test]
fn the_same_settings_change_nothing() {
    let users = [("a", vec![appointment("1", ShowAs::Busy, -1, 1)]), ("b", Vec::new())];
    assert_eq!(run(&Settings::default(), &users), DryRun { changed: Vec::new(), unchanged: 2 });
}

#[test]
fn the_first_difference_of_each_user_is_told() {
    let after = Settings { map_tentative: Mapping::Busy, ..Settings::default() };
    let users = [
        ("runs", vec![appointment("1", ShowAs::Tentative, -1, 1)]),
        ("comes", vec![appointment("1", ShowAs::Busy, -1, 1), appointment("2", ShowAs::Tentative, 3, 4)]),
        ("busy only", vec![appointment("1", ShowAs::Busy, -1, 1)]),
    ];
    let expected = DryRun {
        changed: vec![
            (
                "runs",
                Change {
                    at: NOW,
                    before: shown("", "Free"),
                    after: shown("busy", "Busy until 10:00 #busy #until:1795255200000"),
                },
            ),
            (
                "comes",
                Change {
                    at: NOW + HOUR,
                    before: shown("", "Free"),
                    after: shown(
                        "",
                        "Free until 12:00 (Busy) #free #until:1795262400000 #next-activity:busy",
                    ),
                },
            ),
        ],
        unchanged: 1,
    };
    assert_eq!(run(&after, &users), expected);
}

#[test]
fn a_difference_of_the_activity_alone_counts() {
    let after = Settings { map_busy: Mapping::DoNotDisturb, ..Settings::default() };
    let note = "Busy until 10:00 #busy #until:1795255200000";
    let change = Change { at: NOW, before: shown("busy", note), after: shown("dnd", note) };
    let users = [("a", vec![appointment("1", ShowAs::Busy, -1, 1)])];
    assert_eq!(run(&after, &users), DryRun { changed: vec![("a", change)], unchanged: 0 });
}

#[test]
fn a_difference_after_48_hours_does_not_count() {
    let after = Settings { map_no_data: Mapping::Away, ..Settings::default() };
    let starting = |start| [("a", vec![appointment("1", ShowAs::NoData, start, start + 1)])];
    assert_eq!(run(&after, &starting(97)), DryRun { changed: Vec::new(), unchanged: 1 });
    let near = run(&after, &starting(96));
    assert_eq!(near.changed.first().map(|(_, change)| change.at), Some(NOW + 48 * HOUR));
}
