use leptos::prelude::*;
use ui::{El, el};

use super::draft::Draft;
use super::save::{Notice, Tone};
use super::session::{Access, Form};
use super::summary::summary;
use crate::connection::{State, Trouble};
use crate::text;

/// The button that saves.
pub const SAVE: &str = "save";

/// What stays in view: connection, changes, what became of the save, the two buttons.
pub fn bar(form: Form) -> El {
    let is_empty = move || form.access.get() != Access::Granted;
    let notice = move || if is_empty() { String::new() } else { notice(form) };
    let tone = move || form.notice.with(|notice| notice.as_ref().map_or("", tone));
    let buttons = el("div")
        .class("buttons")
        .flag("hidden", is_empty)
        .child(form.button(text::DISCARD, |form| form.edit(Draft::discard)))
        .child(el("button").attr("type", "submit").attr("id", SAVE).class("main").text(form.say(text::SAVE)));
    el("footer")
        .attr("data-changed", move || yes_or_no(form.draft(|draft| !draft.changes().is_empty())))
        .child(summary(form).flag("hidden", is_empty))
        .child(connection(form))
        .child(el("p").class("notice").attr("role", "status").attr("data-tone", tone).text(notice))
        .child(buttons)
}

/// A flag as attributes have it.
pub fn yes_or_no(is: bool) -> &'static str {
    if is { "true" } else { "false" }
}

fn notice(form: Form) -> String {
    match form.notice.get() {
        Some(notice) => notice.sentence(form),
        None => match form.draft(|draft| draft.changes().len()) {
            0 => form.text(text::UNCHANGED).to_owned(),
            count => form.counted(text::CHANGES, count),
        },
    }
}

fn tone(notice: &Notice) -> &'static str {
    match notice.tone() {
        Tone::Good => "good",
        Tone::Neutral => "",
        Tone::Bad => "bad",
    }
}

fn connection(form: Form) -> El {
    let health = move || match form.state.get() {
        State::Connected => "good",
        State::Connecting | State::LoggingIn => "",
        State::Waiting(..) => "bad",
    };
    let is_trying = move || !matches!(form.state.get(), State::Waiting(..));
    let hurry = form.button(text::CONNECT_NOW, |form| form.connection().hurry());
    el("div")
        .class("connection")
        .attr("data-health", health)
        .child(el("span").attr("role", "status").text(move || sentence(form, form.state.get())))
        .child(hurry.class("link").flag("hidden", is_trying))
}

fn sentence(form: Form, state: State) -> String {
    let (trouble, seconds) = match state {
        State::Connecting => return form.text(text::CONNECTING).to_owned(),
        State::LoggingIn => return form.text(text::LOGGING_IN).to_owned(),
        State::Connected => return form.text(text::CONNECTED).to_owned(),
        State::Waiting(trouble, seconds) => (trouble, seconds),
    };
    let (why, said) = match trouble {
        Trouble::Unreachable => (text::UNREACHABLE, String::new()),
        Trouble::LoginRefused => (text::LOGIN_REFUSED, String::new()),
        Trouble::NoLogin(said) if said.is_empty() => (text::NO_LOGIN, said),
        Trouble::NoLogin(said) => (text::NO_LOGIN, [" (", &said, ")"].concat()),
    };
    [form.text(why), &said, ". ", &form.filled(text::WAITING, &seconds.to_string())].concat()
}
