use calendar::settings::{Item, Value};
use kit::{Each, live};
use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::{described_by, is_wrong};
use crate::form::bar::yes_or_no;
use crate::form::search::{Entry, search};
use crate::form::session::Form;
use crate::platform::{Browser, Zone, zones};
use crate::text;

/// Identifies the list.
const LIST: &str = "time-zones";

/// The zones that the browser knows, with what they are found by, in one language.
#[derive(Default)]
struct Zones {
    language: &'static str,
    all: Vec<Zone>,
    entries: Vec<Entry>,
}

impl Zones {
    fn new(language: &'static str) -> Self {
        let all = zones(language);
        let entry = |zone: &Zone| Entry::new(&[&zone.name, &zone.words, &zone.offset], &Browser);
        Self { language, entries: all.iter().map(entry).collect(), all }
    }

    fn find(&self, text: &str) -> Vec<String> {
        let name = |place: usize| self.all.get(place).map(|zone| zone.name.clone());
        search(&self.entries, text, &Browser).into_iter().filter_map(name).collect()
    }

    fn named(&self, name: &str) -> Zone {
        self.all.iter().find(|zone| zone.name == name).cloned().unwrap_or_default()
    }
}

/// What the list of the field shows.
#[derive(Clone, Copy)]
struct List {
    form: Form,
    item: Item,
    /// Made when the list is first opened: it takes some time.
    zones: StoredValue<Zones, LocalStorage>,
    /// The zones that are shown, none while the list is closed.
    found: RwSignal<Vec<String>>,
    /// The one that the arrow keys have reached.
    active: RwSignal<String>,
}

/// Field of a time zone: a text with a list of all that the browser knows, searched by what was typed.
#[component]
pub fn TimeZone(form: Form, item: Item) -> impl IntoView {
    let list = List {
        form,
        item,
        zones: StoredValue::new_local(Zones::default()),
        found: RwSignal::new(Vec::new()),
        active: RwSignal::new(String::new()),
    };
    let active = move || list.active.with(|active| (!active.is_empty()).then(|| id(active)));
    let is_closed = move || list.found.with(Vec::is_empty);
    let typed = move |event| {
        let text = kit::value(&event);
        list.open(&text);
        form.set(item, Value::Text(text));
    };
    view! {
           <div class="combobox">
               <input
                   id=item.name()
                   type="text"
                   autocomplete="off"
                   autocapitalize="off"
                   spellcheck="false"
                   role="combobox"
                   aria-autocomplete="list"
                   aria-controls=LIST
                   aria-expanded=live(move || yes_or_no(!is_closed()))
                   aria-activedescendant=live(move || active().unwrap_or_default())
                   aria-describedby=described_by(item)
                   aria-invalid=live(move || is_wrong(form, item))
                   aria-required=live(move || yes_or_no(form.of(item, |seen| seen.is_required)))
                   prop:value=live(move || form.of(item, |seen| seen.text.clone()))
                   on:input=typed
                   on:keydown=move |event| list.press(&event)
                   on:click=move |_| list.open("")
                   on:blur=move |_| list.close()
               />
               <ul
                   class="options"
                   id=LIST
                   role="listbox"
                   aria-label=form.say(text::TIME_ZONES)
                   prop:hidden=live(is_closed)
               >
                   <Each
    keys=move || list.found.get()
    children=move |name| view! { <Choice list=list name=name /> }
                   />
               </ul>
           </div>
       }
}

/// A zone in the list.
#[component]
fn Choice(list: List, name: String) -> impl IntoView {
    let zone = list.zones.with_value(|zones| zones.named(&name));
    let chosen = zone.name.clone();
    let is_active = move || list.active.with(|active| *active == name);
    let choose = move |event: leptos::ev::PointerEvent| {
        // Before the field would lose the focus.
        event.prevent_default();
        list.choose(chosen.clone());
    };
    view! {
        <li
            role="option"
            id=id(&zone.name)
            aria-selected=live(move || yes_or_no(is_active()))
            on:pointerdown=choose
        >
            <b>{zone.name.clone()}</b>
            <span>{zone.words}</span>
            <span class="offset">{zone.offset}</span>
        </li>
    }
}

fn id(name: &str) -> String {
    "zone-".to_owned() + name
}

impl List {
    /// Shows the zones that fit what is searched for.
    fn open(self, text: &str) {
        let language = untrack(|| self.form.language()).code();
        self.zones.update_value(|zones| {
            if zones.language != language {
                *zones = Zones::new(language);
            }
        });
        self.active.set(String::new());
        self.found.set(self.zones.with_value(|zones| zones.find(text)));
    }

    fn close(self) {
        self.found.set(Vec::new());
        self.active.set(String::new());
    }

    fn press(self, event: &KeyboardEvent) {
        let active = self.active.get_untracked();
        let found = self.found.get_untracked();
        let place = found.iter().position(|name| *name == active);
        let last = found.len().saturating_sub(1);
        let next = match &*event.key() {
            "ArrowDown" if found.is_empty() => return self.open(""),
            "ArrowDown" => place.filter(|place| *place < last).map_or(0, |place| place + 1),
            "ArrowUp" => place.filter(|place| *place > 0).map_or(last, |place| place - 1),
            "Enter" if place.is_some() => {
                event.prevent_default();
                return self.choose(active);
            }
            "Escape" => return self.close(),
            _ => return,
        };
        event.prevent_default();
        if let Some(name) = found.get(next) {
            self.form.scroll_to(&id(name));
            self.active.set(name.clone());
        }
    }

    fn choose(self, name: String) {
        self.close();
        self.form.set(self.item, Value::Text(name));
    }
}
