//! Whatever is wanted in whatever order, and however slowly and grudgingly the PBX answers: in the end it shows what
//! was wanted last, and of each user at most one write was under way at any time. While users have set a presence by hand and
//! that wins, nothing is written for them.

use std::collections::{BTreeMap, VecDeque};

use proptest::prelude::*;

use super::*;

const USERS: [&str; 4] = ["1", "2", "3", "4"];

/// What may happen.
#[derive(Clone, Debug)]
enum Event {
    Want(usize, u8),
    Release(usize),
    /// The user is deleted; a later wish finds one of the same GUID.
    Remove(usize),
    /// The PBX reads what was sent.
    Read,
    /// The PBX answers its oldest request.
    Answer,
    /// Instead, it refuses it.
    Refuse,
    /// The database is done.
    Noted,
    /// It fails.
    NotNoted,
    /// Seconds pass.
    Wait(u8),
    /// Somebody else writes.
    Rival(usize),
    /// The user sets a presence by hand, or takes it back.
    Hand(usize, bool),
    /// What is set by hand wins from now on, or no longer.
    Follow(bool),
}

fn event() -> impl Strategy<Value = Event> {
    let user = 0..USERS.len();
    prop_oneof![
        4 => (user.clone(), 0..4_u8).prop_map(|(user, note)| Event::Want(user, note)),
        1 => user.clone().prop_map(Event::Release),
        1 => user.clone().prop_map(Event::Remove),
        4 => Just(Event::Read),
        4 => Just(Event::Answer),
        1 => Just(Event::Refuse),
        3 => Just(Event::Noted),
        1 => Just(Event::NotNoted),
        1 => (0..5_u8).prop_map(Event::Wait),
        1 => user.clone().prop_map(Event::Rival),
        2 => (user, any::<bool>()).prop_map(|(user, sets)| Event::Hand(user, sets)),
        1 => any::<bool>().prop_map(Event::Follow),
    ]
}

/// A PBX and a database between which the writer stands.
struct Model {
    writer: Writer,
    now: Instant,
    shown: BTreeMap<&'static str, Presence>,
    wanted: BTreeMap<&'static str, Presence>,
    requests: VecDeque<Order>,
    database: HashSet<String>,
    /// Users who were deleted, perhaps while a write was under way.
    removed: HashSet<String>,
    /// Users who are watched, …
    watched: HashSet<String>,
    /// … and those who have set a presence by hand.
    hands: HashSet<&'static str>,
    follows: bool,
}

impl Model {
    fn new() -> Self {
        let now = Instant::now();
        Self {
            writer: Writer::new(HashSet::new(), now),
            now,
            shown: BTreeMap::new(),
            wanted: BTreeMap::new(),
            requests: VecDeque::new(),
            database: HashSet::new(),
            removed: HashSet::new(),
            watched: HashSet::new(),
            hands: HashSet::new(),
            follows: false,
        }
    }

    fn happen(&mut self, event: &Event) {
        match *event {
            Event::Want(user, note) => {
                let presence = Presence::new("busy", &format!("note {note}"));
                self.wanted.insert(USERS[user], presence.clone());
                self.writer.want(USERS[user], presence, None);
            }
            Event::Release(user) => {
                // What is not ours is not cleared, so nothing can be said of what is shown then.
                self.wanted.remove(USERS[user]);
                self.writer.release(USERS[user]);
            }
            Event::Remove(user) => {
                self.wanted.remove(USERS[user]);
                self.shown.remove(USERS[user]);
                self.watched.remove(USERS[user]);
                self.hands.remove(USERS[user]);
                self.writer.remove(USERS[user]);
                self.removed.insert(USERS[user].to_owned());
            }
            Event::Read => self.read(),
            Event::Answer => self.answer(false),
            Event::Refuse => self.answer(true),
            Event::Noted => {
                let (enter, forget) = (self.writer.take_to_enter(), self.writer.take_to_forget());
                self.database.retain(|guid| !forget.contains(guid));
                self.database.extend(enter.iter().cloned());
                self.writer.entered(enter);
            }
            Event::NotNoted => {
                let (enter, forget) = (self.writer.take_to_enter(), self.writer.take_to_forget());
                self.writer.not_entered(enter, forget);
            }
            Event::Wait(seconds) => {
                self.now += Duration::from_secs(seconds.into());
                self.writer.wake(self.now);
            }
            Event::Rival(user) => {
                let rival = Presence::new("dnd", "rival");
                self.shown.insert(USERS[user], rival);
                self.tell(USERS[user]);
            }
            Event::Hand(user, sets) => {
                if sets {
                    self.hands.insert(USERS[user]);
                } else {
                    self.hands.remove(USERS[user]);
                }
                self.tell(USERS[user]);
            }
            Event::Follow(follows) => {
                self.follows = follows;
                if self.writer.follow(follows) {
                    for user in USERS {
                        self.writer.know(user);
                    }
                }
            }
        }
    }

