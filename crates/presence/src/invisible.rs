//! Characters that nobody sees.

/// Whether a character has no width of its own: those that Unicode calls default ignorable (soft hyphen, joiners,
/// directional marks and controls, variation selectors, fillers, tags), and the marks of interlinear annotations.
pub const fn has_no_width(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Whether there is something to see. Beside blanks of any width, a braille cell without dots, a note without a head
/// and the Khitan filler show nothing.
pub(crate) fn is_visible(character: char) -> bool {
    let shows_nothing = has_no_width(character) || character.is_whitespace();
    !shows_nothing && !matches!(character, '\u{2800}' | '\u{16fe4}' | '\u{1d159}')
}

/// Whether a character turns the direction of writing for those after it.
pub(crate) const fn turns_direction(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;
    use unicode_properties::{GeneralCategory, UnicodeGeneralCategory as _};

    #[test]
    fn format_characters_have_no_width_save_those_that_are_signs() {
        let format = ('\0'..=char::MAX).filter(|c| c.general_category() == GeneralCategory::Format);
        let with_width: Vec<char> = format.filter(|c| !has_no_width(*c)).collect();
        // Arabic, Syriac and Kaithi number signs are drawn; Egyptian controls arrange the signs around them.
        let signs =
            ['\u{600}'..='\u{605}', '\u{6dd}'..='\u{6dd}', '\u{70f}'..='\u{70f}', '\u{890}'..='\u{891}'];
        let more = [
            '\u{8e2}'..='\u{8e2}',
            '\u{110bd}'..='\u{110bd}',
            '\u{110cd}'..='\u{110cd}',
            '\u{13430}'..='\u{1343f}',
        ];
        assert_eq!(with_width, signs.into_iter().chain(more).flatten().collect::<Vec<_>>());
    }

    #[test]
    fn letters_signs_and_marks_are_visible() {
        for character in ('\0'..=char::MAX).filter(|c| !is_visible(*c)) {
            let category = character.general_category();
            let expected = matches!(
                category,
                GeneralCategory::Format
                    | GeneralCategory::SpaceSeparator
                    | GeneralCategory::LineSeparator
                    | GeneralCategory::ParagraphSeparator
                    | GeneralCategory::Control
                    | GeneralCategory::NonspacingMark
                    | GeneralCategory::Unassigned
            );
            // Fillers of Hangul, the empty braille cell, the note without a head.
            let letters = ['\u{115f}', '\u{1160}', '\u{3164}', '\u{ffa0}', '\u{2800}', '\u{1d159}'];
            assert!(expected || letters.contains(&character), "{character:?} {category:?}");
        }
    }
}
