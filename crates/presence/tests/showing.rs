//! The contract's "Showing", rule by rule.

mod util;

use calendar_presence::{Language, Note};
use util::{at, german, viewer};

const NOW: &str = "2017-12-27T09:00:00Z";

fn shown(note: &str, language: Language, zone: &str, now: &str) -> String {
    Note::parse(note).format(&viewer(language, zone), at(now))
}

#[test]
fn rule_1_a_note_without_tags_is_shown_as_text() {
    assert_eq!(german("Im Keller ##free ", NOW), "Im Keller #free");
    assert_eq!(german("Free until 12:30", NOW), "Free until 12:30");
    assert_eq!(german("", NOW), "");
}

#[test]
fn rule_1_the_lone_word_for_free_in_any_language_is_shown_in_the_viewers() {
    for language in Language::ALL {
        let free = language.words().free;
        assert_eq!(german(free, NOW), "Frei", "{free}");
        assert_eq!(german(&free.to_uppercase(), NOW), "Frei", "{free}");
        assert_eq!(german(&free.to_lowercase(), NOW), "Frei", "{free}");
        assert_eq!(shown("Free", language, "UTC", NOW), free);
    }
    assert_eq!(german("fReE \u{a0}", NOW), "Frei");
    assert_eq!(german("Freer", NOW), "Freer");
    assert_eq!(german("Busy", NOW), "Busy");
}

#[test]
fn rule_2_a_len_that_fits_neither_way_shows_the_text() {
    assert_eq!(german("Über x until 12:30 #busy #len:99:98 #until:1514374200000", NOW), "Über x until 12:30");
    assert_eq!(
        german("Über x until 12:30 #busy #len:99 #len:4 #until:1514374200000", NOW),
        "Über x until 12:30"
    );
    // Zero fits, and what is not well-formed is not there.
    assert_eq!(german("Über x #busy #len:0:99 #until:1514374200000", NOW), "Beschäftigt bis 12:30");
    assert_eq!(german("Über x #busy #len:99:x #until:1514374200000", NOW), "Beschäftigt bis 12:30");
}

#[test]
fn rule_3_the_text_is_rebuilt_in_the_viewers_language() {
    assert_eq!(german("Busy until 12:30 #busy #until:1514374200000", NOW), "Beschäftigt bis 12:30");
    assert_eq!(german("#away", NOW), "Abwesend");
    assert_eq!(german("x #dnd", NOW), "Bitte nicht stören");
    assert_eq!(
        german("Meeting with Caption Sparrow until 12:30 #busy #len:28:28 #until:1514374200000", NOW),
        "Meeting with Caption Sparrow bis 12:30"
    );
    assert_eq!(german("Private #busy #len:7", NOW), "Private");
}

#[test]
fn rule_3_the_next_appointment_stands_in_brackets() {
    let note = "Free until 10:30 (Busy: Meeting) #free #until:1514367000000";
    assert_eq!(
        german(&format!("{note} #next-activity:busy #next:24:7:24:7"), NOW),
        "Frei bis 10:30 (Beschäftigt: Meeting)"
    );
    assert_eq!(german(&format!("{note} #next-activity:away"), NOW), "Frei bis 10:30 (Abwesend)");
    assert_eq!(german(&format!("{note} #next:24:7:24:7"), NOW), "Frei bis 10:30 (Meeting)");
    assert_eq!(german(&format!("{note} #next:99:7"), NOW), "Frei bis 10:30");
    assert_eq!(german("x #free #next-activity:dnd", NOW), "Frei (Bitte nicht stören)");
    assert_eq!(
        german(
            "Homeoffice until 14:00 (Busy: Meeting) #free #len:10:10 #until:1514379600000 #next-activity:busy #next:30:7:30:7",
            NOW
        ),
        "Homeoffice bis 14:00 (Beschäftigt: Meeting)"
    );
}

#[test]
fn rule_3_titles_are_never_translated_or_altered() {
    assert_eq!(
        german("Free $0 $1 ##until #busy #len:18 #until:1514374200000", NOW),
        "Free $0 $1 #until bis 12:30"
    );
    assert_eq!(
        shown("$1 ##x #busy #len:6 #until:1514374200000", Language::Eu, "Europe/Berlin", NOW),
        "$1 ##x 12:30 arte"
    );
}

#[test]
fn rule_4_when_is_date_time_or_both() {
    let note = "Busy #busy #until:1514374200000";
    assert_eq!(german(note, "2017-12-26T23:00:00Z"), "Beschäftigt bis 12:30");
    assert_eq!(german(note, "2017-12-26T22:59:59Z"), "Beschäftigt bis 27.12.2017 12:30");
    // Whether the end has passed changes nothing.
    assert_eq!(german(note, "2017-12-27T22:59:59Z"), "Beschäftigt bis 12:30");
    assert_eq!(german(note, "2017-12-27T23:00:00Z"), "Beschäftigt bis 27.12.2017 12:30");
    // The day is the viewer's.
    assert_eq!(
        shown(note, Language::En, "Asia/Tokyo", "2017-12-27T15:00:00Z"),
        "Busy until 27/12/2017 20:30"
    );
    assert_eq!(german("Busy #busy #until:1514374200000 #whole-day", NOW), "Beschäftigt bis 27.12.2017");
}

