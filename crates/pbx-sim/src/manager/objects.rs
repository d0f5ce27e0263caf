//! What the PBX stores: objects, each a set of properties under a GUID.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;

use serde_json::{Map, Value};

use crate::violation::Violation;

/// An object of the PBX.
#[derive(Clone, PartialEq)]
pub struct Object {
    /// Identifies it for ever.
    pub guid: String,
    /// Its password.
    pub password: String,
    /// All else, as `UpdateObject` sets and `GetObject` shows it.
    pub properties: Map<String, Value>,
}

/// The password stays out of logs.
impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Object");
        shown.field("guid", &self.guid).field("properties", &self.properties).finish_non_exhaustive()
    }
}

impl Object {
    /// A property that is a text; empty if it is missing.
    pub fn text(&self, name: &str) -> &str {
        self.properties.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// Its type; a user has none.
    pub fn pseudo(&self) -> Option<&str> {
        self.properties.get("pseudo")?.get("type")?.as_str()
    }

    /// URL of an App object.
    pub fn url(&self) -> Option<&str> {
        self.properties.get("pseudo")?.get("app")?.get("url")?.as_str()
    }

    /// File name of the URL of an App object: the name under which it logs in at the service.
    pub fn app(&self) -> Option<&str> {
        self.url()?.rsplit('/').next()
    }
}

#[derive(Default)]
pub(super) struct Store {
    /// By GUID, in the order in which they were made.
    pub objects: BTreeMap<String, Object>,
    pub connected: HashSet<String>,
    /// Passwords of the instances by their path.
    pub instances: HashMap<String, String>,
    pub failing: Vec<String>,
    pub violations: Vec<Violation>,
    created: u64,
}

impl Store {
    /// A new object; says its GUID.
    pub(super) fn insert(&mut self, properties: Map<String, Value>, password: String) -> String {
        self.created += 1;
        // Random like a real one, except that it sorts by age.
        let guid = format!("{:016x}{:016x}", self.created, rand::random::<u64>());
        self.objects.insert(guid.clone(), Object { guid: guid.clone(), password, properties });
        guid
    }

    pub(super) fn by(&self, property: &str, text: &str) -> Option<&Object> {
        self.objects.values().find(|object| object.text(property) == text)
    }

    pub(super) fn named(&self, name: &str) -> Option<&Object> {
        self.by("h323", name).or_else(|| self.by("cn", name))
    }

    /// Whether a fault was asked for with this message.
    pub(super) fn fails(&mut self, mt: &str) -> bool {
        let position = self.failing.iter().position(|failing| failing == mt);
        position.is_some_and(|position| {
            self.failing.remove(position);
            true
        })
    }
}
