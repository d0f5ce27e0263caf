//! Whatever is wanted in whatever order, and however slowly and grudgingly the PBX answers: in the end it shows what
//! was wanted last, and of each user at most one write was under way at any time.

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
        1 => user.prop_map(Event::Rival),
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
                self.shown.insert(USERS[user], rival.clone());
                if self.writer.sample.contains(USERS[user]) {
                    self.writer.told(USERS[user], Some(rival), self.now);
                }
            }
        }
    }

    fn read(&mut self) {
        while let Some(order) = self.writer.next(self.now) {
            if let Order::Write { guid, presence, .. } = &order {
                assert!(presence.is_cleared() || self.database.contains(guid), "the database comes first");
                let under_way = self.writer.writes.iter().filter(|other| *other == guid).count();
                assert!(under_way == 1 || self.removed.contains(guid), "two writes under way for one user");
            }
            if !matches!(order, Order::Leave(_)) {
                self.requests.push_back(order);
            }
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
            Some(Order::Ask(guid)) if refuses => self.writer.not_told(&guid, self.now),
            Some(Order::Ask(guid)) => {
                self.writer.told(&guid, self.shown.get(guid.as_str()).cloned(), self.now);
            }
            Some(Order::Leave(_)) | None => {}
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
        for _ in 0..20 {
            model.now += MAX_RETRY;
            model.writer.wake(model.now);
            model.happen(&Event::Noted);
            model.read();
            while !model.requests.is_empty() {
                model.answer(false);
            }
        }
        for (user, wanted) in model.wanted.iter().filter(|(user, _)| !rivals.contains(*user)) {
            prop_assert_eq!(model.shown.get(user), Some(wanted));
        }
        let ours: HashSet<String> = model.writer.ours.clone();
        prop_assert_eq!(ours, model.database);
        prop_assert!(model.writer.writes.is_empty() && model.writer.asking == 0);
    }
}
