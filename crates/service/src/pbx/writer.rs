//! Which presence is asked for or written next.
//!
//! For each user the writer knows what is wanted and what the PBX shows. Before the first write of a session it
//! asks what is shown, so that nothing is written twice: every write moves the calendar to the top of the user's
//! presences. So many requests as a window holds are under way at once; the others wait. Of a user who waits only
//! the newest wish counts. What users set [by hand](by_hand) may come before all of it.

mod by_hand;
mod entry;

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};
use std::mem;
use std::time::Duration;

use tokio::time::Instant;

use super::presence::Presence;
use entry::{Entry, Refusal, Shown, Watch};

/// Requests without an answer. Enough to fill the way to a distant PBX, and well below what waits for a slow one
/// before its connection is dropped.
const WINDOW: usize = 64;
/// The PBX gets so long to tell what it shows for a user.
const ASK_TIMEOUT: Duration = Duration::from_secs(3);
/// After so many silences in a row, and no word before, the PBX is not asked any more.
const MAX_SILENCES: usize = 16;
/// Users who stay subscribed, so that another writer shows.
const SAMPLE: usize = 8;
/// A write that was refused is tried again after this time, then after twice as long, and so on.
const RETRY: Duration = Duration::from_mins(1);
/// No pause is longer.
const MAX_RETRY: Duration = Duration::from_hours(1);
/// A PBX that answers nothing for so long is not connected in truth.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(30);

/// A message to the PBX about a user.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// What do you show?
    Ask(String),
    /// No more about this one.
    Leave(String),
    /// Show this. The instant is when it became right, if that was a matter of time.
    Write { guid: String, presence: Presence, due: Option<i64> },
}

/// The presences of all users of a PBX.
pub(crate) struct Writer {
    users: HashMap<String, Entry>,
    /// Users for whom something may be to do.
    queue: VecDeque<String>,
    /// Users whose write is under way. [I] The PBX answers in the order of the requests; an answer names nobody.
    writes: VecDeque<String>,
    /// Users of whom the PBX has been asked, with the end of its time.
    asks: VecDeque<(Instant, String)>,
    /// How many of them have not answered.
    asking: usize,
    silences: usize,
    /// Whether it has ever told what it shows.
    has_told: bool,
    /// Users who stay subscribed.
    sample: BTreeSet<String>,
    /// Users for whom we have written something that is not cleared, as the database has them too.
    ours: HashSet<String>,
    /// Users who must be in the ledger as ours before anything is written.
    to_enter: Vec<String>,
    to_forget: Vec<String>,
    retries: BTreeSet<(Instant, String)>,
    last_answer: Instant,
    leaving: Vec<String>,
    counts: Counts,
    /// Whether a presence that is set by hand wins, so that all users are followed.
    follows: bool,
    /// Whether the PBX has refused to tell presences meanwhile.
    is_refused: bool,
}

/// Writes that the PBX has answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub taken: u64,
    pub refused: u64,
}

impl Writer {
    /// `ours` are the users for whom something has been written in earlier sessions.
    pub fn new(ours: HashSet<String>, now: Instant) -> Self {
        Self {
            users: HashMap::new(),
            queue: VecDeque::new(),
            writes: VecDeque::new(),
            asks: VecDeque::new(),
            asking: 0,
            silences: 0,
            has_told: false,
            sample: BTreeSet::new(),
            ours,
            to_enter: Vec::new(),
            to_forget: Vec::new(),
            retries: BTreeSet::new(),
            last_answer: now,
            leaving: Vec::new(),
            counts: Counts::default(),
            follows: false,
            is_refused: false,
        }
    }

    /// How many users have a presence of ours.
    pub fn shown(&self) -> usize {
        self.ours.len()
    }

    /// What is to be shown from now on. `due` is the instant at which it became right, if that was a matter of time.
    pub fn want(&mut self, guid: &str, presence: Presence, due: Option<i64>) {
        let entry = self.users.entry(guid.to_owned()).or_default();
        entry.is_released = false;
        if entry.wanted.as_ref() != Some(&presence) {
            entry.wanted = Some(presence);
            entry.due = due;
            self.enqueue(guid);
        }
    }

    /// Nothing is to be shown any more: what we have written is cleared, what others wrote stays.
    pub fn release(&mut self, guid: &str) {
        if self.ours.contains(guid) {
            self.want(guid, Presence::cleared(), None);
            self.released(guid);
        } else if let Some(entry) = self.users.get_mut(guid) {
            entry.wanted = None;
        }
    }

    /// Releases all users.
    pub fn release_all(&mut self) {
        let known: BTreeSet<String> = self.ours.iter().chain(self.users.keys()).cloned().collect();
        for guid in &known {
            self.release(guid);
        }
    }

