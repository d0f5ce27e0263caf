//! Whether a stored secret would be sent elsewhere than it was given for. Whoever may write settings cannot read a
//! secret; nor may they have it sent to a server of their own.
//!
//! With each secret goes the [`destination`] for which it was given. It counts again whenever the secret is in use,
//! so neither a detour over another sync type nor one over several writes leads to another destination.

use serde_json::{Map, Value as Json};

use super::{Code, Item, Problem, Secret, Settings, SyncType, Value};

/// A secret, the type under which it is looked at while it is not in use, and the items that decide where it goes.
struct Row {
    secret: Item,
    sync_type: SyncType,
    decided_by: &'static [Item],
}

/// Tokens that a client secret was exchanged for are as good as the secret, so where they go counts, too.
const TABLE: [Row; 3] = [
    Row {
        secret: Item::Password,
        sync_type: SyncType::OnPremises,
        decided_by: &[
            Item::User,
            Item::DiscoveryMailbox,
            Item::AutodiscoverUrl,
            Item::EwsUrl,
            Item::ExchangeServer,
            Item::CaCertificate,
            Item::HttpProxy,
        ],
    },
    Row {
        secret: Item::ClientSecret,
        sync_type: SyncType::CloudAppOnly,
        decided_by: &[
            Item::AutodiscoverUrl,
            Item::EwsUrl,
            Item::ExchangeServer,
            Item::ClientId,
            Item::TenantId,
            Item::NationalCloud,
            Item::CaCertificate,
            Item::HttpProxy,
        ],
    },
    Row { secret: Item::HttpProxyPassword, sync_type: SyncType::Graph, decided_by: &[Item::HttpProxy] },
];

/// Where a secret goes: the values, other than the defaults, of the items that decide it.
pub type Destination = Map<String, Json>;

/// Where a secret goes with these settings. Of a secret that is not in use, where it would go.
pub fn destination(secret: Item, settings: &Settings) -> Destination {
    let mut destination = Destination::new();
    for (item, value) in deciding(secret, settings) {
        if value != compared(item, &Settings::default()) {
            destination.insert(item.name().to_owned(), value);
        }
    }
    destination
}

/// Whether a secret given for a destination would go elsewhere with these settings.
pub fn goes_elsewhere(secret: Item, given_for: &Destination, settings: &Settings) -> bool {
    deciding(secret, settings).into_iter().any(|(item, value)| match given_for.get(item.name()) {
        Some(known) => *known != value,
        None => value != compared(item, &Settings::default()),
    })
}

/// The stored secrets in use that would go elsewhere, in the order of the table. `given_for` tells for which
/// destination a secret was given; a secret of which it knows nothing was given for none.
pub fn check(settings: &Settings, given_for: impl Fn(Item) -> Option<Destination>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for Row { secret, .. } in &TABLE {
        let is_used = settings.sync_type != SyncType::Disabled && secret.shown(settings);
        if is_used
            && settings.get(*secret) == Value::Secret(Secret::Stored)
            && goes_elsewhere(*secret, &given_for(*secret).unwrap_or_default(), settings)
        {
            problems.push(Problem::of(*secret, Code::SecretAgain));
        }
    }
    problems
}

/// The same for a form, which knows only the settings before a change: what would have to be given again if every
/// secret had been given for them.
pub fn secrets_needed(before: &Settings, after: &Settings) -> Vec<Item> {
    let problems = check(after, |secret| Some(destination(secret, before)));
    let mut items = Vec::new();
    for problem in problems {
        items.extend(Item::from_name(&problem.item));
    }
    items
}

/// The items in use that decide where a secret goes, with what is compared of their values.
fn deciding(secret: Item, settings: &Settings) -> Vec<(Item, Json)> {
    let mut found = Vec::new();
    for row in TABLE.iter().filter(|row| row.secret == secret) {
        // Of a hybrid only the way counts that uses the secret.
        let way = settings.ways().into_iter().find(|way| secret.shown(way));
        let mut settings = way.unwrap_or_else(|| settings.clone());
        if settings.sync_type == SyncType::Disabled || !secret.shown(&settings) {
            settings.sync_type = row.sync_type;
        }
        for &item in row.decided_by {
            if item.shown(&settings) {
                found.push((item, compared(item, &settings)));
            }
        }
    }
    found
}

/// A value as it is compared: in names and addresses letter case says nothing, in certificates it does.
fn compared(item: Item, settings: &Settings) -> Json {
    let value = if item == Item::TenantId { tenant(settings).into() } else { settings.item_to_json(item) };
    match value {
        Json::String(text) if item != Item::CaCertificate => Json::String(text.trim().to_lowercase()),
        Json::String(text) => Json::String(text.trim().to_owned()),
        other => other,
    }
}

