//! What goes from a text before anybody looks at it, in the form and in the service alike: what comes along when
//! something is copied out of a page, a mail or a file, and is seen by nobody. One function for each kind of item.

/// Without the blanks and line ends around it: IDs, secrets, addresses, URLs.
pub(super) fn around(text: &str) -> String {
    text.trim_matches(is_blank).to_owned()
}

/// Addresses in a list: without the blanks around them all, and nowhere with characters that cannot be seen. Ordinary
/// blanks between two addresses stay as typed.
pub(super) fn addresses(text: &str) -> String {
    let mut seen = text.to_owned();
    seen.retain(|c| !is_invisible(c));
    around(&seen)
}

/// Whether a person sees nothing there: blanks of any script, line ends, control characters and what is
/// [invisible](is_invisible).
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || is_invisible(c)
}

/// Whether the character has no width, or no ink: byte order mark, zero-width spaces and joiners, direction marks (which
/// Windows puts before what is copied out of its dialogs), soft hyphens, fillers.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{feff}'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Blanks as they come along: of keyboards, web pages, typesetters, Windows, other scripts.
    const BLANKS: [&str; 14] = [
        " ", "\t", "\n", "\r\n", "\u{85}", "\u{a0}", "\u{ad}", "\u{2003}", "\u{200b}", "\u{200e}",
        "\u{2028}", "\u{202f}", "\u{3000}", "\u{feff}",
    ];

    #[test]
    fn blanks_of_any_kind_go_around_and_stay_within() {
        for blank in BLANKS {
            let text = format!("{blank}a{blank}b{blank}{blank}");
            assert_eq!(around(&text), format!("a{blank}b"), "{blank:?}");
            assert_eq!(around(blank), "");
        }
        assert_eq!(around("ä"), "ä");
    }

    #[test]
    fn a_list_keeps_the_blanks_that_can_be_seen() {
        assert_eq!(addresses("\u{feff}a@x.de,\u{200b} b@\u{ad}x.de;\n"), "a@x.de, b@x.de;");
    }

    proptest! {
        #[test]
        fn what_is_clean_stays(text in any::<String>()) {
            for clean in [around, addresses] {
                let cleaned = clean(&text);
                prop_assert!(!cleaned.starts_with(is_blank) && !cleaned.ends_with(is_blank));
                prop_assert_eq!(clean(&cleaned), cleaned);
            }
        }
    }
}
