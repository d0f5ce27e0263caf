use calendar::settings::{Item, Section};
use kit::{Each, Words};
use leptos::prelude::*;

use super::row::Row;
use super::session::Form;

/// A card with heading and explanation.
#[component]
pub fn Card(
    /// What it has of the form.
    form: Form,
    /// Distinguishes it within the form.
    id: &'static str,
    /// Its heading.
    heading: Words,
    /// What is in it.
    about: Words,
    /// What stands below the heading.
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

/// The rows of a section's items, in the order of the table of items. Hidden items have none.
#[component]
pub fn Rows(form: Form, section: Section) -> impl IntoView {
    let shown = move || {
        let items = form.state.fields.get().into_iter();
        items.filter(|item| item.section() == section).map(|item| item.name().to_owned()).collect()
    };
    view! {
        <div class="rows">
            <Each
                keys=shown
                children=move |name| Item::from_name(&name).map(|item| view! { <Row form=form item=item /> })
            />
        </div>
    }
}
