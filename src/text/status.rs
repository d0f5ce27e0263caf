//! What the form says about its connection, the synchronisation and the PBX.

use ui::{Counted, Words, counted, words};

/// The connection is made.
pub const CONNECTING: Words = words![
    "Connecting …",
    "Verbindung wird aufgebaut …",
    "Connexion en cours…",
    "Connessione in corso…",
    "Conectando…",
    "Verbinding maken…",
];

/// The login is under way.
pub const LOGGING_IN: Words = words![
    "Logging in …",
    "Anmeldung läuft …",
    "Authentification en cours…",
    "Accesso in corso…",
    "Iniciando sesión…",
    "Aanmelden…",
];

/// The connection stands.
pub const CONNECTED: Words =
    words!["Connected", "Verbunden", "Connecté", "Connesso", "Conectado", "Verbonden"];

/// The connection is tried again in `$0` seconds.
pub const WAITING: Words = words![
    "Trying again in $0 s",
    "Nächster Versuch in $0 s",
    "Nouvel essai dans $0 s",
    "Nuovo tentativo tra $0 s",
    "Nuevo intento en $0 s",
    "Nieuwe poging over $0 s",
];

/// Button: connect at once.
pub const CONNECT_NOW: Words = words![
    "Connect now",
    "Jetzt verbinden",
    "Se connecter maintenant",
    "Connetti ora",
    "Conectar ahora",
    "Nu verbinden",
];

/// The instance cannot be reached.
pub const UNREACHABLE: Words = words![
    "The service cannot be reached",
    "Der Dienst ist nicht erreichbar",
    "Le service est injoignable",
    "Il servizio non è raggiungibile",
    "No se puede acceder al servicio",
    "De service is niet bereikbaar",
];

/// The host, PBX Manager or myApps, gave no login.
pub const NO_LOGIN: Words = words![
    "No login received",
    "Keine Anmeldung erhalten",
    "Aucune authentification reçue",
    "Nessun accesso ricevuto",
    "No se recibió ningún inicio de sesión",
    "Geen aanmelding ontvangen",
];

/// The instance refused the login.
pub const LOGIN_REFUSED: Words = words![
    "The service refused the login",
    "Der Dienst hat die Anmeldung abgelehnt",
    "Le service a refusé l’authentification",
    "Il servizio ha rifiutato l’accesso",
    "El servicio rechazó el inicio de sesión",
    "De service heeft de aanmelding geweigerd",
];

/// The instance lets this login read nothing.
pub const NO_ACCESS: Words = words![
    "The service denies this login to read the settings.",
    "Der Dienst erlaubt dieser Anmeldung nicht, die Einstellungen zu lesen.",
    "Le service n’autorise pas cette session à lire les paramètres.",
    "Il servizio non consente a questo accesso di leggere le impostazioni.",
    "El servicio no permite a este inicio de sesión leer la configuración.",
    "De service staat deze aanmelding niet toe om de instellingen te lezen.",
];

/// The synchronisation is disabled.
pub const SYNC_OFF: Words = words![
    "Synchronisation is disabled.",
    "Die Synchronisation ist ausgeschaltet.",
    "La synchronisation est désactivée.",
    "La sincronizzazione è disattivata.",
    "La sincronización está desactivada.",
    "De synchronisatie is uitgeschakeld.",
];

/// The synchronisation starts.
pub const SYNC_STARTING: Words = words![
    "Synchronisation is starting.",
    "Die Synchronisation startet.",
    "La synchronisation démarre.",
    "La sincronizzazione si sta avviando.",
    "La sincronización se está iniciando.",
    "De synchronisatie wordt gestart.",
];

/// The synchronisation runs for `$0` users.
pub const SYNC_RUNNING: Counted = counted![
    ["Synchronisation runs for $0 user.", "Synchronisation runs for $0 users."],
    ["Die Synchronisation läuft für $0 Benutzer.", "Die Synchronisation läuft für $0 Benutzer."],
    [
        "La synchronisation fonctionne pour $0 utilisateur.",
        "La synchronisation fonctionne pour $0 utilisateurs.",
    ],
    ["La sincronizzazione è attiva per $0 utente.", "La sincronizzazione è attiva per $0 utenti."],
    ["La sincronización funciona para $0 usuario.", "La sincronización funciona para $0 usuarios."],
    ["De synchronisatie loopt voor $0 gebruiker.", "De synchronisatie loopt voor $0 gebruikers."]
];

/// The synchronisation does not work.
pub const SYNC_ERROR: Words = words![
    "Synchronisation does not work.",
    "Die Synchronisation funktioniert nicht.",
    "La synchronisation ne fonctionne pas.",
    "La sincronizzazione non funziona.",
    "La sincronización no funciona.",
    "De synchronisatie werkt niet.",
];

