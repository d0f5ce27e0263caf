use calendar::settings::{Item, Kind, Value};
use leptos::prelude::*;
use web_sys::HtmlSelectElement;

use super::field::{described_by, invalid};
use super::session::Form;
use crate::platform::language_name;

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
    let option = move |(index, &word): (usize, &&'static str)| {
        let is_chosen = form.flag(move |draft| draft.settings().get(item) == Value::Choice(index));
        let name = move |form| choice(form, item, index);
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

/// A choice of an item in the form's language. Names of languages come from the browser.
pub fn choice(form: Form, item: Item, index: usize) -> String {
    let language = form.language.get();
    match item.kind() {
        Kind::Choice(words) if item == Item::PresenceLanguage => {
            words.get(index).map(|word| language_name(language.code(), word)).unwrap_or_default()
        }
        _ => language.choices(item).get(index).copied().unwrap_or_default().to_owned(),
    }
}
