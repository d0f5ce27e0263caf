use leptos::prelude::*;

use super::draft::Draft;
use super::save::Notice;
use super::session::Form;
use crate::connection::{State, Trouble};
use crate::text::Text;

/// What stays in view: connection, changes, what became of the save, the two buttons.
#[component]
pub fn Bar(
    /// What the parts of the form share.
    form: Form,
) -> impl IntoView {
    let changes = Memo::new(move |_| form.draft.with(|draft| draft.changes().len()));
    let notice = move || match (form.saving.get(), form.notice.get()) {
        (true, _) => Text::Saving.into(),
        (false, Some(notice)) => notice,
        (false, None) => change_notice(changes.get()),
    };
    let tone = move || form.notice.with(|notice| notice.as_ref().map_or("plain", tone));
    view! {
        <footer class:dirty=move || changes.get() != 0>
            <Connection form />
            <p class="notice" role="status" data-tone=tone>
                {move || { let notice = notice(); form.filled(notice.text, &notice.value) }}
            </p>
            <div class="buttons">
                <button type="button" on:click=move |_| form.edit(Draft::discard)>
                    {move || form.text(Text::Discard)}
                </button>
                <button type="submit" class="main">{move || form.text(Text::Save)}</button>
            </div>
        </footer>
    }
}

fn change_notice(changes: usize) -> Notice {
    match changes {
        0 => Text::Unchanged.into(),
        1 => Text::OneChange.into(),
        _ => Notice { text: Text::Changes, value: changes.to_string() },
    }
}

fn tone(notice: &Notice) -> &'static str {
    match notice.text {
        Text::Saved => "good",
        Text::NothingToSave => "plain",
        _ => "bad",
    }
}

#[component]
fn Connection(form: Form) -> impl IntoView {
    let sentence = move || match form.state.get() {
        State::Connecting => form.text(Text::Connecting).to_owned(),
        State::LoggingIn => form.text(Text::LoggingIn).to_owned(),
        State::Connected => form.text(Text::Connected).to_owned(),
        State::Waiting(trouble, seconds) => {
            let why = match trouble {
                Trouble::Unreachable => form.text(Text::Unreachable).to_owned(),
                Trouble::LoginRefused => form.text(Text::LoginRefused).to_owned(),
                Trouble::NoLogin(said) if said.is_empty() => form.text(Text::NoLogin).to_owned(),
                Trouble::NoLogin(said) => [form.text(Text::NoLogin), " (", &said, ")"].concat(),
            };
            [&why, ". ", &form.filled(Text::Waiting, &seconds.to_string())].concat()
        }
    };
    let is_waiting = Memo::new(move |_| matches!(form.state.get(), State::Waiting(..)));
    let health = move || match form.state.get() {
        State::Connected => "good",
        State::Connecting | State::LoggingIn => "unknown",
        State::Waiting(..) => "bad",
    };
    view! {
        <p class="connection" data-health=health>
            <span role="status">{sentence}</span>
            <Show when=move || is_waiting.get()>
                <button type="button" class="link" on:click=move |_| form.connection().hurry()>
                    {move || form.text(Text::ConnectNow)}
                </button>
            </Show>
        </p>
    }
}
