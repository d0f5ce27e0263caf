use super::*;

fn busy() -> Presence {
    Presence::new("busy", "Busy until 12:00 #busy")
}

fn free() -> Presence {
    Presence::new("", "Free")
}

fn write(guid: &str, presence: Presence) -> Order {
    Order::Write { guid: guid.to_owned(), presence, due: None }
}

fn ask(guid: &str) -> Order {
    Order::Ask(guid.to_owned())
}

/// A writer at an instant that tests move.
struct Fixture {
    writer: Writer,
    now: Instant,
}

impl Fixture {
    fn new(ours: &[&str]) -> Self {
        let now = Instant::now();
        Self { writer: Writer::new(ours.iter().map(ToString::to_string).collect(), now), now }
    }

    fn want(&mut self, guid: &str, presence: Presence) {
        self.writer.want(guid, presence, None);
    }

    /// Enters whom the writer wants to be in the ledger, as the database does, and gives the next order.
    fn next(&mut self) -> Option<Order> {
        let order = self.writer.next(self.now);
        let guids = self.writer.take_to_enter();
        let is_entered = !guids.is_empty();
        self.writer.entered(guids);
        order.or_else(|| is_entered.then(|| self.writer.next(self.now))?)
    }

    fn told(&mut self, guid: &str, calendar: Option<Presence>) {
        self.writer.told(guid, calendar, false, self.now);
    }

    fn written(&mut self, error: Option<&str>) {
        self.writer.written(error.map(str::to_owned), self.now);
    }

    fn wait(&mut self, time: Duration) {
        self.now += time;
        self.writer.wake(self.now);
    }

    /// A user whose presence is written and acknowledged.
    fn shows(&mut self, guid: &str, presence: Presence) {
        self.want(guid, presence.clone());
        assert_eq!(self.next(), Some(ask(guid)));
        self.told(guid, None);
        assert_eq!(self.next(), Some(write(guid, presence)));
        self.written(None);
        assert_eq!(self.next(), None);
    }
}

#[test]
fn what_is_shown_already_is_not_written_again() {
    let mut fixture = Fixture::new(&["1"]);
    fixture.want("1", busy());
    assert_eq!(fixture.next(), Some(ask("1")));
    assert_eq!(fixture.next(), None, "asked once");
    fixture.told("1", Some(busy()));
    assert_eq!(fixture.next(), None);
    fixture.want("1", busy());
    assert_eq!(fixture.next(), None);
    fixture.want("1", free());
    assert_eq!(fixture.next(), Some(write("1", free())));
}

#[test]
fn nothing_is_written_before_it_stands_in_the_database() {
    let mut fixture = Fixture::new(&[]);
    fixture.want("1", busy());
    assert_eq!(fixture.writer.next(fixture.now), Some(ask("1")));
    fixture.told("1", None);
    assert_eq!(fixture.writer.next(fixture.now), None);
    assert_eq!(fixture.writer.take_to_enter(), ["1"]);
    assert_eq!(fixture.writer.next(fixture.now), None);
    fixture.writer.not_entered(vec!["1".to_owned()], Vec::new());
    assert_eq!(fixture.writer.next(fixture.now), None);
    assert_eq!(fixture.writer.take_to_enter(), ["1"]);
    fixture.writer.entered(vec!["1".to_owned()]);
    assert_eq!(fixture.next(), Some(write("1", busy())));
}

#[test]
fn while_one_is_under_way_the_newest_wish_wins() {
    let mut fixture = Fixture::new(&[]);
    fixture.shows("1", free());
    fixture.want("1", busy());
    assert_eq!(fixture.next(), Some(write("1", busy())));
    for minute in 0..5 {
        fixture.want("1", Presence::new("away", &format!("{minute}")));
    }
    assert_eq!(fixture.next(), None, "one at a time");
    fixture.written(None);
    assert_eq!(fixture.next(), Some(write("1", Presence::new("away", "4"))));
    fixture.want("1", busy());
    fixture.want("1", Presence::new("away", "4"));
    fixture.written(None);
    assert_eq!(fixture.next(), None, "changed back meanwhile");
}

