//! What is put into scripts, and what is refused there whatever it is for.

use calendar::Platform;
use calendar::settings::{Item, NationalCloud};

/// What is put into scripts. Each script takes what it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Values {
    /// Microsoft's cloud.
    pub cloud: NationalCloud,
    /// Tenant, an ID or a domain.
    pub tenant: String,
    /// Client ID.
    pub client: String,
    /// Object ID of the enterprise application.
    pub object: String,
    /// What the registration, a scope or a policy is called.
    pub name: String,
    /// The group whose calendars may be read; empty for all.
    pub group: String,
    /// A mailbox that is to be readable, to test it.
    pub inside: String,
    /// One that must not be.
    pub outside: String,
    /// The account that acts for others.
    pub account: String,
    /// For how many years a secret counts.
    pub years: u8,
    /// Whether it is about Exchange Web Services and not Microsoft Graph.
    pub is_ews: bool,
    /// Whether the grant in Entra is taken away once the one in Exchange works.
    pub revokes: bool,
}

/// Names a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// Tenant.
    Tenant,
    /// Client ID.
    Client,
    /// Object ID.
    Object,
    /// Name.
    Name,
    /// Group.
    Group,
    /// Mailbox inside.
    Inside,
    /// Mailbox outside.
    Outside,
    /// Account.
    Account,
}

/// Why a value gets into no script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is none.
    Missing,
    /// It has characters that nobody sees, or that a shell or a terminal may take for something else.
    Characters,
    /// It is longer than 64 characters.
    TooLong,
    /// It begins with `@`, which makes the Azure CLI read a file, or with `-`, as options do.
    Beginning,
    /// It is not what the settings want in its place.
    Form,
}

const MOST_CHARS: usize = 64;

impl Default for Values {
    fn default() -> Self {
        Self {
            cloud: NationalCloud::Global,
            tenant: String::new(),
            client: String::new(),
            object: String::new(),
            name: String::new(),
            group: String::new(),
            inside: String::new(),
            outside: String::new(),
            account: String::new(),
            years: 1,
            is_ews: false,
            revokes: false,
        }
    }
}

/// Nothing that is checked here asks a platform.
struct Nothing;

impl Platform for Nothing {
    fn time_zone(&self, _: &str) -> Option<String> {
        None
    }

    fn fold(&self, text: &str) -> String {
        text.to_owned()
    }
}

impl Values {
    /// A value, or why it gets into no script.
    pub fn get(&self, value: Value) -> Result<String, Refused> {
        let (text, item) = match value {
            Value::Tenant => (&self.tenant, Some(Item::TenantId)),
            Value::Client => (&self.client, Some(Item::ClientId)),
            Value::Object => (&self.object, Some(Item::ClientId)),
            Value::Name => (&self.name, None),
            Value::Group => (&self.group, None),
            Value::Inside => (&self.inside, Some(Item::DiscoveryMailbox)),
            Value::Outside => (&self.outside, Some(Item::DiscoveryMailbox)),
            Value::Account => (&self.account, Some(Item::User)),
        };
        plain(text)?;
        match item {
            Some(item) => item.normal_form(text, &Nothing).map_err(|_| Refused::Form),
            None => Ok(text.clone()),
        }
    }
}

fn plain(text: &str) -> Result<(), Refused> {
    let is_hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if text.is_empty() {
        Err(Refused::Missing)
    } else if text.contains(is_hidden) {
        Err(Refused::Characters)
    } else if text.chars().count() > MOST_CHARS {
        Err(Refused::TooLong)
    } else if text.starts_with(['@', '-']) {
        Err(Refused::Beginning)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_be_taken_for_something_else_is_refused() {
        for (text, expected) in [
            ("", Err(Refused::Missing)),
            ("a\nb", Err(Refused::Characters)),
            ("a\u{202e}b", Err(Refused::Characters)),
            ("\u{feff}a", Err(Refused::Characters)),
            ("a\u{2028}b", Err(Refused::Characters)),
            ("@file", Err(Refused::Beginning)),
            ("-rf", Err(Refused::Beginning)),
            ("O'Neill & Söhne $(x)", Ok(())),
        ] {
            assert_eq!(plain(text), expected, "{text:?}");
        }
        assert_eq!(plain(&"ä".repeat(64)), Ok(()));
        assert_eq!(plain(&"ä".repeat(65)), Err(Refused::TooLong));
    }
}
