use calendar::settings::{Item, Kind, Value};
use leptos::prelude::*;
use web_sys::HtmlSelectElement;

use super::field::{described_by, invalid};
use super::session::Form;
use crate::platform::language_names;

/// Field of an item with choices.
#[component]
pub fn Select(
    /// What the parts of the form share.
    form: Form,
    /// Which item.
    item: Item,
    /// The words of its choices.
    words: &'static [&'static str],
) -> impl IntoView {
    let names = Memo::new(move |_| choices(form, item));
    let option = move |(index, &word): (usize, &&'static str)| {
        let is_chosen = form.flag(move |draft| draft.settings().get(item) == Value::Choice(index));
        let name = move |_| names.with(|names| names.get(index).cloned().unwrap_or_default());
        view! { <option value=word prop:selected=is_chosen>{form.show(name)}</option> }
    };
    let choose = move |event| {
        let select: HtmlSelectElement = event_target(&event);
        if let Ok(index) = usize::try_from(select.selected_index()) {
            form.edit(|draft| draft.set(item, Value::Choice(index)));
        }
    };
    view! {
        <select
            id=item.name()
            aria-describedby=described_by(item)
            aria-invalid=invalid(form, item)
            on:change=choose
        >
            {words.iter().enumerate().map(option).collect_view()}
        </select>
    }
}

/// The choices of an item in the form's language. Names of languages come from the browser.
pub fn choices(form: Form, item: Item) -> Vec<String> {
    let language = form.language.get();
    match item.kind() {
        Kind::Choice(words) if item == Item::PresenceLanguage => language_names(language.code(), words),
        _ => language.choices(item).iter().map(|&choice| choice.to_owned()).collect(),
    }
}
