//! Prioritized keywords: `urlaub, "PTO", "Berlin, office"`.
//!
//! A plain keyword counts wherever it stands in a title, also inside a word (`urlaub` in `Sommerurlaub`). One in
//! double quotes counts only as a word of its own (`"PTO"` not in `laptop`) and may hold a comma. An unpaired
//! quote is an ordinary character. Letter case and the way accents are encoded never matter.

use crate::Platform;

/// One entry of a keyword list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keyword {
    /// The entry as typed, without quotes and outer blanks.
    pub text: String,
    /// Whether it must stand as a word of its own.
    pub whole_word: bool,
    folded: String,
}

impl Keyword {
    fn new(text: &str, whole_word: bool, platform: &dyn Platform) -> Self {
        Self { text: text.to_owned(), whole_word, folded: fold(text, platform) }
    }

    /// Whether the title contains this keyword.
    pub fn is_in(&self, title: &Title) -> bool {
        let title = title.folded.as_str();
        title.match_indices(self.folded.as_str()).any(|(start, found)| {
            !self.whole_word
                || (!ends_with_word(title.get(..start))
                    && !starts_with_word(title.get(start + found.len()..)))
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
    folded: String,
}

impl Title {
    /// Prepares `title`.
    pub fn new(title: &str, platform: &dyn Platform) -> Self {
        Self { folded: fold(title, platform) }
    }
}

/// The entries of a comma-separated list; empty ones are none.
pub fn parse(list: &str, platform: &dyn Platform) -> Vec<Keyword> {
    let mut keywords = Vec::new();
    let mut rest = list;
    while !rest.is_empty() {
        let (text, whole_word, after) = entry(rest);
        if !text.is_empty() {
            keywords.push(Keyword::new(text, whole_word, platform));
        }
        rest = after;
    }
    keywords
}

/// The first entry of a list, whether it is quoted, and what follows its comma.
fn entry(list: &str) -> (&str, bool, &str) {
    if let Some((text, rest)) = quoted(list.trim_start()) {
        return (text, true, rest);
    }
    let (text, rest) = list.split_once(',').unwrap_or((list, ""));
    (text.trim(), false, rest)
}

/// A quoted entry ends at the first quote that only blanks part from a comma or the end.
fn quoted(list: &str) -> Option<(&str, &str)> {
    let inside = list.strip_prefix('"')?;
    inside.match_indices('"').find_map(|(end, _)| {
        let after = inside.get(end + 1..)?.trim_start();
        let rest = if after.is_empty() { "" } else { after.strip_prefix(',')? };
        Some((inside.get(..end)?.trim(), rest))
    })
}

fn fold(text: &str, platform: &dyn Platform) -> String {
    // Most titles are ASCII, which needs no tables.
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    platform.fold(text)
}

fn ends_with_word(text: Option<&str>) -> bool {
    text.and_then(|text| text.chars().next_back()).is_some_and(is_word)
}

fn starts_with_word(text: Option<&str>) -> bool {
    text.and_then(|text| text.chars().next()).is_some_and(is_word)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Native;

    fn texts(list: &str) -> Vec<(String, bool)> {
        parse(list, &Native).into_iter().map(|keyword| (keyword.text, keyword.whole_word)).collect()
    }

    fn found(list: &str, title: &str) -> bool {
        parse(list, &Native).iter().any(|keyword| keyword.is_in(&Title::new(title, &Native)))
    }

    #[test]
    fn a_list_is_parted_at_commas_outside_quotes() {
        let expected = [("urlaub", false), ("PTO", true), ("Berlin, office", true), ("holiday", false)];
        assert_eq!(
            texts(r#" urlaub ,"PTO", "Berlin, office" ,, holiday"#),
            expected.map(|(text, whole)| (text.to_owned(), whole))
        );
    }

    #[test]
    fn an_unpaired_quote_is_an_ordinary_character() {
        assert_eq!(texts(r#""a, b"#), [(r#""a"#.to_owned(), false), ("b".to_owned(), false)]);
        assert_eq!(texts(r#"5" disk, x"#), [(r#"5" disk"#.to_owned(), false), ("x".to_owned(), false)]);
        assert_eq!(texts(r#"""#), [("\"".to_owned(), false)]);
    }

    #[test]
    fn empty_entries_are_none() {
        assert_eq!(texts(r#" , ,"", " " "#), []);
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
    }

    #[test]
    fn letter_case_and_encoding_of_accents_do_not_matter() {
        assert!(found("STRASSE", "Große Straße"));
        assert!(found("Café", "im cafe\u{301}"));
        assert!(found("ΣΟΦΟΣ", "σοφος"));
    }

    proptest! {
        #[test]
        fn any_list_and_title_are_taken(list in any::<String>(), title in any::<String>()) {
            let title = Title::new(&title, &Native);
            for keyword in parse(&list, &Native) {
                prop_assert!(!keyword.text.is_empty());
                let _ = keyword.is_in(&title);
            }
        }

        #[test]
        fn a_title_contains_itself(title in "[^\",]{1,20}") {
            prop_assume!(!title.trim().is_empty());
            prop_assert!(found(&title, &title));
        }
    }
}
