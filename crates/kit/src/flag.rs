use std::sync::Arc;

/// A property of a component that is true or false and may follow signals: what
/// [`TextProp`](leptos::text_prop::TextProp) is for texts.
#[derive(Clone)]
pub struct Flag(Arc<dyn Fn() -> bool + Send + Sync>);

impl Flag {
    /// Whether it is true now.
    pub fn get(&self) -> bool {
        (self.0)()
    }

    /// As attributes have it.
    pub fn word(&self) -> &'static str {
        if self.get() { "true" } else { "false" }
    }
}

impl<F: Fn() -> bool + Send + Sync + 'static> From<F> for Flag {
    fn from(is: F) -> Self {
        Self(Arc::new(is))
    }
}

impl From<bool> for Flag {
    fn from(is: bool) -> Self {
        Self(Arc::new(move || is))
    }
}