#[test]
fn no_more_than_a_window_is_under_way() {
    let mut fixture = Fixture::new(&[]);
    for user in 0..100 {
        fixture.want(&format!("{user:03}"), busy());
    }
    let mut asked = 0;
    while let Some(Order::Ask(_)) = fixture.next() {
        asked += 1;
    }
    assert_eq!(asked, WINDOW);
    fixture.told("000", Some(busy()));
    assert_eq!(fixture.next(), Some(ask("064")), "and 000 stays in the sample");
}

#[test]
fn a_pbx_that_never_tells_is_not_asked_for_ever() {
    let mut fixture = Fixture::new(&[]);
    for user in 0..20 {
        fixture.want(&format!("{user:02}"), busy());
    }
    while fixture.next().is_some() {}
    fixture.wait(ASK_TIMEOUT);
    let orders: Vec<_> = std::iter::from_fn(|| fixture.next()).collect();
    let writes = orders.iter().filter(|order| matches!(order, Order::Write { .. })).count();
    let leaves = orders.iter().filter(|order| matches!(order, Order::Leave(_))).count();
    assert_eq!((writes, leaves, orders.len()), (20, 20, 40));
    fixture.want("new", busy());
    assert_eq!(fixture.next(), Some(write("new", busy())));
}

#[test]
fn who_is_refused_is_written_without_asking_twice() {
    let mut fixture = Fixture::new(&["1"]);
    fixture.want("1", busy());
    assert_eq!(fixture.next(), Some(ask("1")));
    fixture.writer.not_told("1", fixture.now);
    assert_eq!(fixture.next(), Some(write("1", busy())));
}

#[test]
fn a_refused_write_is_tried_again_later_or_with_the_next_wish() {
    let mut fixture = Fixture::new(&[]);
    fixture.shows("1", free());
    fixture.want("1", busy());
    assert_eq!(fixture.next(), Some(write("1", busy())));
    fixture.written(Some("locked"));
    assert_eq!(fixture.writer.refusal("1"), Some("locked"));
    assert_eq!(fixture.next(), None);
    fixture.wait(RETRY / 2);
    assert_eq!(fixture.next(), None);
    fixture.wait(RETRY / 2);
    assert_eq!(fixture.next(), Some(write("1", busy())));
    fixture.written(Some("locked"));
    fixture.wait(RETRY);
    assert_eq!(fixture.next(), None, "the pause is twice as long now");
    fixture.want("1", free());
    assert_eq!(fixture.next(), None, "that is what is shown");
    fixture.want("1", Presence::new("away", "x"));
    assert_eq!(fixture.next(), Some(write("1", Presence::new("away", "x"))));
    fixture.written(None);
    assert_eq!(fixture.writer.refusal("1"), None);
}

#[test]
fn an_error_is_that_of_the_oldest_write() {
    let mut fixture = Fixture::new(&[]);
    for guid in ["1", "2", "3"] {
        fixture.shows(guid, free());
    }
    for guid in ["1", "2", "3"] {
        fixture.want(guid, busy());
    }
    while fixture.next().is_some() {}
    fixture.written(None);
    fixture.written(Some("locked"));
    fixture.written(None);
    let refusals: Vec<_> = ["1", "2", "3"].map(|guid| fixture.writer.refusal(guid).is_some()).into();
    assert_eq!(refusals, [false, true, false]);
}

#[test]
fn ours_are_cleared_and_those_of_others_stay() {
    let mut fixture = Fixture::new(&["1", "2", "3"]);
    fixture.want("4", busy());
    fixture.writer.release_all();
    let mut asked: Vec<_> = std::iter::from_fn(|| fixture.next()).collect();
    asked.sort_by_key(|order| format!("{order:?}"));
    assert_eq!(asked, [ask("1"), ask("2"), ask("3")]);
    fixture.told("1", Some(busy()));
    fixture.told("2", None);
    fixture.told("3", Some(Presence::cleared()));
    let orders: Vec<_> = std::iter::from_fn(|| fixture.next()).collect();
    assert!(orders.contains(&write("1", Presence::cleared())));
    assert_eq!(orders.len(), 4, "three are left, one is written");
    assert_eq!(fixture.writer.take_to_forget(), ["2", "3"]);
    assert!(fixture.writer.has_ours());
    fixture.written(None);
    assert_eq!(fixture.writer.take_to_forget(), ["1"]);
    assert!(!fixture.writer.has_ours());
}

