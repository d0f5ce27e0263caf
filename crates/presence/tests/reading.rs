//! The contract's "Reading", line by line.

mod util;

use calendar_presence::{Activity, Note};
use util::{next, read, title};

const SPARROW: &str = "Meeting with Caption Sparrow";

#[test]
fn the_six_examples_of_the_wiki() {
    let note = read("Free");
    assert_eq!((note.text.as_str(), note.activity, note.until, note.next), ("Free", None, None, None));

    let note = read(
        "Free until 10:30 (Busy: Meeting with Caption Sparrow) #free #until:12345 #next-activity:busy #next:24:28:48:28",
    );
    assert_eq!(note.text, "Free until 10:30 (Busy: Meeting with Caption Sparrow)");
    assert_eq!((note.activity, note.title, note.until), (Some(Activity::Free), None, Some(12_345_000)));
    assert_eq!(note.next, next(Some(Activity::Busy), Some(SPARROW)));

    let note = read("Meeting with Caption Sparrow until 12:30 #busy #len:28:28 #until:12345");
    assert_eq!((note.activity, note.title.as_deref()), (Some(Activity::Busy), Some(SPARROW)));

    let note = read(
        "Free until 24.12.2017 (Busy: Christmas) #free #until:54321 #whole-day #next-activity:busy #next:29:9:29:2",
    );
    assert!(note.whole_day);
    assert_eq!(note.next, next(Some(Activity::Busy), Some("Christmas")));

    let note = read("Christmas until 27.12.2017 #busy #len:9 #until:42424242 #whole-day");
    assert_eq!((note.title.as_deref(), note.until), (Some("Christmas"), Some(42_424_242_000)));
    assert!(note.whole_day);

    let note = read("Sleeping until 22.08.2017 07:00 #away #len:8  #until:3333333");
    assert_eq!((note.activity, note.title.as_deref()), (Some(Activity::Away), Some("Sleeping")));
    assert_eq!(note.until, Some(3_333_333_000));
}

#[test]
fn the_notes_with_milliseconds() {
    let note = read("Meeting with Caption Sparrow until 12:30 #busy #len:28:28 #until:1514374200000");
    assert_eq!((note.title.as_deref(), note.until), (Some(SPARROW), Some(1_514_374_200_000)));

    let note = read(
        "Free until 10:30 (Busy: Meeting) #free #until:1514367000000 #next-activity:busy #next:24:7:24:7",
    );
    assert_eq!(note.next, next(Some(Activity::Busy), Some("Meeting")));

    let note = read(
        "Homeoffice until 14:00 (Busy: Meeting) #free #len:10:10 #until:1514379600000 #next-activity:busy #next:30:7:30:7",
    );
    assert_eq!((note.title.as_deref(), note.activity), (Some("Homeoffice"), Some(Activity::Free)));
    assert_eq!(note.next, next(Some(Activity::Busy), Some("Meeting")));

    assert_eq!(read("Busy until 12:30 #busy #until:1514374200000").title, None);
}

#[test]
fn activity_is_always_the_first_tag() {
    for (word, activity) in
        [("free", Activity::Free), ("busy", Activity::Busy), ("away", Activity::Away), ("dnd", Activity::Dnd)]
    {
        assert_eq!(read(&format!("x #{word}")).activity, Some(activity));
    }
    let note = read("x #until:5 #whole-day");
    assert_eq!(
        (note.text.as_str(), note.activity, note.until, note.whole_day),
        ("x #until:5 #whole-day", None, None, false)
    );
    let note = read("x #until:5 #busy #len:1");
    assert_eq!((note.text.as_str(), note.until, note.title.as_deref()), ("x #until:5", None, Some("x")));
}