/// The tenant that is asked for a token. The domain of the user stands for it where a user signs in and none is named.
fn tenant(settings: &Settings) -> &str {
    match settings.user.rsplit_once('@') {
        Some((_, domain)) if settings.sync_type == SyncType::Cloud && settings.tenant_id.is_empty() => domain,
        _ => &settings.tenant_id,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::guidance::move_to_graph;
    use crate::settings::{Exchange, NationalCloud};

    fn settings(sync_type: SyncType) -> Settings {
        Settings {
            sync_type,
            user: "sync@example.com".to_owned(),
            tenant_id: "example.com".to_owned(),
            client_id: "11111111-2222-3333-4444-555555555555".to_owned(),
            password: Secret::Stored,
            client_secret: Secret::Stored,
            ..Settings::default()
        }
    }

    /// What must be given again after a change under a type.
    fn needed(sync_type: SyncType, change: impl FnOnce(&mut Settings)) -> Vec<Item> {
        let before = settings(sync_type);
        let mut after = before.clone();
        change(&mut after);
        secrets_needed(&before, &after)
    }

    #[test]
    fn each_item_asks_for_the_secrets_that_go_where_it_says() {
        use Item::{ClientSecret, HttpProxyPassword, Password};
        use SyncType::{Cloud, CloudAppOnly, Graph, OnPremises};
        type Change = fn(&mut Settings);
        let cases: [(SyncType, &[Item], Change); 19] = [
            (OnPremises, &[Password], |s| s.user = "x@evil.example".to_owned()),
            (OnPremises, &[Password], |s| s.ews_url = "https://evil.example/EWS/Exchange.asmx".to_owned()),
            (OnPremises, &[Password], |s| s.autodiscover_url = "https://evil.example".to_owned()),
            (OnPremises, &[Password], |s| s.exchange_server = Exchange::Internal),
            (OnPremises, &[Password], |s| s.http_proxy = "http://evil.example:1".to_owned()),
            (OnPremises, &[Password], |s| s.ca_certificate = "evil".to_owned()),
            (OnPremises, &[], |s| s.client_id = "x".to_owned()),
            (Graph, &[ClientSecret], |s| s.client_id = "x".to_owned()),
            (Graph, &[ClientSecret], |s| s.tenant_id = "evil.example".to_owned()),
            (Graph, &[ClientSecret], |s| s.national_cloud = NationalCloud::China),
            (Graph, &[ClientSecret], |s| s.http_proxy = "http://evil.example:1".to_owned()),
            (Graph, &[ClientSecret], |s| s.ca_certificate = "evil".to_owned()),
            (Graph, &[], |s| s.ews_url = "https://evil.example/EWS/Exchange.asmx".to_owned()),
            (CloudAppOnly, &[ClientSecret], |s| s.ews_url = "https://evil.example/".to_owned()),
            (Cloud, &[], |s| s.user = "other@example.com".to_owned()),
            (Cloud, &[ClientSecret], |s| s.tenant_id = "other.example".to_owned()),
            (Cloud, &[ClientSecret], |s| {
                s.tenant_id = String::new();
                s.user = "sync@evil.example".to_owned();
            }),
            (Graph, &[ClientSecret, HttpProxyPassword], |s| {
                s.http_proxy_user = "u".to_owned();
                s.http_proxy_password = Secret::Stored;
                s.http_proxy = "http://evil.example:1".to_owned();
            }),
            (OnPremises, &[], |s| {
                s.sync_type = SyncType::Disabled;
                s.user = "x@evil.example".to_owned();
            }),
        ];
        for (index, (sync_type, items, change)) in cases.into_iter().enumerate() {
            assert_eq!(needed(sync_type, change), items, "case {index}");
        }
    }

    #[test]
    fn what_is_the_same_in_other_letters_or_given_anew_is_no_change() {
        assert_eq!(needed(SyncType::Graph, |s| s.tenant_id = "Example.COM".to_owned()), []);
        assert_eq!(needed(SyncType::OnPremises, |s| s.user = "Sync@Example.com".to_owned()), []);
        assert_eq!(
            needed(SyncType::Graph, |s| {
                s.tenant_id = "other.example".to_owned();
                s.client_secret = Secret::Given("new".to_owned());
            }),
            []
        );
    }

    #[test]
    fn one_click_still_moves_each_cloud_type_to_graph() {
        for sync_type in [SyncType::Cloud, SyncType::CloudAppOnly] {
            for ews_url in ["", "https://outlook.office365.com/EWS/Exchange.asmx"] {
                let before = Settings { ews_url: ews_url.to_owned(), ..settings(sync_type) };
                let after = Settings { sync_type: SyncType::Graph, ..before.clone() };
                assert_eq!(secrets_needed(&before, &after), []);
            }
        }
        // The domain of the user becomes the tenant, which it was already.
        let before = Settings { tenant_id: String::new(), ..settings(SyncType::Cloud) };
        let mut after = before.clone();
        for (item, value) in move_to_graph(&before).unwrap().changes {
            after.set(item, value).unwrap();
        }
        assert_eq!((secrets_needed(&before, &after), &*after.tenant_id), (vec![], "example.com"));
    }

    #[test]
    fn an_address_that_was_not_in_use_when_the_secret_was_given_does_not_count_as_known() {
        let graph = Settings { ews_url: "https://evil.example/".to_owned(), ..settings(SyncType::Graph) };
        let given_for = destination(Item::ClientSecret, &graph);
        let after = Settings { sync_type: SyncType::CloudAppOnly, ..graph };
        assert!(goes_elsewhere(Item::ClientSecret, &given_for, &after));
        let after = Settings { ews_url: String::new(), ..after };
        assert!(!goes_elsewhere(Item::ClientSecret, &given_for, &after));
    }
}
