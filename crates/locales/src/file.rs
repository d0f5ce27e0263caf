//! A file as texts with their keys.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};

use crate::Fault;

/// What stands under a key in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A text.
    Plain(String),
    /// A text with a number in it.
    Counted {
        /// For one.
        one: String,
        /// For other numbers.
        other: String,
    },
}

/// The texts of a file under their keys. Empty for a file that is no JSON.
pub fn read(file: &str, source: &str, faults: &mut Vec<Fault>) -> BTreeMap<String, Entry> {
    let mut entries = BTreeMap::new();
    match serde_json::from_str(source) {
        Ok(Node::Group(group)) => {
            flatten("", group, &mut entries, &mut |what| faults.push(Fault::new(file, what)));
        }
        Ok(Node::Text(_)) => faults.push(Fault::new(file, "a group of texts is expected, not a text")),
        Err(error) => faults.push(Fault::new(file, error.to_string())),
    }
    entries
}

/// What JSON holds here. Unlike `serde_json::Value` it keeps names that stand there twice, as happens when two people add
/// texts at the same time.
enum Node {
    Text(String),
    Group(Vec<(String, Node)>),
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a text or a group of texts")
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut group = Vec::new();
        while let Some(entry) = map.next_entry()? {
            group.push(entry);
        }
        Ok(Node::Group(group))
    }
}

/// The texts of a group and of those within it.
fn flatten(
    before: &str,
    group: Vec<(String, Node)>,
    entries: &mut BTreeMap<String, Entry>,
    fault: &mut impl FnMut(String),
) {
    let mut names = Vec::new();
    for (name, node) in group {
        let key = if before.is_empty() { name.clone() } else { format!("{before}.{name}") };
        if !is_name(&name) {
            fault(format!("{key:?} is no key: names begin with a small letter, and have letters and digits"));
        } else if names.contains(&name) {
            fault(format!("{key} stands there twice"));
        } else {
            let entry = match node {
                Node::Text(text) => Some(Entry::Plain(text)),
                Node::Group(group) => forms(&group).or_else(|| {
                    flatten(&key, group, entries, fault);
                    None
                }),
            };
            if let Some(entry) = entry {
                entries.insert(key, entry);
            }
        }
        names.push(name);
    }
    if names.iter().any(|name| matches!(name.as_str(), "one" | "other")) {
        fault(format!(
            "{before}: a text with a number in it has the two forms `one` and `other`, and nothing else"
        ));
    }
}

/// The two forms of a text with a number in it.
fn forms(group: &[(String, Node)]) -> Option<Entry> {
    let [(first, Node::Text(one)), (second, Node::Text(other))] = group else { return None };
    let (one, other) = match (first.as_str(), second.as_str()) {
        ("one", "other") => (one, other),
        ("other", "one") => (other, one),
        _ => return None,
    };
    Some(Entry::Counted { one: one.clone(), other: other.clone() })
}

/// Whether a constant or a module can be called so: `saveAll` becomes `SAVE_ALL` or `save_all`.
fn is_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.chars().all(|one| one.is_ascii_alphanumeric())
}
