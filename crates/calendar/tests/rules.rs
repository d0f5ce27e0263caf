//! The rules by their numbers: `decide` on a handful of appointments each.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use calendar::Native;
use calendar::appointment::{Appointment, Sensitivity, ShowAs, Span};
use calendar::decide::{Criterion, Decision, LeftOut, Reason, Rules, Why, decide, explain};
use calendar::settings::{Mapping, Settings};
use calendar_presence::{Activity, Language};
use chrono::{DateTime, NaiveDate};

const NOW: &str = "2026-11-21T09:00:00Z";

fn at(instant: &str) -> i64 {
    DateTime::parse_from_rfc3339(instant).unwrap().timestamp_millis()
}

fn date(date: &str) -> NaiveDate {
    date.parse().unwrap()
}

/// An ordinary appointment on 21 November 2026, from `start` to `end` as `HH:MM` in UTC, or as instants.
fn timed(id: &str, start: &str, end: &str) -> Appointment {
    let instant = |time: &str| if time.len() == 5 { at(&format!("2026-11-21T{time}:00Z")) } else { at(time) };
    appointment(id, Span::Time { start: instant(start), end: instant(end) })
}

fn days(id: &str, start: &str, end: &str, zone: &str) -> Appointment {
    appointment(id, Span::Days { start: date(start), end: date(end), zone: zone.to_owned() })
}

fn appointment(id: &str, span: Span) -> Appointment {
    Appointment { subject: format!("Title {id}"), ..Appointment::new(id, span) }
}

fn showing(show_as: ShowAs, appointment: Appointment) -> Appointment {
    Appointment { show_as, ..appointment }
}

fn titled(subject: &str, appointment: Appointment) -> Appointment {
    Appointment { subject: subject.to_owned(), ..appointment }
}

fn with_subjects() -> Settings {
    Settings { show_subject: true, ..Settings::default() }
}

fn at_nine<'a>(settings: &Settings, appointments: &'a [Appointment]) -> Decision<'a> {
    decide(settings, appointments, at(NOW), &Native)
}

fn reasons_at_nine<'a>(settings: &Settings, appointments: &'a [Appointment]) -> Vec<Reason<'a>> {
    let explained = explain(settings, appointments, at(NOW), &Native);
    assert_eq!(explained.decision, at_nine(settings, appointments));
    explained.reasons
}

fn note(settings: &Settings, appointments: &[Appointment]) -> String {
    at_nine(settings, appointments).note
}

#[track_caller]
fn assert_left_out(settings: &Settings, appointment: Appointment, why: LeftOut) {
    let appointments = [appointment];
    let decision = at_nine(settings, &appointments);
    assert_eq!(decision.note, "Free");
    assert_eq!(decision.activity, Activity::Free);
    assert_eq!((decision.leading, decision.next, decision.until), (None, None, None));
    assert_eq!(reasons_at_nine(settings, &appointments)[0].why, Why::LeftOut(why));
}

#[track_caller]
fn assert_leads(settings: &Settings, appointments: &[Appointment], id: &str, behind: Option<Criterion>) {
    let decision = at_nine(settings, appointments);
    assert_eq!(decision.leading.map(|leading| leading.id.as_str()), Some(id));
    let by = reasons_at_nine(settings, appointments).iter().find_map(|reason| match reason.why {
        Why::Behind { by, .. } => Some(by),
        _ => None,
    });
    assert_eq!(by, behind);
    // The order of the input does not matter.
    let reversed: Vec<_> = appointments.iter().rev().cloned().collect();
    assert_eq!(at_nine(settings, &reversed).leading.map(|leading| leading.id.as_str()), Some(id));
}

