//! The preview: what colleagues see on an example day, with the settings as saved and as typed.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `example` | the appointments of the day, and days to choose from |
//! | `day` | what the parts share: appointments, time of day, who looks |
//! | `outcome` | what the rules make of them |
//! | `rows` | the appointments, to be changed |
//! | `timeline` | the day at a glance |
//! | `result` | before and after, and why |
//! | `text` | everything it says |

mod day;
mod example;
mod outcome;
mod result;
mod rows;
mod text;
mod timeline;

use leptos::prelude::*;

use crate::form::Form;
use day::Day;
use example::Preset;
use text::Text;

/// The preview, closed until somebody wants it.
#[component]
pub fn Preview(
    /// The form whose settings are tried.
    form: Form,
) -> impl IntoView {
    let is_open = RwSignal::new(false);
    view! {
        <div class="preview">
            <button
                type="button"
                class="disclosure"
                aria-expanded=move || is_open.get().to_string()
                on:click=move |_| is_open.update(|open| *open = !*open)
            >
                {move || form.language.get().preview(Text::Heading)}
            </button>
            <p class="help">{move || form.language.get().preview(Text::About)}</p>
            <Show when=move || is_open.get()>
                <Panel day=Day::new(form) />
            </Show>
        </div>
    }
}

#[component]
fn Panel(day: Day) -> impl IntoView {
    let preset = move |preset: Preset| {
        view! {
            <button
                type="button"
                aria-pressed=move || (day.preset.get() == Some(preset)).to_string()
                on:click=move |_| day.show(preset)
            >
                {move || day.text(Text::Preset(preset))}
            </button>
        }
    };
    view! {
        <div class="presets" role="group" aria-label=move || day.text(Text::Presets)>
            {Preset::ALL.map(preset).collect_view()}
        </div>
        <timeline::Timeline day />
        <result::Viewer day />
        <result::BeforeAndAfter day />
        <rows::Rows day />
    }
}
