use browser::age;
use kit::{Button, live};
use leptos::prelude::*;
use texts::overview as text;

use super::Desk;
use crate::text::users::state;
use crate::users::State;

/// How the users stand: a bar of them by state, each state with the way to its users, and when calendars were last read.
#[component]
pub fn Standing(desk: Desk) -> impl IntoView {
    let last = move || desk.news.status.with(|status| status.as_ref()?.last_sync);
    let read = move || {
        let age = last().map(|last| age(desk.texts.language().code(), last));
        age.map(|age| desk.texts.filled(text::LAST_READ, &[&age])).unwrap_or_default()
    };
    let share = |state: State| {
        let grows = move || format!("flex-grow:{}", count(desk, state));
        view! {
            <span data-state=state.name() prop:hidden=live(move || count(desk, state) == 0) prop:style=live(grows)></span>
        }
    };
    view! {
        <div class="shares" aria-hidden="true">
            {State::ALL.map(share)}
        </div>
        <ul class="states" aria-label=live(move || desk.texts.text(text::BY_STATE))>
            {State::ALL.map(|state| view! { <Count desk=desk of=state /> })}
        </ul>
        <p class="about">{live(read)}</p>
    }
}

/// A state with its number of users.
#[component]
fn Count(desk: Desk, of: State) -> impl IntoView {
    let label = move || [&count(desk, of).to_string(), " ", desk.texts.text(state(of))].concat();
    view! {
        <li data-state=of.name() prop:hidden=live(move || count(desk, of) == 0)>
            <Button class="link" label=label on_press=move || desk.go("users", of.name()) />
        </li>
    }
}

fn count(desk: Desk, state: State) -> usize {
    desk.news.counts.with(|counts| counts.get(state.name()).copied().unwrap_or_default())
}