#[test]
fn the_tags_are_found_from_the_end() {
    let note = read("Talk #busy or #until:5 later #busy #len:26:26 #until:1514374200000");
    assert_eq!(note.title.as_deref(), Some("Talk #busy or #until:5 lat"));
    assert_eq!(note.text, "Talk #busy or #until:5 later");
    // A word that is no `#` word ends the run.
    let note = read("x #busy until #free y");
    assert_eq!((note.activity, note.text.as_str()), (None, "x #busy until #free y"));
    // Words of the run before the first activity belong to the text.
    let note = read("Ticket #5 #until:7 #away #until:8");
    assert_eq!((note.text.as_str(), note.until), ("Ticket #5 #until:7", Some(8000)));
    // Of several activities the first counts, and the tags begin there.
    let note = read("x #busy #free #until:8");
    assert_eq!((note.text.as_str(), note.activity, note.until), ("x", Some(Activity::Busy), Some(8000)));
    // A `#` word begins with `#`.
    assert_eq!(read("x a#busy").activity, None);
    assert_eq!(read("x (#busy").activity, None);
}

#[test]
fn text_is_the_note_without_tags_and_the_blanks_before_them() {
    assert_eq!(read(" a  b \t #busy").text, " a  b");
    assert_eq!(read("#busy").text, "");
    assert_eq!(read("  #busy  ").text, "");
    assert_eq!(read(" Free\u{a0}\n").text, " Free");
    assert_eq!(read("").text, "");
    assert_eq!(read(" \t").text, "");
}

#[test]
fn blanks_are_these_and_nothing_else() {
    for blank in ["\t", "\n", "\u{b}", "\u{c}", "\r", " ", "\u{a0}"] {
        let note = read(&format!("x{blank}#busy{blank}{blank}#until:5{blank}"));
        assert_eq!((note.text.as_str(), note.until), ("x", Some(5000)), "{blank:?}");
    }
    for other in ["\u{85}", "\u{2003}", "\u{3000}", "\u{200b}", "\u{2028}", "\u{feff}", "\0", "\u{1f}"] {
        assert_eq!(read(&format!("x{other}#busy")).activity, None, "{other:?}");
        assert_eq!(read(&format!("x #busy{other}")).activity, None, "{other:?}");
    }
}

#[test]
fn well_formed_tags_have_exactly_the_figures_of_their_row() {
    for wrong in [
        "#len:",
        "#len",
        "#len:x",
        "#len:1:",
        "#len::1",
        "#len:1:1:1",
        "#len:+1",
        "#len:-1",
        "#len:1.0",
        "#len:١",
        "#len:18446744073709551616",
        "#len:1:18446744073709551616",
        "#len:1x",
    ] {
        assert_eq!(title(&format!("ab #busy {wrong}")), None, "{wrong}");
        assert_eq!(title(&format!("ab #busy {wrong} #len:1")).as_deref(), Some("a"), "{wrong}");
    }
    for wrong in [
        "#next:0",
        "#next:0:1:0",
        "#next:0:1:0:1:0",
        "#next::1",
        "#next:0:",
        "#next:0:1:",
        "#next",
        "#next:a:b",
    ] {
        assert_eq!(read(&format!("ab #busy {wrong}")).next, None, "{wrong}");
    }
    for wrong in [
        "#until:",
        "#until",
        "#until:-",
        "#until:+5",
        "#until:--5",
        "#until:5:5",
        "#until:5.5",
        "#until:5x",
        "#until:9223372036854775808",
        "#until:-9223372036854775808",
        "#until:8640000000000001",
        "#until:-8640000000000001",
        "#until:99999999999999999999",
    ] {
        assert_eq!(read(&format!("ab #busy {wrong}")).until, None, "{wrong}");
        assert_eq!(read(&format!("ab #busy {wrong} #until:7")).until, Some(7000), "{wrong}");
    }
    for wrong in ["#whole-day:1", "#whole-day:", "#wholeday", "#whole-days"] {
        assert!(!read(&format!("ab #busy {wrong}")).whole_day, "{wrong}");
    }
    for wrong in [
        "#next-activity",
        "#next-activity:",
        "#next-activity::busy",
        "#next-activity:lunch",
        "#next-activitybusy:1",
    ] {
        assert_eq!(read(&format!("ab #busy {wrong}")).next, None, "{wrong}");
    }
    for wrong in ["#busy:1", "#busy:", "#busyy", "##busy", "#"] {
        assert_eq!(read(&format!("ab {wrong}")).activity, None, "{wrong}");
    }
}

