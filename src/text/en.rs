//! English. The labels are those of the published documentation.

use calendar::settings::{Code, Item, Section};

use super::Text;

pub fn text(text: Text) -> &'static str {
    match text {
        Text::Title => "Calendar",
        Text::Section(section) => heading(section),
        Text::SectionHelp(section) => about(section),
        Text::AppObjects => "App objects",
        Text::AppObjectsHelp => {
            "The PBX needs two App objects that point to this service. Create them in the PBX with these addresses:"
        }
        Text::CalendarObject => "Calendar: connects the PBX with the service",
        Text::AdminObject => "Calendar Admin: shows administrators what is going on",
        Text::Label(item) => label(item),
        Text::Help(item) => help(item),
        Text::Problem(code) => problem(code),
        Text::Required => "required",
        Text::CloudIsGone => {
            "Microsoft removed ApplicationImpersonation, which this type needs, from Exchange Online in 2025. \
             It no longer works there. Move to Microsoft Graph."
        }
        Text::EwsEnds => {
            "Microsoft switches Exchange Web Services off: tenant by tenant from 1 October 2026, unless the tenant \
             allows this application, and for all on 1 April 2027. Move to Microsoft Graph."
        }
        Text::SecretStored => "One is stored. It is never shown; type a new one to replace it.",
        Text::SecretAbsent => "None is stored.",
        Text::SecretGiven => "Will be stored when you save.",
        Text::SecretRemoved => "The stored one will be removed when you save.",
        Text::RemoveSecret => "Remove the stored one",
        Text::KeepSecret => "Keep the stored one",
        Text::Conflict => "Somebody else has meanwhile saved: $0",
        Text::KeepMine => "Keep mine",
        Text::TakeTheirs => "Take theirs",
        Text::Empty => "(empty)",
        Text::On => "on",
        Text::Off => "off",
        Text::Save => "Save",
        Text::Discard => "Discard",
        Text::Unchanged => "No unsaved changes",
        Text::OneChange => "1 unsaved change",
        Text::Changes => "$0 unsaved changes",
        Text::Saving => "Saving …",
        Text::Saved => "Saved.",
        Text::NothingToSave => "There is nothing to save.",
        Text::OneProblem => "Not saved: one field needs your attention.",
        Text::Problems => "Not saved: $0 fields need your attention.",
        Text::SettleFirst => {
            "Not saved: somebody else has changed the same field. Choose which value to keep."
        }
        Text::NotConnected => {
            "Not saved: there is no connection. Your input is kept; save again when it is back."
        }
        Text::ConnectionLost => {
            "The connection broke while saving. Your input is kept; what was stored shows when it is back."
        }
        Text::AccessDenied => "Not saved: the service denies this login to write settings.",
        Text::Failed => "Not saved: the service could not store the settings. Its log says why.",
        Text::FailedItem => "Not saved: the service does not take “$0”. Is this form older than the service?",
        Text::TooLarge => "Not saved: too much text at once. Shorten it, or save in parts.",
        Text::Connecting => "Connecting …",
        Text::LoggingIn => "Logging in …",
        Text::Connected => "Connected",
        Text::Waiting => "Trying again in $0 s",
        Text::ConnectNow => "Connect now",
        Text::Unreachable => "The service cannot be reached",
        Text::NoLogin => "The App Platform gives no login",
        Text::LoginRefused => "The service refused the login",
        Text::NoAccess => "The service denies this login to read the settings.",
        Text::SyncOff => "Synchronisation is disabled.",
        Text::SyncStarting => "Synchronisation is starting.",
        Text::SyncRunning => "Synchronisation runs for $0 users.",
        Text::SyncError => "Synchronisation does not work.",
        Text::SyncNotSupported => "The service keeps these settings, but cannot serve this Sync-Type yet.",
        Text::PbxConnected => "PBX $0 is connected.",
        Text::PbxMissing => "PBX $0 is not connected.",
        Text::PbxOther => "PBX $1 is connected, but $0 is configured.",
    }
}

fn heading(section: Section) -> &'static str {
    match section {
        Section::Pbx => "PBX & Presence",
        Section::Exchange => "Exchange Sync",
        Section::Mapping => "Presence mapping",
    }
}

fn about(section: Section) -> &'static str {
    match section {
        Section::Pbx => "Which PBX gets the presence, and how it reads there.",
        Section::Exchange => "Where the appointments come from.",
        Section::Mapping => "What each kind of appointment means for the presence at the PBX.",
    }
}

