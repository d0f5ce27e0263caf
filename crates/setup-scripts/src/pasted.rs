//! What is recognised in what administrators paste: an overview of the portal in one of our six languages, or the output
//! of a script.

use calendar::settings::Item;
use calendar::settings::paste::{Called, ids};

/// What was recognised. What is not there is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pasted {
    /// Client ID.
    pub client: String,
    /// Tenant: an ID, or a domain where there is no ID.
    pub tenant: String,
    /// Object ID, where a script says that it is that of the enterprise application. An overview shows that of the
    /// registration, which is another one.
    pub object: String,
    /// Value of a client secret.
    pub secret: String,
    /// When that expires, as `2027-11-28`.
    pub expires: String,
}

/// What scripts write before a secret, and before the end of it.
const SECRET: &str = "Client secret (value):";
const EXPIRES: &str = "Expires:";
const ENTERPRISE: &str = "enterprise application";

/// So much is read of a text.
const MOST: usize = 20_000;

/// Reads a text.
pub fn read(text: &str) -> Pasted {
    let end = text.char_indices().map(|(at, _)| at).take_while(|at| *at < MOST).last();
    let text = if text.len() > MOST { text.get(..end.unwrap_or_default()).unwrap_or_default() } else { text };
    let found = ids(text);
    let only = |wanted: Called| {
        let mut own = found.iter().filter(|id| id.called == Some(wanted));
        own.next().filter(|_| own.next().is_none()).map(|id| id.guid.clone()).unwrap_or_default()
    };
    let after = |name: &str| {
        let line = text.lines().find_map(|line| line.trim().strip_prefix(name));
        line.map(|rest| rest.trim().to_owned()).unwrap_or_default()
    };
    let is_of_enterprise = text.lines().any(|line| line.contains(ENTERPRISE) && line.contains("Object ID"));
    Pasted {
        client: only(Called::Client),
        tenant: Some(only(Called::Tenant))
            .filter(|tenant| !tenant.is_empty())
            .unwrap_or_else(|| domain(text)),
        object: if is_of_enterprise { only(Called::Object) } else { String::new() },
        secret: Item::ClientSecret.clean(&after(SECRET)),
        expires: after(EXPIRES).chars().take(10).collect(),
    }
}

/// A domain on a line of its own, as some overviews show it.
fn domain(text: &str) -> String {
    let is_domain = |line: &&str| {
        line.ends_with(".onmicrosoft.com")
            || line.ends_with(".onmicrosoft.us")
            || line.ends_with(".onmschina.cn")
    };
    let own = text.lines().map(str::trim).find(is_domain).unwrap_or_default();
    own.rsplit([' ', '\t', ':', '@']).next().unwrap_or_default().to_ascii_lowercase()
}

impl Pasted {
    /// Whether nothing was recognised.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const CLIENT: &str = "0123abcd-89ab-4def-8123-456789abcdef";
    const OBJECT: &str = "aaaaaaaa-89ab-4def-8123-456789abcdef";
    const TENANT: &str = "99999999-89ab-4def-8123-456789abcdef";

    /// The overview of a registration as it is copied from the portal, in our six languages.
    const OVERVIEWS: [[&str; 3]; 6] = [
        ["Application (client) ID", "Object ID", "Directory (tenant) ID"],
        ["Anwendungs-ID (Client)", "Objekt-ID", "Verzeichnis-ID (Mandant)"],
        ["ID d’application (client)", "ID de l’objet", "ID de l’annuaire (locataire)"],
        ["ID applicazione (client)", "ID oggetto", "ID della directory (tenant)"],
        ["Id. de aplicación (cliente)", "Id. de objeto", "Id. de directorio (inquilino)"],
        ["Toepassings-id (client)", "Object-id", "Map-id (tenant)"],
    ];

    #[test]
    fn overviews_are_read_in_six_languages_and_in_each_layout() {
        for [client, object, tenant] in OVERVIEWS {
            for between in [": ", "\t", "\n", " : "] {
                let text = format!(
                    "Essentials\nDisplay name{between}Calendar presence\n{client}{between}{CLIENT}\n{object}{between}{OBJECT}\n{tenant}{between}{TENANT}\nSupported account types"
                );
                let read = read(&text);
                // A name may stand on the line before.
                assert_eq!((read.client.as_str(), read.tenant.as_str()), (CLIENT, TENANT), "{text}");
                assert_eq!(read.object, "", "that of the registration is not asked for");
            }
        }
    }

    #[test]
    fn the_output_of_scripts_is_read() {
        let text = format!(
            "WARNING: something\nApplication (client) ID: {CLIENT}\nDirectory (tenant) ID: {TENANT}\nObject ID (enterprise application): {OBJECT}\n"
        );
        let read_ids = read(&text);
        assert_eq!([read_ids.client.as_str(), &read_ids.tenant, &read_ids.object], [CLIENT, TENANT, OBJECT]);
        let secret = read("Client secret (value): abc~d.e-f\nExpires: 2027-11-28\n");
        assert_eq!([secret.secret.as_str(), &secret.expires], ["abc~d.e-f", "2027-11-28"]);
    }

    #[test]
    fn what_says_nothing_is_empty() {
        assert!(read("").is_empty() && read("hello").is_empty());
        assert_eq!(read("Primary domain: contoso.onmicrosoft.com").tenant, "contoso.onmicrosoft.com");
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "(.|\n|Application \\(client\\) ID|Expires:|0123abcd-89ab-4def-8123-456789abcdef){0,30}") {
            let _ = read(&text);
        }
    }
}