#[test]
fn until_below_a_hundred_billion_is_seconds() {
    for (figure, until) in [
        ("0", 0),
        ("-0", 0),
        ("5", 5000),
        ("-5", -5000),
        ("007", 7000),
        ("99999999999", 99_999_999_999_000),
        ("-99999999999", -99_999_999_999_000),
        ("100000000000", 100_000_000_000),
        ("-100000000000", -100_000_000_000),
        ("8640000000000000", 8_640_000_000_000_000),
        ("-8640000000000000", -8_640_000_000_000_000),
        ("00000000000000000000000005", 5000),
    ] {
        assert_eq!(read(&format!("x #busy #until:{figure}")).until, Some(until), "{figure}");
    }
}

#[test]
fn seen_next_activity_without_colon_read_the_same() {
    for tag in ["#next-activitybusy", "#next-activity:busy"] {
        assert_eq!(read(&format!("Free #free {tag}")).next, next(Some(Activity::Busy), None));
    }
    assert_eq!(read("Free #free #next-activitydnd").next, next(Some(Activity::Dnd), None));
}

#[test]
fn seen_figures_without_bytes_read_as_code_points_alone() {
    assert_eq!(title("Über x #busy #len:4").as_deref(), Some("Über"));
    assert_eq!(read("Frei (ä: Über) #free #next:9:4").next, next(None, Some("Über")));
}

#[test]
fn seen_byte_figures_that_disagree_code_points_win() {
    assert_eq!(title("Über x #busy #len:4:3").as_deref(), Some("Über"));
    assert_eq!(title("Über x #busy #len:4:99").as_deref(), Some("Über"));
    assert_eq!(
        read("Free until 10:30 (Busy: Meeting with Caption Sparrow) #free #next:24:28:48:28").next,
        next(None, Some(SPARROW))
    );
    assert_eq!(
        read("Free until 24.12.2017 (Busy: Christmas) #free #next:29:9:29:2").next,
        next(None, Some("Christmas"))
    );
    // Zero code points fit, and cut nothing.
    assert_eq!(title("Über x #busy #len:0:5"), None);
}

#[test]
fn seen_code_points_outside_the_text_fitting_bytes_win() {
    assert_eq!(title("Über #busy #len:5:5").as_deref(), Some("Über"));
    assert_eq!(title("Über #busy #len:99:2").as_deref(), Some("Ü"));
    assert_eq!(read("Ab Über #busy #next:3:5:3:5").next, next(None, Some("Über")));
    assert_eq!(read("Ab Über #busy #next:18446744073709551615:1:3:2").next, next(None, Some("Ü")));
    // The text ends before the blanks and the tags.
    assert_eq!(title("Über  #busy #len:5:5").as_deref(), Some("Über"));
}

#[test]
fn seen_neither_fits_no_title_but_the_rest_stays_readable() {
    for tag in ["#len:99", "#len:5:1", "#len:5:6", "#len:18446744073709551615:18446744073709551615"] {
        let note = read(&format!("Über #busy {tag} #until:5"));
        assert_eq!((note.title, note.text.as_str(), note.until), (None, "Über", Some(5000)), "{tag}");
    }
    for tag in ["#next:9:1", "#next:4:1:9:1", "#next:0:9:1:3", "#next:1:18446744073709551615"] {
        assert_eq!(read(&format!("Über #busy {tag}")).next, None, "{tag}");
        assert_eq!(
            read(&format!("Über #busy {tag} #next-activity:away")).next,
            next(Some(Activity::Away), None)
        );
    }
}

