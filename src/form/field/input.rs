use calendar::settings::{Item, Value};
use kit::live;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use super::{described_by, is_wrong};
use crate::form::bar::yes_or_no;
use crate::form::session::Form;

/// An input in one line. What is typed goes to the item, and what stands there then comes back.
#[component]
pub fn Input(
    /// What it has of the form.
    form: Form,
    /// Its item.
    item: Item,
    /// Its type.
    #[prop(default = "text")]
    kind: &'static str,
    /// Which keys a phone offers.
    #[prop(optional)]
    mode: Option<&'static str>,
    /// Whether it can only be read and copied.
    #[prop(optional)]
    fixed: bool,
    /// What stands in it while it is empty.
    #[prop(into, optional)]
    placeholder: Option<TextProp>,
    /// What stands in it.
    #[prop(into)]
    text: TextProp,
    /// Takes what was typed.
    #[prop(into)]
    typed: Callback<String>,
) -> impl IntoView {
    let shown = text.clone();
    let left = text.clone();
    let leave = move |event: leptos::ev::FocusEvent| {
        // A date that was begun and left is none.
        if kind == "date" && untrack(|| left.get()) != kit::value(&event) {
            typed.run(kit::value(&event));
        }
    };
    let take = move |event: leptos::ev::Event| {
        // A date of which a part is missing is empty, and would empty the field under the fingers.
        if kind == "date" && kit::is_unfinished(&event) {
            return;
        }
        typed.run(kit::value(&event));
        // What counts as nothing does not stay in the field, where no signal would tell of it.
        let text = untrack(|| text.get());
        if *text != kit::value(&event) {
            kit::put_value(&event, &text);
        }
    };
    view! {
        <input
            id=item.name()
            type=kind
            inputmode=mode
            readonly=fixed
            autocomplete=if kind == "password" { "new-password" } else { "off" }
            autocapitalize="off"
            spellcheck="false"
            placeholder=live(move || placeholder.as_ref().map(TextProp::get))
            aria-describedby=described_by(item)
            aria-invalid=live(move || is_wrong(form, item))
            aria-required=live(move || yes_or_no(form.of(item, |seen| seen.is_required)))
            prop:value=live(move || shown.get().into_owned())
            on:input=take
            on:blur=leave
        />
    }
}

/// Field of an item that is true or false.
#[component]
pub fn Checkbox(form: Form, item: Item) -> impl IntoView {
    view! {
        <input
            id=item.name()
            type="checkbox"
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            aria-describedby=described_by(item)
            aria-invalid=live(move || is_wrong(form, item))
            aria-required=live(move || yes_or_no(form.of(item, |seen| seen.is_required)))
            prop:checked=live(move || form.of(item, |seen| seen.value == Value::Bool(true)))
            on:change=move |event| form.set(item, Value::Bool(kit::is_checked(&event)))
        />
    }
}

/// Field of a whole number. A text field, because one for numbers changes its value when the page is scrolled and hides
/// what is no number.
#[component]
pub fn Number(form: Form, item: Item) -> impl IntoView {
    let typed = move |text: String| form.edit(|draft| draft.set_number(item, &text));
    let text = move || form.of(item, |seen| seen.text.clone());
    view! { <Input form=form item=item mode="numeric" text=text typed=typed /> }
}
