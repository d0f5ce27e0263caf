//! What is done again when a signal changes.
//!
//! Leptos' own effects are tasks: a form has hundreds, and each cost a future, a channel and a turn of the executor
//! before the first key could be pressed. Here they share one task, which runs when something has changed.

use std::cell::{Cell, RefCell};
use std::sync::{Arc, Weak};

use leptos::prelude::*;
use leptos::reactive::graph::{AnySource, AnySubscriber, ReactiveNode, Source, Subscriber, WithObserver};
use send_wrapper::SendWrapper;
use wasm_bindgen_futures::spawn_local;

/// Runs `act` now, and again whenever a signal that it has read changes, until the owner ends.
pub fn follow(act: Box<dyn Fn()>) {
    let follower = Arc::new_cyclic(|this: &Weak<Follower>| {
        let state =
            State { act, sources: RefCell::default(), is_dirty: Cell::new(false), is_due: Cell::new(false) };
        Follower { this: this.clone(), state: SendWrapper::new(state) }
    });
    follower.run();
    StoredValue::new_local(follower);
}

struct Follower {
    this: Weak<Follower>,
    state: SendWrapper<State>,
}

struct State {
    act: Box<dyn Fn()>,
    /// What was read. Only ever more: what is no longer read makes for a run too many, and leaving it each time would
    /// cost more.
    sources: RefCell<Vec<AnySource>>,
    /// A signal has changed; else something between may have.
    is_dirty: Cell<bool>,
    is_due: Cell<bool>,
}

thread_local! {
    /// Who has to look again, in the order in which they came to read: whoever may take others away came before them.
    static DUE: RefCell<Vec<Weak<Follower>>> = RefCell::default();
}

impl Follower {
    fn run(&self) {
        self.state.is_dirty.set(false);
        self.as_subscriber().with_observer(&*self.state.act);
    }

    fn as_subscriber(&self) -> AnySubscriber {
        AnySubscriber(self.this.as_ptr().addr(), self.this.clone())
    }

    fn be_due(&self) {
        if self.state.is_due.replace(true) {
            return;
        }
        let is_first = DUE.with_borrow_mut(|due| {
            due.push(self.this.clone());
            due.len() == 1
        });
        if is_first {
            spawn_local(async { run_due() });
        }
    }
}

fn run_due() {
    for follower in DUE.take().into_iter().filter_map(|follower| follower.upgrade()) {
        follower.state.is_due.set(false);
        if follower.update_if_necessary() {
            follower.run();
        }
    }
}

impl ReactiveNode for Follower {
    fn mark_dirty(&self) {
        self.state.is_dirty.set(true);
        self.be_due();
    }

    fn mark_check(&self) {
        self.be_due();
    }

    fn mark_subscribers_check(&self) {}

    fn update_if_necessary(&self) -> bool {
        let sources = || self.state.sources.borrow().clone();
        self.state.is_dirty.get() || sources().iter().any(ReactiveNode::update_if_necessary)
    }
}

impl Subscriber for Follower {
    fn add_source(&self, source: AnySource) {
        let sources = &mut *self.state.sources.borrow_mut();
        if !sources.contains(&source) {
            sources.push(source);
        }
    }

    fn clear_sources(&self, subscriber: &AnySubscriber) {
        for source in self.state.sources.take() {
            source.remove_subscriber(subscriber);
        }
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        // Signals know us by our address, which another one may have next.
        self.clear_sources(&self.as_subscriber());
    }
}
