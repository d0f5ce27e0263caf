//! The settings of the service: one table of items from which types, wire names, defaults and visibility come,
//! and the checks that form and service share.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `items` | the table: add a row here to add an item |
//! | `choices` | the choices of items that have some |
//! | `item` | what the columns of the table mean |
//! | `value` | the types of items and how they read from JSON |
//! | `clean` | what goes from a text before it is looked at |
//! | `form` | what a single text must look like |
//! | [`pem`] | certificates in PEM form |
//! | [`paste`] | what is meant by a text that was pasted |
//! | [`mixup`](mod@mixup) | values that are probably those of another item |
//! | `cross_checks` | what must hold between items |
//! | [`guidance`](mod@guidance) | what changes at Microsoft, and the move to Graph |
//! | [`certificate`](mod@certificate) | whose a certificate is, from when and until when |
//! | [`secret_again`] | where secrets go, and when they must be given again |
//! | `problem` | error codes |
//! | [`transfer`] | the whole configuration as JSON, to be kept or taken elsewhere |

pub mod certificate;
mod choices;
mod clean;
mod cross_checks;
mod form;
pub mod guidance;
mod item;
mod items;
pub mod mixup;
pub mod paste;
pub mod pem;
mod problem;
pub mod secret_again;
pub mod transfer;
mod uri;
mod value;

pub use choices::{
    ChannelBinding, Exchange, Mapping, NameResolving, NationalCloud, SupportedAccounts, SyncType,
};
pub use item::{Kind, Section};
pub use items::{Item, Settings};
pub use problem::{Code, Problem, sort_problems};
pub use value::{Int, Secret, Value};

use serde_json::{Map, Value as Json};

use crate::Platform;

impl Settings {
    /// Reads one item as it stands in `ConfigItems`, checks its type, range and form, and stores it in its
    /// normal form. Of a password the empty text leaves the stored one, `null` removes it.
    pub fn read(&mut self, item: Item, json: &Json, platform: &dyn Platform) -> Result<(), Code> {
        if item.read_only() {
            return Err(Code::ReadOnly);
        }
        match value::from_json(item, json, platform)? {
            Some(value) => self.set(item, value),
            None => Ok(()),
        }
    }

    /// Takes over the items of a `WriteConfig`, all or nothing. Passwords are plain here: taking them out of
    /// their wrapping is the service's part, because it needs the session key.
    pub fn apply(&mut self, items: &Map<String, Json>, platform: &dyn Platform) -> Result<(), Vec<Problem>> {
        let mut settings = self.clone();
        let mut problems = Vec::new();
        for (name, json) in items {
            let read = Item::from_name(name).ok_or(Code::UnknownItem);
            if let Err(code) = read.and_then(|item| settings.read(item, json, platform)) {
                problems.push(Problem { item: name.clone(), code });
            }
        }
        problems.extend(cross_checks::check(&settings, platform));
        if problems.is_empty() {
            *self = settings;
            return Ok(());
        }
        sort_problems(&mut problems);
        Err(problems)
    }

    /// Everything that is wrong with these settings: the form of each text, shown or not, and the rules between
    /// items. At most one problem for an item, in the order of the table.
    pub fn check(&self, platform: &dyn Platform) -> Vec<Problem> {
        let forms = Item::ALL.iter().filter_map(|&item| match self.get(item) {
            Value::Text(text) => item.normal_form(&text, platform).err().map(|code| Problem::of(item, code)),
            Value::Int(number) => value::in_range(item, number).err().map(|code| Problem::of(item, code)),
            Value::Bool(_) | Value::Choice(_) | Value::Secret(_) => None,
        });
        let mut problems: Vec<_> = forms.chain(cross_checks::check(self, platform)).collect();
        sort_problems(&mut problems);
        problems
    }

    /// The items as `ReadConfig` sends them. Passwords are empty texts, always.
    pub fn to_items(&self) -> Map<String, Json> {
        let mut items = Map::new();
        for &item in Item::ALL {
            // One by one: to collect them would bring a sort along, which a browser would have to load.
            items.insert(item.name().to_owned(), self.item_to_json(item));
        }
        items
    }

    /// One item as `ReadConfig` sends it.
    pub fn item_to_json(&self, item: Item) -> Json {
        self.get(item).to_json()
    }
}

impl Item {
    /// The item with this name in `ConfigItems`.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|item| item.name() == name)
    }
}
