//! Blanks and the words between them.

/// Whether a character is a blank: U+0009 to U+000D, U+0020 and U+00A0, nothing else.
pub(crate) const fn is_blank(character: char) -> bool {
    matches!(character, '\u{9}'..='\u{d}' | ' ' | '\u{a0}')
}

/// The words of a text with the byte positions at which they start.
pub(crate) fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut position = 0;
    text.split(is_blank).filter_map(move |word| {
        // `split` drops the blank, whose length is needed to go on.
        let start = position;
        position += word.len();
        position += text.get(position..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        (!word.is_empty()).then_some((start, word))
    })
}

/// The last word of a text and what stands before it; None when nothing but blanks is left.
///
/// Looks at bytes, which is much faster than decoding characters.
pub(crate) fn last_word(text: &str) -> Option<(&str, &str)> {
    let text = trim_end_blanks(text);
    let mut end = text.len();
    while let Some(found) = text.as_bytes().get(..end)?.iter().rposition(|byte| may_end_blank(*byte)) {
        if text.get(..=found).is_some_and(|head| head.ends_with(is_blank)) {
            return text.split_at_checked(found + 1);
        }
        end = found;
    }
    (!text.is_empty()).then_some(("", text))
}

/// A text without the blanks at its end.
pub(crate) fn trim_end_blanks(text: &str) -> &str {
    match text.as_bytes().last() {
        Some(byte) if may_end_blank(*byte) => text.trim_end_matches(is_blank),
        _ => text,
    }
}

/// Whether a blank may end with this byte. Few others do, so that a closer look is seldom needed.
const fn may_end_blank(byte: u8) -> bool {
    byte <= b' ' || byte == 0xa0
}

#[cfg(test)]
mod tests {
    use super::{last_word, trim_end_blanks, words};
    use alloc::vec::Vec;

    #[test]
    fn words_lie_between_blanks() {
        let text = "\u{a0}a\u{2003}à \t#b\u{85}";
        assert_eq!(words(text).collect::<Vec<_>>(), [(2, "a\u{2003}à"), (10, "#b\u{85}")]);
    }

    #[test]
    fn last_words_are_found_from_the_end() {
        assert_eq!(last_word("a\u{a0}#b\u{a0}\n"), Some(("a\u{a0}", "#b")));
        // à ends with the byte that U+00A0 ends with.
        assert_eq!(last_word(" #à"), Some((" ", "#à")));
        assert_eq!(last_word("àà"), Some(("", "àà")));
        assert_eq!(last_word(" \u{a0}"), None);
        assert_eq!(trim_end_blanks("à \u{b}"), "à");
    }
}
