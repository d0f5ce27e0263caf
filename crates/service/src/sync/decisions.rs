//! From appointments to presences, now and when time passes.

use tracing::{debug, info, warn};

use super::engine::Engine;
use super::people::{Mailbox, Outlook, is_without_calendar};
use crate::pbx::Presence;
use crate::source::SourceEvent;

/// The clock was set back by more than it wanders.
const SET_BACK: i64 = 1000;

impl Engine {
    /// Takes over what a source tells.
    pub(super) fn hear_source(&mut self, place: usize, event: SourceEvent) {
        match event {
            SourceEvent::Appointments { guid, appointments } => {
                self.people.set_appointments(place, &guid, appointments);
                self.show(&guid);
            }
            SourceEvent::Replies { guid, replies } => {
                self.people.set_replies(place, &guid, replies);
                self.show(&guid);
            }
            SourceEvent::Doubted { guid } => {
                if self.people.doubt(place, &guid) {
                    self.wanted_changed = true;
                    self.show(&guid);
                }
            }
            SourceEvent::Mailbox { guid, state, mailbox, error, last_sync } => {
                let mailbox = Mailbox { state, name: mailbox, error, last_sync };
                self.service.mine.touch(&guid);
                if self.people.set_mailbox(place, &guid, mailbox) {
                    // Another source may have it now, or need not look any longer.
                    self.wanted_changed = true;
                    self.show(&guid);
                }
                if self.people.get(&guid).is_some_and(|person| is_without_calendar(person.mailbox().state)) {
                    self.has_no_calendar(&guid);
                }
            }
            SourceEvent::Health(health) => {
                match &health {
                    Ok(()) => debug!("the calendars answer"),
                    Err(advice) => warn!(code = advice.code, "{}", advice.text),
                }
                if let Some(source) = self.sources.get_mut(place) {
                    source.health = Some(health);
                }
            }
        }
    }

    /// Shows what the source tells that has the mailbox of a user.
    pub(super) fn show(&mut self, guid: &str) {
        let Some(person) = self.people.get(guid) else { return };
        if !is_without_calendar(person.mailbox().state) && self.people.show(guid) {
            self.decide(guid, None);
        }
    }

    /// There is nothing to be shown for this user.
    pub(super) fn has_no_calendar(&mut self, guid: &str) {
        self.schedule.set(guid, self.pause_ends_at(guid));
        if let Some(person) = self.people.get_mut(guid) {
            (person.appointments, person.outlook) = (None, None);
        }
        if let Some(link) = self.pbxs.main_mut() {
            link.writer().release(guid);
        }
        self.service.mine.touch(guid);
    }

    /// Decides what is shown for a user from now on. `due` is the instant at which the time for it came, if it is
    /// time that makes the difference.
    pub(super) fn decide(&mut self, guid: &str, due: Option<i64>) {
        let rules = self.rules_of(guid);
        let Some(person) = self.people.get_mut(guid) else { return };
        let renewed_at = person.renew_replies(self.wall, &self.settings.presence_time_zone);
        let Some(appointments) = &person.appointments else { return };
        let decision = rules.decide(appointments, self.wall);
        let presence = Presence::new(decision.pbx_activity(), &decision.note);
        self.schedule.set(guid, decision.changes_at.into_iter().chain(renewed_at).min());
        person.outlook = Some(Outlook { presence, until: decision.until });
        self.write_presence(guid, due);
        self.service.mine.touch(guid);
    }

    /// Hands what was decided to the PBX. A user whom it has not told yet in this session has it handed over then.
    pub(super) fn write_presence(&mut self, guid: &str, due: Option<i64>) {
        let Some(outlook) = self.people.get(guid).and_then(|person| person.outlook.as_ref()) else { return };
        if let Some(link) = self.pbxs.main_mut().filter(|link| link.has_user(guid)) {
            link.writer().want(guid, outlook.presence.clone(), due);
        }
    }

    /// Decides anew for everybody.
    pub(super) fn decide_all(&mut self) {
        for guid in self.people.guids() {
            self.decide(&guid, None);
        }
    }

    /// Looks at the clock, and decides anew for all whose instant has come.
    pub(super) fn let_time_pass(&mut self) {
        let before = std::mem::replace(&mut self.wall, self.clock.now());
        if self.wall < before - SET_BACK {
            info!(by_ms = before - self.wall, "the clock was set back");
            self.apply_all_choices();
            self.decide_all();
        }
        while let Some((at, guid)) = self.schedule.pop_due(self.wall) {
            // The time may be that at which a pause is over.
            self.apply_choices(&guid);
            self.decide(&guid, Some(at));
        }
    }
}
