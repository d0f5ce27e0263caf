//! One way of comparing texts: for keywords, organizers and the search of users.

use std::borrow::Cow;

use calendar_presence::has_no_width;

use crate::Platform;

/// A text made ready for comparison. Letter case, how accents are encoded, the kind of blanks and characters of no width
/// make no difference.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Folded(String);

impl Folded {
    /// Prepares `text`.
    pub fn new(text: &str, platform: &dyn Platform) -> Self {
        Self(fold(text, platform))
    }

    /// Whether nothing is left of the text.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether `part` stands anywhere in this text.
    pub fn contains(&self, part: &Self) -> bool {
        self.0.contains(&part.0)
    }

    /// The text as it is compared.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// `text` without characters of no width, a no-break space as a blank, in normalization form C, its case folded.
pub fn fold(text: &str, platform: &dyn Platform) -> String {
    // Most texts are ASCII, which needs no tables.
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let plain = |c| c != '\u{a0}' && c != '\u{202f}' && !has_no_width(c);
    let text = if text.chars().all(plain) {
        Cow::Borrowed(text)
    } else {
        let blank = |c| if matches!(c, '\u{a0}' | '\u{202f}') { ' ' } else { c };
        Cow::Owned(text.chars().filter(|&c| !has_no_width(c)).map(blank).collect())
    };
    platform.fold(&text)
}

#[cfg(all(test, feature = "native"))]
mod tests {
    use super::*;
    use crate::Native;

    fn found(text: &str, part: &str) -> bool {
        Folded::new(text, &Native).contains(&Folded::new(part, &Native))
    }

    #[test]
    fn what_looks_alike_is_alike() {
        for (text, part) in [
            ("Müller", "mu\u{308}ller"),
            ("Mu\u{308}ller", "MÜLLER"),
            ("STRASSE", "Straße"),
            ("ΣΟΦΟΣ", "σοφος"),
            ("Ur\u{ad}laub", "urlaub"),
            ("Urlaub", "ur\u{200b}laub"),
            ("e\u{200d}\u{301}", "é"),
            ("Home\u{a0}office", "home office"),
            ("Home\u{202f}office", "home office"),
            ("☀\u{fe0f}", "☀"),
            ("\u{feff}Anna", "anna"),
        ] {
            assert!(found(text, part), "{text:?} {part:?}");
        }
        assert!(!found("Muller", "Müller"));
    }
}
