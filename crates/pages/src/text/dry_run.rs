//! What the dry run says.

use ui::{Counted, Words, counted, words};

pub use super::preview::{AFTER, BEFORE};
pub use super::users::{LOADING, UNREACHABLE};

/// Nothing was typed that bears on presence.
pub const NOTHING_TYPED: Words = words![
    "You have changed nothing yet that bears on presence. What you type is tried on all users here before it is saved.",
    "Sie haben noch nichts geändert, was die Präsenz betrifft. Was Sie eingeben, wird hier an allen Benutzern erprobt, bevor es gespeichert wird.",
    "Vous n’avez encore rien modifié qui touche à la présence. Votre saisie est essayée ici sur tous les utilisateurs avant d’être enregistrée.",
    "Non è ancora stato cambiato nulla che riguardi la presenza. Quanto inserito viene provato qui su tutti gli utenti prima di essere salvato.",
    "Aún no ha cambiado nada que afecte a la presencia. Lo que escriba se prueba aquí con todos los usuarios antes de guardarlo.",
    "U hebt nog niets gewijzigd dat de aanwezigheid betreft. Wat u invoert wordt hier op alle gebruikers geprobeerd voordat het wordt opgeslagen.",
];

/// The service does not take the settings as typed.
pub const REFUSED: Words = words![
    "The settings as typed are not valid yet. Correct the marked fields first.",
    "Die Einstellungen sind noch nicht gültig. Berichtigen Sie zuerst die markierten Felder.",
    "Les paramètres saisis ne sont pas encore valides. Corrigez d’abord les champs signalés.",
    "Le impostazioni inserite non sono ancora valide. Correggere prima i campi segnalati.",
    "La configuración escrita aún no es válida. Corrija primero los campos marcados.",
    "De ingevoerde instellingen zijn nog niet geldig. Verbeter eerst de gemarkeerde velden.",
];

/// `$0` users would be shown differently.
pub const CHANGED: Counted = counted![
    [
        "Within 48 hours one user would be shown differently.",
        "Within 48 hours $0 users would be shown differently."
    ],
    [
        "Innerhalb von 48 Stunden würde ein Benutzer anders angezeigt.",
        "Innerhalb von 48 Stunden würden $0 Benutzer anders angezeigt."
    ],
    [
        "D’ici 48 heures, $0 utilisateur serait affiché autrement.",
        "D’ici 48 heures, $0 utilisateurs seraient affichés autrement."
    ],
    [
        "Entro 48 ore un utente verrebbe mostrato diversamente.",
        "Entro 48 ore $0 utenti verrebbero mostrati diversamente."
    ],
    [
        "En 48 horas un usuario se mostraría de otra forma.",
        "En 48 horas $0 usuarios se mostrarían de otra forma."
    ],
    [
        "Binnen 48 uur zou één gebruiker anders worden getoond.",
        "Binnen 48 uur zouden $0 gebruikers anders worden getoond."
    ],
];

/// `$0` others would not.
pub const UNCHANGED: Counted = counted![
    ["One stays the same.", "$0 stay the same."],
    ["Einer bleibt gleich.", "$0 bleiben gleich."],
    ["$0 reste identique.", "$0 restent identiques."],
    ["Uno resta uguale.", "$0 restano uguali."],
    ["Uno sigue igual.", "$0 siguen igual."],
    ["Eén blijft gelijk.", "$0 blijven gelijk."],
];

/// None of `$0` users would be shown differently.
pub const NOBODY: Counted = counted![
    [
        "Within 48 hours nothing would change for the one user.",
        "Within 48 hours nothing would change for any of $0 users."
    ],
    [
        "Innerhalb von 48 Stunden würde sich für den einen Benutzer nichts ändern.",
        "Innerhalb von 48 Stunden würde sich für keinen von $0 Benutzern etwas ändern."
    ],
    [
        "D’ici 48 heures, rien ne changerait pour $0 utilisateur.",
        "D’ici 48 heures, rien ne changerait pour les $0 utilisateurs."
    ],
    [
        "Entro 48 ore non cambierebbe nulla per l’unico utente.",
        "Entro 48 ore non cambierebbe nulla per nessuno dei $0 utenti."
    ],
    [
        "En 48 horas no cambiaría nada para el único usuario.",
        "En 48 horas no cambiaría nada para ninguno de los $0 usuarios."
    ],
    [
        "Binnen 48 uur zou er voor de ene gebruiker niets veranderen.",
        "Binnen 48 uur zou er voor geen van de $0 gebruikers iets veranderen."
    ],
];

/// The difference begins at `$0`.
pub const FROM: Words = words!["from $0", "ab $0", "à partir de $0", "dalle $0", "desde $0", "vanaf $0"];
