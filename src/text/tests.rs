use std::collections::BTreeSet;

use calendar::settings::{Code, Item, Kind, Section};
use ui::{Counted, Language, Words};

use super::*;

const SECTIONS: [Section; 3] = [Section::Pbx, Section::Exchange, Section::Mapping];

const CODES: [Code; 21] = [
    Code::Required,
    Code::PbxName,
    Code::TimeZone,
    Code::Duplicate,
    Code::User,
    Code::Email,
    Code::Https,
    Code::Path,
    Code::Range,
    Code::Guid,
    Code::Tenant,
    Code::ReadOnly,
    Code::Date,
    Code::Pem,
    Code::Url,
    Code::Type,
    Code::Choice,
    Code::UnknownItem,
    Code::Insecure,
    Code::Encryption,
    Code::SecretAgain,
];

#[rustfmt::skip]
const BUTTONS: &[Words] = &[
    SAVE, DISCARD, REMOVE_SECRET, KEEP_SECRET, KEEP_MINE, TAKE_THEIRS, CONNECT_NOW, USE_PBX, COPY_CLIENT, MOVE,
    USE_PLACE, WITH_TITLES, WITHOUT_TITLES, USE_GRAPH, USE_OTHER, UNDO, RESTORE, FORGET,
    PREVIEW, DRY_RUN, SHOW_USERS, TRY_AGAIN, SHOW_OBJECTS, TRANSFER, COPY, COPIED, WHOLE_WORD, REMOVE_ENTRY, SWAP_IDS,
];

#[rustfmt::skip]
const CONSTANTS: &[Words] = &[
    TITLE, REQUIRED, CLOUD_IS_GONE, EWS_ENDS, SECRET_STORED, SECRET_ABSENT, SECRET_GIVEN, SECRET_REMOVED,
    REMOVE_SECRET, KEEP_SECRET, CONFLICT, KEEP_MINE, TAKE_THEIRS, EMPTY, ON, OFF, SAVE, DISCARD, UNCHANGED, SAVING,
    SAVED, NOTHING_TO_SAVE, SETTLE_FIRST, NOT_CONNECTED, CONNECTION_LOST, ACCESS_DENIED, FAILED, FAILED_ITEM,
    TOO_LARGE, CONNECTING, LOGGING_IN, CONNECTED, WAITING, CONNECT_NOW, UNREACHABLE, NO_LOGIN, LOGIN_REFUSED,
    NO_ACCESS, SYNC_OFF, SYNC_STARTING, SYNC_ERROR, SYNC_NOT_SUPPORTED, PBX_CONNECTED, PBX_MISSING, PBX_OTHER,
    PREVIEW, DRY_RUN, USERS, ABOUT_USERS, SHOW_USERS, PAGE_LOADING, PAGE_FAILED, TRY_AGAIN,
    SHOW_OBJECTS, APP_OBJECTS, APP_OBJECTS_HELP, TRANSFER,
    AGE, USE_PBX, SECRET_EXPIRES, SECRET_EXPIRED,
    FOR_ALL, EWS_ENDED, EWS_END_UNKNOWN, LIST_CLIENT, COPY_CLIENT, MOVE, MOVE_KEEPS, GRANT, MOVE_AFTER, FIRST_STEPS,
    FIRST_STEPS_ABOUT, ASK_PLACE, USE_PLACE, ASK_TITLES, WITH_TITLES, WITHOUT_TITLES, ASK_TYPE, USE_GRAPH, USE_OTHER,
    UNDONE, UNDONE_IN_PART, UNDO, SECRET_IS_NEW, SECRET_IS_REPLACED, SECRET_IS_REMOVED, KEPT, RESTORE,
    FORGET, MORE, RECOMMENDED, COPY, COPIED, CHOOSE_FILE, TIME_ZONES, WHOLE_WORD, REMOVE_ENTRY, TRY_TITLE,
    TRY_TITLE_EXAMPLE, COUNTS_FIRST, COUNTS_LAST, COUNTS_AS_USUAL, EXPIRES, EXPIRED, SWAP_IDS, MIXUP_SWAPPED,
    MIXUP_SAME, MIXUP_TENANT_AS_CLIENT, MIXUP_CLIENT_AS_TENANT, MIXUP_OBJECT_ID, MIXUP_SECRET_ID,
    MIXUP_SECRET_ID_AS_ID, MIXUP_MICROSOFTS, MIXUP_MASKED, MIXUP_ODD_SECRET,
];

