//! What the preview says.

use calendar::appointment::ShowAs;
use ui::{Words, words};

use crate::preview::Preset;

/// What the preview is good for.
pub const ABOUT: Words = words![
    "An example day with the settings as you type them. Nothing of it is saved, and nobody else sees it.",
    "Ein Beispieltag mit den Einstellungen, wie Sie sie eingeben. Nichts davon wird gespeichert, niemand sonst sieht es.",
    "Une journée d’exemple avec les paramètres tels que vous les saisissez. Rien n’est enregistré et personne d’autre ne la voit.",
    "Una giornata di esempio con le impostazioni così come le inserite. Nulla viene salvato e nessun altro la vede.",
    "Un día de ejemplo con la configuración tal como la escribe. Nada se guarda y nadie más lo ve.",
    "Een voorbeelddag met de instellingen zoals u ze invoert. Er wordt niets opgeslagen en niemand anders ziet het.",
];

/// Label of the presets.
pub const PRESETS: Words = words![
    "Example day",
    "Beispieltag",
    "Journée d’exemple",
    "Giornata di esempio",
    "Día de ejemplo",
    "Voorbeelddag",
];

/// Name of a preset.
pub fn preset(preset: Preset) -> Words {
    match preset {
        Preset::Usual => words![
            "Usual day",
            "Gewöhnlicher Tag",
            "Journée ordinaire",
            "Giorno normale",
            "Día normal",
            "Gewone dag"
        ],
        Preset::Holiday => words!["Holiday", "Urlaub", "Vacances", "Ferie", "Vacaciones", "Vakantie"],
        Preset::SickNote => words![
            "Sick note from HR",
            "Krankmeldung durch Personal",
            "Arrêt maladie saisi par les RH",
            "Malattia inserita dalle RU",
            "Baja registrada por RR. HH.",
            "Ziekmelding door HR"
        ],
        Preset::HomeOffice => {
            words!["Home office", "Homeoffice", "Télétravail", "Telelavoro", "Teletrabajo", "Thuiswerken"]
        }
        Preset::BackToBack => words![
            "Back-to-back meetings",
            "Lückenlose Termine",
            "Réunions à la suite",
            "Riunioni consecutive",
            "Reuniones seguidas",
            "Vergaderingen achter elkaar"
        ],
    }
}

/// Name of the appointments.
pub const APPOINTMENTS: Words =
    words!["Appointments", "Termine", "Rendez-vous", "Appuntamenti", "Citas", "Afspraken"];

/// How an appointment is moved by keyboard.
pub const KEYS: Words = words![
    "Arrow keys move the appointment, with Shift they move its end; Delete removes it.",
    "Pfeiltasten verschieben den Termin, mit Umschalt sein Ende; Entf entfernt ihn.",
    "Les flèches déplacent le rendez-vous, avec Maj elles déplacent sa fin ; Suppr le retire.",
    "Le frecce spostano l’appuntamento, con Maiusc ne spostano la fine; Canc lo toglie.",
    "Las flechas mueven la cita, con Mayús mueven su final; Supr la quita.",
    "Pijltjestoetsen verplaatsen de afspraak, met Shift het einde ervan; Delete verwijdert haar.",
];

/// Heading over the fields of the chosen appointment.
pub const APPOINTMENT: Words =
    words!["Appointment", "Termin", "Rendez-vous", "Appuntamento", "Cita", "Afspraak"];

/// Label: title.
pub const TITLE: Words = words!["Title", "Titel", "Titre", "Titolo", "Título", "Titel"];

/// Label: what the owner says it means.
pub const SHOW_AS: Words =
    words!["Show as", "Anzeigen als", "Afficher comme", "Mostra come", "Mostrar como", "Weergeven als"];

/// A choice of that, as Outlook calls it.
pub fn show_as(show_as: ShowAs) -> Words {
    match show_as {
        ShowAs::Free => words!["Free", "Frei", "Disponible", "Disponibile", "Libre", "Vrij"],
        ShowAs::Tentative => {
            words!["Tentative", "Mit Vorbehalt", "Provisoire", "Provvisorio", "Provisional", "Voorlopig"]
        }
        ShowAs::Busy => words!["Busy", "Beschäftigt", "Occupé", "Occupato", "Ocupado", "Bezet"],
        ShowAs::Oof => words![
            "Out of office",
            "Abwesend (Out of Office)",
            "Absent du bureau",
            "Fuori sede",
            "Fuera de la oficina",
            "Niet aanwezig"
        ],
        ShowAs::WorkingElsewhere => words![
            "Working elsewhere",
            "An anderem Ort tätig",
            "Travaille ailleurs",
            "Al lavoro altrove",
            "Trabajando en otro lugar",
            "Werkt elders"
        ],
        ShowAs::NoData => {
            words!["No data", "Keine Daten", "Aucune donnée", "Nessun dato", "Sin datos", "Geen gegevens"]
        }
    }
}

/// Label: who made it.
pub const ORGANIZER: Words =
    words!["Organizer", "Organisator", "Organisateur", "Organizzatore", "Organizador", "Organisator"];

