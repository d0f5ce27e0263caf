//! What the users page says.

use ui::{Counted, Words, counted, words};

use crate::users::State;

/// Name of the list.
pub const USERS: Words = words!["Users", "Benutzer", "Utilisateurs", "Utenti", "Usuarios", "Gebruikers"];

/// Label: search.
pub const SEARCH: Words = words![
    "Search by name or address",
    "Nach Name oder Adresse suchen",
    "Chercher par nom ou adresse",
    "Cerca per nome o indirizzo",
    "Buscar por nombre o dirección",
    "Zoeken op naam of adres",
];

/// Label: state.
pub const STATE: Words = words!["Calendar", "Kalender", "Calendrier", "Calendario", "Calendario", "Agenda"];

/// Choice: any state.
pub const ANY_STATE: Words = words!["All", "Alle", "Tous", "Tutti", "Todos", "Alle"];

/// A state.
pub fn state(state: State) -> Words {
    match state {
        State::Waiting => words![
            "Not read yet",
            "Noch nicht gelesen",
            "Pas encore lu",
            "Non ancora letto",
            "Aún no leído",
            "Nog niet gelezen",
        ],
        State::Matched => words!["Read", "Wird gelesen", "Lu", "Letto", "Leído", "Wordt gelezen"],
        State::NoMailbox => words![
            "No mailbox found",
            "Kein Postfach gefunden",
            "Aucune boîte aux lettres",
            "Nessuna casella trovata",
            "Sin buzón",
            "Geen postvak gevonden",
        ],
        State::NotInScope => words![
            "Reading not permitted",
            "Lesen nicht erlaubt",
            "Lecture non autorisée",
            "Lettura non permessa",
            "Lectura no permitida",
            "Lezen niet toegestaan",
        ],
        State::HostedElsewhere => words![
            "Mailbox on-premises",
            "Postfach lokal (on-premises)",
            "Boîte locale (on-premises)",
            "Casella locale (on-premises)",
            "Buzón local (on-premises)",
            "Postvak lokaal (on-premises)",
        ],
        State::Failed => words![
            "Reading failed",
            "Lesen fehlgeschlagen",
            "Échec de la lecture",
            "Lettura non riuscita",
            "Error de lectura",
            "Lezen mislukt",
        ],
    }
}

/// What to do about a state, where something is.
pub fn advice(state: State) -> Option<Words> {
    Some(match state {
        State::Waiting | State::Matched | State::Failed => return None,
        State::NoMailbox => words![
            "None of the addresses leads to a mailbox. Enter the e-mail address of the mailbox at the user in the PBX.",
            "Keine der Adressen führt zu einem Postfach. Tragen Sie die E-Mail-Adresse des Postfachs beim Benutzer in der PBX ein.",
            "Aucune adresse ne mène à une boîte aux lettres. Saisissez l’adresse e-mail de la boîte chez l’utilisateur dans le PBX.",
            "Nessun indirizzo porta a una casella. Inserire l’indirizzo e-mail della casella presso l’utente nel PBX.",
            "Ninguna dirección lleva a un buzón. Escriba la dirección de correo del buzón en el usuario de la PBX.",
            "Geen van de adressen leidt naar een postvak. Voer het e-mailadres van het postvak in bij de gebruiker in de PBX.",
        ],
        State::NotInScope => words![
            "The app registration may not read this mailbox. Add it to the group that the access is limited to.",
            "Die App-Registrierung darf dieses Postfach nicht lesen. Nehmen Sie es in die Gruppe auf, auf die der Zugriff beschränkt ist.",
            "L’inscription d’application ne peut pas lire cette boîte. Ajoutez-la au groupe auquel l’accès est limité.",
            "La registrazione dell’app non può leggere questa casella. Aggiungerla al gruppo a cui è limitato l’accesso.",
            "El registro de la aplicación no puede leer este buzón. Añádalo al grupo al que se limita el acceso.",
            "De app-registratie mag dit postvak niet lezen. Voeg het toe aan de groep waartoe de toegang beperkt is.",
        ],
        State::HostedElsewhere => words![
            "The mailbox is on a local Exchange server, which Microsoft Graph does not reach.",
            "Das Postfach liegt auf einem lokalen Exchange-Server, den Microsoft Graph nicht erreicht.",
            "La boîte est sur un serveur Exchange local, que Microsoft Graph n’atteint pas.",
            "La casella è su un server Exchange locale, che Microsoft Graph non raggiunge.",
            "El buzón está en un servidor Exchange local, al que Microsoft Graph no llega.",
            "Het postvak staat op een lokale Exchange-server, die Microsoft Graph niet bereikt.",
        ],
    })
}

/// Nothing is known of what is seen.
pub const NO_PRESENCE: Words = words![
    "No presence yet",
    "Noch keine Präsenz",
    "Pas encore de présence",
    "Ancora nessuna presenza",
    "Aún sin presencia",
    "Nog geen aanwezigheid",
];

