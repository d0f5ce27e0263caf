use calendar::settings::{Item, Value};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::session::Form;

/// A key was pressed somewhere in the form. Ctrl+S, or ⌘S, saves. Enter does not in a field, where it would be pressed by
/// mistake; in a list of words it ends the word.
pub fn pressed(form: Form, event: &KeyboardEvent) {
    if event.default_prevented() {
        return;
    }
    let is_save = (event.ctrl_key() || event.meta_key()) && !event.alt_key() && event.key() == "s";
    if is_save {
        event.prevent_default();
        form.spawn(form.save());
    } else if event.key() == "Enter" && !event.is_composing() {
        entered(form, event);
    }
}

fn entered(form: Form, event: &KeyboardEvent) {
    // Buttons are pressed with it, and a text of several lines goes on with it.
    let Some(field) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else {
        return;
    };
    if field.type_() == "file" {
        return;
    }
    event.prevent_default();
    let is_list = |item: &Item| matches!(item, Item::PriorityWords | Item::PriorityExcludedWords);
    if let Some(item) = Item::from_name(&field.id()).filter(is_list) {
        let list = untrack(|| form.of(item, |seen| seen.text.clone()));
        let words = list.trim_end();
        if !words.is_empty() && !words.ends_with(',') {
            form.set(item, Value::Text(words.to_owned() + ", "));
        }
    }
}
