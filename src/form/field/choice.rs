use calendar::settings::{Item, Kind, Value};
use leptos::prelude::*;
use ui::{El, el};
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;

use super::tied;
use crate::form::session::Form;
use crate::platform::language_name;
use crate::text;

/// Field of an item with choices.
pub fn select(form: Form, item: Item, words: &'static [&'static str]) -> El {
    let option = move |(index, &word): (usize, &&'static str)| {
        el("option")
            .attr("value", word)
            .flag("selected", move || form.draft(|draft| draft.settings().get(item) == Value::Choice(index)))
            .text(move || choice(form, item, index))
    };
    let choose = move |event: &web_sys::Event| {
        let select = event.target().map(JsCast::unchecked_into::<HtmlSelectElement>);
        if let Some(Ok(index)) = select.map(|select| usize::try_from(select.selected_index())) {
            form.edit(|draft| draft.set(item, Value::Choice(index)));
        }
    };
    tied(form, item, "select").children(words.iter().enumerate().map(option)).on("change", choose)
}

/// A choice of an item in the form's language. Names of languages come from the browser.
pub fn choice(form: Form, item: Item, index: usize) -> String {
    match item.kind() {
        Kind::Choice(words) if item == Item::PresenceLanguage => {
            let code = form.language.get().code();
            words.get(index).map(|word| language_name(code, word)).unwrap_or_default()
        }
        _ => text::choices(item).get(index).map(|&words| form.text(words).to_owned()).unwrap_or_default(),
    }
}
