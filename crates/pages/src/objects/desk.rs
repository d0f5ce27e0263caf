use app_objects::Addresses;
use kit::{Texts, Words};
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::state::Objects;
use crate::frame::Frame;
use crate::told::Told;

/// What the parts of the page share. Handles to signals, so it is copied freely.
#[derive(Clone, Copy)]
pub struct Desk {
    /// What it has of the form.
    pub frame: Frame,
    /// The language, with its texts.
    pub texts: Texts,
    /// What the form is told by the service.
    pub told: RwSignal<Told>,
    /// What is shown.
    pub found: RwSignal<Objects>,
    /// The element of the page.
    pub place: NodeRef<Div>,
}

impl Desk {
    /// Changes what is shown, unless the page was closed.
    pub fn change(self, change: impl FnOnce(&mut Objects)) {
        let _ = self.found.try_update(change);
    }

    /// Something of what is shown, and follows it.
    pub fn of<T: Default>(self, ask: impl FnOnce(&Objects) -> T) -> T {
        self.found.try_with(ask).unwrap_or_default()
    }

    /// Something of what is shown, at the moment.
    pub fn now<T: Default>(self, ask: impl FnOnce(&Objects) -> T) -> T {
        self.found.try_with_untracked(ask).unwrap_or_default()
    }

    /// Whether the page was closed.
    pub fn is_gone(self) -> bool {
        self.found.is_disposed()
    }

    /// A text with a value in it, now.
    pub fn filled(self, words: Words, value: &str) -> String {
        self.texts.filled(words, &[value])
    }

    /// Where the pages of the objects are, and follows it.
    pub fn addresses(self) -> Addresses {
        let directory = self.frame.services.try_with_value(|services| services.place().directory);
        let public_url = self.told.try_with(|told| told.public_url.clone()).flatten();
        Addresses::new(public_url.as_deref(), directory.unwrap_or_default())
    }

    /// Where they are at the moment.
    pub fn addresses_now(self) -> Addresses {
        untrack(|| self.addresses())
    }

    /// Whether a relay stands between form and service.
    pub fn is_relayed(self) -> bool {
        self.told.try_with_untracked(|told| told.relay.is_some()).unwrap_or_default()
    }

    /// Moves the focus to what has this name, if it is there.
    pub fn focus_on(self, id: &str) {
        let Some(Some(place)) = self.place.try_get_untracked() else { return };
        if let Ok(Some(element)) = place.query_selector(&["[id=\"", id, "\"]"].concat()) {
            // There are no others in the page.
            let _ = element.unchecked_ref::<HtmlElement>().focus();
        }
    }
}
