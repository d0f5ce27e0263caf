//! A presence that is set by hand wins: all users are followed, and while one has set something, what the calendar says
//! is held back, because a write would put the calendar first.

use super::Writer;
use super::entry::{Entry, Watch};

impl Writer {
    /// Whether what is set by hand wins from now on. Whether that is other than before.
    pub fn follow(&mut self, follows: bool) -> bool {
        if self.follows == follows {
            return false;
        }
        self.follows = follows;
        self.is_refused = false;
        let guids: Vec<String> = self.users.keys().cloned().collect();
        for guid in &guids {
            self.follow_one(guid);
        }
        true
    }

    fn follow_one(&mut self, guid: &str) {
        let is_sample = self.sample.contains(guid);
        let Some(entry) = self.users.get_mut(guid) else { return };
        // Of those who stay subscribed what is set by hand is known already; an ask that is under way decides when it
        // is answered.
        if !self.follows && !is_sample && entry.watch != Watch::No {
            if entry.watch == Watch::Open && !entry.asked {
                self.leaving.push(guid.to_owned());
            }
            (entry.watch, entry.by_hand) = (Watch::No, false);
        }
        self.enqueue(guid);
    }

    /// The PBX knows this user.
    pub fn know(&mut self, guid: &str) {
        if self.follows && !self.users.contains_key(guid) {
            self.users.insert(guid.to_owned(), Entry::default());
            self.enqueue(guid);
        }
    }

    /// The user has another name, under which the PBX is asked anew.
    pub fn renamed(&mut self, guid: &str) {
        let follows = self.follows;
        let Some(entry) = self.users.get_mut(guid).filter(|entry| follows && !entry.asked) else { return };
        // [U] Whether a subscription outlives the name is not published. One that does is ended first.
        if entry.watch == Watch::Open {
            self.leaving.push(guid.to_owned());
        }
        (entry.watch, entry.by_hand) = (Watch::No, false);
        self.sample.remove(guid);
        self.enqueue(guid);
    }

    /// Whether what the calendar says of a user is held back.
    pub fn is_held(&self, guid: &str) -> bool {
        self.follows && self.users.get(guid).is_some_and(|entry| entry.is_held() && entry.wanted.is_some())
    }

    /// Whether users are to be followed, and the PBX tells nothing.
    pub fn is_untold(&self) -> bool {
        self.follows && !self.has_told && (self.is_refused || self.silences > 0)
    }

    pub(super) fn released(&mut self, guid: &str) {
        if let Some(entry) = self.users.get_mut(guid) {
            entry.is_released = true;
        }
        self.enqueue(guid);
    }

    pub(super) fn told_by_hand(&mut self, guid: &str, by_hand: bool) {
        if let Some(entry) = self.users.get_mut(guid)
            && std::mem::replace(&mut entry.by_hand, by_hand) != by_hand
        {
            self.enqueue(guid);
        }
    }

