//! What is kept of an answer that is too long: all of its structure, and of each text the beginning. If that is too much
//! as well, the entries are left out; where the reading goes on stands beside them.

/// So much is kept of a text. No title and no link is as long.
const MOST_OF_TEXT: usize = 64 << 10;
/// So much is kept in all before the entries are given up.
const MOST: usize = 16 << 20;
/// So many bytes after a backslash no escape is cut in two.
const LONGEST_ESCAPE: usize = 6;

/// Takes JSON in pieces.
#[derive(Debug, Default)]
pub(super) struct Skimmer {
    kept: Vec<u8>,
    depth: usize,
    /// Bytes of the text in which we are.
    text: Option<usize>,
    /// Whether the rest of that text is left out.
    is_cut: bool,
    is_escaped: bool,
    since_backslash: usize,
    /// Where what stands within the outermost object begins to be kept: its innermost list of entries.
    entries: usize,
    /// Whether entries are given up.
    is_given_up: bool,
}

impl Skimmer {
    /// The next piece.
    pub fn push(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.byte(*byte);
        }
    }

    /// What was kept, and whether entries are missing.
    pub fn finish(self) -> (Vec<u8>, bool) {
        (self.kept, self.is_given_up)
    }

    fn byte(&mut self, byte: u8) {
        match self.text {
            Some(length) => self.in_text(byte, length),
            None => self.between(byte),
        }
        if self.kept.len() > MOST && self.depth >= 2 {
            self.kept.truncate(self.entries);
            self.is_given_up = true;
        }
    }

    fn between(&mut self, byte: u8) {
        match byte {
            b'"' => {
                self.text = Some(0);
                self.is_cut = false;
                self.since_backslash = LONGEST_ESCAPE;
            }
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        self.keep(byte);
        if self.depth == 2 && matches!(byte, b'{' | b'[') && !self.is_given_up {
            self.entries = self.kept.len();
        }
    }

    fn in_text(&mut self, byte: u8, length: usize) {
        self.text = Some(length + 1);
        self.since_backslash += 1;
        // Neither an escape nor a character of several bytes may be halved.
        let begins_character = byte & 0xc0 != 0x80;
        let begins_escape = byte == b'\\' && !self.is_escaped;
        let is_whole = begins_escape || (begins_character && self.since_backslash > LONGEST_ESCAPE);
        if length >= MOST_OF_TEXT && is_whole {
            self.is_cut = true;
        }
        if self.is_escaped {
            self.is_escaped = false;
        } else if byte == b'\\' {
            self.is_escaped = true;
            self.since_backslash = 0;
        } else if byte == b'"' {
            self.text = None;
            self.is_cut = false;
        }
        if !self.is_cut {
            self.keep(byte);
        }
    }

    fn keep(&mut self, byte: u8) {
        if !self.is_given_up || self.depth < 2 {
            self.kept.push(byte);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use crate::json::lenient;

    use super::*;

    fn skim(text: &str, piece: usize) -> (String, bool) {
        let mut skimmer = Skimmer::default();
        text.as_bytes().chunks(piece.max(1)).for_each(|piece| skimmer.push(piece));
        let (kept, is_given_up) = skimmer.finish();
        (String::from_utf8(kept).unwrap(), is_given_up)
    }

    #[test]
    fn of_a_long_text_the_beginning_is_kept() {
        for (unit, most) in
            [("x", 1), ("ä", 2), ("\\\"", 2), ("\\u00e4", 6), ("\\ud83d\\ude00", 12), ("😀", 4)]
        {
            let long = unit.repeat(MOST_OF_TEXT);
            let (kept, is_given_up) =
                skim(&format!(r#"{{"value":[{{"id":"a","x":"{long}ENDx","y":1}}]}}"#), 1000);
            // Of a pair of surrogates one half may be left.
            let read: Value = serde_json::from_str(&lenient(kept.as_bytes())).unwrap();
            assert_eq!((&read["value"][0]["id"], &read["value"][0]["y"]), (&json!("a"), &json!(1)), "{unit}");
            assert!(kept.len() < MOST_OF_TEXT + 100 * most, "{unit}: {}", kept.len());
            assert!(!is_given_up);
        }
    }

    #[test]
    fn of_too_many_texts_nothing_is_kept_but_where_to_go_on() {
        let entry = format!(r#"{{"x":"{}"}}"#, "x".repeat(1000));
        let entries = vec![entry; MOST / 1000].join(",");
        let text = format!(r#"{{"before":"a","value":[{entries}],"@odata.nextLink":"b"}}"#);
        let (kept, is_given_up) = skim(&text, 10_000);
        assert_eq!(kept, r#"{"before":"a","value":[],"@odata.nextLink":"b"}"#);
        assert!(is_given_up);
    }

    proptest! {
        #[test]
        fn what_is_short_stays_as_it_is(text in r#"[\[\]{}",:\\ux0-9 ä]{0,40}"#, piece in 1..9_usize) {
            prop_assert_eq!(skim(&text, piece), (text, false));
        }
    }
}
