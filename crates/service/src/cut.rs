//! Names from outside are cut where they are taken in: nobody has longer ones, and what tells of many names at once
//! has to fit into a message.

/// So many characters of a name are kept.
pub(crate) const MAX_CHARS: usize = 255;

/// Cuts a name to 255 characters.
pub(crate) fn cut(name: &mut String) {
    cut_to(name, MAX_CHARS);
}

/// Cuts a text to so many characters.
pub(crate) fn cut_to(text: &mut String, chars: usize) {
    if let Some((end, _)) = text.char_indices().nth(chars) {
        text.truncate(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_count_and_not_bytes() {
        for (before, after) in [
            ("ü".repeat(300), "ü".repeat(255)),
            ("😀".repeat(255), "😀".repeat(255)),
            (String::new(), String::new()),
        ] {
            let mut name = before;
            cut(&mut name);
            assert_eq!(name, after);
        }
    }
}
