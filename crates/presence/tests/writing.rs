//! The contract's "Writing".

mod util;

use calendar_presence::{Activity, Language, Note, Presence, clean_title};
use proptest::prelude::*;

#[test]
fn notes_are_written_exactly_as_the_grammar_has_them() {
    let presence = Presence {
        until: Some(1_514_367_000_000),
        next_activity: Some(Activity::Busy),
        next_title: Some("Meeting".into()),
        ..Presence::new(Activity::Free)
    };
    assert_eq!(
        presence.write(Language::En, "10:30"),
        "Free until 10:30 (Busy: Meeting) #free #until:1514367000000 #next-activity:busy #next:24:7:24:7"
    );
    let presence = Presence { title: Some("Homeoffice".into()), until: Some(1_514_379_600_000), ..presence };
    assert_eq!(
        presence.write(Language::En, "14:00"),
        "Homeoffice until 14:00 (Busy: Meeting) #free #len:10:10 #until:1514379600000 #next-activity:busy #next:30:7:30:7"
    );
    let christmas = Presence {
        title: Some("Christmas".into()),
        until: Some(1_514_329_200_000),
        whole_day: true,
        ..Presence::new(Activity::Busy)
    };
    assert_eq!(
        christmas.write(Language::De, "27.12.2017"),
        "Christmas bis 27.12.2017 #busy #len:9:9 #until:1514329200000 #whole-day"
    );
    assert_eq!(Presence::new(Activity::Dnd).write(Language::En, ""), "Do not disturb #dnd");
}

#[test]
fn figures_count_code_points_and_bytes() {
    let presence = Presence {
        title: Some("🎂 für Łukasz".into()),
        next_activity: Some(Activity::Away),
        next_title: Some("Füße".into()),
        until: Some(1_514_367_000_000),
        ..Presence::new(Activity::Busy)
    };
    assert_eq!(
        presence.write(Language::De, "10:30"),
        "🎂 für Łukasz bis 10:30 (Abwesend: Füße) #busy #len:12:17 #until:1514367000000 #next-activity:away #next:34:4:39:6"
    );
}

#[test]
fn titles_are_cleaned() {
    assert_eq!(clean_title("\u{0}a\u{1b}\u{7f}\u{80}\u{85}\u{9f}b\u{2028}\u{2029}c"), "a b c");
    assert_eq!(clean_title("\t \u{a0} a \u{b}\u{c} \r\n b \u{a0}"), "a b");
    assert_eq!(clean_title("\u{2003}a\u{200b}\u{feff}"), "\u{2003}a\u{200b}\u{feff}");
    assert_eq!(clean_title(" \n\u{a0}"), "");
}

#[test]
fn controls_of_direction_go() {
    for control in ('\u{202a}'..='\u{202e}').chain('\u{2066}'..='\u{2069}') {
        assert_eq!(clean_title(&format!("{control}a{control}b {control} c{control}")), "ab c", "{control:?}");
    }
    // Marks only say to which side a sign belongs.
    assert_eq!(clean_title("a\u{200e}\u{200f}\u{61c}b"), "a\u{200e}\u{200f}\u{61c}b");
}

#[test]
fn a_title_that_nobody_sees_is_no_title() {
    for title in [
        "\u{ad}",
        "\u{200b}\u{200c}\u{200d}\u{200e}\u{200f}",
        "\u{2060}\u{2064}",
        "\u{feff} \u{feff}",
        "\u{3164}",
        "\u{2800}",
        "\u{115f}\u{1160}",
        "\u{ffa0}",
        "\u{17b4}\u{17b5}",
        "\u{180b}\u{180e}",
        "\u{fe0f}",
        "\u{e0001}\u{e0020}",
        "\u{34f}",
        "\u{61c}",
        "\u{202e}\u{200b}",
        "\u{2003}\u{3000}",
        "\u{fff9}\u{fffb}",
        "\u{e0100}",
    ] {
        assert_eq!(clean_title(title), "", "{title:?}");
        let presence = Presence { title: Some(title.into()), ..Presence::new(Activity::Busy) };
        assert_eq!(presence.write(Language::En, ""), "Busy #busy", "{title:?}");
    }
    for title in ["\u{301}", "\u{fffd}", "\u{fffc}", "\u{200b}.", "👨\u{200d}👩", "\u{e000}"] {
        assert_eq!(clean_title(title), title);
    }
}

