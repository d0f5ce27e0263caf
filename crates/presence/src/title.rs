//! Cleaning titles.

use crate::blank::is_blank;
use crate::invisible::{is_visible, turns_direction};
use alloc::string::String;

/// A title as a note can carry it: control characters become blanks, those that turn the direction of writing go, runs
/// of blanks become one U+0020, blanks at the ends go. Nothing is left of a title without a visible character.
///
/// ```
/// use calendar_presence::clean_title;
///
/// assert_eq!(clean_title(" Stand-up\r\n\u{a0}daily "), "Stand-up daily");
/// assert_eq!(clean_title("\u{202e}Plan\u{202c}"), "Plan");
/// assert_eq!(clean_title("\u{200b}\u{feff}"), "");
/// ```
pub fn clean_title(title: &str) -> String {
    let mut clean = String::with_capacity(title.len());
    for word in title.split(|character| is_blank(character) || is_control(character)) {
        if word.chars().all(turns_direction) {
            continue;
        }
        if !clean.is_empty() {
            clean.push(' ');
        }
        clean.extend(word.split(turns_direction));
    }
    if !clean.chars().any(is_visible) {
        clean.clear();
    }
    clean
}

/// C0, DEL, C1 and the separators of lines and paragraphs.
const fn is_control(character: char) -> bool {
    matches!(character, '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}')
}
