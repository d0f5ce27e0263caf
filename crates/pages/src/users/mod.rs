//! The users: who they are, how reading their calendars goes, what colleagues see of them, and why.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `user` | a user as the service tells of him |
//! | `list` | what the parts share: which users are asked for, which came |
//! | `row` | a user |
//! | `why` | the panel with the reasons |

mod list;
mod row;
mod user;
mod why;

use leptos::prelude::*;
use ui::{El, el, value};

use crate::field::{button, labelled, select};
use crate::frame::Frame;
use crate::text::users as text;
use list::{List, Phase};
pub use user::State;

/// The users page.
pub fn users(frame: Frame) -> El {
    let list = List::new(frame);
    el("div")
        .class("users")
        .attr("lang", move || frame.language.get().code())
        .child(filters(list))
        .child(el("p").class("about").attr("role", "status").text(move || summary(list)))
        .child(
            el("ul")
                .class("people")
                .attr("aria-label", frame.say(text::USERS))
                .attr("aria-busy", move || if list.phase.get() == Phase::Loading { "true" } else { "false" })
                .each(move || list.guids(), move |guid| row::row(list, guid.to_owned())),
        )
        .child(
            button(frame, text::MORE, move || list.load_more())
                .flag("hidden", move || list.more.get().is_none()),
        )
}

fn filters(list: List) -> El {
    let search = el("input")
        .attr("type", "search")
        .attr("autocomplete", "off")
        .on("input", move |event| list.search_for(value(event)));
    let any = el("option").attr("value", "").text(list.frame.say(text::ANY_STATE));
    let option =
        |state: State| el("option").attr("value", state.name()).text(list.frame.say(text::state(state)));
    let states = std::iter::once(any).chain(State::ALL.map(option));
    let states = select(states, move || list.state.get(), move |state| list.with_state(state));
    el("div").class("filters").child(labelled(list.frame, text::SEARCH, search)).child(labelled(
        list.frame,
        text::STATE,
        states,
    ))
}

fn summary(list: List) -> String {
    let frame = list.frame;
    let shown = list.users.with(Vec::len);
    match list.phase.get() {
        Phase::Loading if shown == 0 => frame.text(text::LOADING).to_owned(),
        Phase::Failed => frame.text(text::UNREACHABLE).to_owned(),
        _ if shown == 0 && list.is_narrowed() => frame.text(text::NOBODY_FOUND).to_owned(),
        _ if shown == 0 => frame.text(text::NOBODY).to_owned(),
        _ if list.more.get().is_some() => frame.counted(text::FIRST, shown),
        _ => frame.counted(text::SHOWN, shown),
    }
}
