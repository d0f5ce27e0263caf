use browser::age;
use leptos::prelude::*;
use ui::{El, Language, Words, el};

use super::list::List;
use super::user::User;
use super::why::why;
use crate::field::button;
use crate::frame::{Frame, object, spawn};
use crate::text::users as text;

/// A user.
pub fn row(list: List, guid: String) -> El {
    let frame = list.frame;
    let guid = StoredValue::new(guid);
    let of = move |read: fn(&User) -> String| move || guid.with_value(|guid| list.of(guid, read));
    let is_open = RwSignal::new(false);
    let state = move || guid.with_value(|guid| list.of(guid, |user| user.state));
    let resync = RwSignal::new(None);
    let toggle = button(frame, text::WHY, move || is_open.update(|open| *open = !*open))
        .attr("aria-expanded", move || if is_open.get() { "true" } else { "false" })
        .child(el("span").class("unseen").text(of(|user| [" ", &user.name].concat())));
    let again = button(frame, text::RESYNC, move || spawn(ask_again(frame, guid.get_value(), resync)));
    let again = again.child(el("span").class("unseen").text(of(|user| [" ", &user.name].concat())));
    el("li")
        .attr("data-activity", of(activity))
        .child(
            el("div")
                .class("who")
                .child(el("b").text(of(|user| user.name.clone())))
                .child(el("span").text(of(|user| user.addresses.clone()))),
        )
        .child(
            el("p")
                .class("says")
                .attr("dir", "auto")
                .text(move || guid.with_value(|guid| list.of(guid, |user| seen(frame, user)))),
        )
        .child(
            el("div")
                .class("state")
                .child(
                    el("p")
                        .class("health")
                        .attr("data-health", move || state().health())
                        .text(move || frame.text(text::state(state()))),
                )
                .child(
                    el("p").text(move || guid.with_value(|guid| list.of(guid, |user| read_at(frame, user)))),
                ),
        )
        .child(el("div").class("buttons").child(toggle).child(again))
        .child(
            el("div")
                .class("advice")
                .child(line(move || guid.with_value(|guid| list.of(guid, |user| advice(frame, user)))))
                .child(line(of(|user| user.error.clone())).attr("lang", "en"))
                .child(
                    line(move || resync.get().map(|words| frame.text(words).to_owned()).unwrap_or_default())
                        .attr("role", "status"),
                ),
        )
        .when(move || is_open.get(), move || why(frame, guid.get_value()))
}

fn line(text: impl Fn() -> String + 'static) -> El {
    el("p").text(text)
}

fn activity(user: &User) -> String {
    match (user.note.as_str(), user.activity.as_str()) {
        ("", _) => String::new(),
        (_, "") => "free".to_owned(),
        (_, activity) => activity.to_owned(),
    }
}

/// The presence as a colleague at this browser sees it.
fn seen(frame: Frame, user: &User) -> String {
    if user.note.is_empty() {
        return frame.text(text::NO_PRESENCE).to_owned();
    }
    frame.seen(&user.note)
}

/// The mailbox, where it is not simply one of the addresses, and when it was last read.
fn read_at(frame: Frame, user: &User) -> String {
    let age = user.last_sync.map(|last| age(frame.language.get().code(), last)).unwrap_or_default();
    let is_known = user.addresses.split(", ").any(|address| address.eq_ignore_ascii_case(&user.mailbox));
    let parts = [if is_known { "" } else { &user.mailbox }, &age];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

/// What to do. In English the service says it more exactly; in other languages it adds that.
fn advice(frame: Frame, user: &User) -> String {
    let is_said = !user.error.is_empty() && frame.language.get() == Language::En;
    match text::advice(user.state) {
        Some(words) if !is_said => frame.text(words).to_owned(),
        _ => String::new(),
    }
}

async fn ask_again(frame: Frame, guid: String, said: RwSignal<Option<Words>>) {
    let answer = frame.request("Resync", object(&[("guid", guid.into())])).await;
    // The page may have been closed meanwhile.
    let _ = said.try_set(Some(if answer.is_ok() { text::RESYNCED } else { text::UNREACHABLE }));
}
