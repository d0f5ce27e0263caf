//! SPNEGO around NTLM (RFC 4178), for `Negotiate`: just enough to take messages out and put them in.

const NTLM: [u8; 12] = [0x06, 0x0a, 0x2b, 0x06, 0x01, 0x04, 0x01, 0x82, 0x37, 0x02, 0x02, 0x0a];
const OCTETS: u8 = 0x04;
const CONSTRUCTED: u8 = 0x20;

/// The message of NTLM inside a token, or the token itself if it is one: IIS takes both.
pub(crate) fn unwrap(token: &[u8]) -> Option<&[u8]> {
    if token.starts_with(b"NTLMSSP\0") { Some(token) } else { search(token, 0) }
}

/// The first octet string that is a message. Tokens are shallow; what is deeper is none.
fn search(mut bytes: &[u8], depth: u8) -> Option<&[u8]> {
    while depth < 8 && !bytes.is_empty() {
        let (tag, content, rest) = element(bytes)?;
        if tag == OCTETS && content.starts_with(b"NTLMSSP\0") {
            return Some(content);
        }
        if tag & CONSTRUCTED != 0
            && let Some(found) = search(content, depth + 1)
        {
            return Some(found);
        }
        bytes = rest;
    }
    None
}

/// Tag, content and what follows.
fn element(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, bytes) = bytes.split_first()?;
    let (&first, mut bytes) = bytes.split_first()?;
    let mut length = usize::from(first);
    if first > 0x84 || first == 0x80 {
        return None;
    }
    if first > 0x80 {
        let (digits, rest) = bytes.split_at_checked(usize::from(first & 0x7f))?;
        length = digits.iter().fold(0, |sum, digit| sum << 8 | usize::from(*digit));
        bytes = rest;
    }
    let (content, rest) = bytes.split_at_checked(length)?;
    Some((tag, content, rest))
}

/// The answer that asks for more: mechanism NTLM, and the challenge.
pub(crate) fn challenge(message: &[u8]) -> Vec<u8> {
    let parts = [wrap(0xa0, &[0x0a, 1, 1]), wrap(0xa1, &NTLM), wrap(0xa2, &wrap(OCTETS, message))].concat();
    wrap(0xa1, &wrap(0x30, &parts))
}

/// The answer that is content.
pub(crate) fn accepted() -> Vec<u8> {
    wrap(0xa1, &wrap(0x30, &wrap(0xa0, &[0x0a, 1, 0])))
}

fn wrap(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut bytes = vec![tag];
    match u16::try_from(content.len()).unwrap_or(u16::MAX).to_be_bytes() {
        [0, length @ 0..0x80] => bytes.push(length),
        [0, length] => bytes.extend_from_slice(&[0x81, length]),
        [high, low] => bytes.extend_from_slice(&[0x82, high, low]),
    }
    bytes.extend_from_slice(content);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_taken_out_however_long_it_is() {
        for length in [8, 100, 200, 3000] {
            let mut message = b"NTLMSSP\0".to_vec();
            message.resize(length, 1);
            assert_eq!(unwrap(&message), Some(message.as_slice()));
            assert_eq!(unwrap(&challenge(&message)), Some(message.as_slice()));
        }
        assert_eq!(unwrap(&accepted()), None);
        assert_eq!(unwrap(&[0x30, 0x85, 1, 1, 1, 1, 1]), None);
    }
}
