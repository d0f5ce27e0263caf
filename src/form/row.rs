use calendar::settings::{Item, Kind, Secret, Value};
use ui::{El, Words, el, fill};

use super::bar::yes_or_no;
use super::draft::Side;
use super::field;
use super::session::Form;
use crate::text;

/// The row of an item: label, field, help, problem, conflict. Hidden items have none.
pub fn row(form: Form, item: Item) -> El {
    let is_required = move || form.draft(|draft| item.required(draft.settings()));
    let mark = move || if is_required() { form.text(text::REQUIRED) } else { "" };
    let label = if field::is_matrix(item) {
        el("span").class("label").attr("id", id(item, "-label"))
    } else {
        el("label").attr("for", item.name())
    };
    let name = el("div")
        .class("name")
        .child(label.text(form.say(text::label(item))))
        .child(el("span").class("mark").attr("aria-hidden", "true").text(mark));
    let help = el("p")
        .class("help")
        .attr("id", id(item, "-help"))
        .text(move || form.text(text::help_for(item, form.draft(|draft| draft.settings().sync_type))));
    let value = el("div")
        .class("value")
        .on("focusout", move |_| form.leave(item))
        .children(field::of(form, item))
        .child(help)
        .children(more(form, item))
        .child(el("p").class("problem").attr("id", id(item, "-problem")).text(move || problem(form, item)))
        .children(field::notes(form, item))
        .child(conflict(form, item));
    el("div")
        .class(if field::is_matrix(item) { "field row" } else { "field" })
        .attr("data-changed", move || yes_or_no(form.draft(|draft| draft.is_changed(item))))
        .child(name)
        .child(value)
}

/// Where the value is found, for those who ask.
fn more(form: Form, item: Item) -> Option<El> {
    let words = text::more(item)?;
    let of_item = move || [" (", form.text(text::label(item)), ")"].concat();
    let summary = el("summary").text(form.say(text::MORE)).child(el("span").class("unseen").text(of_item));
    Some(el("details").class("more").child(summary).child(el("p").text(form.say(words))))
}

/// What is wrong with the item, where that is to be shown.
pub fn problem(form: Form, item: Item) -> String {
    let Some(code) = form.draft(|draft| draft.shown_problem(item)) else { return String::new() };
    let text = form.text(text::problem(code));
    match item.kind() {
        Kind::Int { min, max } => fill(text, &[&min.to_string(), &max.to_string()]),
        _ => text.to_owned(),
    }
}

/// What somebody else has made of the item, and the choice between the two.
fn conflict(form: Form, item: Item) -> El {
    let theirs = move || form.draft(|draft| draft.theirs(item).cloned());
    let sentence = move || {
        let theirs = theirs().map(|theirs| in_words(form, item, &theirs));
        theirs.map(|theirs| form.filled(text::CONFLICT, &theirs)).unwrap_or_default()
    };
    let button = move |words: Words, side| {
        let settle = move |form: Form| {
            form.edit(|draft| draft.settle(item, side));
            form.focus(item);
        };
        let of_item = move || [" (", form.text(text::label(item)), ")"].concat();
        form.button(words, settle).child(el("span").class("unseen").text(of_item))
    };
    let choice = move || {
        el("div")
            .class("conflict")
            .child(el("p").text(sentence))
            .child(button(text::KEEP_MINE, Side::Mine))
            .child(button(text::TAKE_THEIRS, Side::Theirs))
    };
    el("div").attr("role", "status").when(move || theirs().is_some(), choice)
}

/// A value as the form tells it.
pub fn in_words(form: Form, item: Item, value: &Value) -> String {
    let words = match value {
        Value::Bool(true) => text::ON,
        Value::Bool(false) => text::OFF,
        Value::Int(number) => return number.to_string(),
        Value::Choice(index) => return field::choice(form, item, *index),
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
