use browser::Browser;
use calendar::settings::transfer::{self, Difference, Refusal};
use js_sys::Object;
use leptos::prelude::*;
use ui::{El, Words, el, value};
use wasm_bindgen::JsCast;
use web_sys::{Event, File, HtmlElement};

use super::words::{Line, difference, wrong};
use super::{device, json};
use crate::field::{button, labelled};
use crate::frame::{Frame, spawn};
use crate::settings::to_js;
use crate::text::transfer as text;

/// Stands between the parts of a line's key, because nobody types it.
const BETWEEN: char = '\u{1f}';

/// What a configuration would change, or why it cannot be taken over.
type Found = Result<Vec<Difference>, Refusal>;

/// What the parts of the import share. Handles to signals, so it is copied freely.
#[derive(Clone, Copy)]
struct Import {
    frame: Frame,
    /// The text that is to be taken over.
    chosen: RwSignal<String>,
    /// What is to be said while there is none.
    said: RwSignal<Option<Words>>,
}

/// The import: a file or a text, what it would change, and the way into the form.
pub fn import(frame: Frame) -> El {
    let import = Import { frame, chosen: RwSignal::new(String::new()), said: RwSignal::new(None) };
    el("div")
        .class("import")
        .child(el("h4").text(frame.say(text::IMPORT)))
        .child(el("p").class("about").text(frame.say(text::IMPORT_ABOUT)))
        .child(import.source())
        .child(import.outcome())
        .on("dragover", Event::prevent_default)
        .on("drop", move |event| {
            // Dropped text goes the browser's way, into the field.
            if let Some(file) = device::dropped(event) {
                event.prevent_default();
                import.take_file(file);
            }
        })
}

impl Import {
    /// Where the configuration comes from.
    fn source(self) -> El {
        let frame = self.frame;
        let chooser = el("input")
            .attr("type", "file")
            .attr("accept", ".json,application/json")
            .attr("hidden", "")
            .on("change", move |event| {
                if let Some(file) = device::chosen(event) {
                    self.take_file(file);
                }
            });
        let opens = chooser.element().clone();
        // The browser's own button would be in the browser's language.
        let open = button(frame, text::CHOOSE_FILE, move || opens.unchecked_ref::<HtmlElement>().click());
        let pasted = el("textarea")
            .attr("rows", "4")
            .attr("spellcheck", "false")
            .attr("autocomplete", "off")
            .prop("value", move || self.chosen.get())
            .on("input", move |event| self.choose(value(event)));
        el("div")
            .class("source")
            .child(
                el("div")
                    .class("marks")
                    .child(open)
                    .child(chooser)
                    .child(el("span").class("about").text(frame.say(text::OR_DROP))),
            )
            .child(labelled(frame, text::PASTE, pasted))
    }

    fn choose(self, text: String) {
        self.said.set(None);
        self.chosen.set(text);
    }

    fn take_file(self, file: File) {
        spawn(async move {
            let text = device::read(file).await;
            // The page may have been closed meanwhile.
            let said = text.is_none().then_some(text::UNREADABLE);
            if self.said.try_set(said).is_none() {
                self.chosen.set(text.unwrap_or_default());
            }
        });
    }

    /// What the text would change now; nothing where there is none.
    fn found(self) -> Option<Found> {
        self.chosen.with(|chosen| {
            let is_chosen = !chosen.trim().is_empty();
            is_chosen.then(|| {
                let file = json::parse(chosen).ok_or(Refusal::Foreign)?;
                self.frame.typed.with(|typed| transfer::import(&file, typed, &Browser))
            })
        })
    }

    /// What it would change, or why it cannot be taken over.
    fn outcome(self) -> El {
        let frame = self.frame;
        let sentence = el("p").attr("tabindex", "-1").text(move || self.sentence());
        let place = sentence.element().clone();
        let is_idle = move || !matches!(self.found(), Some(Ok(changes)) if !changes.is_empty());
        let said = el("div")
            .attr("role", "status")
            .child(sentence)
            .child(el("ul").class("told").each(move || self.lines(), line))
            .child(el("p").class("about").text(frame.say(text::PASSWORDS_STAY)).flag("hidden", is_idle));
        let take = button(frame, text::TAKE, move || spawn(self.take_over(place.clone()))).class("main");
        let cancel = button(frame, text::CANCEL, move || self.choose(String::new()));
        el("div").class("outcome").child(said).child(
            el("div")
                .class("marks")
                .flag("hidden", move || self.found().is_none())
                .child(take.flag("hidden", is_idle))
                .child(cancel),
        )
    }

    fn sentence(self) -> String {
        let frame = self.frame;
        let words = match self.found() {
            None => return self.said.get().map_or("", |words| frame.text(words)).to_owned(),
            Some(Ok(changes)) if changes.is_empty() => text::SAME,
            Some(Ok(changes)) => return frame.counted(text::CHANGES, changes.len()),
            Some(Err(Refusal::Foreign)) => text::FOREIGN,
            Some(Err(Refusal::Newer)) => text::NEWER,
            Some(Err(Refusal::Wrong(_))) => text::WRONG,
        };
        frame.text(words).to_owned()
    }

    /// The items that are to be told of, each as the key of its line.
    fn lines(self) -> Vec<String> {
        let language = self.frame.language.get();
        match self.found() {
            Some(Ok(changes)) => changes.iter().map(|change| key(&difference(language, change))).collect(),
            Some(Err(Refusal::Wrong(problems))) => {
                problems.iter().map(|problem| key(&wrong(language, problem))).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Hands the values to the form. The focus goes to the sentence that says so, because the button is gone then.
    async fn take_over(self, place: web_sys::Element) {
        let Some(Ok(changes)) = untrack(|| self.found()) else { return };
        let items = Object::new();
        for change in changes {
            // Setting a property of a fresh object cannot fail.
            let _ = js_sys::Reflect::set(&items, &change.item.name().into(), &to_js(change.then));
        }
        let answer = self.frame.request("take", items).await;
        // The page may have been closed meanwhile.
        if answer.is_ok() && self.said.try_set(Some(text::TAKEN)).is_none() {
            self.chosen.set(String::new());
            let _ = place.unchecked_ref::<HtmlElement>().focus();
        }
    }
}

fn key(line: &Line) -> String {
    let between = BETWEEN.to_string();
    [&*line.label, &line.now, &line.then].join(&between)
}

fn line(key: &str) -> El {
    let mut parts = key.split(BETWEEN).map(str::to_owned);
    let mut part = || parts.next().unwrap_or_default();
    let (label, now, then) = (part(), part(), part());
    let values = el("p");
    let values = if now.is_empty() { values } else { values.child(el("span").text(now)).text(" → ") };
    el("li").child(el("b").text(label)).child(values.child(el("span").text(then)))
}
