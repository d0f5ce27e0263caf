//! What users decide about their own calendar: what counts of it, and what they are told.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use anyhow::Result;
use calendar::decide::Rules;
use calendar::settings::Settings;
use tokio::task::JoinHandle;
use tracing::warn;

use super::engine::Engine;
use super::people::{Person, word};
use super::request::Explained;
use crate::choices::{Choices, Titles};
use crate::pbx::Link;
use crate::source::MailboxState;
use crate::zones::System;

/// Choices of users who are no longer at the PBX are kept for so long, in milliseconds.
const KEPT: i64 = 30 * 24 * 3_600_000;

/// A user as a login names him: by the GUID, else by the name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Who {
    pub guid: String,
    pub sip: String,
}

/// What a user is told of his own calendar.
pub(crate) struct Mine {
    pub guid: String,
    pub name: String,
    /// How it goes, as managers see it.
    pub state: &'static str,
    pub error: Option<&'static str>,
    /// What he has chosen; whether it counts is another matter.
    pub choices: Choices,
    /// Whether users may choose.
    pub allowed: bool,
    /// What colleagues see: activity, note and until when.
    pub shown: Option<(String, String, Option<i64>)>,
    pub last_sync: Option<i64>,
    pub explained: Explained,
}

/// What everybody has chosen, and the rules for those who hide their titles.
#[derive(Default)]
pub(super) struct Chosen {
    all: HashMap<String, Choices>,
    /// Noting who is still there, while that is under way.
    noting: Option<JoinHandle<()>>,
}

impl Chosen {
    /// What a user has chosen.
    pub fn of(&self, guid: &str) -> Choices {
        self.all.get(guid).cloned().unwrap_or_default()
    }
}

impl Engine {
    /// Reads what was chosen. Nobody is shown before.
    pub(super) async fn read_choices(&mut self) -> Result<()> {
        self.chosen.all = self.service.configuration.store().choices().await?.into_iter().collect();
        Ok(())
    }

    /// Whether a user hides titles.
    pub(super) fn hides_titles(&self, guid: &str) -> bool {
        let never = |choices: &Choices| choices.titles == Titles::Never;
        self.settings.self_service && self.chosen.all.get(guid).is_some_and(never)
    }

    /// The rules for a user.
    pub(super) fn rules_of(&self, guid: &str) -> Arc<Rules<System>> {
        Arc::clone(if self.hides_titles(guid) { &self.untitled } else { &self.rules })
    }

    /// The settings as they count for a user.
    pub(super) fn settings_of(&self, guid: &str) -> Settings {
        let show_subject = self.settings.show_subject && !self.hides_titles(guid);
        Settings { show_subject, ..self.settings.clone() }
    }

    /// Lets what a user has chosen count.
    pub(super) fn apply_choices(&mut self, guid: &str) {
        let choices = self.chosen.all.get(guid);
        let is_hidden = self.settings.self_service && choices.is_some_and(|choices| choices.hides(self.wall));
        match self.people.set_hidden(guid, is_hidden) {
            Some(true) => self.has_no_calendar(guid),
            Some(false) => self.show(guid),
            None => {}
        }
        if is_hidden {
            self.schedule.set(guid, self.pause_ends_at(guid));
        }
    }

    /// When a user's calendar is shown again by itself.
    pub(super) fn pause_ends_at(&self, guid: &str) -> Option<i64> {
        let choices = self.chosen.all.get(guid).filter(|_| self.settings.self_service)?;
        choices.ends_at(self.wall)
    }

    /// The same for everybody who has chosen anything.
    pub(super) fn apply_all_choices(&mut self) {
        let guids: Vec<String> = self.chosen.all.keys().cloned().collect();
        for guid in guids {
            self.apply_choices(&guid);
            self.decide(&guid, None);
        }
    }

    /// A user has chosen, and it is stored.
    pub(super) fn choose_own(&mut self, guid: &str, choices: Choices) {
        self.chosen.all.insert(guid.to_owned(), choices);
        self.apply_choices(guid);
        self.decide(guid, None);
        self.service.mine.touch(guid);
    }

    /// The user whom a login names.
    fn find(&self, who: &Who) -> Option<&Person> {
        if !who.guid.is_empty() {
            return self.people.get(&who.guid);
        }
        let is_named = |person: &&Person| person.user.sip.eq_ignore_ascii_case(&who.sip);
        self.people.iter().find(is_named).filter(|_| !who.sip.is_empty())
    }

    /// What a user is told of his own calendar.
    pub(super) fn mine(&self, who: &Who) -> Option<Mine> {
        let person = self.find(who)?;
        let guid = &person.user.guid;
        let (mailbox, own) = (person.mailbox(), person.own_mailbox());
        let outlook = person.outlook.as_ref();
        let shown = outlook
            .map(|outlook| (outlook.presence.activity.clone(), outlook.presence.note.clone(), outlook.until));
        let writer = self.pbxs.main().map(Link::presences);
        let refusal = writer.and_then(|writer| writer.refusal(guid)).map(|_| "presenceRefused");
        let cleared = (mailbox.state == MailboxState::HiddenByUser).then(Default::default);
        Some(Mine {
            guid: guid.clone(),
            name: person.user.name.clone(),
            state: word(mailbox.state),
            error: own.error.as_ref().map(|advice| advice.code).or(refusal),
            choices: self.chosen.of(guid),
            allowed: self.settings.self_service,
            shown: shown.or(cleared),
            last_sync: own.last_sync,
            explained: Explained {
                settings: self.settings_of(guid),
                appointments: person.appointments.clone(),
                state: mailbox.state,
                error: mailbox.error.clone(),
                is_held: writer.is_some_and(|writer| writer.is_held(guid)),
                now: self.wall,
            },
        })
    }

    /// All users are known: notes who of those that have chosen is not among them, and forgets who has been gone for long.
    pub(super) fn note_present(&mut self) {
        if self.chosen.noting.as_ref().is_some_and(|noting| !noting.is_finished())
            || self.chosen.all.is_empty()
        {
            return;
        }
        let present: HashSet<String> = self.people.guids().into_iter().collect();
        let (service, now) = (Arc::clone(&self.service), self.wall);
        self.chosen.noting = Some(tokio::spawn(async move {
            let store = service.configuration.store();
            if let Err(error) = store.note_present(&present, now, now.saturating_sub(KEPT)).await {
                warn!("{error:#}");
            }
        }));
    }
}
