//! The list of users, page by page.

use std::collections::HashSet;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::people::{Mailbox, Outlook};
use super::*;
use crate::pbx::{Presence, User};
use crate::source::{Advice, MailboxState};

fn user(guid: &str, name: &str) -> User {
    let addresses = vec![format!("{}@example.com", name.to_lowercase())];
    let (guid, sip, name) = (guid.to_owned(), name.to_lowercase(), name.to_owned());
    User { guid, sip, name, addresses, groups: Vec::new(), template: String::new() }
}

fn people(names: &[&str]) -> People {
    let mut people = People::default();
    for (number, name) in names.iter().enumerate() {
        people.set(user(&number.to_string(), name));
    }
    people
}

fn is_in(state: MailboxState) -> Mailbox {
    Mailbox { state, ..Mailbox::default() }
}

fn list(people: &People, query: Value) -> Value {
    let query: UserQuery = serde_json::from_value(query).unwrap();
    let rules = Arc::new(Rules::new(&calendar::settings::Settings::default(), System));
    let page = UserPage::new(people, &query, |_| AtPbx::default()).with_days(&query, &rules, 0);
    serde_json::to_value(page.into_list()).unwrap()
}

fn names(list: &Value) -> Vec<&str> {
    list["users"].as_array().unwrap().iter().map(|user| user["name"].as_str().unwrap()).collect()
}

#[test]
fn pages_follow_each_other_by_name() {
    let people = people(&["carl", "Anna", "bert", "Dora"]);
    let first = list(&people, json!({"limit": 3}));
    assert_eq!(names(&first), ["Anna", "bert", "carl"]);
    for name in ["cursor", "from"] {
        let second = list(&people, json!({"limit": 3, name: first["more"]}));
        assert_eq!((names(&second), &second["more"]), (vec!["Dora"], &Value::Null));
    }
    assert_eq!(names(&list(&people, json!({"limit": 0}))), ["Anna"]);
    assert_eq!(names(&list(&people, json!({"cursor": null, "limit": 1}))), ["Anna"]);
}

#[test]
fn a_page_may_begin_after_a_number_of_users() {
    let people = people(&["carl", "Anna", "bert", "Dora"]);
    let page = list(&people, json!({"from": 1, "limit": 2}));
    assert_eq!(names(&page), ["bert", "carl"]);
    assert_eq!(names(&list(&people, json!({"cursor": page["more"]}))), ["Dora"]);
    assert_eq!(names(&list(&people, json!({"from": 9}))), [""; 0]);
}

#[test]
fn what_is_no_cursor_is_no_query() {
    for cursor in [json!("x"), json!("bnVsbA"), json!({}), json!(-1), json!("ü".repeat(20_000))] {
        let query = serde_json::from_value::<UserQuery>(json!({"cursor": cursor}));
        assert!(query.is_err(), "{cursor}");
    }
}

#[test]
fn those_with_a_problem_come_first_and_all_are_counted() {
    let mut people = people(&["Anna", "bert", "carl", "Dora"]);
    people.set_mailbox(0, "0", is_in(MailboxState::Matched));
    people.set_mailbox(0, "2", is_in(MailboxState::NoMailbox));
    let error = Some(Advice::new("severalMailboxes", "Words."));
    people.set_mailbox(0, "3", Mailbox { error, ..is_in(MailboxState::Matched) });
    let all = list(&people, json!({}));
    assert_eq!(names(&all), ["carl", "Dora", "Anna", "bert"]);
    let counts = json!({
        "waiting": 1, "matched": 2, "noMailbox": 1, "notInScope": 0, "hostedElsewhere": 0, "failed": 0,
        "excluded": 0, "hiddenByUser": 0,
    });
    assert_eq!(all["counts"], counts);
    let some = list(&people, json!({"search": "r", "state": "noMailbox"}));
    assert_eq!((names(&some), &some["counts"]["matched"]), (vec!["carl"], &json!(1)));
}

#[test]
fn search_and_state_narrow_the_list() {
    let mut people = people(&["carl", "Anna", "bert"]);
    let mailbox = Mailbox { name: Some("B@x.org".to_owned()), ..is_in(MailboxState::Matched) };
    people.set_mailbox(0, "2", mailbox);
    assert_eq!(names(&list(&people, json!({"search": "NN"}))), ["Anna"]);
    assert_eq!(names(&list(&people, json!({"search": "b@X"}))), ["bert"]);
    assert_eq!(names(&list(&people, json!({"state": "waiting"}))), ["Anna", "carl"]);
    assert!(!serde_json::from_value::<UserQuery>(json!({"state": "x"})).unwrap().is_valid());
}

