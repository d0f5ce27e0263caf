//! The table of items. Nothing else in the project lists them.

use calendar_presence::Language;

use super::Code;
use super::choices::{
    ChannelBinding, Exchange, Mapping, NameResolving, NationalCloud, SupportedAccounts, SyncType,
};
use super::item::{Kind, Row, Section};
use super::paste;
use super::value::{Field, Int, Secret, Value};
use super::{clean, form};
use crate::Platform;

use Section::{Api, Exchange as Sync, Mapping as Presence, Pbx};

macro_rules! items {
    ($($(#[$doc:meta])* $item:ident, $field:ident: $type:ty = $default:expr => $row:expr;)*) => {
        /// Names an item of the settings. The order is that of the table.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Item {
            $($(#[$doc])* $item,)*
        }

        /// All settings, each in the type of its item.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Settings {
            $($(#[$doc])* pub $field: $type,)*
        }

        impl Default for Settings {
            fn default() -> Self {
                Self { $($field: $default,)* }
            }
        }

        impl Item {
            /// All items, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$item,)*];

            const fn row(self) -> Row {
                match self { $(Self::$item => $row,)* }
            }

            /// Type on the wire.
            pub const fn kind(self) -> Kind {
                match self { $(Self::$item => <$type as Field>::KIND,)* }
            }
        }

        impl Settings {
            /// The value of an item.
            pub fn get(&self, item: Item) -> Value {
                match item { $(Item::$item => self.$field.get(),)* }
            }

            /// Sets an item without looking at its form. [`Code::Type`] if the value is not of its type,
            /// [`Code::Choice`] if there is no such choice.
            pub fn set(&mut self, item: Item, value: Value) -> Result<(), Code> {
                match item { $(Item::$item => self.$field.set(value),)* }
            }
        }
    };
}

items! {
    /// Name of the one PBX whose connection is used.
    PbxName, pbx_name: String = String::new()
        => Row::new("pbxName", Pbx).required().form(form::pbx_name);
    /// Language of the readable part of the presence.
    PresenceLanguage, presence_language: Language = Language::En
        => Row::new("presenceLanguage", Pbx);
    /// Time zone of the readable part of the presence.
    PresenceTimeZone, presence_time_zone: String = "UTC".to_owned()
        => Row::copied("presenceTimeZone", Pbx).form(form::time_zone);
    /// Whether titles of appointments are shown.
    ShowSubject, show_subject: bool = false
        => Row::new("showSubject", Pbx);
    /// Keywords that put an appointment first.
    PriorityWords, priority_words: String = String::new()
        => Row::new("priorityWords", Pbx);
    /// Keywords that put an appointment last.
    PriorityExcludedWords, priority_excluded_words: String = String::new()
        => Row::new("priorityExcludedWords", Pbx);
    /// Groups of the PBX and configuration templates whose users are synchronised; empty for everybody.
    OnlyGroups, only_groups: String = String::new()
        => Row::new("onlyGroups", Pbx);
    /// Groups and templates whose users are not.
    ExceptGroups, except_groups: String = String::new()
        => Row::new("exceptGroups", Pbx);
    /// Whether calendars are silent while a user has set a presence by hand.
    ManualWins, manual_wins: bool = false
        => Row::new("manualWins", Pbx);
    /// Whether users may hide their calendar.
    SelfService, self_service: bool = true
        => Row::new("selfService", Pbx);

    /// How calendars are reached.
    SyncType, sync_type: SyncType = SyncType::Disabled
        => Row::new("syncType", Sync);
    /// Account that signs in to Exchange.
    User, user: String = String::new()
        => Row::copied("user", Sync).shown(ews).required().form(form::user);
    /// Mailbox that Autodiscover asks for, where the user is no address.
    DiscoveryMailbox, discovery_mailbox: String = String::new()
        => Row::copied("discoveryMailbox", Sync).shown(discovers_by_mailbox).required().form(form::email).advanced();
    /// Password of the user.
    Password, password: Secret = Secret::Absent
        => Row::copied("password", Sync).shown(on_premises).required();
    /// Where Autodiscover is asked first.
    AutodiscoverUrl, autodiscover_url: String = String::new()
        => Row::copied("autodiscoverUrl", Sync).shown(discovers).form(form::autodiscover_url).advanced();
    /// Exchange Web Services, known beforehand.
    EwsUrl, ews_url: String = String::new()
        => Row::copied("ewsUrl", Sync).shown(ews).form(form::ews_url).advanced();
    /// Which of the two addresses that Autodiscover reports is used.
    ExchangeServer, exchange_server: Exchange = Exchange::External
        => Row::new("exchangeServer", Sync).shown(discovers).advanced();
    /// How the mailbox of a PBX user is found.
    NameResolving, name_resolving: NameResolving = NameResolving::User
        => Row::new("nameResolving", Sync).shown(ews).advanced();
    /// Mailboxes in one streaming connection; Exchange takes at most 200 in a group.
    MaxSubscriptions, max_subscriptions: Int<1, 200> = Int(200)
        => Row::new("maxSubscriptions", Sync).shown(ews).advanced();
    /// Extended Protection: whether the login is bound to the TLS connection.
    ChannelBinding, channel_binding: ChannelBinding = ChannelBinding::Always
        => Row::new("channelBinding", Sync).shown(on_premises).advanced();
    /// Whether the protocol is logged.
    EwsDebug, ews_debug: bool = false
        => Row::new("ewsDebug", Sync).shown(ews).advanced();
    /// Application (client) ID of the registration.
    ClientId, client_id: String = String::new()
        => Row::copied("clientId", Sync).shown(cloud).required().form(form::guid).pasted(paste::client_id);
    /// Directory (tenant) ID or a domain of the tenant.
    TenantId, tenant_id: String = String::new()
        => Row::copied("tenantId", Sync).shown(cloud).required_if(app_only).form(form::tenant).pasted(paste::tenant_id);
    /// Who may sign in to the registration.
    SupportedAccounts, supported_accounts: SupportedAccounts = SupportedAccounts::Single
        => Row::new("supportedAccounts", Sync).shown(cloud).advanced();
    /// Address that the registration must name; filled by the service.
    RedirectUri, redirect_uri: String = String::new()
        => Row::new("redirectUri", Sync).shown(signs_in).read_only();
    /// Scopes of the token; empty for the default of the cloud.
    Scopes, scopes: String = String::new()
        => Row::copied("scopes", Sync).shown(signs_in).advanced();
    /// Secret of the registration.
    ClientSecret, client_secret: Secret = Secret::Absent
        => Row::copied("clientSecret", Sync).shown(cloud).required();
    /// Day on which the secret expires.
    ClientSecretExpires, client_secret_expires: String = String::new()
        => Row::copied("clientSecretExpires", Sync).shown(cloud).form(form::date);
    /// Which of Microsoft's clouds.
    NationalCloud, national_cloud: NationalCloud = NationalCloud::Global
        => Row::new("nationalCloud", Sync).shown(cloud).advanced();
    /// Certificate authorities to trust beside the public ones.
    CaCertificate, ca_certificate: String = String::new()
        => Row::new("caCertificate", Sync).shown(enabled).form(form::certificates).advanced();
    /// HTTP proxy to the calendar server.
    HttpProxy, http_proxy: String = String::new()
        => Row::copied("httpProxy", Sync).shown(enabled).form(form::proxy).advanced();
    /// Account that signs in to the proxy.
    HttpProxyUser, http_proxy_user: String = String::new()
        => Row::copied("httpProxyUser", Sync).shown(has_proxy).advanced();
    /// Password of that account.
    HttpProxyPassword, http_proxy_password: Secret = Secret::Absent
        => Row::copied("httpProxyPassword", Sync).shown(signs_in_to_proxy).advanced();

    /// Organizers whose tentative appointments are exceptions.
    TentativeOrganizer, tentative_organizer: String = String::new()
        => Row::new("tentativeOrganizer", Presence).clean(clean::addresses).form(form::emails);
    /// Presence for *Busy*.
    MapBusy, map_busy: Mapping = Mapping::Busy
        => Row::new("mapBusy", Presence);
    /// Presence for *Tentative*.
    MapTentative, map_tentative: Mapping = Mapping::Ignore
        => Row::new("mapTentative", Presence);
    /// Presence for *Tentative* of an exceptional organizer.
    MapTentativeException, map_tentative_exception: Mapping = Mapping::Away
        => Row::new("mapTentativeException", Presence).shown(has_exceptions);
    /// Whether exceptions, which may tell of an illness, show their titles.
    ShowTentativeExceptionTitle, show_tentative_exception_title: bool = false
        => Row::new("showTentativeExceptionTitle", Presence).shown(|s| has_exceptions(s) && s.show_subject);
    /// Presence for *Out of office*.
    MapOutOfOffice, map_out_of_office: Mapping = Mapping::Away
        => Row::new("mapOutOfOffice", Presence);
    /// Presence for *Working elsewhere*.
    MapWorkingElsewhere, map_working_elsewhere: Mapping = Mapping::Available
        => Row::new("mapWorkingElsewhere", Presence);
    /// Presence for appointments that say nothing.
    MapNoData, map_no_data: Mapping = Mapping::Busy
        => Row::new("mapNoData", Presence);
    /// Categories whose appointments do not count.
    IgnoreCategories, ignore_categories: String = String::new()
        => Row::new("ignoreCategories", Presence);
    /// Presence while a mailbox answers automatically.
    MapAutomaticReplies, map_automatic_replies: Mapping = Mapping::Ignore
        => Row::new("mapAutomaticReplies", Presence);

    /// Whether other programs may ask for appointments.
    CalendarApi, calendar_api: bool = false
        => Row::new("calendarApi", Api);
    /// Whether they may write them.
    CalendarApiWrite, calendar_api_write: bool = false
        => Row::new("calendarApiWrite", Api).shown(|s| s.calendar_api);
}

impl Settings {
    /// The settings of each way to the calendars, in the order in which users are looked for. Only a hybrid has two.
    pub fn ways(&self) -> Vec<Self> {
        let of = |sync_type| Self { sync_type, ..self.clone() };
        match self.sync_type {
            SyncType::Disabled => Vec::new(),
            SyncType::Hybrid => vec![of(SyncType::Graph), of(SyncType::OnPremises)],
            _ => vec![self.clone()],
        }
    }
}

impl Item {
    /// Name in `ConfigItems`.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// Part of the form.
    pub fn section(self) -> Section {
        self.row().section
    }

    /// Whether the item is shown, and so used, with these settings.
    pub fn shown(self, settings: &Settings) -> bool {
        (self.row().shown)(settings)
    }

    /// Whether the item must be present with these settings.
    pub fn required(self, settings: &Settings) -> bool {
        enabled(settings) && self.shown(settings) && (self.row().required)(settings)
    }

    /// Whether only the service fills the item.
    pub fn read_only(self) -> bool {
        self.row().read_only
    }

    /// Whether the item is seldom changed, so that a form folds it away.
    pub fn advanced(self) -> bool {
        self.row().advanced
    }

    /// A text without what comes along unseen when it is copied. Form and service do this alike.
    pub fn clean(self, text: &str) -> String {
        (self.row().clean)(text)
    }

    /// What is meant by a text that was typed or pasted into the form. The service takes no such texts.
    pub fn pasted(self, text: &str) -> String {
        (self.row().pasted)(text)
    }

    /// The normal form of a text for this item, [clean](Self::clean), or what is wrong with it. The empty text is left
    /// to [`required`](Self::required).
    pub fn normal_form(self, text: &str, platform: &dyn Platform) -> Result<String, Code> {
        (self.row().form)(&self.clean(text), platform)
    }
}

fn enabled(settings: &Settings) -> bool {
    settings.sync_type != SyncType::Disabled
}

fn on_premises(settings: &Settings) -> bool {
    matches!(settings.sync_type, SyncType::OnPremises | SyncType::Hybrid)
}

fn ews(settings: &Settings) -> bool {
    on_premises(settings) || matches!(settings.sync_type, SyncType::Cloud | SyncType::CloudAppOnly)
}

fn cloud(settings: &Settings) -> bool {
    settings.sync_type == SyncType::Cloud || app_only(settings)
}

fn app_only(settings: &Settings) -> bool {
    matches!(settings.sync_type, SyncType::CloudAppOnly | SyncType::Graph | SyncType::Hybrid)
}

fn signs_in(settings: &Settings) -> bool {
    settings.sync_type == SyncType::Cloud
}

fn discovers(settings: &Settings) -> bool {
    ews(settings) && settings.ews_url.is_empty()
}

fn discovers_by_mailbox(settings: &Settings) -> bool {
    on_premises(settings) && discovers(settings) && !form::is_email(&settings.user)
}

fn has_proxy(settings: &Settings) -> bool {
    enabled(settings) && !settings.http_proxy.is_empty()
}

fn signs_in_to_proxy(settings: &Settings) -> bool {
    has_proxy(settings) && !settings.http_proxy_user.is_empty()
}

fn has_exceptions(settings: &Settings) -> bool {
    !settings.tentative_organizer.is_empty()
}