#[test]
fn another_writer_is_seen_and_not_answered() {
    let mut fixture = Fixture::new(&[]);
    fixture.shows("1", free());
    let other = Presence::new("dnd", "Other");
    fixture.told("1", Some(free()));
    assert_eq!(fixture.writer.replaced(), (0, 1), "our own word");
    fixture.told("1", Some(other.clone()));
    assert_eq!(fixture.writer.replaced(), (1, 1));
    assert_eq!(fixture.next(), None);
    fixture.want("1", busy());
    assert_eq!(fixture.next(), Some(write("1", busy())));
    fixture.told("1", Some(other.clone()));
    fixture.told("1", Some(busy()));
    fixture.written(None);
    assert_eq!(fixture.writer.replaced(), (0, 1));
    fixture.told("1", Some(other));
    assert_eq!(fixture.writer.replaced(), (1, 1));
}

#[test]
fn what_another_writer_replaces_at_once_is_not_written_again() {
    let mut fixture = Fixture::new(&[]);
    fixture.shows("1", free());
    fixture.want("1", busy());
    assert_eq!(fixture.next(), Some(write("1", busy())));
    // All that before the next look at the queue, where the user stands because of the result.
    fixture.written(None);
    fixture.told("1", Some(busy()));
    fixture.told("1", Some(Presence::new("dnd", "Other")));
    fixture.told("1", Some(Presence::new("dnd", "Another")));
    assert_eq!(fixture.next(), None);
    assert_eq!(fixture.writer.replaced(), (1, 1));
    fixture.told("1", Some(busy()));
    assert_eq!(fixture.writer.replaced(), (0, 1), "put back");
    fixture.told("1", Some(Presence::new("dnd", "Other")));
    fixture.want("1", free());
    assert_eq!(fixture.next(), Some(write("1", free())));
}

#[test]
fn only_a_sample_stays_subscribed() {
    let mut fixture = Fixture::new(&[]);
    for user in 0..SAMPLE + 3 {
        let guid = format!("{user:02}");
        fixture.want(&guid, free());
        assert_eq!(fixture.next(), Some(ask(&guid)));
        fixture.told(&guid, Some(free()));
        let left = (user >= SAMPLE).then(|| Order::Leave(guid.clone()));
        assert_eq!(fixture.next(), left);
    }
    assert_eq!(fixture.writer.subscribed().count(), SAMPLE);
    fixture.writer.remove("00");
    fixture.want("new", free());
    assert_eq!(fixture.next(), Some(ask("new")));
    fixture.told("new", Some(free()));
    assert_eq!(fixture.next(), None, "there is room again");
}

#[test]
fn answers_about_users_who_are_gone_count_for_nobody() {
    let mut fixture = Fixture::new(&[]);
    fixture.shows("1", free());
    fixture.shows("2", free());
    fixture.want("1", busy());
    fixture.want("2", busy());
    while fixture.next().is_some() {}
    fixture.writer.remove("1");
    assert_eq!(fixture.writer.take_to_forget(), ["1"]);
    fixture.want("1", busy());
    fixture.written(Some("no such user"));
    assert_eq!(fixture.writer.refusal("1"), None);
    fixture.written(None);
    fixture.want("3", free());
    assert_eq!(fixture.next(), Some(ask("1")));
    fixture.writer.remove("1");
    assert_eq!(fixture.next(), Some(ask("3")));
    fixture.told("1", None);
}

#[test]
fn users_of_earlier_sessions_who_are_gone_are_forgotten() {
    let mut fixture = Fixture::new(&["1", "2"]);
    fixture.writer.keep(|guid| guid == "2");
    assert_eq!(fixture.writer.take_to_forget(), ["1"]);
    assert!(fixture.writer.has_ours());
}

#[test]
fn a_pbx_that_answers_nothing_is_stuck() {
    let mut fixture = Fixture::new(&[]);
    fixture.shows("1", free());
    fixture.wait(ANSWER_TIMEOUT * 2);
    assert!(!fixture.writer.is_stuck(fixture.now), "nothing was asked");
    fixture.want("1", busy());
    assert_eq!(fixture.next(), Some(write("1", busy())));
    assert!(!fixture.writer.is_stuck(fixture.now));
    fixture.wait(ANSWER_TIMEOUT);
    assert!(fixture.writer.is_stuck(fixture.now));
}
