//! What a change of the settings brings about: who is forgotten, and what is started anew.

use std::time::Duration;

use calendar::settings::{Item, Settings};
use secrecy::{ExposeSecret, SecretString};
use tokio::time::Instant;
use tracing::{error, info};

use super::calendars::Source;
use super::concerns::Concerns;
use super::engine::Engine;

/// The source is told of other users at most so often.
const WANTED_PAUSE: Duration = Duration::from_millis(500);

impl Engine {
    pub(super) async fn take_settings(&mut self, settings: &Settings, now: Instant) {
        let secret = match self.service.configuration.store().secret(Item::ClientSecret).await {
            Ok(secret) => secret,
            Err(error) => {
                // Better the one that was good a moment ago than none.
                error!("{error:#}");
                self.secret.clone()
            }
        };
        let mut concerns = Concerns::of(&self.settings, settings);
        concerns.calendars |= exposed(self.secret.as_ref()) != exposed(secret.as_ref());
        let was_active = self.is_active();
        (self.settings, self.secret) = (settings.clone(), secret);
        if was_active && !self.is_active() {
            self.switch_off();
        } else if concerns.pbx {
            self.forget_everybody();
        }
        if concerns.pbx || was_active != self.is_active() {
            self.arrange_pbxs(now).await;
        }
        if self.is_active() && self.has_users && concerns.calendars {
            self.restart.request(now);
        }
        if concerns.decisions {
            self.decide_all();
        }
    }

    fn switch_off(&mut self) {
        info!("the synchronization is switched off");
        self.forget_everybody();
    }

    /// Users of another PBX are others, though their GUIDs may be the same.
    fn forget_everybody(&mut self) {
        (self.source, self.health) = (None, None);
        self.restart.cancel();
        self.people.clear();
        self.schedule.clear();
        self.has_users = false;
    }

    pub(super) fn start_source(&mut self, now: Instant) {
        // The old one ends before the new one begins.
        (self.source, self.health) = (None, None);
        if !self.is_active() {
            return;
        }
        info!(users = self.people.len(), "starting the synchronization");
        self.service.metrics.sync.starts.inc();
        self.people.reset_mailboxes();
        let source = Source::start(
            &self.start_source,
            self.settings.clone(),
            self.secret.clone(),
            self.people.wanted(),
        );
        self.source = Some(source);
        (self.is_wanted_other, self.wanted_at) = (false, now + WANTED_PAUSE);
    }

    /// Tells the source who is wanted, unless it has been told a moment ago.
    pub(super) fn tell_wanted(&mut self, now: Instant) {
        if !self.is_wanted_other || now < self.wanted_at {
            return;
        }
        if let Some(source) = &self.source {
            source.want(self.people.wanted());
        }
        (self.is_wanted_other, self.wanted_at) = (false, now + WANTED_PAUSE);
    }
}

fn exposed(secret: Option<&SecretString>) -> Option<&str> {
    secret.map(ExposeSecret::expose_secret)
}
