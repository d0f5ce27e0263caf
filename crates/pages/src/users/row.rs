use std::sync::Arc;

use kit::live;
use leptos::html::Div;
use leptos::prelude::*;

use super::day::DayStrip;
use super::details::Details;
use super::list::List;
use super::menu::MenuButton;
use super::people::Person;
use super::sentences::{addresses, advice, read_at, seen};
use super::user::User;
use crate::text::users as text;

/// A user.
#[component]
pub fn Row(
    /// What the parts of the page share.
    list: List,
    /// The user.
    person: Person,
    /// What is opened, so that its height is known.
    details: NodeRef<Div>,
) -> impl IntoView {
    let frame = list.frame;
    let Person { guid, user } = person.clone();
    let of = move |read: fn(&User) -> String| {
        let user = user.clone();
        live(move || user.with(read))
    };
    let [state, health, says, hinted, read] = std::array::from_fn(|_| person.user.clone());
    let [shown, toggled, opened] = std::array::from_fn(|_| guid.clone());
    let is_open = move |guid: &Arc<str>| list.open.with(|open| open.as_ref() == Some(guid));
    let is_shown = Memo::new(move |_| is_open(&shown));
    let placed = guid.clone();
    let position = move || list.place(&placed).map(|place| (place + 1).to_string());
    let hint = move || hinted.with(|user| advice(frame, user)).map(|(line, _)| line);
    let strip = person.user.clone();
    let menu = person.clone();
    view! {
        <li
            data-activity=of(User::activity)
            data-told=of(|user| user.note.is_some().to_string())
            aria-setsize=live(move || list.total().to_string())
            aria-posinset=live(position)
        >
            <div class="row">
                <div class="whose">
                    <button
                        type="button"
                        class="name"
                        aria-expanded=live(move || if is_open(&opened) { "true" } else { "false" })
                        on:click=move |_| list.toggle(&toggled)
                    >
                        <b dir="auto">{of(|user| user.name.clone())}</b>
                    </button>
                    <span title=of(addresses)>{of(addresses)}</span>
                </div>
                <p class="says" dir="auto">
                    {live(move || says.with(|user| seen(frame, user)))}
                </p>
                <DayStrip list=list user=strip />
                <div class="state" title=live(hint)>
                    <p class="health" data-health=live(move || health.with(|user| user.state.health()))>
                        {live(move || frame.text(text::state(state.with(|user| user.state))))}
                    </p>
                    <p>{live(move || read.with(|user| read_at(list, user)))}</p>
                </div>
                <MenuButton list=list person=menu />
            </div>
            <Show when=move || is_shown.get()>
                <Details frame=frame person=person.clone() place=details />
            </Show>
        </li>
    }
}
