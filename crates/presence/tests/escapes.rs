//! The contract's "Escapes", sentence by sentence.

#![allow(clippy::expect_used, reason = "these are tests")]

mod util;

use calendar_presence::{Activity, Language, Note, Presence};
use util::read;

/// A title as it stands in a note.
fn written(title: &str) -> String {
    let presence = Presence { title: Some(title.into()), ..Presence::new(Activity::Busy) };
    let note = presence.write(Language::En, "");
    Note::parse(&note).title().expect("there is a title").raw().to_owned()
}

/// A title that stands in a note.
fn undone(raw: &str) -> Option<String> {
    let count = raw.chars().count();
    read(&format!("{raw}) #busy #len:{count}")).title
}

#[test]
fn words_that_read_like_tags_are_written_with_one_more_hash() {
    for (title, raw) in [
        ("#free", "##free"),
        ("##free", "###free"),
        ("#BUSY x #Away", "##BUSY x ##Away"),
        ("#dnd #whole-day", "##dnd ##whole-day"),
        ("#len", "##len"),
        ("#length", "##length"),
        ("#untilx #NEXT-week #next", "##untilx ##NEXT-week ##next"),
        ("#until:5", "##until:5"),
    ] {
        assert_eq!(written(title), raw);
        assert_eq!(undone(raw).as_deref(), Some(title));
    }
}

#[test]
fn other_words_keep_their_hashes() {
    for title in [
        "Ticket #5",
        "##5",
        "#freedom",
        "#busy!",
        "#whole-days",
        "#le",
        "a#free",
        "(#free",
        "#",
        "##",
        "# free",
    ] {
        assert_eq!(written(title), title);
        assert_eq!(undone(title).as_deref(), Some(title));
    }
}

#[test]
fn reading_takes_one_hash_away_only_where_two_or_more_stand() {
    assert_eq!(undone("#free").as_deref(), Some("#free"));
    assert_eq!(undone("##free").as_deref(), Some("#free"));
    assert_eq!(undone("####until").as_deref(), Some("###until"));
}

#[test]
fn start_and_end_of_a_piece_are_borders_of_a_word() {
    // In the note the word is `(##free)`; cut from it, `##free` stands alone.
    let note = read("Free (##free) #free #next:6:6");
    assert_eq!(note.next, Some((None, Some("#free".into()))));
    assert_eq!(note.text, "Free (##free)");
    // The figures may also cut a word in two.
    assert_eq!(read("x##free #busy #next:1:6").next, Some((None, Some("#free".into()))));
    assert_eq!(read("##freedom #busy #len:6").title.as_deref(), Some("#free"));
}

#[test]
fn in_the_text_words_end_at_blanks_alone() {
    assert_eq!(
        read("a ##free\u{a0}##free\t##free) (##free ##until) #busy").text,
        "a #free\u{a0}#free\t##free) (##free #until)"
    );
    assert_eq!(read("##free\u{2003}").text, "##free\u{2003}");
    // Also without tags.
    assert_eq!(read("##free").text, "#free");
}
