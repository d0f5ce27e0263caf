//! The whole configuration out as a file and in again, with a look at what would change. Nothing is saved here: what is
//! taken over becomes input of the form.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `import` | the file that is to be taken over, and what it would change |
//! | `words` | differences and problems, as the form says them |
//! | `json` | configurations as text |
//! | `device` | files and clipboard |

mod device;
mod import;
mod json;
mod words;

use leptos::prelude::*;
use ui::{El, el};

use crate::field::button;
use crate::frame::{Frame, spawn};
use crate::text::transfer as text;

/// The page with export and import.
pub fn transfer(frame: Frame) -> El {
    el("div").class("transfer").child(export(frame)).child(import::import(frame))
}

/// The settings as they are saved, for a file or the clipboard.
fn export(frame: Frame) -> El {
    let said = RwSignal::new(None);
    let file = move || frame.stored.with(json::write);
    // With its address a link needs no help to be stored.
    let address = move || {
        let file = String::from(js_sys::encode_uri_component(&file()));
        ["data:application/json;charset=utf-8,", &file].concat()
    };
    let name = ["calendar-settings-", &device::today(), ".json"].concat();
    let link = el("a").class("button").attr("download", name).attr("href", address);
    let copy = move || {
        let file = untrack(file);
        spawn(async move {
            let is_copied = device::copy(&file).await;
            // The page may have been closed meanwhile.
            let _ = said.try_set(Some(if is_copied { text::COPIED } else { text::NOT_COPIED }));
        });
    };
    el("div")
        .class("export")
        .child(el("h4").text(frame.say(text::EXPORT)))
        .child(el("p").class("about").text(frame.say(text::EXPORT_ABOUT)))
        .child(
            el("div")
                .class("marks")
                .child(link.text(frame.say(text::EXPORT_FILE)))
                .child(button(frame, text::COPY, copy))
                .child(
                    el("p")
                        .class("about")
                        .attr("role", "status")
                        .text(move || said.get().map_or("", |words| frame.text(words))),
                ),
        )
}
