//! What the form says about the pages that are loaded on demand.

use ui::{Words, words};

/// Button: opens the preview.
pub const PREVIEW: Words = words![
    "Preview: what colleagues see",
    "Vorschau: was Kollegen sehen",
    "Aperçu : ce que voient les collègues",
    "Anteprima: cosa vedono i colleghi",
    "Vista previa: qué ven los compañeros",
    "Voorbeeld: wat collega’s zien",
];

/// Button: opens the dry run.
pub const DRY_RUN: Words = words![
    "Try on all users before saving",
    "Vor dem Speichern an allen Benutzern erproben",
    "Essayer sur tous les utilisateurs avant d’enregistrer",
    "Provare su tutti gli utenti prima di salvare",
    "Probar con todos los usuarios antes de guardar",
    "Op alle gebruikers proberen voor het opslaan",
];

/// Heading, and button that opens the users.
pub const USERS: Words = words!["Users", "Benutzer", "Utilisateurs", "Utenti", "Usuarios", "Gebruikers"];

/// What the users page is good for.
pub const ABOUT_USERS: Words = words![
    "Whose calendars are read, what colleagues see of them, and why.",
    "Wessen Kalender gelesen werden, was Kollegen davon sehen und warum.",
    "Quels calendriers sont lus, ce que les collègues en voient, et pourquoi.",
    "Di chi vengono letti i calendari, cosa ne vedono i colleghi e perché.",
    "De quién se leen los calendarios, qué ven los compañeros y por qué.",
    "Wiens agenda’s worden gelezen, wat collega’s ervan zien en waarom.",
];

/// Button: opens the users.
pub const SHOW_USERS: Words = words![
    "Show the users",
    "Benutzer anzeigen",
    "Afficher les utilisateurs",
    "Mostra gli utenti",
    "Mostrar los usuarios",
    "Gebruikers tonen",
];

/// A page is on its way.
pub const PAGE_LOADING: Words =
    words!["Loading …", "Wird geladen …", "Chargement…", "Caricamento…", "Cargando…", "Laden…"];

/// A page could not be loaded, or has stopped.
pub const PAGE_FAILED: Words = words![
    "This part could not be loaded, or an error has stopped it. What you have typed is still there.",
    "Dieser Teil konnte nicht geladen werden, oder ein Fehler hat ihn angehalten. Ihre Eingaben sind noch da.",
    "Cette partie n’a pas pu être chargée, ou une erreur l’a arrêtée. Votre saisie est toujours là.",
    "Questa parte non è stata caricata, o un errore l’ha fermata. Quanto inserito è ancora presente.",
    "Esta parte no se pudo cargar, o un error la detuvo. Lo que ha escrito sigue ahí.",
    "Dit deel kon niet worden geladen, of een fout heeft het gestopt. Uw invoer is er nog.",
];

/// Button: load it again.
pub const TRY_AGAIN: Words =
    words!["Try again", "Erneut versuchen", "Réessayer", "Riprova", "Reintentar", "Opnieuw proberen"];

/// Button: open the App objects.
pub const SHOW_OBJECTS: Words = words![
    "Create and check App objects",
    "App-Objekte anlegen und prüfen",
    "Créer et vérifier les objets App",
    "Creare e controllare gli oggetti App",
    "Crear y comprobar los objetos App",
    "App-objecten aanmaken en controleren"
];

/// Button: opens export and import.
pub const TRANSFER: Words = words![
    "Export and import",
    "Export und Import",
    "Exportation et importation",
    "Esportazione e importazione",
    "Exportación e importación",
    "Exporteren en importeren",
];
