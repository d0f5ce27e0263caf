//! The bodies of the fuzz targets. Each takes any bytes and panics when a promise is broken.

use arbitrary::{Arbitrary, Unstructured};
use calendar_presence::{Activity, Clock, Language, NativeViewer, Note, Part, Presence, Viewer, clean_title};
use chrono_tz::{TZ_VARIANTS, Tz};

/// The last instant of a JavaScript `Date`; the first is its negative.
const LAST_INSTANT: i64 = 8_640_000_000_000_000;

/// A target: its name and its body.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: [Target; 3] = [("parse", parse), ("round_trip", round_trip), ("format", format)];

/// Reading any text keeps what `Note` promises.
pub fn parse(data: &[u8]) {
    let note = String::from_utf8_lossy(data);
    let parsed = Note::parse(&note);
    let text = parsed.text().raw();
    assert!(note.starts_with(text));
    if let Some(until) = parsed.until() {
        assert!(until.abs() <= LAST_INSTANT);
    }
    if parsed.activity().is_none() {
        assert_eq!(
            (parsed.title(), parsed.until(), parsed.whole_day(), parsed.next()),
            (None, None, false, None)
        );
    }
    let next_title = parsed.next().and_then(|next| next.title);
    for title in [parsed.title(), next_title].into_iter().flatten() {
        assert!(!title.raw().is_empty() && text.contains(title.raw()));
        assert!(title.to_cow().len() <= title.raw().len());
    }
    // Blanks at the end and tags that nobody knows change nothing.
    let longer = format!("{note} #location:x # \u{a0}\n");
    if parsed.activity().is_some() {
        assert_eq!(Note::parse(&longer), parsed);
    }
}

/// What was read and is written again reads the same; so does whatever is written.
pub fn round_trip(data: &[u8]) {
    let mut input = Unstructured::new(data);
    let Ok(language) = Arbitrary::arbitrary(&mut input).map(language) else { return };
    let Ok(presence) = presence(&mut input) else { return };
    check_round_trip(&presence, language);

    let note = String::from_utf8_lossy(input.take_rest());
    if let Some(presence) = Presence::from_note(&Note::parse(&note)) {
        check_round_trip(&presence, language);
    }
}

fn check_round_trip(presence: &Presence, language: Language) {
    let note = presence.write(language, "27.12.2017 12:30");
    let clean = |title: &Option<String>| title.as_deref().map(clean_title).filter(|title| !title.is_empty());
    let (title, next_title) = (clean(&presence.title), clean(&presence.next_title));
    let expected = Presence { title, next_title, ..presence.clone() };
    assert_eq!(Presence::from_note(&Note::parse(&note)), Some(expected), "{note:?}");
}

/// Showing any note to anybody at any instant, and saying when it changes.
pub fn format(data: &[u8]) {
    let mut input = Unstructured::new(data);
    let Ok((language_index, zone, now)) = <(u8, u16, i64)>::arbitrary(&mut input) else { return };
    let now = now % (LAST_INSTANT + 1);
    let zone: Tz = TZ_VARIANTS[usize::from(zone) % TZ_VARIANTS.len()];
    let viewer = NativeViewer::new(language(language_index), zone);
    let text = String::from_utf8_lossy(input.take_rest());
    let note = Note::parse(&text);

    let shown = note.format(&viewer, now);
    assert_eq!(shown, from_parts(&note, &text, viewer, now));
    if note.activity().is_none() {
        let words = viewer.language().words();
        assert!(shown == note.text().to_cow() || shown == words.free);
    }
    if let Some(change) = note.next_change(&viewer, now) {
        assert!(change > now && change <= LAST_INSTANT);
        assert_eq!(note.format(&viewer, change - 1), shown);
        assert_ne!(note.format(&viewer, change), shown);
    }
}

/// As the browser puts a text together.
fn from_parts(note: &Note<'_>, text: &str, viewer: NativeViewer, now: i64) -> String {
    let mut shown = String::new();
    note.for_each_part(&viewer, viewer.day(now), |part| match part {
        Part::Note(range) => shown.push_str(&text[range]),
        Part::Word(word) => shown.push_str(word.text(viewer.language().words())),
        Part::Date(day) => viewer.append_date(day, &mut shown),
        Part::Time(minute) => viewer.append_time(minute, &mut shown),
    });
    shown
}

fn language(index: u8) -> Language {
    Language::ALL[usize::from(index) % Language::ALL.len()]
}

fn presence(input: &mut Unstructured<'_>) -> arbitrary::Result<Presence> {
    Ok(Presence {
        activity: *input.choose(&Activity::ALL)?,
        title: Arbitrary::arbitrary(input)?,
        until: Option::<i64>::arbitrary(input)?.map(writable),
        whole_day: Arbitrary::arbitrary(input)?,
        next_activity: if bool::arbitrary(input)? { Some(*input.choose(&Activity::ALL)?) } else { None },
        next_title: Arbitrary::arbitrary(input)?,
    })
}

/// An end that a tag can carry: whole seconds where the tag is in seconds.
fn writable(until: i64) -> i64 {
    let until = until % (LAST_INSTANT + 1);
    if until.abs() < 100_000_000_000 { until - until.rem_euclid(1000) } else { until }
}
