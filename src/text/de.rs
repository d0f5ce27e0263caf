//! German.

use calendar::settings::{Code, Item, Section};

use super::Text;

pub fn text(text: Text) -> &'static str {
    match text {
        Text::Title => "Kalender",
        Text::Section(section) => heading(section),
        Text::SectionHelp(section) => about(section),
        Text::AppObjects => "App-Objekte",
        Text::AppObjectsHelp => {
            "Die PBX braucht zwei App-Objekte, die auf diesen Dienst zeigen. Legen Sie sie in der PBX mit diesen Adressen an:"
        }
        Text::CalendarObject => "Calendar: verbindet die PBX mit dem Dienst",
        Text::AdminObject => "Calendar Admin: zeigt Administratoren, was geschieht",
        Text::Label(item) => label(item),
        Text::Help(item) => help(item),
        Text::Problem(code) => problem(code),
        Text::Required => "erforderlich",
        Text::CloudIsGone => {
            "Microsoft hat ApplicationImpersonation, das diese Art braucht, 2025 aus Exchange Online entfernt. \
             Sie funktioniert dort nicht mehr. Wechseln Sie zu Microsoft Graph."
        }
        Text::EwsEnds => {
            "Microsoft schaltet Exchange Web Services ab: vom 1. Oktober 2026 an Mandant für Mandant, sofern der Mandant \
             diese Anwendung nicht zulässt, und am 1. April 2027 für alle. Wechseln Sie zu Microsoft Graph."
        }
        Text::SecretStored => {
            "Gespeichert. Es wird nie angezeigt; geben Sie ein neues ein, um es zu ersetzen."
        }
        Text::SecretAbsent => "Nicht gespeichert.",
        Text::SecretGiven => "Wird mit dem Speichern übernommen.",
        Text::SecretRemoved => "Das gespeicherte wird mit dem Speichern entfernt.",
        Text::RemoveSecret => "Gespeichertes entfernen",
        Text::KeepSecret => "Gespeichertes behalten",
        Text::Conflict => "Inzwischen hat jemand anders gespeichert: $0",
        Text::KeepMine => "Meinen Wert behalten",
        Text::TakeTheirs => "Anderen Wert übernehmen",
        Text::Empty => "(leer)",
        Text::On => "ein",
        Text::Off => "aus",
        Text::Save => "Speichern",
        Text::Discard => "Verwerfen",
        Text::Unchanged => "Keine ungespeicherten Änderungen",
        Text::OneChange => "1 ungespeicherte Änderung",
        Text::Changes => "$0 ungespeicherte Änderungen",
        Text::Saving => "Wird gespeichert …",
        Text::Saved => "Gespeichert.",
        Text::NothingToSave => "Es gibt nichts zu speichern.",
        Text::OneProblem => "Nicht gespeichert: Ein Feld muss berichtigt werden.",
        Text::Problems => "Nicht gespeichert: $0 Felder müssen berichtigt werden.",
        Text::SettleFirst => {
            "Nicht gespeichert: Jemand anders hat dasselbe Feld geändert. Wählen Sie, welcher Wert gelten soll."
        }
        Text::NotConnected => {
            "Nicht gespeichert: Es besteht keine Verbindung. Ihre Eingaben bleiben; speichern Sie, sobald sie wieder besteht."
        }
        Text::ConnectionLost => {
            "Die Verbindung brach beim Speichern ab. Ihre Eingaben bleiben; was gespeichert wurde, zeigt sich, sobald sie wieder besteht."
        }
        Text::AccessDenied => {
            "Nicht gespeichert: Der Dienst erlaubt dieser Anmeldung nicht, Einstellungen zu schreiben."
        }
        Text::Failed => {
            "Nicht gespeichert: Der Dienst konnte die Einstellungen nicht ablegen. Sein Protokoll sagt, warum."
        }
        Text::FailedItem => {
            "Nicht gespeichert: Der Dienst nimmt „$0“ nicht an. Ist dieses Formular älter als der Dienst?"
        }
        Text::TooLarge => {
            "Nicht gespeichert: zu viel Text auf einmal. Kürzen Sie ihn oder speichern Sie in Teilen."
        }
        Text::Connecting => "Verbindung wird aufgebaut …",
        Text::LoggingIn => "Anmeldung läuft …",
        Text::Connected => "Verbunden",
        Text::Waiting => "Nächster Versuch in $0 s",
        Text::ConnectNow => "Jetzt verbinden",
        Text::Unreachable => "Der Dienst ist nicht erreichbar",
        Text::NoLogin => "Die App Platform gibt keine Anmeldung",
        Text::LoginRefused => "Der Dienst hat die Anmeldung abgelehnt",
        Text::NoAccess => "Der Dienst erlaubt dieser Anmeldung nicht, die Einstellungen zu lesen.",
        Text::SyncOff => "Die Synchronisation ist ausgeschaltet.",
        Text::SyncStarting => "Die Synchronisation startet.",
        Text::SyncRunning => "Die Synchronisation läuft für $0 Benutzer.",
        Text::SyncError => "Die Synchronisation funktioniert nicht.",
        Text::SyncNotSupported => {
            "Der Dienst bewahrt diese Einstellungen auf, kann diesen Sync-Typ aber noch nicht ausführen."
        }
        Text::PbxConnected => "PBX $0 ist verbunden.",
        Text::PbxMissing => "PBX $0 ist nicht verbunden.",
        Text::PbxOther => "PBX $1 ist verbunden, eingestellt ist aber $0.",
    }
}

