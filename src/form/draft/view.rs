use calendar::Platform;
use calendar::settings::guidance::Move;
use calendar::settings::{Code, Item, Kind, Secret, Section, Settings, Value};
use serde_json::{Map, Value as Json};

use super::{Changes, Draft, Mark};

impl Draft {
    /// The settings as they stand in the form.
    pub fn settings(&self) -> &Settings {
        &self.typed
    }

    /// The settings as the service has them.
    pub fn stored(&self) -> &Settings {
        &self.base
    }

    /// Whether nobody has set anything up yet.
    pub fn is_new(&self) -> bool {
        let new = Settings::default();
        Item::ALL.iter().all(|&item| item.read_only() || self.base.get(item) == new.get(item))
    }

    /// The move to Microsoft Graph that was saved since the form was opened.
    pub fn moved(&self) -> Option<Move> {
        self.moved.clone()
    }

    /// Revision that the next write names.
    pub fn revision(&self) -> Option<u64> {
        self.revision
    }

    /// What stands in the field of a number.
    pub fn number_text(&self, item: Item) -> String {
        match (self.mark_of(item).and_then(|mark| mark.unreadable.as_ref()), self.typed.get(item)) {
            (Some(text), _) => text.clone(),
            (None, Value::Int(number)) => number.to_string(),
            (None, _) => String::new(),
        }
    }

    /// Whether the service has a password for the item.
    pub fn is_stored(&self, item: Item) -> bool {
        self.base.get(item) == Value::Secret(Secret::Stored)
    }

    /// Whether the item differs from what the service has.
    pub fn is_changed(&self, item: Item) -> bool {
        let is_unreadable = || self.mark_of(item).is_some_and(|mark| mark.unreadable.is_some());
        self.typed.get(item) != self.base.get(item) || is_unreadable()
    }

    /// What a save sends. Items that are hidden now keep what was typed into them, but are not sent.
    pub fn changes(&self) -> Changes {
        let is_sent = |item: &Item| item.shown(&self.typed) || self.is_sent_unseen(*item);
        let changed = Item::ALL.iter().copied().filter(is_sent).filter(|&item| self.is_changed(item));
        changed.map(|item| (item, self.typed.get(item))).collect()
    }

    /// The settings as the service would have them after a save.
    pub(super) fn to_be_stored(&self, platform: &dyn Platform) -> Settings {
        let mut settings = self.base.clone();
        for (item, value) in self.changes() {
            let normal = match &value {
                Value::Text(text) => item.normal_form(text, platform).ok().map(Value::Text),
                _ => None,
            };
            // It fits: it comes from the same item.
            let _ = settings.set(item, normal.unwrap_or(value));
        }
        settings
    }

    /// A conflict that cannot be seen is settled by leaving what somebody else has saved.
    fn is_sent_unseen(&self, item: Item) -> bool {
        self.mark_of(item).is_some_and(|mark| mark.taken && mark.theirs.is_none())
    }

    /// What somebody else has made of an item that was changed here too.
    pub fn theirs(&self, item: Item) -> Option<&Value> {
        self.mark_of(item)?.theirs.as_ref()
    }

    /// The first item whose conflict keeps the form from being saved.
    pub fn first_conflict(&self) -> Option<Item> {
        self.shown().find(|&item| self.theirs(item).is_some())
    }

    /// Everything that was wrong at the last [check](Self::check).
    pub fn problems(&self) -> &[(Item, Code)] {
        &self.problems
    }

    /// What is wrong with an item, where that is to be shown: the administrator has left it, or has tried to save.
    pub fn shown_problem(&self, item: Item) -> Option<Code> {
        let (_, code) = self.problems.iter().find(|(wrong, _)| *wrong == item)?;
        let is_seen = self.mark_of(item).is_some_and(|mark| mark.touched || mark.refused.is_some());
        // What makes it wrong was changed in another field.
        let is_made = || self.marks.iter().any(|(changed, mark)| mark.touched && self.is_changed(*changed));
        (is_seen || (*code == Code::SecretAgain && is_made())).then_some(*code)
    }

    /// The items that keep the last save from being stored, until all are right.
    pub fn to_be_corrected(&self) -> Vec<Item> {
        let wrong = self.problems.iter().map(|(item, _)| *item).filter(|_| self.is_refused);
        wrong.filter(|&item| self.shown_problem(item).is_some()).collect()
    }

    /// Whether the value of an item came with others or by a click, and not from its field.
    pub fn is_taken(&self, item: Item) -> bool {
        self.mark_of(item).is_some_and(|mark| mark.taken)
    }

    /// The advanced items of a section that nobody should have to look for: those that differ from their default. With
    /// each whether it is wrong or in conflict, and then those as well that do not differ.
    pub fn outstanding(&self, section: Section) -> Vec<(Item, bool)> {
        let default = Settings::default();
        let advanced = self.shown().filter(|item| item.advanced() && item.section() == section);
        let stands_out = advanced.filter_map(|item| {
            let is_pressing = self.shown_problem(item).is_some() || self.theirs(item).is_some();
            (is_pressing || self.typed.get(item) != default.get(item)).then_some((item, is_pressing))
        });
        stands_out.collect()
    }

    /// The changes as JSON without secrets, to be rescued should the form break.
    pub fn rescue(&self) -> Map<String, Json> {
        let mut rescue = Map::new();
        for (item, _) in self.changes().into_iter().filter(|(item, _)| item.kind() != Kind::Password) {
            rescue.insert(item.name().to_owned(), self.typed.item_to_json(item));
        }
        rescue
    }

    pub(super) fn mark_of(&self, item: Item) -> Option<&Mark> {
        self.marks.iter().find(|(marked, _)| *marked == item).map(|(_, mark)| mark)
    }

    pub(super) fn shown(&self) -> impl Iterator<Item = Item> {
        Item::ALL.iter().copied().filter(|item| item.shown(&self.typed))
    }
}
