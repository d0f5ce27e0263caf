//! How it goes: what has to happen until presences are shown, and from then on how the users stand.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `news` | what the service tells |
//! | `steps` | how each step stands, why, and what comes next |
//! | `checklist` | the steps |
//! | `standing` | the users by state, and when calendars were last read |

mod checklist;
mod news;
mod standing;
mod steps;

use kit::{Texts, live};
use leptos::prelude::*;
use texts::overview as text;

use crate::frame::{Frame, object, spawn};
use crate::told::Told;
use checklist::Checklist;
use news::News;
use standing::Standing;
use steps::{Stand, steps};

/// What the parts of the page share. Handles to signals, so it is copied freely.
#[derive(Clone, Copy)]
struct Desk {
    frame: Frame,
    texts: Texts,
    news: News,
}

impl Desk {
    /// Leads to a part or an item of the form; to the users in one state.
    fn go(self, to: &'static str, state: &'static str) {
        let body = object(&[("to", to.into()), ("state", state.into())]);
        spawn(async move {
            // The form does so itself, and has nothing to answer.
            let _ = self.frame.request("go", body).await;
        });
    }
}

/// The steps until all are done, then the users.
#[component]
pub fn Overview(
    /// What it has of the form.
    frame: Frame,
    /// What the form is told by the service.
    told: RwSignal<Told>,
) -> impl IntoView {
    let desk = Desk { frame, texts: Texts(frame.language), news: News::new(frame, told) };
    let found = Memo::new(move |_| {
        let status = desk.news.status.get();
        status.map(|status| frame.stored.with(|stored| steps(stored, &status)))
    });
    let is_done = Memo::new(move |_| {
        found.with(|found| {
            found.as_ref().is_some_and(|steps| steps.iter().all(|step| step.stand == Stand::Done))
        })
    });
    let is_known = Memo::new(move |_| found.with(Option::is_some));
    view! {
        <div class="overview" lang=live(move || desk.texts.language().code())>
            <p class="about" prop:hidden=live(move || is_known.get())>
                {desk.texts.say(text::LOADING)}
            </p>
            <Show when=move || is_known.get() && !is_done.get()>
                <Checklist desk=desk found=found />
            </Show>
            <Show when=move || is_done.get()>
                <Standing desk=desk />
            </Show>
        </div>
    }
}
