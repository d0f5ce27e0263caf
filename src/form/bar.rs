use leptos::prelude::*;

use super::draft::Draft;
use super::field::yes_or_no;
use super::save::Notice;
use super::session::{Access, Form};
use crate::connection::{State, Trouble};
use crate::text::Text;

/// What stays in view: connection, changes, what became of the save, the two buttons.
#[component]
pub fn Bar(
    /// What the parts of the form share.
    form: Form,
) -> impl IntoView {
    let notice = form.show(|form| {
        if form.access.get() != Access::Granted {
            return String::new();
        }
        let notice = form.notice.get().unwrap_or_else(|| changes(form));
        form.filled(notice.text, &notice.value)
    });
    let tone = form.show(|form| form.notice.with(|notice| notice.as_ref().map_or("", tone)).to_owned());
    let is_empty = Signal::derive(move || form.access.get() != Access::Granted);
    view! {
        <footer data-changed=yes_or_no(form, |draft| !draft.changes().is_empty())>
            <Connection form />
            <p class="notice" role="status" data-tone=tone>{notice}</p>
            <div class="buttons" prop:hidden=is_empty>
                <button type="button" on:click=form.press(|form| form.edit(Draft::discard))>{form.say(Text::Discard)}</button>
                <button type="submit" class="main">{form.say(Text::Save)}</button>
            </div>
        </footer>
    }
}

fn changes(form: Form) -> Notice {
    match form.draft.with(|draft| draft.changes().len()) {
        0 => Text::Unchanged.into(),
        1 => Text::OneChange.into(),
        count => Notice { text: Text::Changes, value: count.to_string() },
    }
}

fn tone(notice: &Notice) -> &'static str {
    match notice.text {
        Text::Saved => "good",
        Text::NothingToSave | Text::Saving => "",
        _ => "bad",
    }
}

#[component]
fn Connection(form: Form) -> impl IntoView {
    let health = form.show(|form| {
        let health = match form.state.get() {
            State::Connected => "good",
            State::Connecting | State::LoggingIn => "",
            State::Waiting(..) => "bad",
        };
        health.to_owned()
    });
    let is_connecting = Signal::derive(move || !matches!(form.state.get(), State::Waiting(..)));
    view! {
        <div class="connection" data-health=health>
            <span role="status">{form.show(|form| sentence(form, form.state.get()))}</span>
            <button type="button" class="link" prop:hidden=is_connecting on:click=form.press(|form| form.connection().hurry())>
                {form.say(Text::ConnectNow)}
            </button>
        </div>
    }
}

fn sentence(form: Form, state: State) -> String {
    let (trouble, seconds) = match state {
        State::Connecting => return form.text(Text::Connecting).to_owned(),
        State::LoggingIn => return form.text(Text::LoggingIn).to_owned(),
        State::Connected => return form.text(Text::Connected).to_owned(),
        State::Waiting(trouble, seconds) => (trouble, seconds),
    };
    let (why, said) = match trouble {
        Trouble::Unreachable => (Text::Unreachable, String::new()),
        Trouble::LoginRefused => (Text::LoginRefused, String::new()),
        Trouble::NoLogin(said) if said.is_empty() => (Text::NoLogin, said),
        Trouble::NoLogin(said) => (Text::NoLogin, [" (", &said, ")"].concat()),
    };
    [form.text(why), &said, ". ", &form.filled(Text::Waiting, &seconds.to_string())].concat()
}
