//! What export and import say.

use ui::{Counted, Words, counted, words};

/// Heading.
pub const EXPORT: Words =
    words!["Export", "Export", "Exportation", "Esportazione", "Exportación", "Exporteren"];

/// What is exported.
pub const EXPORT_ABOUT: Words = words![
    "The settings as they are saved, without passwords and secrets. What you have typed and not saved is not part of it.",
    "Die Einstellungen, wie sie gespeichert sind, ohne Passwörter und Geheimnisse. Nicht gespeicherte Eingaben gehören nicht dazu.",
    "Les paramètres tels qu’ils sont enregistrés, sans mots de passe ni secrets. Une saisie non enregistrée n’en fait pas partie.",
    "Le impostazioni così come sono salvate, senza password e segreti. Quanto inserito e non salvato non ne fa parte.",
    "Los ajustes tal como están guardados, sin contraseñas ni secretos. Lo que haya escrito sin guardar no se incluye.",
    "De instellingen zoals ze zijn opgeslagen, zonder wachtwoorden en geheimen. Invoer die niet is opgeslagen hoort er niet bij.",
];

/// Link: store a file.
pub const EXPORT_FILE: Words = words![
    "Export to a file",
    "In eine Datei exportieren",
    "Exporter dans un fichier",
    "Esporta in un file",
    "Exportar a un archivo",
    "Naar een bestand exporteren",
];

/// Button: copy the text of such a file.
pub const COPY: Words = words![
    "Copy as text",
    "Als Text kopieren",
    "Copier sous forme de texte",
    "Copia come testo",
    "Copiar como texto",
    "Als tekst kopiëren",
];

/// It was copied.
pub const COPIED: Words = words!["Copied.", "Kopiert.", "Copié.", "Copiato.", "Copiado.", "Gekopieerd."];

/// It could not be copied.
pub const NOT_COPIED: Words = words![
    "The browser does not allow copying here. Export to a file instead.",
    "Der Browser lässt das Kopieren hier nicht zu. Exportieren Sie stattdessen in eine Datei.",
    "Le navigateur n’autorise pas la copie ici. Exportez plutôt dans un fichier.",
    "Il browser non permette di copiare qui. Esportare invece in un file.",
    "El navegador no permite copiar aquí. Exporte a un archivo.",
    "De browser staat kopiëren hier niet toe. Exporteer in plaats daarvan naar een bestand.",
];

/// Heading.
pub const IMPORT: Words =
    words!["Import", "Import", "Importation", "Importazione", "Importación", "Importeren"];

/// How an import goes.
pub const IMPORT_ABOUT: Words = words![
    "You see first what would change. Nothing is saved before you press Save.",
    "Sie sehen zuerst, was sich ändern würde. Gespeichert wird nichts, bevor Sie auf Speichern drücken.",
    "Vous voyez d’abord ce qui changerait. Rien n’est enregistré avant que vous n’appuyiez sur Enregistrer.",
    "Si vede prima che cosa cambierebbe. Nulla viene salvato prima di premere Salva.",
    "Primero ve qué cambiaría. No se guarda nada hasta que pulse Guardar.",
    "U ziet eerst wat er zou veranderen. Er wordt niets opgeslagen voordat u op Opslaan drukt.",
];

/// Button: choose a file to import.
pub const CHOOSE_FILE: Words = words![
    "Choose a file",
    "Datei wählen",
    "Choisir un fichier",
    "Scegli un file",
    "Elegir un archivo",
    "Bestand kiezen",
];

/// Beside that button.
pub const OR_DROP: Words = words![
    "or drop it here",
    "oder hierher ziehen",
    "ou le déposer ici",
    "o trascinarlo qui",
    "o soltarlo aquí",
    "of hierheen slepen",
];

/// Label: text to import.
pub const PASTE: Words = words![
    "Or paste its text",
    "Oder seinen Text einfügen",
    "Ou coller son texte",
    "O incollarne il testo",
    "O pegar su texto",
    "Of de tekst ervan plakken",
];

/// The file could not be read.
pub const UNREADABLE: Words = words![
    "This file could not be read. Choose it again, or paste its text.",
    "Diese Datei ließ sich nicht lesen. Wählen Sie sie noch einmal, oder fügen Sie ihren Text ein.",
    "Ce fichier n’a pas pu être lu. Choisissez-le de nouveau ou collez son texte.",
    "Impossibile leggere questo file. Sceglierlo di nuovo o incollarne il testo.",
    "No se pudo leer este archivo. Elíjalo de nuevo o pegue su texto.",
    "Dit bestand kon niet worden gelezen. Kies het opnieuw of plak de tekst ervan.",
];

