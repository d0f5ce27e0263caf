use calendar_presence::{Activity, LANGUAGES, Language as Words};
use leptos::prelude::*;
use web_sys::HtmlSelectElement;

use super::day::Day;
use super::outcome::{Outcome, Reason};
use super::text::Text;
use crate::platform::{Browser, language_names};
use calendar::Platform;

/// Who looks: language and time zone.
#[component]
pub fn Viewer(
    /// What the parts of the preview share.
    day: Day,
) -> impl IntoView {
    let names = Memo::new(move |_| language_names(day.language().code(), &LANGUAGES));
    let choice = move |index: usize| {
        view! {
            <option prop:selected=move || day.viewer_language.get().index() == index>
                {move || names.with(|names| names.get(index).cloned())}
            </option>
        }
    };
    let is_unknown = move || day.viewer_zone.with(|zone| !Browser.is_time_zone(zone)).to_string();
    view! {
        <div class="viewer">
            <label>
                <span>{move || day.text(Text::ViewerLanguage)}</span>
                <select on:change=move |event| {
                    let select: HtmlSelectElement = event_target(&event);
                    let language = usize::try_from(select.selected_index()).ok().and_then(Words::from_index);
                    if let Some(language) = language {
                        day.viewer_language.set(language);
                    }
                }>{(0..LANGUAGES.len()).map(choice).collect_view()}</select>
            </label>
            <label>
                <span>{move || day.text(Text::ViewerZone)}</span>
                <input
                    type="text"
                    spellcheck="false"
                    list="time-zones"
                    aria-invalid=is_unknown
                    prop:value=move || day.viewer_zone.get()
                    on:input=move |event| day.viewer_zone.set(event_target_value(&event))
                />
            </label>
        </div>
    }
}

/// What is seen before and after a save, side by side, and why.
#[component]
pub fn BeforeAndAfter(
    /// What the parts of the preview share.
    day: Day,
) -> impl IntoView {
    let is_same = Memo::new(move |_| {
        day.before.with(|before| {
            day.after.with(|after| (before.activity, &before.line) == (after.activity, &after.line))
        })
    });
    view! {
        <div class="outcomes" class:same=move || is_same.get()>
            <Seen day heading=Text::Before outcome=day.before />
            <div role="status"><Seen day heading=Text::After outcome=day.after /></div>
        </div>
        <p class="help">{move || is_same.get().then(|| day.text(Text::Same))}</p>
        <h4>{move || day.text(Text::Why)}</h4>
        <ul class="reasons">
            {move || day.after.with(|after| after.reasons.iter().map(|reason| line(day, reason)).collect_view())}
        </ul>
    }
}

#[component]
fn Seen(day: Day, heading: Text, outcome: Memo<Outcome>) -> impl IntoView {
    let activity = move || match outcome.with(|outcome| outcome.activity) {
        Activity::Free => "free",
        Activity::Busy => "busy",
        Activity::Away => "away",
        Activity::Dnd => "dnd",
    };
    view! {
        <div class="outcome" data-activity=activity>
            <h4>{move || day.text(heading)}</h4>
            <p class="seen" dir="auto">{move || outcome.with(|outcome| outcome.seen.clone())}</p>
            <p class="help">{move || day.text(Text::Line)}": "<code>{move || outcome.with(|outcome| outcome.line.clone())}</code></p>
        </div>
    }
}

fn line(day: Day, reason: &Reason) -> impl IntoView + use<> {
    let words = reason.words(day.language());
    view! { <li><b>{reason.title.clone()}</b>" "{words}</li> }
}
