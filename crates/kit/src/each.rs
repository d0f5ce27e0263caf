use std::sync::Arc;

use leptos::prelude::*;

use crate::live::{Live, live};

/// The entries of a list, by their keys. [`For`] with closures of one type, so that it is compiled once for all lists of a
/// module.
#[component]
pub fn Each<C, V>(
    /// The keys that are there now, in their order. None twice.
    #[prop(into)]
    keys: Keys,
    /// Draws the entry of a key.
    children: C,
) -> impl IntoView
where
    C: Fn(String) -> V + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let children: Draw<String> = Arc::new(move |key| children(key).into_any());
    list(live(move || (keys.0)().into_iter().map(|key| Entry::new(key.clone(), key, &children)).collect()))
}

/// The entries of a list, each drawn of a thing that its key tells from others. An entry stays while its key does.
#[component]
pub fn EachOf<T, F, C, V>(
    /// The things that are there now, in their order.
    of: F,
    /// The key of one. None twice.
    key: fn(&T) -> String,
    /// Draws one.
    children: C,
) -> impl IntoView
where
    T: Send + 'static,
    F: Fn() -> Vec<T> + Send + Sync + 'static,
    C: Fn(T) -> V + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let children: Draw<T> = Arc::new(move |thing| children(thing).into_any());
    list(live(move || of().into_iter().map(|thing| Entry::new(key(&thing), thing, &children)).collect()))
}

type Draw<T> = Arc<dyn Fn(T) -> AnyView + Send + Sync>;

/// An entry that may be drawn.
struct Entry {
    key: String,
    draw: Box<dyn FnOnce() -> AnyView + Send>,
}

impl Entry {
    fn new<T: Send + 'static>(key: String, thing: T, draw: &Draw<T>) -> Self {
        let draw = Arc::clone(draw);
        Self { key, draw: Box::new(move || draw(thing)) }
    }
}

fn list(entries: Live<Vec<Entry>>) -> AnyView {
    let key = |entry: &Entry| entry.key.clone();
    view! { <For each=move || entries() key=key children=|entry: Entry| (entry.draw)() /> }.into_any()
}

/// The keys of a list, which follow signals.
pub struct Keys(Box<dyn Fn() -> Vec<String> + Send + Sync>);

impl<F: Fn() -> Vec<String> + Send + Sync + 'static> From<F> for Keys {
    fn from(keys: F) -> Self {
        Self(Box::new(keys))
    }
}
