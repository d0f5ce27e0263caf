use calendar::settings::mixup::Mixup;
use calendar::settings::{Code, Item, Value};

use super::Draft;

/// What the form shows of an item. Two that are equal look alike, so that nothing need be drawn again.
#[derive(Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is shown in a place of its own")]
pub struct Seen {
    /// Its value as it stands in the form.
    pub value: Value,
    /// What stands in its field, where that is a line: also a number that is none.
    pub text: String,
    /// Whether it must be given.
    pub is_required: bool,
    /// Whether it differs from what the service has.
    pub is_changed: bool,
    /// Whether the value came with others or by a click, and not from its field.
    pub is_taken: bool,
    /// Whether the service has a password for it.
    pub is_stored: bool,
    /// What is wrong with it, where that is to be shown.
    pub problem: Option<Code>,
    /// What somebody else has made of it.
    pub theirs: Option<Value>,
    /// What it probably holds in place of what it should.
    pub mixup: Option<Mixup>,
}

impl Draft {
    /// What the form shows of an item.
    pub fn seen(&self, item: Item) -> Seen {
        let value = self.settings().get(item);
        let text = match &value {
            Value::Text(text) => text.clone(),
            Value::Int(_) => self.number_text(item),
            _ => String::new(),
        };
        Seen {
            text,
            is_required: item.required(self.settings()),
            is_changed: self.is_changed(item),
            is_taken: self.is_taken(item),
            is_stored: self.is_stored(item),
            problem: self.shown_problem(item),
            theirs: self.theirs(item).cloned(),
            mixup: self.mixup(item),
            value,
        }
    }

    /// The items that have a field now, in the order of the table.
    pub fn fields(&self) -> Vec<Item> {
        self.shown().collect()
    }
}
