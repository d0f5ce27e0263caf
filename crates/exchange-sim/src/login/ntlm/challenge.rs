//! CHALLENGE, the second message.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::av_pairs::{self, COMPUTER, DNS_COMPUTER, DNS_DOMAIN, DNS_TREE, DOMAIN, TIMESTAMP};
use super::crypto::utf16;
use super::message::u32_at;

/// Always in a challenge: Unicode, target, NTLM, always sign, domain, extended session security, target info, version.
const ALWAYS: u32 = 0x0001 | 0x0004 | 0x0200 | 0x8000 | 0x1_0000 | 0x8_0000 | 0x80_0000 | 0x200_0000;
/// In a challenge if the client asked for it: sign, seal, key exchange, 128 and 56 bits.
const IF_ASKED: u32 = 0x10 | 0x20 | 0x4000_0000 | 0x2000_0000 | 0x8000_0000;

/// The names of the server and its domain.
#[derive(Debug, Clone)]
pub(crate) struct Names {
    pub(crate) domain: String,
    pub(crate) dns_domain: String,
    pub(crate) computer: String,
}

/// A challenge that waits for its answer on the connection it was sent on.
#[derive(Debug, Clone)]
pub(crate) struct Challenge {
    pub(super) negotiate: Vec<u8>,
    pub(super) nonce: [u8; 8],
    /// The attributes with their end mark.
    pub(super) pairs: Vec<u8>,
    pub(super) timestamp: Option<[u8; 8]>,
    pub(crate) message: Vec<u8>,
}

impl Challenge {
    /// Answers a NEGOTIATE. Without the time stamp clients need no integrity code: servers older than 2008 were so.
    pub(crate) fn new(negotiate: &[u8], names: &Names, now: DateTime<Utc>, stamped: bool) -> Self {
        let nonce = Uuid::new_v4().as_u64_pair().1.to_le_bytes();
        let timestamp = stamped.then(|| file_time(now).to_le_bytes());
        let computer = names.computer.to_lowercase();
        let mut pairs = vec![
            (DOMAIN, utf16(&names.domain)),
            (COMPUTER, utf16(&names.computer)),
            (DNS_DOMAIN, utf16(&names.dns_domain)),
            (DNS_COMPUTER, utf16(&format!("{computer}.{}", names.dns_domain))),
            (DNS_TREE, utf16(&names.dns_domain)),
        ];
        pairs.extend(timestamp.map(|time| (TIMESTAMP, time.to_vec())));
        let pairs = av_pairs::write(&pairs);
        let asked = u32_at(negotiate, 12).unwrap_or(0);
        let message = write(ALWAYS | asked & IF_ASKED, nonce, &utf16(&names.domain), &pairs);
        Self { negotiate: negotiate.to_vec(), nonce, pairs, timestamp, message }
    }
}

fn write(flags: u32, nonce: [u8; 8], target: &[u8], pairs: &[u8]) -> Vec<u8> {
    const PAYLOAD: usize = 56;
    let mut message = b"NTLMSSP\0\x02\0\0\0".to_vec();
    let point = |message: &mut Vec<u8>, length: usize, offset: usize| {
        let length = u16::try_from(length).unwrap_or(u16::MAX).to_le_bytes();
        message.extend_from_slice(&length);
        message.extend_from_slice(&length);
        message.extend_from_slice(&u32::try_from(offset).unwrap_or(u32::MAX).to_le_bytes());
    };
    point(&mut message, target.len(), PAYLOAD);
    message.extend_from_slice(&flags.to_le_bytes());
    message.extend_from_slice(&nonce);
    message.extend_from_slice(&[0; 8]);
    point(&mut message, pairs.len(), PAYLOAD + target.len());
    // Windows Server 2019, NTLM revision 15.
    message.extend_from_slice(&[10, 0, 0x63, 0x45, 0, 0, 0, 15]);
    message.extend_from_slice(target);
    message.extend_from_slice(pairs);
    message
}

/// Hundreds of nanoseconds since 1601.
fn file_time(now: DateTime<Utc>) -> u64 {
    u64::try_from((now.timestamp_micros() + 11_644_473_600_000_000) * 10).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_times_count_from_1601() {
        assert_eq!(file_time(DateTime::UNIX_EPOCH), 116_444_736_000_000_000);
    }
}
