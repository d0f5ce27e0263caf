//! What the form says about saving.

use ui::{Counted, Words, counted, words};

/// Button: save.
pub const SAVE: Words = words!["Save", "Speichern", "Enregistrer", "Salva", "Guardar", "Opslaan"];

/// Button: forget what was typed.
pub const DISCARD: Words = words!["Discard", "Verwerfen", "Abandonner", "Scarta", "Descartar", "Verwerpen"];

/// Nothing was changed.
pub const UNCHANGED: Words = words![
    "No unsaved changes",
    "Keine ungespeicherten Änderungen",
    "Aucune modification non enregistrée",
    "Nessuna modifica non salvata",
    "No hay cambios sin guardar",
    "Geen niet-opgeslagen wijzigingen",
];

/// `$0` items were changed.
pub const CHANGES: Counted = counted![
    ["$0 unsaved change", "$0 unsaved changes"],
    ["$0 ungespeicherte Änderung", "$0 ungespeicherte Änderungen"],
    ["$0 modification non enregistrée", "$0 modifications non enregistrées"],
    ["$0 modifica non salvata", "$0 modifiche non salvate"],
    ["$0 cambio sin guardar", "$0 cambios sin guardar"],
    ["$0 niet-opgeslagen wijziging", "$0 niet-opgeslagen wijzigingen"]
];

/// The save is on its way.
pub const SAVING: Words = words![
    "Saving …",
    "Wird gespeichert …",
    "Enregistrement…",
    "Salvataggio…",
    "Guardando…",
    "Bezig met opslaan…",
];

/// It was saved.
pub const SAVED: Words =
    words!["Saved.", "Gespeichert.", "Enregistré.", "Salvato.", "Guardado.", "Opgeslagen."];

/// There is nothing to save.
pub const NOTHING_TO_SAVE: Words = words![
    "There is nothing to save.",
    "Es gibt nichts zu speichern.",
    "Il n’y a rien à enregistrer.",
    "Non c’è nulla da salvare.",
    "No hay nada que guardar.",
    "Er is niets om op te slaan.",
];

/// `$0` items are wrong.
pub const PROBLEMS: Counted = counted![
    ["Not saved: one field needs your attention.", "Not saved: $0 fields need your attention."],
    [
        "Nicht gespeichert: Ein Feld muss berichtigt werden.",
        "Nicht gespeichert: $0 Felder müssen berichtigt werden.",
    ],
    ["Non enregistré : un champ est à corriger.", "Non enregistré : $0 champs sont à corriger."],
    ["Non salvato: un campo va corretto.", "Non salvato: $0 campi vanno corretti."],
    ["No se ha guardado: hay que corregir un campo.", "No se ha guardado: hay que corregir $0 campos."],
    [
        "Niet opgeslagen: één veld moet worden verbeterd.",
        "Niet opgeslagen: $0 velden moeten worden verbeterd.",
    ]
];

/// A conflict must be settled first.
pub const SETTLE_FIRST: Words = words![
    "Not saved: somebody else has changed the same field. Choose which value to keep.",
    "Nicht gespeichert: Jemand anders hat dasselbe Feld geändert. Wählen Sie, welcher Wert gelten soll.",
    "Non enregistré : quelqu’un d’autre a modifié le même champ. Choisissez la valeur à conserver.",
    "Non salvato: qualcun altro ha modificato lo stesso campo. Scegliere quale valore mantenere.",
    "No se ha guardado: otra persona ha cambiado el mismo campo. Elija qué valor conservar.",
    "Niet opgeslagen: iemand anders heeft hetzelfde veld gewijzigd. Kies welke waarde moet blijven.",
];

/// It was not saved: no connection.
pub const NOT_CONNECTED: Words = words![
    "Not saved: there is no connection. Your input is kept; save again when it is back.",
    "Nicht gespeichert: Es besteht keine Verbindung. Ihre Eingaben bleiben; speichern Sie, sobald sie \
     wieder besteht.",
    "Non enregistré : il n’y a pas de connexion. Votre saisie est conservée ; enregistrez dès que la \
     connexion est rétablie.",
    "Non salvato: manca la connessione. I dati immessi restano; salvare di nuovo quando la connessione è \
     ristabilita.",
    "No se ha guardado: no hay conexión. Lo que ha escrito se conserva; guarde de nuevo cuando se \
     restablezca.",
    "Niet opgeslagen: er is geen verbinding. Uw invoer blijft behouden; sla opnieuw op zodra de \
     verbinding terug is.",
];

