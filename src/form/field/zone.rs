use calendar::settings::{Item, Value};
use leptos::prelude::*;
use ui::{El, el};
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use super::input;
use super::text::typed_text;
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
pub fn field(form: Form, item: Item) -> El {
    let list = List {
        form,
        item,
        zones: StoredValue::new_local(Zones::default()),
        found: RwSignal::new(Vec::new()),
        active: RwSignal::new(String::new()),
    };
    let active =
        move || list.active.with(|active| if active.is_empty() { String::new() } else { id(active) });
    let is_closed = move || list.found.with(Vec::is_empty);
    let field = input(form, item, "text")
        .attr("role", "combobox")
        .attr("aria-autocomplete", "list")
        .attr("aria-expanded", move || yes_or_no(!is_closed()))
        .attr("aria-controls", LIST)
        .attr("aria-activedescendant", active)
        .prop("value", move || form.draft(|draft| typed_text(draft, item)))
        .on("input", move |event| {
            let text = ui::value(event);
            list.open(&text);
            form.edit(|draft| draft.set(item, Value::Text(text)));
        })
        .on("keydown", move |event| list.press(event))
        .on("click", move |_| list.open(""))
        .on("blur", move |_| list.close());
    let options = el("ul")
        .class("options")
        .attr("id", LIST)
        .attr("role", "listbox")
        .attr("aria-label", form.say(text::TIME_ZONES))
        .flag("hidden", is_closed)
        .each(move || list.found.get(), move |name| list.option(name));
    el("div").class("combobox").child(field).child(options)
}

fn id(name: &str) -> String {
    "zone-".to_owned() + name
}

impl List {
    /// Shows the zones that fit what is searched for.
    fn open(self, text: &str) {
        let language = self.form.language.get_untracked().code();
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

    fn press(self, event: &web_sys::Event) {
        let active = self.active.get_untracked();
        let found = self.found.get_untracked();
        let place = found.iter().position(|name| *name == active);
        let last = found.len().saturating_sub(1);
        let next = match &*event.unchecked_ref::<KeyboardEvent>().key() {
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
        self.form.edit(|draft| draft.set(self.item, Value::Text(name)));
    }

    fn option(self, name: &str) -> El {
        let zone = self.zones.with_value(|zones| zones.named(name));
        let (active, chosen) = (zone.name.clone(), zone.name.clone());
        el("li")
            .attr("role", "option")
            .attr("id", id(name))
            .attr("aria-selected", move || yes_or_no(self.active.with(|name| *name == active)))
            // Before the field would lose the focus.
            .on("pointerdown", move |event| {
                event.prevent_default();
                self.choose(chosen.clone());
            })
            .child(el("b").text(zone.name))
            .child(el("span").text(zone.words))
            .child(el("span").class("offset").text(zone.offset))
    }
}
