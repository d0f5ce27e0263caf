use calendar::settings::guidance::move_to_graph;
use calendar::settings::transfer::Difference;
use calendar::settings::{Item, Kind, Secret, SyncType, Value};
use serde_json::{Map, Value as Json};

use super::{Changes, Draft, stored_value};

impl Draft {
    /// Notes that the service has stored what was sent. Whatever was typed in the meantime stays.
    pub fn saved(&mut self, sent: Changes, items: &Map<String, Json>, revision: Option<u64>) {
        let mut save = Vec::new();
        let way = move_to_graph(&self.base);
        for (item, value) in sent {
            let then = match &value {
                Value::Secret(Secret::Given(_)) => Value::Secret(Secret::Stored),
                other => items
                    .get(item.name())
                    .and_then(|json| stored_value(item, json))
                    .unwrap_or_else(|| other.clone()),
            };
            let now = self.base.get(item);
            if self.typed.get(item) == value {
                self.put(item, then.clone());
            }
            self.store(item, then.clone());
            self.marks.retain(|(marked, _)| *marked != item);
            save.push(Difference { item, now, then });
        }
        self.last_save = save;
        self.is_refused = false;
        self.moved = way.or(self.moved.take()).filter(|_| self.base.sync_type == SyncType::Graph);
        self.update(items, revision);
    }

    /// What the last save has changed: each item before and after. A password that was replaced was stored before and
    /// after.
    pub fn last_save(&self) -> &[Difference] {
        &self.last_save
    }

    /// Puts back what the last save has changed, as if it were typed. What was changed since then, here or by somebody
    /// else, stays, and so do passwords, whose old values nobody knows.
    pub fn undo(&mut self) {
        let save = std::mem::take(&mut self.last_save);
        let is_as_saved =
            |change: &Difference| self.base.get(change.item) == change.then && !self.is_changed(change.item);
        let is_left = |change: &Difference| change.item.kind() != Kind::Password && is_as_saved(change);
        let changes = save.into_iter().filter(is_left).map(|change| (change.item, change.now)).collect();
        self.take(changes);
    }

    /// Types again what was discarded last.
    pub fn take_up(&mut self) {
        let changes = std::mem::take(&mut self.discarded);
        self.take(changes);
    }

    /// Whether there is something to take up.
    pub fn has_discarded(&self) -> bool {
        !self.discarded.is_empty()
    }

    /// Forgets what was discarded, because something else is typed now.
    pub fn forget_discarded(&mut self) {
        self.discarded.clear();
    }

    /// Takes over an input that was [rescued](Self::rescue) from an earlier form, items of an import, or what was typed into
    /// a page, where alone a secret may be.
    pub fn restore(&mut self, rescue: &Map<String, Json>) {
        let value = |&item: &Item| Some((item, given_value(item, rescue.get(item.name())?)?));
        let changes = Item::ALL.iter().filter_map(value).collect();
        self.take(changes);
    }

    /// Changes several items at once, hidden ones too: these are saved like the others, although nobody sees them.
    pub fn take(&mut self, changes: Changes) {
        for (item, value) in changes {
            self.put(item, value);
            self.mark(item, |mark| (mark.touched, mark.taken) = (true, true));
        }
    }
}

fn given_value(item: Item, json: &Json) -> Option<Value> {
    match (item.kind(), json) {
        (Kind::Password, Json::String(secret)) if !item.clean(secret).is_empty() => {
            Some(Value::Secret(Secret::Given(secret.clone())))
        }
        _ => stored_value(item, json),
    }
}
