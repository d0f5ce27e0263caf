use leptos::prelude::*;
use ui::{El, Words, el};
use wasm_bindgen::prelude::*;

use crate::frame::{Frame, object, spawn};
use crate::text::users as text;

#[wasm_bindgen]
extern "C" {
    /// An `ExplainResult`.
    type Explained;

    #[wasm_bindgen(method, getter)]
    fn note(this: &Explained) -> Option<String>;
    #[wasm_bindgen(method, getter, js_name = changesAt)]
    fn changes_at(this: &Explained) -> Option<f64>;
    #[wasm_bindgen(method, getter)]
    fn reasons(this: &Explained) -> Option<Vec<ReasonMessage>>;

    type ReasonMessage;

    #[wasm_bindgen(method, getter)]
    fn text(this: &ReasonMessage) -> String;
}

/// What is known of the reasons.
#[derive(Clone, Default)]
struct Reasons {
    /// What is to be said instead of them, or before them.
    said: Option<Words>,
    note: String,
    changes_at: Option<f64>,
    sentences: Vec<String>,
}

/// The panel with the reasons for what is seen of a user. They are asked for when it opens.
pub fn why(frame: Frame, guid: String) -> El {
    let reasons = RwSignal::new(Reasons { said: Some(text::LOADING), ..Reasons::default() });
    spawn(async move {
        let answer = frame.request("Explain", object(&[("guid", guid.into())])).await;
        let told = answer.ok().map(JsCast::unchecked_into::<Explained>);
        let told = told.and_then(|told| Some((told.note()?, told.changes_at(), told.reasons()?)));
        let told = told.map(|(note, at, reasons)| {
            (note, at, reasons.iter().map(ReasonMessage::text).collect::<Vec<_>>())
        });
        // The panel may have been closed meanwhile.
        let _ = reasons.try_set(match told {
            Some((note, changes_at, sentences)) => {
                let said = sentences.is_empty().then_some(text::NO_APPOINTMENTS);
                Reasons { said, note, changes_at, sentences }
            }
            None => Reasons { said: Some(text::UNREACHABLE), ..Reasons::default() },
        });
    });
    let said =
        move || reasons.with(|reasons| reasons.said).map(|words| frame.text(words)).unwrap_or_default();
    let sentences = move || reasons.with(|reasons| reasons.sentences.clone());
    el("div")
        .class("why")
        .child(el("p").attr("role", "status").text(said))
        .child(
            el("ul")
                .class("reasons")
                .attr("lang", "en")
                .each(sentences, |sentence| el("li").text(sentence.to_owned())),
        )
        .child(el("p").text(move || reasons.with(|reasons| changes(frame, reasons.changes_at))))
        .child(el("code").attr("dir", "auto").text(move || reasons.with(|reasons| reasons.note.clone())))
}

fn changes(frame: Frame, at: Option<f64>) -> String {
    let Some(at) = at else { return String::new() };
    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds")]
    frame.filled(text::CHANGES_AT, &[&frame.when(at as i64)])
}
