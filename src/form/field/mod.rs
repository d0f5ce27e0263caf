//! The fields: one file for each kind that is more than an `input`.

mod choice;
mod input;
mod keywords;
mod matrix;
mod notes;
mod secret;
mod text;
mod zone;

use calendar::settings::{Item, Kind, Section};
use leptos::prelude::*;

use super::row::id;
use super::session::Form;
use choice::Select;
use input::{Checkbox, Number};
use keywords::{Chips, Tester};
use matrix::Matrix;
use secret::{Password, Stored};
use text::{Certificates, Copied, Line};
use zone::TimeZone;

pub use choice::choice;
pub use matrix::Head;
pub use notes::Notes;

/// What stands in the row of an item.
#[component]
pub fn Field(form: Form, item: Item) -> impl IntoView {
    match item.kind() {
        Kind::Bool => view! { <Checkbox form=form item=item /> }.into_any(),
        Kind::Int { .. } => view! { <Number form=form item=item /> }.into_any(),
        Kind::Choice(words) if is_matrix(item) => {
            view! { <Matrix form=form item=item words=words /> }.into_any()
        }
        Kind::Choice(words) => view! { <Select form=form item=item words=words /> }.into_any(),
        Kind::Password => view! {
            <Password form=form item=item />
            <Stored form=form item=item />
        }
        .into_any(),
        Kind::Text => text_field(form, item),
    }
}

fn text_field(form: Form, item: Item) -> AnyView {
    match item {
        Item::ClientSecretExpires => view! { <Line form=form item=item kind="date" /> }.into_any(),
        Item::CaCertificate => view! { <Certificates form=form item=item /> }.into_any(),
        Item::PresenceTimeZone => view! { <TimeZone form=form item=item /> }.into_any(),
        Item::PriorityWords => view! {
            <Line form=form item=item />
            <Chips form=form item=item />
        }
        .into_any(),
        Item::PriorityExcludedWords => view! {
            <Line form=form item=item />
            <Chips form=form item=item />
            <Tester form=form />
        }
        .into_any(),
        _ if item.read_only() => view! { <Copied form=form item=item /> }.into_any(),
        _ => view! { <Line form=form item=item /> }.into_any(),
    }
}

/// Whether the item is a row of the matrix that maps appointments to presence.
pub fn is_matrix(item: Item) -> bool {
    item.section() == Section::Mapping && matches!(item.kind(), Kind::Choice(_))
}

/// What describes the field of an item: its help and its problem.
fn described_by(item: Item) -> String {
    id(item, "-help ") + &id(item, "-problem")
}

/// Whether what stands in the field is wrong, where that is to be shown.
fn is_wrong(form: Form, item: Item) -> &'static str {
    super::bar::yes_or_no(form.of(item, |seen| seen.problem.is_some()))
}