#[test]
fn seen_several_blanks_of_any_kind_read_as_one() {
    let note = read("Sleeping \u{a0}#away\t\t#len:8 \n #until:3333333 \u{a0}");
    assert_eq!(
        (note.text.as_str(), note.title.as_deref(), note.until),
        ("Sleeping", Some("Sleeping"), Some(3_333_333_000))
    );
}

#[test]
fn seen_tags_in_another_order_are_accepted() {
    let note = read("Ab (Cd) #busy #next:4:2:4:2 #whole-day #next-activity:away #until:5 #len:2:2");
    assert_eq!((note.title.as_deref(), note.until, note.whole_day), (Some("Ab"), Some(5000), true));
    assert_eq!(note.next, next(Some(Activity::Away), Some("Cd")));
}

#[test]
fn seen_a_tag_twice_the_first_well_formed_one_counts() {
    assert_eq!(title("abc #busy #len:x #len:1 #len:2").as_deref(), Some("a"));
    // Whether or not it fits.
    assert_eq!(title("abc #busy #len:99 #len:2"), None);
    assert_eq!(read("abc #busy #until:5:5 #until:6 #until:7").until, Some(6000));
    assert_eq!(
        read("abc #busy #next-activity:x #next-activity:away #next-activityfree").next,
        next(Some(Activity::Away), None)
    );
    assert_eq!(read("abc #busy #next:9:9 #next:0:1").next, None);
}

#[test]
fn seen_unknown_tags_are_skipped() {
    let note = read("abc #location:x #busy #location:x # ## ##x #### #len:1 #Ünter:5 #until:5");
    assert_eq!(
        (note.text.as_str(), note.title.as_deref(), note.until),
        ("abc #location:x", Some("a"), Some(5000))
    );
}

#[test]
fn seen_letter_case_reads_as_lower_case() {
    let note = read("Ab (Cd) #BuSy #LEN:2:2 #UNTIL:5 #Whole-DAY #NEXT-Activity:Away #Next:4:2:4:2");
    assert_eq!(
        (note.activity, note.title.as_deref(), note.until),
        (Some(Activity::Busy), Some("Ab"), Some(5000))
    );
    assert!(note.whole_day);
    assert_eq!(note.next, next(Some(Activity::Away), Some("Cd")));
}

#[test]
fn positions_count_in_the_text_before_escapes_are_undone() {
    let note = read("##free x ##free until 12:30 #busy #len:15:15");
    assert_eq!(note.title.as_deref(), Some("#free x #free"));
    assert_eq!(note.text, "#free x #free until 12:30");
    // From the start of the note, blanks included.
    assert_eq!(title("  ab #busy #len:3").as_deref(), Some("  a"));
}

#[test]
fn an_empty_title_is_none() {
    assert_eq!(title("ab #busy #len:0"), None);
    assert_eq!(title("ab #busy #len:0:0"), None);
    assert_eq!(read("ab #busy #next:1:0:1:0").next, None);
    assert_eq!(read("ab #busy #next:2:0").next, None);
    assert_eq!(title(" a #busy #len:1").as_deref(), Some(" "));
}

#[test]
fn nothing_is_allocated_by_reading() {
    let note = Note::parse("Über x #busy #len:4");
    assert!(matches!(note.title().expect("it fits").to_cow(), std::borrow::Cow::Borrowed("Über")));
}

#[test]
fn hostile_lengths_take_linear_time() {
    // Quadratic reading would take minutes here.
    for piece in ["#busy ", "# ", "#busy\u{a0}", "à ", "##len ", "#len:1:1 ", "\u{a0}", "a"] {
        let note = piece.repeat(200_000);
        let parsed = Note::parse(&note);
        let _ = (parsed.text().to_cow(), parsed.title());
    }
}
