//! Headings of the sections, and what they are about.

use calendar::settings::Section;
use ui::{Words, words};

/// Heading of a section.
pub fn heading(section: Section) -> Words {
    match section {
        Section::Pbx => words![
            "PBX & Presence",
            "PBX & Präsenz",
            "PBX et présence",
            "PBX e presenza",
            "PBX y presencia",
            "PBX en aanwezigheid",
        ],
        Section::Exchange => words![
            "Exchange Sync",
            "Exchange-Synchronisation",
            "Synchronisation Exchange",
            "Sincronizzazione Exchange",
            "Sincronización con Exchange",
            "Exchange-synchronisatie",
        ],
        Section::Mapping => words![
            "Presence mapping",
            "Präsenzzuordnung",
            "Correspondance des présences",
            "Associazione delle presenze",
            "Asignación de presencia",
            "Toewijzing van aanwezigheid",
        ],
    }
}

/// What a section is about.
pub fn about(section: Section) -> Words {
    match section {
        Section::Pbx => words![
            "Which PBX gets the presence, and how it reads there.",
            "Welche PBX die Präsenz bekommt, und wie sie dort lautet.",
            "Quel PBX reçoit la présence, et comment elle s’y lit.",
            "Quale PBX riceve la presenza e come vi appare.",
            "Qué PBX recibe la presencia y cómo se lee en ella.",
            "Welke PBX de aanwezigheid krijgt, en hoe die daar luidt.",
        ],
        Section::Exchange => words![
            "Where the appointments come from.",
            "Woher die Termine kommen.",
            "D’où viennent les rendez-vous.",
            "Da dove vengono gli appuntamenti.",
            "De dónde vienen las citas.",
            "Waar de afspraken vandaan komen.",
        ],
        Section::Mapping => words![
            "What each kind of appointment means for the presence at the PBX.",
            "Was jede Art von Termin für die Präsenz an der PBX bedeutet.",
            "Ce que chaque type de rendez-vous signifie pour la présence au PBX.",
            "Che cosa significa ogni tipo di appuntamento per la presenza nel PBX.",
            "Qué significa cada tipo de cita para la presencia en la PBX.",
            "Wat elk soort afspraak voor de aanwezigheid op de PBX betekent.",
        ],
    }
}

/// Heading of the section about objects in the PBX.
pub const APP_OBJECTS: Words =
    words!["App objects", "App-Objekte", "Objets App", "Oggetti App", "Objetos App", "App-objecten",];

/// What that section is about.
pub const APP_OBJECTS_HELP: Words = words![
    "The two objects in the PBX that point to this service. Create, check and repair them here.",
    "Die zwei Objekte in der PBX, die auf diesen Dienst zeigen. Hier werden sie angelegt, geprüft und repariert.",
    "Les deux objets du PBX qui renvoient à ce service. C’est ici qu’on les crée, vérifie et répare.",
    "I due oggetti del PBX che puntano a questo servizio. Qui si creano, si controllano e si riparano.",
    "Los dos objetos de la PBX que apuntan a este servicio. Aquí se crean, se comprueban y se reparan.",
    "De twee objecten in de PBX die naar deze service verwijzen. Hier worden ze aangemaakt, gecontroleerd en hersteld.",
];
