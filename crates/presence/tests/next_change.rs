//! The contract's `nextChange`.

#![allow(clippy::expect_used, reason = "these are tests")]

mod util;

use calendar_presence::{Language, Note};
use chrono::{DateTime, SecondsFormat};
use util::{at, viewer};

fn next_change(note: &str, zone: &str, now: i64) -> Option<i64> {
    Note::parse(note).next_change(&viewer(Language::De, zone), now)
}

/// All changes of a note with this end, from far before to far after.
fn changes(until: &str, zone: &str) -> Vec<String> {
    let note = format!("Busy #busy #until:{}", at(until));
    let mut now = at("1900-01-01T00:00:00Z");
    let mut changes = Vec::new();
    while let Some(change) = next_change(&note, zone, now) {
        assert!(change > now);
        let shown = |instant| Note::parse(&note).format(&viewer(Language::De, zone), instant);
        assert_ne!(shown(change - 1), shown(change), "{until} {zone}");
        changes.push(
            DateTime::from_timestamp_millis(change)
                .expect("in reach")
                .to_rfc3339_opts(SecondsFormat::Secs, true),
        );
        now = change;
    }
    changes
}

#[test]
fn the_midnights_at_which_the_day_of_the_end_begins_and_ends() {
    assert_eq!(
        changes("2017-12-27T11:30:00Z", "Europe/Berlin"),
        ["2017-12-26T23:00:00Z", "2017-12-27T23:00:00Z"]
    );
    assert_eq!(
        changes("2017-12-27T11:30:00Z", "Asia/Kathmandu"),
        ["2017-12-26T18:15:00Z", "2017-12-27T18:15:00Z"]
    );
    assert_eq!(changes("2017-12-27T00:00:00Z", "UTC"), ["2017-12-27T00:00:00Z", "2017-12-28T00:00:00Z"]);
}

#[test]
fn strictly_after_now() {
    let note = format!("Busy #busy #until:{}", at("2017-12-27T11:30:00Z"));
    let (begin, end) = (at("2017-12-27T00:00:00Z"), at("2017-12-28T00:00:00Z"));
    for (now, change) in [(begin - 1, Some(begin)), (begin, Some(end)), (end - 1, Some(end)), (end, None)] {
        assert_eq!(next_change(&note, "UTC", now), change);
    }
}

#[test]
fn none_where_the_text_stays_as_it_is() {
    let until = at("2017-12-27T11:30:00Z");
    for note in [
        "Free".to_owned(),
        "Busy #busy".to_owned(),
        format!("Busy #busy #until:{until} #whole-day"),
        format!("Busy #busy #until:{until} #len:9"),
        format!("Busy #until:{until}"),
    ] {
        assert_eq!(next_change(&note, "UTC", at("2017-12-26T00:00:00Z")), None, "{note}");
    }
}

#[test]
fn where_daylight_saving_moves_midnights() {
    // The day of the change has 23 or 25 hours.
    assert_eq!(
        changes("2026-03-29T10:00:00Z", "Europe/Berlin"),
        ["2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"]
    );
    assert_eq!(
        changes("2026-10-25T10:00:00Z", "Europe/Berlin"),
        ["2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"]
    );
    // Half an hour.
    assert_eq!(
        changes("2026-04-05T03:00:00Z", "Australia/Lord_Howe"),
        ["2026-04-04T13:00:00Z", "2026-04-05T13:30:00Z"]
    );
}

#[test]
fn where_daylight_saving_skips_midnight() {
    // São Paulo's clocks went from 23:59 to 01:00.
    assert_eq!(
        changes("2018-11-04T15:00:00Z", "America/Sao_Paulo"),
        ["2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z"]
    );
    assert_eq!(
        changes("2018-11-03T15:00:00Z", "America/Sao_Paulo"),
        ["2018-11-03T03:00:00Z", "2018-11-04T03:00:00Z"]
    );
    // They were put back from midnight to 23:00 of the same day.
    assert_eq!(
        changes("2018-02-17T15:00:00Z", "America/Sao_Paulo"),
        ["2018-02-17T02:00:00Z", "2018-02-18T03:00:00Z"]
    );
}

#[test]
fn where_a_day_comes_in_two_pieces() {
    // St. John's put its clocks back at 00:01: of the new day's first minute, back to the day before, and once more.
    assert_eq!(
        changes("2010-11-07T15:00:00Z", "America/St_Johns"),
        ["2010-11-07T02:30:00Z", "2010-11-07T02:31:00Z", "2010-11-07T03:30:00Z", "2010-11-08T03:30:00Z"]
    );
    assert_eq!(
        changes("2010-11-06T15:00:00Z", "America/St_Johns"),
        ["2010-11-06T02:30:00Z", "2010-11-07T02:30:00Z", "2010-11-07T02:31:00Z", "2010-11-07T03:30:00Z"]
    );
}

#[test]
fn where_a_day_is_missing() {
    // Samoa had no 30 December 2011.
    assert_eq!(
        changes("2011-12-29T20:00:00Z", "Pacific/Apia"),
        ["2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z"]
    );
    assert_eq!(
        changes("2011-12-30T20:00:00Z", "Pacific/Apia"),
        ["2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z"]
    );
}

#[test]
fn at_the_ends_of_time() {
    let last = 8_640_000_000_000_000;
    assert_eq!(next_change(&format!("x #busy #until:{last}"), "UTC", last - 1), Some(last));
    assert_eq!(next_change(&format!("x #busy #until:{last}"), "UTC", last), None);
    let first = -last;
    assert_eq!(next_change(&format!("x #busy #until:{first}"), "UTC", first), Some(first + 86_400_000));
}
