//! What administrators paste where an ID or a secret is wanted: with braces, quotes and blanks, as a whole line that
//! names it, or all of an overview at once. Reading that is for the form; the service takes the ID alone.

use super::Item;
use super::form::{GUID_LENGTH, is_guid};
use super::uri::is_domain;

/// What a pasted text calls the ID that it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Called {
    /// Application (client) ID.
    Client,
    /// Directory (tenant) ID.
    Tenant,
    /// Object ID, of the registration or of its enterprise application.
    Object,
    /// ID of a client secret.
    Secret,
}

/// Parts of the names that Microsoft's portal and tools use, in our six languages. The first that is found decides:
/// a "client secret ID" is no client ID.
const NAMES: [(Called, &[&str]); 4] = [
    (Called::Secret, &["secre", "segret", "geheim"]),
    (Called::Object, &["obje", "oggett"]),
    (
        Called::Tenant,
        &[
            "tenant",
            "mandant",
            "locataire",
            "inquilin",
            "director",
            "verzeichnis",
            "annuaire",
            // Addresses of the login, in which the tenant comes first.
            "microsoftonline",
            "stswindows",
        ],
    ),
    (Called::Client, &["client", "applic", "aplic", "anwendung", "toepassing", "appid"]),
];

/// An ID in a pasted text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pasted {
    /// The GUID, in small letters.
    pub guid: String,
    /// What the text calls it.
    pub called: Option<Called>,
}

/// All IDs in a text, each one once.
pub fn ids(text: &str) -> Vec<Pasted> {
    let mut found: Vec<Pasted> = Vec::new();
    let (mut start, mut name_from) = (0, 0);
    while start + GUID_LENGTH <= text.len() {
        let end = start + GUID_LENGTH;
        match text.get(start..end) {
            Some(guid) if is_guid(guid) && stands_alone(text, start, end) => {
                let guid = guid.to_ascii_lowercase();
                let called = text.get(name_from..start).and_then(called);
                if let Some(known) = found.iter_mut().find(|known| known.guid == guid) {
                    known.called = known.called.or(called);
                } else {
                    found.push(Pasted { guid, called });
                }
                (start, name_from) = (end, end);
            }
            _ => start += 1,
        }
    }
    found
}

/// What the text calls the ID that [`Item::pasted`] finds in it.
pub fn call(item: Item, text: &str) -> Option<Called> {
    id(text, wanted(item)?)?.called
}

/// What of a text belongs to the neighbour of `item`: administrators paste the whole overview of a registration.
pub fn rest(item: Item, text: &str) -> Option<(Item, String)> {
    let neighbour = match item {
        Item::ClientId => Item::TenantId,
        Item::TenantId => Item::ClientId,
        _ => return None,
    };
    let ids = ids(text);
    let rest = only(ids.clone(), wanted(neighbour))?;
    let own = only(ids, wanted(item))?;
    (own != rest).then_some((neighbour, rest.guid))
}

fn wanted(item: Item) -> Option<Called> {
    match item {
        Item::ClientId => Some(Called::Client),
        Item::TenantId => Some(Called::Tenant),
        _ => None,
    }
}

/// The ID that `wanted` means in a text: the only one, or the only one that is called so.
fn id(text: &str, wanted: Called) -> Option<Pasted> {
    let mut ids = ids(text);
    if ids.len() > 1 { only(ids, Some(wanted)) } else { ids.pop() }
}

/// The only ID that is called so.
fn only(mut ids: Vec<Pasted>, wanted: Option<Called>) -> Option<Pasted> {
    ids.retain(|id| id.called == wanted);
    if ids.len() == 1 { ids.pop() } else { None }
}

/// The client ID in a text, or the text.
pub(super) fn client_id(text: &str) -> String {
    id(text, Called::Client).map_or_else(|| text.to_owned(), |id| id.guid)
}

