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

use leptos::prelude::*;
use ui::{El, el};

use crate::field::button;
use crate::frame::Frame;
use crate::text::preview as text;
use day::Day;

/// The preview.
pub fn preview(frame: Frame) -> El {
    let day = Day::new(frame);
    el("div")
        .class("preview")
        .attr("lang", move || frame.language.get().code())
        .child(el("p").class("about").text(frame.say(text::ABOUT)))
        .child(presets(day))
        .child(timeline::timeline(day))
        .child(seen::before_and_after(day))
        .child(editor::editor(day))
}

fn presets(day: Day) -> El {
    let one = |preset| {
        let is_chosen = move || if day.preset.get() == Some(preset) { "true" } else { "false" };
        button(day.frame, text::preset(preset), move || day.show(preset)).attr("aria-pressed", is_chosen)
    };
    el("div")
        .class("presets")
        .attr("role", "group")
        .attr("aria-label", day.frame.say(text::PRESETS))
        .children(Preset::ALL.map(one))
}
