use calendar::settings::{Item, Kind, SyncType, Value};
use leptos::prelude::*;
use ui::{El, el};

use super::tied;
use crate::form::session::Form;
use crate::text;

/// Field of an item with choices.
pub fn select(form: Form, item: Item, words: &'static [&'static str]) -> El {
    let choose = move |event: &web_sys::Event| {
        let chosen = ui::value(event);
        if let Some(index) = words.iter().position(|word| *word == chosen) {
            form.edit(|draft| draft.set(item, Value::Choice(index)));
        }
    };
    let options = (0..words.len()).filter(|index| !is_recommended(item, *index));
    let mut options: Vec<El> = options.map(|index| option(form, item, words, index)).collect();
    // What is recommended comes right after what a new configuration has.
    if let Some(index) = (0..words.len()).find(|index| is_recommended(item, *index)) {
        let group = el("optgroup").attr("label", form.say(text::RECOMMENDED));
        options.insert(1, group.child(option(form, item, words, index)));
    }
    tied(form, item, "select").children(options).on("change", choose)
}

fn is_recommended(item: Item, index: usize) -> bool {
    item == Item::SyncType && index == SyncType::Graph as usize
}

fn option(form: Form, item: Item, words: &'static [&'static str], index: usize) -> El {
    el("option")
        .attr("value", words.get(index).copied().unwrap_or_default())
        .flag("selected", move || form.draft(|draft| draft.settings().get(item) == Value::Choice(index)))
        .text(move || choice(form, item, index))
}

/// A choice of an item in the form's language. Names of languages come from the browser.
pub fn choice(form: Form, item: Item, index: usize) -> String {
    match item.kind() {
        Kind::Choice(words) if item == Item::PresenceLanguage => {
            let code = form.language.get().code();
            words.get(index).map(|word| browser::language_name(code, word)).unwrap_or_default()
        }
        _ => text::choices(item).get(index).map(|&words| form.text(words).to_owned()).unwrap_or_default(),
    }
}