#[test]
fn search_finds_names_however_their_accents_are_encoded() {
    let people = people(&["Müller", "Mu\u{308}nch", "Straße", "Muller"]);
    for (search, found) in [
        ("mu\u{308}l", "Müller"),
        ("MÜN", "Mu\u{308}nch"),
        ("strasse", "Straße"),
        ("str\u{ad}a", "Straße"),
        (" muller ", "Muller"),
    ] {
        assert_eq!(names(&list(&people, json!({"search": search}))), [found], "{search:?}");
    }
}

#[test]
fn everything_known_is_told() {
    let mut people = people(&["Anna", "bert"]);
    let error = Some(Advice::new("timeZone", "Words.").with("zone", "Mars"));
    let name = Some("anna@x".to_owned());
    people.set_mailbox(0, "0", Mailbox { name, error, last_sync: Some(7), ..is_in(MailboxState::Matched) });
    people.get_mut("0").unwrap().outlook =
        Some(Outlook { presence: Presence::new("busy", "Busy #busy"), until: Some(9) });
    let page =
        UserPage::new(&people, &UserQuery::default(), |_| AtPbx { refusal: Some("locked"), is_held: true });
    let list = serde_json::to_value(page.into_list()).unwrap();
    let anna = json!({
        "guid": "0", "name": "Anna", "addresses": ["anna@example.com"], "mailbox": "anna@x", "state": "matched",
        "error": "timeZone", "facts": {"zone": "Mars"}, "errorText": "Words.", "note": "Busy #busy", "activity": "busy",
        "until": 9, "lastSync": 7, "heldBack": true,
    });
    assert_eq!(list["users"][0], anna);
    let bert = &list["users"][1];
    assert_eq!((&bert["error"], &bert["facts"]), (&json!("presenceRefused"), &json!({"reason": "locked"})));
}

#[test]
fn the_day_is_told_of_those_whose_calendar_is_known() {
    let mut people = people(&["Anna", "bert"]);
    let span = calendar::appointment::Span::Time { start: 3_600_000, end: 7_200_000 };
    people.get_mut("0").unwrap().appointments = Some(Arc::from([Appointment::new("a", span)]));
    let told = list(&people, json!({"day": true}));
    let day = json!([
        {"from": 0, "activity": ""}, {"from": 3_600_000, "activity": "busy"}, {"from": 7_200_000, "activity": ""},
    ]);
    assert_eq!((&told["users"][0]["day"], told["users"][1].get("day")), (&day, None));
    assert_eq!(told["today"], json!({"from": 0, "to": 86_400_000}));
    let untold = list(&people, json!({}));
    assert_eq!((untold["users"][0].get("day"), untold.get("today")), (None, None));
}

#[test]
fn an_answer_fits_into_a_message() {
    let mut people = people(&["x"; 100]);
    for guid in people.guids() {
        let presence = Presence::new("", &"ä".repeat(1000));
        people.get_mut(&guid).unwrap().outlook = Some(Outlook { presence, until: None });
    }
    let first = list(&people, json!({}));
    let count = names(&first).len();
    assert!(count > 20 && count < 40 && first.to_string().len() < 65_000);
    let second = list(&people, json!({"cursor": first["more"]}));
    assert_ne!(second["users"][0]["guid"], first["users"][0]["guid"]);
}

/// What may happen to the users between two pages.
#[derive(Clone, Debug)]
enum Happens {
    Comes(u16),
    Goes(u16),
    IsRenamed(u16, u8),
    Has(u16, MailboxState),
}

fn happens(users: u16) -> impl Strategy<Value = Happens> {
    let user = 0..users;
    let states = [MailboxState::Matched, MailboxState::Failed, MailboxState::NoMailbox];
    prop_oneof![
        user.clone().prop_map(Happens::Comes),
        user.clone().prop_map(Happens::Goes),
        (user.clone(), any::<u8>()).prop_map(|(user, name)| Happens::IsRenamed(user, name)),
        (user, prop::sample::select(states.to_vec())).prop_map(|(user, state)| Happens::Has(user, state)),
    ]
}

