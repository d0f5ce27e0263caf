//! Encryption of secrets at rest: XChaCha20-Poly1305 under the key of the key file, the name of the secret as
//! associated data, so that one cannot be put in the place of another.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};
use secrecy::{ExposeSecret, SecretString};

use crate::keyfile::Key;

/// Random, so it may be drawn anew for every secret without keeping count.
const NONCE_BYTES: usize = 24;

/// Seals secrets for the database and opens them again.
#[derive(Clone)]
pub(crate) struct Vault(XChaCha20Poly1305);

/// A secret that does not open: sealed under another key or name, or damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WrongKey;

impl Vault {
    pub(crate) fn new(key: &Key) -> Self {
        Self(XChaCha20Poly1305::new(&(*key).into()))
    }

    /// Nonce and ciphertext in one.
    pub(crate) fn seal(&self, name: &str, secret: &SecretString) -> Result<Vec<u8>, WrongKey> {
        let nonce: [u8; NONCE_BYTES] = rand::random();
        let payload = Payload { msg: secret.expose_secret().as_bytes(), aad: name.as_bytes() };
        let sealed = self.0.encrypt(&nonce.into(), payload).map_err(|_| WrongKey)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    pub(crate) fn open(&self, name: &str, sealed: &[u8]) -> Result<SecretString, WrongKey> {
        let (nonce, msg) = sealed.split_first_chunk::<NONCE_BYTES>().ok_or(WrongKey)?;
        let payload = Payload { msg, aad: name.as_bytes() };
        let opened = self.0.decrypt(&(*nonce).into(), payload).map_err(|_| WrongKey)?;
        String::from_utf8(opened).map(SecretString::from).map_err(|_| WrongKey)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_under_its_name_and_key_alone() {
        let vault = Vault::new(&[7; 32]);
        let sealed = vault.seal("password", &"gehëim".into()).unwrap();
        assert_eq!(vault.open("password", &sealed).unwrap().expose_secret(), "gehëim");
        assert_eq!(vault.open("clientSecret", &sealed).err(), Some(WrongKey));
        assert_eq!(Vault::new(&[8; 32]).open("password", &sealed).err(), Some(WrongKey));
    }

    #[test]
    fn damaged_bytes_do_not_open() {
        let vault = Vault::new(&[7; 32]);
        let mut sealed = vault.seal("password", &"x".into()).unwrap();
        assert_eq!(vault.open("password", &sealed[..10]).err(), Some(WrongKey));
        assert_eq!(vault.open("password", &[]).err(), Some(WrongKey));
        let last = sealed.len() - 1;
        sealed[last] ^= 1;
        assert_eq!(vault.open("password", &sealed).err(), Some(WrongKey));
    }

    #[test]
    fn sealing_twice_gives_different_bytes() {
        let vault = Vault::new(&[7; 32]);
        let secret = "x".into();
        assert_ne!(vault.seal("password", &secret).unwrap(), vault.seal("password", &secret).unwrap());
    }
}
