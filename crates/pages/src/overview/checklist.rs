use calendar::settings::{Settings, SyncType};
use kit::{Button, Words, fill, live};
use leptos::prelude::*;
use texts::overview as text;
use texts::overview::{reason, stand, step};

use super::Desk;
use super::steps::{Next, Reason, Stand, Step};
use crate::told::Status;

/// What is known of the steps.
type Found = Memo<Option<[Step; 6]>>;

/// The steps, with how far they are.
#[component]
pub fn Checklist(desk: Desk, found: Found) -> impl IntoView {
    let done =
        move || found.with(|found| found.iter().flatten().filter(|step| step.stand == Stand::Done).count());
    let progress = move || desk.texts.filled(text::PROGRESS, &[&done().to_string(), "6"]);
    view! {
        <p class="about" role="status">
            {live(progress)}
        </p>
        <ol class="checklist">
            {(0..6).map(|number| view! { <Line desk=desk found=found number=number /> }).collect::<Vec<_>>()}
        </ol>
    }
}

/// A step.
#[component]
fn Line(desk: Desk, found: Found, number: usize) -> impl IntoView {
    let now =
        Memo::new(move |_| found.with(|found| found.as_ref().and_then(|steps| steps.get(number).cloned())));
    let stood = move || now.with(|step| step.as_ref().map_or(Stand::Waits, |step| step.stand));
    let next = move || now.with(|step| step.as_ref().map_or(Next::Nothing, |step| step.next));
    let because = move || now.with(|step| step.as_ref().map_or(Reason::Nothing, |step| step.reason.clone()));
    let language = move || matches!(because(), Reason::Said(_)).then_some("en");
    let go = move || desk.go(place(untrack(next)), "");
    view! {
        <li data-stand=live(move || name(stood()))>
            <b>{live(move || title(desk, number))}</b>
            <span class="stand">{live(move || desk.texts.text(word(stood())))}</span>
            <span class="reason" lang=live(language)>
                {live(move || sentence(desk, because()))}
            </span>
            <Button
                class="link"
                label=move || desk.texts.text(offer(next()))
                hidden=move || next() == Next::Nothing
                on_press=go
            />
        </li>
    }
}

/// What a step is about, with its numbers.
fn title(desk: Desk, number: usize) -> String {
    let filled = |words: Words, count: fn(&Status) -> [usize; 2]| {
        let counts = desk.news.status.with(|status| status.as_ref().map(count).unwrap_or_default());
        desk.texts.filled(words, &counts.map(|count| count.to_string()).each_ref().map(String::as_str))
    };
    match number {
        0 => desk.texts.text(text::PBX).to_owned(),
        1 => desk.texts.text(desk.frame.stored.with(way)).to_owned(),
        2 => desk.texts.text(text::CONNECTION).to_owned(),
        3 => filled(text::USERS, |status| [status.users, 0]),
        4 => filled(text::MAILBOXES, |status| [status.matched, status.users]),
        _ => filled(text::PRESENCES, |status| [status.shown, 0]),
    }
}

fn way(settings: &Settings) -> Words {
    match settings.sync_type {
        SyncType::Disabled => text::WAY,
        SyncType::OnPremises => text::ACCOUNT,
        _ => text::REGISTRATION,
    }
}

fn name(stand: Stand) -> &'static str {
    match stand {
        Stand::Done => "done",
        Stand::Waits => "waits",
        Stand::ToDo => "toDo",
        Stand::Failed => "failed",
    }
}

fn word(stood: Stand) -> Words {
    match stood {
        Stand::Done => stand::DONE,
        Stand::Waits => stand::WAITS,
        Stand::ToDo => stand::TO_DO,
        Stand::Failed => stand::FAILED,
    }
}

fn sentence(desk: Desk, because: Reason) -> String {
    let words = match because {
        Reason::Nothing => return String::new(),
        Reason::Said(words) => return words,
        Reason::NotConnected(pbx) => return fill(desk.texts.text(reason::NOT_CONNECTED), &[&pbx]),
        Reason::NoName => reason::NO_NAME,
        Reason::NoType => reason::NO_TYPE,
        Reason::WithPbx => reason::WITH_PBX,
        Reason::Nobody => reason::NOBODY,
        Reason::NoMailbox => reason::NO_MAILBOX,
        Reason::Reading => reason::READING,
        Reason::Follows => reason::FOLLOWS,
    };
    desk.texts.text(words).to_owned()
}

fn offer(next: Next) -> Words {
    match next {
        Next::PbxName => step::PBX_NAME,
        Next::Objects => step::OBJECTS,
        Next::SyncType => step::SYNC_TYPE,
        Next::Users => step::USERS,
        Next::Exchange | Next::Nothing => step::EXCHANGE,
    }
}

/// Where that is done: an item or a part of the form.
fn place(next: Next) -> &'static str {
    match next {
        Next::PbxName => "pbxName",
        Next::Objects => "objects",
        Next::SyncType => "syncType",
        Next::Users => "users",
        Next::Exchange | Next::Nothing => "exchange",
    }
}
