use calendar::settings::transfer::Difference;
use calendar::settings::{Item, Kind, Secret, Value};
use kit::{Button, Each, Flag, live};
use leptos::prelude::*;

use super::bar::SAVE;
use super::row::{in_words, problem};
use super::save::Notice;
use super::session::Form;
use crate::text;

/// So much is told of a long text.
const MOST: usize = 80;

/// What the last save came to: the fields that kept it from being stored, or what it has changed.
#[component]
pub fn Summary(
    /// What it has of the form.
    form: Form,
    /// Whether it is out of sight.
    #[prop(into)]
    hidden: Flag,
) -> impl IntoView {
    view! {
        <div class="summary" prop:hidden=live(move || hidden.get())>
            <Problems form=form />
            <LastSave form=form />
        </div>
    }
}

/// The fields that are wrong, each with a way to it. From a save that failed until all are right.
#[component]
fn Problems(form: Form) -> impl IntoView {
    let way = move |name: String| {
        let item = Item::from_name(&name)?;
        let text = move || [form.text(text::label(item)), ": ", &problem(form, item)].concat();
        Some(view! {
            <li>
                <Button class="link" label=text on_press=move || form.focus(item) />
            </li>
        })
    };
    view! {
        <ul class="problems">
            <Each keys=move || names(form.state.wrong.get()) children=way />
        </ul>
    }
}

fn names(items: Vec<Item>) -> Vec<String> {
    items.into_iter().map(|item| item.name().to_owned()).collect()
}

/// What the last save has changed, and the way back.
#[component]
fn LastSave(form: Form) -> impl IntoView {
    let save = form.state.last_save;
    let is_shown = move || {
        let is_saving = form.notice.with(|notice| *notice == Some(Notice::Saving));
        !is_saving && !save.with(Vec::is_empty) && form.state.changes.get() == 0
    };
    let line = move |name: String| {
        let line = move || {
            let change = save.with(|save| save.iter().find(|change| change.item.name() == name).cloned());
            change.map(|change| difference(form, &change)).unwrap_or_default()
        };
        view! { <li>{line}</li> }
    };
    let items = move || names(save.with(|save| save.iter().map(|change| change.item).collect()));
    let can_be_undone =
        move || save.with(|save| save.iter().any(|change| change.item.kind() != Kind::Password));
    let undo = move || {
        form.spawn(form.undo());
        // The button goes.
        form.focus_on(SAVE);
    };
    view! {
        <div class="saved" prop:hidden=live(move || !is_shown())>
            <details>
                <summary>{live(move || form.counted(text::CHANGED, save.with(Vec::len)))}</summary>
                <ul tabindex="0">
                    <Each keys=items children=line />
                </ul>
            </details>
            <Button label=form.say(text::UNDO) hidden=move || !can_be_undone() on_press=undo />
        </div>
    }
}

/// A change in words: what it was, what it is.
pub fn difference(form: Form, change: &Difference) -> String {
    let words = match (&change.now, &change.then) {
        (Value::Secret(_), Value::Secret(Secret::Absent)) => Some(text::SECRET_IS_REMOVED),
        (Value::Secret(Secret::Absent), Value::Secret(_)) => Some(text::SECRET_IS_NEW),
        (Value::Secret(_), _) => Some(text::SECRET_IS_REPLACED),
        _ => None,
    };
    let value = |value: &Value| short(&in_words(form, change.item, value));
    let values = match words {
        Some(words) => form.text(words).to_owned(),
        None => [&*value(&change.now), " → ", &value(&change.then)].concat(),
    };
    [form.text(text::label(change.item)), ": ", &values].concat()
}

fn short(text: &str) -> String {
    match text.char_indices().nth(MOST) {
        Some((end, _)) => text.get(..end).unwrap_or_default().to_owned() + "…",
        None => text.to_owned(),
    }
}
