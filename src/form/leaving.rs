use leptos::prelude::*;
use ui::{El, el};
use wasm_bindgen::prelude::*;

use super::draft::Draft;
use super::session::Form;
use crate::{intl, json, text};

/// From so many changes on it is asked whether they are to be forgotten.
const MANY: usize = 5;

#[wasm_bindgen]
extern "C" {
    type Dialog;

    #[wasm_bindgen(method, js_name = showModal)]
    fn show_modal(this: &Dialog);

    #[wasm_bindgen(method)]
    fn close(this: &Dialog);
}

/// The button that forgets what was typed, and the question that it asks when that is much.
pub fn discard(form: Form) -> [El; 2] {
    let question = move || form.counted(text::DISCARD_QUESTION, form.draft(|draft| draft.changes().len()));
    let dialog = el("dialog")
        .attr("aria-labelledby", "discard-question")
        .child(el("p").attr("id", "discard-question").text(question));
    let shown = dialog.element().clone();
    let close = move || shown.unchecked_ref::<Dialog>().close();
    let close_first = close.clone();
    let confirm = form.button(text::DISCARD, move |form| {
        close_first();
        form.edit(Draft::discard);
    });
    let dialog =
        dialog.child(confirm).child(form.button(text::KEEP_INPUT, move |_| close()).attr("autofocus", ""));
    let asked = dialog.element().clone();
    let button = form.button(text::DISCARD, move |form| {
        if form.draft.with_untracked(|draft| draft.changes().len()) < MANY {
            form.edit(Draft::discard);
        } else {
            asked.unchecked_ref::<Dialog>().show_modal();
        }
    });
    [button, dialog]
}

/// Offers the unsaved input of a form that was closed before, if there is some.
pub fn kept(form: Form) -> Option<El> {
    let (draft, at) = form.kept()?;
    let sentence = move || form.filled(text::KEPT, &intl::time(form.language.get(), at));
    let offer = el("div").class("warning kept").attr("role", "status").child(el("p").text(sentence));
    let place = offer.element().clone();
    let end = move |form: Form| {
        form.forget();
        place.remove();
    };
    let end_after = end.clone();
    let restore = move |form: Form| {
        form.edit(|now: &mut Draft| now.restore(&json::parse(&draft).unwrap_or_default()));
        end_after(form);
    };
    Some(offer.child(form.button(text::RESTORE, restore)).child(form.button(text::FORGET, end)))
}
