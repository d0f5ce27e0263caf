//! The whole configuration out as a file and in again, with a look at what would change. Nothing is saved here: what is
//! taken over becomes input of the form.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `import` | the file that is to be taken over, and what it would change |
//! | `words` | differences and problems, as the form says them |
//! | `json` | configurations as text |
//! | `device` | files |

mod device;
mod import;
mod json;
mod words;

use kit::{Button, StatusLine, copy, live};
use leptos::prelude::*;

use crate::frame::{Frame, spawn};
use crate::text::transfer as text;
use import::Import;

/// The page with export and import.
#[component]
pub fn Transfer(
    /// What it has of the form.
    frame: Frame,
) -> impl IntoView {
    view! {
        <div class="transfer">
            <Export frame=frame />
            <Import frame=frame />
        </div>
    }
}

/// The settings as they are saved, for a file or the clipboard.
#[component]
fn Export(frame: Frame) -> impl IntoView {
    let said = RwSignal::new(None);
    let file = move || frame.stored.with(json::write);
    // With its address a link needs no help to be stored.
    let address = move || {
        let file = String::from(js_sys::encode_uri_component(&file()));
        ["data:application/json;charset=utf-8,", &file].concat()
    };
    let name = ["calendar-settings-", &device::today(), ".json"].concat();
    let press = move || {
        let file = untrack(file);
        spawn(async move {
            let is_copied = copy(&file).await;
            // The page may have been closed meanwhile.
            let _ = said.try_set(Some(if is_copied { text::COPIED } else { text::NOT_COPIED }));
        });
    };
    view! {
        <div class="export">
            <h4>{live(frame.say(text::EXPORT))}</h4>
            <p class="about">{live(frame.say(text::EXPORT_ABOUT))}</p>
            <div class="marks">
                <a class="button" download=name href=live(address)>
                    {live(frame.say(text::EXPORT_FILE))}
                </a>
                <Button label=frame.say(text::COPY) on_press=press />
                <StatusLine
                    class="about"
                    text=move || said.get().map_or("", |words| frame.text(words))
                />
            </div>
        </div>
    }
}
