//! Why an appointment leads, waits or is left out.

use calendar::decide::{Criterion, LeftOut, Match};
use ui::{Language, Words, fill, words};

use crate::preview::Verdict;

const LEADS: Words =
    words!["is shown", "wird angezeigt", "est affiché", "viene mostrato", "se muestra", "wordt getoond",];

const NEXT: Words = words![
    "is announced as the next one",
    "wird als nächster angekündigt",
    "est annoncé comme le suivant",
    "viene annunciato come il prossimo",
    "se anuncia como la siguiente",
    "wordt als volgende aangekondigd",
];

const WAITS: Words = words![
    "waits: it starts later",
    "wartet: Er beginnt später",
    "attend : il commence plus tard",
    "attende: inizia più tardi",
    "espera: empieza más tarde",
    "wacht: ze begint later",
];

const BEHIND: Words = words![
    "waits behind “$0”: $1",
    "wartet hinter „$0“: $1",
    "attend derrière « $0 » : $1",
    "attende dietro “$0”: $1",
    "espera detrás de “$0”: $1",
    "wacht achter “$0”: $1",
];

const FIRST: Words = words![
    "the keyword “$0” puts it first",
    "das Schlüsselwort „$0“ stellt ihn voran",
    "le mot-clé « $0 » le met en premier",
    "la parola chiave “$0” lo mette per primo",
    "la palabra clave “$0” la pone primero",
    "het trefwoord “$0” zet haar vooraan",
];

const LAST: Words = words![
    "the keyword “$0” puts it last",
    "das Schlüsselwort „$0“ stellt ihn zurück",
    "le mot-clé « $0 » le met en dernier",
    "la parola chiave “$0” lo mette per ultimo",
    "la palabra clave “$0” la pone al final",
    "het trefwoord “$0” zet haar achteraan",
];

/// What became of an appointment, after its title. `titles` are those of all appointments.
pub fn sentence(language: Language, verdict: Verdict, keyword: Option<&Match>, titles: &[String]) -> String {
    let say = |words: Words| words.in_language(language);
    let mut sentence = match verdict {
        Verdict::Leads => say(LEADS).to_owned(),
        Verdict::Next => say(NEXT).to_owned(),
        Verdict::Waits => say(WAITS).to_owned(),
        Verdict::Behind(place, by) => {
            let title = titles.get(place).map(String::as_str).unwrap_or_default();
            fill(say(BEHIND), &[title, say(criterion(by))])
        }
        Verdict::LeftOut(left_out) => say(why_left_out(left_out)).to_owned(),
    };
    if let Some(Match { keyword, first }) = keyword {
        sentence.push_str("; ");
        sentence.push_str(&fill(say(if *first { FIRST } else { LAST }), &[keyword]));
    }
    sentence
}

fn criterion(by: Criterion) -> Words {
    match by {
        Criterion::Rank => words![
            "the prioritized keywords decide",
            "die priorisierten Schlüsselwörter entscheiden",
            "les mots-clés prioritaires décident",
            "decidono le parole chiave con priorità",
            "deciden las palabras clave con prioridad",
            "de trefwoorden met voorrang beslissen",
        ],
        Criterion::Activity => words![
            "away comes before do not disturb, busy and free",
            "Abwesend kommt vor Nicht stören, Beschäftigt und Frei",
            "Absent passe avant Ne pas déranger, Occupé et Disponible",
            "Assente precede Non disturbare, Occupato e Libero",
            "Ausente va antes que No molestar, Ocupado y Libre",
            "Afwezig gaat vóór Niet storen, Bezig en Beschikbaar",
        ],
        Criterion::LaterStart => words![
            "that one starts later",
            "jener beginnt später",
            "celui-là commence plus tard",
            "quello inizia più tardi",
            "aquella empieza más tarde",
            "die begint later",
        ],
        Criterion::EarlierEnd => words![
            "that one ends earlier",
            "jener endet früher",
            "celui-là finit plus tôt",
            "quello finisce prima",
            "aquella termina antes",
            "die eindigt eerder",
        ],
        Criterion::Id => words![
            "both are alike, one must be first",
            "beide sind gleich, einer muss der erste sein",
            "les deux sont pareils, il en faut un premier",
            "sono uguali, uno deve essere il primo",
            "son iguales, una debe ser la primera",
            "ze zijn gelijk, één moet de eerste zijn",
        ],
    }
}

fn why_left_out(left_out: LeftOut) -> Words {
    match left_out {
        LeftOut::Cancelled => words![
            "does not count: it is cancelled",
            "zählt nicht: Er ist abgesagt",
            "ne compte pas : il est annulé",
            "non conta: è annullato",
            "no cuenta: está cancelada",
            "telt niet: ze is geannuleerd",
        ],
        LeftOut::Declined => words![
            "does not count: it is declined",
            "zählt nicht: Er ist abgelehnt",
            "ne compte pas : il est refusé",
            "non conta: è rifiutato",
            "no cuenta: está rechazada",
            "telt niet: ze is afgewezen",
        ],
        LeftOut::ShownAsFree => words![
            "does not count: it is shown as free",
            "zählt nicht: Er ist als frei angezeigt",
            "ne compte pas : il est affiché comme disponible",
            "non conta: è mostrato come disponibile",
            "no cuenta: se muestra como libre",
            "telt niet: ze wordt als vrij weergegeven",
        ],
        LeftOut::Ignored => words![
            "does not count: the mapping ignores it",
            "zählt nicht: Die Zuordnung ignoriert ihn",
            "ne compte pas : la correspondance l’ignore",
            "non conta: la corrispondenza lo ignora",
            "no cuenta: la asignación la ignora",
            "telt niet: de toewijzing negeert haar",
        ],
        LeftOut::NoDuration => words![
            "does not count: it does not last at all",
            "zählt nicht: Er hat keine Dauer",
            "ne compte pas : il n’a aucune durée",
            "non conta: non ha durata",
            "no cuenta: no tiene duración",
            "telt niet: ze heeft geen duur",
        ],
        LeftOut::Ended => {
            words!["is over", "ist vorbei", "est terminé", "è finito", "ya terminó", "is voorbij"]
        }
        LeftOut::TooMany => words![
            "does not count: 2000 others are nearer",
            "zählt nicht: 2000 andere sind näher",
            "ne compte pas : 2000 autres sont plus proches",
            "non conta: altri 2000 sono più vicini",
            "no cuenta: otras 2000 están más cerca",
            "telt niet: 2000 andere zijn dichterbij",
        ],
        LeftOut::TooFar => words![
            "does not count yet: it starts more than 48 hours ahead",
            "zählt noch nicht: Er beginnt erst in mehr als 48 Stunden",
            "ne compte pas encore : il commence dans plus de 48 heures",
            "non conta ancora: inizia fra più di 48 ore",
            "no cuenta todavía: empieza dentro de más de 48 horas",
            "telt nog niet: ze begint pas over meer dan 48 uur",
        ],
    }
}
