use calendar::settings::{Item, Section};
use kit::{Unseen, Words, live};
use leptos::ev::MouseEvent;
use leptos::html::Nav;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::Element;

use super::bar::yes_or_no;
use super::row::in_brackets;
use super::session::Form;
use crate::{platform, scroll, text};

/// What lies between the ways and the section that one has led to, in pixels.
const GAP: f64 = 12.0;
/// How the address of a way begins. What stands in a shadow tree is no target of an address, so it looks like none.
const PLACE: &str = "#/";

/// The parts of the form, in their order: what identifies each, its name, and the section whose items stand in it.
fn parts() -> [(&'static str, Words, Option<Section>); 6] {
    let of = |id, section| (id, text::heading(section), Some(section));
    [
        ("overview", text::OVERVIEW, None),
        of("pbx", Section::Pbx),
        of("exchange", Section::Exchange),
        of("mapping", Section::Mapping),
        ("objects", text::APP_OBJECTS, None),
        ("tools", text::TOOLS, None),
    ]
}

/// Where the administrator is in the form, and the ways. Handles, so it is copied freely.
#[derive(Clone, Copy)]
struct Ways {
    form: Form,
    place: NodeRef<Nav>,
    /// The part that is in view.
    at: RwSignal<&'static str>,
    /// How far was scrolled for a way that was taken. As long as that holds, its part counts as the one in view.
    taken: StoredValue<Option<i32>>,
}

/// The ways to the parts of the form, with the one that is in view, and what waits in each.
#[component]
pub fn Navigation(form: Form) -> impl IntoView {
    let ways =
        Ways { form, place: NodeRef::new(), at: RwSignal::new("overview"), taken: StoredValue::new(None) };
    ways.follow();
    Effect::new(move |_| {
        if let Some(to) = form.way.get() {
            ways.go(&to);
        }
    });
    view! {
        <nav aria-label=live(move || form.text(text::NAVIGATION)) node_ref=ways.place>
            {parts().map(|(id, name, section)| view! { <Way ways=ways id=id name=name section=section /> })}
        </nav>
    }
}

/// The way to a part.
#[component]
fn Way(ways: Ways, id: &'static str, name: Words, section: Option<Section>) -> impl IntoView {
    let form = ways.form;
    let waits = Memo::new(move |_| waiting(form, section));
    let count = move || match waits.get().1 {
        0 => String::new(),
        count => count.to_string(),
    };
    let go = move |event: MouseEvent| {
        event.prevent_default();
        ways.go(id);
    };
    view! {
        <a
            href=[PLACE, id].concat()
            aria-current=live(move || (ways.at.get() == id).then_some("location"))
            data-changed=live(move || yes_or_no(waits.get().0))
            on:click=go
            on:focus=move |_| ways.show(id)
        >
            {form.say(name)}
            <Unseen text=move || told(form, waits.get()) />
            <b aria-hidden="true">{live(count)}</b>
        </a>
    }
}

/// Whether something in a section is not saved, and how much is wrong.
fn waiting(form: Form, section: Option<Section>) -> (bool, usize) {
    let items = form.state.fields.get();
    let items = || items.iter().filter(|item| Some(item.section()) == section);
    let is_wrong = |item: &&Item| form.of(**item, |seen| seen.problem.is_some());
    (items().any(|item| form.of(*item, |seen| seen.is_changed)), items().filter(is_wrong).count())
}

fn told(form: Form, (is_changed, wrong): (bool, usize)) -> String {
    let unsaved = is_changed.then(|| in_brackets(form.text(text::UNSAVED)));
    let errors = (wrong > 0).then(|| in_brackets(&form.counted(text::ERRORS, wrong)));
    unsaved.unwrap_or_default() + &errors.unwrap_or_default()
}

impl Ways {
    /// Marks the part in view whenever something was scrolled.
    fn follow(self) {
        let scrolled = Closure::<dyn FnMut()>::new(move || self.mark());
        let scrolled = scrolled.into_js_value();
        let listener = StoredValue::new_local(scrolled.clone());
        // While it goes down the tree: nothing that scrolls tells of it by another way.
        let _ = window().add_event_listener_with_callback_and_bool("scroll", scrolled.unchecked_ref(), true);
        on_cleanup(move || {
            listener.with_value(|scrolled| {
                let scrolled = scrolled.unchecked_ref();
                let _ = window().remove_event_listener_with_callback_and_bool("scroll", scrolled, true);
            });
        });
    }

    fn mark(self) {
        let Some(nav) = self.place.try_get_untracked().flatten() else { return };
        let Some(scroller) = scroll::scroller(&nav) else { return };
        let is_taken = self.taken.try_get_value().flatten() == Some(scroller.scroll_top());
        if !is_taken {
            self.taken.set_value(None);
            self.set(self.in_view(&scroller, &nav));
        }
    }

    /// The part that a line crosses which goes down the view as the form goes up: so first and last have their turn.
    fn in_view(self, scroller: &Element, nav: &Element) -> &'static str {
        let begins = scroll::rect(nav).bottom() + GAP;
        let ends = scroll::top(scroller) + f64::from(scroller.client_height());
        let line = begins + (ends - begins) * scroll::share(scroller) + 1.0;
        let is_above =
            |id: &&'static str| self.part(id).is_some_and(|part| scroll::rect(&part).top() <= line);
        parts().map(|(id, ..)| id).iter().copied().rfind(is_above).unwrap_or("overview")
    }

    fn set(self, id: &'static str) {
        if self.at.get_untracked() == id {
            return;
        }
        self.at.set(id);
        self.show(id);
    }

    /// Brings a way into the middle, where all of them are wider than the form.
    fn show(self, id: &str) {
        let Some(nav) = self.place.get_untracked() else { return };
        if let Ok(Some(way)) = nav.query_selector(&["[href=\"", PLACE, id, "\"]"].concat()) {
            let (way, view) = (scroll::rect(&way), scroll::rect(&nav));
            let off = (way.left() + way.right() - view.left() - view.right()) / 2.0;
            #[expect(clippy::cast_possible_truncation, reason = "pixels of a page")]
            nav.set_scroll_left(nav.scroll_left() + off as i32);
        }
    }

    /// Scrolls the form, and nothing around it, to a part, and moves the focus there.
    fn go(self, id: &str) {
        let Some(nav) = self.place.get_untracked() else { return };
        let (Some(scroller), Some(part)) = (scroll::scroller(&nav), self.part(id)) else { return };
        let bar = scroll::rect(&nav);
        let below = scroll::top(&scroller) + bar.bottom() - bar.top() + GAP;
        #[expect(clippy::cast_possible_truncation, reason = "pixels of a page")]
        let way = (scroll::rect(&part).top() - below) as i32;
        scroller.set_scroll_top(scroller.scroll_top() + way);
        // What is no part of its own belongs to the first.
        let known = parts().into_iter().map(|(part, ..)| part).find(|part| *part == id);
        self.taken.set_value(Some(scroller.scroll_top()));
        self.set(known.unwrap_or("overview"));
        if let Some(heading) = self.form.named(id) {
            platform::focus_still(&heading);
        }
    }

    fn part(self, id: &str) -> Option<Element> {
        self.form.named(id)?.closest("section").ok().flatten()
    }
}