#[test]
fn rule_1_leaves_out_what_does_not_count() {
    let settings = with_subjects();
    let cancelled = Appointment { cancelled: true, ..timed("a", "08:00", "10:00") };
    assert_left_out(&settings, cancelled, LeftOut::Cancelled);
    let declined = Appointment { declined: true, ..timed("a", "08:00", "10:00") };
    assert_left_out(&settings, declined, LeftOut::Declined);
    assert_left_out(&settings, showing(ShowAs::Free, timed("a", "08:00", "10:00")), LeftOut::ShownAsFree);
    assert_left_out(&settings, showing(ShowAs::Tentative, timed("a", "08:00", "10:00")), LeftOut::Ignored);
    assert_left_out(&settings, timed("a", "08:00", "09:00"), LeftOut::Ended);
    assert_left_out(&settings, timed("a", "10:00", "10:00"), LeftOut::NoDuration);
    assert_left_out(&settings, timed("a", "10:00", "08:00"), LeftOut::NoDuration);
    assert_left_out(
        &settings,
        timed("a", "2026-11-23T09:00:00.001Z", "2026-11-23T10:00:00Z"),
        LeftOut::TooFar,
    );
    let just_near_enough = [timed("a", "2026-11-23T09:00:00Z", "2026-11-23T10:00:00Z")];
    assert_eq!(at_nine(&settings, &just_near_enough).next, Some(&just_near_enough[0]));
}

#[test]
fn rule_2_maps_each_show_as_to_an_activity() {
    let mut settings = with_subjects();
    let activity = |settings: &Settings, show_as| {
        let appointments = [showing(show_as, timed("a", "08:00", "10:00"))];
        let decision = at_nine(settings, &appointments);
        (decision.activity, decision.leading.is_some())
    };
    assert_eq!(activity(&settings, ShowAs::Busy), (Activity::Busy, true));
    assert_eq!(activity(&settings, ShowAs::Tentative), (Activity::Free, false));
    assert_eq!(activity(&settings, ShowAs::Oof), (Activity::Away, true));
    assert_eq!(activity(&settings, ShowAs::WorkingElsewhere), (Activity::Free, true));
    assert_eq!(activity(&settings, ShowAs::NoData), (Activity::Busy, true));
    settings.map_busy = Mapping::DoNotDisturb;
    settings.map_tentative = Mapping::Available;
    settings.map_out_of_office = Mapping::Ignore;
    settings.map_working_elsewhere = Mapping::Away;
    settings.map_no_data = Mapping::Busy;
    assert_eq!(activity(&settings, ShowAs::Busy), (Activity::Dnd, true));
    assert_eq!(activity(&settings, ShowAs::Tentative), (Activity::Free, true));
    assert_eq!(activity(&settings, ShowAs::Oof), (Activity::Free, false));
    assert_eq!(activity(&settings, ShowAs::WorkingElsewhere), (Activity::Away, true));
}

#[test]
fn rule_2_knows_exceptional_organizers_without_letter_case() {
    let mut settings = with_subjects();
    settings.tentative_organizer = "boss@example.com; HR@Example.com".to_owned();
    let by_hr = |organizer: &str| Appointment {
        organizer: organizer.to_owned(),
        ..showing(ShowAs::Tentative, timed("a", "08:00", "10:00"))
    };
    assert_eq!(at_nine(&settings, &[by_hr("hr@example.COM")]).activity, Activity::Away);
    assert_left_out(&settings, by_hr("anna@example.com"), LeftOut::Ignored);
    let busy = Appointment { show_as: ShowAs::Busy, ..by_hr("hr@example.com") };
    assert_eq!(at_nine(&settings, &[busy]).activity, Activity::Busy, "only tentative ones are exceptions");
}

