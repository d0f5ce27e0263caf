use std::borrow::Cow;

/// What an element shows: a text that stays, or one that follows signals.
pub enum Content {
    /// It stays.
    Fixed(Cow<'static, str>),
    /// It is asked for again whenever a signal that it has read changes.
    Follows(Box<dyn Fn() -> Cow<'static, str>>),
}

impl From<&'static str> for Content {
    fn from(text: &'static str) -> Self {
        Self::Fixed(Cow::Borrowed(text))
    }
}

impl From<String> for Content {
    fn from(text: String) -> Self {
        Self::Fixed(Cow::Owned(text))
    }
}

impl<F, T> From<F> for Content
where
    F: Fn() -> T + 'static,
    T: Into<Cow<'static, str>>,
{
    fn from(text: F) -> Self {
        Self::Follows(Box::new(move || text().into()))
    }
}
