//! What shows that the client knows the password.

use hmac::{Hmac, KeyInit, Mac};
use md4::{Digest, Md4};
use md5::Md5;
use secrecy::ExposeSecret;

use super::login::{Login, uppercase, utf16};

/// The responses to a challenge, and the key for the MIC.
pub struct Proof {
    /// `NTLMv2` response.
    pub nt: Vec<u8>,
    /// `LMv2` response.
    pub lm: [u8; 24],
    /// Session base key, which without key exchange is the exported session key as well.
    pub key: [u8; 16],
}

impl Proof {
    /// Proves it for these nonces, this time and these pairs.
    pub fn new(login: &Login, server: [u8; 8], client: [u8; 8], time: [u8; 8], pairs: &[u8]) -> Self {
        let owf = one_way(login);
        let blob = [&[1, 1, 0, 0, 0, 0, 0, 0], &time[..], &client, &[0; 4], pairs, &[0; 4]].concat();
        let proof = hmac(&owf, &[&server, &blob]);
        let lm = hmac(&owf, &[&server, &client]);
        let mut lm_response = [0; 24];
        for (place, byte) in lm_response.iter_mut().zip(lm.into_iter().chain(client)) {
            *place = byte;
        }
        Self { nt: [&proof[..], &blob].concat(), lm: lm_response, key: hmac(&owf, &[&proof]) }
    }
}

/// The password as both sides know it.
fn one_way(login: &Login) -> [u8; 16] {
    let password = Md4::digest(utf16(login.password.expose_secret()));
    let name = uppercase(&login.user) + &login.domain;
    hmac(&password, &[&utf16(&name)])
}

/// HMAC-MD5 over these parts.
pub fn hmac(key: &[u8], parts: &[&[u8]]) -> [u8; 16] {
    // Only a type whose keys have one length can refuse one.
    let Ok(mut mac) = Hmac::<Md5>::new_from_slice(key) else { return [0; 16] };
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// MS-NLMP 4.2.4: account `User` of `Domain` with the password `Password`.
    #[test]
    fn the_published_example_comes_out() {
        let login = Login::new(r"Domain\User", "Password".into());
        assert_eq!(hex::encode(one_way(&login)), "0c868a403bfd7a93a3001ef22ef02e3f");
        let pairs = hex::decode(
            "02000c0044006f006d00610069006e0001000c005300650072007600650072000000 0000".replace(' ', ""),
        )
        .unwrap();
        let server = [0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef];
        let proof = Proof::new(&login, server, [0xaa; 8], [0; 8], &pairs);
        assert_eq!(hex::encode(&proof.nt[..16]), "68cd0ab851e51c96aabc927bebef6a1c");
        assert_eq!(hex::encode(proof.lm), "86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa");
        assert_eq!(hex::encode(proof.key), "8de40ccadbc14a82f15cb0ad0de95ca3");
    }
}
