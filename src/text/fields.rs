//! What the form says at its fields.

use ui::{Words, words};

/// Title of the form.
pub const TITLE: Words = words!["Calendar", "Kalender", "Calendrier", "Calendario", "Calendario", "Agenda"];

/// Mark of an item that must be present.
pub const REQUIRED: Words =
    words!["required", "erforderlich", "obligatoire", "obbligatorio", "obligatorio", "verplicht"];

/// A password is stored.
pub const SECRET_STORED: Words = words![
    "One is stored. It is never shown; type a new one to replace it.",
    "Gespeichert. Es wird nie angezeigt; geben Sie ein neues ein, um es zu ersetzen.",
    "Une valeur est enregistrée. Elle n’est jamais affichée ; saisissez-en une nouvelle pour la remplacer.",
    "Un valore è memorizzato. Non viene mai mostrato; immetterne uno nuovo per sostituirlo.",
    "Hay un valor almacenado. Nunca se muestra; escriba uno nuevo para sustituirlo.",
    "Er is een waarde opgeslagen. Die wordt nooit getoond; typ een nieuwe om deze te vervangen.",
];

/// No password is stored.
pub const SECRET_ABSENT: Words = words![
    "None is stored.",
    "Nicht gespeichert.",
    "Aucune valeur n’est enregistrée.",
    "Nessun valore memorizzato.",
    "No hay ningún valor almacenado.",
    "Er is geen waarde opgeslagen.",
];

/// The password typed will replace the stored one.
pub const SECRET_GIVEN: Words = words![
    "Will be stored when you save.",
    "Wird mit dem Speichern übernommen.",
    "Sera prise en compte à l’enregistrement.",
    "Verrà memorizzato al salvataggio.",
    "Se aplicará al guardar.",
    "Wordt bewaard zodra u opslaat.",
];

/// The stored password will be removed.
pub const SECRET_REMOVED: Words = words![
    "The stored one will be removed when you save.",
    "Das gespeicherte wird mit dem Speichern entfernt.",
    "La valeur enregistrée sera supprimée à l’enregistrement.",
    "Il valore memorizzato verrà rimosso al salvataggio.",
    "El valor almacenado se quitará al guardar.",
    "De opgeslagen waarde wordt verwijderd zodra u opslaat.",
];

/// Button: remove the stored password.
pub const REMOVE_SECRET: Words = words![
    "Remove the stored one",
    "Gespeichertes entfernen",
    "Supprimer la valeur enregistrée",
    "Rimuovi il valore memorizzato",
    "Quitar el valor almacenado",
    "De opgeslagen waarde verwijderen",
];

/// Button: keep the stored password after all.
pub const KEEP_SECRET: Words = words![
    "Keep the stored one",
    "Gespeichertes behalten",
    "Conserver la valeur enregistrée",
    "Mantieni il valore memorizzato",
    "Conservar el valor almacenado",
    "De opgeslagen waarde behouden",
];

/// Somebody else has changed an item to `$0`.
pub const CONFLICT: Words = words![
    "Somebody else has meanwhile saved: $0",
    "Inzwischen hat jemand anders gespeichert: $0",
    "Entre-temps, quelqu’un d’autre a enregistré : $0",
    "Nel frattempo qualcun altro ha salvato: $0",
    "Entretanto, otra persona ha guardado: $0",
    "Iemand anders heeft intussen opgeslagen: $0",
];

/// Button, before the label of the item: what was typed here.
pub const KEEP_MINE: Words = words![
    "Keep mine",
    "Meinen Wert behalten",
    "Conserver ma valeur",
    "Mantieni il mio valore",
    "Conservar mi valor",
    "Mijn waarde behouden",
];

/// Button, before the label of the item: what somebody else has saved.
pub const TAKE_THEIRS: Words = words![
    "Take theirs",
    "Anderen Wert übernehmen",
    "Prendre l’autre valeur",
    "Accetta l’altro valore",
    "Aceptar el otro valor",
    "De andere waarde overnemen",
];

/// In the place of an empty value.
pub const EMPTY: Words = words!["(empty)", "(leer)", "(vide)", "(vuoto)", "(vacío)", "(leeg)"];

/// In the place of a value that is true.
pub const ON: Words = words!["on", "ein", "activé", "attivo", "activado", "aan"];

/// In the place of a value that is false.
pub const OFF: Words = words!["off", "aus", "désactivé", "disattivo", "desactivado", "uit"];