    /// The user is no longer there.
    pub fn remove(&mut self, guid: &str) {
        if let Some(entry) = self.users.remove(guid) {
            self.asking -= usize::from(entry.asked);
        }
        self.sample.remove(guid);
        if self.ours.remove(guid) {
            self.to_forget.push(guid.to_owned());
        }
    }

    /// Users of earlier sessions who are not among these are gone.
    pub fn keep(&mut self, is_user: impl Fn(&str) -> bool) {
        let gone: Vec<String> = self.ours.iter().filter(|guid| !is_user(guid)).cloned().collect();
        for guid in &gone {
            self.remove(guid);
        }
    }

    /// Whether something of ours is or may be shown.
    #[cfg(test)]
    pub fn has_ours(&self) -> bool {
        !self.ours.is_empty()
    }

    /// Users who must be in the ledger before the writer goes on with them.
    pub fn take_to_enter(&mut self) -> Vec<String> {
        mem::take(&mut self.to_enter)
    }

    /// Users whom the database may forget.
    pub fn take_to_forget(&mut self) -> Vec<String> {
        mem::take(&mut self.to_forget)
    }

    /// They stand in the database.
    pub fn entered(&mut self, guids: Vec<String>) {
        for guid in guids {
            if self.users.contains_key(&guid) {
                self.enqueue(&guid);
                self.ours.insert(guid);
            } else {
                self.to_forget.push(guid);
            }
        }
    }

    /// The database could neither enter nor forget them. Both is tried again.
    pub fn not_entered(&mut self, to_enter: Vec<String>, to_forget: Vec<String>) {
        self.to_enter.extend(to_enter);
        self.to_forget.extend(to_forget);
    }

    /// What is to be sent next, if anything may be.
    pub(super) fn next(&mut self, now: Instant) -> Option<Order> {
        if let Some(guid) = self.leaving.pop() {
            return Some(Order::Leave(guid));
        }
        while self.writes.len() + self.asking < WINDOW {
            let guid = self.queue.pop_front()?;
            let Some(entry) = self.users.get_mut(&guid) else { continue };
            entry.queued = false;
            if self.writes.is_empty() && self.asking == 0 {
                self.last_answer = now;
            }
            if let Some(order) = self.order(guid, now) {
                return Some(order);
            }
        }
        None
    }

    fn order(&mut self, guid: String, now: Instant) -> Option<Order> {
        let may_ask = self.has_told || self.silences < MAX_SILENCES;
        let is_ours = self.ours.contains(&guid);
        let entry = self.users.get_mut(&guid).filter(|entry| entry.sent.is_none() && !entry.asked)?;
        let is_to_follow = self.follows && entry.watch == Watch::No;
        if is_to_follow || entry.wanted.is_some() && entry.shown == Shown::Unknown {
            if may_ask {
                entry.asked = true;
                self.asking += 1;
                self.asks.push_back((now + ASK_TIMEOUT, guid.clone()));
                return Some(Order::Ask(guid));
            }
            entry.shown = Shown::Hidden;
        }
        let wanted = entry.wanted.clone()?;
        if self.follows && entry.is_held() {
            return None;
        }
        if !is_ours && !wanted.is_cleared() {
            self.to_enter.push(guid);
            return None;
        }
        if entry.shown.is(&wanted) {
            self.settled(guid, &wanted);
            return None;
        }
        if entry.replaced.as_ref() == Some(&wanted) {
            return None;
        }
        if entry.refusal.as_ref().is_some_and(|refusal| refusal.presence == wanted && refusal.again > now) {
            return None;
        }
        entry.sent = Some(wanted.clone());
        let due = entry.due.take();
        self.writes.push_back(guid.clone());
        Some(Order::Write { guid, presence: wanted, due })
    }

    /// The PBX has answered the oldest write; the error is what it says.
    pub fn written(&mut self, error: Option<String>, now: Instant) {
        self.last_answer = now;
        let Some(guid) = self.writes.pop_front() else { return };
        // Gone, or gone and come again, since it was written.
        let Some(entry) = self.users.get_mut(&guid) else { return };
        let Some(sent) = entry.sent.take() else { return };
        match error {
            None => {
                self.counts.taken += 1;
                entry.shown = Shown::Known(Some(sent.clone()));
                (entry.refusal, entry.replaced) = (None, None);
                self.settled(guid.clone(), &sent);
            }
            Some(text) => {
                self.counts.refused += 1;
                let before = entry.refusal.take().filter(|refusal| refusal.presence == sent);
                let pause = before.map_or(RETRY, |refusal| (refusal.pause * 2).min(MAX_RETRY));
                let again = now + pause;
                entry.refusal = Some(Refusal { presence: sent, text, pause, again });
                self.retries.insert((again, guid.clone()));
            }
        }
        self.enqueue(&guid);
    }

