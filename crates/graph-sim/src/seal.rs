//! Seals for what clients carry around without being able to make it themselves: access tokens, delta tokens.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use uuid::Uuid;

/// A key of this run.
#[derive(Debug)]
pub(crate) struct Seal([u8; 16]);

impl Seal {
    pub(crate) fn new() -> Self {
        Self(Uuid::new_v4().into_bytes())
    }

    pub(crate) fn sign(&self, bytes: &[u8]) -> [u8; 32] {
        let mut mac = self.mac();
        mac.update(bytes);
        mac.finalize().into_bytes().into()
    }

    /// Compares in constant time; `seal` may be the beginning of a whole one.
    pub(crate) fn fits(&self, bytes: &[u8], seal: &[u8]) -> bool {
        let mut mac = self.mac();
        mac.update(bytes);
        mac.verify_truncated_left(seal).is_ok()
    }

    fn mac(&self) -> Hmac<Sha256> {
        // HMAC takes keys of every length: the error cannot come, and an empty key would only fit nothing.
        Hmac::new_from_slice(&self.0)
            .unwrap_or_else(|_| Hmac::new(&hmac::digest::Key::<Hmac<Sha256>>::default()))
    }
}