#[test]
fn rule_3_ranks_by_keywords_also_of_private_appointments() {
    let settings = Settings {
        priority_words: "urlaub".to_owned(),
        priority_excluded_words: "home, \"PTO\"".to_owned(),
        ..with_subjects()
    };
    let holiday = Appointment {
        sensitivity: Sensitivity::Private,
        ..titled("Sommerurlaub", timed("holiday", "08:00", "20:00"))
    };
    let meeting = showing(ShowAs::Oof, titled("laptop review", timed("meeting", "08:30", "09:30")));
    let home = showing(ShowAs::Oof, titled("Homeoffice, Urlaub", timed("home", "08:45", "09:15")));
    let all = [holiday.clone(), meeting.clone(), home.clone()];
    assert_leads(&settings, &all, "holiday", Some(Criterion::Rank));
    assert_leads(&settings, &[meeting, home], "meeting", Some(Criterion::Rank));
    let reasons = reasons_at_nine(&settings, &all);
    let words: Vec<_> = reasons.iter().map(|reason| reason.keyword.clone()).collect();
    assert_eq!(words[0].as_ref().map(|found| (found.keyword.as_str(), found.first)), Some(("urlaub", true)));
    assert_eq!(words[1], None);
    assert_eq!(words[2].as_ref().map(|found| (found.keyword.as_str(), found.first)), Some(("home", false)));
}

#[test]
fn rule_4_orders_by_activity_start_end_and_id() {
    let settings = Settings { map_no_data: Mapping::DoNotDisturb, ..with_subjects() };
    let long = |show_as, id| showing(show_as, timed(id, "08:00", "12:00"));
    let [away, dnd] = [long(ShowAs::Oof, "away"), long(ShowAs::NoData, "dnd")];
    let [busy, free] = [long(ShowAs::Busy, "busy"), long(ShowAs::WorkingElsewhere, "free")];
    assert_leads(&settings, &[away, dnd.clone()], "away", Some(Criterion::Activity));
    assert_leads(&settings, &[dnd, busy.clone()], "dnd", Some(Criterion::Activity));
    assert_leads(&settings, &[busy.clone(), free], "busy", Some(Criterion::Activity));
    let later = timed("later", "08:30", "12:00");
    assert_leads(&settings, &[busy.clone(), later], "later", Some(Criterion::LaterStart));
    let shorter = timed("shorter", "08:00", "11:00");
    assert_leads(&settings, &[busy.clone(), shorter], "shorter", Some(Criterion::EarlierEnd));
    let twin = timed("bush", "08:00", "12:00");
    assert_leads(&settings, &[busy, twin], "bush", Some(Criterion::Id));
}

#[test]
fn rule_5_announces_the_first_to_start_when_nothing_runs() {
    let settings = with_subjects();
    let appointments =
        [timed("b", "11:00", "12:00"), timed("a", "10:30", "11:30"), timed("c", "10:30", "11:00")];
    let decision = at_nine(&settings, &appointments);
    assert_eq!(decision.next, Some(&appointments[2]));
    assert_eq!(
        (decision.activity, decision.leading, decision.until),
        (Activity::Free, None, Some(at("2026-11-21T10:30:00Z")))
    );
    assert_eq!(
        decision.note,
        "Free until 10:30 (Busy: Title c) #free #until:1795257000000 #next-activity:busy #next:24:7:24:7"
    );
    assert_eq!(note(&settings, &[]), "Free");
    assert_eq!(note(&Settings { presence_language: Language::De, ..settings }, &[]), "Frei");
}

#[test]
fn rule_6_ends_a_state_when_another_takes_over_or_the_leading_one_ends() {
    let settings = with_subjects();
    let long = timed("long", "08:00", "12:00");
    let decision = at_nine(&settings, std::slice::from_ref(&long));
    assert_eq!(decision.until, Some(at("2026-11-21T12:00:00Z")));
    assert_eq!(decision.note, "Title long until 12:00 #busy #len:10:10 #until:1795262400000");

    let stronger = [long.clone(), timed("later", "10:00", "11:00")];
    let decision = at_nine(&settings, &stronger);
    assert_eq!((decision.until, decision.next), (Some(at("2026-11-21T10:00:00Z")), None));

    let weaker = [long, showing(ShowAs::WorkingElsewhere, timed("weaker", "10:00", "11:00"))];
    assert_eq!(at_nine(&settings, &weaker).until, Some(at("2026-11-21T12:00:00Z")));
}

