//! What the administrator has typed, beside what the service has. Knows no browser.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `mod` | how the draft changes |
//! | `view` | what there is to know of it |
//! | `seen` | what the form shows of an item |
//! | `leave` | what happens to an input when its field is left |
//! | `undo` | the last save and the way back; many items at once |

mod leave;
mod seen;
#[cfg(test)]
mod tests;
mod undo;
mod view;

use calendar::Platform;
use calendar::settings::guidance::Move;
use calendar::settings::paste::Called;
use calendar::settings::secret_again::secrets_needed;
use calendar::settings::transfer::Difference;
use calendar::settings::{Code, Item, Kind, Secret, Settings, Value};
use serde_json::{Map, Value as Json};

pub use seen::Seen;

/// The settings as the service has them, as they stand in the form, and what lies between.
#[derive(Clone, Default)]
pub struct Draft {
    base: Settings,
    typed: Settings,
    revision: Option<u64>,
    marks: Vec<(Item, Mark)>,
    problems: Vec<(Item, Code)>,
    last_save: Vec<Difference>,
    discarded: Changes,
    moved: Option<Move>,
    is_refused: bool,
}

/// What is to be remembered of an item beside its value.
#[derive(Clone, Default)]
struct Mark {
    /// What stands in the field of a number, where that is none.
    unreadable: Option<String>,
    /// What somebody else has made of an item that was changed here too.
    theirs: Option<Value>,
    /// What the service has found wrong, until the item is changed.
    refused: Option<Code>,
    /// What the text that was pasted into the field calls itself.
    called: Option<Called>,
    /// Whether problems are shown: the administrator has left the field, or has tried to save.
    touched: bool,
    /// Whether the administrator was asked if the value is meant.
    asked: bool,
    /// Whether the change is saved even where the item is hidden: nobody typed it, it came with others.
    taken: bool,
}

/// Which side of a conflict wins.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// What was typed here.
    Mine,
    /// What somebody else has saved.
    Theirs,
}

/// A platform that need not be asked about the zone that the service has: the service has checked it, and a browser is
/// slow to tell, at worst before the form is there.
struct Knowing<'a> {
    zone: &'a str,
    platform: &'a dyn Platform,
}

impl Platform for Knowing<'_> {
    fn time_zone(&self, name: &str) -> Option<String> {
        if name == self.zone { Some(name.to_owned()) } else { self.platform.time_zone(name) }
    }

    fn fold(&self, text: &str) -> String {
        self.platform.fold(text)
    }
}

/// What a save sends.
pub type Changes = Vec<(Item, Value)>;

impl Draft {
    /// Takes over what the service has now. Items not changed here follow. One that was changed both here and
    /// elsewhere becomes a conflict: it keeps its old base until that is [settled](Self::settle).
    pub fn update(&mut self, items: &Map<String, Json>, revision: Option<u64>) {
        self.revision = revision;
        for &item in Item::ALL {
            if let Some(value) = items.get(item.name()).and_then(|json| stored_value(item, json)) {
                self.follow(item, value);
            }
        }
    }

    /// Takes over whether a password is stored, which the values do not tell.
    pub fn update_secret(&mut self, item: Item, is_stored: bool) {
        if item.kind() == Kind::Password {
            self.follow(item, Value::Secret(if is_stored { Secret::Stored } else { Secret::Absent }));
        }
    }

    fn follow(&mut self, item: Item, stored: Value) {
        let is_news = stored != self.base.get(item);
        if is_news && (!self.is_changed(item) || self.typed.get(item) == stored) {
            self.store(item, stored.clone());
            self.put(item, stored);
            self.mark(item, |mark| mark.theirs = None);
        } else if is_news || self.theirs(item).is_some() {
            self.mark(item, |mark| mark.theirs = is_news.then_some(stored));
        }
    }

    /// Ends a conflict: from now on the item builds on what somebody else has saved.
    pub fn settle(&mut self, item: Item, side: Side) {
        let Some(theirs) = self.theirs(item).cloned() else { return };
        self.mark(item, |mark| mark.theirs = None);
        self.store(item, theirs.clone());
        if side == Side::Theirs {
            self.put(item, theirs);
        }
    }