/// It may have been saved: the connection broke.
pub const CONNECTION_LOST: Words = words![
    "The connection broke while saving. Your input is kept; what was stored shows when it is back.",
    "Die Verbindung brach beim Speichern ab. Ihre Eingaben bleiben; was gespeichert wurde, zeigt sich, \
     sobald sie wieder besteht.",
    "La connexion s’est interrompue pendant l’enregistrement. Votre saisie est conservée ; ce qui a été \
     enregistré s’affichera une fois la connexion rétablie.",
    "La connessione si è interrotta durante il salvataggio. I dati immessi restano; quanto è stato \
     salvato si vedrà quando la connessione sarà ristabilita.",
    "La conexión se interrumpió al guardar. Lo que ha escrito se conserva; lo que se guardó se verá \
     cuando se restablezca.",
    "De verbinding werd tijdens het opslaan verbroken. Uw invoer blijft behouden; wat er is opgeslagen, \
     ziet u zodra de verbinding terug is.",
];

/// It was not saved: no rights.
pub const ACCESS_DENIED: Words = words![
    "Not saved: the service denies this login to write settings.",
    "Nicht gespeichert: Der Dienst erlaubt dieser Anmeldung nicht, Einstellungen zu schreiben.",
    "Non enregistré : le service n’autorise pas cette session à modifier les paramètres.",
    "Non salvato: il servizio non consente a questo accesso di modificare le impostazioni.",
    "No se ha guardado: el servicio no permite a este inicio de sesión modificar la configuración.",
    "Niet opgeslagen: de service staat deze aanmelding niet toe om instellingen te wijzigen.",
];

/// It was not saved, and the service does not say why.
pub const FAILED: Words = words![
    "Not saved: the service could not store the settings. Its log says why.",
    "Nicht gespeichert: Der Dienst konnte die Einstellungen nicht ablegen. Sein Protokoll sagt, warum.",
    "Non enregistré : le service n’a pas pu stocker les paramètres. Son journal en donne la raison.",
    "Non salvato: il servizio non ha potuto memorizzare le impostazioni. Il motivo è nel suo registro.",
    "No se ha guardado: el servicio no pudo almacenar la configuración. Su registro indica el motivo.",
    "Niet opgeslagen: de service kon de instellingen niet bewaren. In het logboek staat waarom.",
];

/// It was not saved: `$0` is wrong, which this form does not know.
pub const FAILED_ITEM: Words = words![
    "Not saved: the service does not take “$0”. Is this form older than the service?",
    "Nicht gespeichert: Der Dienst nimmt „$0“ nicht an. Ist dieses Formular älter als der Dienst?",
    "Non enregistré : le service n’accepte pas « $0 ». Ce formulaire est-il plus ancien que le service ?",
    "Non salvato: il servizio non accetta “$0”. Questo modulo è meno recente del servizio?",
    "No se ha guardado: el servicio no acepta “$0”. ¿Es este formulario más antiguo que el servicio?",
    "Niet opgeslagen: de service accepteert “$0” niet. Is dit formulier ouder dan de service?",
];

/// It was not saved: too long for one message.
pub const TOO_LARGE: Words = words![
    "Not saved: too much text at once. Shorten it, or save in parts.",
    "Nicht gespeichert: zu viel Text auf einmal. Kürzen Sie ihn oder speichern Sie in Teilen.",
    "Non enregistré : trop de texte à la fois. Raccourcissez-le ou enregistrez en plusieurs fois.",
    "Non salvato: troppo testo in una volta. Accorciarlo o salvare in più parti.",
    "No se ha guardado: demasiado texto de una vez. Acórtelo o guarde por partes.",
    "Niet opgeslagen: te veel tekst in één keer. Maak de tekst korter of sla in delen op.",
];

