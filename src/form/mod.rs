//! The form: one component per kind of field, one file per section.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `draft` | what was typed, beside what the service has |
//! | `session` | what the components share: draft, connection, loading |
//! | `save` | how a save goes |
//! | `field` | the row of an item: label, field, help, problem, conflict |
//! | `checkbox`, `number`, `select`, `secret`, `text_field` | the fields |
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
mod mapping;
mod number;
mod pbx;
mod save;
mod secret;
mod section;
mod select;
mod session;
mod text_field;

pub use session::Form;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;

use session::Access;

/// The whole form.
#[component]
pub fn CalendarForm(
    /// What its parts share.
    form: Form,
) -> impl IntoView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        spawn_local_scoped_with_cancellation(form.save());
    };
    view! {
        <form class="calendar" lang=move || form.language.get().code() novalidate autocomplete="off" on:submit=submit>
            <header::Header form />
            <Show when=move || form.access.get() == Access::Granted fallback=move || view! { <header::Waiting form /> }>
                <div class="sections">
                    <pbx::Pbx form />
                    <exchange::Exchange form />
                    <mapping::Mapping form />
                    <app_objects::AppObjects form />
                </div>
            </Show>
            <bar::Bar form />
        </form>
    }
}
