//! Prioritized keywords: `urlaub, "PTO", "Berlin, office"`.
//!
//! Entries are separated by commas, semicolons or line ends. A plain keyword counts wherever it stands in a title, also inside a word (`urlaub` in `Sommerurlaub`). One in
//! double quotes, straight or typographic, counts only as a word of its own (`"PTO"` not in `laptop`) and may hold a
//! comma. An unpaired quote is an ordinary character. Texts are compared as [`Folded`] says.

mod list;
mod verdict;

pub use crate::fold::fold;
pub use list::{Entry, add, entries, remove, toggle_whole_word, write};
pub use verdict::{Keywords, Rank, Verdict};

use crate::{Folded, Platform};

/// An entry of a keyword list, made ready for comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keyword {
    /// The entry.
    pub entry: Entry,
    folded: Folded,
}

impl Keyword {
    fn new(entry: Entry, platform: &dyn Platform) -> Self {
        let folded = Folded::new(&entry.text, platform);
        Self { entry, folded }
    }

    /// Whether the title contains this keyword.
    pub fn is_in(&self, title: &Title) -> bool {
        let (title, keyword) = (title.folded.as_str(), self.folded.as_str());
        let first = keyword.chars().next();
        // Every place is tried, because places may overlap: "a a" stands in "xa a a" twice, once on its own.
        title.char_indices().filter(|(_, c)| Some(*c) == first).any(|(start, _)| {
            let (before, rest) = title.split_at_checked(start).unwrap_or_default();
            rest.strip_prefix(keyword).is_some_and(|after| {
                !self.entry.whole_word || !(before.ends_with(is_word) || after.starts_with(is_word))
            })
        })
    }

    /// Whether both are the same entry when quotes, letter case and encoding of accents are left aside.
    pub fn same_text(&self, other: &Self) -> bool {
        self.folded == other.folded
    }
}

/// A title made ready for comparison, once for all keywords.
#[derive(Clone, Debug)]
pub struct Title {
    folded: Folded,
}

impl Title {
    /// Prepares `title`.
    pub fn new(title: &str, platform: &dyn Platform) -> Self {
        Self { folded: Folded::new(title, platform) }
    }
}

/// The keywords of a list.
pub fn parse(list: &str, platform: &dyn Platform) -> Vec<Keyword> {
    entries(list).into_iter().map(|entry| Keyword::new(entry, platform)).collect()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Native;

    fn found(list: &str, title: &str) -> bool {
        parse(list, &Native).iter().any(|keyword| keyword.is_in(&Title::new(title, &Native)))
    }

    #[test]
    fn a_plain_keyword_counts_inside_a_word() {
        assert!(found("urlaub", "Sommerurlaub Anna"));
        assert!(!found("urlaub", "Ferien"));
    }

    #[test]
    fn a_quoted_keyword_counts_only_as_a_word() {
        assert!(found(r#""PTO""#, "pto: Anna"));
        assert!(found(r#""PTO""#, "laptop, PTO"));
        assert!(!found(r#""PTO""#, "laptop"));
        assert!(!found(r#""PTO""#, "PTO_2"));
        assert!(!found(r#""PTO""#, "PTO2"));
        assert!(found(r#""bla bla""#, "xbla bla bla"), "where it overlaps with one that is no word");
    }

    #[test]
    fn letter_case_and_encoding_of_accents_do_not_matter() {
        assert!(found("STRASSE", "Große Straße"));
        assert!(found("Café", "im cafe\u{301}"));
        assert!(found("ΣΟΦΟΣ", "σοφος"));
    }

    #[test]
    fn characters_of_no_width_and_kinds_of_blanks_do_not_matter() {
        assert!(found("urlaub", "Sommer\u{ad}ur\u{200b}laub"));
        assert!(found("ur\u{ad}laub", "Sommerurlaub"));
        assert!(found("home office", "Home\u{a0}office"));
        assert!(found("home\u{a0}office", "Home office"));
        assert!(found("\"PTO\"", "\u{200b}PTO\u{200b}, Anna"));
        assert!(!found("\"PTO\"", "lap\u{200b}pto"), "what cannot be seen parts no words");
        assert!(!found("\u{200b}, \u{ad}", "anything"));
    }

    #[test]
    fn quotes_of_any_language_make_words() {
        for list in ["\"PTO\"", "„PTO“", "“PTO”", "«PTO»", "»PTO«", "”PTO”", "« PTO »", "「PTO」", "＂PTO＂"]
        {
            assert!(found(list, "PTO Anna"), "{list}");
            assert!(!found(list, "laptop"), "{list}");
        }
    }

    proptest! {
        #[test]
        fn any_list_and_title_are_taken(list in any::<String>(), title in any::<String>()) {
            let title = Title::new(&title, &Native);
            for keyword in parse(&list, &Native) {
                prop_assert!(!keyword.entry.text.is_empty());
                let _ = keyword.is_in(&title);
            }
        }

        #[test]
        fn a_title_contains_itself(title in "[^\",;\\pZ\\pC\\p{Pi}\\p{Pf}\\p{Ps}\\p{Pe}\\p{Po}]{1,20}") {
            prop_assume!(!Folded::new(&title, &Native).is_empty());
            prop_assert!(found(&title, &title));
        }
    }
}
