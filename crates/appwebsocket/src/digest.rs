use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// What a login claims, and what its digest covers. A missing value is the empty string.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Credentials<'a> {
    /// App file name, `-` for the PBX Manager.
    pub app: &'a str,
    /// Domain of the PBX.
    pub domain: &'a str,
    /// Name of the user or app object that logs in.
    pub sip: &'a str,
    /// Its GUID.
    pub guid: &'a str,
    /// Its display name.
    pub dn: &'a str,
    /// The JSON text of `info` exactly as it stands in the message, absent if the message has none.
    pub info: Option<&'a str>,
}

impl Credentials<'_> {
    /// The digest that proves knowledge of `password`: lower-case hexadecimal SHA-256 over the fields, the
    /// challenge and the password, joined by colons. Without `info` its field is left out, not empty.
    pub fn digest(&self, challenge: &str, password: &str) -> String {
        let fields = [self.app, self.domain, self.sip, self.guid, self.dn];
        sha256_hex(fields.into_iter().chain(self.info).chain([challenge, password]))
    }

    /// Whether the digest could belong to another login as well: fields are joined by colons, so one that holds a
    /// colon could be two. Domains, names and GUIDs have none. Display names may have some, and `info` has; what
    /// they decide must not depend on where they begin.
    pub fn is_ambiguous(&self) -> bool {
        [self.domain, self.sip, self.guid].iter().any(|field| field.contains(':'))
    }
}

/// Compares two digests without telling by its duration how much of them agrees. Letter case counts:
/// the protocol knows lower-case digests alone.
pub fn digests_match(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

/// Hashes the fields joined by colons.
pub(crate) fn sha256_hex<'a>(fields: impl IntoIterator<Item = &'a str>) -> String {
    let mut hash = Sha256::new();
    for (position, field) in fields.into_iter().enumerate() {
        if position > 0 {
            hash.update(b":");
        }
        hash.update(field.as_bytes());
    }
    hex::encode(hash.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_absent_info_is_left_out_and_an_empty_one_is_not() {
        let with = Credentials { app: "a", info: Some(""), ..Credentials::default() };
        let without = Credentials { info: None, ..with };
        assert_eq!(without.digest("1", "p"), sha256_hex(["a::::", "1", "p"]));
        assert_eq!(with.digest("1", "p"), sha256_hex(["a::::", "", "1", "p"]));
    }

    #[test]
    fn only_equal_digests_match() {
        assert!(digests_match("abc", "abc"));
        assert!(!digests_match("abc", "abd"));
        assert!(!digests_match("abc", "ABC"));
        assert!(!digests_match("abc", "abcd"));
        assert!(!digests_match("", "a"));
    }
}