const COUNTED: &[Counted] = &[CHANGES, PROBLEMS, SYNC_RUNNING, UNMATCHED, CHANGED];

/// All texts without a number.
fn all() -> Vec<Words> {
    let items = Item::ALL.iter().flat_map(|&item| [&[label(item), help(item)], choices(item)].concat());
    let sections = SECTIONS.into_iter().flat_map(|section| [heading(section), about(section)]);
    items
        .chain(Item::ALL.iter().filter_map(|&item| more(item)))
        .chain(sections)
        .chain(CODES.map(problem))
        .chain(CONSTANTS.iter().copied())
        .collect()
}

/// A text in all languages.
fn in_all(words: Words) -> [&'static str; 6] {
    Language::ALL.map(|language| words.in_language(language))
}

/// The places to fill that a text has.
fn places(text: &str) -> BTreeSet<String> {
    text.match_indices('$').map(|(at, _)| text[at..].chars().take(2).collect()).collect()
}

#[test]
fn the_tests_know_every_constant() {
    let files = [
        include_str!("fields.rs"),
        include_str!("guidance.rs"),
        include_str!("hints.rs"),
        include_str!("pages.rs"),
        include_str!("saving.rs"),
        include_str!("sections.rs"),
        include_str!("status.rs"),
    ];
    let constants: usize = files.map(|file| file.matches("pub const ").count()).iter().sum();
    assert_eq!(constants, CONSTANTS.len() + COUNTED.len());
}

#[test]
fn texts_are_neither_empty_nor_framed_by_blanks() {
    let counted = COUNTED.iter().flat_map(|counted| [counted.one, counted.other]);
    for text in all().into_iter().chain(counted).flat_map(in_all) {
        assert!(!text.is_empty());
        assert_eq!(text.trim(), text);
        assert!(!text.contains("  "), "{text}");
    }
}

#[test]
fn every_language_has_the_same_places_to_fill() {
    for words in all() {
        let [english, others @ ..] = in_all(words);
        for text in others {
            assert_eq!(places(text), places(english), "{text}");
        }
    }
    for &counted in COUNTED {
        for (one, other) in in_all(counted.one).into_iter().zip(in_all(counted.other)) {
            assert_eq!(places(other), BTreeSet::from(["$0".to_owned()]), "{other}");
            assert!(places(one).is_subset(&places(other)), "{one}");
        }
    }
}

#[test]
fn every_choice_has_its_words() {
    for &item in Item::ALL {
        let words = match item.kind() {
            Kind::Choice(words) if item != Item::PresenceLanguage => words.len(),
            _ => 0,
        };
        assert_eq!(choices(item).len(), words, "{}", item.name());
    }
}

#[test]
fn labels_and_choices_are_unique() {
    for language in Language::ALL {
        let labels: BTreeSet<_> = Item::ALL.iter().map(|&item| label(item).in_language(language)).collect();
        assert_eq!(labels.len(), Item::ALL.len(), "{}", language.code());
        for &item in Item::ALL {
            let names: BTreeSet<_> =
                choices(item).iter().map(|choice| choice.in_language(language)).collect();
            assert_eq!(names.len(), choices(item).len(), "{} in {}", item.name(), language.code());
        }
    }
}

#[test]
fn one_button_saves_and_one_discards() {
    for language in Language::ALL {
        for word in [SAVE, DISCARD] {
            let word = word.in_language(language);
            let buttons = BUTTONS.iter().filter(|button| button.in_language(language).starts_with(word));
            assert_eq!(buttons.count(), 1, "{word}");
        }
    }
}

#[test]
fn french_marks_stay_with_their_word() {
    let counted = COUNTED.iter().flat_map(|counted| [counted.one, counted.other]);
    for words in all().into_iter().chain(counted) {
        let text = words.in_language(Language::Fr);
        for breakable in [" :", " ;", " ?", " !", " »", "« "] {
            assert!(!text.contains(breakable), "{text}");
        }
    }
}
