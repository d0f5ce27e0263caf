//! What the form says about the App objects.

use ui::{Words, words};

/// There is no PBX that could be asked.
pub const NO_PBX: Words = words![
    "There is no PBX here: App objects are created in the PBX Manager. These are the addresses they need:",
    "Hier gibt es keine PBX: App-Objekte werden im PBX Manager angelegt. Diese Adressen brauchen sie:",
    "Il n’y a pas de PBX ici : les objets App se créent dans le PBX Manager. Voici les adresses qu’il leur faut :",
    "Qui non c’è alcun PBX: gli oggetti App si creano nel PBX Manager. Questi sono gli indirizzi necessari:",
    "Aquí no hay ninguna PBX: los objetos App se crean en el PBX Manager. Estas son las direcciones que necesitan:",
    "Hier is geen PBX: App-objecten worden in de PBX Manager aangemaakt. Deze adressen hebben ze nodig:",
];

/// What the object is for that connects the PBX.
pub const CALENDAR_OBJECT: Words = words![
    "Connects the PBX with the service. Users do not see it.",
    "Verbindet die PBX mit dem Dienst. Benutzer sehen es nicht.",
    "Relie le PBX au service. Les utilisateurs ne le voient pas.",
    "Collega il PBX al servizio. Gli utenti non lo vedono.",
    "Conecta la PBX con el servicio. Los usuarios no lo ven.",
    "Verbindt de PBX met de service. Gebruikers zien het niet.",
];

/// What the object is for that administrators open.
pub const ADMIN_OBJECT: Words = words![
    "The app with which administrators open these settings in myApps.",
    "Die App, mit der Administratoren diese Einstellungen in myApps öffnen.",
    "L’app avec laquelle les administrateurs ouvrent ces paramètres dans myApps.",
    "L’app con cui gli amministratori aprono queste impostazioni in myApps.",
    "La app con la que los administradores abren esta configuración en myApps.",
    "De app waarmee beheerders deze instellingen in myApps openen.",
];

/// There is no such object.
pub const OBJECT_MISSING: Words = words![
    "Not created yet",
    "Noch nicht angelegt",
    "Pas encore créé",
    "Non ancora creato",
    "Todavía no creado",
    "Nog niet aangemaakt",
];

/// The object is as it should be.
pub const OBJECT_WORKS: Words =
    words!["✓ Works", "✓ Funktioniert", "✓ Fonctionne", "✓ Funziona", "✓ Funciona", "✓ Werkt",];

/// The service does not take the object's password.
pub const WRONG_PASSWORD: Words = words![
    "The service does not accept its password. Repair it.",
    "Der Dienst nimmt sein Passwort nicht an. Reparieren Sie es.",
    "Le service n’accepte pas son mot de passe. Réparez-le.",
    "Il servizio non accetta la sua password. Ripararlo.",
    "El servicio no acepta su contraseña. Repárelo.",
    "De service accepteert het wachtwoord niet. Herstel het object.",
];

/// The object has an address that the service no longer goes by.
pub const OLD_ADDRESS: Words = words![
    "It points to a former address of the service. Repair it.",
    "Es zeigt auf eine frühere Adresse des Dienstes. Reparieren Sie es.",
    "Il renvoie à une ancienne adresse du service. Réparez-le.",
    "Punta a un indirizzo precedente del servizio. Ripararlo.",
    "Apunta a una dirección anterior del servicio. Repárelo.",
    "Het verwijst naar een vroeger adres van de service. Herstel het object.",
];

/// The PBX has no connection over the object.
pub const NO_CONNECTION: Words = words![
    "The PBX has no connection to the service. If that stays so, check that it reaches this address, or repair the object.",
    "Die PBX hat keine Verbindung zum Dienst. Bleibt es dabei, prüfen Sie, ob sie diese Adresse erreicht, oder reparieren Sie das Objekt.",
    "Le PBX n’est pas connecté au service. Si cela dure, vérifiez qu’il atteint cette adresse, ou réparez l’objet.",
    "Il PBX non è collegato al servizio. Se la situazione persiste, controllare che raggiunga questo indirizzo o riparare l’oggetto.",
    "La PBX no tiene conexión con el servicio. Si sigue así, compruebe que alcanza esta dirección o repare el objeto.",
    "De PBX heeft geen verbinding met de service. Blijft dat zo, controleer dan of zij dit adres bereikt, of herstel het object.",
];

/// Whether the object works is not known.
pub const NOT_CHECKED: Words = words![
    "Whether it works could not be found out.",
    "Ob es funktioniert, ließ sich nicht feststellen.",
    "Impossible de savoir s’il fonctionne.",
    "Non è stato possibile verificare se funziona.",
    "No se ha podido comprobar si funciona.",
    "Of het werkt, kon niet worden vastgesteld.",
];

