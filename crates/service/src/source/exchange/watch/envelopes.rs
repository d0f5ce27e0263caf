//! Cuts envelopes out of an answer that does not end, and that arrives in pieces of any size.

use quick_xml::Error;
use quick_xml::errors::IllFormedError;
use quick_xml::events::Event;
use quick_xml::reader::Reader;

use crate::source::exchange::xml::Broken;

/// More than the 50 events that a notification holds at most.
const MAX_ENVELOPE_BYTES: usize = 1 << 20;

/// What has arrived of the next envelope.
#[derive(Default)]
pub struct Envelopes {
    bytes: Vec<u8>,
    /// Up to where it was looked at.
    seen: usize,
    depth: usize,
}

impl Envelopes {
    /// Takes a piece in, and gives the envelopes that are complete by now.
    pub fn push(&mut self, piece: &[u8]) -> Result<Vec<Vec<u8>>, Broken> {
        self.bytes.extend_from_slice(piece);
        let mut envelopes = Vec::new();
        while let Some(end) = self.end()? {
            let rest = self.bytes.split_off(end);
            envelopes.push(std::mem::replace(&mut self.bytes, rest));
            self.seen = 0;
        }
        if self.bytes.len() > MAX_ENVELOPE_BYTES {
            return Err(Broken);
        }
        Ok(envelopes)
    }

    /// Whether nothing has arrived of a further envelope. What a stream loses in the middle of one nobody tells again.
    pub fn is_between(&self) -> bool {
        self.bytes.iter().all(u8::is_ascii_whitespace)
    }

    /// Where the first envelope ends, if it does.
    fn end(&mut self) -> Result<Option<usize>, Broken> {
        let new = self.bytes.get(self.seen..).unwrap_or_default();
        let text = match std::str::from_utf8(new) {
            Ok(text) => text,
            // The last character may not be there as a whole.
            Err(error) if error.error_len().is_none() => {
                let valid = new.get(..error.valid_up_to()).unwrap_or_default();
                std::str::from_utf8(valid).map_err(|_| Broken)?
            }
            Err(_) => return Err(Broken),
        };
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        let mut seen = 0;
        loop {
            let is_end = match reader.read_event() {
                Ok(Event::Start(_)) => {
                    self.depth += 1;
                    false
                }
                Ok(Event::End(_)) => {
                    self.depth = self.depth.checked_sub(1).ok_or(Broken)?;
                    true
                }
                Ok(Event::DocType(_)) => return Err(Broken),
                // Markup that is not there as a whole is looked at again.
                Ok(Event::Eof)
                | Err(Error::Syntax(_) | Error::IllFormed(IllFormedError::UnclosedReference)) => break,
                // A text may be the beginning of one; it is the same whether it is read once or in parts.
                Ok(_) => false,
                Err(_) => return Err(Broken),
            };
            seen = usize::try_from(reader.buffer_position()).map_err(|_| Broken)?;
            if is_end && self.depth == 0 {
                return Ok(Some(self.seen + seen));
            }
        }
        self.seen += seen;
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str = "<?xml version=\"1.0\"?><Envelope xmlns=\"a\"><b c=\"/>\">ü &amp; \u{1F600}</b><d/><!-- </Envelope> --></Envelope>";
    const SECOND: &str = "<s:Envelope xmlns:s=\"a\"><s:b><![CDATA[</s:Envelope>]]></s:b></s:Envelope>";

    fn cut(pieces: &[&[u8]]) -> Result<Vec<String>, Broken> {
        let mut envelopes = Envelopes::default();
        let mut found = Vec::new();
        for piece in pieces {
            found.extend(envelopes.push(piece)?);
        }
        Ok(found.into_iter().map(|bytes| String::from_utf8(bytes).unwrap().trim().to_owned()).collect())
    }

    #[test]
    fn an_answer_may_be_split_anywhere() {
        let whole = format!("{FIRST}\r\n{SECOND}{FIRST}");
        let expected = Ok(vec![FIRST.to_owned(), SECOND.to_owned(), FIRST.to_owned()]);
        for at in 0..=whole.len() {
            let (head, tail) = whole.as_bytes().split_at(at);
            assert_eq!(cut(&[head, tail]), expected, "split at {at}");
        }
        let bytes: Vec<&[u8]> = whole.as_bytes().chunks(1).collect();
        assert_eq!(cut(&bytes), expected);
    }

    #[test]
    fn what_is_cut_off_is_no_envelope() {
        for at in 0..SECOND.len() {
            assert_eq!(cut(&[&SECOND.as_bytes()[..at]]), Ok(vec![]));
        }
    }

    #[test]
    fn an_answer_that_ends_within_an_envelope_is_noticed() {
        let whole = format!("{FIRST}\r\n{SECOND}\r\n");
        let complete = [FIRST.len(), FIRST.len() + 2 + SECOND.len()];
        for at in 0..=whole.len() {
            let mut envelopes = Envelopes::default();
            let found = envelopes.push(&whole.as_bytes()[..at]).unwrap();
            assert_eq!(found.len(), complete.iter().filter(|end| **end <= at).count(), "cut at {at}");
            let ends = complete.iter().flat_map(|end| *end..=end + 2);
            assert_eq!(envelopes.is_between(), at == 0 || ends.clone().any(|end| end == at), "cut at {at}");
        }
    }

    #[test]
    fn hostile_answers_end_at_once() {
        assert_eq!(cut(&[b"<!DOCTYPE a><a/>"]), Err(Broken));
        assert_eq!(cut(&[b"</a>"]), Err(Broken));
        assert_eq!(cut(&[b"<a>\xff</a>"]), Err(Broken));
        let endless = vec![b'x'; MAX_ENVELOPE_BYTES / 4];
        assert_eq!(cut(&[b"<a>", &endless, &endless, &endless]), Ok(vec![]));
        assert_eq!(cut(&[b"<a>", &endless, &endless, &endless, &endless]), Err(Broken));
    }
}