#[test]
fn an_empty_title_is_no_title() {
    let empty = Presence {
        title: Some(" \n".into()),
        next_title: Some("\0".into()),
        ..Presence::new(Activity::Busy)
    };
    assert_eq!(empty.write(Language::En, ""), "Busy #busy");
    let next = Presence { next_activity: Some(Activity::Away), ..empty };
    assert_eq!(next.write(Language::En, ""), "Busy (Away) #busy #next-activity:away");
    let next = Presence { next_activity: None, next_title: Some("x".into()), ..next };
    assert_eq!(next.write(Language::En, ""), "Busy (x) #busy #next:6:1:6:1");
}

#[test]
fn an_end_that_reads_as_seconds_is_written_in_seconds() {
    for (until, tag) in [
        (0, "#until:0"),
        (12_345_000, "#until:12345"),
        (99_999_999_999, "#until:99999999"),
        (-1, "#until:-1"),
        (100_000_000_000, "#until:100000000000"),
    ] {
        let presence = Presence { until: Some(until), ..Presence::new(Activity::Busy) };
        assert_eq!(presence.write(Language::En, "-"), format!("Busy until - #busy {tag}"));
    }
    let unreachable = Presence { until: Some(i64::MIN), ..Presence::new(Activity::Busy) };
    assert_eq!(unreachable.write(Language::En, "-"), "Busy #busy");
}

fn activity() -> impl Strategy<Value = Activity> {
    prop::sample::select(Activity::ALL.to_vec())
}

/// Any text, and texts of what notes are made of.
fn a_title() -> impl Strategy<Value = Option<String>> {
    let pieces = prop::sample::select(vec![
        "#",
        "##",
        "#free",
        "#Busy",
        "#until:5",
        "len",
        "#next",
        "#whole-day",
        "(",
        ")",
        ": ",
        " ",
        "\u{a0}",
        "\t",
        "\0",
        "\u{85}",
        "\u{2028}",
        "5",
        "é",
        "e\u{301}",
        "🎂",
        "👩‍👩‍👧",
        "שלום",
        "\u{202e}",
        "عربي",
        "ว่าง",
        "x",
    ]);
    let made = prop::collection::vec(pieces, 0..12).prop_map(|pieces| pieces.concat());
    prop_oneof![Just(None), any::<String>().prop_map(Some), made.prop_map(Some)]
}

/// Every end that a tag can carry.
fn until() -> impl Strategy<Value = Option<i64>> {
    let instants = -8_640_000_000_000_000..=8_640_000_000_000_000_i64;
    let milliseconds = instants.prop_filter("seconds", |until| until.abs() >= 100_000_000_000);
    let seconds = (-99_999_999..=99_999_999_i64).prop_map(|seconds| seconds * 1000);
    prop::option::of(prop_oneof![milliseconds, seconds])
}

prop_compose! {
    fn presence()(
        activity in activity(), title in a_title(), until in until(), whole_day in any::<bool>(),
        next_activity in prop::option::of(activity()), next_title in a_title(),
    ) -> Presence {
        Presence { activity, title, until, whole_day, next_activity, next_title }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn what_is_written_reads_back(presence in presence(), language in 0..26_usize, when in "[0-9.:/ ]{0,12}") {
        let language = Language::from_index(language).expect("there are 26");
        let clean = |title: &Option<String>| title.as_deref().map(clean_title).filter(|title| !title.is_empty());
        let expected = Presence { title: clean(&presence.title), next_title: clean(&presence.next_title), ..presence.clone() };
        let note = presence.write(language, &when);
        prop_assert_eq!(Presence::from_note(&Note::parse(&note)), Some(expected), "{:?}", note);
    }

    #[test]
    fn reading_never_fails(note in any::<String>()) {
        let parsed = Note::parse(&note);
        prop_assert!(note.starts_with(parsed.text().raw()));
    }

    #[test]
    fn any_tags_after_an_activity_are_read(tail in "( |\u{a0}|#|len|until|next|-activity|busy|:|[0-9]|é){0,40}") {
        let note = format!("Größe #busy {tail}");
        let parsed = Note::parse(&note);
        prop_assert!(parsed.activity().is_some() || !tail.is_empty());
    }
}
