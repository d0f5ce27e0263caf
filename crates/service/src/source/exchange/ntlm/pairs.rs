//! The AV pairs of a challenge, and what a client adds to them.

use super::NotNtlm;
use super::login::utf16;

const END: u16 = 0;
const FLAGS: u16 = 6;
const TIMESTAMP: u16 = 7;
const TARGET_NAME: u16 = 9;
const CHANNEL_BINDINGS: u16 = 10;
/// Flag: the message carries a MIC.
const HAS_MIC: u32 = 2;

/// Pairs of a number and a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairs(Vec<(u16, Vec<u8>)>);

impl Pairs {
    /// Reads pairs up to the one that ends them.
    pub fn read(mut bytes: &[u8]) -> Result<Self, NotNtlm> {
        let mut pairs = Vec::new();
        // Older servers send nothing at all.
        while !bytes.is_empty() {
            let (&[i0, i1, l0, l1], rest) = bytes.split_first_chunk().ok_or(NotNtlm)?;
            let id = u16::from_le_bytes([i0, i1]);
            if id == END {
                break;
            }
            let (value, rest) = rest.split_at_checked(u16::from_le_bytes([l0, l1]).into()).ok_or(NotNtlm)?;
            pairs.push((id, value.to_vec()));
            bytes = rest;
        }
        Ok(Self(pairs))
    }

    /// The server's clock, in its own units.
    pub fn timestamp(&self) -> Option<[u8; 8]> {
        self.get(TIMESTAMP)?.try_into().ok()
    }

    /// The answer to these pairs: whom the client wants to reach, over which TLS connection, and whether a MIC
    /// follows. Without bindings the pair is missing: zeros would not mean the same.
    pub fn answer(mut self, host: &str, bindings: Option<[u8; 16]>, has_mic: bool) -> Self {
        if has_mic {
            let flags = self.get(FLAGS).and_then(|flags| flags.try_into().ok()).map_or(0, u32::from_le_bytes);
            self.set(FLAGS, (flags | HAS_MIC).to_le_bytes().to_vec());
        }
        self.0.retain(|(id, _)| *id != CHANNEL_BINDINGS);
        if let Some(bindings) = bindings {
            self.set(CHANNEL_BINDINGS, bindings.to_vec());
        }
        self.set(TARGET_NAME, utf16(&format!("HTTP/{host}")));
        self
    }

    /// The pairs as they travel.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (id, value) in &self.0 {
            bytes.extend(id.to_le_bytes());
            bytes.extend(u16::try_from(value.len()).unwrap_or(u16::MAX).to_le_bytes());
            bytes.extend(value);
        }
        bytes.extend([0; 4]);
        bytes
    }

    fn get(&self, wanted: u16) -> Option<&[u8]> {
        self.0.iter().find(|(id, _)| *id == wanted).map(|(_, value)| value.as_slice())
    }

    fn set(&mut self, id: u16, value: Vec<u8>) {
        self.0.retain(|(other, _)| *other != id);
        self.0.push((id, value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_adds_what_the_server_checks() {
        let server = Pairs(vec![(2, utf16("CORP")), (FLAGS, vec![1, 0, 0, 0]), (TIMESTAMP, vec![9; 8])]);
        assert_eq!(server.timestamp(), Some([9; 8]));
        let answer = server.clone().answer("mail.example", Some([7; 16]), true);
        let pairs = Pairs::read(&answer.bytes()).unwrap();
        assert_eq!(pairs.get(2), Some(utf16("CORP").as_slice()));
        assert_eq!(pairs.get(FLAGS), Some(&[3, 0, 0, 0][..]));
        assert_eq!(pairs.get(TARGET_NAME), Some(utf16("HTTP/mail.example").as_slice()));
        assert_eq!(pairs.get(CHANNEL_BINDINGS), Some(&[7; 16][..]));
        let without = server.answer("h", None, false);
        assert_eq!((without.get(CHANNEL_BINDINGS), without.get(FLAGS)), (None, Some(&[1, 0, 0, 0][..])));
    }

    #[test]
    fn pairs_that_are_cut_off_are_refused() {
        for bytes in [&[1, 0, 4][..], &[1, 0, 4, 0, 1], &[1, 0, 255, 255]] {
            assert_eq!(Pairs::read(bytes), Err(NotNtlm));
        }
        assert_eq!(Pairs::read(&[]), Ok(Pairs::default()));
    }
}
