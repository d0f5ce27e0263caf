//! What holds for `decide` whatever the settings and appointments are.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use calendar::Native;
use calendar::appointment::{Appointment, Sensitivity, ShowAs, Span};
use calendar::decide::{Explained, Why, decide, explain};
use calendar::settings::{Item, Settings, Value};
use calendar_presence::{Activity, Note, clean_title};
use chrono::{Duration, NaiveDate};
use proptest::prelude::*;

const HOUR: i64 = 3_600_000;
/// Midnight in UTC; in the night to the 29th Beirut and on the 29th Europe change to daylight saving.
const START: i64 = 1_774_656_000_000;
const ZONES: &[&str] =
    &["UTC", "Europe/Berlin", "Asia/Beirut", "America/St_Johns", "Pacific/Auckland", "Pacific/Kiritimati"];

fn settings() -> impl Strategy<Value = Settings> {
    let mapping = 0..5_usize;
    let words = prop::sample::select(&["", "urlaub", "a, \"b\"", "x,ü"][..]);
    let flags = (any::<bool>(), any::<bool>(), prop::sample::select(&["", "hr@example.com"][..]));
    let place = (0..26_usize, prop::sample::select(ZONES));
    (prop::collection::vec(mapping, 6), words.clone(), words, flags, place).prop_map(
        |(mappings, first, last, (subject, exception_title, organizer), (language, zone))| {
            let mut settings = Settings {
                show_subject: subject,
                show_tentative_exception_title: exception_title,
                priority_words: first.to_owned(),
                priority_excluded_words: last.to_owned(),
                tentative_organizer: organizer.to_owned(),
                presence_time_zone: zone.to_owned(),
                ..Settings::default()
            };
            settings.set(Item::PresenceLanguage, Value::Choice(language)).unwrap();
            let items = [
                Item::MapBusy,
                Item::MapTentative,
                Item::MapTentativeException,
                Item::MapOutOfOffice,
                Item::MapWorkingElsewhere,
                Item::MapNoData,
            ];
            for (item, mapping) in items.into_iter().zip(mappings) {
                settings.set(item, Value::Choice(mapping)).unwrap();
            }
            settings
        },
    )
}

/// Times on a grid, so that many of them meet.
fn span() -> impl Strategy<Value = Span> {
    let quarter = HOUR / 4;
    let timed = (-40..300_i64, -1..60_i64).prop_map(move |(start, length)| Span::Time {
        start: START + start * quarter,
        end: START + (start + length) * quarter,
    });
    let zone = prop::sample::select(
        &["", "Mars/Olympus", "Asia/Beirut", "Pacific/Auckland", "America/New_York"][..],
    );
    let whole = (-1..5_i64, 0..4_i64, zone).prop_map(|(start, length, zone)| {
        let first = NaiveDate::from_ymd_opt(2026, 3, 28).unwrap();
        let day = |days| first + Duration::days(days);
        Span::Days { start: day(start), end: day(start + length), zone: zone.to_owned() }
    });
    prop_oneof![3 => timed, 1 => whole]
}

fn subject() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[a-c#:() ü]{0,12}",
        "(#(busy|until:5|len:3)|Urlaub| |x){0,5}",
        any::<String>(),
        "[ä😀]{120,140}",
    ]
}

fn appointments() -> impl Strategy<Value = Vec<Appointment>> {
    let organizer = prop::sample::select(&["", "HR@example.com", "a@example.com"][..]);
    let sensitivity = prop::sample::select(&Sensitivity::ALL[..]);
    let show_as = prop::sample::select(&ShowAs::ALL[..]);
    let one = (subject(), span(), show_as, sensitivity, organizer, prop::bool::weighted(0.1));
    prop::collection::vec(one, 0..9).prop_map(|all| {
        let with_id = |(number, one): (usize, (String, Span, ShowAs, Sensitivity, &str, bool))| {
            let (subject, span, show_as, sensitivity, organizer, cancelled) = one;
            Appointment {
                subject,
                show_as,
                sensitivity,
                organizer: organizer.to_owned(),
                cancelled,
                ..Appointment::new(&format!("id{number}"), span)
            }
        };
        all.into_iter().enumerate().map(with_id).collect()
    })
}

fn now() -> impl Strategy<Value = i64> {
    prop_oneof![(0..200_i64).prop_map(|quarters| START + quarters * HOUR / 4), START..START + 50 * HOUR]
}

