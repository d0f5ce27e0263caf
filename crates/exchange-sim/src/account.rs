//! Accounts of the directory: who may log in, and for whom.

use serde::{Deserialize, Serialize};

use crate::login::LoginFault;

/// An account with its password.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Account {
    /// Name before Windows 2000: `svc-calendar`.
    pub user: String,
    /// Name with the domain: `svc-calendar@contoso.example`.
    pub principal: String,
    /// The password.
    pub password: String,
    /// Whether it may log in.
    #[serde(default)]
    pub state: AccountState,
    /// Mailboxes it may impersonate.
    #[serde(default)]
    pub impersonates: Impersonates,
    /// Primary address of its own mailbox, if it has one.
    #[serde(default)]
    pub mailbox: Option<String>,
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Account")
            .field("user", &self.user)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

impl Account {
    /// An account that may impersonate everybody and has no mailbox.
    pub fn new(user: impl Into<String>, domain: &str, password: impl Into<String>) -> Self {
        let user = user.into();
        Self {
            principal: format!("{user}@{domain}"),
            user,
            password: password.into(),
            state: AccountState::Active,
            impersonates: Impersonates::All,
            mailbox: None,
        }
    }

    /// With a mailbox, which has to be added as well.
    #[must_use]
    pub fn with_mailbox(self, address: impl Into<String>) -> Self {
        Self { mailbox: Some(address.into()), ..self }
    }
}

/// Whether an account may log in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AccountState {
    /// It may.
    #[default]
    Active,
    /// Too many wrong passwords.
    Locked,
    /// Disabled by an administrator.
    Disabled,
    /// The account or its password has expired.
    Expired,
}

/// Whom an account may impersonate.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Impersonates {
    /// Everybody.
    #[default]
    All,
    /// Nobody.
    Nobody,
    /// Those with these primary addresses.
    Only(Vec<String>),
}

impl Impersonates {
    pub(crate) fn holds(&self, address: &str) -> bool {
        match self {
            Self::All => true,
            Self::Nobody => false,
            Self::Only(addresses) => addresses.iter().any(|known| known.eq_ignore_ascii_case(address)),
        }
    }
}

/// The accounts, and how many wrong passwords each has seen in a row.
#[derive(Debug)]
pub(crate) struct Accounts {
    entries: Vec<(Account, u32)>,
    /// So many wrong passwords lock an account.
    pub(crate) lock_after: u32,
}

impl Accounts {
    pub(crate) fn new(lock_after: u32) -> Self {
        Self { entries: Vec::new(), lock_after }
    }

    pub(crate) fn add(&mut self, account: Account) {
        self.entries.retain(|(known, _)| !known.user.eq_ignore_ascii_case(&account.user));
        self.entries.push((account, 0));
    }

    pub(crate) fn get(&self, user: &str) -> Option<&Account> {
        self.entries
            .iter()
            .find(|(known, _)| known.user.eq_ignore_ascii_case(user))
            .map(|(account, _)| account)
    }

    pub(crate) fn get_mut(&mut self, user: &str) -> Option<&mut Account> {
        self.entries
            .iter_mut()
            .find(|(known, _)| known.user.eq_ignore_ascii_case(user))
            .map(|(account, _)| account)
    }

    /// The account that a message names: `DOMAIN` and `user`, or no domain and the principal name.
    pub(crate) fn named(&self, domain: &str, user: &str, domains: [&str; 2]) -> Option<&Account> {
        let of_domain = domains.iter().any(|known| known.eq_ignore_ascii_case(domain));
        let entry = self.entries.iter().find(|(account, _)| match domain {
            "" => account.principal.eq_ignore_ascii_case(user),
            _ => of_domain && account.user.eq_ignore_ascii_case(user),
        });
        entry.map(|(account, _)| account)
    }

    /// The account with this principal name.
    pub(crate) fn with_principal(&self, principal: &str) -> Option<&Account> {
        self.named("", principal, ["", ""])
    }

    /// What becomes of a login whose password was right or not.
    pub(crate) fn judge(&mut self, user: &str, right: bool) -> Result<(), LoginFault> {
        let limit = self.lock_after;
        let entry = self.entries.iter_mut().find(|(known, _)| known.user == user);
        let (account, wrong) = entry.ok_or(LoginFault::UnknownAccount)?;
        match account.state {
            AccountState::Locked => return Err(LoginFault::Locked),
            AccountState::Disabled => return Err(LoginFault::Disabled),
            AccountState::Active | AccountState::Expired if !right => {
                *wrong += 1;
                if *wrong >= limit {
                    account.state = AccountState::Locked;
                }
                return Err(LoginFault::Password);
            }
            AccountState::Expired => return Err(LoginFault::Expired),
            AccountState::Active => *wrong = 0,
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_passwords_in_a_row_lock_an_account() {
        let mut accounts = Accounts::new(3);
        accounts.add(Account::new("svc", "contoso.example", "secret"));
        for right in [false, false, true, false, false] {
            let _ = accounts.judge("svc", right);
        }
        assert_eq!(accounts.judge("svc", true), Ok(()));
        for _ in 0..3 {
            assert_eq!(accounts.judge("svc", false), Err(LoginFault::Password));
        }
        assert_eq!(accounts.judge("svc", true), Err(LoginFault::Locked));
    }

    #[test]
    fn accounts_are_found_by_both_kinds_of_names() {
        let mut accounts = Accounts::new(3);
        accounts.add(Account::new("svc", "contoso.example", "secret"));
        let domains = ["CONTOSO", "contoso.example"];
        for (domain, user) in [("contoso", "SVC"), ("Contoso.example", "svc"), ("", "svc@CONTOSO.example")] {
            assert!(accounts.named(domain, user, domains).is_some(), "{domain} {user}");
        }
        for (domain, user) in [("", "svc"), ("other", "svc"), ("CONTOSO", "svc@contoso.example")] {
            assert!(accounts.named(domain, user, domains).is_none(), "{domain} {user}");
        }
    }
}