/// Button: create an object.
pub const CREATE: Words = words!["Create", "Anlegen", "Créer", "Crea", "Crear", "Aanmaken",];

/// Button: edit an object.
pub const EDIT: Words = words!["Edit", "Bearbeiten", "Modifier", "Modifica", "Editar", "Bewerken",];

/// Button: repair an object.
pub const REPAIR: Words = words!["Repair", "Reparieren", "Réparer", "Ripara", "Reparar", "Herstellen",];

/// Button: delete an object.
pub const DELETE: Words = words!["Delete", "Löschen", "Supprimer", "Elimina", "Eliminar", "Verwijderen",];

/// Button: write the changes of an object to the PBX.
pub const APPLY: Words = words!["Apply", "Übernehmen", "Appliquer", "Applica", "Aplicar", "Toepassen",];

/// Button: leave an object as it is.
pub const CANCEL: Words = words!["Cancel", "Abbrechen", "Annuler", "Annulla", "Cancelar", "Annuleren",];

/// Button: look again which objects there are.
pub const CHECK_AGAIN: Words = words![
    "Check again",
    "Erneut prüfen",
    "Vérifier à nouveau",
    "Controlla di nuovo",
    "Comprobar de nuevo",
    "Opnieuw controleren",
];

/// Label: name of an object.
pub const OBJECT_NAME: Words = words!["Name", "Name", "Nom", "Nome", "Nombre", "Naam",];

/// Label: `h323` of an object.
pub const SIP_NAME: Words = words!["SIP name", "SIP-Name", "Nom SIP", "Nome SIP", "Nombre SIP", "SIP-naam",];

/// Above the templates.
pub const TEMPLATES: Words = words![
    "Templates that give the app to their users",
    "Vorlagen, deren Benutzer die App bekommen",
    "Modèles dont les utilisateurs reçoivent l’app",
    "Modelli i cui utenti ricevono l’app",
    "Plantillas cuyos usuarios reciben la app",
    "Sjablonen waarvan de gebruikers de app krijgen",
];

/// Said after the name of a template.
pub const TEMPLATE: Words =
    words!["(template)", "(Vorlage)", "(modèle)", "(modello)", "(plantilla)", "(sjabloon)",];

/// Asked before the object `$0` is deleted.
pub const CONFIRM_DELETE: Words = words![
    "Delete “$0” from the PBX and from all templates?",
    "„$0“ aus der PBX und aus allen Vorlagen löschen?",
    "Supprimer « $0 » du PBX et de tous les modèles ?",
    "Eliminare “$0” dal PBX e da tutti i modelli?",
    "¿Eliminar “$0” de la PBX y de todas las plantillas?",
    "“$0” uit de PBX en uit alle sjablonen verwijderen?",
];

/// An object needs names.
pub const NAMES_MISSING: Words = words![
    "Give the object a name and a SIP name.",
    "Geben Sie dem Objekt einen Namen und einen SIP-Namen.",
    "Donnez un nom et un nom SIP à l’objet.",
    "Dare all’oggetto un nome e un nome SIP.",
    "Dé al objeto un nombre y un nombre SIP.",
    "Geef het object een naam en een SIP-naam.",
];

/// Something is under way in the PBX.
pub const WORKING: Words = words![
    "The PBX is being asked …",
    "Die PBX wird gefragt …",
    "Demande au PBX en cours…",
    "Richiesta al PBX in corso…",
    "Consultando la PBX…",
    "De PBX wordt gevraagd…",
];

/// The object `$0` was created.
pub const CREATED: Words = words![
    "“$0” was created.",
    "„$0“ wurde angelegt.",
    "« $0 » a été créé.",
    "“$0” è stato creato.",
    "“$0” se ha creado.",
    "“$0” is aangemaakt.",
];

/// The object `$0` was changed.
pub const APPLIED: Words = words![
    "“$0” was changed.",
    "„$0“ wurde geändert.",
    "« $0 » a été modifié.",
    "“$0” è stato modificato.",
    "“$0” se ha modificado.",
    "“$0” is gewijzigd.",
];

/// The object `$0` was repaired.
pub const REPAIRED: Words = words![
    "“$0” was repaired.",
    "„$0“ wurde repariert.",
    "« $0 » a été réparé.",
    "“$0” è stato riparato.",
    "“$0” se ha reparado.",
    "“$0” is hersteld.",
];

/// The object `$0` was deleted.
pub const DELETED: Words = words![
    "“$0” was deleted.",
    "„$0“ wurde gelöscht.",
    "« $0 » a été supprimé.",
    "“$0” è stato eliminato.",
    "“$0” se ha eliminado.",
    "“$0” is verwijderd.",
];

