//! Blanks and the words between them.

/// Whether a character is a blank: U+0009 to U+000D, U+0020 and U+00A0, nothing else.
pub(crate) const fn is_blank(character: char) -> bool {
    matches!(character, '\u{9}'..='\u{d}' | ' ' | '\u{a0}')
}

/// The words of a text with the byte positions at which they start.
pub(crate) fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut position = 0;
    text.split(is_blank).filter_map(move |word| {
        // `split` drops the blank, whose length is needed to go on: every blank but U+00A0 is one byte long.
        let start = position;
        position += word.len();
        position += text.get(position..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        (!word.is_empty()).then_some((start, word))
    })
}
