//! The state tokens of delta queries: opaque, sealed, and all that a round needs.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::calendar::ItemKey;
use crate::recurrence::Window;
use crate::seal::Seal;

/// Where a client stands in following a calendar view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Round {
    pub(crate) mailbox: Uuid,
    pub(crate) generation: u32,
    pub(crate) window: Window,
    /// Changes up to this revision are known to the client; in a first round nothing is.
    pub(crate) from: Option<u64>,
    /// Changes up to this revision belong to the round.
    pub(crate) to: u64,
    /// The item after which the next page begins.
    pub(crate) after: Option<ItemKey>,
}

/// A skip token continues a round, a delta token begins the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Kind {
    Skip = 1,
    Delta = 2,
}

const SEAL: usize = 12;

impl Round {
    pub(crate) fn encode(&self, kind: Kind, seal: &Seal) -> String {
        let mut bytes = vec![kind as u8];
        bytes.extend_from_slice(self.mailbox.as_bytes());
        bytes.extend_from_slice(&self.generation.to_be_bytes());
        bytes.extend_from_slice(&self.window.start.timestamp_millis().to_be_bytes());
        bytes.extend_from_slice(&self.window.end.timestamp_millis().to_be_bytes());
        bytes.extend_from_slice(&self.from.map_or(0, |from| from + 1).to_be_bytes());
        bytes.extend_from_slice(&self.to.to_be_bytes());
        bytes.extend_from_slice(&self.after.map_or(0, ItemKey::to_bits).to_be_bytes());
        let signature = seal.sign(&bytes);
        bytes.extend(signature.into_iter().take(SEAL));
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// `None` where the text is no token of this kind and run.
    pub(crate) fn decode(text: &str, kind: Kind, seal: &Seal) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (signed, signature) = bytes.split_at_checked(bytes.len().checked_sub(SEAL)?)?;
        if !seal.fits(signed, signature) {
            return None;
        }
        let (mailbox, rest) = signed.strip_prefix(&[kind as u8])?.split_first_chunk::<16>()?;
        let (generation, rest) = rest.split_first_chunk::<4>()?;
        let mut numbers =
            rest.chunks_exact(8).filter_map(|chunk| chunk.try_into().ok()).map(u64::from_be_bytes);
        let mut instant = || DateTime::<Utc>::from_timestamp_millis(numbers.next()?.cast_signed());
        let window = Window { start: instant()?, end: instant()? };
        let (from, to, after) = (numbers.next()?, numbers.next()?, numbers.next()?);
        Some(Self {
            mailbox: Uuid::from_bytes(*mailbox),
            generation: u32::from_be_bytes(*generation),
            window,
            from: from.checked_sub(1),
            to,
            after: (after != 0).then(|| ItemKey::from_bits(after)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_good_for_its_kind_and_run_alone() {
        let round = Round {
            mailbox: Uuid::from_u128(9),
            generation: 3,
            window: Window {
                start: "2026-11-20T00:00:00Z".parse().unwrap(),
                end: "2026-11-24T00:00:00.123Z".parse().unwrap(),
            },
            from: Some(5),
            to: 8,
            after: Some(ItemKey::from_bits(77)),
        };
        let seal = Seal::new();
        let token = round.encode(Kind::Skip, &seal);
        assert_eq!(Round::decode(&token, Kind::Skip, &seal), Some(round));
        assert_eq!(Round::decode(&token, Kind::Delta, &seal), None);
        assert_eq!(Round::decode(&token, Kind::Skip, &Seal::new()), None);
        for broken in ["", "x", "AAAA", &token[1..], &format!("{token}A")] {
            assert_eq!(Round::decode(broken, Kind::Skip, &seal), None, "{broken}");
        }
    }
}
