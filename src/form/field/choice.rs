use calendar::settings::{Item, Kind, SyncType, Value};
use kit::{Words, live};
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
    let option = move |index: usize| {
        let option = view! { <Choice form=form item=item words=words index=index /> };
        match group(item, index) {
            Some(words) => view! { <optgroup label=form.say(words)>{option}</optgroup> }.into_any(),
            None => option.into_any(),
        }
    };
    let is_recommended = |index: &usize| group(item, *index) == Some(text::RECOMMENDED);
    let mut others = (0..words.len()).filter(|index| !is_recommended(index)).map(option);
    // What is recommended comes right after what a new configuration has.
    let first = others.next();
    let recommended = (0..words.len()).find(is_recommended).map(option);
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

/// What is to be known of a choice before it is made. The choice itself bears the name that how-tos call it.
fn group(item: Item, index: usize) -> Option<Words> {
    let of = |sync_type: SyncType| item == Item::SyncType && index == sync_type as usize;
    match () {
        () if of(SyncType::Graph) => Some(text::RECOMMENDED),
        () if of(SyncType::Cloud) => Some(text::ENDED_CHOICE),
        () if of(SyncType::CloudAppOnly) => Some(text::ENDING_CHOICE),
        () => None,
    }
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
