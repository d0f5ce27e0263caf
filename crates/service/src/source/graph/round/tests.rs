//! What rounds make of a calendar.

use calendar::appointment::{Appointment, ShowAs, Span};
use calendar::settings::NationalCloud;

use super::super::answer::Page;
use super::*;

/// A page of Graph with these entries.
fn page(entries: &str) -> Vec<Change> {
    let text = format!(
        r#"{{"value":[{entries}],"@odata.deltaLink":"https://graph.microsoft.com/v1.0/x?$deltatoken=1"}}"#
    );
    Page::read(text.as_bytes(), NationalCloud::Global).unwrap().changes
}

fn round(entries: &str) -> Round {
    let mut round = Round::default();
    round.add(page(entries));
    round
}

/// An entry with times at these hours of a day.
fn entry(id: &str, rest: &str, hours: std::ops::Range<u32>) -> String {
    let point =
        |hour: u32| format!(r#"{{"dateTime":"2026-11-21T{hour:02}:00:00.0000000","timeZone":"UTC"}}"#);
    format!(r#"{{"id":"{id}","start":{},"end":{}{rest}}}"#, point(hours.start), point(hours.end))
}

fn single(id: &str, subject: &str) -> String {
    entry(id, &format!(r#","type":"singleInstance","showAs":"busy","subject":"{subject}""#), 9..10)
}

fn master(id: &str, subject: &str) -> String {
    entry(id, &format!(r#","type":"seriesMaster","showAs":"busy","subject":"{subject}""#), 1..2)
}

fn occurrence(id: &str, series: &str, hour: u32) -> String {
    entry(id, &format!(r#","type":"occurrence","seriesMasterId":"{series}""#), hour..hour + 1)
}

fn exception(id: &str, series: &str, hour: u32) -> String {
    let rest =
        format!(r#","type":"exception","seriesMasterId":"{series}","showAs":"busy","subject":"moved""#);
    entry(id, &rest, hour..hour + 1)
}

fn removed(id: &str) -> String {
    format!(r#"{{"id":"{id}","@removed":{{"reason":"deleted"}}}}"#)
}

fn known(entries: &[String]) -> Vec<Record> {
    round(&entries.join(",")).apply(Vec::new())
}

/// Ids and titles.
fn shown(records: &[Record]) -> Vec<(String, String)> {
    let appointments = records.iter().map(|record| record.appointment(""));
    appointments.map(|Appointment { id, subject, .. }| (id, subject)).collect()
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(id, subject)| ((*id).to_owned(), (*subject).to_owned())).collect()
}

#[test]
fn events_come_change_and_go() {
    let before = known(&[single("a", "one"), single("b", "two")]);
    assert_eq!(shown(&before), pairs(&[("a", "one"), ("b", "two")]));
    let round = round(&[single("b", "new"), removed("a"), removed("never seen")].join(","));
    assert!(!round.leaves_open(&before));
    assert_eq!(shown(&round.apply(before)), pairs(&[("b", "new")]));
}

#[test]
fn of_two_entries_for_one_event_the_later_counts() {
    assert_eq!(shown(&known(&[removed("a"), single("a", "back")])), pairs(&[("a", "back")]));
    assert_eq!(
        shown(&known(&[single("a", "old"), single("a", "new"), removed("b")])),
        pairs(&[("a", "new")])
    );
    assert_eq!(shown(&known(&[single("a", "old"), removed("a")])), pairs(&[]));
}

#[test]
fn occurrences_take_everything_but_their_times_from_the_master_which_is_no_appointment() {
    let records = known(&[occurrence("o1", "m", 9), master("m", "Jour fixe"), occurrence("o2", "m", 12)]);
    assert_eq!(shown(&records), pairs(&[("o1", "Jour fixe"), ("o2", "Jour fixe")]));
    let expected = Appointment {
        subject: "Jour fixe".to_owned(),
        ..Appointment::new("o2", Span::Time { start: 1_795_262_400_000, end: 1_795_266_000_000 })
    };
    assert_eq!(records[1].appointment("Europe/Berlin"), expected);
}

#[test]
fn a_master_that_did_not_come_is_asked_for_once() {
    let mut round =
        round(&[occurrence("o1", "m", 9), occurrence("o2", "m", 12), exception("x", "n", 14)].join(","));
    assert_eq!(round.missing_masters(), ["m"]);
    let Change::Event(event) = page(&master("m", "Jour fixe")).remove(0) else { panic!() };
    round.add_master("m".to_owned(), event.properties.unwrap());
    assert!(round.missing_masters().is_empty());
    let all = pairs(&[("o1", "Jour fixe"), ("o2", "Jour fixe"), ("x", "moved")]);
    assert_eq!(shown(&round.apply(Vec::new())), all);
}

#[test]
fn occurrences_of_a_series_that_is_gone_go_with_it() {
    let before =
        known(&[master("m", "x"), occurrence("o1", "m", 9), exception("x", "m", 12), single("s", "stays")]);
    let round = round(&removed("m"));
    assert!(!round.leaves_open(&before));
    assert_eq!(shown(&round.apply(before)), pairs(&[("s", "stays")]));
}

#[test]
fn an_occurrence_of_a_series_that_cannot_be_had_is_taken_time_without_a_title() {
    let records = known(&[occurrence("o1", "m", 9)]);
    let appointment = records[0].appointment("");
    assert_eq!((appointment.subject.as_str(), appointment.show_as), ("", ShowAs::Busy));
    assert!(!records[0].is_open, "nobody knows the series");

    let mut round = round(&[occurrence("o1", "m", 9), occurrence("o2", "n", 9)].join(","));
    round.leave_open("m".to_owned());
    let mut records = round.apply(Vec::new());
    assert_eq!(records.iter().map(|record| record.is_open).collect::<Vec<_>>(), [true, false]);
    let Change::Event(event) = page(&master("m", "Jour fixe")).remove(0) else { panic!() };
    let times = records[0].times;
    complete(&mut records[0], &event.properties.clone().unwrap());
    assert_eq!(
        (shown(&records)[0].1.as_str(), records[0].is_open, records[0].times),
        ("Jour fixe", false, times)
    );
    complete(&mut records[0], &Properties { all_day: true, ..event.properties.unwrap() });
    let day = "2026-11-21".parse().unwrap();
    assert_eq!(records[0].times, Times::Days(day, day));
}

#[test]
fn from_midnight_to_midnight_is_a_whole_day_as_far_as_anybody_knows() {
    let day = r#"{"id":"o","type":"occurrence","seriesMasterId":"m","start":{"dateTime":"2026-12-24T00:00:00","timeZone":"UTC"},"end":{"dateTime":"2026-12-25T00:00:00","timeZone":"UTC"}}"#;
    let mut records = known(&[day.to_owned()]);
    assert!(records[0].is_whole_day());
    complete(&mut records[0], &Properties::unknown());
    assert_eq!(records[0].times, Times::Time(1_798_070_400_000, 1_798_156_800_000));
}

#[test]
fn hardening_12_a_hundred_thousand_removals_are_applied_in_one_go() {
    let before: Vec<String> = (0..19_000).map(|number| single(&format!("k{number}"), "x")).collect();
    let before = known(&before);
    let removals: Vec<Change> =
        (0..100_000).map(|number| Change::Removed { id: format!("r{number}") }).collect();
    let mut round = Round::default();
    round.add(removals);
    round.add(vec![Change::Removed { id: "k7".to_owned() }]);
    assert_eq!(round.len(), 100_001);
    assert!(!round.leaves_open(&before));
    assert_eq!(round.apply(before).len(), 18_999);
}

#[test]
fn a_series_sent_again_without_one_of_its_occurrences_leaves_it_open() {
    let before =
        known(&[master("m", "x"), occurrence("o1", "m", 9), occurrence("o2", "m", 12), single("s", "y")]);
    let whole = [master("m", "new"), occurrence("o1", "m", 9), occurrence("o2", "m", 12)];
    assert!(!round(&whole.join(",")).leaves_open(&before));
    assert!(
        round(&[master("m", "new"), occurrence("o1", "m", 9)].join(",")).leaves_open(&before),
        "one was cancelled"
    );
    assert!(round(&occurrence("o1", "m", 9)).leaves_open(&before), "also without the master");
    assert!(round(&master("m", "new")).leaves_open(&before), "all of them were");
    assert!(!round(&[occurrence("o1", "m", 9), removed("o2")].join(",")).leaves_open(&before), "it says so");
    assert!(!round(&master("other", "new")).leaves_open(&before));
}

#[test]
fn an_exception_replaces_its_occurrence_and_a_strange_one_leaves_that_open() {
    let before = known(&[master("m", "x"), occurrence("o1", "m", 9), occurrence("o2", "m", 12)]);
    let changed = round(&exception("o1", "m", 15));
    assert!(!changed.leaves_open(&before));
    assert_eq!(shown(&changed.apply(before.clone())), pairs(&[("o1", "moved"), ("o2", "x")]));
    assert!(round(&exception("other id", "m", 15)).leaves_open(&before));
}

#[test]
fn a_single_event_may_become_a_series() {
    let before = known(&[single("a", "once")]);
    let round = round(&[master("a", "weekly"), occurrence("o1", "a", 9)].join(","));
    assert_eq!(shown(&round.apply(before)), pairs(&[("o1", "weekly")]));
}

#[test]
fn an_occurrence_of_a_whole_day_series_is_a_date() {
    let day = |id: &str, rest: &str| {
        format!(
            r#"{{"id":"{id}","start":{{"dateTime":"2026-12-24T00:00:00.0000000","timeZone":"UTC"}},"end":{{"dateTime":"2026-12-25T00:00:00.0000000","timeZone":"UTC"}}{rest}}}"#
        )
    };
    let records = known(&[
        day("m", r#","type":"seriesMaster","isAllDay":true,"showAs":"oof","subject":"Birthday""#),
        day("o", r#","type":"occurrence","seriesMasterId":"m""#),
    ]);
    let date = |day: &str| day.parse().unwrap();
    let expected = Span::Days {
        start: date("2026-12-24"),
        end: date("2026-12-25"),
        zone: "Pacific/Auckland".to_owned(),
    };
    assert_eq!(records[0].appointment("Pacific/Auckland").span, expected);
    // It lasts until the day is over everywhere, and is known for a day more.
    let midnight = 1_798_156_800_000;
    assert!(!records[0].is_past(midnight + (14 + 25) * 3_600_000 - 1));
    assert!(records[0].is_past(midnight + (14 + 25) * 3_600_000));
}

#[test]
fn whole_days_of_odd_shape_begin_and_last_through_their_dates() {
    for (start, end, last) in [
        ("2026-12-24T00:00:00", "2026-12-25T00:00:00", "2026-12-25"),
        ("2026-12-24T01:00:00", "2026-12-25T01:00:00", "2026-12-26"),
        ("2026-12-24T00:00:00", "2026-12-24T23:59:59.9999999", "2026-12-25"),
        ("2026-12-24T23:00:00", "2026-12-25T00:00:00", "2026-12-25"),
        ("2026-12-24T08:00:00", "2026-12-24T17:00:00", "2026-12-25"),
    ] {
        let day = format!(
            r#"{{"id":"d","isAllDay":true,"showAs":"oof","start":{{"dateTime":"{start}","timeZone":"UTC"}},"end":{{"dateTime":"{end}","timeZone":"UTC"}}}}"#
        );
        let expected = Times::Days("2026-12-24".parse().unwrap(), last.parse().unwrap());
        assert_eq!(known(&[day])[0].times, expected, "{start} {end}");
    }
}

#[test]
fn records_read_back_as_they_were_stored() {
    let records = known(&[single("a", "Tëst \\u0000"), master("m", "x"), occurrence("o1", "m", 9)]);
    let text = serde_json::to_string(&records).unwrap();
    assert_eq!(serde_json::from_str::<Vec<Record>>(&text).unwrap(), records);
}