/// It would change nothing.
pub const SAME: Words = words![
    "Nothing would change: the form already says the same.",
    "Es würde sich nichts ändern: Im Formular steht schon dasselbe.",
    "Rien ne changerait : le formulaire dit déjà la même chose.",
    "Non cambierebbe nulla: il modulo dice già lo stesso.",
    "No cambiaría nada: el formulario ya dice lo mismo.",
    "Er zou niets veranderen: in het formulier staat al hetzelfde.",
];

/// It would change `$0` items.
pub const CHANGES: Counted = counted![
    ["One setting of the form would change:", "$0 settings of the form would change:"],
    [
        "Eine Einstellung des Formulars würde sich ändern:",
        "$0 Einstellungen des Formulars würden sich ändern:"
    ],
    ["$0 paramètre du formulaire changerait :", "$0 paramètres du formulaire changeraient :"],
    ["Cambierebbe un’impostazione del modulo:", "Cambierebbero $0 impostazioni del modulo:"],
    ["Cambiaría un ajuste del formulario:", "Cambiarían $0 ajustes del formulario:"],
    [
        "Eén instelling van het formulier zou veranderen:",
        "$0 instellingen van het formulier zouden veranderen:"
    ],
];

/// What an import leaves as it is.
pub const PASSWORDS_STAY: Words = words![
    "Passwords and secrets that are stored stay.",
    "Gespeicherte Passwörter und Geheimnisse bleiben.",
    "Les mots de passe et secrets enregistrés sont conservés.",
    "Le password e i segreti memorizzati restano.",
    "Las contraseñas y los secretos almacenados se conservan.",
    "Opgeslagen wachtwoorden en geheimen blijven behouden.",
];

/// It is something else.
pub const FOREIGN: Words = words![
    "This is not a configuration of the calendar. Take a file as the export writes it, from the first brace to the last.",
    "Das ist keine Konfiguration des Kalenders. Nehmen Sie eine Datei, wie der Export sie schreibt, von der ersten bis zur letzten Klammer.",
    "Ce n’est pas une configuration du calendrier. Prenez un fichier tel que l’exportation l’écrit, de la première à la dernière accolade.",
    "Non è una configurazione del calendario. Usare un file come lo scrive l’esportazione, dalla prima all’ultima parentesi graffa.",
    "No es una configuración del calendario. Use un archivo tal como lo escribe la exportación, de la primera llave a la última.",
    "Dit is geen configuratie van de agenda. Neem een bestand zoals de export het schrijft, van de eerste tot de laatste accolade.",
];

/// It is of a newer version.
pub const NEWER: Words = words![
    "A newer version of the calendar has written this. Update the calendar here first.",
    "Das hat eine neuere Version des Kalenders geschrieben. Aktualisieren Sie zuerst den Kalender hier.",
    "Une version plus récente du calendrier a écrit ceci. Mettez d’abord à jour le calendrier ici.",
    "È stato scritto da una versione più recente del calendario. Aggiornare prima il calendario qui.",
    "Lo ha escrito una versión más reciente del calendario. Actualice primero el calendario aquí.",
    "Een nieuwere versie van de agenda heeft dit geschreven. Werk eerst de agenda hier bij.",
];

/// Values in it are wrong.
pub const WRONG: Words = words![
    "This cannot be taken over. Correct it first:",
    "Das lässt sich nicht übernehmen. Berichtigen Sie zuerst:",
    "Ceci ne peut pas être repris. Corrigez d’abord :",
    "Non può essere ripreso. Correggere prima:",
    "No se puede aplicar. Corrija primero:",
    "Dit kan niet worden overgenomen. Verbeter eerst:",
];

/// Of an item: it is a password.
pub const SECRET: Words = words![
    "Passwords and secrets do not belong in a file. Remove it there, and enter it in the form.",
    "Passwörter und Geheimnisse gehören nicht in eine Datei. Entfernen Sie es dort, und geben Sie es im Formular ein.",
    "Les mots de passe et secrets n’ont pas leur place dans un fichier. Retirez-le du fichier et saisissez-le dans le formulaire.",
    "Password e segreti non vanno in un file. Toglierlo dal file e immetterlo nel modulo.",
    "Las contraseñas y los secretos no van en un archivo. Quítelo de él e introdúzcalo en el formulario.",
    "Wachtwoorden en geheimen horen niet in een bestand. Verwijder het daar en voer het in het formulier in.",
];