/// The title as rule 8 has it for an appointment whose title may be shown.
fn expected_title(subject: &str) -> Option<String> {
    let clean = clean_title(subject);
    let title =
        if clean.chars().count() > 128 { clean.chars().take(127).chain(['…']).collect() } else { clean };
    Some(title).filter(|title| !title.is_empty())
}

fn shown(activity: Activity) -> Activity {
    if activity == Activity::Dnd { Activity::Busy } else { activity }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn the_note_parses_back_to_the_decision(settings in settings(), appointments in appointments(), now in now()) {
        let decision = decide(&settings, &appointments, now, &Native);
        let note = Note::parse(&decision.note);
        let Some(until) = decision.until else {
            prop_assert_eq!(&decision.note, settings.presence_language.words().free);
            return Ok(());
        };
        prop_assert_eq!(note.activity(), Some(shown(decision.activity)));
        prop_assert_eq!(note.until(), Some(until));
        prop_assert_eq!(note.whole_day(), decision.whole_day);
        prop_assert_eq!(note.next().is_some(), decision.next.is_some());
        let private = settings.presence_language.words().private;
        for (appointment, title) in
            [(decision.leading, note.title()), (decision.next, note.next().and_then(|next| next.title))]
        {
            let title = title.map(|title| title.to_string());
            let exception = appointment.is_some_and(|one| {
                one.show_as == ShowAs::Tentative
                    && settings.tentative_organizer.eq_ignore_ascii_case(&one.organizer)
                    && !one.organizer.is_empty()
            });
            let expected = match appointment {
                Some(one) if settings.show_subject && (!exception || settings.show_tentative_exception_title) => {
                    if one.sensitivity == Sensitivity::Normal { expected_title(&one.subject) } else { Some(private.to_owned()) }
                }
                _ => None,
            };
            prop_assert_eq!(title, expected);
        }
    }

    #[test]
    fn until_changes_at_the_decision_stays(settings in settings(), appointments in appointments(), now in now(), share in 0.0..1.0_f64) {
        let explained = explain(&settings, &appointments, now, &Native);
        prop_assert_eq!(&decide(&settings, &appointments, now, &Native), &explained.decision);
        let changes_at = explained.decision.changes_at.unwrap_or(now + 100 * HOUR);
        prop_assert!(changes_at > now);
        #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)]
        let between = now + ((changes_at - now) as f64 * share) as i64;
        for later in [between.min(changes_at - 1), changes_at - 1] {
            prop_assert_eq!(&explain(&settings, &appointments, later, &Native), &explained, "at {}", later);
        }
    }

    #[test]
    fn a_left_out_appointment_changes_nothing(settings in settings(), appointments in appointments(), now in now()) {
        let Explained { decision, reasons } = explain(&settings, &appointments, now, &Native);
        let left_out = |id: &str| {
            reasons.iter().any(|reason| reason.appointment.id == id && matches!(reason.why, Why::LeftOut(_)))
        };
        let rest: Vec<_> = appointments.iter().filter(|one| !left_out(&one.id)).cloned().collect();
        let without = decide(&settings, &rest, now, &Native);
        // Only when to ask again may depend on one that is too far ahead yet.
        let mut expected = decision.clone();
        expected.changes_at = without.changes_at;
        prop_assert_eq!(without, expected);
    }

    #[test]
    fn the_order_of_the_input_does_not_matter(settings in settings(), appointments in appointments(), now in now()) {
        let explained = explain(&settings, &appointments, now, &Native);
        let mut reversed = appointments.clone();
        reversed.reverse();
        let again = explain(&settings, &reversed, now, &Native);
        prop_assert_eq!(again.decision, explained.decision);
        prop_assert!(again.reasons.iter().rev().eq(&explained.reasons));
    }

    #[test]
    fn titles_that_must_not_show_never_do(settings in settings(), appointments in appointments(), now in now()) {
        const SECRET: &str = "Zq7";
        let marked: Vec<_> = appointments
            .into_iter()
            .map(|one| Appointment { subject: format!("{SECRET}{}", one.subject), ..one })
            .collect();
        let Explained { decision, reasons } = explain(&settings, &marked, now, &Native);
        let shows = |one: Option<&Appointment>| one.is_some_and(|one| one.sensitivity == Sensitivity::Normal);
        if !settings.show_subject || !(shows(decision.leading) || shows(decision.next)) {
            prop_assert!(!decision.note.contains(SECRET), "{}", decision.note);
        }
        for reason in &reasons {
            prop_assert!(!reason.sentence("UTC", &Native).contains(SECRET));
        }
    }
}
