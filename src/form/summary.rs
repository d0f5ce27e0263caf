use calendar::settings::transfer::Difference;
use calendar::settings::{Item, Kind, Secret, Value};
use leptos::prelude::*;
use ui::{El, el};

use super::bar::SAVE;
use super::draft::Draft;
use super::row::{in_words, problem};
use super::save::Notice;
use super::session::Form;
use crate::text;

/// So much is told of a long text.
const MOST: usize = 80;

/// What the last save came to: the fields that kept it from being stored, or what it has changed.
pub fn summary(form: Form) -> El {
    el("div").class("summary").child(problems(form)).child(last_save(form))
}

/// The fields that are wrong, each with a way to it. From a save that failed until all are right.
fn problems(form: Form) -> El {
    let wrong = move || form.draft(|draft| names(draft.to_be_corrected()));
    let way = move |name: &str| {
        let Some(item) = Item::from_name(name) else { return el("li") };
        let text = move || [form.text(text::label(item)), ": ", &problem(form, item)].concat();
        let go = el("button").attr("type", "button").class("link").text(text);
        el("li").child(go.on("click", move |_| form.focus(item)))
    };
    el("ul").class("problems").each(wrong, way)
}

fn names(items: Vec<Item>) -> Vec<String> {
    items.into_iter().map(|item| item.name().to_owned()).collect()
}

/// What the last save has changed, and the way back.
fn last_save(form: Form) -> El {
    let is_shown = move || {
        let is_saving = form.notice.with(|notice| *notice == Some(Notice::Saving));
        !is_saving && form.draft(|draft| !draft.last_save().is_empty() && draft.changes().is_empty())
    };
    let items = move |draft: &Draft| names(draft.last_save().iter().map(|change| change.item).collect());
    let line = move |name: &str| {
        let name = name.to_owned();
        let line = move || {
            let change = form
                .draft(|draft| draft.last_save().iter().find(|change| change.item.name() == name).cloned());
            change.map(|change| difference(form, &change)).unwrap_or_default()
        };
        el("li").text(line)
    };
    let heading = move || form.counted(text::CHANGED, form.draft(|draft| draft.last_save().len()));
    let list = el("details")
        .child(el("summary").text(heading))
        .child(el("ul").attr("tabindex", "0").each(move || form.draft(items), line));
    let can_be_undone =
        move |draft: &Draft| draft.last_save().iter().any(|change| change.item.kind() != Kind::Password);
    let undo = form.button(text::UNDO, |form| {
        form.spawn(form.undo());
        // The button goes.
        form.focus_on(SAVE);
    });
    el("div")
        .class("saved")
        .flag("hidden", move || !is_shown())
        .child(list)
        .child(undo.flag("hidden", move || !form.draft(can_be_undone)))
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
