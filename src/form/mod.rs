//! The form: one component per kind of field, one file per section.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `draft` | what was typed, beside what the service has |
//! | `session` | what the components share: draft, connection, loading |
//! | `save` | how a save goes |
//! | `search` | finding an entry of a long list |
//! | `field` | the row of an item: label, field, help, problem, conflict |
//! | `checkbox`, `number`, `select`, `secret`, `text_area`, `text_field` | the fields |
//! | `input` | what the fields with an `input` element have in common |
//! | `section` | a card with the items of a section |
//! | `pbx`, `exchange`, `mapping`, `app_objects` | the sections |
//! | `header`, `bar` | what frames the sections |

mod app_objects;
mod bar;
mod checkbox;
mod draft;
mod exchange;
mod field;
mod header;
mod input;
mod mapping;
mod number;
mod pbx;
mod save;
mod search;
mod secret;
mod section;
mod select;
mod session;
mod text_area;
mod text_field;

pub use session::Form;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::platform::time_zones;
use session::Access;

/// The whole form.
#[component]
pub fn CalendarForm(
    /// What its parts share.
    form: Form,
) -> impl IntoView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.spawn(form.save());
    };
    let fields = move || match form.access.get() {
        Access::Granted => view! { <Sections form /> }.into_any(),
        Access::Awaited | Access::Denied => view! { <header::Waiting form /> }.into_any(),
    };
    view! {
        <form
            class="calendar"
            lang=form.show(|form| form.language.get().code().to_owned())
            novalidate
            autocomplete="off"
            on:submit=submit
        >
            <header::Header form />
            {fields}
            <bar::Bar form />
        </form>
    }
}

#[component]
fn Sections(form: Form) -> impl IntoView {
    // As text, because the browser is quickest with some hundred elements that never change.
    let zones: String = time_zones().iter().flat_map(|zone| ["<option value=\"", zone, "\">"]).collect();
    view! {
        <div class="sections">
            <pbx::Pbx form />
            <exchange::Exchange form />
            <mapping::Mapping form />
            <app_objects::AppObjects form />
            <datalist id=text_field::TIME_ZONES inner_html=zones></datalist>
        </div>
    }
}
