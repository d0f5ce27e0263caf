//! Texts in six languages. A constant stands for a text in all of them, so that none is missing. A wasm module holds no
//! text: each language is a catalogue that the build makes beside the module, and is [taught](teach) before it is
//! shown. So nobody loads languages that they do not read.

mod language;

use std::cell::RefCell;

pub use language::Language;

/// A text in every language. `$0` and `$1` stand for what [`fill`] puts there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    key: u32,
    #[cfg(not(target_family = "wasm"))]
    all: [&'static str; 6],
}

/// A text with a number in it: the form for one and the form for other numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// For one.
    pub one: Words,
    /// For other numbers.
    pub other: Words,
}

/// A text in every language, in the order of [`Language`].
#[macro_export]
macro_rules! words {
    ($en:literal, $de:literal, $fr:literal, $it:literal, $es:literal, $nl:literal $(,)?) => {
        const { $crate::Words::new([$en, $de, $fr, $it, $es, $nl]) }
    };
}

/// A text with a number in it: for each language the form for one and the form for other numbers.
#[macro_export]
macro_rules! counted {
    ($([$one:literal, $other:literal $(,)?]),* $(,)?) => {
        $crate::Counted { one: $crate::words![$($one),*], other: $crate::words![$($other),*] }
    };
}

impl Words {
    /// A text in every language, in the order of [`Language::ALL`].
    pub const fn new(all: [&'static str; 6]) -> Self {
        Self {
            key: key(&all),
            #[cfg(not(target_family = "wasm"))]
            all,
        }
    }

    /// The text in a language that was taught.
    #[cfg(target_family = "wasm")]
    pub fn in_language(self, language: Language) -> &'static str {
        CATALOGUES.with_borrow(|catalogues| find(catalogues, language, self.key)).unwrap_or_default()
    }

    /// The text in a language.
    #[cfg(not(target_family = "wasm"))]
    pub fn in_language(self, language: Language) -> &'static str {
        self.all.get(language as usize).copied().unwrap_or_default()
    }
}

/// What identifies a text in a catalogue: an FNV-1a hash of it in all languages, because one English word may have two
/// translations. Folded to 24 bits, because many are loaded; the build sees to it that no two are the same.
pub const fn key(all: &[&str; 6]) -> u32 {
    let mut hash = 0x811c_9dc5;
    let mut texts: &[&str] = all;
    while let [text, after @ ..] = texts {
        let mut bytes = text.as_bytes();
        while let [byte, after @ ..] = bytes {
            hash = (hash ^ *byte as u32).wrapping_mul(0x0100_0193);
            bytes = after;
        }
        // No byte of a text: the end of each counts.
        hash = (hash ^ 0xff).wrapping_mul(0x0100_0193);
        texts = after;
    }
    (hash ^ hash >> 24) & 0xff_ffff
}

/// The texts of a language, in the order of their keys.
pub type Catalogue = Vec<(u32, &'static str)>;

thread_local! {
    static CATALOGUES: RefCell<Vec<(Language, Catalogue)>> = RefCell::default();
}

/// Makes the texts of a language known. `texts` must stand in the order of their keys.
pub fn teach(language: Language, texts: Catalogue) {
    CATALOGUES.with_borrow_mut(|catalogues| {
        if catalogues.iter().all(|(known, _)| *known != language) {
            catalogues.push((language, texts));
        }
    });
}

#[cfg(any(target_family = "wasm", test))]
fn find(catalogues: &[(Language, Catalogue)], language: Language, key: u32) -> Option<&'static str> {
    let (_, texts) = catalogues.iter().find(|(known, _)| *known == language)?;
    let index = texts.binary_search_by_key(&key, |(key, _)| *key).ok()?;
    texts.get(index).map(|(_, text)| *text)
}

/// Puts values in the places of `$0`, `$1`.
pub fn fill(text: &str, values: &[&str]) -> String {
    let mut parts = text.split('$');
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let place = part
            .chars()
            .next()
            .and_then(|digit| digit.to_digit(10))
            .and_then(|place| usize::try_from(place).ok());
        if let Some(value) = place.and_then(|place| values.get(place)) {
            filled.push_str(value);
            filled.push_str(part.get(1..).unwrap_or_default());
        } else {
            filled.push('$');
            filled.push_str(part);
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_picks_its_own() {
        let words = words!["0", "1", "2", "3", "4", "5"];
        assert_eq!(Language::ALL.map(|language| words.in_language(language)), ["0", "1", "2", "3", "4", "5"]);
    }

    #[test]
    fn a_catalogue_finds_its_texts_by_their_keys() {
        let catalogues = [(Language::De, vec![(3, "Speichern"), (7, "Verwerfen")])];
        assert_eq!(find(&catalogues, Language::De, 3), Some("Speichern"));
        assert_eq!(find(&catalogues, Language::De, 7), Some("Verwerfen"));
        assert_eq!(find(&catalogues, Language::De, 5), None);
        assert_eq!(find(&catalogues, Language::Fr, 3), None);
    }

    #[test]
    fn keys_tell_texts_apart() {
        let keys = [["a", "b", "", "", "", ""], ["ab", "", "", "", "", ""], ["a", "c", "", "", "", ""]]
            .map(|all| key(&all));
        assert_ne!(keys[0], keys[1]);
        assert_ne!(keys[0], keys[2]);
    }

    #[test]
    fn places_are_filled_and_other_dollars_stay() {
        assert_eq!(fill("$1 is not $0", &["a", "b"]), "b is not a");
        assert_eq!(fill("5 $, $x, $7", &["a"]), "5 $, $x, $7");
        assert_eq!(fill("$0", &["$0 $1"]), "$0 $1");
    }
}
