use std::collections::BTreeMap;

use gloo_timers::future::TimeoutFuture;
use kit::js::from_js;
use leptos::prelude::*;
use serde::Deserialize;

use crate::frame::{Frame, object, spawn};
use crate::told::{Status, Told};

/// After so many milliseconds the service is asked again.
const PAUSE: u32 = 2_000;

/// `GetUsersResult`, as far as the overview needs it.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Users {
    counts: BTreeMap<String, usize>,
}

/// What the service tells. Handles to signals, so it is copied freely.
#[derive(Clone, Copy)]
pub struct News {
    /// How it goes, once that is known: as the form is told.
    pub status: Memo<Option<Status>>,
    /// How many users are in each state.
    pub counts: RwSignal<BTreeMap<String, usize>>,
    frame: Frame,
}

impl News {
    /// Asks how many users are in each state, and again for as long as the page is there.
    pub fn new(frame: Frame, told: RwSignal<Told>) -> Self {
        let status = Memo::new(move |_| told.with(|told| told.status.clone()));
        let news = Self { status, counts: RwSignal::default(), frame };
        spawn(async move {
            while news.ask().await.is_some() {
                TimeoutFuture::new(PAUSE).await;
            }
        });
        news
    }

    /// `None` once the page is gone.
    async fn ask(self) -> Option<()> {
        // What cannot be told now stays as it was; the form says that there is no connection.
        if let Ok(users) = self.frame.request("GetUsers", object(&[("limit", 1.into())])).await {
            let Users { counts } = from_js(users).unwrap_or_default();
            if self.counts.try_with_untracked(|now| *now != counts)? {
                self.counts.set(counts);
            }
        }
        (!self.counts.is_disposed()).then_some(())
    }
}
