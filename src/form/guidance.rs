use calendar::settings::guidance::{
    EWS_ENDS, EWS_SWITCHED_OFF, EwsEnd, GRAPH_PERMISSION, Guidance, Move, guidance, move_to_graph,
};
use calendar::settings::{Item, SyncType, Value};
use leptos::prelude::*;
use ui::{El, Words, el, fill};

use super::bar::yes_or_no;
use super::draft::Draft;
use super::row::in_words;
use super::section::card;
use super::session::Form;
use crate::connection::Status;
use crate::{intl, platform, text};

/// What is to be known of the chosen way to the calendars, and the move to Microsoft Graph.
pub fn guide(form: Form) -> El {
    let is_offered = move || form.draft(|draft| move_to_graph(draft.settings()).is_some());
    let go = form.button(text::MOVE, |form| {
        form.edit(|draft| {
            if let Some(Move { changes, .. }) = move_to_graph(draft.settings()) {
                draft.take(changes);
            }
        });
        form.focus(Item::SyncType);
    });
    let ends = el("div")
        .class("warning")
        .flag("hidden", move || !is_offered())
        .child(el("p").text(move || end(form)))
        .child(list_client(form))
        .child(go);
    let move_on = el("p").class("warning").text(move || steps(form));
    el("div").class("guide").attr("role", "status").child(ends).child(move_on)
}

/// What ends, and when.
fn end(form: Form) -> String {
    let language = form.language.get();
    let date = |day| intl::date(language, day);
    let found = form.draft(|draft| guidance(draft.settings(), intl::today()));
    match found.first() {
        Some(Guidance::ImpersonationGone) => form.text(text::CLOUD_IS_GONE).to_owned(),
        Some(Guidance::EwsEndUnknown) => form.text(text::EWS_END_UNKNOWN).to_owned(),
        Some(Guidance::EwsEnds(EwsEnd::Ended)) => form.filled(text::EWS_ENDED, &date(EWS_ENDS)),
        Some(Guidance::EwsEnds(EwsEnd::Begins(_) | EwsEnd::Ends(_))) => {
            let ends = fill(form.text(text::EWS_ENDS), &[&date(EWS_SWITCHED_OFF), &date(EWS_ENDS)]);
            #[expect(clippy::cast_precision_loss, reason = "days are few")]
            let days = (EWS_ENDS - intl::today()) as f64;
            ends + " " + &form.filled(text::FOR_ALL, &intl::distance(language, days, "day"))
        }
        _ => String::new(),
    }
}

/// The client ID that the tenant must list, to be copied.
fn list_client(form: Form) -> El {
    let client = move |draft: &Draft| {
        guidance(draft.settings(), intl::today()).into_iter().find_map(|guidance| match guidance {
            Guidance::ListClient(client) => Some(client),
            _ => None,
        })
    };
    let client = move || form.draft(client);
    let said = el("span").attr("role", "status");
    let place = said.element().clone();
    let copy = move |form: Form| {
        let Some(client) = client() else { return };
        let place = place.clone();
        form.spawn(async move {
            if platform::copy(&client).await {
                place.set_text_content(Some(form.text(text::COPIED)));
            }
        });
    };
    el("p")
        .class("copy")
        .flag("hidden", move || client().is_none())
        .text(form.say(text::LIST_CLIENT))
        .child(el("code").text(move || client().unwrap_or_default()))
        .child(form.button(text::COPY_CLIENT, copy))
        .child(said)
}

/// What Microsoft Graph asks of the administrator until it works: a permission to add. After a move, which to take away
/// then.
fn steps(form: Form) -> String {
    let (is_graph, way) = form.draft(|draft| {
        (
            draft.settings().sync_type == SyncType::Graph,
            move_to_graph(draft.stored()).or_else(|| draft.moved()),
        )
    });
    let is_saved = form.draft(|draft| draft.stored().sync_type == SyncType::Graph);
    let works = |status: &Status| is_saved && status.sync == "running" && status.matched > 0;
    // Nothing as long as that is unknown: what comes and goes would move the fields below.
    let works = form.status.with(|status| status.as_ref().map(works));
    match (works.filter(|_| is_graph), way) {
        (Some(true), Some(way)) => form.filled(text::MOVE_AFTER, &way.revoke.join(", ")),
        (Some(false), way) => {
            let keeps = if way.is_some() { form.text(text::MOVE_KEEPS) } else { "" };
            [keeps, " ", &form.filled(text::GRANT, GRAPH_PERMISSION)].concat()
        }
        _ => String::new(),
    }
}

/// The first steps of a new configuration: nothing is chosen without a click.
pub fn first_steps(form: Form) -> El {
    let titles = move |words: Words, shown: bool| {
        let is_chosen = move |draft: &Draft| {
            let is_on = draft.settings().show_subject;
            is_on == shown && (is_on || draft.is_taken(Item::ShowSubject))
        };
        let answer = move |form: Form| {
            form.edit(|draft| draft.take(vec![(Item::ShowSubject, Value::Bool(shown))]));
        };
        choice(form.button(words, answer), move || form.draft(is_chosen))
    };
    let graph = form.button(text::USE_GRAPH, |form| {
        form.edit(|draft| draft.set(Item::SyncType, Value::Choice(SyncType::Graph as usize)));
    });
    let is_graph = move || form.draft(|draft| draft.settings().sync_type == SyncType::Graph);
    let other = form.button(text::USE_OTHER, |form| form.focus(Item::SyncType));
    let step = |question: Words| el("div").class("step").child(el("p").text(form.say(question)));
    card(form, "first-steps", text::FIRST_STEPS, text::FIRST_STEPS_ABOUT)
        .child(step(text::ASK_TYPE).child(choice(graph, is_graph)).child(other))
        .child(step(text::ASK_PLACE).child(place(form)))
        .child(
            step(text::ASK_TITLES)
                .child(titles(text::WITH_TITLES, true))
                .child(titles(text::WITHOUT_TITLES, false)),
        )
}

/// A button that shows whether it is what was chosen.
fn choice(button: El, is_chosen: impl Fn() -> bool + 'static) -> El {
    button.attr("aria-pressed", move || yes_or_no(is_chosen()))
}

/// Language and time zone of the administrator's browser.
fn place(form: Form) -> El {
    let here = [
        (Item::PresenceTimeZone, Value::Text(intl::time_zone())),
        (Item::PresenceLanguage, Value::Choice(intl::presence_language())),
    ];
    let [zone, language] = here.clone().map(|(item, value)| move || in_words(form, item, &value));
    let name = move || fill(form.text(text::USE_PLACE), &[&zone(), &language()]);
    let wanted = here.clone();
    let is_chosen =
        move || form.draft(|draft| wanted.iter().all(|(item, value)| draft.settings().get(*item) == *value));
    let button = el("button").attr("type", "button").text(name).on("click", move |_| {
        form.edit(|draft| draft.take(here.to_vec()));
    });
    choice(button, is_chosen)
}
