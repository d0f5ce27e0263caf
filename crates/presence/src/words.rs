//! The words of a note in every language.
//!
//! Words marked `published` are those that innovaphone's clients show for a presence, so that people do not read
//! two words for one thing. All others, all words for *private* among them, are our translation; CLDR has none of
//! these.

use crate::blank::is_blank;
use crate::{Activity, Language};

/// The words of one language.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Words {
    /// Can be reached.
    pub free: &'static str,
    /// Occupied.
    pub busy: &'static str,
    /// Not there.
    pub away: &'static str,
    /// Does not want to be disturbed.
    pub dnd: &'static str,
    /// Around the end of the state.
    pub until: Until,
    /// In place of a title that is nobody's business.
    pub private: &'static str,
}

/// What stands around the end of the state: `«text»between«end»after`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Until {
    /// Between the text and the end.
    pub between: &'static str,
    /// After the end.
    pub after: &'static str,
}

impl Words {
    /// The word for an activity.
    pub const fn activity(&self, activity: Activity) -> &'static str {
        match activity {
            Activity::Free => self.free,
            Activity::Busy => self.busy,
            Activity::Away => self.away,
            Activity::Dnd => self.dnd,
        }
    }
}

impl Language {
    /// The words of this language.
    pub fn words(self) -> &'static Words {
        WORDS.get(self.index()).unwrap_or(&ENGLISH)
    }
}

const ENGLISH: Words = words("Free", "Busy", "Away", "Do not disturb", (" until ", ""), "Private");

/// In the order of the languages. Published means: all but the last word.
static WORDS: [Words; 26] = [
    // bs: ours
    words("Slobodan", "Zauzet", "Odsutan", "Ne uznemiravaj", (" do ", ""), "Privatno"),
    // ca: published
    words("Lliure", "Ocupat", "Absent", "No molestar", (" fins ", ""), "Privat"),
    // cs: published
    words("Volný", "Obsazeno", "Nepřítomný", "Nerušit", (" do ", ""), "Soukromé"),
    // da: ours
    words("Ledig", "Optaget", "Ikke til stede", "Forstyr ikke", (" til ", ""), "Privat"),
    // de: published
    words("Frei", "Beschäftigt", "Abwesend", "Bitte nicht stören", (" bis ", ""), "Privat"),
    // en: published
    ENGLISH,
    // es: published
    words("Libre", "Ocupado", "Ausente", "No molestar", (" hasta ", ""), "Privado"),
    // et: ours
    words("Vaba", "Hõivatud", "Eemal", "Mitte segada", (" kuni ", ""), "Privaatne"),
    // eu: published
    words("Librea", "Okupatua", "Ez dago", "Ez molestatu", (" ", " arte"), "Pribatua"),
    // fi: ours
    words("Vapaa", "Varattu", "Poissa", "Älä häiritse", (" ", " asti"), "Yksityinen"),
    // fr: published
    words("Disponible", "Occupé", "Absent", "Ne pas déranger", (" jusque ", ""), "Privé"),
    // hr: ours
    words("Slobodan", "Zauzet", "Odsutan", "Ne uznemiravaj", (" do ", ""), "Privatno"),
    // hu: the first word published, the rest ours: the published sentence means "from … to"
    words("Szabad", "Elfoglalt", "Távol", "Ne zavarjanak", (" ", "-ig"), "Magánjellegű"),
    // it: published
    words("Libero", "Occupato", "Assente", "Non disturbare", (" fino ", ""), "Privato"),
    // lv: ours
    words("Brīvs", "Aizņemts", "Prombūtnē", "Netraucēt", (" līdz ", ""), "Privāts"),
    // mk: ours
    words("Слободен", "Зафатен", "Отсутен", "Не вознемирувај", (" до ", ""), "Приватно"),
    // nl: published
    words("Beschikbaar", "Bezig", "Afwezig", "A.u.b. niet storen", (" tot ", ""), "Privé"),
    // no: ours
    words("Ledig", "Opptatt", "Borte", "Ikke forstyrr", (" til ", ""), "Privat"),
    // pl: published
    words("Wolny(a)", "Zajęty(a)", "Nieobecny(a)", "Proszę nie przeszkadzać", (" do ", ""), "Prywatne"),
    // pt: published
    words("Disponível", "Ocupado", "Ausente", "Por favor não perturbe", (" até ", ""), "Privado"),
    // ru: published
    words("Свободен", "Занят", "Отсутствует", "Не беспокоить", (" до ", ""), "Личное"),
    // sl: published
    words("Prost", "Zaseden", "Odsoten", "Ne moti", (" do ", ""), "Zasebno"),
    // sr: ours, in Latin script
    words("Slobodan", "Zauzet", "Odsutan", "Ne uznemiravaj", (" do ", ""), "Privatno"),
    // sv: published
    words("tillgänglig", "Upptagen", "Frånvarande", "Stör ej", (" till ", ""), "Privat"),
    // th: ours
    words("ว่าง", "ไม่ว่าง", "ไม่อยู่", "ห้ามรบกวน", (" ถึง ", ""), "ส่วนตัว"),
    // tr: ours; a suffix on the end would have to follow the sound of its last figure
    words("Müsait", "Meşgul", "Uzakta", "Rahatsız etmeyin", (" şu zamana kadar: ", ""), "Özel"),
];

