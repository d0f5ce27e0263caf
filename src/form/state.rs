//! What the parts of a form follow: signals for each item, and few for what concerns all. They are brought into step
//! after each change of the draft, and those alone tell of it whose value has changed: a key that is pressed draws what
//! depends on its item, and nothing else.

use calendar::settings::transfer::Difference;
use calendar::settings::{Item, Settings};
use leptos::prelude::*;

use super::draft::{Draft, Seen};

/// The signals. Handles, so it is copied freely.
#[derive(Clone, Copy)]
pub struct State {
    /// What was typed, beside what the service has.
    draft: StoredValue<Draft>,
    /// What is shown of each item, in the order of the table.
    items: StoredValue<Vec<RwSignal<Seen>>>,
    /// Tells of every change.
    any: Trigger,
    /// The items that have a field.
    pub fields: RwSignal<Vec<Item>>,
    /// The settings as the service has them.
    pub stored: RwSignal<Settings>,
    /// How many items a save would send.
    pub changes: RwSignal<usize>,
    /// The items that keep the last save from being stored.
    pub wrong: RwSignal<Vec<Item>>,
    /// What the last save has changed.
    pub last_save: RwSignal<Vec<Difference>>,
    /// Whether nobody has set anything up yet.
    pub is_new: RwSignal<bool>,
}

impl State {
    /// Of a form without settings.
    pub fn new() -> Self {
        let draft = Draft::default();
        let items = Item::ALL.iter().map(|&item| RwSignal::new(draft.seen(item))).collect();
        Self {
            items: StoredValue::new(items),
            any: Trigger::new(),
            fields: RwSignal::new(draft.fields()),
            stored: RwSignal::new(draft.stored().clone()),
            changes: RwSignal::new(0),
            wrong: RwSignal::new(Vec::new()),
            last_save: RwSignal::new(Vec::new()),
            is_new: RwSignal::new(true),
            draft: StoredValue::new(draft),
        }
    }

    /// Changes the draft, and brings what is shown into step with it.
    pub fn change(self, change: &mut dyn FnMut(&mut Draft)) {
        self.draft.update_value(|draft| change(draft));
        self.publish();
    }

    /// Something of the draft, at the moment.
    pub fn now<T>(self, ask: impl FnOnce(&Draft) -> T) -> T {
        self.draft.with_value(ask)
    }

    /// Something of the draft, asked again after every change.
    pub fn always<T>(self, ask: impl FnOnce(&Draft) -> T) -> T {
        self.any.track();
        self.now(ask)
    }

    /// Something of the draft, asked again when one of these items has changed.
    pub fn watching<T>(self, items: &[Item], ask: impl FnOnce(&Draft) -> T) -> T {
        for item in items {
            self.item(*item).track();
        }
        self.now(ask)
    }

    /// Something of an item, asked again when that has changed.
    pub fn of<T>(self, item: Item, ask: impl FnOnce(&Seen) -> T) -> T {
        self.item(item).with(ask)
    }

    fn item(self, item: Item) -> RwSignal<Seen> {
        // The signals stand in the order of the items, and there is one for each.
        let place = Item::ALL.iter().position(|known| *known == item).unwrap_or_default();
        self.items.with_value(|items| items.get(place).copied()).unwrap_or_else(|| {
            let seen = self.now(|draft| draft.seen(item));
            RwSignal::new(seen)
        })
    }

    fn publish(self) {
        self.draft.with_value(|draft| {
            for &item in Item::ALL {
                put(self.item(item), draft.seen(item));
            }
            put(self.fields, draft.fields());
            put(self.stored, draft.stored().clone());
            put(self.changes, draft.changes().len());
            put(self.wrong, draft.to_be_corrected());
            put(self.last_save, draft.last_save().to_vec());
            put(self.is_new, draft.is_new());
        });
        self.any.notify();
    }
}

/// Sets a signal if that makes a difference.
fn put<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|now| *now != value) {
        signal.set(value);
    }
}
