use calendar::settings::{Item, Kind, Value};
use kit::live;
use leptos::prelude::*;

use super::choice::choice;
use super::{described_by, is_wrong};
use crate::form::row::id;
use crate::form::session::Form;
use crate::text;

/// The head of the table of all kinds of appointments, for the eye: each button is named by its row and column.
#[component]
pub fn Head(form: Form) -> impl IntoView {
    let item = Item::MapBusy;
    let count = if let Kind::Choice(words) = item.kind() { words.len() } else { 0 };
    let column = |index| view! { <span>{live(move || choice(form, item, index))}</span> };
    view! {
        <div class="head" aria-hidden="true">
            <span>{form.say(text::SHOWN_AS)}</span>
            <div>{(0..count).map(column).collect::<Vec<_>>()}</div>
        </div>
    }
}

/// What a kind of appointment means, as a row of buttons below each other's, so that all rows are read at a glance.
#[component]
pub fn Matrix(form: Form, item: Item, words: &'static [&'static str]) -> impl IntoView {
    let cell = |(index, &word)| view! { <Cell form=form item=item index=index word=word /> };
    view! {
        <div
            id=item.name()
            class="matrix"
            role="radiogroup"
            tabindex="-1"
            aria-labelledby=id(item, "-label")
            aria-describedby=described_by(item)
            aria-invalid=live(move || is_wrong(form, item))
        >
            {words.iter().enumerate().map(cell).collect::<Vec<_>>()}
        </div>
    }
}

#[component]
fn Cell(form: Form, item: Item, index: usize, word: &'static str) -> impl IntoView {
    // The name of the button carries its row.
    let name = move || [form.text(text::label(item)), ": ", &choice(form, item, index)].concat();
    view! {
        <label data-presence=word>
            <input
                type="radio"
                name=item.name()
                value=word
                aria-label=live(name)
                prop:checked=live(move || form.of(item, |seen| seen.value == Value::Choice(index)))
                on:change=move |_| form.set(item, Value::Choice(index))
            />
            <span aria-hidden="true">{live(move || choice(form, item, index))}</span>
        </label>
    }
}
