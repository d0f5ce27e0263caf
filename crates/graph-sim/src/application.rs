//! App registrations: secrets, permissions and what administrators restrict.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An application that may sign in with a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Application {
    /// The client id.
    pub client_id: Uuid,
    /// Its secrets; any that has not expired will do.
    pub secrets: Vec<Secret>,
    /// Application permissions with admin consent, which the token's `roles` name: without consent there are none.
    #[serde(default)]
    pub roles: Vec<String>,
    /// Permissions given in Exchange (RBAC for Applications) for mailboxes in scope. The token does not name them.
    #[serde(default)]
    pub exchange_roles: Vec<String>,
    /// An application access policy restricts `roles` to mailboxes in scope. It does not touch `exchange_roles`:
    /// what Entra and Exchange grant adds up.
    #[serde(default)]
    pub restricted: bool,
    /// Where people may be sent back to after they signed in.
    #[serde(default)]
    pub redirect_uris: Vec<String>,
    /// Whether the tenant has a service principal for it.
    #[serde(default = "yes")]
    pub service_principal: bool,
}

fn yes() -> bool {
    true
}

/// A client secret.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Secret {
    /// The secret itself.
    pub value: String,
    /// The first instant at which it is no longer good.
    #[serde(default)]
    pub expires: Option<DateTime<Utc>>,
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Secret").field("expires", &self.expires).finish_non_exhaustive()
    }
}

impl Application {
    /// An application with one secret and the permissions that calendar synchronisation asks for, restricted to the
    /// mailboxes in scope (which are all, unless said otherwise).
    pub fn new(client_id: Uuid, secret: impl Into<String>) -> Self {
        Self {
            client_id,
            secrets: vec![Secret { value: secret.into(), expires: None }],
            roles: ["Calendars.Read", "MailboxSettings.Read", "User.Read.All"].map(String::from).to_vec(),
            exchange_roles: Vec::new(),
            restricted: true,
            redirect_uris: Vec::new(),
            service_principal: true,
        }
    }

    /// Whether Entra or, for a mailbox in scope, Exchange grants one of these permissions.
    pub(crate) fn may(&self, roles: &[String], wanted: &[&str], in_scope: bool) -> Access {
        let has = |granted: &[String]| granted.iter().any(|role| wanted.contains(&role.as_str()));
        if in_scope && has(&self.exchange_roles) || has(roles) && (in_scope || !self.restricted) {
            Access::Granted
        } else if has(roles) {
            Access::OutOfScope
        } else {
            Access::Denied
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    Granted,
    /// The permission is there, a policy keeps it from this mailbox.
    OutOfScope,
    Denied,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn access(roles: &[&str], exchange: &[&str], restricted: bool, in_scope: bool) -> Access {
        let exchange_roles = exchange.iter().map(ToString::to_string).collect();
        let application =
            Application { exchange_roles, restricted, ..Application::new(Uuid::from_u128(1), "secret") };
        let roles: Vec<String> = roles.iter().map(ToString::to_string).collect();
        application.may(&roles, &["Calendars.Read"], in_scope)
    }

    #[test]
    fn grants_of_entra_and_exchange_add_up() {
        assert_eq!(access(&["Calendars.Read"], &[], true, true), Access::Granted);
        assert_eq!(access(&["Calendars.Read"], &[], true, false), Access::OutOfScope);
        assert_eq!(access(&["Calendars.Read"], &[], false, false), Access::Granted);
        assert_eq!(access(&["User.Read.All"], &[], false, true), Access::Denied);
        assert_eq!(access(&[], &["Calendars.Read"], true, true), Access::Granted);
        assert_eq!(access(&[], &["Calendars.Read"], true, false), Access::Denied);
    }

    #[test]
    fn a_secret_is_never_shown() {
        assert!(!format!("{:?}", Application::new(Uuid::nil(), "hush")).contains("hush"));
    }
}
