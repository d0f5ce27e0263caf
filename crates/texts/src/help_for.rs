//! Help that depends on the sync type: what is typed into a field, and where it is found, differs between an Exchange server
//! and Microsoft's cloud.

use calendar::settings::{Item, SyncType};
use words::Words;

use crate::item::{autodiscover_url, ca_certificate, ews_url, http_proxy, sync_type, tenant_id, user};

/// Line of help under an item, where this sync type is chosen.
pub fn help_for(item: Item, chosen: SyncType) -> Words {
    use SyncType::{Cloud, CloudAppOnly, Graph, Hybrid, OnPremises};

    match (item, chosen) {
        (Item::SyncType, OnPremises) => sync_type::help_for::ON_PREMISES,
        (Item::SyncType, Graph) => sync_type::help_for::GRAPH,
        (Item::SyncType, Hybrid) => sync_type::help_for::HYBRID,
        (Item::User, OnPremises | Hybrid) => user::help_for::ON_PREMISES,
        (Item::User, Cloud) => user::help_for::CLOUD,
        (Item::User, CloudAppOnly) => user::help_for::CLOUD_APP_ONLY,
        (Item::AutodiscoverUrl, Cloud | CloudAppOnly) => autodiscover_url::help_for::CLOUD,
        (Item::EwsUrl, Cloud | CloudAppOnly) => ews_url::help_for::CLOUD,
        (Item::TenantId, Cloud) => tenant_id::help_for::CLOUD,
        (Item::CaCertificate, Cloud | CloudAppOnly | Graph) => ca_certificate::help_for::CLOUD,
        (Item::HttpProxy, OnPremises) => http_proxy::help_for::ON_PREMISES,
        (Item::HttpProxy, Cloud | CloudAppOnly | Graph) => http_proxy::help_for::CLOUD,
        _ => crate::help(item),
    }
}
