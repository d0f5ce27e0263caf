use calendar::settings::{Item, Kind, SyncType, Value};
use kit::live;
use leptos::prelude::*;

use super::{described_by, is_wrong};
use crate::form::session::Form;
use crate::text;

/// Field of an item with choices.
#[component]
pub fn Select(form: Form, item: Item, words: &'static [&'static str]) -> impl IntoView {
    let choose = move |event| {
        let chosen = kit::value(&event);
        if let Some(index) = words.iter().position(|word| *word == chosen) {
            form.set(item, Value::Choice(index));
        }
    };
    let option = move |index: usize| view! { <Choice form=form item=item words=words index=index /> };
    let mut others = (0..words.len()).filter(|index| !is_recommended(item, *index)).map(option);
    // What is recommended comes right after what a new configuration has.
    let first = others.next();
    let recommended = (0..words.len()).find(|index| is_recommended(item, *index)).map(|index| {
        view! { <optgroup label=form.say(text::RECOMMENDED)>{option(index)}</optgroup> }
    });
    view! {
        <select
            id=item.name()
            aria-describedby=described_by(item)
            aria-invalid=live(move || is_wrong(form, item))
            on:change=choose
        >
            {first}
            {recommended}
            {others.collect::<Vec<_>>()}
        </select>
    }
}

fn is_recommended(item: Item, index: usize) -> bool {
    item == Item::SyncType && index == SyncType::Graph as usize
}

#[component]
fn Choice(form: Form, item: Item, words: &'static [&'static str], index: usize) -> impl IntoView {
    view! {
        <option
            value=words.get(index).copied()
            prop:selected=live(move || form.of(item, |seen| seen.value == Value::Choice(index)))
        >
            {live(move || choice(form, item, index))}
        </option>
    }
}

/// A choice of an item in the form's language. Names of languages come from the browser.
pub fn choice(form: Form, item: Item, index: usize) -> String {
    match item.kind() {
        Kind::Choice(words) if item == Item::PresenceLanguage => {
            let code = form.language().code();
            words.get(index).map(|word| browser::language_name(code, word)).unwrap_or_default()
        }
        _ => text::choices(item).get(index).map(|&words| form.text(words).to_owned()).unwrap_or_default(),
    }
}
