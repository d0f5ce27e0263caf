//! Where values are found, at length: shown to those who ask.

use calendar::settings::Item;
use words::Words;

use crate::item::{client_id, client_secret, pbx_name, priority_words, tenant_id};

/// Where the value of an item is found. None for items that need no explanation.
pub fn more(item: Item) -> Option<Words> {
    Some(match item {
        Item::PbxName => pbx_name::MORE,
        Item::PriorityWords | Item::PriorityExcludedWords => priority_words::MORE,
        Item::ClientId => client_id::MORE,
        Item::TenantId => tenant_id::MORE,
        Item::ClientSecret | Item::ClientSecretExpires => client_secret::MORE,
        _ => return None,
    })
}
