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
        let keys = keys();
        let entries = &mut *entries.borrow_mut();
        entries.retain(|entry| keys.contains(&entry.key));
        for (index, key) in keys.into_iter().enumerate() {
            match entries.iter().position(|entry| entry.key == key) {
                Some(found) => entries.swap(index, found),
                None => entries.insert(index, create(&owner, key, &make)),
            }
        }
        arrange(entries, &marker);
    }));
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