/// The PBX, as what a sentence is about.
pub const THE_PBX: Words = words!["The PBX", "Die PBX", "Le PBX", "Il PBX", "La PBX", "De PBX",];

/// The App Platform, as what a sentence is about.
pub const THE_PLATFORM: Words = words![
    "The App Platform",
    "Die App-Plattform",
    "L’App Platform",
    "La App Platform",
    "La App Platform",
    "Het App Platform",
];

/// The service, as what a sentence is about.
pub const THE_SERVICE: Words =
    words!["The service", "Der Dienst", "Le service", "Il servizio", "El servicio", "De service",];

/// `$0` gives no answer.
pub const SILENT: Words = words![
    "$0 does not answer.",
    "$0 antwortet nicht.",
    "$0 ne répond pas.",
    "$0 non risponde.",
    "$0 no responde.",
    "$0 antwoordt niet.",
];

/// `$0` refuses, and says `$1`.
pub const REFUSED: Words = words![
    "$0 refuses: $1.",
    "$0 lehnt ab: $1.",
    "$0 refuse : $1.",
    "$0 rifiuta: $1.",
    "$0 lo rechaza: $1.",
    "$0 weigert: $1.",
];

/// A new password could break what works.
pub const UNCHECKED: Words = words![
    "Whether the existing objects work is not known, and a new password would break them. Try again when the service can be reached.",
    "Ob die vorhandenen Objekte funktionieren, ist nicht bekannt, und ein neues Passwort würde ihnen schaden. Versuchen Sie es wieder, wenn der Dienst erreichbar ist.",
    "On ne sait pas si les objets existants fonctionnent, et un nouveau mot de passe les mettrait hors service. Réessayez quand le service sera joignable.",
    "Non è noto se gli oggetti esistenti funzionano, e una nuova password li renderebbe inservibili. Riprovare quando il servizio è raggiungibile.",
    "No se sabe si los objetos existentes funcionan, y una contraseña nueva los dejaría sin servicio. Inténtelo de nuevo cuando se pueda acceder al servicio.",
    "Of de bestaande objecten werken, is niet bekend, en een nieuw wachtwoord zou ze onbruikbaar maken. Probeer het opnieuw zodra de service bereikbaar is.",
];

/// The object is as it was.
pub const OBJECT_UNCHANGED: Words = words![
    "The object was not changed.",
    "Das Objekt wurde nicht geändert.",
    "L’objet n’a pas été modifié.",
    "L’oggetto non è stato modificato.",
    "El objeto no se ha modificado.",
    "Het object is niet gewijzigd.",
];

/// The object is written, a template is not.
pub const TEMPLATES_LEFT: Words = words![
    "The object is in the PBX, but not every template was changed. Apply once more.",
    "Das Objekt ist in der PBX, aber nicht jede Vorlage wurde geändert. Übernehmen Sie noch einmal.",
    "L’objet est dans le PBX, mais tous les modèles n’ont pas été modifiés. Appliquez à nouveau.",
    "L’oggetto è nel PBX, ma non tutti i modelli sono stati modificati. Applicare di nuovo.",
    "El objeto está en la PBX, pero no se han modificado todas las plantillas. Aplique de nuevo.",
    "Het object staat in de PBX, maar niet elk sjabloon is gewijzigd. Pas nogmaals toe.",
];

/// The object is written, the password of the instance is not.
pub const PASSWORD_LEFT: Words = words![
    "The object is in the PBX, but the service did not get its password. Repair the object.",
    "Das Objekt ist in der PBX, aber der Dienst hat sein Passwort nicht bekommen. Reparieren Sie das Objekt.",
    "L’objet est dans le PBX, mais le service n’a pas reçu son mot de passe. Réparez l’objet.",
    "L’oggetto è nel PBX, ma il servizio non ne ha ricevuto la password. Riparare l’oggetto.",
    "El objeto está en la PBX, pero el servicio no ha recibido su contraseña. Repare el objeto.",
    "Het object staat in de PBX, maar de service heeft het wachtwoord niet gekregen. Herstel het object.",
];

/// The object could not be deleted.
pub const OBJECT_LEFT: Words = words![
    "The object was not deleted. Delete it again.",
    "Das Objekt wurde nicht gelöscht. Löschen Sie es noch einmal.",
    "L’objet n’a pas été supprimé. Supprimez-le à nouveau.",
    "L’oggetto non è stato eliminato. Eliminarlo di nuovo.",
    "El objeto no se ha eliminado. Elimínelo de nuevo.",
    "Het object is niet verwijderd. Verwijder het opnieuw.",
];
