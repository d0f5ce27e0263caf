use calendar::settings::Item;
use leptos::prelude::*;
use web_sys::HtmlInputElement;

use super::draft::Draft;
use super::field::{described_by, invalid, required};
use super::session::Form;

/// What makes a field with an `input` element one of its kind.
#[derive(Clone, Copy)]
pub struct Traits {
    /// `text`, `password` or `checkbox`.
    pub kind: &'static str,
    /// Which keyboard a telephone shows.
    pub keyboard: &'static str,
    /// Identifies the list with suggestions.
    pub suggestions: Option<&'static str>,
    /// The text that stands in it.
    pub text: fn(&Draft, Item) -> String,
    /// Whether it is checked.
    pub is_checked: fn(&Draft, Item) -> bool,
    /// Takes over what was typed or checked.
    pub change: fn(&mut Draft, Item, &HtmlInputElement),
    /// What stands behind it while it is empty.
    pub placeholder: fn(&Draft, Item) -> &'static str,
}

/// A text in a line of its own.
pub const TEXT: Traits = Traits {
    kind: "text",
    keyboard: "text",
    suggestions: None,
    text: |_, _| String::new(),
    is_checked: |_, _| false,
    change: |_, _, _| {},
    placeholder: |_, _| "",
};

/// A field with an `input` element. All kinds share it, because each element of its own would bring its own copy of the
/// code that renders it.
#[component]
pub fn Input(
    /// What the parts of the form share.
    form: Form,
    /// Which item.
    item: Item,
    /// What kind it is.
    traits: Traits,
) -> impl IntoView {
    let is_secret = traits.kind == "password";
    view! {
        <input
            type=traits.kind
            inputmode=traits.keyboard
            id=item.name()
            list=traits.suggestions
            autocomplete=if is_secret { "new-password" } else { "off" }
            autocapitalize="off"
            spellcheck="false"
            readonly=item.read_only()
            placeholder=form.show(move |form| form.draft.with(|draft| (traits.placeholder)(draft, item)).to_owned())
            aria-describedby=described_by(item)
            aria-invalid=invalid(form, item)
            aria-required=required(form, item)
            prop:value=form.show(move |form| form.draft.with(|draft| (traits.text)(draft, item)))
            prop:checked=form.flag(move |draft| (traits.is_checked)(draft, item))
            on:input=move |event| {
                let input: HtmlInputElement = event_target(&event);
                form.edit(|draft| (traits.change)(draft, item, &input));
            }
        />
    }
}
