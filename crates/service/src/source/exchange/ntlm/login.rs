//! Whose password it is.

use secrecy::SecretString;

/// Name and password of an account.
#[derive(Clone)]
pub struct Login {
    /// The domain; empty where the name stands for itself.
    pub domain: String,
    /// The name.
    pub user: String,
    /// The password.
    pub password: SecretString,
}

impl Login {
    /// `DOMAIN\user` fills both fields; `user@domain` stands whole in the user's.
    pub fn new(user: &str, password: SecretString) -> Self {
        let (domain, user) = user.split_once('\\').unwrap_or(("", user));
        Self { domain: domain.to_owned(), user: user.to_owned(), password }
    }
}

/// As NTLM writes texts.
pub(super) fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// As Windows does it, character by character: `ß` stays.
pub(super) fn uppercase(text: &str) -> String {
    text.chars()
        .map(|c| {
            let mut upper = c.to_uppercase();
            match (upper.next(), upper.next()) {
                (Some(single), None) => single,
                _ => c,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_to_write_a_name_are_known() {
        let login = |user| {
            let Login { domain, user, .. } = Login::new(user, SecretString::default());
            (domain, user)
        };
        assert_eq!(login(r"CORP\svc"), ("CORP".to_owned(), "svc".to_owned()));
        assert_eq!(login(r"corp.example\svc"), ("corp.example".to_owned(), "svc".to_owned()));
        assert_eq!(login("svc@corp.example"), (String::new(), "svc@corp.example".to_owned()));
    }

    #[test]
    fn letters_are_raised_one_by_one() {
        assert_eq!(uppercase("straße-éÿ"), "STRAßE-ÉŸ");
    }
}
