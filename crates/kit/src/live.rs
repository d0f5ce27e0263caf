use std::sync::Arc;

use leptos::prelude::*;

/// What follows signals, in an attribute, a property or a text. For each type of value it is of one type, so the code
/// that builds and updates what is drawn of it is compiled once and not once for each closure: with some hundred of them
/// that is a tenth of a module.
pub type Live<T> = Arc<dyn Fn() -> T + Send + Sync>;

/// Makes a closure one of these.
pub fn live<T>(ask: impl Fn() -> T + Send + Sync + 'static) -> Live<T> {
    Arc::new(ask)
}

/// Views that follow signals, all drawn anew when one changes. Compiled once, as [`live`] is.
pub fn views(draw: impl Fn() -> Vec<AnyView> + Send + Sync + 'static) -> AnyView {
    fn boxed(draw: Box<dyn Fn() -> Vec<AnyView> + Send + Sync>) -> AnyView {
        (move || draw()).into_any()
    }
    boxed(Box::new(draw))
}