    /// Tells the writer of a user who is watched.
    fn tell(&mut self, user: &'static str) {
        if self.watched.contains(user) {
            self.answer_ask(user);
        }
    }

    fn answer_ask(&mut self, user: &str) {
        self.writer.told(user, self.shown.get(user).cloned(), self.hands.contains(user), self.now);
    }

    fn read(&mut self) {
        while let Some(order) = self.writer.next(self.now) {
            if let Order::Write { guid, presence, .. } = &order {
                assert!(presence.is_cleared() || self.database.contains(guid), "the database comes first");
                let under_way = self.writer.writes.iter().filter(|other| *other == guid).count();
                assert!(under_way == 1 || self.removed.contains(guid), "two writes under way for one user");
                let is_by_hand = self.watched.contains(guid) && self.hands.contains(guid.as_str());
                assert!(!self.follows || !is_by_hand || presence.is_cleared(), "what is set by hand wins");
            }
            self.requests.push_back(order);
        }
    }

    fn answer(&mut self, refuses: bool) {
        match self.requests.pop_front() {
            Some(Order::Write { .. }) if refuses => self.writer.written(Some("no".to_owned()), self.now),
            Some(Order::Write { guid, presence, .. }) => {
                let user = USERS.into_iter().find(|user| *user == guid).unwrap();
                self.shown.insert(user, presence);
                self.writer.written(None, self.now);
            }
            // One that a late answer to an earlier one has settled is answered likewise.
            Some(Order::Ask(guid)) if refuses && self.writer.users.get(&guid).is_none_or(|one| one.asked) => {
                self.writer.not_told(&guid, self.now);
            }
            Some(Order::Ask(guid)) => {
                self.answer_ask(&guid);
                // Who was deleted meanwhile is watched no longer, though somebody of the same GUID may have come.
                if self.writer.users.get(&guid).is_some_and(|entry| entry.watch == Watch::Open) {
                    self.watched.insert(guid);
                }
            }
            Some(Order::Leave(guid)) => {
                self.watched.remove(&guid);
            }
            None => {}
        }
    }
}

proptest! {
    #[test]
    fn the_newest_wish_is_shown_in_the_end(events in prop::collection::vec(event(), 0..120)) {
        let mut model = Model::new();
        let mut rivals = HashSet::new();
        for event in &events {
            // Another writer is not fought, and where nobody watches not even seen.
            if let Event::Rival(user) = event {
                rivals.insert(USERS[*user]);
            }
            model.happen(event);
        }
        for user in 0..USERS.len() {
            model.happen(&Event::Hand(user, false));
        }
        for _ in 0..20 {
            model.now += MAX_RETRY;
            model.writer.wake(model.now);
            model.happen(&Event::Noted);
            model.read();
            while !model.requests.is_empty() {
                model.answer(false);
            }
        }
        let watched: HashSet<String> = model.writer.subscribed().map(str::to_owned).collect();
        prop_assert!(model.watched.is_subset(&watched), "{:?} beside {:?}", model.watched, watched);
        for (user, wanted) in model.wanted.iter().filter(|(user, _)| !rivals.contains(*user)) {
            prop_assert_eq!(model.shown.get(user), Some(wanted));
        }
        let ours: HashSet<String> = model.writer.ours.clone();
        prop_assert_eq!(ours, model.database);
        prop_assert!(model.writer.writes.is_empty() && model.writer.asking == 0);
    }
}
