use calendar::settings::{Item, Kind, Value};
use leptos::prelude::*;

use super::checkbox::Checkbox;
use super::draft::Side;
use super::number::Number;
use super::secret::SecretField;
use super::select::Select;
use super::session::Form;
use super::text_field::TextField;
use crate::platform::Browser;
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
    view! { <Show when=move || is_shown.get()><Row form item /></Show> }
}

#[component]
fn Row(form: Form, item: Item) -> impl IntoView {
    let is_changed = Memo::new(move |_| form.draft.with(|draft| draft.is_changed(item)));
    let is_required = Memo::new(move |_| form.draft.with(|draft| item.required(draft.settings())));
    let field = match item.kind() {
        Kind::Bool => view! { <Checkbox form item /> }.into_any(),
        Kind::Int { .. } => view! { <Number form item /> }.into_any(),
        Kind::Text => view! { <TextField form item /> }.into_any(),
        Kind::Choice(words) => view! { <Select form item words /> }.into_any(),
        Kind::Password => view! { <SecretField form item /> }.into_any(),
    };
    view! {
        <div class="field" class:changed=move || is_changed.get()>
            <div class="name">
                <label for=item.name()>{move || form.text(Text::Label(item))}</label>
                <Show when=move || is_required.get()>
                    <span class="mark" aria-hidden="true">{move || form.text(Text::Required)}</span>
                </Show>
            </div>
            <div class="value" on:focusout=move |_| form.draft.update(|draft| draft.leave(item, &Browser))>
                {field}
                <p class="help" id=help_id(item)>{move || form.text(Text::Help(item))}</p>
                <Problem form item />
                <Conflict form item />
            </div>
        </div>
    }
}

/// Whether the field is shown as wrong.
pub fn is_wrong(form: Form, item: Item) -> bool {
    form.draft.with(|draft| draft.is_touched(item))
        && form.problems.with(|problems| problems.iter().any(|(wrong, _)| *wrong == item))
}

/// Whether the item must be present now.
pub fn is_required(form: Form, item: Item) -> bool {
    form.draft.with(|draft| item.required(draft.settings()))
}

/// What describes a field beside its label.
pub fn described_by(item: Item) -> String {
    let name = item.name();
    [name, "-help ", name, "-problem"].concat()
}

fn help_id(item: Item) -> String {
    item.name().to_owned() + "-help"
}

#[component]
fn Problem(form: Form, item: Item) -> impl IntoView {
    let problem = Memo::new(move |_| {
        let find =
            |problems: &Vec<_>| problems.iter().find(|(wrong, _)| *wrong == item).map(|(_, code)| *code);
        form.problems.with(find).filter(|_| form.draft.with(|draft| draft.is_touched(item)))
    });
    let sentence = move || {
        let text = form.text(Text::Problem(problem.get()?));
        Some(match item.kind() {
            Kind::Int { min, max } => fill(text, &[&min.to_string(), &max.to_string()]),
            _ => text.to_owned(),
        })
    };
    view! { <p class="problem" id=item.name().to_owned() + "-problem">{sentence}</p> }
}

#[component]
fn Conflict(form: Form, item: Item) -> impl IntoView {
    let theirs = Memo::new(move |_| form.draft.with(|draft| draft.theirs(item).cloned()));
    let settle = move |side| form.edit(|draft| draft.settle(item, side));
    let button = move |text, side| {
        view! {
            <button type="button" on:click=move |_| settle(side)>
                {move || form.text(text)}
                <span class="unseen">": "{move || form.text(Text::Label(item))}</span>
            </button>
        }
    };
    view! {
        <div role="status">
            {move || theirs.get().map(|value| view! {
                <div class="conflict">
                    <p>{form.filled(Text::Conflict, &shown_value(form, item, &value))}</p>
                    {button(Text::KeepMine, Side::Mine)}
                    {button(Text::TakeTheirs, Side::Theirs)}
                </div>
            })}
        </div>
    }
}

/// A value in words.
fn shown_value(form: Form, item: Item, value: &Value) -> String {
    match value {
        Value::Bool(true) => form.text(Text::On).to_owned(),
        Value::Bool(false) => form.text(Text::Off).to_owned(),
        Value::Int(number) => number.to_string(),
        Value::Choice(index) => {
            super::select::choices(form, item).into_iter().nth(*index).unwrap_or_default()
        }
        Value::Text(text) if text.is_empty() => form.text(Text::Empty).to_owned(),
        Value::Text(text) => text.clone(),
        Value::Secret(calendar::settings::Secret::Absent) => form.text(Text::SecretAbsent).to_owned(),
        Value::Secret(_) => form.text(Text::SecretStored).to_owned(),
    }
}
