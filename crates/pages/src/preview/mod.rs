//! The preview: what colleagues see on an example day, with the settings as stored and as typed.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `example` | the appointments of the day |
//! | `preset` | days to choose from |
//! | `outcome` | what the rules make of a day |
//! | `day` | what the parts share: appointments, time of day, who looks |
//! | `timeline`, `bar` | the day at a glance; appointments that can be moved |
//! | `editor` | the fields of the chosen appointment |
//! | `seen` | who looks, before and after, and why |

mod bar;
mod day;
mod editor;
mod example;
mod outcome;
mod preset;
mod seen;
mod timeline;

pub use outcome::Verdict;
pub use preset::Preset;

use kit::{Button, live};
use leptos::prelude::*;

use crate::frame::Frame;
use crate::text::preview as text;
use day::Day;
use editor::Editor;
use seen::BeforeAndAfter;
use timeline::Timeline;

/// The preview.
#[component]
pub fn Preview(
    /// What it has of the form.
    frame: Frame,
) -> impl IntoView {
    let day = Day::new(frame);
    view! {
        <div class="preview" lang=live(move || frame.language.get().code())>
            <p class="about">{live(frame.say(text::ABOUT))}</p>
            <div class="presets" role="group" aria-label=live(frame.say(text::PRESETS))>
                {Preset::ALL.map(|preset| view! { <Choice day=day preset=preset /> })}
            </div>
            <Timeline day=day />
            <BeforeAndAfter day=day />
            <Editor day=day />
        </div>
    }
}

/// A day to choose.
#[component]
fn Choice(day: Day, preset: Preset) -> impl IntoView {
    view! {
        <Button
            label=day.frame.say(text::preset(preset))
            pressed=move || day.preset.get() == Some(preset)
            on_press=move || day.show(preset)
        />
    }
}
