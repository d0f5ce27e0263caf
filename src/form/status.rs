//! What the service does: asked for, heard, and shown only as long as it is so.

use gloo_timers::future::TimeoutFuture;
use kit::js;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::draft::Draft;
use super::session::Form;
use crate::connection::{State as Line, Status};

/// Between two looks at the status after a save, in milliseconds, …
const CHECK_INTERVAL: u32 = 1_000;
/// … and how often it is looked at until it is shown though it has not settled.
const CHECKS: usize = 60;
/// After so long the status is read again, in milliseconds: that the data grow older alone is no news to the service.
const STATUS_INTERVAL: u32 = 60_000;

/// Whether what was last heard of the service is still so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Age {
    /// It is.
    Current,
    /// Settings were just saved, and it does not yet tell what comes of them.
    Checking,
    /// There has been no connection since then, in milliseconds since the epoch.
    Stale(f64),
}

impl Form {
    /// Asks now and then: that the data grow older alone is no news to the service.
    pub async fn watch_status(self) {
        loop {
            TimeoutFuture::new(STATUS_INTERVAL).await;
            self.load_status().await;
        }
    }

    /// Asks what the service does.
    pub async fn load_status(self) {
        if self.line.get_untracked() != Line::Connected {
            return;
        }
        if let Ok(told) = self.connection().ask("GetStatus", &JsValue::UNDEFINED).await
            && let Ok(status) = js::from_js(told.clone())
        {
            self.hear_status(status, told);
        }
    }

    /// Takes over what the service says.
    pub fn hear_status(self, status: Status, told: JsValue) {
        self.status.set(Some(status));
        self.told.set(told);
    }

    /// After a save: asks what the service does until that is about what was saved. What it said before is no longer
    /// shown from the beginning.
    pub async fn check_status(self) {
        if self.age.get_untracked() == Age::Checking {
            return;
        }
        self.age.set(Age::Checking);
        for _ in 0..CHECKS {
            self.load_status().await;
            let revision = self.state.now(Draft::revision);
            let is_settled =
                |status: &Option<Status>| status.as_ref().is_some_and(|status| status.is_settled(revision));
            if self.status.with_untracked(is_settled) || self.line.get_untracked() != Line::Connected {
                break;
            }
            TimeoutFuture::new(CHECK_INTERVAL).await;
        }
        if self.age.get_untracked() == Age::Checking {
            self.age.set(Age::Current);
        }
    }

    /// Notes when the connection goes, and when it is back.
    pub fn watch_line(self) {
        if self.line.get() == Line::Connected {
            self.age.set(Age::Current);
        } else if !matches!(self.age.get_untracked(), Age::Stale(_))
            && self.status.with_untracked(Option::is_some)
        {
            self.age.set(Age::Stale(js_sys::Date::now()));
        }
    }
}