/// The tenant in a text, an ID or a domain, or the text.
pub(super) fn tenant_id(text: &str) -> String {
    if let Some(id) = id(text, Called::Tenant) {
        return id.guid;
    }
    let last = text.rsplit([':', '=', '@']).next().unwrap_or(text);
    let bare = last.trim_matches(|c: char| c.is_whitespace() || "\"'{},;".contains(c));
    if is_domain(bare) { bare.to_ascii_lowercase() } else { text.to_owned() }
}

/// Whether what lies between two places of a text is no part of something longer.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let is_part = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
    let bytes = text.as_bytes();
    !is_part(start.checked_sub(1).and_then(|before| bytes.get(before))) && !is_part(bytes.get(end))
}

/// What the text before an ID calls it. The name may stand on a line of its own, as in an overview that is copied as a
/// whole.
fn called(before: &str) -> Option<Called> {
    let has_name = |part: &&str| part.contains(|c: char| c.is_ascii_alphabetic());
    let name = before.rsplit([',', ';', '\n']).find(has_name)?;
    let mut letters = name.to_ascii_lowercase();
    letters.retain(|c| c.is_ascii_alphabetic());
    let holds = |part: &&str| letters.as_bytes().windows(part.len()).any(|at| at == part.as_bytes());
    NAMES.iter().find(|(_, parts)| parts.iter().any(holds)).map(|(called, _)| *called)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ID: &str = "0123abcd-89ab-4def-8123-456789abcdef";
    const OTHER: &str = "99999999-89ab-4def-8123-456789abcdef";

    #[test]
    fn an_id_is_found_in_whatever_surrounds_it() {
        for text in [
            ID,
            "{0123ABCD-89AB-4DEF-8123-456789ABCDEF}",
            " \"0123abcd-89ab-4def-8123-456789abcdef\",",
            "clientId=0123abcd-89ab-4def-8123-456789abcdef",
            "Application (client) ID : 0123abcd-89ab-4def-8123-456789abcdef",
            "\"appId\": \"0123abcd-89ab-4def-8123-456789abcdef\"",
            "api://0123abcd-89ab-4def-8123-456789abcdef/access",
            "\u{feff}0123abcd-89ab-4def-8123-456789abcdef\u{200b}",
            "ü\u{a0}0123abcd-89ab-4def-8123-456789abcdefß 0123ABCD-89ab-4def-8123-456789abcdef",
        ] {
            assert_eq!(client_id(text), ID, "{text}");
            assert_eq!(tenant_id(text), ID, "{text}");
        }
    }

    #[test]
    fn what_holds_no_id_or_several_stays() {
        for text in [
            "",
            "clientId=",
            "0123abcd-89ab-4def-8123-456789abcdef0",
            "00123abcd-89ab-4def-8123-456789abcdef",
            "0123abcd-89ab-4def-8123-456789abcdef-1",
            "0123abcd-89ab-4def-8123-456789abcde",
            "0123abcd-89ab-4def-8123-456789abcdef 99999999-89ab-4def-8123-456789abcdef",
        ] {
            assert_eq!(client_id(text), text);
            assert_eq!(tenant_id(text), text);
        }
    }

    #[test]
    fn of_several_ids_the_one_with_the_right_name_is_taken() {
        for overview in [
            "Application (client) ID: 0123abcd-89ab-4def-8123-456789abcdef\n\
             Object ID: aaaaaaaa-89ab-4def-8123-456789abcdef\n\
             Directory (tenant) ID: 99999999-89ab-4def-8123-456789abcdef",
            "Anwendungs-ID (Client) 0123abcd-89ab-4def-8123-456789abcdef Objekt-ID \
             aaaaaaaa-89ab-4def-8123-456789abcdef Verzeichnis-ID (Mandant) 99999999-89ab-4def-8123-456789abcdef",
            "{\"appId\": \"0123abcd-89ab-4def-8123-456789abcdef\", \"displayName\": \"tenants\", \"password\": \
             \"x\", \"tenant\": \"99999999-89ab-4def-8123-456789abcdef\"}",
        ] {
            assert_eq!((client_id(overview), tenant_id(overview)), (ID.to_owned(), OTHER.to_owned()));
            assert_eq!(rest(Item::ClientId, overview), Some((Item::TenantId, OTHER.to_owned())));
            assert_eq!(rest(Item::TenantId, overview), Some((Item::ClientId, ID.to_owned())));
            assert_eq!(rest(Item::Scopes, overview), None);
        }
    }

    #[test]
    fn the_name_on_the_line_tells_what_an_id_is() {
        for (name, expected) in [
            ("", None),
            ("ID: ", None),
            ("clientId=", Some(Called::Client)),
            ("Application (client) ID : ", Some(Called::Client)),
            ("\"appId\":\"", Some(Called::Client)),
            ("Id. de aplicación (cliente) ", Some(Called::Client)),
            ("Toepassings-id (client): ", Some(Called::Client)),
            ("tenantId: ", Some(Called::Tenant)),
            ("Directory (tenant) ID", Some(Called::Tenant)),
            ("ID de l’annuaire (locataire) : ", Some(Called::Tenant)),
            ("https://login.microsoftonline.com/", Some(Called::Tenant)),
            ("https://sts.windows.net/", Some(Called::Tenant)),
            ("Object ID\t", Some(Called::Object)),
            ("Objekt-ID: ", Some(Called::Object)),
            ("ID oggetto: ", Some(Called::Object)),
            ("Secret ID: ", Some(Called::Secret)),
            ("client secret id = ", Some(Called::Secret)),
            ("tenant: example.com; client: ", Some(Called::Client)),
        ] {
            let text = format!("{name} {ID}");
            assert_eq!(ids(&text), [Pasted { guid: ID.to_owned(), called: expected }], "{name}");
        }
    }

    #[test]
    fn one_id_has_no_rest() {
        let text = format!("tenantId={ID}");
        assert_eq!(rest(Item::ClientId, &text), None);
        assert_eq!(call(Item::ClientId, &text), Some(Called::Tenant));
        assert_eq!(call(Item::Scopes, &text), None);
    }

    #[test]
    fn a_tenant_may_be_a_domain() {
        for (text, expected) in [
            ("Contoso.onmicrosoft.com", "contoso.onmicrosoft.com"),
            ("tenantId = \"contoso.com\",", "contoso.com"),
            ("Primary domain: contoso.com", "contoso.com"),
            ("anna@contoso.com", "contoso.com"),
            ("contoso", "contoso"),
            ("https://contoso.com", "https://contoso.com"),
        ] {
            assert_eq!(tenant_id(text), expected);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_what_was_read_stays(text in any_text()) {
            for read in [client_id, tenant_id] {
                let meant = read(&text);
                prop_assert_eq!(read(&meant), meant);
            }
        }

        #[test]
        fn reading_names_takes_any_text(text in any_text()) {
            for &item in Item::ALL {
                let _ = (call(item, &text), rest(item, &text));
            }
        }

        #[test]
        fn an_id_between_anything_but_letters_digits_and_hyphens_is_found(
            before in "([^0-9A-Za-z-]|[a-z]{1,6}[=: ]){0,8}", after in "([^0-9A-Za-z-].{0,8})?",
        ) {
            prop_assert_eq!(client_id(&format!("{before}{ID}{after}")), ID);
        }
    }

    fn any_text() -> impl Strategy<Value = String> {
        let part = prop_oneof![
            any::<String>(),
            Just(ID.to_owned()),
            Just(OTHER.to_uppercase()),
            "[0-9a-f{}\"=:@.ü -]{0,12}",
            "(client|tenant|Object|secret) ?(ID|Id)?[:=]? ?",
            "[a-zA-Z]{1,8}\\.(com|DE)",
        ];
        prop::collection::vec(part, 0..6).prop_map(|parts| parts.concat())
    }
}