fn heading(section: Section) -> &'static str {
    match section {
        Section::Pbx => "PBX & Präsenz",
        Section::Exchange => "Exchange-Synchronisation",
        Section::Mapping => "Präsenzzuordnung",
    }
}

fn about(section: Section) -> &'static str {
    match section {
        Section::Pbx => "Welche PBX die Präsenz bekommt, und wie sie dort lautet.",
        Section::Exchange => "Woher die Termine kommen.",
        Section::Mapping => "Was jede Art von Termin für die Präsenz an der PBX bedeutet.",
    }
}

fn label(item: Item) -> &'static str {
    match item {
        Item::PbxName => "Name der Master-PBX",
        Item::PresenceLanguage => "Sprache der Präsenz",
        Item::PresenceTimeZone => "Zeitzone der Präsenz",
        Item::ShowSubject => "Betreff",
        Item::PriorityWords => "Vorrangige Termine müssen im Titel enthalten",
        Item::PriorityExcludedWords => "Vorrangige Termine dürfen im Titel nicht enthalten",
        Item::SyncType => "Sync-Typ",
        Item::User => "Benutzer",
        Item::DiscoveryMailbox => "Postfach für Autodiscover",
        Item::Password => "Passwort",
        Item::AutodiscoverUrl => "Autodiscover-URL",
        Item::EwsUrl => "URL der Exchange Web Services (ohne Autodiscover)",
        Item::ExchangeServer => "Zu verwendender Exchange-Server",
        Item::NameResolving => "Benutzer für die Namensauflösung",
        Item::MaxSubscriptions => "Maximale Abonnements pro Verbindung",
        Item::ChannelBinding => "Erweiterter Schutz",
        Item::EwsDebug => "EWS-Protokoll mitschreiben",
        Item::ClientId => "Client-ID",
        Item::TenantId => "Mandanten-ID",
        Item::SupportedAccounts => "Unterstützte Konten",
        Item::RedirectUri => "Umleitungs-URI",
        Item::Scopes => "Bereiche (Scopes)",
        Item::ClientSecret => "Geheimer Clientschlüssel",
        Item::ClientSecretExpires => "Geheimer Clientschlüssel läuft ab am",
        Item::NationalCloud => "Microsoft-Cloud",
        Item::CaCertificate => "Zertifizierungsstelle (PEM)",
        Item::HttpProxy => "Proxy",
        Item::TentativeOrganizer => "Ausnahmen für „mit Vorbehalt“ (Organisator)",
        Item::MapBusy => "Beschäftigt",
        Item::MapTentative => "Mit Vorbehalt",
        Item::MapTentativeException => "Ausnahmen für „mit Vorbehalt“",
        Item::ShowTentativeExceptionTitle => "Titel der Ausnahmen anzeigen",
        Item::MapOutOfOffice => "Abwesend (Out of Office)",
        Item::MapWorkingElsewhere => "An anderem Ort tätig",
        Item::MapNoData => "Keine Daten",
    }
}

