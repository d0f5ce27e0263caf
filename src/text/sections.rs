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
    words!["App objects", "App-Objekte", "Objets App", "Oggetti App", "Objetos App", "App-objecten"];

/// What that section is about.
pub const APP_OBJECTS_HELP: Words = words![
    "The PBX needs two App objects that point to this service. Create them in the PBX with these \
     addresses:",
    "Die PBX braucht zwei App-Objekte, die auf diesen Dienst zeigen. Legen Sie sie in der PBX mit diesen \
     Adressen an:",
    "Le PBX a besoin de deux objets App qui renvoient à ce service. Créez-les dans le PBX avec ces \
     adresses :",
    "Il PBX ha bisogno di due oggetti App che puntano a questo servizio. Crearli nel PBX con questi \
     indirizzi:",
    "La PBX necesita dos objetos App que apunten a este servicio. Créelos en la PBX con estas direcciones:",
    "De PBX heeft twee App-objecten nodig die naar deze service verwijzen. Maak ze in de PBX aan met deze \
     adressen:",
];

/// The object that connects the PBX.
pub const CALENDAR_OBJECT: Words = words![
    "Calendar: connects the PBX with the service",
    "Calendar: verbindet die PBX mit dem Dienst",
    "Calendar : relie le PBX au service",
    "Calendar: collega il PBX al servizio",
    "Calendar: conecta la PBX con el servicio",
    "Calendar: verbindt de PBX met de service",
];

/// The object that shows the overview.
pub const ADMIN_OBJECT: Words = words![
    "Calendar Admin: shows administrators what is going on",
    "Calendar Admin: zeigt Administratoren, was geschieht",
    "Calendar Admin : montre aux administrateurs ce qui se passe",
    "Calendar Admin: mostra agli amministratori che cosa succede",
    "Calendar Admin: muestra a los administradores lo que ocurre",
    "Calendar Admin: laat beheerders zien wat er gebeurt",
];