    /// Changes an item. An empty secret, or one of blanks alone, is none: the stored one stays.
    pub fn set(&mut self, item: Item, value: Value) {
        let is_nothing =
            matches!(&value, Value::Secret(Secret::Given(secret)) if item.clean(secret).is_empty());
        let value = if is_nothing { self.base.get(item) } else { value };
        self.put(item, value);
    }

    /// Changes a number by the text of its field.
    pub fn set_number(&mut self, item: Item, text: &str) {
        match text.trim().parse() {
            Ok(number) => self.put(item, Value::Int(number)),
            Err(_) => self.mark(item, |mark| mark.unreadable = Some(text.to_owned())),
        }
    }

    /// Takes back everything typed; it can be [taken up](Self::take_up) again. Conflicts end with what somebody else has
    /// saved.
    pub fn discard(&mut self) {
        self.discarded = self.changes();
        for &item in Item::ALL {
            self.settle(item, Side::Theirs);
        }
        self.typed = self.base.clone();
        self.marks.clear();
        self.is_refused = false;
    }

    /// Finds everything wrong with what is shown, in the order of the form. To be done after each change.
    pub fn check(&mut self, platform: &dyn Platform) {
        let platform = Knowing { zone: &self.base.presence_time_zone, platform };
        let found = self.typed.check(&platform);
        let again = secrets_needed(&self.base, &self.to_be_stored(&platform));
        let problem = |item: Item| {
            let checked =
                found.iter().find(|problem| problem.item == item.name()).map(|problem| problem.code);
            let mark = self.mark_of(item);
            let unreadable = mark.and_then(|mark| mark.unreadable.as_ref()).map(|_| Code::Range);
            let again = again.contains(&item).then_some(Code::SecretAgain);
            Some((item, unreadable.or(checked).or(again).or(mark.and_then(|mark| mark.refused))?))
        };
        self.problems = self.shown().filter_map(problem).collect();
    }

    /// Notes what the service has found wrong with an item.
    pub fn refuse(&mut self, item: Item, code: Code) {
        self.mark(item, |mark| mark.refused = Some(code));
    }

    /// Shows the problems of all items, because the administrator has tried to save.
    pub fn touch_all(&mut self) {
        self.is_refused = true;
        for &item in Item::ALL {
            self.mark(item, |mark| mark.touched = true);
        }
    }

    // The values fit their items: they come from `get` of the same item, or were made for its kind. A choice that is
    // not known here, stored by a newer version, leaves the item as it is.
    fn put(&mut self, item: Item, value: Value) {
        // What the service said of a secret holds only for the changes that it came with.
        for (_, mark) in &mut self.marks {
            mark.refused = mark.refused.filter(|code| *code != Code::SecretAgain);
        }
        self.mark(item, |mark| {
            (mark.unreadable, mark.refused, mark.called, mark.taken) = (None, None, None, false);
            mark.asked = false;
        });
        let _ = self.typed.set(item, value);
    }

    fn store(&mut self, item: Item, value: Value) {
        let _ = self.base.set(item, value);
    }

    /// Changes the mark of an item.
    fn mark(&mut self, item: Item, change: impl FnOnce(&mut Mark)) {
        if let Some((_, mark)) = self.marks.iter_mut().find(|(marked, _)| *marked == item) {
            change(mark);
        } else {
            let mut mark = Mark::default();
            change(&mut mark);
            self.marks.push((item, mark));
        }
    }
}

/// A value as the service sends it, taken as it is: what an older version has stored is to be shown, not refused.
/// Passwords are never sent.
fn stored_value(item: Item, json: &Json) -> Option<Value> {
    match (item.kind(), json) {
        (Kind::Bool, Json::Bool(value)) => Some(Value::Bool(*value)),
        (Kind::Int { .. }, Json::Number(number)) => number.as_i64().map(Value::Int),
        (Kind::Choice(_), Json::Number(number)) => {
            Some(Value::Choice(usize::try_from(number.as_u64()?).ok()?))
        }
        (Kind::Text, Json::String(text)) => Some(Value::Text(text.clone())),
        _ => None,
    }
}
