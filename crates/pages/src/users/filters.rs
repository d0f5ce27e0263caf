use kit::{Button, Labelled, live, value};
use leptos::prelude::*;

use super::list::List;
use super::user::State;
use crate::text::users as text;

/// What narrows the list: a search, and a chip for each state that somebody is in.
#[component]
pub fn Filters(
    /// What the parts of the page share.
    list: List,
) -> impl IntoView {
    view! {
        <div class="filters">
            <Labelled label=list.texts.say(text::SEARCH)>
                <input
                    type="search"
                    autocomplete="off"
                    prop:value=live(move || list.search.get())
                    on:input=move |event| list.search_for(value(&event))
                />
            </Labelled>
            <div class="presets" role="group" aria-label=live(list.texts.say(text::STATE))>
                <Chip list=list state=None />
                {State::ALL.map(|state| view! { <Chip list=list state=Some(state) /> })}
            </div>
        </div>
    }
}

/// A chip that chooses a state, with how many users are in it.
#[component]
fn Chip(list: List, state: Option<State>) -> impl IntoView {
    let count = move || list.count(state);
    let words = state.map_or(text::ANY_STATE, text::state);
    let label = move || [list.texts.text(words), " ", &count().to_string()].concat();
    let is_chosen = move || list.state.get() == state;
    let press = move || list.with_state(if is_chosen() { None } else { state });
    view! {
        <Button
            label=label
            pressed=is_chosen
            hidden=move || state.is_some() && count() == 0 && !is_chosen()
            on_press=press
        />
    }
}
