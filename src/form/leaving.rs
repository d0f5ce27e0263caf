use calendar::settings::Item;
use leptos::prelude::*;
use ui::{El, el};

use super::session::Form;
use crate::{intl, json, text};

/// Offers the unsaved input of a form that was closed before, if there is some.
pub fn kept(form: Form) -> Option<El> {
    let (draft, at) = form.kept()?;
    let sentence = move || form.filled(text::KEPT, &intl::time(form.language.get(), at));
    let offer = el("div").class("warning kept").attr("role", "status").child(el("p").text(sentence));
    let place = offer.element().clone();
    let end = move |form: Form| {
        form.forget();
        place.remove();
        form.focus(Item::PbxName);
    };
    let end_after = end.clone();
    let restore = move |form: Form| {
        form.restore(&json::parse(&draft).unwrap_or_default());
        end_after(form);
    };
    Some(offer.child(form.button(text::RESTORE, restore)).child(form.button(text::FORGET, end)))
}
