use kit::{Button, live};
use leptos::prelude::*;

use super::draft::Draft;
use super::save::{Notice, Tone};
use super::session::{Access, Form};
use super::summary::Summary;
use crate::connection::{State, Trouble};
use crate::text;

/// The button that saves.
pub const SAVE: &str = "save";

/// What stays in view: connection, changes, what became of the save, the two buttons.
#[component]
pub fn Bar(form: Form) -> impl IntoView {
    let is_empty = move || form.access.get() != Access::Granted;
    let notice = move || if is_empty() { String::new() } else { notice(form) };
    let tone = move || form.notice.with(|notice| notice.as_ref().map_or("", tone));
    let take_up = move || {
        form.take_up();
        // The button goes.
        form.focus_on(SAVE);
    };
    view! {
        <footer data-changed=live(move || yes_or_no(form.state.changes.get() > 0))>
            <Summary form=form hidden=is_empty />
            <Connection form=form />
            <p class="notice" role="status" data-tone=live(tone)>
                {live(notice)}
            </p>
            <div class="buttons" prop:hidden=live(is_empty)>
                <Button label=form.say(text::RESTORE) hidden=move || !form.state.always(Draft::has_discarded) on_press=take_up />
                <Button label=form.say(text::DISCARD) on_press=move || form.edit(Draft::discard) />
                <button type="submit" id=SAVE class="main">
                    {form.say(text::SAVE)}
                </button>
            </div>
        </footer>
    }
}

/// A flag as attributes have it.
pub fn yes_or_no(is: bool) -> &'static str {
    if is { "true" } else { "false" }
}

fn notice(form: Form) -> String {
    match form.notice.get() {
        Some(notice) => notice.sentence(form),
        None => match form.state.changes.get() {
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

/// Where the connection stands, with a way to hurry it.
#[component]
fn Connection(form: Form) -> impl IntoView {
    let health = move || match form.line.get() {
        State::Connected => "good",
        State::Connecting | State::LoggingIn => "",
        State::Waiting(..) | State::Away => "bad",
    };
    let is_trying = move || !matches!(form.line.get(), State::Waiting(..) | State::Away);
    view! {
        <div class="connection" data-health=live(health)>
            <span role="status">{live(move || sentence(form, form.line.get()))}</span>
            <Button
                class="link"
                label=form.say(text::CONNECT_NOW)
                hidden=is_trying
                on_press=move || form.hurry()
            />
        </div>
    }
}

fn sentence(form: Form, state: State) -> String {
    let (trouble, seconds) = match state {
        State::Connecting => return form.text(text::CONNECTING).to_owned(),
        State::LoggingIn => return form.text(text::LOGGING_IN).to_owned(),
        State::Connected => return form.text(text::CONNECTED).to_owned(),
        State::Away => return form.text(text::relay_card::AWAY).to_owned(),
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
