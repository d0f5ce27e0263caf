//! Fields within their labels.

use ui::{El, Words, el, is_checked, value};

use crate::frame::Frame;

/// A field under its label.
pub fn labelled(frame: Frame, label: Words, field: El) -> El {
    el("label").child(el("span").text(frame.say(label))).child(field)
}

/// A switch with its label behind it.
pub fn switch(
    frame: Frame,
    label: Words,
    is_on: impl Fn() -> bool + 'static,
    set: impl Fn(bool) + 'static,
) -> El {
    let field = el("input").attr("type", "checkbox").flag("checked", is_on);
    let field = field.on("change", move |event| set(is_checked(event)));
    el("label").class("switch").child(field).child(el("span").text(frame.say(label)))
}

/// A list to choose from: the options, the value of the chosen one, and what a choice does.
pub fn select(
    options: impl IntoIterator<Item = El>,
    chosen: impl Fn() -> String + 'static,
    choose: impl Fn(String) + 'static,
) -> El {
    let list = el("select").children(options).prop("value", chosen);
    list.on("change", move |event| choose(value(event)))
}

/// A button of the page.
pub fn button(frame: Frame, label: Words, press: impl Fn() + 'static) -> El {
    el("button").attr("type", "button").on("click", move |_| press()).text(frame.say(label))
}