const fn words(
    free: &'static str,
    busy: &'static str,
    away: &'static str,
    dnd: &'static str,
    (between, after): (&'static str, &'static str),
    private: &'static str,
) -> Words {
    Words { free, busy, away, dnd, until: Until { between, after }, private }
}

/// Whether a text is the lone word for Free in any language, without regard to letter case.
pub(crate) fn is_lone_free(text: &str) -> bool {
    let word = text.trim_matches(is_blank);
    Language::ALL.into_iter().any(|language| equal_folded(word, language.words().free))
}

fn equal_folded(text: &str, word: &str) -> bool {
    text.chars().map(fold).eq(word.chars().map(fold))
}

/// Lower case for the letters that the words for Free are written with. The tables for all of Unicode would take
/// a good part of what the browser loads.
const fn fold(letter: char) -> char {
    match letter {
        'A'..='Z' => letter.to_ascii_lowercase(),
        // Turkish capital i with dot.
        'İ' => 'i',
        'Ä' => 'ä',
        'Í' => 'í',
        'Ü' => 'ü',
        'Ý' => 'ý',
        'Ī' => 'ī',
        'Б' => 'б',
        'В' => 'в',
        'Д' => 'д',
        'Е' => 'е',
        'Л' => 'л',
        'Н' => 'н',
        'О' => 'о',
        'С' => 'с',
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::{equal_folded, is_lone_free};
    use crate::{Activity, Language};
    use alloc::string::String;

    #[test]
    fn every_word_of_every_language_is_there() {
        for language in Language::ALL {
            let words = language.words();
            let all = Activity::ALL.map(|activity| words.activity(activity));
            for word in all.into_iter().chain([words.private]) {
                assert!(
                    !word.is_empty() && word.trim() == word && !word.contains('#'),
                    "{language:?}: {word:?}"
                );
            }
            assert!(
                words.until.between.starts_with(' ') && !words.until.after.ends_with(' '),
                "{language:?}"
            );
        }
    }

    #[test]
    fn letter_case_does_not_matter_in_any_word_for_free() {
        for language in Language::ALL {
            let free = language.words().free;
            let (upper, lower): (String, String) = (
                free.chars().flat_map(char::to_uppercase).collect(),
                free.chars().flat_map(char::to_lowercase).collect(),
            );
            assert!(is_lone_free(&upper) && is_lone_free(&lower) && is_lone_free(free), "{language:?}");
        }
        assert!(equal_folded("MÜSAİT", "Müsait"));
        assert!(!is_lone_free("Free beer") && !is_lone_free(""));
    }
}
