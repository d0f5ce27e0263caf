//! Lists of keywords as text: read into entries, and written back.

use calendar_presence::has_no_width;

/// One entry of a keyword list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What stands there, without quotes and outer blanks.
    pub text: String,
    /// Whether it is in quotes: it must stand as a word of its own.
    pub whole_word: bool,
}

/// The entries of a list; empty ones are none.
pub fn entries(list: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut rest = list;
    while !rest.is_empty() {
        let (text, whole_word, after) = entry(rest);
        if !text.is_empty() {
            entries.push(Entry { text: text.to_owned(), whole_word });
        }
        rest = after;
    }
    entries
}

/// The list with these entries. They keep their order, unless an unpaired quote would then swallow what follows; `None`
/// if they cannot stand in one list at all.
pub fn write(entries: &[Entry]) -> Option<String> {
    let reordered = || (0..=2).flat_map(|last| entries.iter().filter(move |entry| entry.last() == last));
    reads_back(entries.iter()).or_else(|| reads_back(reordered()))
}

/// The list with the entries of `typed` at its end, those left out that it has already.
pub fn add(list: &str, typed: &str) -> String {
    let mut all = entries(list);
    for entry in entries(typed) {
        if !all.contains(&entry) {
            all.push(entry);
        }
    }
    write(&all).unwrap_or_else(|| list.to_owned())
}

/// The list without the entry at `index`.
pub fn remove(list: &str, index: usize) -> String {
    let mut all = entries(list);
    if index < all.len() {
        all.remove(index);
    }
    write(&all).unwrap_or_else(|| list.to_owned())
}

/// The list with the entry at `index` in quotes, or out of them. `None` if it cannot: commas need quotes.
pub fn toggle_whole_word(list: &str, index: usize) -> Option<String> {
    let mut all = entries(list);
    let entry = all.get_mut(index)?;
    entry.whole_word = !entry.whole_word;
    write(&all)
}

impl Entry {
    fn append_to(&self, list: &mut String) {
        let quote = if self.whole_word { "\"" } else { "" };
        for part in [if list.is_empty() { "" } else { ", " }, quote, &self.text, quote] {
            list.push_str(part);
        }
    }

    /// How far to the end of a list it must stand: an unpaired quote at its beginning pairs with any at the end of an
    /// entry behind it, and a lone one is both.
    fn last(&self) -> u8 {
        match self.text.as_str() {
            _ if self.whole_word => 0,
            text => match text.strip_prefix(is_quote) {
                Some("") => 1,
                Some(_) => 2,
                None => 0,
            },
        }
    }
}

fn reads_back<'a>(all: impl Iterator<Item = &'a Entry> + Clone) -> Option<String> {
    let mut list = String::new();
    all.clone().for_each(|entry| entry.append_to(&mut list));
    all.eq(&entries(&list)).then_some(list)
}

/// The first entry of a list, whether it is quoted, and what follows its separator.
fn entry(list: &str) -> (&str, bool, &str) {
    if let Some((text, rest)) = quoted(list.trim_start_matches(is_outside)) {
        return (text, true, rest);
    }
    let (text, rest) = list.split_once(is_separator).unwrap_or((list, ""));
    (text.trim_matches(is_outside), false, rest)
}

/// A quoted entry ends at the first quote that only blanks part from a separator or the end.
fn quoted(list: &str) -> Option<(&str, &str)> {
    let inside = list.strip_prefix(is_quote)?;
    inside.match_indices(is_quote).find_map(|(end, quote)| {
        let after = inside.get(end + quote.len()..)?;
        let after = after.trim_start_matches(|c| is_outside(c) && !is_separator(c));
        let rest = if after.is_empty() { "" } else { after.strip_prefix(is_separator)? };
        Some((inside.get(..end)?.trim_matches(is_outside), rest))
    })
}