/// Reads the list to its end while things happen. Gives everybody met, and who was there all the time.
fn read_through(start: u16, limit: usize, happens: &[Vec<Happens>]) -> (Vec<String>, HashSet<String>) {
    let name = |number: u16| format!("n{}", number.wrapping_mul(40_503));
    let mut people = People::default();
    for number in 0..start {
        people.set(user(&number.to_string(), &name(number)));
    }
    let mut always: HashSet<String> = people.guids().into_iter().collect();
    let (mut met, mut cursor) = (Vec::new(), Value::Null);
    for page in 0.. {
        let told = list(&people, json!({"cursor": cursor, "limit": limit}));
        let guids =
            told["users"].as_array().unwrap().iter().map(|user| user["guid"].as_str().unwrap().to_owned());
        met.extend(guids);
        cursor = told["more"].clone();
        if cursor.is_null() {
            break;
        }
        for one in happens.get(page).into_iter().flatten() {
            match one {
                Happens::Comes(number) => _ = people.set(user(&number.to_string(), &name(*number))),
                Happens::Goes(number) => {
                    people.remove(&number.to_string());
                    always.remove(&number.to_string());
                }
                Happens::IsRenamed(number, name) if people.get(&number.to_string()).is_some() => {
                    people.set(user(&number.to_string(), &format!("n{name}")));
                }
                Happens::IsRenamed(..) => {}
                Happens::Has(number, state) => _ = people.set_mailbox(0, &number.to_string(), is_in(*state)),
            }
        }
    }
    (met, always)
}

#[track_caller]
fn assert_each_once((met, always): (Vec<String>, HashSet<String>)) {
    let once: HashSet<String> = met.iter().cloned().collect();
    assert_eq!(once.len(), met.len(), "nobody twice");
    assert!(always.is_subset(&once), "nobody missed");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn nobody_is_met_twice_and_nobody_missed_whatever_happens(
        limit in 1..6_usize,
        happens in prop::collection::vec(prop::collection::vec(happens(40), 0..4), 0..30),
    ) {
        assert_each_once(read_through(25, limit, &happens));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3))]

    #[test]
    fn nobody_of_10_000_is_met_twice_or_missed(
        happens in prop::collection::vec(prop::collection::vec(happens(12_000), 50), 100),
    ) {
        assert_each_once(read_through(10_000, 100, &happens));
    }
}

#[test]
fn who_comes_while_the_list_is_read_is_met_at_the_end() {
    let mut people = people(&["Anna", "bert", "carl"]);
    let first = list(&people, json!({"limit": 2}));
    people.set(user("9", "Aaron"));
    let second = list(&people, json!({"limit": 2, "cursor": first["more"]}));
    assert_eq!((names(&second), &second["more"]), (vec!["carl", "Aaron"], &Value::Null));
    assert_eq!(names(&list(&people, json!({}))), ["Aaron", "Anna", "bert", "carl"]);
}

/// How long a page takes: `cargo test --release -p pbx-calendar -- --ignored --nocapture pages_with_days`. The figure is in
/// docs/performance.md.
#[test]
#[ignore = "measures, and asserts nothing"]
fn pages_with_days_of_10_000_users_are_measured() {
    const HOUR: i64 = 3_600_000;
    let mut people = People::default();
    for number in 0..10_000 {
        let guid = number.to_string();
        people.set(user(&guid, &format!("Person {:05}", number * 7_919 % 10_000)));
        people.set_mailbox(0, &guid, is_in(MailboxState::Matched));
        // Eight appointments on each of five days.
        let appointments = (0..40_i64).map(|one| {
            let start = one / 8 * 24 * HOUR + (8 + one % 8) * HOUR + number % 3 * HOUR / 4;
            let span = calendar::appointment::Span::Time { start, end: start + HOUR / 2 };
            Appointment { subject: format!("Meeting {one}"), ..Appointment::new(&one.to_string(), span) }
        });
        people.get_mut(&guid).unwrap().appointments = Some(appointments.collect());
    }
    let (mut times, mut cursor) = (Vec::new(), Value::Null);
    loop {
        let began = std::time::Instant::now();
        let page = list(&people, json!({"cursor": cursor, "day": true}));
        times.push(began.elapsed());
        cursor = page["more"].clone();
        if cursor.is_null() {
            break;
        }
    }
    times.sort();
    let (median, longest) = (times[times.len() / 2], times[times.len() - 1]);
    println!("{} pages: median {median:?}, longest {longest:?}", times.len());
}
