use calendar::settings::{Item, Section};
use ui::{El, Words, el};

use super::draft::Draft;
use super::row::row;
use super::session::Form;

/// A card with heading and explanation. `id` distinguishes it within the form.
pub fn card(form: Form, id: &'static str, heading: Words, about: Words) -> El {
    let heading = el("div")
        .class("heading")
        .child(el("h3").attr("id", id).text(form.say(heading)))
        .child(el("p").text(form.say(about)));
    el("section").class("card").attr("aria-labelledby", id).child(heading)
}

/// A card with the rows of a section's items, in the order of the table of items.
pub fn rows(form: Form, section: Section) -> El {
    let shown = move || form.draft(|draft| shown(draft, section));
    let make = move |name: &str| Item::from_name(name).map_or_else(|| el("div"), |item| row(form, item));
    el("div").class("rows").each(shown, make)
}

fn shown(draft: &Draft, section: Section) -> Vec<String> {
    let shown = Item::ALL.iter().filter(|item| item.section() == section && item.shown(draft.settings()));
    shown.map(|item| item.name().to_owned()).collect()
}
