//! The three messages.

use chrono::Utc;

use super::NotNtlm;
use super::login::{Login, utf16};
use super::pairs::Pairs;
use super::proof::{Proof, hmac};

const SIGNATURE: &[u8; 8] = b"NTLMSSP\0";
const UNICODE: u32 = 1;
/// Unicode, target name, NTLM, always sign (without which a MIC is not looked at), extended session security,
/// target info, version, 128 and 56 bits. No key exchange: nothing is signed or sealed later.
const FLAGS: u32 =
    UNICODE | 0x4 | 0x200 | 0x8000 | 0x8_0000 | 0x80_0000 | VERSION_FLAG | 0x2000_0000 | 0x8000_0000;
const VERSION_FLAG: u32 = 0x200_0000;
/// 10.0, revision 15 of NTLM.
const VERSION: [u8; 8] = [10, 0, 0, 0, 0, 0, 0, 15];
const MIC_AT: usize = 72;
const PAYLOAD_AT: usize = MIC_AT + 16;
/// Between the epochs of Windows and of everybody else, in 100 ns.
const WINDOWS_EPOCH: i64 = 116_444_736_000_000_000;

/// The first message. It names nobody.
pub struct Negotiate(Vec<u8>);

impl Negotiate {
    /// The message.
    pub fn new() -> Self {
        let nobody = [0; 16];
        Self([&SIGNATURE[..], &1_u32.to_le_bytes(), &FLAGS.to_le_bytes(), &nobody, &VERSION].concat())
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// The server's message.
pub struct Challenge {
    message: Vec<u8>,
    flags: u32,
    nonce: [u8; 8],
    pairs: Pairs,
}

impl Challenge {
    /// Reads it.
    pub fn read(message: Vec<u8>) -> Result<Self, NotNtlm> {
        if !message.starts_with(SIGNATURE) || array(&message, 8) != Some(2_u32.to_le_bytes()) {
            return Err(NotNtlm);
        }
        let flags = u32::from_le_bytes(array(&message, 20).ok_or(NotNtlm)?);
        if flags & UNICODE == 0 {
            return Err(NotNtlm);
        }
        let nonce = array(&message, 24).ok_or(NotNtlm)?;
        let pairs = Pairs::read(field(&message, 40).ok_or(NotNtlm)?)?;
        Ok(Self { message, flags, nonce, pairs })
    }

    /// The third message, for this host and these channel bindings.
    pub fn authenticate(
        &self,
        negotiate: &Negotiate,
        login: &Login,
        host: &str,
        bindings: Option<[u8; 16]>,
    ) -> Vec<u8> {
        self.authenticate_with(negotiate, login, host, bindings, rand::random())
    }

    fn authenticate_with(
        &self,
        negotiate: &Negotiate,
        login: &Login,
        host: &str,
        bindings: Option<[u8; 16]>,
        nonce: [u8; 8],
    ) -> Vec<u8> {
        let timestamp = self.pairs.timestamp();
        let pairs = self.pairs.clone().answer(host, bindings, timestamp.is_some());
        let proof =
            Proof::new(login, self.nonce, nonce, timestamp.unwrap_or_else(windows_time), &pairs.bytes());
        // A server that tells its time wants no second, weaker proof.
        let lm = if timestamp.is_some() { [0; 24] } else { proof.lm };
        let mut message = self.assemble(login, &lm, &proof.nt);
        if timestamp.is_some() {
            let mic = hmac(&proof.key, &[negotiate.bytes(), &self.message, &message]);
            for (place, byte) in message.iter_mut().skip(MIC_AT).zip(mic) {
                *place = byte;
            }
        }
        message
    }

    /// The message with zeros where the MIC belongs.
    fn assemble(&self, login: &Login, lm: &[u8], nt: &[u8]) -> Vec<u8> {
        let (domain, user) = (utf16(&login.domain), utf16(&login.user));
        // In the order of the header; the payload may have any.
        let parts: [&[u8]; 6] = [lm, nt, &domain, &user, &[], &[]];
        let mut message = [&SIGNATURE[..], &3_u32.to_le_bytes()].concat();
        let mut offset = PAYLOAD_AT;
        for part in parts {
            let length = u16::try_from(part.len()).unwrap_or(u16::MAX).to_le_bytes();
            message.extend(length);
            message.extend(length);
            message.extend(u32::try_from(offset).unwrap_or(u32::MAX).to_le_bytes());
            offset += part.len();
        }
        message.extend((self.flags & FLAGS | VERSION_FLAG).to_le_bytes());
        message.extend(VERSION);
        message.extend([0; 16]);
        message.extend(parts.concat());
        message
    }
}

fn array<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at.checked_add(N)?)?.try_into().ok()
}

/// What a length and an offset at this place stand for.
fn field(message: &[u8], at: usize) -> Option<&[u8]> {
    let length = usize::from(u16::from_le_bytes(array(message, at)?));
    let offset = usize::try_from(u32::from_le_bytes(array(message, at.checked_add(4)?)?)).ok()?;
    if length == 0 {
        return Some(&[]);
    }
    message.get(offset..offset.checked_add(length)?)
}

fn windows_time() -> [u8; 8] {
    (Utc::now().timestamp_micros().saturating_mul(10) + WINDOWS_EPOCH).to_le_bytes()
}

#[cfg(test)]
mod tests;