/// The last save has changed `$0` items.
pub const CHANGED: Counted = counted![
    ["What was changed ($0)", "What was changed ($0)"],
    ["Was geändert wurde ($0)", "Was geändert wurde ($0)"],
    ["Ce qui a été modifié ($0)", "Ce qui a été modifié ($0)"],
    ["Che cosa è cambiato ($0)", "Che cosa è cambiato ($0)"],
    ["Qué se ha cambiado ($0)", "Qué se ha cambiado ($0)"],
    ["Wat er is gewijzigd ($0)", "Wat er is gewijzigd ($0)"]
];

/// Button: undo the last save.
pub const UNDO: Words = words![
    "Undo",
    "Rückgängig machen",
    "Annuler ces modifications",
    "Annulla le modifiche",
    "Deshacer",
    "Ongedaan maken",
];

/// The last save was undone.
pub const UNDONE: Words = words![
    "Undone: the values from before are stored again.",
    "Rückgängig gemacht: Die Werte von vorher sind wieder gespeichert.",
    "Annulé : les valeurs d’avant sont de nouveau enregistrées.",
    "Annullato: i valori precedenti sono di nuovo memorizzati.",
    "Deshecho: los valores anteriores vuelven a estar guardados.",
    "Ongedaan gemaakt: de eerdere waarden zijn weer opgeslagen.",
];

/// The last save was undone, but for passwords.
pub const UNDONE_IN_PART: Words = words![
    "Undone, except passwords and secrets: nobody knows the old ones any more. Enter them anew.",
    "Rückgängig gemacht, außer Passwörtern und Geheimnissen: Die alten kennt niemand mehr. Geben Sie sie neu ein.",
    "Annulé, sauf les mots de passe et secrets : plus personne ne connaît les anciens. Saisissez-les de nouveau.",
    "Annullato, tranne password e segreti: nessuno conosce più quelli vecchi. Immetterli di nuovo.",
    "Deshecho, excepto contraseñas y secretos: ya nadie conoce los anteriores. Introdúzcalos de nuevo.",
    "Ongedaan gemaakt, behalve wachtwoorden en geheimen: niemand kent de oude nog. Voer ze opnieuw in.",
];

/// In the place of a secret that was stored.
pub const SECRET_IS_NEW: Words =
    words!["stored", "gespeichert", "enregistré", "memorizzato", "almacenado", "bewaard"];

/// In the place of a secret that was replaced.
pub const SECRET_IS_REPLACED: Words =
    words!["replaced", "ersetzt", "remplacé", "sostituito", "sustituido", "vervangen"];

/// In the place of a secret that was removed.
pub const SECRET_IS_REMOVED: Words =
    words!["removed", "entfernt", "supprimé", "rimosso", "quitado", "verwijderd"];

/// There is unsaved input of `$0`, for instance 14:05.
pub const KEPT: Words = words![
    "This form was closed at $0 with unsaved input. Passwords and secrets were not kept.",
    "Dieses Formular wurde um $0 mit ungespeicherten Eingaben geschlossen. Passwörter und Geheimnisse wurden \
     nicht aufbewahrt.",
    "Ce formulaire a été fermé à $0 avec une saisie non enregistrée. Les mots de passe et secrets n’ont pas été \
     conservés.",
    "Questo modulo è stato chiuso alle $0 con dati non salvati. Password e segreti non sono stati conservati.",
    "Este formulario se cerró a las $0 con datos sin guardar. Las contraseñas y los secretos no se conservaron.",
    "Dit formulier is om $0 met niet-opgeslagen invoer gesloten. Wachtwoorden en geheimen zijn niet bewaard.",
];

/// Button: take that input over.
pub const RESTORE: Words = words![
    "Restore the input",
    "Eingaben wiederherstellen",
    "Rétablir la saisie",
    "Ripristina i dati",
    "Restablecer los datos",
    "Invoer terugzetten",
];

/// Button: forget that input.
pub const FORGET: Words =
    words!["Forget it", "Nicht mehr anbieten", "Ne plus proposer", "Dimentica", "Olvidarlos", "Vergeten",];
