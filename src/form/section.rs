use calendar::settings::{Item, Section as Name};
use leptos::prelude::*;

use super::field::Field;
use super::session::Form;
use crate::text::Text;

/// A card with heading and explanation.
#[component]
pub fn Card(
    /// What the parts of the form share.
    form: Form,
    /// Distinguishes the card within the form.
    id: &'static str,
    /// Heading.
    heading: Text,
    /// What it is about.
    about: Text,
    /// What stands in it.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby=id>
            <div class="heading">
                <h3 id=id>{form.say(heading)}</h3>
                <p>{form.say(about)}</p>
            </div>
            {children()}
        </section>
    }
}

/// All fields of a section, in the order of the table of items.
#[component]
pub fn Fields(
    /// What the parts of the form share.
    form: Form,
    /// Which section.
    section: Name,
) -> impl IntoView {
    let items = Item::ALL.iter().copied().filter(|item| item.section() == section);
    items.map(|item| view! { <Field form item /> }).collect_view()
}