#[test]
fn rule_6_a_whole_day_is_the_day_that_stands_in_the_text() {
    // Midnight in Berlin is the day before for everybody further west.
    let note = "Christmas until 27.12.2017 #busy #len:9:9 #until:1514329200000 #whole-day";
    for zone in ["Europe/Berlin", "America/Los_Angeles", "Pacific/Kiritimati", "UTC"] {
        assert_eq!(shown(note, Language::De, zone, NOW), "Christmas bis 27.12.2017", "{zone}");
    }
}

/// The date shown for a text and an end that is the 26th, 27th and 28th somewhere on Earth.
#[track_caller]
fn whole_day(text: &str, expected: &str) {
    // 11:00 UTC on the 27th: 26th in the far west, 28th in the far east, 27th for the viewer.
    let until = at("2017-12-27T11:00:00Z");
    let note = format!("{text} #busy #until:{until} #whole-day");
    assert_eq!(german(&note, NOW), format!("Beschäftigt bis {expected}"), "{text}");
}

#[test]
fn rule_6_any_order_separator_and_script() {
    for text in [
        "28.12.2017",
        "12/28/2017",
        "2017-12-28",
        "28. 12. 2017.",
        "017 28 12 02017",
        "x28y12z2017",
        "٢٨/١٢/٢٠١٧",
        "२८-१२-२०१७",
        "28/12/2560",
        "๒๘/๑๒/๒๕๖๐",
        "𝟐𝟖.𝟏𝟐.𝟐𝟎𝟏𝟕",
        "until 28.12.2017 at 00:00 in room 5",
    ] {
        whole_day(text, "28.12.2017");
    }
}

#[test]
fn rule_6_without_exactly_one_date_the_viewers() {
    for text in [
        "",
        "28.12.17",
        "28.12",
        "2017",
        "28 2017",
        "28122017",
        "28.12.20170",
        "26.12.2017 28.12.2017",
        "十二28 2017",
        "28.11.2017",
    ] {
        whole_day(text, "27.12.2017");
    }
}

#[test]
fn rule_6_three_different_runs() {
    // Midnight at the beginning of 12 December: day and month need a run each.
    let until = at("2017-12-12T00:00:00Z");
    let shown = |text: &str| {
        shown(&format!("{text} #busy #until:{until} #whole-day"), Language::De, "America/New_York", NOW)
    };
    assert_eq!(shown("12.12.2017"), "Beschäftigt bis 12.12.2017");
    assert_eq!(shown("12.2017"), "Beschäftigt bis 11.12.2017");
    assert_eq!(shown("11.12.2017 12"), "Beschäftigt bis 11.12.2017");
}

#[test]
fn rule_6_titles_do_not_count() {
    let until = at("2017-12-27T11:00:00Z");
    let shown =
        |text: &str, tags: &str| german(&format!("{text} #busy #until:{until} #whole-day {tags}"), NOW);
    assert_eq!(shown("28.12.2017", "#len:10"), "28.12.2017 bis 27.12.2017");
    assert_eq!(shown("28.12.2017 26.12.2017", "#len:10"), "28.12.2017 bis 26.12.2017");
    assert_eq!(shown("28.12.2017 (26.12.2017)", "#next:12:10"), "Beschäftigt bis 28.12.2017 (26.12.2017)");
    // A piece stands for a blank, also an empty one.
    assert_eq!(shown("28.12.20x17", "#next:8:1"), "Beschäftigt bis 27.12.2017 (x)");
    assert_eq!(shown("28.12.2017", "#next:8:0"), "Beschäftigt bis 27.12.2017");
    assert_eq!(shown("28.12.2017", "#next:6:0"), "Beschäftigt bis 28.12.2017");
}

#[test]
fn rule_7_the_sentence_order_belongs_to_the_language() {
    let note = "Busy #busy #until:1514374200000";
    for (language, text) in [
        (Language::Eu, "Okupatua 12:30 arte"),
        (Language::Fi, "Varattu 12.30 asti"),
        (Language::Hu, "Elfoglalt 12:30-ig"),
        (Language::En, "Busy until 12:30"),
        (Language::Th, "ไม่ว่าง ถึง 12:30"),
    ] {
        assert_eq!(shown(note, language, "Europe/Berlin", NOW), text);
    }
}

#[test]
fn rule_7_languages_fall_back_to_the_least_exact_tag_and_then_to_english() {
    for (locale, language) in [
        ("de-AT", Language::De),
        ("DE-de-x-bairisch", Language::De),
        ("nb", Language::No),
        ("nn-NO", Language::No),
        ("NB-no", Language::No),
        ("no", Language::No),
        ("sr-Cyrl-RS", Language::Sr),
        ("pt-BR", Language::Pt),
        ("si", Language::En),
        ("rs", Language::En),
        ("ba", Language::En),
        ("zh-Hant-TW", Language::En),
        ("deu", Language::En),
        ("", Language::En),
        ("d", Language::En),
    ] {
        assert_eq!(Language::from_locale(locale), language, "{locale}");
    }
}

#[test]
fn extreme_ends_are_shown() {
    for (until, text) in [
        (8_640_000_000_000_000_i64, "Beschäftigt bis 13.09.275760 01:00"),
        (-8_640_000_000_000_000, "Beschäftigt bis 20.04.271822 00:53"),
    ] {
        assert_eq!(german(&format!("x #busy #until:{until}"), NOW), text);
        Note::parse(&format!("x 1.1.1 #busy #until:{until} #whole-day"))
            .format(&viewer(Language::De, "UTC"), 0);
    }
}
