use std::collections::BTreeSet;

use calendar::settings::{Item, Kind};
use words::{Language, Words};

use super::*;
use crate::{fields::*, guidance::*, hints::*, pages::*, saving::*, status::*};

#[rustfmt::skip]
const BUTTONS: &[Words] = &[
    SAVE, DISCARD, REMOVE_SECRET, KEEP_SECRET, KEEP_MINE, TAKE_THEIRS, CONNECT_NOW, USE_PBX, COPY_CLIENT, MOVE,
    USE_PLACE, WITH_TITLES, WITHOUT_TITLES, USE_GRAPH, USE_OTHER, UNDO, RESTORE, FORGET,
    PREVIEW, DRY_RUN, SHOW_USERS, TRY_AGAIN, SHOW_OBJECTS, TRANSFER, COPY, COPIED, WHOLE_WORD, REMOVE_ENTRY, SWAP_IDS,
];

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
