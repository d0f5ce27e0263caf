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
