use std::fmt;

use rc4::{KeyInit, Rc4, StreamCipher};

use crate::digest::sha256_hex;

/// RC4 takes no more of a key than this; longer ones are used as far as they go, as every implementation with
/// `key[i % length]` does.
const MAX_RC4_KEY: usize = 256;

/// The key that both ends of a connection derive from challenge and password. With it single fields travel
/// encrypted, also where the connection is not.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionKey(String);

impl SessionKey {
    /// Derives the key: hexadecimal SHA-256 over a fixed word, the challenge and the password.
    pub fn new(challenge: &str, password: &str) -> Self {
        Self(sha256_hex(["innovaphoneAppSessionKey", challenge, password]))
    }

    /// A key that somebody else derived, as the PBX Manager hands it out with a login.
    pub fn from_hex(key: String) -> Self {
        Self(key)
    }

    /// The key as text, to hand it on with a login. It is a secret.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Encrypts `text`; `seed` is any text that is used once and travels beside the result.
    pub fn encrypt(&self, seed: &str, text: &str) -> String {
        hex::encode(self.apply(seed, text.as_bytes().to_vec()))
    }

    /// Decrypts what [`encrypt`](Self::encrypt) made of the same seed. `None` if `encrypted` is not hexadecimal
    /// or does not decrypt to UTF-8, which is how another key or seed shows.
    pub fn decrypt(&self, seed: &str, encrypted: &str) -> Option<String> {
        String::from_utf8(self.apply(seed, hex::decode(encrypted).ok()?)).ok()
    }

    fn apply(&self, seed: &str, mut data: Vec<u8>) -> Vec<u8> {
        let key = format!("{seed}:{}", self.0);
        let key = key.as_bytes();
        // The length lies within RC4's bounds, so there always is a cipher: the colon makes it at least one.
        if let Ok(mut cipher) = Rc4::new_from_slice(key.get(..MAX_RC4_KEY).unwrap_or(key)) {
            cipher.apply_keystream(&mut data);
        }
        data
    }
}

/// The key stays out of logs.
impl fmt::Debug for SessionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key() -> SessionKey {
        SessionKey::new("0123456789abcdef", "pwd")
    }

    #[test]
    fn derivation_is_the_published_formula() {
        assert_eq!(key().as_str(), sha256_hex(["innovaphoneAppSessionKey:0123456789abcdef:pwd"]));
    }

    #[test]
    fn encryption_is_plain_rc4_under_seed_and_key() {
        let mut expected = *b"secret";
        Rc4::new_from_slice(format!("seed:{}", key().as_str()).as_bytes())
            .unwrap()
            .apply_keystream(&mut expected);
        assert_eq!(key().encrypt("seed", "secret"), hex::encode(expected));
    }

    #[test]
    fn what_is_no_hexadecimal_or_no_text_is_refused() {
        assert_eq!(key().decrypt("seed", "xyz"), None);
        assert_eq!(key().decrypt("seed", "abc"), None);
        let not_utf8 = hex::encode(key().apply("seed", vec![0xff, 0xfe]));
        assert_eq!(key().decrypt("seed", &not_utf8), None);
    }

    #[test]
    fn debug_output_holds_no_key() {
        assert_eq!(format!("{:?}", key()), "SessionKey(…)");
    }

    proptest! {
        #[test]
        fn decrypting_undoes_encrypting(seed in ".{0,400}", text in ".{0,400}") {
            prop_assert_eq!(key().decrypt(&seed, &key().encrypt(&seed, &text)), Some(text));
        }

        #[test]
        fn decrypting_never_panics(seed in any::<String>(), encrypted in any::<String>()) {
            let _ = key().decrypt(&seed, &encrypted);
        }
    }
}