#[test]
fn rule_6_announces_what_takes_over_from_an_available_appointment() {
    let settings = with_subjects();
    let home = |end| showing(ShowAs::WorkingElsewhere, titled("Homeoffice", timed("home", "08:00", end)));
    let meeting = titled("Meeting", timed("meeting", "10:00", "11:00"));
    let expected = "Homeoffice until 10:00 (Busy: Meeting) #free #len:10:10 #until:1795255200000 #next-activity:busy #next:30:7:30:7";
    assert_eq!(note(&settings, &[home("10:00"), meeting.clone()]), expected, "where it ends");
    assert_eq!(note(&settings, &[home("18:00"), meeting.clone()]), expected, "before its own end");

    let later = titled("Meeting", timed("meeting", "10:01", "11:00"));
    let alone = "Homeoffice until 10:00 #free #len:10:10 #until:1795255200000";
    assert_eq!(note(&settings, &[home("10:00"), later]), alone, "it must start at that instant");
    let elsewhere = showing(ShowAs::WorkingElsewhere, meeting.clone());
    assert_eq!(note(&settings, &[home("10:00"), elsewhere]), alone, "and not be free itself");
    let running = showing(ShowAs::Tentative, timed("running", "08:30", "11:00"));
    let settings = Settings { map_tentative: Mapping::Available, ..settings };
    let appointments = [running, home("10:00")];
    assert_eq!(at_nine(&settings, &appointments).next, None, "what ran before is not announced");

    let busy = [titled("Review", timed("review", "08:00", "10:00")), meeting];
    assert_eq!(
        note(&settings, &busy),
        "Review until 10:00 #busy #len:6:6 #until:1795255200000",
        "nor by a busy one"
    );
}

#[test]
fn rule_7_marks_the_end_of_whole_days() {
    let settings = Settings { presence_time_zone: "Europe/Berlin".to_owned(), ..with_subjects() };
    let holiday = showing(ShowAs::Oof, titled("Holiday", days("h", "2026-11-20", "2026-11-24", "")));
    let appointments = [holiday.clone()];
    let decision = at_nine(&settings, &appointments);
    assert!(decision.whole_day);
    assert_eq!(decision.until, Some(at("2026-11-23T23:00:00Z")));
    assert_eq!(decision.note, "Holiday until 24/11/2026 #away #len:7:7 #until:1795474800000 #whole-day");

    let overtaken = [holiday, Appointment { show_as: ShowAs::Oof, ..timed("later", "10:00", "11:00") }];
    assert!(!at_nine(&settings, &overtaken).whole_day, "the end is not that of the whole day");
}

#[test]
fn rule_7_marks_a_whole_day_that_takes_over_or_is_next() {
    let settings = Settings { presence_time_zone: "Europe/Berlin".to_owned(), ..with_subjects() };
    let sunday = showing(ShowAs::Oof, titled("Holiday", days("h", "2026-11-22", "2026-11-23", "")));
    assert_eq!(
        note(&settings, std::slice::from_ref(&sunday)),
        "Free until 22/11/2026 (Away: Holiday) #free #until:1795302000000 #whole-day #next-activity:away #next:29:7:29:7"
    );
    let until_midnight = timed("evening", "08:00", "23:00");
    let takes_over = [until_midnight.clone(), sunday.clone()];
    let decision = at_nine(&settings, &takes_over);
    assert!(decision.whole_day);
    assert_eq!(
        decision.note,
        "Title evening until 22/11/2026 #busy #len:13:13 #until:1795302000000 #whole-day"
    );
    let does_not_lead = [until_midnight, showing(ShowAs::Busy, sunday), timed("night", "22:59", "23:30")];
    assert!(!at_nine(&settings, &does_not_lead).whole_day);
}

#[test]
fn rule_7_takes_the_date_of_the_appointment_not_of_the_instant() {
    let settings = Settings { presence_time_zone: "Europe/Berlin".to_owned(), ..with_subjects() };
    let auckland = [showing(ShowAs::Oof, days("a", "2026-12-20", "2026-12-24", "Pacific/Auckland"))];
    let decision = decide(&settings, &auckland, at("2026-12-21T09:00:00Z"), &Native);
    assert_eq!(decision.until, Some(at("2026-12-23T11:00:00Z")));
    assert_eq!(decision.note, "Title a until 24/12/2026 #away #len:7:7 #until:1798023600000 #whole-day");
}

