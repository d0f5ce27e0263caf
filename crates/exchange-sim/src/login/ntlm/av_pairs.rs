//! Attributes of a challenge and of its answer: number, length, value.

use super::message::u16_at;

pub(super) const COMPUTER: u16 = 1;
pub(super) const DOMAIN: u16 = 2;
pub(super) const DNS_COMPUTER: u16 = 3;
pub(super) const DNS_DOMAIN: u16 = 4;
pub(super) const DNS_TREE: u16 = 5;
pub(super) const FLAGS: u16 = 6;
pub(super) const TIMESTAMP: u16 = 7;
pub(super) const TARGET_NAME: u16 = 9;
pub(super) const CHANNEL_BINDINGS: u16 = 10;

pub(super) fn write(pairs: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (number, value) in pairs {
        bytes.extend_from_slice(&number.to_le_bytes());
        bytes.extend_from_slice(&u16::try_from(value.len()).unwrap_or(u16::MAX).to_le_bytes());
        bytes.extend_from_slice(value);
    }
    bytes.extend_from_slice(&[0; 4]);
    bytes
}

/// The pairs up to the end mark; `None` if there is no end mark.
pub(super) fn read(mut bytes: &[u8]) -> Option<Vec<(u16, &[u8])>> {
    let mut pairs = Vec::new();
    loop {
        let (number, length) = (u16_at(bytes, 0)?, usize::from(u16_at(bytes, 2)?));
        if number == 0 {
            return Some(pairs);
        }
        pairs.push((number, bytes.get(4..4 + length)?));
        bytes = bytes.get(4 + length..)?;
    }
}

pub(super) fn find<'a>(pairs: &[(u16, &'a [u8])], number: u16) -> Option<&'a [u8]> {
    pairs.iter().find(|(known, _)| *known == number).map(|(_, value)| *value)
}