fn help(item: Item) -> &'static str {
    match item {
        Item::PbxName => {
            "Name der einen PBX, deren Verbindung genutzt wird, meist des Masters. Nicht ihr DNS-Name."
        }
        Item::PresenceLanguage => {
            "Sprache des lesbaren Teils der Präsenz. myApps und Telefone übersetzen ihn für jeden Betrachter."
        }
        Item::PresenceTimeZone => {
            "Zeitzone des lesbaren Teils der Präsenz, etwa Europe/Berlin. Betrachter sehen ihre eigene Zeit."
        }
        Item::ShowSubject => {
            "Zeigt die Titel von Terminen. Ohne sie steht dort nur beschäftigt, abwesend und so weiter."
        }
        Item::PriorityWords => {
            "Wörter, durch Kommas getrennt. Ein Termin mit einem davon im Titel geht gleichzeitigen anderen vor, z. B. Urlaub."
        }
        Item::PriorityExcludedWords => {
            "Wörter, durch Kommas getrennt. Ein Termin mit einem davon im Titel steht hinter anderen zurück, z. B. Homeoffice."
        }
        Item::SyncType => "Wie die Kalender erreicht werden. Wählen Sie für Exchange Online Microsoft Graph.",
        Item::User => {
            "Konto, das sich bei Exchange anmeldet, als E-Mail-Adresse; lokal auch als DOMÄNE\\Benutzer. Es braucht ein Postfach."
        }
        Item::DiscoveryMailbox => {
            "E-Mail-Adresse irgendeines Postfachs, weil der Benutzer keine Adresse ist."
        }
        Item::Password => "Passwort des Benutzers. Es wird verschlüsselt aufbewahrt.",
        Item::AutodiscoverUrl => {
            "Wo Autodiscover zuerst gefragt wird. Leer lassen, um es aus der E-Mail-Adresse abzuleiten."
        }
        Item::EwsUrl => {
            "Adresse der Exchange Web Services, falls bekannt. Ein Servername allein bekommt den üblichen Pfad."
        }
        Item::ExchangeServer => {
            "Welche der beiden Adressen, die Exchange meldet. Extern passt in den meisten Netzen."
        }
        Item::NameResolving => "Wie das Postfach eines PBX-Benutzers gefunden wird.",
        Item::MaxSubscriptions => {
            "Postfächer in einer Streaming-Verbindung, 1 bis 200. Mehr lässt Exchange nicht zu."
        }
        Item::ChannelBinding => {
            "Bindet die Anmeldung an die TLS-Verbindung. Manche Load Balancer zeigen ein anderes Zertifikat als Exchange."
        }
        Item::EwsDebug => "Schreibt das Protokoll ins Log des Dienstes. Nur zur Fehlersuche.",
        Item::ClientId => "„Anwendungs-ID (Client)“ auf der Übersichtsseite der App-Registrierung.",
        Item::TenantId => "„Verzeichnis-ID (Mandant)“ auf derselben Seite, oder eine Domäne des Mandanten.",
        Item::SupportedAccounts => "Wie unter „Unterstützte Kontotypen“ der App-Registrierung gewählt.",
        Item::RedirectUri => "In der App-Registrierung unter Authentifizierung, Plattform Web, eintragen.",
        Item::Scopes => "Leer lassen für die Vorgabe der Microsoft-Cloud.",
        Item::ClientSecret => {
            "Der „Wert“ unter „Zertifikate & Geheimnisse“, nicht die Geheimnis-ID. Er wird verschlüsselt aufbewahrt."
        }
        Item::ClientSecretExpires => {
            "Datum als JJJJ-MM-TT, um rechtzeitig gewarnt zu werden. Ohne es endet die Synchronisation unangekündigt."
        }
        Item::NationalCloud => "Wo der Mandant ist. Entscheidet, welche Server von Microsoft gefragt werden.",
        Item::CaCertificate => {
            "Für ein Exchange, dessen Zertifikat von Ihrer eigenen Stelle kommt. Text von BEGIN bis END."
        }
        Item::HttpProxy => {
            "Falls der Dienst den Kalenderserver nur darüber erreicht, z. B. http://proxy:3128."
        }
        Item::TentativeOrganizer => {
            "E-Mail-Adressen, z. B. der Personalabteilung. Ihre Termine „mit Vorbehalt“ bekommen eine eigene Zuordnung."
        }
        Item::MapBusy => "Termine, die als beschäftigt gelten.",
        Item::MapTentative => "Termine, die als „mit Vorbehalt“ gelten.",
        Item::MapTentativeException => {
            "Termine „mit Vorbehalt“, die einer der Organisatoren oben angelegt hat."
        }
        Item::ShowTentativeExceptionTitle => "Solche Titel können von einer Krankheit sprechen.",
        Item::MapOutOfOffice => "Termine, die als abwesend gelten.",
        Item::MapWorkingElsewhere => "Termine, die als „an anderem Ort tätig“ gelten.",
        Item::MapNoData => "Termine, die nichts über die Präsenz sagen. Sie sollten nicht vorkommen.",
    }
}

