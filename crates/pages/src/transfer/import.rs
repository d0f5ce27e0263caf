use browser::Browser;
use calendar::settings::transfer::{self, Difference, Refusal};
use js_sys::Object;
use kit::{Button, EachOf, Labelled, Words, live, value};
use leptos::ev::DragEvent;
use leptos::html::{Input, P};
use leptos::prelude::*;
use web_sys::File;

use super::words::{Line, difference, wrong};
use super::{device, json};
use crate::frame::{Frame, spawn};
use crate::settings::to_js;
use crate::text::transfer as text;

/// What a configuration would change, or why it cannot be taken over.
type Found = Result<Vec<Difference>, Refusal>;

/// What the parts of the import share. Handles to signals, so it is copied freely.
#[derive(Clone, Copy)]
struct Desk {
    frame: Frame,
    /// The text that is to be taken over.
    chosen: RwSignal<String>,
    /// What is to be said while there is none.
    said: RwSignal<Option<Words>>,
    /// Where that is said.
    place: NodeRef<P>,
}

/// The import: a file or a text, what it would change, and the way into the form.
#[component]
pub fn Import(
    /// What it has of the form.
    frame: Frame,
) -> impl IntoView {
    let desk = Desk { frame, chosen: RwSignal::default(), said: RwSignal::new(None), place: NodeRef::new() };
    let drop = move |event: DragEvent| {
        // Dropped text goes the browser's way, into the field.
        if let Some(file) = device::dropped(&event) {
            event.prevent_default();
            desk.take_file(file);
        }
    };
    view! {
        <div class="import" on:dragover=|event| event.prevent_default() on:drop=drop>
            <h4>{live(frame.say(text::IMPORT))}</h4>
            <p class="about">{live(frame.say(text::IMPORT_ABOUT))}</p>
            <Source desk=desk />
            <Outcome desk=desk />
        </div>
    }
}

/// Where the configuration comes from.
#[component]
fn Source(desk: Desk) -> impl IntoView {
    let frame = desk.frame;
    let chooser = NodeRef::<Input>::new();
    // The browser's own button would be in the browser's language.
    let open = move || {
        if let Some(chooser) = chooser.get_untracked() {
            chooser.click();
        }
    };
    let choose = move |event| {
        if let Some(file) = device::chosen(&event) {
            desk.take_file(file);
        }
    };
    view! {
        <div class="source">
            <div class="marks">
                <Button label=frame.say(text::CHOOSE_FILE) on_press=open />
                <input type="file" accept=".json,application/json" hidden node_ref=chooser on:change=choose />
                <span class="about">{live(frame.say(text::OR_DROP))}</span>
            </div>
            <Labelled label=frame.say(text::PASTE)>
                <textarea
                    rows="4"
                    spellcheck="false"
                    autocomplete="off"
                    prop:value=live(move || desk.chosen.get())
                    on:input=move |event| desk.choose(value(&event))
                ></textarea>
            </Labelled>
        </div>
    }
}

/// What it would change, or why it cannot be taken over.
#[component]
fn Outcome(desk: Desk) -> impl IntoView {
    let frame = desk.frame;
    let is_idle = move || !matches!(desk.found(), Some(Ok(changes)) if !changes.is_empty());
    view! {
        <div class="outcome">
            <div role="status">
                <p tabindex="-1" node_ref=desk.place>
                    {live(move || desk.sentence())}
                </p>
                <ul class="told">
                    <EachOf of=move || desk.lines() key=Line::key children=told />
                </ul>
                <p class="about" prop:hidden=live(is_idle)>
                    {live(frame.say(text::PASSWORDS_STAY))}
                </p>
            </div>
            <div class="marks" prop:hidden=live(move || desk.found().is_none())>
                <Button
                    class="main"
                    label=frame.say(text::TAKE)
                    hidden=is_idle
                    on_press=move || spawn(desk.take_over())
                />
                <Button label=frame.say(text::CANCEL) on_press=move || desk.choose(String::new()) />
            </div>
        </div>
    }
}

/// A difference, or what is wrong.
fn told(line: Line) -> impl IntoView {
    let now = (!line.now.is_empty()).then(|| view! { <span>{line.now}</span> " → " });
    view! {
        <li>
            <b>{line.label}</b>
            <p>
                {now}
                <span>{line.then}</span>
            </p>
        </li>
    }
}

impl Desk {
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

    /// The items that are to be told of.
    fn lines(self) -> Vec<Line> {
        let language = self.frame.language.get();
        match self.found() {
            Some(Ok(changes)) => changes.iter().map(|change| difference(language, change)).collect(),
            Some(Err(Refusal::Wrong(problems))) => {
                problems.iter().map(|problem| wrong(language, problem)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Hands the values to the form. The focus goes to the sentence that says so, because the button is gone then.
    async fn take_over(self) {
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
            if let Some(place) = self.place.get_untracked() {
                // It can have the focus.
                let _ = place.focus();
            }
        }
    }
}
