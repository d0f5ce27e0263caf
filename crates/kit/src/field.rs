use leptos::prelude::*;
use leptos::text_prop::TextProp;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};

use crate::flag::Flag;
use crate::live::live;

/// A field under its label.
#[component]
pub fn Labelled(
    /// The label.
    #[prop(into)]
    label: TextProp,
    /// The field.
    children: Children,
) -> impl IntoView {
    view! {
        <label>
            <span>{live(move || label.get())}</span>
            {children()}
        </label>
    }
}

/// A switch with its label behind it.
#[component]
pub fn Switch(
    /// The label.
    #[prop(into)]
    label: TextProp,
    /// Whether it is on.
    #[prop(into)]
    on: Flag,
    /// What is done when it is switched.
    #[prop(into)]
    set: Callback<bool>,
) -> impl IntoView {
    view! {
        <label class="switch">
            <input
                type="checkbox"
                prop:checked=live(move || on.get())
                on:change=move |event| set.run(is_checked(&event))
            />
            <span>{live(move || label.get())}</span>
        </label>
    }
}

/// What stands in the field that an event comes from: an `input`, a `select` or a `textarea`.
pub fn value(event: &Event) -> String {
    field(event).map(|field| field.value()).unwrap_or_default()
}

/// Whether the box or the radio button that an event comes from is checked.
pub fn is_checked(event: &Event) -> bool {
    field(event).is_some_and(|field| field.checked())
}

/// Whether what was typed into the field that an event comes from is not yet something: a part of a date.
pub fn is_unfinished(event: &Event) -> bool {
    field(event).is_some_and(|field| !field.check_validity())
}

/// All kinds of fields have the few properties that are asked for here.
fn field(event: &Event) -> Option<HtmlInputElement> {
    event.target().map(JsCast::unchecked_into)
}

/// Puts a text into the field that an event comes from.
pub fn put_value(event: &Event, text: &str) {
    if let Some(field) = field(event) {
        field.set_value(text);
    }
}
