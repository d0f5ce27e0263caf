use calendar::settings::guidance::{
    EWS_ENDS, EWS_SWITCHED_OFF, EwsEnd, GRAPH_PERMISSION, Guidance, Move, guidance, move_to_graph,
};
use calendar::settings::{Item, SyncType, Value};
use kit::{Button, Words, copy, fill, live};
use leptos::prelude::*;

use super::draft::Draft;
use super::row::in_words;
use super::section::Card;
use super::session::Form;
use crate::connection::Status;
use crate::{intl, text};

/// What is to be known of the chosen way to the calendars, and the move to Microsoft Graph.
#[component]
pub fn Guide(form: Form) -> impl IntoView {
    // Found anew with each change, and shown anew when it is another.
    let found = Memo::new(move |_| form.state.always(|draft| guidance(draft.settings(), intl::today())));
    let way = Memo::new(move |_| form.state.always(|draft| move_to_graph(draft.settings())));
    let move_over = move || {
        if let Some(Move { changes, .. }) = way.get_untracked() {
            form.edit(|draft| draft.take(changes));
        }
        form.focus(Item::SyncType);
    };
    view! {
        <div class="guide" role="status">
            <div class="warning" prop:hidden=live(move || way.with(Option::is_none))>
                <p>{live(move || found.with(|found| end(form, found.first())))}</p>
                <ListClient form=form found=found />
                <Button label=form.say(text::MOVE) on_press=move_over />
            </div>
            <p class="warning">{live(move || steps(form))}</p>
        </div>
    }
}

/// What ends, and when.
fn end(form: Form, found: Option<&Guidance>) -> String {
    let language = form.language();
    let date = |day| intl::date(language, day);
    match found {
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
#[component]
fn ListClient(form: Form, found: Memo<Vec<Guidance>>) -> impl IntoView {
    let client = move || {
        let client = |guidance: &Guidance| match guidance {
            Guidance::ListClient(client) => Some(client.clone()),
            _ => None,
        };
        found.with(|found| found.iter().find_map(client))
    };
    let is_copied = RwSignal::new(false);
    let press = move || {
        let Some(client) = untrack(client) else { return };
        form.spawn(async move { is_copied.set(copy(&client).await) });
    };
    view! {
        <p class="copy" prop:hidden=live(move || client().is_none())>
            {form.say(text::LIST_CLIENT)}
            <code>{live(move || client().unwrap_or_default())}</code>
            <Button label=form.say(text::COPY_CLIENT) on_press=press />
            <span role="status">{live(move || if is_copied.get() { form.text(text::COPIED) } else { "" })}</span>
        </p>
    }
}

/// What Microsoft Graph asks of the administrator until it works: a permission to add. After a move, which to take away
/// then.
fn steps(form: Form) -> String {
    let is_graph = form.of(Item::SyncType, |seen| seen.value == Value::Choice(SyncType::Graph as usize));
    let stored = form.state.stored;
    let way = stored.with(move_to_graph).or_else(|| form.state.now(Draft::moved));
    let is_saved = stored.with(|stored| stored.sync_type == SyncType::Graph);
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
#[component]
pub fn FirstSteps(form: Form) -> impl IntoView {
    let use_graph = move || form.set(Item::SyncType, Value::Choice(SyncType::Graph as usize));
    let is_graph =
        move || form.of(Item::SyncType, |seen| seen.value == Value::Choice(SyncType::Graph as usize));
    view! {
        <Card form=form id="first-steps" heading=text::FIRST_STEPS about=text::FIRST_STEPS_ABOUT>
            <Step form=form question=text::ASK_TYPE>
                <Button label=form.say(text::USE_GRAPH) pressed=is_graph on_press=use_graph />
                <Button label=form.say(text::USE_OTHER) on_press=move || form.focus(Item::SyncType) />
            </Step>
            <Step form=form question=text::ASK_PLACE>
                <Place form=form />
            </Step>
            <Step form=form question=text::ASK_TITLES>
                <Titles form=form label=text::WITH_TITLES shown=true />
                <Titles form=form label=text::WITHOUT_TITLES shown=false />
            </Step>
        </Card>
    }
}

/// A question with its answers.
#[component]
fn Step(form: Form, question: Words, children: Children) -> impl IntoView {
    view! {
        <div class="step">
            <p>{form.say(question)}</p>
            {children()}
        </div>
    }
}

/// The answer whether titles may be shown.
#[component]
fn Titles(form: Form, label: Words, shown: bool) -> impl IntoView {
    let is_chosen = move || {
        form.of(Item::ShowSubject, |seen| {
            let is_on = seen.value == Value::Bool(true);
            is_on == shown && (is_on || seen.is_taken)
        })
    };
    let answer = move || form.edit(|draft| draft.take(vec![(Item::ShowSubject, Value::Bool(shown))]));
    view! { <Button label=form.say(label) pressed=is_chosen on_press=answer /> }
}

/// Language and time zone of the administrator's browser.
#[component]
fn Place(form: Form) -> impl IntoView {
    let here = StoredValue::new(vec![
        (Item::PresenceTimeZone, Value::Text(intl::time_zone())),
        (Item::PresenceLanguage, Value::Choice(intl::presence_language())),
    ]);
    let name = move || {
        let names: Vec<String> =
            here.with_value(|here| here.iter().map(|(item, value)| in_words(form, *item, value)).collect());
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        form.texts.filled(text::USE_PLACE, &names)
    };
    let is_chosen = move || {
        here.with_value(|here| here.iter().all(|(item, value)| form.of(*item, |seen| seen.value == *value)))
    };
    let choose = move || form.edit(|draft| draft.take(here.get_value()));
    view! { <Button label=name pressed=is_chosen on_press=choose /> }
}