/// The service cannot serve the chosen type.
pub const SYNC_NOT_SUPPORTED: Words = words![
    "The service keeps these settings, but cannot serve this Sync-Type yet.",
    "Der Dienst bewahrt diese Einstellungen auf, kann diesen Sync-Typ aber noch nicht ausführen.",
    "Le service conserve ces paramètres, mais ne prend pas encore en charge ce type de synchronisation.",
    "Il servizio conserva queste impostazioni, ma non supporta ancora questo tipo di sincronizzazione.",
    "El servicio conserva esta configuración, pero aún no admite este tipo de sincronización.",
    "De service bewaart deze instellingen, maar ondersteunt dit synchronisatietype nog niet.",
];

/// PBX `$0` is connected.
pub const PBX_CONNECTED: Words = words![
    "PBX $0 is connected.",
    "PBX $0 ist verbunden.",
    "Le PBX $0 est connecté.",
    "Il PBX $0 è connesso.",
    "La PBX $0 está conectada.",
    "PBX $0 is verbonden.",
];

/// PBX `$0` is not connected.
pub const PBX_MISSING: Words = words![
    "PBX $0 is not connected.",
    "PBX $0 ist nicht verbunden.",
    "Le PBX $0 n’est pas connecté.",
    "Il PBX $0 non è connesso.",
    "La PBX $0 no está conectada.",
    "PBX $0 is niet verbonden.",
];

/// PBX `$1` is connected, but `$0` is configured.
pub const PBX_OTHER: Words = words![
    "PBX $1 is connected, but $0 is configured.",
    "PBX $1 ist verbunden, eingestellt ist aber $0.",
    "Le PBX $1 est connecté, mais c’est $0 qui est configuré.",
    "È connesso il PBX $1, ma è configurato $0.",
    "Está conectada la PBX $1, pero la configurada es $0.",
    "PBX $1 is verbonden, maar $0 is ingesteld.",
];

/// `$0` users have no calendar that could be read.
pub const UNMATCHED: Counted = counted![
    ["$0 has no calendar that can be read.", "$0 have no calendar that can be read."],
    ["$0 hat keinen lesbaren Kalender.", "$0 haben keinen lesbaren Kalender."],
    ["$0 n’a pas d’agenda lisible.", "$0 n’ont pas d’agenda lisible."],
    ["$0 non ha un calendario leggibile.", "$0 non hanno un calendario leggibile."],
    ["$0 no tiene un calendario legible.", "$0 no tienen un calendario legible."],
    ["$0 heeft geen leesbare agenda.", "$0 hebben geen leesbare agenda."]
];

/// The calendars were last read `$0`, for instance 5 minutes ago.
pub const AGE: Words = words![
    "Last time all calendars were read: $0.",
    "Zuletzt alle Kalender gelesen: $0.",
    "Dernière lecture de tous les agendas : $0.",
    "Ultima lettura di tutti i calendari: $0.",
    "Última lectura de todos los calendarios: $0.",
    "Alle agenda’s voor het laatst gelezen: $0.",
];

/// Button: enter PBX `$0`, which is connected.
pub const USE_PBX: Words =
    words!["Use $0", "$0 verwenden", "Utiliser $0", "Usa $0", "Usar $0", "$0 gebruiken",];

/// The client secret expires on `$0`.
pub const SECRET_EXPIRES: Words = words![
    "The client secret expires on $0. Create a new one in the app registration before that day and enter it \
     here.",
    "Der geheime Clientschlüssel läuft am $0 ab. Erstellen Sie vorher in der App-Registrierung einen neuen und \
     geben Sie ihn hier ein.",
    "Le secret client expire le $0. Créez-en un nouveau avant cette date dans l’inscription d’application et \
     saisissez-le ici.",
    "Il segreto client scade il $0. Prima di quella data crearne uno nuovo nella registrazione dell’app e \
     immetterlo qui.",
    "El secreto de cliente caduca el $0. Cree antes uno nuevo en el registro de la aplicación e introdúzcalo \
     aquí.",
    "Het clientgeheim verloopt op $0. Maak vóór die dag een nieuw in de app-registratie en voer het hier in.",
];

/// The client secret expired on `$0`.
pub const SECRET_EXPIRED: Words = words![
    "The client secret expired on $0. Create a new one in the app registration and enter it here.",
    "Der geheime Clientschlüssel ist am $0 abgelaufen. Erstellen Sie in der App-Registrierung einen neuen und \
     geben Sie ihn hier ein.",
    "Le secret client a expiré le $0. Créez-en un nouveau dans l’inscription d’application et saisissez-le ici.",
    "Il segreto client è scaduto il $0. Crearne uno nuovo nella registrazione dell’app e immetterlo qui.",
    "El secreto de cliente caducó el $0. Cree uno nuevo en el registro de la aplicación e introdúzcalo aquí.",
    "Het clientgeheim is op $0 verlopen. Maak een nieuw in de app-registratie en voer het hier in.",
];
