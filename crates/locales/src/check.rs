//! What must hold within a text, and between languages.

use std::collections::{BTreeMap, BTreeSet};

use words::Language;

use crate::file::Entry;
use crate::{All, Fault, Locales, NOTES, Text, file_name};

/// The texts of one language.
type File = BTreeMap<String, Entry>;

/// The texts of all languages, given in the order of [`Language::ALL`], as one. English says what there is.
pub fn join(files: &[File], notes: File, faults: &mut Vec<Fault>) -> Locales {
    let [english, others @ ..] = files else { return Locales::default() };
    for (file, language) in others.iter().zip(Language::ALL.into_iter().skip(1)) {
        let name = file_name(language);
        for key in file.keys().filter(|key| !english.contains_key(*key)) {
            faults.push(Fault::new(&name, format!("{key} is not in {}", file_name(Language::En))));
        }
    }
    let mut texts = BTreeMap::new();
    for (key, original) in english {
        let mut text = match original {
            Entry::Plain(_) => Text::Plain(All::default()),
            Entry::Counted { .. } => Text::Counted { one: All::default(), other: All::default() },
        };
        for (place, (file, language)) in files.iter().zip(Language::ALL).enumerate() {
            let put = put(&mut text, place, file.get(key), original);
            let found = put.err().map(str::to_owned).into_iter();
            let found = found.chain(file.get(key).and_then(|entry| typography(language, entry)));
            faults.extend(found.map(|what| Fault::new(&file_name(language), format!("{key} {what}"))));
        }
        texts.insert(key.clone(), text);
    }
    Locales { notes: read_notes(notes, english, faults), texts }
}

/// Puts what a language says in its place.
fn put(text: &mut Text, place: usize, entry: Option<&Entry>, original: &Entry) -> Result<(), &'static str> {
    match (text, entry) {
        (_, None) => Err("is missing"),
        (Text::Plain(all), Some(Entry::Plain(text))) => {
            set(all, place, text);
            if places(text) == forms(original).flat_map(places).collect() {
                Ok(())
            } else {
                Err("does not have the same `$0`, `$1` as in English")
            }
        }
        (Text::Counted { one, other }, Some(Entry::Counted { one: for_one, other: for_others })) => {
            set(one, place, for_one);
            set(other, place, for_others);
            let number = BTreeSet::from(["$0"]);
            if places(for_others) == number && places(for_one).is_subset(&number) {
                Ok(())
            } else {
                Err("needs `$0` for the number, in `other` at least")
            }
        }
        (Text::Plain(_), Some(Entry::Counted { .. })) => {
            Err("is one text in English, without `one` and `other`")
        }
        (Text::Counted { .. }, Some(Entry::Plain(_))) => {
            Err("has a number in it: it needs `one` and `other`")
        }
    }
}

fn set(all: &mut All, place: usize, text: &str) {
    if let Some(slot) = all.get_mut(place) {
        text.clone_into(slot);
    }
}

/// The places to fill that a text has.
fn places(text: &str) -> BTreeSet<&str> {
    let found = text.match_indices('$').filter_map(|(at, _)| text.get(at..at + 2));
    found.filter(|place| place.ends_with(|last: char| last.is_ascii_digit())).collect()
}

fn forms(entry: &Entry) -> impl Iterator<Item = &str> {
    match entry {
        Entry::Plain(text) => [Some(text), None],
        Entry::Counted { one, other } => [Some(one), Some(other)],
    }
    .into_iter()
    .flatten()
    .map(String::as_str)
}

/// What is wrong with a text as such.
fn typography(language: Language, entry: &Entry) -> Option<String> {
    let wrong = |text: &str| {
        if text.is_empty() {
            return Some("is empty".to_owned());
        }
        if text.trim() != text || text.contains("  ") {
            return Some("has a blank too many".to_owned());
        }
        // Set with a blank in French. It must not break there.
        let breakable = [" :", " ;", " ?", " !", " »", "« "].into_iter().find(|mark| text.contains(mark));
        let mark = breakable.filter(|_| language == Language::Fr)?;
        Some(format!("needs a no-break space in {mark:?}"))
    };
    forms(entry).find_map(wrong)
}

fn read_notes(notes: File, english: &File, faults: &mut Vec<Fault>) -> BTreeMap<String, String> {
    let mut read = BTreeMap::new();
    for (key, note) in notes {
        match note {
            Entry::Plain(note) if english.contains_key(&key) => {
                read.insert(key, note);
            }
            Entry::Plain(_) => faults.push(Fault::new(NOTES, format!("there is no text {key}"))),
            Entry::Counted { .. } => faults.push(Fault::new(NOTES, format!("{key} needs one note, not two"))),
        }
    }
    read
}