fn problem(code: Code) -> &'static str {
    match code {
        Code::Required => "Das fehlt. Geben Sie es ein, oder schalten Sie die Synchronisation aus.",
        Code::PbxName => {
            "Das ist mehr als ein Name. Geben Sie nur den Namen der PBX ein, ohne Punkte, Schrägstriche, Doppelpunkte und Leerzeichen."
        }
        Code::TimeZone => {
            "Diese Zeitzone gibt es nicht. Geben Sie eine der IANA-Datenbank ein, etwa Europe/Berlin."
        }
        Code::Duplicate => "Ein Eintrag steht in beiden Listen. Entfernen Sie ihn aus einer von ihnen.",
        Code::User => {
            "Das ist kein Konto. Geben Sie eine E-Mail-Adresse ein; lokal ist auch DOMÄNE\\Benutzer möglich."
        }
        Code::Email => "Das ist keine E-Mail-Adresse. Geben Sie sie als name@example.com ein.",
        Code::Https => "Das ist keine sichere Adresse. Geben Sie eine ein, die mit https:// beginnt.",
        Code::Path => "Diese Adresse hat einen Pfad. Geben Sie sie nur bis zum Namen des Servers ein.",
        Code::Range => "Diese Zahl passt nicht. Geben Sie eine ganze Zahl von $0 bis $1 ein.",
        Code::Guid => {
            "Das ist keine GUID. Geben Sie sie mit 8-4-4-4-12 Stellen ein, kopiert aus der App-Registrierung."
        }
        Code::Tenant => {
            "Das ist weder eine GUID noch eine Domäne. Kopieren Sie die Mandanten-ID, oder geben Sie eine Domäne wie example.com ein."
        }
        Code::ReadOnly => "Das füllt der Dienst aus, es lässt sich nicht ändern.",
        Code::Date => "Dieses Datum gibt es nicht. Geben Sie Jahr, Monat, Tag ein: 2027-01-31.",
        Code::Pem => {
            "Das ist kein Zertifikat in PEM-Form. Fügen Sie es von BEGIN CERTIFICATE bis END CERTIFICATE ein, und keinen privaten Schlüssel."
        }
        Code::Url => {
            "Das ist kein Proxy. Geben Sie ihn als http://server:port ein, ohne Pfad, Benutzer und Passwort."
        }
        Code::Type => "Der Dienst nimmt Werte dieser Art nicht an. Ist dieses Formular älter als der Dienst?",
        Code::Choice => "Der Dienst kennt diese Auswahl nicht. Ist er älter als dieses Formular?",
        Code::UnknownItem => "Der Dienst kennt diese Einstellung nicht. Ist er älter als dieses Formular?",
        Code::Insecure => {
            "Der Dienst nimmt Passwörter nur über eine sichere Verbindung an. Öffnen Sie den PBX Manager mit https."
        }
        Code::Encryption => {
            "Das Passwort kam nicht unversehrt an. Laden Sie diese Seite neu und geben Sie es noch einmal ein."
        }
    }
}

pub fn choices(item: Item) -> &'static [&'static str] {
    match item {
        Item::SyncType => &[
            "Ausgeschaltet",
            "Lokal (On-Premises)",
            "Cloud (Exchange Online)",
            "Cloud (Exchange Online, Anmeldung nur als App)",
            "Cloud (Microsoft Graph, Anmeldung nur als App)",
        ],
        Item::ExchangeServer => &["Extern", "Intern"],
        Item::NameResolving => &["Impersonation-Benutzer", "Benutzernamen aus der PBX"],
        Item::ChannelBinding => &["Immer", "Nicht gesendet (Load Balancer mit anderem Zertifikat)"],
        Item::SupportedAccounts => &["Nur meine Organisation", "Mehrere Organisationen"],
        Item::NationalCloud => &[
            "Weltweit (auch GCC)",
            "US-Behörden (GCC High)",
            "US-Verteidigungsministerium",
            "China (21Vianet)",
        ],
        Item::MapBusy
        | Item::MapTentative
        | Item::MapTentativeException
        | Item::MapOutOfOffice
        | Item::MapWorkingElsewhere
        | Item::MapNoData => {
            &["Verfügbar", "Beschäftigt", "Abwesend", "Nicht stören", "Für die Präsenz ignorieren"]
        }
        _ => &[],
    }
}