fn label(item: Item) -> &'static str {
    match item {
        Item::PbxName => "Master PBX Name",
        Item::PresenceLanguage => "Presence language",
        Item::PresenceTimeZone => "Presence timezone",
        Item::ShowSubject => "Subject",
        Item::PriorityWords => "Prioritized appointments need to contain in title",
        Item::PriorityExcludedWords => "Prioritized appointments must not contain in title",
        Item::SyncType => "Sync-Type",
        Item::User => "User",
        Item::DiscoveryMailbox => "Mailbox for Autodiscover",
        Item::Password => "Password",
        Item::AutodiscoverUrl => "Autodiscover URL",
        Item::EwsUrl => "Exchange Web Services URL (skips Autodiscover)",
        Item::ExchangeServer => "Exchange server to be used",
        Item::NameResolving => "User for name resolving",
        Item::MaxSubscriptions => "Max subscriptions per connection",
        Item::ChannelBinding => "Extended Protection",
        Item::EwsDebug => "EWS protocol debugging",
        Item::ClientId => "Client ID",
        Item::TenantId => "Tenant ID",
        Item::SupportedAccounts => "Supported account",
        Item::RedirectUri => "Redirect URI",
        Item::Scopes => "Scopes",
        Item::ClientSecret => "Client Secret",
        Item::ClientSecretExpires => "Client Secret expires on",
        Item::NationalCloud => "Microsoft cloud",
        Item::CaCertificate => "Certificate authority (PEM)",
        Item::HttpProxy => "Proxy",
        Item::TentativeOrganizer => "Tentative exceptions (organizer)",
        Item::MapBusy => "Busy",
        Item::MapTentative => "Tentative",
        Item::MapTentativeException => "Tentative exceptions",
        Item::ShowTentativeExceptionTitle => "Show the titles of tentative exceptions",
        Item::MapOutOfOffice => "Out of office",
        Item::MapWorkingElsewhere => "Working elsewhere",
        Item::MapNoData => "No data",
    }
}

fn help(item: Item) -> &'static str {
    match item {
        Item::PbxName => {
            "Name of the one PBX whose connection is used, usually the master. Not its DNS name."
        }
        Item::PresenceLanguage => {
            "Language of the readable part of the presence. myApps and phones translate it for each viewer."
        }
        Item::PresenceTimeZone => {
            "Time zone of the readable part of the presence, such as Europe/Berlin. Viewers see their own time."
        }
        Item::ShowSubject => {
            "Shows the titles of appointments. Without it, only busy, away and so on are shown."
        }
        Item::PriorityWords => {
            "Words, separated by commas. An appointment with one of them in its title goes before others at the same time, e.g. vacation."
        }
        Item::PriorityExcludedWords => {
            "Words, separated by commas. An appointment with one of them in its title goes after others, e.g. home office."
        }
        Item::SyncType => "How the calendars are reached. For Exchange Online choose Microsoft Graph.",
        Item::User => {
            "Account that signs in to Exchange, as an e-mail address; on-premises also as DOMAIN\\user. It needs a mailbox."
        }
        Item::DiscoveryMailbox => "E-mail address of any mailbox, because the user is not an address.",
        Item::Password => "Password of the user. It is kept encrypted.",
        Item::AutodiscoverUrl => {
            "Where Autodiscover is asked first. Leave it empty to derive it from the e-mail address."
        }
        Item::EwsUrl => {
            "Address of Exchange Web Services, if you know it. A server name alone gets the usual path."
        }
        Item::ExchangeServer => {
            "Which of the two addresses that Exchange reports. External works in most networks."
        }
        Item::NameResolving => "How the mailbox of a PBX user is found.",
        Item::MaxSubscriptions => "Mailboxes in one streaming connection, 1 to 200. Exchange allows no more.",
        Item::ChannelBinding => {
            "Ties the login to the TLS connection. Some load balancers show another certificate than Exchange."
        }
        Item::EwsDebug => "Writes the protocol to the log of the service. For troubleshooting only.",
        Item::ClientId => "“Application (client) ID” on the overview page of the app registration.",
        Item::TenantId => "“Directory (tenant) ID” on the same page, or a domain of the tenant.",
        Item::SupportedAccounts => "As chosen under “Supported account types” of the app registration.",
        Item::RedirectUri => "Enter it in the app registration, under Authentication, platform Web.",
        Item::Scopes => "Leave it empty for the default of the Microsoft cloud.",
        Item::ClientSecret => {
            "The “Value” under “Certificates & secrets”, not the Secret ID. It is kept encrypted."
        }
        Item::ClientSecretExpires => {
            "Date as YYYY-MM-DD, to be warned in time. Without it the sync stops unannounced."
        }
        Item::NationalCloud => "Where the tenant is. Decides which servers of Microsoft are asked.",
        Item::CaCertificate => {
            "For an Exchange whose certificate comes from your own authority. Text from BEGIN to END."
        }
        Item::HttpProxy => {
            "If the service reaches the calendar server only through one, e.g. http://proxy:3128."
        }
        Item::TentativeOrganizer => {
            "E-mail addresses, e.g. of human resources. Tentative appointments they create get a mapping of their own."
        }
        Item::MapBusy => "Appointments shown as busy.",
        Item::MapTentative => "Appointments shown as tentative.",
        Item::MapTentativeException => "Tentative appointments that one of the organizers above has created.",
        Item::ShowTentativeExceptionTitle => "Such titles may tell of an illness.",
        Item::MapOutOfOffice => "Appointments shown as out of office.",
        Item::MapWorkingElsewhere => "Appointments shown as working elsewhere.",
        Item::MapNoData => "Appointments that say nothing about presence. They should not occur.",
    }
}

