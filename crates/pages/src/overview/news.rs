use std::collections::BTreeMap;

use gloo_timers::future::TimeoutFuture;
use js_sys::Object;
use kit::js::from_js;
use leptos::prelude::*;
use serde::Deserialize;

use crate::frame::{Frame, object, spawn};

/// After so many milliseconds the service is asked again.
const PAUSE: u32 = 2_000;

/// `GetStatusResult`, as far as the overview needs it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Status {
    /// `off`, `starting`, `running`, `error` or `notSupported`.
    pub sync: String,
    /// A word for what is wrong …
    pub error: Option<String>,
    /// … and English sentences for it, with what to do.
    pub error_text: Option<String>,
    /// The configured PBX.
    pub pbx: Pbx,
    /// Where the calendars come from.
    pub source: Option<Source>,
    /// How many users the PBX has told of.
    pub users: usize,
    /// How many of them have a mailbox that is read, …
    pub matched: usize,
    /// … and how many have none.
    pub unmatched: usize,
    /// How many have a presence of ours.
    pub shown: usize,
    /// When a mailbox was read last.
    pub last_sync: Option<f64>,
}

/// The configured PBX.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Pbx {
    /// Whether it is connected.
    pub connected: bool,
}

/// Where the calendars come from.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Source {
    /// Whether it answers; unknown at first.
    pub connected: Option<bool>,
}

/// `GetUsersResult`, as far as the overview needs it.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Users {
    counts: BTreeMap<String, usize>,
}

/// What the service tells. Handles to signals, so it is copied freely.
#[derive(Clone, Copy)]
pub struct News {
    /// How it goes, once that is known.
    pub status: RwSignal<Option<Status>>,
    /// How many users are in each state.
    pub counts: RwSignal<BTreeMap<String, usize>>,
    frame: Frame,
}

impl News {
    /// Asks, and again for as long as the page is there, and at once when the settings were saved.
    pub fn new(frame: Frame) -> Self {
        let news = Self { status: RwSignal::new(None), counts: RwSignal::default(), frame };
        let stored = Memo::new(move |_| frame.stored.get());
        Effect::new(move |_| {
            stored.track();
            spawn(async move {
                let _ = news.ask().await;
            });
        });
        spawn(async move {
            loop {
                TimeoutFuture::new(PAUSE).await;
                if news.ask().await.is_none() {
                    return;
                }
            }
        });
        news
    }

    /// `None` once the page is gone.
    async fn ask(self) -> Option<()> {
        // What cannot be told now stays as it was; the form says that there is no connection.
        if let Ok(status) = self.frame.request("GetStatus", Object::new()).await {
            put(self.status, Some(from_js(status).unwrap_or_default()))?;
        }
        if let Ok(users) = self.frame.request("GetUsers", object(&[("limit", 1.into())])).await {
            let Users { counts } = from_js(users).unwrap_or_default();
            put(self.counts, counts)?;
        }
        (!self.status.is_disposed()).then_some(())
    }
}

/// Sets a signal if that makes a difference. `None` once it is gone.
fn put<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) -> Option<()> {
    if signal.try_with_untracked(|now| *now != value)? {
        signal.set(value);
    }
    Some(())
}
