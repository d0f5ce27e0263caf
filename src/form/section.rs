use calendar::settings::{Item, Section};
use kit::{Each, Unseen, Words, live};
use leptos::html::Details;
use leptos::prelude::*;

use super::row::{Row, in_brackets};
use super::session::Form;
use crate::text;

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
                <h3 id=id tabindex="-1">{form.say(heading)}</h3>
                <p>{form.say(about)}</p>
            </div>
            {children()}
        </section>
    }
}

/// The rows of a section's items, in the order of the table of items; those that are seldom changed are folded away.
/// Hidden items have none.
#[component]
pub fn Rows(form: Form, section: Section) -> impl IntoView {
    let has_advanced = Memo::new(move |_| !rows(form, section, Item::advanced).is_empty());
    view! {
        <List form=form section=section is_here=|item| !item.advanced() />
        <Show when=move || has_advanced.get()>
            <Advanced form=form section=section />
        </Show>
    }
}

/// The rows that are folded away. They unfold by themselves for what must not be missed, also when it comes from somebody
/// else, and fold again only when that is asked for.
#[component]
fn Advanced(form: Form, section: Section) -> impl IntoView {
    let outstanding = Memo::new(move |_| form.state.always(|draft| draft.outstanding(section)));
    let is_open = RwSignal::new(untrack(|| !outstanding.with(Vec::is_empty)));
    let place = NodeRef::<Details>::new();
    Effect::new(move |before: Option<Vec<_>>| {
        let now = outstanding.get();
        if before.is_some_and(|before| now.iter().any(|item| !before.contains(item))) {
            is_open.set(true);
        }
        now
    });
    let toggled = move |_| {
        if let Some(place) = place.get_untracked() {
            is_open.set(place.open());
        }
    };
    view! {
        <details
            class="advanced"
            node_ref=place
            prop:open=live(move || is_open.get())
            on:toggle=toggled
        >
            <summary>
                {form.say(text::ADVANCED)} <Unseen text=move || in_brackets(form.text(text::heading(section))) />
            </summary>
            <List form=form section=section is_here=Item::advanced />
        </details>
    }
}

/// The rows of those items of a section that belong here.
#[component]
pub fn List(form: Form, section: Section, is_here: fn(Item) -> bool) -> impl IntoView {
    let names = move || rows(form, section, is_here).iter().map(|item| item.name().to_owned()).collect();
    view! {
        <div class="rows">
            <Each
                keys=names
                children=move |name| Item::from_name(&name).map(|item| view! { <Row form=form item=item /> })
            />
        </div>
    }
}

fn rows(form: Form, section: Section, is_here: fn(Item) -> bool) -> Vec<Item> {
    let items = form.state.fields.get().into_iter();
    items.filter(|item| item.section() == section && is_here(*item)).collect()
}