fn problem(code: Code) -> &'static str {
    match code {
        Code::Required => "This is missing. Enter it, or disable the synchronisation.",
        Code::PbxName => {
            "This is more than a name. Enter the name of the PBX alone, without dots, slashes, colons or blanks."
        }
        Code::TimeZone => {
            "There is no such time zone. Enter one of the IANA database, such as Europe/Berlin."
        }
        Code::Duplicate => "An entry stands in both lists. Remove it from one of them.",
        Code::User => {
            "This is not an account. Enter an e-mail address; on-premises DOMAIN\\user is possible too."
        }
        Code::Email => "This is not an e-mail address. Enter it as name@example.com.",
        Code::Https => "This is not a secure address. Enter one that begins with https://.",
        Code::Path => "This address has a path. Enter it only up to the name of the server.",
        Code::Range => "This number does not fit. Enter a whole number from $0 to $1.",
        Code::Guid => "This is not a GUID. Enter it as 8-4-4-4-12 digits, copied from the app registration.",
        Code::Tenant => {
            "This is neither a GUID nor a domain. Copy the tenant ID, or enter a domain such as example.com."
        }
        Code::ReadOnly => "This is filled by the service and cannot be changed.",
        Code::Date => "There is no such date. Enter it as year, month, day: 2027-01-31.",
        Code::Pem => {
            "This is not a certificate in PEM form. Paste it from BEGIN CERTIFICATE to END CERTIFICATE, and no private key."
        }
        Code::Url => "This is not a proxy. Enter it as http://server:port, without path, user and password.",
        Code::Type => "The service does not take this kind of value. Is this form older than the service?",
        Code::Choice => "The service does not know this choice. Is it older than this form?",
        Code::UnknownItem => "The service does not know this setting. Is it older than this form?",
        Code::Insecure => {
            "The service takes passwords only over a secure connection. Open the PBX Manager with https."
        }
        Code::Encryption => "The password did not arrive intact. Reload this page and enter it again.",
    }
}

pub fn choices(item: Item) -> &'static [&'static str] {
    match item {
        Item::SyncType => &[
            "Disabled",
            "On-Premises (local network)",
            "Cloud (Exchange Online)",
            "Cloud (Exchange Online, App-Only Authentication)",
            "Cloud (Microsoft Graph, App-Only Authentication)",
        ],
        Item::ExchangeServer => &["External", "Internal"],
        Item::NameResolving => &["Impersonation user", "User names from the PBX"],
        Item::ChannelBinding => &["Always", "Not sent (load balancer with another certificate)"],
        Item::SupportedAccounts => &["My organization only", "Multiple organizations"],
        Item::NationalCloud => &[
            "Worldwide (also GCC)",
            "US Government (GCC High)",
            "US Department of Defense",
            "China (21Vianet)",
        ],
        Item::MapBusy
        | Item::MapTentative
        | Item::MapTentativeException
        | Item::MapOutOfOffice
        | Item::MapWorkingElsewhere
        | Item::MapNoData => &["Available", "Busy", "Away", "Do not disturb", "Ignore for presence"],
        _ => &[],
    }
}
