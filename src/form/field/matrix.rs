use calendar::settings::{Item, Value};
use ui::{El, el};

use super::choice::choice;
use super::tied;
use crate::form::row::id;
use crate::form::session::Form;
use crate::text;

/// What a kind of appointment means, as a row of buttons below each other's, so that all rows are read at a glance.
pub fn buttons(form: Form, item: Item, words: &'static [&'static str]) -> El {
    tied(form, item, "div")
        .class("matrix")
        .attr("role", "radiogroup")
        .attr("tabindex", "-1")
        .attr("aria-labelledby", id(item, "-label"))
        .children(words.iter().enumerate().map(|(index, &word)| button(form, item, index, word)))
}

fn button(form: Form, item: Item, index: usize, word: &'static str) -> El {
    // The name of the button carries its row.
    let name = move || [form.text(text::label(item)), ": ", &choice(form, item, index)].concat();
    let button = el("input")
        .attr("type", "radio")
        .attr("name", item.name())
        .attr("value", word)
        .attr("aria-label", name)
        .flag("checked", move || form.draft(|draft| draft.settings().get(item) == Value::Choice(index)))
        .on("change", move |_| form.edit(|draft| draft.set(item, Value::Choice(index))));
    let shown = el("span").attr("aria-hidden", "true").text(move || choice(form, item, index));
    el("label").attr("data-presence", word).child(button).child(shown)
}
