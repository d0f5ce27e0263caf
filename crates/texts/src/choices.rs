//! The choices of the items that have some.

use calendar::settings::Item;
use words::Words;

use crate::choice::{
    channel_binding, exchange_server, name_resolving, national_cloud, presence, supported_accounts, sync_type,
};

/// The choices of an item, in the order of their numbers. None for items without, and for languages, whose names the
/// browser knows.
pub fn choices(item: Item) -> &'static [Words] {
    match item {
        Item::SyncType => &SYNC_TYPE,
        Item::ExchangeServer => &EXCHANGE_SERVER,
        Item::NameResolving => &NAME_RESOLVING,
        Item::ChannelBinding => &CHANNEL_BINDING,
        Item::SupportedAccounts => &SUPPORTED_ACCOUNTS,
        Item::NationalCloud => &NATIONAL_CLOUD,
        Item::MapBusy
        | Item::MapTentative
        | Item::MapTentativeException
        | Item::MapOutOfOffice
        | Item::MapWorkingElsewhere
        | Item::MapNoData
        | Item::MapAutomaticReplies => &PRESENCE,
        _ => &[],
    }
}

static SYNC_TYPE: [Words; 6] = [
    sync_type::DISABLED,
    sync_type::ON_PREMISES,
    sync_type::CLOUD,
    sync_type::CLOUD_APP_ONLY,
    sync_type::GRAPH,
    sync_type::HYBRID,
];

static EXCHANGE_SERVER: [Words; 2] = [exchange_server::EXTERNAL, exchange_server::INTERNAL];

static NAME_RESOLVING: [Words; 2] = [name_resolving::USER, name_resolving::PBX_NAMES];

static CHANNEL_BINDING: [Words; 2] = [channel_binding::ALWAYS, channel_binding::NEVER];

static SUPPORTED_ACCOUNTS: [Words; 2] = [supported_accounts::SINGLE, supported_accounts::MULTIPLE];

static NATIONAL_CLOUD: [Words; 4] =
    [national_cloud::GLOBAL, national_cloud::US_GOV, national_cloud::US_GOV_DOD, national_cloud::CHINA];

static PRESENCE: [Words; 5] =
    [presence::AVAILABLE, presence::BUSY, presence::AWAY, presence::DO_NOT_DISTURB, presence::IGNORE];
