use gloo_timers::future::TimeoutFuture;
use kit::{EachOf, live};
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::list::{List, Phase};
use super::people::Person;
use super::room::{Room, pixels};
use super::row::Row;
use crate::frame::spawn;
use crate::text::users as text;

/// Height of a row, in pixels; the style has the same.
const ROW: f64 = 48.0;
/// As much of the list is in view at most; the style has the same.
const HEIGHT: f64 = 13.0 * ROW;

/// What stands in a place.
enum Slot {
    Person(Person),
    /// Who did not come yet.
    Missing(usize),
}

impl Slot {
    fn key(&self) -> String {
        match self {
            Self::Person(person) => person.guid.to_string(),
            // No GUID is so.
            Self::Missing(place) => ["#", &place.to_string()].concat(),
        }
    }
}

/// The users, of whom rows are made for those in view.
#[component]
pub fn Table(
    /// What the parts of the page share.
    list: List,
) -> impl IntoView {
    let scroller = NodeRef::<Div>::new();
    let details = NodeRef::<Div>::new();
    let top = RwSignal::new(0.0);
    let more = RwSignal::new(0.0);
    let room = Memo::new(move |_| {
        let open = list.open.with(|guid| list.people.with(|people| people.place(guid.as_deref()?)));
        Room { rows: list.total(), row: ROW, open: open.map(|place| (place, more.get())) }
    });
    let window = Memo::new(move |_| room.get().window(top.get(), HEIGHT));
    Effect::new(move |_| list.look_at(window.get()));
    let measure = move || {
        // What is out of view is as high as it was.
        if let Some(details) = details.try_get_untracked().flatten().filter(|it| it.is_connected()) {
            more.set(f64::from(details.offset_height()));
        }
    };
    let scroll = move |_| {
        measure();
        if let Some(scroller) = scroller.get_untracked() {
            top.set(f64::from(scroller.scroll_top()));
        }
    };
    Effect::new(move |_| {
        list.begun.track();
        if let Some(scroller) = scroller.get_untracked() {
            scroller.set_scroll_top(0);
        }
    });
    // Whoever is led to comes to the top, once he is there.
    Effect::new(move |_| {
        let Some(guid) = list.led_to.get() else { return };
        let place = list.people.with(|people| people.place(&guid));
        if let Some((place, scroller)) = place.zip(scroller.get_untracked()) {
            list.led_to.set(None);
            #[expect(clippy::cast_possible_truncation, reason = "no list is so long")]
            scroller.set_scroll_top(room.get_untracked().top(place) as i32);
            spawn(async move {
                TimeoutFuture::new(0).await;
                focus_opened(&scroller);
            });
        }
    });
    let slots = move || {
        let (first, end) = window.get();
        let mut slots: Vec<Slot> = list.people.with(|people| {
            people.between(first, end).into_iter().map(|(_, person)| Slot::Person(person)).collect()
        });
        slots.extend((first + slots.len()..end).map(Slot::Missing));
        slots
    };
    let space = move || {
        let (room, (first, end)) = (room.get(), window.get());
        let below = room.top(room.rows) - room.top(end);
        ["padding-block:", &pixels(room.top(first)), " ", &pixels(below)].concat()
    };
    let slot = move |slot| match slot {
        Slot::Person(person) => view! { <Row list=list person=person details=details /> }.into_any(),
        Slot::Missing(_) => view! { <li class="missing" aria-hidden="true"></li> }.into_any(),
    };
    let is_busy = move || list.phase.get() == Phase::Loading;
    view! {
        <div class="table" prop:hidden=live(move || list.total() == 0)>
            <div class="scroller" node_ref=scroller on:scroll=scroll>
                <Head list=list />
                <ul
                    class="rows"
                    aria-label=live(list.texts.say(text::USERS))
                    aria-busy=live(move || if is_busy() { "true" } else { "false" })
                    prop:style=live(space)
                >
                    <EachOf of=slots key=Slot::key children=slot />
                </ul>
            </div>
        </div>
    }
}

/// Moves the focus to whoever is opened.
fn focus_opened(scroller: &HtmlElement) {
    let found = scroller.query_selector(".name[aria-expanded='true']").ok().flatten();
    if let Some(name) = found.and_then(|name| name.dyn_into::<HtmlElement>().ok()) {
        name.scroll_into_view_with_bool(false);
        // It can have the focus.
        let _ = name.focus();
    }
}

/// What stands in which column, and the hours above the strips.
#[component]
fn Head(list: List) -> impl IntoView {
    let zone = move || list.frame.stored.with(|stored| stored.presence_time_zone.clone());
    view! {
        <div class="columns" aria-hidden="true">
            <span>{live(list.texts.say(text::NAME))}</span>
            <span>{live(list.texts.say(text::SEEN))}</span>
            <span class="hours" title=live(zone)>
                {["0", "6", "12", "18", "24"].map(|hour| view! { <i>{hour}</i> })}
            </span>
            <span>{live(list.texts.say(text::STATE))}</span>
            <span></span>
        </div>
    }
}
