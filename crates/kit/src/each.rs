use std::sync::Arc;

use leptos::prelude::*;

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
    each(keys, Arc::new(move |key| children(key).into_any()))
}

fn each(keys: Keys, draw: Arc<dyn Fn(String) -> AnyView + Send + Sync>) -> AnyView {
    let draw = move |key| draw(key);
    view! { <For each=move || (keys.0)() key=String::clone children=draw /> }.into_any()
}

/// The keys of a list, which follow signals.
pub struct Keys(Box<dyn Fn() -> Vec<String> + Send + Sync>);

impl<F: Fn() -> Vec<String> + Send + Sync + 'static> From<F> for Keys {
    fn from(keys: F) -> Self {
        Self(Box::new(keys))
    }
}
