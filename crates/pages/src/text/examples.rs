//! Titles of the example appointments.

use ui::{Words, words};

pub const STAND_UP: Words =
    words!["Stand-up", "Stand-up", "Point d’équipe", "Stand-up", "Reunión diaria", "Stand-up"];

pub const REVIEW: Words = words![
    "Project review",
    "Projektbesprechung",
    "Revue de projet",
    "Revisione del progetto",
    "Revisión del proyecto",
    "Projectbespreking",
];

pub const IDEA: Words =
    words!["Ideas", "Ideenrunde", "Idées", "Giro di idee", "Ronda de ideas", "Ideeënronde"];

pub const PLANNING: Words =
    words!["Planning", "Planung", "Planification", "Pianificazione", "Planificación", "Planning"];

pub const DOCTOR: Words = words!["Dentist", "Zahnarzt", "Dentiste", "Dentista", "Dentista", "Tandarts"];

pub const HOLIDAY: Words = words!["Holiday", "Urlaub", "Vacances", "Ferie", "Vacaciones", "Vakantie"];

pub const SICK: Words =
    words!["Sick leave", "Krankmeldung", "Arrêt maladie", "Malattia", "Baja por enfermedad", "Ziekmelding"];

pub const HOME_OFFICE: Words =
    words!["Home office", "Homeoffice", "Télétravail", "Telelavoro", "Teletrabajo", "Thuiswerken"];

pub const FOCUS: Words = words![
    "Lunch run",
    "Mittagslauf",
    "Course à pied de midi",
    "Corsa di mezzogiorno",
    "Correr a mediodía",
    "Hardlopen in de pauze",
];

/// Title of an appointment that was added.
pub const NEW: Words = words![
    "New appointment",
    "Neuer Termin",
    "Nouveau rendez-vous",
    "Nuovo appuntamento",
    "Cita nueva",
    "Nieuwe afspraak",
];