    /// The PBX will not tell what it shows for a user.
    pub fn not_told(&mut self, guid: &str, now: Instant) {
        self.last_answer = now;
        self.is_refused |= self.follows;
        if let Some(entry) = self.users.get_mut(guid).filter(|entry| entry.asked) {
            (entry.watch, entry.by_hand) = (Watch::Refused, false);
        }
        self.answered(guid, Shown::Hidden);
    }

    /// The PBX tells what it shows for a user: what the calendar's entry says, and whether one is set by hand.
    pub fn told(&mut self, guid: &str, calendar: Option<Presence>, by_hand: bool, now: Instant) {
        self.last_answer = now;
        (self.has_told, self.silences) = (true, 0);
        self.told_by_hand(guid, by_hand);
        let Some(entry) = self.users.get_mut(guid) else { return };
        if entry.asked {
            let is_shown = entry.wanted.as_ref().is_some_and(|wanted| !wanted.is_cleared());
            let is_sample = is_shown && self.sample.len() < SAMPLE;
            entry.watch = if self.follows || is_sample { Watch::Open } else { Watch::No };
            if is_sample {
                self.sample.insert(guid.to_owned());
            } else if !self.follows {
                self.leaving.push(guid.to_owned());
            }
            self.answered(guid, Shown::Known(calendar));
            return;
        }
        let is_ours = |ours: &Shown| calendar.as_ref().is_some_and(|calendar| ours.is(calendar));
        let sent = Shown::Known(entry.sent.clone());
        let is_unchanged = entry.shown == Shown::Known(calendar.clone());
        let is_dropped = calendar.is_none() && entry.shown.is(&Presence::cleared());
        if is_ours(&sent) || is_unchanged || is_dropped {
            return;
        }
        if calendar.is_some() && calendar == entry.replaced {
            entry.replaced = None;
            entry.shown = Shown::Known(calendar);
            return;
        }
        // Neither what was shown nor what we have just written: not from us, and not answered with another write.
        if let Shown::Known(Some(ours)) = mem::replace(&mut entry.shown, Shown::Known(calendar)) {
            entry.replaced.get_or_insert(ours);
        }
    }

    fn answered(&mut self, guid: &str, shown: Shown) {
        let Some(entry) = self.users.get_mut(guid).filter(|entry| entry.asked) else { return };
        entry.asked = false;
        entry.shown = shown;
        self.asking -= 1;
        self.enqueue(guid);
    }

    /// Deals with what is due; gives the instant at which the next thing is.
    pub fn wake(&mut self, now: Instant) -> Option<Instant> {
        while let Some((_, guid)) = self.asks.pop_front_if(|(end, _)| *end <= now) {
            if self.users.get(&guid).is_some_and(|entry| entry.asked) {
                self.silences += 1;
                self.fell_silent(&guid);
                self.answered(&guid, Shown::Hidden);
            }
        }
        while self.retries.first().is_some_and(|(again, _)| *again <= now) {
            if let Some((_, guid)) = self.retries.pop_first() {
                self.enqueue(&guid);
            }
        }
        let ask = self.asks.front().map(|(end, _)| *end);
        let retry = self.retries.first().map(|(again, _)| *again);
        [ask, retry].into_iter().flatten().min()
    }

    /// Whether the PBX has answered no write for a long time.
    pub fn is_stuck(&self, now: Instant) -> bool {
        !self.writes.is_empty() && now >= self.last_answer + ANSWER_TIMEOUT
    }

    /// Why the PBX would not take the presence of a user.
    pub fn refusal(&self, guid: &str) -> Option<&str> {
        self.users.get(guid)?.refusal.as_ref().map(|refusal| refusal.text.as_str())
    }

    /// How many writes have been answered since the last call.
    pub fn take_counts(&mut self) -> Counts {
        mem::take(&mut self.counts)
    }

    /// How many of the watched users somebody else writes for, and how many are watched.
    pub fn replaced(&self) -> (usize, usize) {
        let entries = self.sample.iter().filter_map(|guid| self.users.get(guid));
        (entries.filter(|entry| entry.replaced.is_some()).count(), self.sample.len())
    }

    /// Users who are subscribed.
    pub fn subscribed(&self) -> impl Iterator<Item = &str> {
        let is_subscribed = |entry: &Entry| entry.asked || entry.watch == Watch::Open;
        let subscribed = self.users.iter().filter(move |(_, entry)| is_subscribed(entry));
        subscribed.map(|(guid, _)| guid.as_str())
    }

    /// What is wanted is shown. Nothing of ours is left where that is nothing.
    fn settled(&mut self, guid: String, shown: &Presence) {
        if shown.is_cleared() && self.ours.remove(&guid) {
            self.to_forget.push(guid);
        }
    }

    fn enqueue(&mut self, guid: &str) {
        if let Some(entry) = self.users.get_mut(guid)
            && !entry.queued
        {
            entry.queued = true;
            self.queue.push_back(guid.to_owned());
        }
    }
}

#[cfg(test)]
mod convergence;
#[cfg(test)]
mod tests;
