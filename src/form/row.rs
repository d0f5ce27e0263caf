use calendar::settings::{Item, Kind, Secret, Value};
use kit::{Button, Unseen, Words, fill, live};
use leptos::prelude::*;

use super::bar::yes_or_no;
use super::draft::Side;
use super::field::{Field, Notes, choice, is_matrix};
use super::session::Form;
use crate::text;

/// The row of an item: label, field, help, problem, conflict.
#[component]
pub fn Row(form: Form, item: Item) -> impl IntoView {
    let problem_id = id(item, "-problem");
    view! {
        <div
            class=if is_matrix(item) { "field row" } else { "field" }
            data-changed=live(move || yes_or_no(form.of(item, |seen| seen.is_changed)))
        >
            <Name form=form item=item />
            <div class="value" on:focusout=move |_| form.leave(item)>
                <Field form=form item=item />
                <p class="help" id=id(item, "-help")>
                    {move || form.text(text::help_for(item, form.sync_type()))}
                </p>
                <More form=form item=item />
                <p class="problem" id=problem_id>
                    {live(move || problem(form, item))}
                </p>
                <Notes form=form item=item />
                <Conflict form=form item=item />
            </div>
        </div>
    }
}

/// The label of an item, with a mark where it must be given.
#[component]
fn Name(form: Form, item: Item) -> impl IntoView {
    let is_required = move || form.of(item, |seen| seen.is_required);
    let mark = move || if is_required() { form.text(text::REQUIRED) } else { "" };
    let name = form.say(text::label(item));
    let label = if is_matrix(item) {
        // Its help has no room in the table, so it is shown to a pointer.
        let help = live(move || form.text(text::help_for(item, form.sync_type())));
        view! {
            <span class="label" id=id(item, "-label") title=help>
                {name}
            </span>
        }
        .into_any()
    } else {
        view! { <label for=item.name()>{name}</label> }.into_any()
    };
    view! {
        <div class="name">
            {label}
            <span class="mark" aria-hidden="true">
                {live(mark)}
            </span>
        </div>
    }
}

/// Where the value is found, for those who ask.
#[component]
fn More(form: Form, item: Item) -> impl IntoView {
    text::more(item).map(|words| {
        view! {
            <details class="more">
                <summary>
                    {form.say(text::MORE)} <Unseen text=move || in_brackets(form.text(text::label(item))) />
                </summary>
                <p>{form.say(words)}</p>
            </details>
        }
    })
}

/// What is wrong with the item, where that is to be shown.
pub fn problem(form: Form, item: Item) -> String {
    let Some(code) = form.of(item, |seen| seen.problem) else { return String::new() };
    let text = form.text(text::problem(code));
    match item.kind() {
        Kind::Int { min, max } => fill(text, &[&min.to_string(), &max.to_string()]),
        _ => text.to_owned(),
    }
}

/// What somebody else has made of the item, and the choice between the two.
#[component]
fn Conflict(form: Form, item: Item) -> impl IntoView {
    let theirs = move || form.of(item, |seen| seen.theirs.clone());
    let sentence = move || {
        let theirs = theirs().map(|theirs| in_words(form, item, &theirs));
        theirs.map(|theirs| form.filled(text::CONFLICT, &theirs)).unwrap_or_default()
    };
    view! {
        <div role="status">
            <Show when=move || form.of(item, |seen| seen.theirs.is_some())>
                <div class="conflict">
                    <p>{live(sentence)}</p>
                    <Settle form=form item=item side=Side::Mine label=text::KEEP_MINE />
                    <Settle form=form item=item side=Side::Theirs label=text::TAKE_THEIRS />
                </div>
            </Show>
        </div>
    }
}

/// The button for one side of a conflict.
#[component]
fn Settle(form: Form, item: Item, side: Side, label: Words) -> impl IntoView {
    let settle = move || {
        form.edit(|draft| draft.settle(item, side));
        form.focus(item);
    };
    let of = move || in_brackets(form.text(text::label(item)));
    view! { <Button label=form.say(label) of=of on_press=settle /> }
}

/// What follows the name of something alike for those who hear it: which of them it is.
pub fn in_brackets(text: &str) -> String {
    [" (", text, ")"].concat()
}

/// A value as the form tells it.
pub fn in_words(form: Form, item: Item, value: &Value) -> String {
    let words = match value {
        Value::Bool(true) => text::ON,
        Value::Bool(false) => text::OFF,
        Value::Int(number) => return number.to_string(),
        Value::Choice(index) => return choice(form, item, *index),
        Value::Text(text) if text.is_empty() => text::EMPTY,
        Value::Text(text) => return text.clone(),
        Value::Secret(Secret::Absent) => text::SECRET_ABSENT,
        Value::Secret(_) => text::SECRET_STORED,
    };
    form.text(words).to_owned()
}

/// Identifies a part of the row of an item.
pub fn id(item: Item, part: &str) -> String {
    item.name().to_owned() + part
}
