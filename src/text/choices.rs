//! The choices of the items that have some.

use calendar::settings::Item;
use ui::{Words, words};

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
        | Item::MapNoData => &PRESENCE,
        _ => &[],
    }
}

static SYNC_TYPE: [Words; 5] = [
    words!["Disabled", "Ausgeschaltet", "Désactivée", "Disattivata", "Desactivada", "Uitgeschakeld"],
    words![
        "On-Premises (local network)",
        "Lokal (On-Premises)",
        "Local (on-premises)",
        "Locale (on-premises)",
        "Local (on-premises)",
        "Lokaal (on-premises)",
    ],
    words![
        "Cloud (Exchange Online)",
        "Cloud (Exchange Online)",
        "Cloud (Exchange Online)",
        "Cloud (Exchange Online)",
        "Nube (Exchange Online)",
        "Cloud (Exchange Online)",
    ],
    words![
        "Cloud (Exchange Online, App-Only Authentication)",
        "Cloud (Exchange Online, Anmeldung nur als App)",
        "Cloud (Exchange Online, authentification d’application seule)",
        "Cloud (Exchange Online, autenticazione solo app)",
        "Nube (Exchange Online, autenticación solo de aplicación)",
        "Cloud (Exchange Online, verificatie alleen als app)",
    ],
    words![
        "Cloud (Microsoft Graph, App-Only Authentication)",
        "Cloud (Microsoft Graph, Anmeldung nur als App)",
        "Cloud (Microsoft Graph, authentification d’application seule)",
        "Cloud (Microsoft Graph, autenticazione solo app)",
        "Nube (Microsoft Graph, autenticación solo de aplicación)",
        "Cloud (Microsoft Graph, verificatie alleen als app)",
    ],
];

static EXCHANGE_SERVER: [Words; 2] = [
    words!["External", "Extern", "Externe", "Esterno", "Externa", "Extern"],
    words!["Internal", "Intern", "Interne", "Interno", "Interna", "Intern"],
];

static NAME_RESOLVING: [Words; 2] = [
    words![
        "Impersonation user",
        "Impersonation-Benutzer",
        "Utilisateur d’emprunt d’identité",
        "Utente di rappresentazione",
        "Usuario de suplantación",
        "Impersonation-gebruiker",
    ],
    words![
        "User names from the PBX",
        "Benutzernamen aus der PBX",
        "Noms d’utilisateur du PBX",
        "Nomi utente del PBX",
        "Nombres de usuario de la PBX",
        "Gebruikersnamen uit de PBX",
    ],
];

static CHANNEL_BINDING: [Words; 2] = [
    words!["Always", "Immer", "Toujours", "Sempre", "Siempre", "Altijd"],
    words![
        "Not sent (load balancer with another certificate)",
        "Nicht gesendet (Load Balancer mit anderem Zertifikat)",
        "Non envoyée (répartiteur de charge avec un autre certificat)",
        "Non inviata (bilanciatore del carico con un altro certificato)",
        "No se envía (balanceador de carga con otro certificado)",
        "Niet verzonden (load balancer met een ander certificaat)",
    ],
];

static SUPPORTED_ACCOUNTS: [Words; 2] = [
    words![
        "My organization only",
        "Nur meine Organisation",
        "Mon organisation uniquement",
        "Solo la mia organizzazione",
        "Solo mi organización",
        "Alleen mijn organisatie",
    ],
    words![
        "Multiple organizations",
        "Mehrere Organisationen",
        "Plusieurs organisations",
        "Più organizzazioni",
        "Varias organizaciones",
        "Meerdere organisaties",
    ],
];

static NATIONAL_CLOUD: [Words; 4] = [
    words![
        "Worldwide (also GCC)",
        "Weltweit (auch GCC)",
        "Monde entier (aussi GCC)",
        "Mondiale (anche GCC)",
        "Mundial (también GCC)",
        "Wereldwijd (ook GCC)",
    ],
    words![
        "US Government (GCC High)",
        "US-Behörden (GCC High)",
        "Administration américaine (GCC High)",
        "Governo degli Stati Uniti (GCC High)",
        "Gobierno de EE. UU. (GCC High)",
        "Amerikaanse overheid (GCC High)",
    ],
    words![
        "US Department of Defense",
        "US-Verteidigungsministerium",
        "Département de la Défense des États-Unis",
        "Dipartimento della Difesa degli Stati Uniti",
        "Departamento de Defensa de EE. UU.",
        "Amerikaans ministerie van Defensie",
    ],
    words![
        "China (21Vianet)",
        "China (21Vianet)",
        "Chine (21Vianet)",
        "Cina (21Vianet)",
        "China (21Vianet)",
        "China (21Vianet)",
    ],
];

static PRESENCE: [Words; 5] = [
    words!["Available", "Verfügbar", "Disponible", "Libero", "Libre", "Beschikbaar"],
    words!["Busy", "Beschäftigt", "Occupé", "Occupato", "Ocupado", "Bezig"],
    words!["Away", "Abwesend", "Absent", "Assente", "Ausente", "Afwezig"],
    words![
        "Do not disturb",
        "Nicht stören",
        "Ne pas déranger",
        "Non disturbare",
        "No molestar",
        "Niet storen",
    ],
    words![
        "Ignore for presence",
        "Für die Präsenz ignorieren",
        "Ignorer pour la présence",
        "Ignora per la presenza",
        "Ignorar para la presencia",
        "Negeren",
    ],
];
