//! Cleaning titles.

use crate::blank::is_blank;
use alloc::string::String;

/// A title as a note can carry it: control characters become blanks, runs of blanks one U+0020, blanks at the ends
/// go.
///
/// ```
/// assert_eq!(calendar_presence::clean_title(" Stand-up\r\n\u{a0}daily "), "Stand-up daily");
/// ```
pub fn clean_title(title: &str) -> String {
    let mut clean = String::with_capacity(title.len());
    for word in title.split(|character| is_blank(character) || is_control(character)) {
        if !word.is_empty() {
            if !clean.is_empty() {
                clean.push(' ');
            }
            clean.push_str(word);
        }
    }
    clean
}

/// C0, DEL, C1 and the separators of lines and paragraphs.
const fn is_control(character: char) -> bool {
    matches!(character, '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}')
}
