//! The users: who they are, how reading their calendars goes, what colleagues see of them, and why.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `user` | a user as the service tells of him |
//! | `people` | the users that came, page by page |
//! | `list` | what the parts share: which users are asked for, which came |
//! | `filters` | search and states |
//! | `table` | the list, with rows for what is in view |
//! | `room` | which rows these are |
//! | `row` | a user |
//! | `day` | his day as a strip |
//! | `glance` | all users and the hours of today in one picture |
//! | `menu` | what can be done with him |
//! | `details` | what is shown, why, and what comes next |
//! | `reasons` | why, in sentences |
//! | `sentences` | everything else that is said of him |

// Handles are smaller on wasm.
#![cfg_attr(
    not(target_family = "wasm"),
    expect(
        clippy::large_types_passed_by_value,
        reason = "`List` is a bundle of handles, passed as signals are"
    )
)]

mod day;
mod details;
mod filters;
mod glance;
mod list;
mod menu;
mod people;
mod reasons;
mod room;
mod row;
mod sentences;
mod table;
mod user;

use kit::{StatusLine, live};
use leptos::prelude::*;

use crate::frame::Frame;
use crate::text::users as text;
use crate::told::Told;
pub use day::activity;
use filters::Filters;
use glance::Glance;
use list::{List, Phase};
use menu::RowMenu;
use table::Table;
pub use user::State;

/// The table of the users.
#[component]
pub fn Users(
    /// What it has of the form.
    frame: Frame,
    /// What the form is told; another page may have led to the users in one state.
    told: RwSignal<Told>,
) -> impl IntoView {
    let list = List::new(frame);
    let led_to = Memo::new(move |_| told.with(|told| told.users_in.clone()));
    Effect::new(move |_| {
        if let Some(state) = led_to.get() {
            list.with_state((!state.is_empty()).then(|| State::from(state)));
        }
    });
    view! {
        <div class="users" lang=live(move || frame.language.get().code())>
            <Filters list=list />
            <StatusLine class="about" text=move || summary(list) />
            <Glance list=list />
            <Table list=list />
            <StatusLine class="about" text=move || list.said.get() />
            <RowMenu list=list />
        </div>
    }
}

fn summary(list: List) -> String {
    let texts = list.texts;
    let total = list.total();
    match list.phase.get() {
        Phase::Loading if total == 0 => texts.text(text::LOADING).to_owned(),
        Phase::Failed => texts.text(text::UNREACHABLE).to_owned(),
        _ if total == 0 && list.is_narrowed() => texts.text(text::NOBODY_FOUND).to_owned(),
        _ if total == 0 => texts.text(text::NOBODY).to_owned(),
        _ => texts.counted(text::SHOWN, total),
    }
}
