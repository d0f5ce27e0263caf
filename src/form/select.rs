use calendar::settings::{Item, Kind, Value};
use leptos::prelude::*;
use web_sys::HtmlSelectElement;

use super::field::{described_by, is_wrong};
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
    let chosen = Memo::new(move |_| form.draft.with(|draft| draft.settings().get(item)));
    let choice = move |(index, &word): (usize, &&'static str)| {
        view! {
            <option value=word prop:selected=move || chosen.get() == Value::Choice(index)>
                {move || names.with(|names| names.get(index).cloned())}
            </option>
        }
    };
    view! {
        <select
            id=item.name()
            aria-describedby=described_by(item)
            aria-invalid=move || is_wrong(form, item).to_string()
            on:change=move |event| {
                let select: HtmlSelectElement = event_target(&event);
                if let Ok(index) = usize::try_from(select.selected_index()) {
                    form.edit(|draft| draft.set(item, Value::Choice(index)));
                }
            }
        >
            {words.iter().enumerate().map(choice).collect_view()}
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