/// Of an item: nobody knows it.
pub const UNKNOWN: Words = words![
    "There is no such setting. Correct its name, or remove it.",
    "Diese Einstellung gibt es nicht. Berichtigen Sie den Namen, oder entfernen Sie sie.",
    "Ce paramètre n’existe pas. Corrigez son nom ou retirez-le.",
    "Questa impostazione non esiste. Correggerne il nome o toglierla.",
    "Este ajuste no existe. Corrija su nombre o quítelo.",
    "Deze instelling bestaat niet. Verbeter de naam of verwijder de instelling.",
];

/// Of an item: the service fills it.
pub const READ_ONLY: Words = words![
    "The service fills this in by itself. Remove it.",
    "Das füllt der Dienst selbst aus. Entfernen Sie es.",
    "Le service remplit ceci lui-même. Retirez-le.",
    "Lo compila il servizio stesso. Toglierlo.",
    "Esto lo rellena el propio servicio. Quítelo.",
    "Dit vult de service zelf in. Verwijder het.",
];

/// Of an item: it is none of the words `$0`.
pub const ONE_OF: Words = words![
    "This value does not fit. Possible is one of: $0.",
    "Dieser Wert passt nicht. Möglich ist einer von diesen: $0.",
    "Cette valeur ne convient pas. Valeurs possibles : $0.",
    "Questo valore non va bene. Valori possibili: $0.",
    "Este valor no sirve. Valores posibles: $0.",
    "Deze waarde past niet. Mogelijk is een van deze: $0.",
];

/// Of an item: it is no text.
pub const TEXT: Words = words![
    "This value does not fit. Write a text in quotation marks.",
    "Dieser Wert passt nicht. Schreiben Sie einen Text in Anführungszeichen.",
    "Cette valeur ne convient pas. Écrivez un texte entre guillemets.",
    "Questo valore non va bene. Scrivere un testo tra virgolette.",
    "Este valor no sirve. Escriba un texto entre comillas.",
    "Deze waarde past niet. Schrijf een tekst tussen aanhalingstekens.",
];

/// Button: put the values into the form.
pub const TAKE: Words = words![
    "Take over into the form",
    "Ins Formular übernehmen",
    "Reprendre dans le formulaire",
    "Riprendi nel modulo",
    "Pasar al formulario",
    "In het formulier overnemen",
];

/// They were.
pub const TAKEN: Words = words![
    "Taken over into the form, but not saved yet. Look at the marked fields, then press Save, or Discard to take it back.",
    "Ins Formular übernommen, aber noch nicht gespeichert. Sehen Sie sich die markierten Felder an, und drücken Sie dann auf Speichern, oder auf Verwerfen, um es zurückzunehmen.",
    "Repris dans le formulaire, mais pas encore enregistré. Vérifiez les champs marqués, puis appuyez sur Enregistrer, ou sur Abandonner pour revenir en arrière.",
    "Ripreso nel modulo, ma non ancora salvato. Controllare i campi contrassegnati, poi premere Salva, oppure Scarta per tornare indietro.",
    "Pasado al formulario, pero aún sin guardar. Revise los campos marcados y pulse Guardar, o Descartar para deshacerlo.",
    "In het formulier overgenomen, maar nog niet opgeslagen. Bekijk de gemarkeerde velden en druk dan op Opslaan, of op Verwerpen om het ongedaan te maken.",
];

/// Button: do not import it.
pub const CANCEL: Words = words!["Cancel", "Abbrechen", "Annuler", "Annulla", "Cancelar", "Annuleren"];

/// In the place of an empty value.
pub const EMPTY: Words = words!["(empty)", "(leer)", "(vide)", "(vuoto)", "(vacío)", "(leeg)"];

/// In the place of a value that is true.
pub const ON: Words = words!["on", "ein", "activé", "attivo", "activado", "aan"];

/// In the place of a value that is false.
pub const OFF: Words = words!["off", "aus", "désactivé", "disattivo", "desactivado", "uit"];
