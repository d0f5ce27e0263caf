//! What a change of the settings brings about: who is forgotten, and what is started anew.

use std::sync::Arc;
use std::time::Duration;

use calendar::Membership;
use calendar::decide::Rules;
use calendar::settings::Settings;
use tokio::time::Instant;
use tracing::{error, info, warn};

use super::engine::Engine;
use super::impact::Impact;
use super::sources::Source;
use crate::zones::System;

/// Who is gone while the service is down leaves a calendar that nobody renews. It is removed after so long.
const KEPT: Duration = Duration::from_hours(7 * 24);
/// The sources are told of other users at most so often.
const WANTED_PAUSE: Duration = Duration::from_millis(500);

impl Engine {
    pub(super) async fn apply_settings(&mut self, settings: &Settings, now: Instant) {
        let secrets = match self.service.configuration.store().secrets().await {
            Ok(secrets) => secrets,
            Err(error) => {
                // Better those that were good a moment ago than none.
                error!("{error:#}");
                self.secrets.clone()
            }
        };
        let mut impact = Impact::of(&self.settings, settings);
        impact.calendars |= self.secrets != secrets;
        let was_active = self.is_active();
        (self.settings, self.secrets) = (settings.clone(), secrets);
        self.rules = Arc::new(Rules::new(settings, System));
        let untitled = Settings { show_subject: false, ..settings.clone() };
        self.untitled = Arc::new(Rules::new(&untitled, System));
        self.membership = Membership::new(settings, &System);
        if was_active && !self.is_active() {
            self.switch_off();
        } else if impact.pbx {
            self.forget_everybody();
        }
        if impact.pbx || was_active != self.is_active() {
            self.arrange_pbxs(now).await;
        }
        if self.is_active() && self.has_users && impact.calendars {
            self.restart.request(now);
        }
        self.pbxs.follow(self.settings.manual_wins);
        if impact.decisions {
            self.decide_all();
        }
        if impact.users {
            self.choose_all();
        }
        self.apply_all_choices();
    }

    fn switch_off(&mut self) {
        info!("the synchronization is switched off");
        self.forget_everybody();
    }

    /// Users of another PBX are others, though their GUIDs may be the same.
    fn forget_everybody(&mut self) {
        self.sources.clear();
        self.restart.cancel();
        self.people.clear();
        self.schedule.clear();
        self.has_users = false;
    }

    pub(super) async fn start_sources(&mut self, now: Instant) {
        // The old ones end before the new ones begin.
        self.sources.clear();
        if !self.is_active() {
            return;
        }
        info!(users = self.people.len(), "starting the synchronization");
        self.service.metrics.sync.starts.inc();
        let planned = (self.plan)(&self.settings, &self.secrets);
        let names: Vec<&str> = planned.iter().map(|planned| planned.name.as_str()).collect();
        let kept = i64::try_from(KEPT.as_millis()).unwrap_or(i64::MAX);
        let calendars = self.service.configuration.store().calendars();
        if let Err(error) = calendars.clean(&names, self.clock.now() - kept).await {
            warn!("{error:#}");
        }
        self.people.reset_mailboxes(planned.len());
        let starting = planned.into_iter().enumerate();
        self.sources =
            starting.map(|(place, planned)| Source::start(planned, self.people.wanted(place))).collect();
        (self.wanted_changed, self.wanted_at) = (false, now + WANTED_PAUSE);
    }

    /// Tells the sources who is wanted, unless they have been told a moment ago.
    pub(super) fn tell_wanted(&mut self, now: Instant) {
        if !self.wanted_changed || now < self.wanted_at {
            return;
        }
        for (place, source) in self.sources.iter().enumerate() {
            source.want(self.people.wanted(place));
        }
        (self.wanted_changed, self.wanted_at) = (false, now + WANTED_PAUSE);
    }
}
