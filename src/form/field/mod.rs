//! The fields: one file for each kind that is more than an `input`.

mod choice;
mod keywords;
mod matrix;
mod notes;
mod secret;
mod text;
mod zone;

use calendar::settings::{Item, Kind, Section, Value};
use ui::{El, el};

use super::bar::yes_or_no;
use super::draft::Draft;
use super::row::id;
use super::session::Form;

pub use choice::choice;
pub use notes::notes;

/// What stands in the row of an item.
pub fn of(form: Form, item: Item) -> Vec<El> {
    match item.kind() {
        Kind::Bool => vec![checkbox(form, item)],
        Kind::Int { .. } => vec![number(form, item)],
        Kind::Text => match item {
            Item::CaCertificate => text::certificates(form, item),
            Item::PresenceTimeZone => vec![zone::field(form, item)],
            Item::PriorityWords => vec![text::line(form, item), keywords::chips(form, item)],
            Item::PriorityExcludedWords => {
                vec![text::line(form, item), keywords::chips(form, item), keywords::tester(form)]
            }
            _ if item.read_only() => vec![text::copied(form, item)],
            _ => vec![text::line(form, item)],
        },
        Kind::Choice(words) if is_matrix(item) => vec![matrix::buttons(form, item, words)],
        Kind::Choice(words) => vec![choice::select(form, item, words)],
        Kind::Password => vec![secret::field(form, item), secret::state(form, item)],
    }
}

/// Whether the item is a row of the matrix that maps appointments to presence.
pub fn is_matrix(item: Item) -> bool {
    item.section() == Section::Mapping && matches!(item.kind(), Kind::Choice(_))
}

/// An element that is the field of an item, tied to its help and its problem.
fn tied(form: Form, item: Item, tag: &'static str) -> El {
    el(tag)
        .attr("id", item.name())
        .attr("aria-describedby", id(item, "-help ") + &id(item, "-problem"))
        .attr("aria-invalid", move || yes_or_no(form.draft(|draft| draft.shown_problem(item).is_some())))
}

/// An `input` element for an item.
fn input(form: Form, item: Item, kind: &'static str) -> El {
    tied(form, item, "input")
        .attr("type", kind)
        .attr("autocomplete", if kind == "password" { "new-password" } else { "off" })
        .attr("autocapitalize", "off")
        .attr("spellcheck", "false")
        .attr("aria-required", move || yes_or_no(form.draft(|draft| item.required(draft.settings()))))
}

/// Field of an item that is true or false.
fn checkbox(form: Form, item: Item) -> El {
    let is_on = move |draft: &Draft| draft.settings().get(item) == Value::Bool(true);
    input(form, item, "checkbox").flag("checked", move || form.draft(is_on)).on("change", move |event| {
        let is_on = ui::is_checked(event);
        form.edit(|draft| draft.set(item, Value::Bool(is_on)));
    })
}

/// Field of a whole number. A text field, because one for numbers changes its value when the page is scrolled and
/// hides what is no number.
fn number(form: Form, item: Item) -> El {
    input(form, item, "text")
        .attr("inputmode", "numeric")
        .prop("value", move || form.draft(|draft| draft.number_text(item)))
        .on("input", move |event| {
            let text = ui::value(event);
            form.edit(|draft| draft.set_number(item, &text));
        })
}
