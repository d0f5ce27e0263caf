use std::cell::RefCell;

use leptos::prelude::*;
use leptos::reactive::owner::WeakOwner;
use web_sys::Node;

use crate::el::El;
use crate::follow::follow;

/// Makes the element of a key.
pub type Make = Box<dyn Fn(&str) -> El>;

/// An element of a list, with the owner of what it follows.
struct Entry {
    key: String,
    element: El,
    owner: Owner,
}

impl Drop for Entry {
    fn drop(&mut self) {
        // First out of the page: what leaves it may still be told so, for instance that it has lost the focus.
        self.element.element().remove();
        self.owner.cleanup();
    }
}

/// Keeps the elements before `marker` in step with the keys.
pub fn keep(marker: Node, keys: Box<dyn Fn() -> Vec<String>>, make: Make) {
    // Weak, because that owner keeps what follows here.
    let owner = Owner::current().map(|owner| owner.downgrade());
    let entries: RefCell<Vec<Entry>> = RefCell::default();
    follow(Box::new(move || {
        let Some(owner) = owner.as_ref().and_then(WeakOwner::upgrade) else { return };
        let entries = &mut *entries.borrow_mut();
        reconcile(entries, keys(), |entry| &entry.key, |key| create(&owner, key, &make));
        arrange(entries, &marker);
    }));
}

/// Brings the entries into step with the keys, one for each: what has a key that is wanted stays, the rest goes. A
/// repeated key has an entry for each time that it is there.
fn reconcile<T>(
    entries: &mut Vec<T>,
    keys: Vec<String>,
    key_of: impl Fn(&T) -> &String,
    mut create: impl FnMut(String) -> T,
) {
    // What goes leaves the page before anything new comes.
    entries.retain(|entry| keys.contains(key_of(entry)));
    let count = keys.len();
    for (index, key) in keys.into_iter().enumerate() {
        // What stands before this place belongs to another key, or to the same one further up.
        match entries.iter().skip(index).position(|entry| *key_of(entry) == key) {
            Some(distance) => entries.swap(index, index + distance),
            None => entries.insert(index, create(key)),
        }
    }
    // Of a key that is there less often than before.
    entries.truncate(count);
}

fn create(parent: &Owner, key: String, make: &Make) -> Entry {
    let owner = parent.child();
    let element = owner.with(|| untrack(|| make(&key)));
    Entry { key, element, owner }
}

/// Moves only what stands in the wrong place: a move takes the focus away.
fn arrange(entries: &[Entry], marker: &Node) {
    let Some(parent) = marker.parent_node() else { return };
    let mut next = marker.clone();
    for entry in entries.iter().rev() {
        let node: &Node = entry.element.element();
        if node.next_sibling().as_ref() != Some(&next) {
            // Fails if `next` stands elsewhere: it is the marker, or the one placed just now.
            let _ = parent.insert_before(node, Some(&next));
        }
        next = node.clone();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Entries, each with its key and the number under which it was made.
    #[derive(Default)]
    struct List {
        entries: Vec<(String, u32)>,
        made: u32,
    }

    impl List {
        fn show(&mut self, keys: &[&str]) -> Vec<(&str, u32)> {
            let keys = keys.iter().map(|key| (*key).to_owned()).collect();
            reconcile(
                &mut self.entries,
                keys,
                |(key, _)| key,
                |key| {
                    self.made += 1;
                    (key, self.made)
                },
            );
            self.entries.iter().map(|(key, number)| (key.as_str(), *number)).collect()
        }
    }

    #[test]
    fn what_stays_is_moved_and_not_made_anew() {
        let mut list = List::default();
        assert_eq!(list.show(&["a", "b", "c"]), [("a", 1), ("b", 2), ("c", 3)]);
        assert_eq!(list.show(&["c", "d", "a"]), [("c", 3), ("d", 4), ("a", 1)]);
        assert_eq!(list.show(&[]), []);
        assert_eq!(list.show(&["a"]), [("a", 5)]);
    }

    #[test]
    fn a_repeated_key_has_an_entry_each_time() {
        let mut list = List::default();
        assert_eq!(list.show(&["a", "b"]), [("a", 1), ("b", 2)]);
        assert_eq!(list.show(&["a", "b", "b"]), [("a", 1), ("b", 2), ("b", 3)]);
        assert_eq!(list.show(&["b", "a", "b", "a"]), [("b", 2), ("a", 1), ("b", 3), ("a", 4)]);
        assert_eq!(list.show(&["a"]), [("a", 1)]);
    }

    proptest! {
        #[test]
        fn any_keys_follow_any_others(rounds in prop::collection::vec(prop::collection::vec("[a-d]", 0..8), 0..6)) {
            let mut list = List::default();
            for keys in &rounds {
                let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
                let before = list.entries.clone();
                let made = list.made;
                let shown = list.show(&keys);
                prop_assert_eq!(shown.iter().map(|(key, _)| *key).collect::<Vec<_>>(), keys.clone());
                // As many as possible have stayed.
                for key in ["a", "b", "c", "d"] {
                    let was = before.iter().filter(|(known, _)| known == key).count();
                    let stayed = shown.iter().filter(|(known, number)| *known == key && *number <= made).count();
                    prop_assert_eq!(stayed, was.min(keys.iter().filter(|other| **other == key).count()));
                }
            }
        }
    }
}
