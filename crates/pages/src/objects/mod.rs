//! The section about the App objects in the PBX.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `state` | what is shown: which objects there are, what is open, what became of the last change |
//! | `transport` | how messages get from the page to PBX, App Platform and service |
//! | `act` | what the buttons do |
//! | `row` | an object with its buttons |
//! | `editor` | names and templates of an object, to be changed |
//! | `feedback` | sentences about problems and results |

mod act;
mod editor;
mod feedback;
mod row;
mod state;
mod transport;

pub use state::Objects;

use leptos::prelude::*;
use texts::objects as text;
use ui::{El, el};

use super::pages;
use super::section::card;
use super::session::Form;
use crate::text::{APP_OBJECTS, APP_OBJECTS_HELP};
use app_objects::{Kind, Problem};

/// The section in the form, from which they are opened.
pub fn section(form: Form) -> El {
    card(form, "objects", APP_OBJECTS, APP_OBJECTS_HELP).child(pages::objects(form))
}

/// The App objects.
pub fn objects(form: Form) -> El {
    act::keep_current(form);
    let has_pbx = move || form.of_objects(|objects| objects.found != Some(Err(Problem::NoPbx)));
    el("div")
        .class("objects")
        .attr("lang", move || form.language.get().code())
        .when(move || !has_pbx(), move || addresses(form))
        .when(has_pbx, move || rows(form))
}

/// The addresses alone, where there is no PBX.
fn addresses(form: Form) -> El {
    let list = Kind::ALL.into_iter().fold(el("dl"), |list, kind| {
        let page = move || act::addresses(form).page(kind);
        list.child(el("dt").text(kind.names().0)).child(el("dd").child(el("code").text(page)))
    });
    el("div").child(el("p").class("about").text(form.say(text::NO_PBX))).child(list)
}

fn rows(form: Form) -> El {
    let keys = move || form.of_objects(Objects::keys);
    let check = form.button(text::CHECK_AGAIN, act::check).class("link");
    let tone = move || form.of_objects(|objects| objects.feedback.as_ref().map_or("", feedback::tone));
    let notice = el("p").class("notice").attr("role", "status").attr("data-tone", tone);
    el("div")
        .child(el("p").class("about problem").text(move || feedback::trouble(form)))
        .child(el("div").each(keys, move |key| row::row(form, key)))
        .child(el("div").class("about said").child(check).child(notice.text(move || feedback::last(form))))
}