#[test]
fn rule_7_begins_a_day_where_daylight_saving_skips_midnight() {
    let settings = Settings { presence_time_zone: "Asia/Beirut".to_owned(), ..with_subjects() };
    let sunday = [days("a", "2026-03-29", "2026-03-30", "")];
    let decision = decide(&settings, &sunday, at("2026-03-28T12:00:00Z"), &Native);
    assert_eq!(
        decision.until,
        Some(at("2026-03-28T22:00:00Z")),
        "00:00 is skipped, so the day begins at 01:00"
    );
}

#[test]
fn rule_7_counts_days_of_23_and_25_hours() {
    let settings = Settings { presence_time_zone: "Europe/Berlin".to_owned(), ..with_subjects() };
    let length = |day: &str, next: &str| {
        let noon = at(&format!("{day}T12:00:00Z"));
        let appointments = [days("a", day, next, "")];
        let decision = decide(&settings, &appointments, noon, &Native);
        let eve = decide(&settings, &appointments, noon - 24 * 3_600_000, &Native);
        (decision.until.unwrap() - eve.until.unwrap()) / 3_600_000
    };
    assert_eq!(length("2026-03-29", "2026-03-30"), 23);
    assert_eq!(length("2026-10-25", "2026-10-26"), 25);
    assert_eq!(length("2026-12-31", "2027-01-01"), 24);
}

#[test]
fn rule_8_cleans_and_cuts_titles() {
    let settings = with_subjects();
    let of = |subject: &str| note(&settings, &[titled(subject, timed("a", "08:00", "10:00"))]);
    assert_eq!(of("  A\tb\n c\u{7} "), "A b c until 10:00 #busy #len:5:5 #until:1795255200000");
    assert_eq!(of(" \u{2028} "), "Busy until 10:00 #busy #until:1795255200000", "an empty title is none");
    let exact = "x".repeat(128);
    assert!(of(&exact).starts_with(&format!("{exact} until")));
    let long = format!("{}…", "ü".repeat(127));
    assert_eq!(of(&"ü".repeat(129)), format!("{long} until 10:00 #busy #len:128:257 #until:1795255200000"));
}

#[test]
fn rule_8_shows_the_word_for_private_unless_the_sensitivity_is_normal() {
    let settings = Settings { presence_language: Language::De, ..with_subjects() };
    for sensitivity in [Sensitivity::Personal, Sensitivity::Private, Sensitivity::Confidential] {
        let secret = Appointment { sensitivity, ..timed("a", "08:00", "10:00") };
        assert_eq!(note(&settings, &[secret]), "Privat bis 10:00 #busy #len:6:6 #until:1795255200000");
    }
}

#[test]
fn rule_8_writes_no_title_with_the_subject_off() {
    let settings = Settings::default();
    let running = [timed("a", "08:00", "10:00")];
    assert_eq!(note(&settings, &running), "Busy until 10:00 #busy #until:1795255200000");
    let coming = [timed("a", "10:00", "11:00")];
    assert_eq!(
        note(&settings, &coming),
        "Free until 10:00 (Busy) #free #until:1795255200000 #next-activity:busy"
    );
    let private = [Appointment { sensitivity: Sensitivity::Private, ..timed("a", "08:00", "10:00") }];
    assert_eq!(note(&settings, &private), "Busy until 10:00 #busy #until:1795255200000");
}

#[test]
fn rule_8_hides_titles_of_exceptions_unless_told_otherwise() {
    let mut settings = Settings { tentative_organizer: "hr@example.com".to_owned(), ..with_subjects() };
    let sick = [Appointment {
        organizer: "hr@example.com".to_owned(),
        ..showing(ShowAs::Tentative, titled("Flu", timed("a", "08:00", "10:00")))
    }];
    assert_eq!(note(&settings, &sick), "Away until 10:00 #away #until:1795255200000");
    settings.show_tentative_exception_title = true;
    assert_eq!(note(&settings, &sick), "Flu until 10:00 #away #len:3:3 #until:1795255200000");
    settings.show_subject = false;
    assert_eq!(note(&settings, &sick), "Away until 10:00 #away #until:1795255200000");
}

