//! Values that fit their items and yet are probably the wrong ones: the usual mix-ups of what Microsoft's portal shows
//! side by side. They warn and never forbid.

use super::form::is_guid;
use super::paste::Called;
use super::uri::is_domain;
use super::{Item, Secret, Settings};

/// What an item probably holds in place of what it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mixup {
    /// Client and tenant stand in each other's place.
    Swapped,
    /// Client and tenant are the same.
    Same,
    /// A tenant as the client.
    TenantAsClient,
    /// A client as the tenant.
    ClientAsTenant,
    /// The Object ID.
    ObjectId,
    /// The Secret ID: as an ID, or in place of the secret's value.
    SecretId,
    /// An ID of Microsoft's own: of Exchange, Graph or a permission, as how-tos show them.
    Microsofts,
    /// A secret as the portal shows it later: its beginning, then asterisks.
    MaskedSecret,
    /// A secret that does not look like those of Microsoft: about 40 characters, mostly with a tilde.
    OddSecret,
}

/// What the administrator pasted into an item, by its own name.
pub type Calls = [(Item, Called)];

/// IDs of the permissions `full_access_as_app` and `Calendars.Read`.
const PERMISSIONS: [&str; 2] =
    ["dc890d15-9560-4a4c-9b7f-a736ec74ec40", "798ee544-9d2d-430c-a058-570e29e34338"];

/// What all of Microsoft's oldest applications begin with, `00000002-0000-0ff1-ce00-000000000000` among them.
const MICROSOFT: &str = "0000000";

/// The mix-up at an item, if there seems to be one.
pub fn mixup(item: Item, settings: &Settings, calls: &Calls) -> Option<Mixup> {
    match item {
        _ if !item.shown(settings) => None,
        Item::ClientId => client(settings, calls),
        Item::TenantId => tenant(settings, calls),
        Item::ClientSecret => secret(&settings.client_secret),
        _ => None,
    }
}

/// What is to be suspected when the calendar source reports this error.
pub fn suspect(error: &str) -> Option<(Item, Mixup)> {
    match error {
        "applicationUnknown" => Some((Item::ClientId, Mixup::ObjectId)),
        "tenantUnknown" => Some((Item::TenantId, Mixup::ClientAsTenant)),
        "wrongSecret" => Some((Item::ClientSecret, Mixup::SecretId)),
        _ => None,
    }
}

fn client(settings: &Settings, calls: &Calls) -> Option<Mixup> {
    let id = &settings.client_id;
    let called = call(calls, Item::ClientId);
    if is_swapped(settings, calls) {
        return Some(Mixup::Swapped);
    }
    match called {
        Some(Called::Tenant) => Some(Mixup::TenantAsClient),
        _ if is_domain(id) => Some(Mixup::TenantAsClient),
        _ => of_any_id(id, called),
    }
}

fn tenant(settings: &Settings, calls: &Calls) -> Option<Mixup> {
    let id = &settings.tenant_id;
    let called = call(calls, Item::TenantId);
    if is_swapped(settings, calls) {
        return Some(Mixup::Swapped);
    }
    match called {
        Some(Called::Client) => Some(Mixup::ClientAsTenant),
        _ if is_guid(id) && id.eq_ignore_ascii_case(&settings.client_id) => Some(Mixup::Same),
        _ => of_any_id(id, called),
    }
}

fn of_any_id(id: &str, called: Option<Called>) -> Option<Mixup> {
    let is_permission = || PERMISSIONS.iter().any(|permission| id.eq_ignore_ascii_case(permission));
    match called {
        Some(Called::Object) => Some(Mixup::ObjectId),
        Some(Called::Secret) => Some(Mixup::SecretId),
        _ if is_guid(id) && (id.starts_with(MICROSOFT) || is_permission()) => Some(Mixup::Microsofts),
        _ => None,
    }
}

/// Swapped for certain: by the names that they were pasted with, or because a client is never a domain. Two bare GUIDs
/// look alike.
fn is_swapped(settings: &Settings, calls: &Calls) -> bool {
    let (client, tenant) = (&settings.client_id, &settings.tenant_id);
    let by_name = call(calls, Item::ClientId) == Some(Called::Tenant)
        && call(calls, Item::TenantId) == Some(Called::Client);
    let by_form = is_domain(client) && is_guid(tenant);
    by_name || by_form
}

fn call(calls: &Calls, item: Item) -> Option<Called> {
    calls.iter().find(|(of, _)| *of == item).map(|(_, called)| *called)
}

