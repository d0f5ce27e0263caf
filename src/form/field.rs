use calendar::settings::{Item, Kind, Secret, Value};
use leptos::prelude::*;

use super::checkbox::Checkbox;
use super::draft::{Draft, Side};
use super::number::Number;
use super::secret::{SecretField, SecretState};
use super::select::{Select, choice};
use super::session::Form;
use super::text_area::TextArea;
use super::text_field::TextField;
use crate::text::{Text, fill};

/// The row of an item, while it is shown: label, field, help, problem, conflict.
#[component]
pub fn Field(
    /// What the parts of the form share.
    form: Form,
    /// Which item.
    item: Item,
) -> impl IntoView {
    let is_shown = Memo::new(move |_| form.draft.with(|draft| item.shown(draft.settings())));
    move || is_shown.get().then(|| view! { <Row form item /> })
}

#[component]
fn Row(form: Form, item: Item) -> impl IntoView {
    let field = match item.kind() {
        Kind::Bool => view! { <Checkbox form item /> }.into_any(),
        Kind::Int { .. } => view! { <Number form item /> }.into_any(),
        Kind::Text if item == Item::CaCertificate => view! { <TextArea form item /> }.into_any(),
        Kind::Text => view! { <TextField form item /> }.into_any(),
        Kind::Choice(words) => view! { <Select form item words /> }.into_any(),
        Kind::Password => view! { <SecretField form item /> }.into_any(),
    };
    let secret = (item.kind() == Kind::Password).then(|| view! { <SecretState form item /> });
    let mark = form.show(move |form| {
        let is_required = form.draft.with(|draft| item.required(draft.settings()));
        if is_required { form.text(Text::Required).to_owned() } else { String::new() }
    });
    view! {
        <div class="field" data-changed=yes_or_no(form, move |draft| draft.is_changed(item))>
            <div class="name">
                <label for=item.name()>{form.say(Text::Label(item))}</label>
                <span class="mark" aria-hidden="true">{mark}</span>
            </div>
            <div class="value" on:focusout=move |_| form.leave(item)>
                {field}
                {secret}
                <p class="help" id=id(item, "-help")>{form.say(Text::Help(item))}</p>
                <p class="problem" id=id(item, "-problem")>{form.show(move |form| problem(form, item))}</p>
                <div role="status">{move || conflict(form, item)}</div>
            </div>
        </div>
    }
}

/// What is wrong with the item, where that is to be shown.
fn problem(form: Form, item: Item) -> String {
    let Some(code) = form.draft.with(|draft| draft.shown_problem(item)) else { return String::new() };
    let text = form.text(Text::Problem(code));
    match item.kind() {
        Kind::Int { min, max } => fill(text, &[&min.to_string(), &max.to_string()]),
        _ => text.to_owned(),
    }
}

/// What somebody else has made of the item, and the choice between the two.
fn conflict(form: Form, item: Item) -> Option<impl IntoView> {
    let theirs = form.draft.with(|draft| draft.theirs(item).cloned())?;
    let theirs = form.filled(Text::Conflict, &in_words(form, item, &theirs));
    let button = |text, side| {
        view! {
            <button type="button" on:click=form.press(move |form| form.edit(|draft| draft.settle(item, side)))>
                {form.text(text)}
                <span class="unseen">" ("{form.text(Text::Label(item))}")"</span>
            </button>
        }
    };
    Some(view! {
        <div class="conflict">
            <p>{theirs}</p>
            {button(Text::KeepMine, Side::Mine)}
            {button(Text::TakeTheirs, Side::Theirs)}
        </div>
    })
}

fn in_words(form: Form, item: Item, value: &Value) -> String {
    let text = match value {
        Value::Bool(true) => Text::On,
        Value::Bool(false) => Text::Off,
        Value::Int(number) => return number.to_string(),
        Value::Choice(index) => return choice(form, item, *index),
        Value::Text(text) if text.is_empty() => Text::Empty,
        Value::Text(text) => return text.clone(),
        Value::Secret(Secret::Absent) => Text::SecretAbsent,
        Value::Secret(_) => Text::SecretStored,
    };
    form.text(text).to_owned()
}

/// Identifies a part of the row of an item.
pub fn id(item: Item, part: &str) -> String {
    item.name().to_owned() + part
}

/// The parts that describe the field of an item beside its label.
pub fn described_by(item: Item) -> String {
    id(item, "-help ") + &id(item, "-problem")
}

/// Value of `aria-invalid`: whether the field is shown as wrong.
pub fn invalid(form: Form, item: Item) -> Signal<String> {
    yes_or_no(form, move |draft| draft.shown_problem(item).is_some())
}

/// Value of `aria-required`.
pub fn required(form: Form, item: Item) -> Signal<String> {
    yes_or_no(form, move |draft| item.required(draft.settings()))
}

/// A flag as attributes have it.
pub fn yes_or_no(form: Form, is: impl Fn(&Draft) -> bool + Send + Sync + 'static) -> Signal<String> {
    form.show(move |form| form.draft.with(&is).to_string())
}
