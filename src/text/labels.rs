//! Labels of the items. The English ones are those of the published documentation.

use calendar::settings::Item;
use ui::{Words, words};

/// Label of an item.
#[expect(clippy::too_many_lines, reason = "it is a table")]
pub fn label(item: Item) -> Words {
    match item {
        Item::PbxName => words![
            "Master PBX Name",
            "Name der Master-PBX",
            "Nom du PBX maître",
            "Nome del PBX master",
            "Nombre de la PBX maestra",
            "Naam van de master-PBX",
        ],
        Item::PresenceLanguage => words![
            "Presence language",
            "Sprache der Präsenz",
            "Langue de la présence",
            "Lingua della presenza",
            "Idioma de la presencia",
            "Taal van de aanwezigheid",
        ],
        Item::PresenceTimeZone => words![
            "Presence timezone",
            "Zeitzone der Präsenz",
            "Fuseau horaire de la présence",
            "Fuso orario della presenza",
            "Zona horaria de la presencia",
            "Tijdzone van de aanwezigheid",
        ],
        Item::ShowSubject => words!["Subject", "Betreff", "Objet", "Oggetto", "Asunto", "Onderwerp"],
        Item::PriorityWords => words![
            "Prioritized appointments need to contain in title",
            "Vorrangige Termine müssen im Titel enthalten",
            "Les rendez-vous prioritaires doivent contenir dans le titre",
            "Gli appuntamenti prioritari devono contenere nel titolo",
            "Las citas prioritarias deben contener en el título",
            "Afspraken met voorrang moeten in de titel bevatten",
        ],
        Item::PriorityExcludedWords => words![
            "Prioritized appointments must not contain in title",
            "Vorrangige Termine dürfen im Titel nicht enthalten",
            "Les rendez-vous prioritaires ne doivent pas contenir dans le titre",
            "Gli appuntamenti prioritari non devono contenere nel titolo",
            "Las citas prioritarias no deben contener en el título",
            "Afspraken met voorrang mogen in de titel niet bevatten",
        ],
        Item::SyncType => words![
            "Sync-Type",
            "Sync-Typ",
            "Type de synchronisation",
            "Tipo di sincronizzazione",
            "Tipo de sincronización",
            "Synchronisatietype",
        ],
        Item::User => words!["User", "Benutzer", "Utilisateur", "Utente", "Usuario", "Gebruiker"],
        Item::DiscoveryMailbox => words![
            "Mailbox for Autodiscover",
            "Postfach für Autodiscover",
            "Boîte aux lettres pour Autodiscover",
            "Cassetta postale per Autodiscover",
            "Buzón para Autodiscover",
            "Postvak voor Autodiscover",
        ],
        Item::Password => {
            words!["Password", "Passwort", "Mot de passe", "Password", "Contraseña", "Wachtwoord"]
        }
        Item::AutodiscoverUrl => words![
            "Autodiscover URL",
            "Autodiscover-URL",
            "URL d’Autodiscover",
            "URL di Autodiscover",
            "URL de Autodiscover",
            "Autodiscover-URL",
        ],
        Item::EwsUrl => words![
            "Exchange Web Services URL (skips Autodiscover)",
            "URL der Exchange Web Services (ohne Autodiscover)",
            "URL d’Exchange Web Services (sans Autodiscover)",
            "URL di Exchange Web Services (senza Autodiscover)",
            "URL de Exchange Web Services (sin Autodiscover)",
            "URL van Exchange Web Services (zonder Autodiscover)",
        ],
        Item::ExchangeServer => words![
            "Exchange server to be used",
            "Zu verwendender Exchange-Server",
            "Serveur Exchange à utiliser",
            "Server Exchange da usare",
            "Servidor de Exchange que se usará",
            "Te gebruiken Exchange-server",
        ],
        Item::NameResolving => words![
            "User for name resolving",
            "Benutzer für die Namensauflösung",
            "Utilisateur pour la résolution de noms",
            "Utente per la risoluzione dei nomi",
            "Usuario para la resolución de nombres",
            "Gebruiker voor naamomzetting",
        ],
        Item::MaxSubscriptions => words![
            "Max subscriptions per connection",
            "Maximale Abonnements pro Verbindung",
            "Nombre maximal d’abonnements par connexion",
            "Numero massimo di sottoscrizioni per connessione",
            "Máximo de suscripciones por conexión",
            "Maximumaantal abonnementen per verbinding",
        ],
        Item::ChannelBinding => words![
            "Extended Protection",
            "Erweiterter Schutz",
            "Protection étendue",
            "Protezione estesa",
            "Protección ampliada",
            "Uitgebreide beveiliging",
        ],
        Item::EwsDebug => words![
            "EWS protocol debugging",
            "EWS-Protokoll mitschreiben",
            "Journalisation du protocole EWS",
            "Registrazione del protocollo EWS",
            "Registro del protocolo EWS",
            "EWS-protocol vastleggen",
        ],
        Item::ClientId => {
            words!["Client ID", "Client-ID", "ID client", "ID client", "Id. de cliente", "Client-id"]
        }
        Item::TenantId => {
            words![
                "Tenant ID",
                "Mandanten-ID",
                "ID de locataire",
                "ID tenant",
                "Id. de inquilino",
                "Tenant-id"
            ]
        }
        Item::SupportedAccounts => words![
            "Supported account",
            "Unterstützte Konten",
            "Comptes pris en charge",
            "Account supportati",
            "Cuentas compatibles",
            "Ondersteunde accounts",
        ],
        Item::RedirectUri => words![
            "Redirect URI",
            "Umleitungs-URI",
            "URI de redirection",
            "URI di reindirizzamento",
            "URI de redirección",
            "Omleidings-URI",
        ],
        Item::Scopes => words![
            "Scopes",
            "Bereiche (Scopes)",
            "Étendues (scopes)",
            "Ambiti (scope)",
            "Ámbitos (scopes)",
            "Bereiken (scopes)",
        ],
        Item::ClientSecret => words![
            "Client Secret",
            "Geheimer Clientschlüssel",
            "Secret client",
            "Segreto client",
            "Secreto de cliente",
            "Clientgeheim",
        ],
        Item::ClientSecretExpires => words![
            "Client Secret expires on",
            "Geheimer Clientschlüssel läuft ab am",
            "Le secret client expire le",
            "Il segreto client scade il",
            "El secreto de cliente caduca el",
            "Clientgeheim verloopt op",
        ],
        Item::NationalCloud => words![
            "Microsoft cloud",
            "Microsoft-Cloud",
            "Cloud Microsoft",
            "Cloud Microsoft",
            "Nube de Microsoft",
            "Microsoft-cloud",
        ],
        Item::CaCertificate => words![
            "Certificate authority (PEM)",
            "Zertifizierungsstelle (PEM)",
            "Autorité de certification (PEM)",
            "Autorità di certificazione (PEM)",
            "Entidad de certificación (PEM)",
            "Certificeringsinstantie (PEM)",
        ],
        Item::HttpProxy => words!["Proxy", "Proxy", "Proxy", "Proxy", "Proxy", "Proxy"],
        Item::HttpProxyUser => words![
            "Proxy user",
            "Proxy-Benutzer",
            "Utilisateur du proxy",
            "Utente del proxy",
            "Usuario del proxy",
            "Proxygebruiker",
        ],
        Item::HttpProxyPassword => words![
            "Proxy password",
            "Proxy-Passwort",
            "Mot de passe du proxy",
            "Password del proxy",
            "Contraseña del proxy",
            "Proxywachtwoord",
        ],
        Item::TentativeOrganizer => words![
            "Tentative exceptions (organizer)",
            "Ausnahmen für „mit Vorbehalt“ (Organisator)",
            "Exceptions pour « provisoire » (organisateur)",
            "Eccezioni per “provvisorio” (organizzatore)",
            "Excepciones de “provisional” (organizador)",
            "Uitzonderingen voor “voorlopig” (organisator)",
        ],
        Item::MapBusy => words!["Busy", "Beschäftigt", "Occupé", "Occupato", "Ocupado", "Bezet"],
        Item::MapTentative => {
            words!["Tentative", "Mit Vorbehalt", "Provisoire", "Provvisorio", "Provisional", "Voorlopig"]
        }
        Item::MapTentativeException => words![
            "Tentative exceptions",
            "Ausnahmen für „mit Vorbehalt“",
            "Exceptions pour « provisoire »",
            "Eccezioni per “provvisorio”",
            "Excepciones de “provisional”",
            "Uitzonderingen voor “voorlopig”",
        ],
        Item::ShowTentativeExceptionTitle => words![
            "Show the titles of tentative exceptions",
            "Titel der Ausnahmen anzeigen",
            "Afficher les titres des exceptions",
            "Mostra i titoli delle eccezioni",
            "Mostrar los títulos de las excepciones",
            "Titels van de uitzonderingen tonen",
        ],
        Item::MapOutOfOffice => words![
            "Out of office",
            "Abwesend (Out of Office)",
            "Absent du bureau",
            "Fuori sede",
            "Fuera de la oficina",
            "Niet aanwezig",
        ],
        Item::MapWorkingElsewhere => words![
            "Working elsewhere",
            "An anderem Ort tätig",
            "Travaille ailleurs",
            "Al lavoro altrove",
            "Trabajando en otro lugar",
            "Werkt elders",
        ],
        Item::MapNoData => {
            words!["No data", "Keine Daten", "Aucune donnée", "Nessun dato", "Sin datos", "Geen gegevens"]
        }
    }
}
