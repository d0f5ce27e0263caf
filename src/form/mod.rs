//! The form: one function per kind of field, one file per section.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `draft` | what was typed, beside what the service has |
//! | `session` | what the parts share: draft, connection, loading |
//! | `save` | how a save goes |
//! | `search` | finding an entry of a long list |
//! | `row` | the row of an item: label, field, help, problem, conflict |
//! | `field` | the fields of each kind |
//! | `section` | a card with the items of a section |
//! | `pbx`, `exchange`, `mapping`, `objects` | the sections |
//! | `pages` | what is opened on demand, from a module of its own |
//! | `header`, `bar` | what frames the sections |
//! | `guidance` | what ends at Microsoft, the move to Graph, the first steps |
//! | `summary` | what the last save came to, and the way back |
//! | `leaving` | input that would be lost |

mod bar;
mod draft;
mod exchange;
mod field;
mod guidance;
mod header;
mod leaving;
mod mapping;
mod objects;
mod pages;
mod pbx;
mod row;
mod save;
mod search;
mod section;
mod session;
mod summary;

pub use objects::objects;
pub use session::Form;

use leptos::prelude::*;
use ui::{El, el};

use draft::Draft;
use session::Access;

/// The whole form.
pub fn calendar_form(form: Form) -> El {
    let is_granted = move || form.access.get() == Access::Granted;
    el("form")
        .class("calendar")
        .attr("lang", move || form.language.get().code())
        .attr("novalidate", "")
        .attr("autocomplete", "off")
        .on("submit", move |event| {
            event.prevent_default();
            form.spawn(form.save());
        })
        .child(header::header(form))
        .when(move || !is_granted(), move || header::waiting(form))
        .when(is_granted, move || sections(form))
        .child(bar::bar(form))
}

fn sections(form: Form) -> El {
    el("div")
        .class("sections")
        .children(leaving::kept(form))
        .when(move || form.draft(Draft::is_new), move || guidance::first_steps(form))
        .child(pbx::pbx(form))
        .child(exchange::exchange(form))
        .child(mapping::mapping(form))
        .child(pages::users(form))
        .child(objects::section(form))
        .child(pages::transfer(form))
}