/// Somebody who is no exception.
pub const ANYBODY: Words =
    words!["Anybody", "Irgendjemand", "N’importe qui", "Una persona qualsiasi", "Cualquiera", "Wie dan ook"];

/// The organizer of exceptions, where none is configured.
pub const NO_ORGANIZER: Words = words![
    "Organizer of exceptions (none is set)",
    "Organisator der Ausnahmen (keiner angegeben)",
    "Organisateur des exceptions (aucun indiqué)",
    "Organizzatore delle eccezioni (non indicato)",
    "Organizador de excepciones (ninguno indicado)",
    "Organisator van uitzonderingen (geen opgegeven)",
];

/// Label: start.
pub const FROM: Words = words!["From", "Von", "De", "Dalle", "Desde", "Van"];

/// Label: end.
pub const TO: Words = words!["To", "Bis", "À", "Alle", "Hasta", "Tot"];

/// Label: number of whole days.
pub const DAYS: Words = words!["Days", "Tage", "Jours", "Giorni", "Días", "Dagen"];

/// Label: takes whole days.
pub const ALL_DAY: Words =
    words!["All day", "Ganztägig", "Journée entière", "Tutto il giorno", "Todo el día", "Hele dag"];

/// Label: the title is private.
pub const PRIVATE: Words = words!["Private", "Privat", "Privé", "Privato", "Privada", "Privé"];

/// Button: remove an appointment.
pub const REMOVE: Words = words!["Remove", "Entfernen", "Retirer", "Togli", "Quitar", "Verwijderen"];

/// Button: add one.
pub const ADD: Words = words![
    "Add appointment",
    "Termin hinzufügen",
    "Ajouter un rendez-vous",
    "Aggiungi appuntamento",
    "Añadir cita",
    "Afspraak toevoegen",
];

/// Nothing is on the day.
pub const NO_APPOINTMENTS: Words = words![
    "No appointments: colleagues see nothing but that the user is free.",
    "Keine Termine: Kollegen sehen nur, dass der Benutzer frei ist.",
    "Aucun rendez-vous : les collègues voient seulement que l’utilisateur est disponible.",
    "Nessun appuntamento: i colleghi vedono solo che l’utente è libero.",
    "Sin citas: los compañeros solo ven que el usuario está libre.",
    "Geen afspraken: collega’s zien alleen dat de gebruiker beschikbaar is.",
];

/// Label of the slider.
pub const TIME_OF_DAY: Words =
    words!["Time of day", "Uhrzeit", "Heure de la journée", "Ora del giorno", "Hora del día", "Tijdstip"];

/// Label: language of who looks.
pub const READS: Words = words![
    "The colleague reads",
    "Der Kollege liest",
    "Le collègue lit",
    "Il collega legge",
    "El compañero lee",
    "De collega leest",
];

/// Label: time zone of who looks.
pub const IN_ZONE: Words = words![
    "in the time zone",
    "in der Zeitzone",
    "dans le fuseau horaire",
    "nel fuso orario",
    "en la zona horaria",
    "in de tijdzone",
];

/// Heading: with the stored settings.
pub const BEFORE: Words = words!["Saved", "Gespeichert", "Enregistré", "Salvato", "Guardado", "Opgeslagen"];

/// Heading: with the settings as typed.
pub const AFTER: Words = words![
    "As typed",
    "Wie eingegeben",
    "Tel que saisi",
    "Come inserito",
    "Tal como está escrito",
    "Zoals ingevoerd"
];

/// Nothing is different on this day.
pub const SAME: Words = words![
    "What you have typed changes nothing on this day.",
    "Ihre Eingaben ändern an diesem Tag nichts.",
    "Votre saisie ne change rien ce jour-là.",
    "Quanto inserito non cambia nulla in questo giorno.",
    "Lo escrito no cambia nada en este día.",
    "Wat u hebt ingevoerd verandert niets aan deze dag.",
];

/// Colleagues see something else at `$0`.
pub const DIFFERS: Words = words![
    "What you have typed changes what colleagues see: $0.",
    "Ihre Eingaben ändern, was Kollegen sehen: $0.",
    "Votre saisie change ce que voient les collègues : $0.",
    "Quanto inserito cambia ciò che vedono i colleghi: $0.",
    "Lo escrito cambia lo que ven los compañeros: $0.",
    "Wat u hebt ingevoerd verandert wat collega’s zien: $0.",
];

/// Heading of what is seen at `$0`.
pub const SEEN_AT: Words = words![
    "What colleagues see at $0",
    "Was Kollegen um $0 sehen",
    "Ce que voient les collègues à $0",
    "Cosa vedono i colleghi alle $0",
    "Qué ven los compañeros a las $0",
    "Wat collega’s om $0 zien",
];

/// What the PBX gets.
pub const LINE: Words = words![
    "Line in the PBX",
    "Zeile in der PBX",
    "Ligne dans le PBX",
    "Riga nel PBX",
    "Línea en la PBX",
    "Regel in de PBX",
];

/// Heading of the reasons.
pub const WHY: Words = words!["Why", "Warum", "Pourquoi", "Perché", "Por qué", "Waarom"];
