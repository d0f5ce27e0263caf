//! Addresses in logs: above the level debug they are hashed, so that lines about one mailbox can be found but do not
//! say whose it is.

use sha2::{Digest, Sha256};

/// Stands for an address or a user; the same for all spellings in letter case.
pub fn pseudonym(name: &str) -> String {
    let hash = Sha256::digest(name.to_lowercase());
    hex::encode(hash.get(..5).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pseudonym_is_short_steady_and_blind_to_case() {
        assert_eq!(pseudonym("Anna@Example.com"), pseudonym("anna@example.com"));
        assert_eq!(pseudonym("").len(), 10);
        assert_ne!(pseudonym("a@b.c"), pseudonym("b@b.c"));
    }
}