    /// The PBX has not answered in time. Where users are followed it may still do so.
    pub(super) fn fell_silent(&mut self, guid: &str) {
        let Some(entry) = self.users.get_mut(guid) else { return };
        if self.follows {
            entry.watch = Watch::Open;
        } else {
            entry.watch = Watch::No;
            self.leaving.push(guid.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::time::Duration;

    use tokio::time::Instant;

    use super::super::{ASK_TIMEOUT, Order, WINDOW};
    use super::*;
    use crate::pbx::Presence;

    fn busy() -> Presence {
        Presence::new("busy", "Busy #busy")
    }

    /// A writer that follows these users, of whom the ledger knows.
    fn following(users: &[&str], now: Instant) -> Writer {
        let mut writer = Writer::new(users.iter().map(ToString::to_string).collect(), now);
        assert!(writer.follow(true) && !writer.follow(true));
        for user in users {
            writer.know(user);
        }
        writer
    }

    fn orders(writer: &mut Writer, now: Instant) -> Vec<Order> {
        std::iter::from_fn(|| writer.next(now)).collect()
    }

    fn written(guid: &str, presence: Presence) -> [Order; 1] {
        [Order::Write { guid: guid.to_owned(), presence, due: None }]
    }

    #[test]
    fn people_3_at_most_64_users_are_subscribed_at_once_and_all_stay_so() {
        let now = Instant::now();
        let names: Vec<String> = (0..200).map(|number| number.to_string()).collect();
        let mut writer = following(&names.iter().map(String::as_str).collect::<Vec<_>>(), now);
        let mut asked = HashSet::new();
        for _ in 0..4 {
            let orders = orders(&mut writer, now);
            assert!(!orders.is_empty() && orders.len() <= WINDOW, "{}", orders.len());
            for order in orders {
                let Order::Ask(guid) = order else { panic!("{order:?}") };
                writer.told(&guid, None, false, now);
                asked.insert(guid);
            }
        }
        assert_eq!((asked.len(), writer.subscribed().count()), (200, 200));
        writer.follow(false);
        let left = orders(&mut writer, now);
        assert_eq!(left.iter().filter(|order| matches!(order, Order::Leave(_))).count(), 200);
        assert_eq!(writer.subscribed().count(), 0);
    }

    #[test]
    fn people_3_while_a_presence_is_set_by_hand_nothing_is_written() {
        let now = Instant::now();
        let mut writer = following(&["1"], now);
        assert_eq!(orders(&mut writer, now), [Order::Ask("1".to_owned())]);
        writer.told("1", Some(Presence::new("", "Free")), true, now);
        assert!(!writer.is_held("1"), "there is nothing to be held back yet");
        writer.want("1", busy(), None);
        assert!(orders(&mut writer, now).is_empty() && writer.is_held("1"));
        writer.told("1", Some(Presence::new("", "Free")), false, now);
        assert_eq!(orders(&mut writer, now), written("1", busy()));
        writer.written(None, now);
        writer.told("1", Some(busy()), true, now);
        writer.told("1", Some(busy()), false, now);
        assert!(orders(&mut writer, now).is_empty(), "the PBX shows it already");
    }

    #[test]
    fn people_3_what_is_to_be_gone_is_cleared_in_any_case() {
        let now = Instant::now();
        let mut writer = following(&["1"], now);
        orders(&mut writer, now);
        writer.told("1", Some(busy()), true, now);
        writer.want("1", Presence::cleared(), None);
        assert!(orders(&mut writer, now).is_empty(), "the calendar is free");
        writer.release("1");
        assert_eq!(orders(&mut writer, now), written("1", Presence::cleared()));
    }

    #[test]
    fn people_3_a_pbx_that_tells_nothing_counts_as_nobody_having_set_one() {
        let mut now = Instant::now();
        let mut writer = following(&["1", "2"], now);
        writer.want("1", busy(), None);
        writer.want("2", busy(), None);
        assert_eq!(orders(&mut writer, now).len(), 2);
        assert!(!writer.is_untold());
        writer.not_told("1", now);
        assert!(writer.is_untold());
        assert_eq!(orders(&mut writer, now), written("1", busy()));
        now += ASK_TIMEOUT;
        writer.wake(now);
        assert_eq!(orders(&mut writer, now), written("2", busy()));
        now += Duration::from_secs(1);
        writer.told("2", Some(busy()), true, now);
        writer.want("2", Presence::new("", "Free"), None);
        assert!(!writer.is_untold() && writer.is_held("2"), "better late than never");
    }

    #[test]
    fn people_3_who_has_another_name_is_subscribed_anew() {
        let now = Instant::now();
        let mut writer = following(&["1"], now);
        orders(&mut writer, now);
        writer.told("1", None, true, now);
        writer.renamed("1");
        assert_eq!(orders(&mut writer, now), [Order::Leave("1".to_owned()), Order::Ask("1".to_owned())]);
    }
}