#[test]
fn rule_9_writes_do_not_disturb_as_busy_and_tells_the_pbx() {
    let settings = Settings { map_busy: Mapping::DoNotDisturb, ..with_subjects() };
    let running = [timed("a", "08:00", "10:00")];
    let decision = at_nine(&settings, &running);
    assert_eq!((decision.pbx_activity(), decision.activity), ("dnd", Activity::Dnd));
    assert_eq!(decision.note, "Title a until 10:00 #busy #len:7:7 #until:1795255200000");
    let coming = [timed("a", "10:00", "11:00")];
    assert_eq!(
        note(&settings, &coming),
        "Free until 10:00 (Busy: Title a) #free #until:1795255200000 #next-activity:busy #next:24:7:24:7"
    );
    let pbx = |show_as| {
        let appointments = [showing(show_as, timed("a", "08:00", "10:00"))];
        at_nine(&Settings::default(), &appointments).pbx_activity()
    };
    assert_eq!([ShowAs::Busy, ShowAs::Oof, ShowAs::WorkingElsewhere].map(pbx), ["busy", "away", ""]);
}

#[test]
fn rule_10_changes_with_the_state() {
    let settings = with_subjects();
    assert_eq!(at_nine(&settings, &[]).changes_at, None);
    let running = [timed("a", "08:00", "10:00")];
    assert_eq!(at_nine(&settings, &running).changes_at, Some(at("2026-11-21T10:00:00Z")));
}

#[test]
fn rule_10_changes_when_a_far_appointment_comes_near() {
    let settings = with_subjects();
    let far = [timed("a", "2026-11-23T10:00:00Z", "2026-11-23T11:00:00Z")];
    let decision = at_nine(&settings, &far);
    assert_eq!((decision.note.as_str(), decision.changes_at), ("Free", Some(at("2026-11-21T10:00:00Z"))));
    let then = decide(&settings, &far, at("2026-11-21T10:00:00Z"), &Native);
    assert_eq!(then.next, Some(&far[0]));
}

#[test]
fn rule_10_changes_at_the_midnight_that_makes_the_date_needless() {
    let settings = Settings { presence_time_zone: "Europe/Berlin".to_owned(), ..with_subjects() };
    let tomorrow = [timed("a", "08:00", "2026-11-22T10:00:00Z")];
    let decision = at_nine(&settings, &tomorrow);
    assert_eq!(decision.note, "Title a until 22/11/2026 11:00 #busy #len:7:7 #until:1795341600000");
    assert_eq!(decision.changes_at, Some(at("2026-11-21T23:00:00Z")));
    let after_midnight = decide(&settings, &tomorrow, at("2026-11-21T23:00:00Z"), &Native);
    assert_eq!(after_midnight.note, "Title a until 11:00 #busy #len:7:7 #until:1795341600000");
}

#[test]
fn rule_11_gives_every_appointment_a_reason_without_its_title() {
    let settings = Settings { priority_words: "strategy".to_owned(), ..with_subjects() };
    let appointments = [
        titled("Secret strategy", timed("a1", "08:00", "10:00")),
        titled("Secret review", timed("a2", "08:30", "09:30")),
        titled("Secret party", timed("a3", "10:00", "11:00")),
        Appointment { cancelled: true, ..titled("Secret", days("a4", "2026-11-21", "2026-11-22", "")) },
    ];
    let reasons = reasons_at_nine(&settings, &appointments);
    let sentences: Vec<_> = reasons.iter().map(|reason| reason.sentence("Europe/Berlin", &Native)).collect();
    assert_eq!(
        sentences,
        [
            "a1 (busy, 2026-11-21 09:00 to 2026-11-21 11:00) leads; the keyword \"strategy\" puts it first",
            "a2 (busy, 2026-11-21 09:30 to 2026-11-21 10:30) waits: a1 leads by the prioritized keywords",
            "a3 (busy, 2026-11-21 11:00 to 2026-11-21 12:00) waits: it starts later",
            "a4 (busy, whole days 2026-11-21 to 2026-11-22, end exclusive) is left out: it is cancelled",
        ]
    );
}