fn secret(secret: &Secret) -> Option<Mixup> {
    let Secret::Given(text) = secret else { return None };
    let text = text.trim();
    // What was pasted with braces or a name is no value either.
    let is_id = || !super::paste::ids(text).is_empty();
    let is_masked = || text.bytes().rev().take_while(|byte| *byte == b'*').count() >= 3;
    let has_usual_length = || (30..=50).contains(&text.len());
    match () {
        () if text.is_empty() => None,
        () if is_id() => Some(Mixup::SecretId),
        () if is_masked() => Some(Mixup::MaskedSecret),
        () if text.contains(char::is_whitespace) => Some(Mixup::OddSecret),
        () if text.contains('~') || has_usual_length() => None,
        () => Some(Mixup::OddSecret),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::SyncType;

    const CLIENT: &str = "0123abcd-89ab-4def-8123-456789abcdef";
    const TENANT: &str = "99999999-89ab-4def-8123-456789abcdef";

    fn graph(client: &str, tenant: &str) -> Settings {
        Settings {
            sync_type: SyncType::Graph,
            client_id: client.to_owned(),
            tenant_id: tenant.to_owned(),
            ..Settings::default()
        }
    }

    /// The mix-ups at client and tenant.
    fn found(settings: &Settings, calls: &Calls) -> [Option<Mixup>; 2] {
        [Item::ClientId, Item::TenantId].map(|item| mixup(item, settings, calls))
    }

    #[test]
    fn what_is_right_warns_of_nothing() {
        for tenant in ["", TENANT, "contoso.com"] {
            let settings = graph(CLIENT, tenant);
            assert_eq!(found(&settings, &[]), [None, None]);
            let calls = [(Item::ClientId, Called::Client), (Item::TenantId, Called::Tenant)];
            assert_eq!(found(&settings, &calls), [None, None]);
        }
    }

    #[test]
    fn the_name_that_an_id_was_pasted_with_tells() {
        let settings = graph(CLIENT, TENANT);
        for (call, expected) in [
            ((Item::ClientId, Called::Tenant), [Some(Mixup::TenantAsClient), None]),
            ((Item::ClientId, Called::Object), [Some(Mixup::ObjectId), None]),
            ((Item::ClientId, Called::Secret), [Some(Mixup::SecretId), None]),
            ((Item::TenantId, Called::Client), [None, Some(Mixup::ClientAsTenant)]),
            ((Item::TenantId, Called::Object), [None, Some(Mixup::ObjectId)]),
            ((Item::TenantId, Called::Secret), [None, Some(Mixup::SecretId)]),
        ] {
            assert_eq!(found(&settings, &[call]), expected, "{call:?}");
        }
    }

    #[test]
    fn swapped_is_said_only_where_it_is_certain() {
        let swapped = [Some(Mixup::Swapped); 2];
        let calls = [(Item::ClientId, Called::Tenant), (Item::TenantId, Called::Client)];
        assert_eq!(found(&graph(CLIENT, TENANT), &calls), swapped);
        assert_eq!(found(&graph("contoso.com", CLIENT), &[]), swapped);
        assert_eq!(found(&graph(TENANT, CLIENT), &[]), [None, None]);
    }

    #[test]
    fn a_domain_is_no_client() {
        let expected = [Some(Mixup::TenantAsClient), None];
        assert_eq!(found(&graph("contoso.com", ""), &[]), expected);
    }

    #[test]
    fn the_same_id_twice_is_told_at_the_second() {
        let both = graph(CLIENT, &CLIENT.to_uppercase());
        assert_eq!(found(&both, &[]), [None, Some(Mixup::Same)]);
        assert_eq!(found(&graph("", ""), &[]), [None, None]);
    }

    #[test]
    fn ids_of_the_how_tos_are_not_those_of_the_registration() {
        for id in [
            "00000002-0000-0ff1-ce00-000000000000",
            "00000003-0000-0000-c000-000000000000",
            "DC890D15-9560-4a4c-9b7f-a736ec74ec40",
            "798ee544-9d2d-430c-a058-570e29e34338",
        ] {
            let expected = [Some(Mixup::Microsofts), None];
            assert_eq!(found(&graph(id, "contoso.com"), &[]), expected, "{id}");
            let expected = [None, Some(Mixup::Microsofts)];
            assert_eq!(found(&graph(CLIENT, id), &[]), expected, "{id}");
        }
    }

    #[test]
    fn the_value_of_a_secret_is_wanted_not_its_id() {
        for (text, expected) in [
            ("abc8Q~0123456789abcdefghijklmnopqrstuvwx", None),
            ("0123456789abcdefghijklmnopqrstuvwx=", None),
            ("", None),
            (CLIENT, Some(Mixup::SecretId)),
            ("{0123ABCD-89ab-4def-8123-456789abcdef} ", Some(Mixup::SecretId)),
            ("Secret ID: 0123abcd-89ab-4def-8123-456789abcdef", Some(Mixup::SecretId)),
            ("abc***************", Some(Mixup::MaskedSecret)),
            ("correct horse~battery staple", Some(Mixup::OddSecret)),
            ("Calendar", Some(Mixup::OddSecret)),
        ] {
            let given = Secret::Given(text.to_owned());
            let settings = Settings { client_secret: given, ..graph(CLIENT, TENANT) };
            assert_eq!(mixup(Item::ClientSecret, &settings, &[]), expected, "{text}");
        }
        let stored = Settings { client_secret: Secret::Stored, ..graph(CLIENT, TENANT) };
        assert_eq!(mixup(Item::ClientSecret, &stored, &[]), None);
    }

    #[test]
    fn what_is_hidden_warns_of_nothing() {
        let settings = Settings { sync_type: SyncType::Disabled, ..graph(CLIENT, CLIENT) };
        assert_eq!(found(&settings, &[]), [None, None]);
    }

    #[test]
    fn errors_of_the_login_raise_suspicion() {
        assert_eq!(suspect("applicationUnknown"), Some((Item::ClientId, Mixup::ObjectId)));
        assert_eq!(suspect("tenantUnknown"), Some((Item::TenantId, Mixup::ClientAsTenant)));
        assert_eq!(suspect("wrongSecret"), Some((Item::ClientSecret, Mixup::SecretId)));
        assert_eq!(suspect("proxy"), None);
    }
}
