//! What the three messages have in common, and the fields of AUTHENTICATE.

const SIGNATURE: &[u8] = b"NTLMSSP\0";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Negotiate,
    Challenge,
    Authenticate,
}

/// What a message is; `None` if it is no message of NTLM.
pub(crate) fn kind(message: &[u8]) -> Option<Kind> {
    message.strip_prefix(SIGNATURE)?;
    match u32_at(message, 8)? {
        1 => Some(Kind::Negotiate),
        2 => Some(Kind::Challenge),
        3 => Some(Kind::Authenticate),
        _ => None,
    }
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// What a field (length, room, offset) points at.
fn field(message: &[u8], at: usize) -> Option<&[u8]> {
    let length = usize::from(u16_at(message, at)?);
    let offset = usize::try_from(u32_at(message, at + 4)?).ok()?;
    message.get(offset..offset.checked_add(length)?)
}

fn text(message: &[u8], at: usize) -> Option<String> {
    let (pairs, rest) = field(message, at)?.as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    String::from_utf16(&pairs.iter().map(|pair| u16::from_le_bytes(*pair)).collect::<Vec<_>>()).ok()
}

/// AUTHENTICATE taken apart. Texts are UTF-16: OEM code pages are not taken.
#[derive(Debug)]
pub(super) struct Authenticate<'a> {
    pub(super) lm: &'a [u8],
    pub(super) nt: &'a [u8],
    pub(super) domain: String,
    pub(super) user: String,
    pub(super) session_key: &'a [u8],
    pub(super) flags: u32,
}

/// Where the message integrity code stands; before it are the fixed fields and the version.
pub(super) const MIC: std::ops::Range<usize> = 72..88;

impl<'a> Authenticate<'a> {
    pub(super) fn read(message: &'a [u8]) -> Option<Self> {
        Some(Self {
            lm: field(message, 12)?,
            nt: field(message, 20)?,
            domain: text(message, 28)?,
            user: text(message, 36)?,
            session_key: field(message, 52)?,
            flags: u32_at(message, 60)?,
        })
    }
}