#[test]
fn rule_11_tells_each_reason_in_one_line() {
    let appointments = [titled("Review", timed("a\r\n1", "08:00", "10:00"))];
    assert_eq!(
        reasons_at_nine(&Settings::default(), &appointments)[0].sentence("UTC", &Native),
        "a 1 (busy, 2026-11-21 08:00 to 2026-11-21 10:00) leads"
    );
}

#[test]
fn the_note_of_the_wiki_for_christmas() {
    let settings = Settings {
        presence_time_zone: "Europe/Berlin".to_owned(),
        presence_language: Language::De,
        ..with_subjects()
    };
    let christmas = [titled("Christmas", days("x", "2017-12-24", "2017-12-27", "Europe/Berlin"))];
    let decision = decide(&settings, &christmas, at("2017-12-25T10:00:00Z"), &Native);
    assert_eq!(decision.note, "Christmas bis 27.12.2017 #busy #len:9:9 #until:1514329200000 #whole-day");
}

#[test]
fn appointments_run_across_new_year() {
    let settings = Settings { presence_time_zone: "America/New_York".to_owned(), ..with_subjects() };
    let party = [timed("a", "2026-12-31T20:00:00-05:00", "2027-01-01T02:00:00-05:00")];
    let decision = decide(&settings, &party, at("2026-12-31T21:00:00-05:00"), &Native);
    assert_eq!(decision.note, "Title a until 01/01/2027 02:00 #busy #len:7:7 #until:1798786800000");
    assert_eq!(decision.changes_at, Some(at("2027-01-01T00:00:00-05:00")));
}

#[test]
fn people_5_categories_are_compared_as_a_whole_and_without_letter_case() {
    let decided = |ignored: &str, categories: &[&str]| {
        let settings = Settings { ignore_categories: ignored.to_owned(), ..Settings::default() };
        let span = Span::Time { start: 0, end: 1000 };
        let categories = categories.iter().map(ToString::to_string).collect();
        let all = [Appointment { categories, ..Appointment::new("a", span) }];
        Rules::new(&settings, Native).decide(&all, 1).leading.is_some()
    };
    assert!(decided("", &["Red"]));
    assert!(!decided("red", &["Blue", "RED"]));
    assert!(decided("red", &["Red category"]) && decided("red", &[]));
    assert!(!decided("a; \"Berlin, office\"", &["berlin, OFFICE"]));
    assert!(!decided("büro", &["Bu\u{308}RO"]));
}

#[test]
fn people_5_automatic_replies_have_a_mapping_of_their_own_and_no_title() {
    let span = Span::Time { start: 0, end: 3_600_000 };
    let all = [Appointment { subject: "Secret".to_owned(), ..Appointment::automatic_replies(span) }];
    for (mapping, activity) in [
        (Mapping::Ignore, ""),
        (Mapping::Away, "away"),
        (Mapping::DoNotDisturb, "dnd"),
        (Mapping::Available, ""),
    ] {
        let settings = Settings {
            map_automatic_replies: mapping,
            map_out_of_office: Mapping::Busy,
            show_subject: true,
            priority_words: "secret".to_owned(),
            ..Settings::default()
        };
        let rules = Rules::new(&settings, Native);
        let decision = rules.decide(&all, 1);
        assert_eq!(decision.pbx_activity(), activity, "{mapping:?}");
        assert_eq!(decision.leading.is_some(), mapping != Mapping::Ignore);
        assert!(!decision.note.contains("Secret") && !decision.note.contains("#len"), "{}", decision.note);
        assert_eq!(rules.explain(&all, 1).reasons[0].keyword, None);
    }
}
