//! The arithmetic of `NTLMv2`.

use hmac::{Hmac, KeyInit, Mac};
use md4::Md4;
use md5::{Digest, Md5};
use rc4::{Rc4, StreamCipher};

pub(crate) fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

pub(super) fn hmac_md5(key: &[u8], parts: &[&[u8]]) -> [u8; 16] {
    // HMAC takes keys of every length: the error cannot come, and zeros would fit nothing.
    let Ok(mut mac) = Hmac::<Md5>::new_from_slice(key) else { return [0; 16] };
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// `NTOWFv2`: user and domain are those of the message, as they were sent; only the user is raised.
pub(crate) fn nt_owf(password: &str, user: &str, domain: &str) -> [u8; 16] {
    let hash = Md4::digest(utf16(password));
    hmac_md5(&hash, &[&utf16(&user.to_uppercase()), &utf16(domain)])
}

/// The session key that was sent under the key of the exchange.
pub(super) fn rc4(key: &[u8; 16], text: &[u8]) -> Vec<u8> {
    let mut text = text.to_vec();
    if let Ok(mut cipher) = <Rc4 as rc4::KeyInit>::new_from_slice(key) {
        cipher.apply_keystream(&mut text);
    }
    text
}

/// `MsvAvChannelBindings` of an application data such as `tls-server-end-point:` and the certificate's hash: MD5 over a
/// structure whose addresses are empty.
pub(crate) fn binding_of(application_data: &[u8]) -> [u8; 16] {
    let length = u32::try_from(application_data.len()).unwrap_or(u32::MAX);
    Md5::new()
        .chain_update([0; 16])
        .chain_update(length.to_le_bytes())
        .chain_update(application_data)
        .finalize()
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// MS-NLMP 4.2.4.1.1.
    #[test]
    fn the_published_hash_of_the_published_password() {
        let expected =
            [0x0c, 0x86, 0x8a, 0x40, 0x3b, 0xfd, 0x7a, 0x93, 0xa3, 0x00, 0x1e, 0xf2, 0x2e, 0xf0, 0x2e, 0x3f];
        assert_eq!(nt_owf("Password", "User", "Domain"), expected);
    }

    /// RFC 5929's binding of the certificate in Microsoft's article on extended protection.
    #[test]
    fn a_binding_is_made_of_empty_addresses_and_the_data() {
        let mut whole = vec![0; 16];
        whole.extend_from_slice(&[4, 0, 0, 0]);
        whole.extend_from_slice(b"data");
        assert_eq!(binding_of(b"data"), <[u8; 16]>::from(Md5::digest(whole)));
    }
}