/// Button: shows the reasons.
pub const WHY: Words = words!["Why?", "Warum?", "Pourquoi ?", "Perché?", "¿Por qué?", "Waarom?"];

/// Button: reads the calendar again.
pub const RESYNC: Words =
    words!["Read again", "Neu lesen", "Relire", "Rileggi", "Leer de nuevo", "Opnieuw lezen"];

/// The calendar will be read again.
pub const RESYNCED: Words = words![
    "The calendar is being read again.",
    "Der Kalender wird neu gelesen.",
    "Le calendrier est relu.",
    "Il calendario viene riletto.",
    "El calendario se lee de nuevo.",
    "De agenda wordt opnieuw gelezen.",
];

/// Another text will be seen from `$0` on.
pub const CHANGES_AT: Words = words![
    "Decided again: $0",
    "Nächste Entscheidung: $0",
    "Prochaine décision : $0",
    "Prossima decisione: $0",
    "Próxima decisión: $0",
    "Volgende beslissing: $0",
];

/// There are no reasons.
pub const NO_APPOINTMENTS: Words = words![
    "There are no appointments in the next 48 hours.",
    "In den nächsten 48 Stunden gibt es keine Termine.",
    "Il n’y a aucun rendez-vous dans les 48 prochaines heures.",
    "Non ci sono appuntamenti nelle prossime 48 ore.",
    "No hay citas en las próximas 48 horas.",
    "Er zijn geen afspraken in de komende 48 uur.",
];

/// Button: more users.
pub const MORE: Words = words![
    "Show more users",
    "Mehr Benutzer anzeigen",
    "Afficher plus d’utilisateurs",
    "Mostra altri utenti",
    "Mostrar más usuarios",
    "Meer gebruikers tonen",
];

/// An answer is awaited.
pub const LOADING: Words =
    words!["Loading …", "Wird geladen …", "Chargement…", "Caricamento…", "Cargando…", "Laden…"];

/// There is no answer.
pub const UNREACHABLE: Words = words![
    "The service does not answer. What you see may be old; it is asked again.",
    "Der Dienst antwortet nicht. Was Sie sehen, kann veraltet sein; er wird wieder gefragt.",
    "Le service ne répond pas. Ce que vous voyez peut être ancien ; il sera interrogé à nouveau.",
    "Il servizio non risponde. Quanto mostrato può essere vecchio; verrà richiesto di nuovo.",
    "El servicio no responde. Lo que ve puede ser antiguo; se preguntará de nuevo.",
    "De dienst antwoordt niet. Wat u ziet kan verouderd zijn; hij wordt opnieuw gevraagd.",
];

/// There are no users at all.
pub const NOBODY: Words = words![
    "There are no users yet. They come from the PBX once it is connected and the synchronization is on.",
    "Es gibt noch keine Benutzer. Sie kommen aus der PBX, sobald sie verbunden und die Synchronisation eingeschaltet ist.",
    "Il n’y a pas encore d’utilisateurs. Ils viennent du PBX dès qu’il est connecté et la synchronisation activée.",
    "Non ci sono ancora utenti. Arrivano dal PBX quando è connesso e la sincronizzazione è attiva.",
    "Aún no hay usuarios. Llegan de la PBX cuando está conectada y la sincronización está activada.",
    "Er zijn nog geen gebruikers. Ze komen uit de PBX zodra die verbonden is en de synchronisatie aan staat.",
];

/// Nobody is like this.
pub const NOBODY_FOUND: Words = words![
    "No user is found. Change the search or the state.",
    "Kein Benutzer gefunden. Ändern Sie die Suche oder den Zustand.",
    "Aucun utilisateur trouvé. Modifiez la recherche ou l’état.",
    "Nessun utente trovato. Modificare la ricerca o lo stato.",
    "No se encontró ningún usuario. Cambie la búsqueda o el estado.",
    "Geen gebruiker gevonden. Wijzig de zoekopdracht of de toestand.",
];

/// `$0` users are shown, and there are no others.
pub const SHOWN: Counted = counted![
    ["One user", "$0 users"],
    ["Ein Benutzer", "$0 Benutzer"],
    ["$0 utilisateur", "$0 utilisateurs"],
    ["Un utente", "$0 utenti"],
    ["Un usuario", "$0 usuarios"],
    ["Eén gebruiker", "$0 gebruikers"],
];

/// The first `$0` users are shown.
pub const FIRST: Counted = counted![
    ["The first user", "The first $0 users"],
    ["Der erste Benutzer", "Die ersten $0 Benutzer"],
    ["Le premier utilisateur", "Les $0 premiers utilisateurs"],
    ["Il primo utente", "I primi $0 utenti"],
    ["El primer usuario", "Los primeros $0 usuarios"],
    ["De eerste gebruiker", "De eerste $0 gebruikers"],
];
