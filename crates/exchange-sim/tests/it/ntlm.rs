//! NTLM as a client speaks it, with a knob for every rule it can break. Written from MS-NLMP by itself, so that a mistake in
//! the stand-in is not repeated here; exchangelib, by way of pyspnego, is the third opinion.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use md4::Md4;
use md5::{Digest, Md5};
use rc4::{Rc4, StreamCipher};
use sha2::Sha256;

use crate::client::PASSWORD;

/// How an answer is made.
#[allow(clippy::struct_excessive_bools, reason = "each breaks a rule of its own")]
pub struct Knobs {
    pub domain: &'static str,
    pub user: &'static str,
    pub password: &'static str,
    /// Inside SPNEGO.
    pub negotiate: bool,
    pub version_1: bool,
    pub lm_response: bool,
    pub mic: Mic,
    pub bindings: Bindings,
    /// Instead of `HTTP/host`.
    pub target: Option<&'static str>,
    /// An attribute of the challenge is sent back changed.
    pub alter: bool,
    /// The hash of the certificate.
    pub hash: fn(&[u8]) -> Vec<u8>,
}

#[derive(PartialEq, Eq)]
pub enum Mic {
    Right,
    Wrong,
    None,
}

#[derive(PartialEq, Eq)]
pub enum Bindings {
    Right,
    Wrong,
    Zeros,
    None,
}

impl Default for Knobs {
    fn default() -> Self {
        Self {
            domain: "CONTOSO",
            user: "svc-calendar",
            password: PASSWORD,
            negotiate: false,
            version_1: false,
            lm_response: false,
            mic: Mic::Right,
            bindings: Bindings::Right,
            target: None,
            alter: false,
            hash: |bytes| Sha256::digest(bytes).to_vec(),
        }
    }
}

const FLAGS: u32 = 0xe208_8217;

pub fn negotiate() -> Vec<u8> {
    let mut message = b"NTLMSSP\0\x01\0\0\0".to_vec();
    message.extend_from_slice(&FLAGS.to_le_bytes());
    message.extend_from_slice(&[0; 16]);
    message.extend_from_slice(&[10, 0, 0, 0, 0, 0, 0, 15]);
    message
}

pub fn header(scheme: &str, message: &[u8]) -> String {
    let token = if scheme == "Negotiate" { wrapped(message) } else { message.to_vec() };
    format!("{scheme} {}", STANDARD.encode(token))
}

/// As SPNEGO's first token does it; lengths are long enough for two bytes.
fn wrapped(message: &[u8]) -> Vec<u8> {
    let wrap = |tag: u8, content: &[u8]| {
        let length = u16::try_from(content.len()).unwrap().to_be_bytes();
        [&[tag, 0x82, length[0], length[1]], content].concat()
    };
    wrap(0xa1, &wrap(0x30, &wrap(0xa2, &wrap(0x04, message))))
}

/// The challenge in a header, taken out of SPNEGO if it is in there.
pub fn challenge_in(header: &str, scheme: &str) -> Vec<u8> {
    let token = STANDARD.decode(header.strip_prefix(scheme).unwrap().trim()).unwrap();
    let at = token.windows(8).position(|window| window == b"NTLMSSP\0").unwrap();
    token[at..].to_vec()
}

fn hmac(key: &[u8], data: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Md5>::new_from_slice(key).unwrap();
    mac.update(data);
    mac.finalize().into_bytes().to_vec()
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn pair(number: u16, value: &[u8]) -> Vec<u8> {
    [&number.to_le_bytes()[..], &u16::try_from(value.len()).unwrap().to_le_bytes(), value].concat()
}

/// The third message.
pub fn authenticate(
    negotiate: &[u8],
    challenge: &[u8],
    host: &str,
    certificate: Option<&[u8]>,
    knobs: &Knobs,
) -> Vec<u8> {
    let u16_at = |at: usize| usize::from(u16::from_le_bytes([challenge[at], challenge[at + 1]]));
    let info = &challenge[u16_at(44)..u16_at(44) + u16_at(40)];
    let nonce = &challenge[24..32];
    let mut time = vec![0; 8];
    let (mut pairs, mut at) = (Vec::new(), 0);
    loop {
        let number = u16::from_le_bytes([info[at], info[at + 1]]);
        let length = usize::from(u16::from_le_bytes([info[at + 2], info[at + 3]]));
        let value = &info[at + 4..at + 4 + length];
        match number {
            0 => break,
            7 => time = value.to_vec(),
            _ => {}
        }
        let altered = knobs.alter && number == 2;
        pairs.extend(pair(number, if altered { b"X\0" } else { value }));
        at += 4 + length;
    }
    if knobs.mic != Mic::None {
        pairs.extend(pair(6, &[2, 0, 0, 0]));
    }
    if let Some(binding) = binding(certificate, knobs) {
        pairs.extend(pair(10, &binding));
    }
    let target = knobs.target.map_or_else(|| format!("HTTP/{host}"), str::to_owned);
    pairs.extend(pair(9, &utf16(&target)));
    pairs.extend([0; 4]);
    let blob = [&[1, 1, 0, 0, 0, 0, 0, 0][..], &time, &[0xaa; 8], &[0; 4], &pairs, &[0; 4]].concat();
    let identity = [utf16(&knobs.user.to_uppercase()), utf16(knobs.domain)].concat();
    let key = hmac(&Md4::digest(utf16(knobs.password)), &identity);
    let proof = hmac(&key, &[nonce, &blob].concat());
    let response = if knobs.version_1 { vec![7; 24] } else { [&proof[..], &blob].concat() };
    let base = hmac(&key, &proof);
    let session = [0x55; 16];
    let mut sealed = session;
    Rc4::new_from_slice(&base).unwrap().apply_keystream(&mut sealed);
    let lm = if knobs.lm_response { [9; 24] } else { [0; 24] };
    let mut message = write(&[&lm, &response, &utf16(knobs.domain), &utf16(knobs.user), &[], &sealed]);
    if knobs.mic == Mic::Right {
        let mic = hmac(&session, &[negotiate, challenge, &message].concat());
        message[72..88].copy_from_slice(&mic);
    }
    message
}

fn write(fields: &[&[u8]; 6]) -> Vec<u8> {
    let mut message = b"NTLMSSP\0\x03\0\0\0".to_vec();
    let mut offset = 88_u32;
    for field in fields {
        let length = u16::try_from(field.len()).unwrap();
        message.extend([length.to_le_bytes(), length.to_le_bytes()].concat());
        message.extend(offset.to_le_bytes());
        offset += u32::from(length);
    }
    message.extend(FLAGS.to_le_bytes());
    message.extend([10, 0, 0, 0, 0, 0, 0, 15]);
    message.extend([0; 16]);
    message.extend(fields.concat());
    message
}

fn binding(certificate: Option<&[u8]>, knobs: &Knobs) -> Option<Vec<u8>> {
    let mut data = b"tls-server-end-point:".to_vec();
    data.extend((knobs.hash)(certificate?));
    let length = u32::try_from(data.len()).unwrap().to_le_bytes();
    let right = Md5::digest([&[0; 16], &length[..], &data].concat()).to_vec();
    match knobs.bindings {
        Bindings::Right => Some(right),
        Bindings::Wrong => Some(right.iter().map(|byte| byte ^ 1).collect()),
        Bindings::Zeros => Some(vec![0; 16]),
        Bindings::None => None,
    }
}