/// What stands between two entries.
fn is_separator(c: char) -> bool {
    matches!(c, ',' | ';' | '\n'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Double quotes of any language. Any of them opens and any closes: languages write them in all orders, and programs that
/// make straight ones typographic do so halfway.
fn is_quote(c: char) -> bool {
    matches!(c, '"' | '«' | '»' | '“'..='‟' | '❝' | '❞' | '「'..='』' | '〝'..='〟' | '⹂' | '＂')
}

/// What does not count before and after an entry.
fn is_outside(c: char) -> bool {
    c.is_whitespace() || has_no_width(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(list: &str) -> Vec<(String, bool)> {
        entries(list).into_iter().map(|entry| (entry.text, entry.whole_word)).collect()
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
    fn semicolons_and_line_ends_part_entries_too() {
        let expected = ["a", "b c", "d", "e", "f"].map(|text| (text.to_owned(), false));
        assert_eq!(texts("a; b c\r\nd\u{2028}e\nf;"), expected);
        assert_eq!(texts("\"a; b\"\n\"c\""), [("a; b".to_owned(), true), ("c".to_owned(), true)]);
        assert_eq!(texts("„a, b“ ; c"), [("a, b".to_owned(), true), ("c".to_owned(), false)]);
        assert_eq!(write(&entries("„a; b“; c")).as_deref(), Some("\"a; b\", c"));
    }

    #[test]
    fn empty_entries_are_none() {
        assert_eq!(texts(r#" , ,"", " " "#), []);
        assert_eq!(texts("\u{200b},\u{ad}\u{a0}; \n„ “"), []);
    }

    #[test]
    fn entries_are_added_as_they_are_typed() {
        assert_eq!(add("", " urlaub "), "urlaub");
        assert_eq!(add(r#"urlaub,"PTO""#, r#"PTO, "a, b""#), r#"urlaub, "PTO", PTO, "a, b""#);
        assert_eq!(add("a,b", "b, , a"), "a, b");
        assert_eq!(add(r#""a"#, r#""PTO""#), r#""PTO", "a"#);
        assert_eq!(add(r#"b", "a"#, "\""), r#"b", ", "a"#);
    }

    #[test]
    fn entries_are_removed_and_the_others_stay() {
        let list = r#"urlaub ,"Berlin, office", x"#;
        assert_eq!(remove(list, 0), r#""Berlin, office", x"#);
        assert_eq!(remove(list, 1), "urlaub, x");
        assert_eq!(remove(list, 3), r#"urlaub, "Berlin, office", x"#);
        assert_eq!(remove("a", 0), "");
    }

    #[test]
    fn quotes_come_and_go_unless_they_are_needed() {
        assert_eq!(toggle_whole_word("a, b", 1).as_deref(), Some(r#"a, "b""#));
        assert_eq!(toggle_whole_word(r#"a, "b""#, 1).as_deref(), Some("a, b"));
        assert_eq!(toggle_whole_word(r#"a, "b, c""#, 1), None);
        assert_eq!(toggle_whole_word("a", 1), None);
    }

    proptest! {
        #[test]
        fn any_list_reads_back_as_it_is_written(list in any_list()) {
            let read = entries(&list);
            prop_assert_eq!(write(&read).map(|written| entries(&written)), Some(read));
        }

        #[test]
        fn after_adding_all_entries_are_there(list in any_list(), typed in any_list()) {
            let mut expected = entries(&list);
            for entry in entries(&typed) {
                if !expected.contains(&entry) {
                    expected.push(entry);
                }
            }
            // Two quotes that are no pair, each an entry of its own, would be one.
            prop_assume!(write(&expected).is_some());
            let found = entries(&add(&list, &typed));
            prop_assert_eq!(found.len(), expected.len());
            prop_assert!(expected.iter().all(|entry| found.contains(entry)));
        }

        #[test]
        fn after_removing_all_others_are_there(list in any_list(), index in 0..4_usize) {
            let mut expected = entries(&list);
            if index < expected.len() {
                expected.remove(index);
            }
            prop_assume!(write(&expected).is_some());
            let found = entries(&remove(&list, index));
            prop_assert_eq!(found.len(), expected.len());
            prop_assert!(expected.iter().all(|entry| found.contains(entry)));
        }

        #[test]
        fn what_toggles_once_toggles_back(list in any_list(), index in 0..4_usize) {
            let read = entries(&list);
            if let Some(once) = toggle_whole_word(&list, index) && entries(&once).len() == read.len() {
                let found = entries(&once);
                let entry = read.get(index).unwrap();
                prop_assert!(found.iter().any(|one| one.text == entry.text && one.whole_word != entry.whole_word));
            }
        }
    }

    fn any_list() -> impl Strategy<Value = String> {
        prop_oneof![
            "[\"a, ]{0,14}",
            "[\"„“«a,;\n\u{a0}\u{200b} ]{0,14}",
            "([\" ]{0,2}[a-c]{0,2}[\" ]{0,2},){0,5}",
            any::<String>(),
        ]
    }
}
