//! What a calendar holds, and what happens to it.

use calendar::appointment::{Appointment, Sensitivity, ShowAs, Span};
use chrono::{NaiveDate, TimeDelta, Utc};
use exchange_sim::{Limits, Mailbox, WallClocks};
use graph_sim::{Change, Series};

use crate::support::{ANNA, Start, address, hours, meeting, sim};

fn appointment(id: String, subject: &str, from: i64) -> Appointment {
    Appointment {
        id,
        subject: subject.to_owned(),
        span: Span::Time { start: hours(from).timestamp_millis(), end: hours(from + 1).timestamp_millis() },
        show_as: ShowAs::Busy,
        sensitivity: Sensitivity::Normal,
        organizer: String::new(),
        cancelled: false,
        declined: false,
        categories: Vec::new(),
    }
}

#[tokio::test]
async fn what_happens_to_appointments_is_told() {
    let sim = sim(&["anna"]).await;
    let mut told = Start::known(&sim).run(&["anna"]).await;
    told.until_titles("anna", &[]).await;
    let first = sim.add(ANNA, meeting("First", 2)).unwrap();
    let seen = told.until_titles("anna", &["First"]).await;
    assert_eq!(seen.appointments.unwrap(), [appointment(first.clone(), "First", 2)]);
    let second = sim.add(ANNA, meeting("Second", 4)).unwrap();
    told.until_titles("anna", &["First", "Second"]).await;
    let renamed = Change { subject: Some("Renamed".to_owned()), ..Change::default() };
    sim.change(ANNA, &first, None, renamed).unwrap();
    told.until_titles("anna", &["Renamed", "Second"]).await;

    sim.change(ANNA, &second, None, Change::time(hours(6), hours(7))).unwrap();
    let moved = appointment(second.clone(), "Second", 6);
    told.until_of("anna", "moved", |seen| seen.appointments.iter().flatten().any(|a| *a == moved)).await;
    sim.change(ANNA, &second, None, Change::private()).unwrap();
    let private = Appointment { sensitivity: Sensitivity::Private, ..moved };
    told.until_of("anna", "private", |seen| seen.appointments.iter().flatten().any(|a| *a == private)).await;
    sim.change(ANNA, &second, None, Change::cancel()).unwrap();
    let is_cancelled = |a: &Appointment| a.id == second && a.cancelled;
    told.until_of("anna", "cancelled", |seen| seen.appointments.iter().flatten().any(is_cancelled)).await;

    sim.delete_in_outlook(ANNA, &first).unwrap();
    sim.delete(ANNA, &second, None).unwrap();
    told.until_titles("anna", &[]).await;
    assert_eq!(sim.violations(), []);
}

#[tokio::test]
async fn a_whole_day_keeps_its_dates_and_its_zone() {
    for clocks in [WallClocks::Offset, WallClocks::Plain, WallClocks::Missing] {
        let sim = sim(&["anna"]).await;
        sim.set_wall_clocks(clocks);
        let day = Utc::now().date_naive() + TimeDelta::days(2);
        let holiday = graph_sim::Appointment::whole_day("Holiday", day, day + TimeDelta::days(1));
        sim.add_in(ANNA, "New Zealand Standard Time", holiday).unwrap();
        let mut told = Start::known(&sim).run(&["anna"]).await;
        let seen = told.until_titles("anna", &["Holiday"]).await;
        let days = |start: NaiveDate| Span::Days {
            start,
            end: start + TimeDelta::days(1),
            zone: "Pacific/Auckland".to_owned(),
        };
        assert_eq!(seen.appointments.unwrap()[0].span, days(day), "{clocks:?}");
    }
}

/// Three days in a row. Mailboxes live in Berlin.
fn daily(first: graph_sim::Appointment) -> Series {
    use chrono::Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    let mut series = Series::weekly(first);
    series.days = vec![Mon, Tue, Wed, Thu, Fri, Sat, Sun];
    series.until = Some(in_berlin(2));
    series
}

/// The date of the appointment so many days after the first.
fn in_berlin(days: i64) -> NaiveDate {
    (hours(2).with_timezone(&chrono_tz::Europe::Berlin) + TimeDelta::days(days)).date_naive()
}

#[tokio::test]
async fn occurrences_and_exceptions_are_appointments_of_their_own() {
    let sim = sim(&["anna"]).await;
    let series = sim.add_series(ANNA, daily(meeting("Daily", 2))).unwrap();
    let mut told = Start::known(&sim).run(&["anna"]).await;
    told.until_titles("anna", &["Daily", "Daily", "Daily"]).await;
    let other = Change { subject: Some("Moved".to_owned()), ..Change::default() };
    sim.change(ANNA, &series, Some(in_berlin(1)), other).unwrap();
    told.until_titles("anna", &["Daily", "Daily", "Moved"]).await;
    sim.delete(ANNA, &series, Some(in_berlin(1))).unwrap();
    told.until_titles("anna", &["Daily", "Daily"]).await;
}

#[tokio::test]
async fn exceptions_are_told_apart_by_their_organizers() {
    let sim = sim(&["anna", "boss"]).await;
    for (title, organizer) in
        [("From a boss", address("boss")), ("From outside", "x@other.example".to_owned())]
    {
        let tentative = graph_sim::Appointment {
            show_as: graph_sim::ShowAs::Tentative,
            organizer: Some(organizer),
            ..meeting(title, 2)
        };
        sim.add(ANNA, tentative).unwrap();
    }
    let mut start = Start::known(&sim);
    start.settings.tentative_organizer = address("boss");
    let mut told = start.run(&["anna"]).await;
    let seen = told.until_titles("anna", &["From a boss", "From outside"]).await;
    let mut organizers: Vec<_> = seen.appointments.unwrap().into_iter().map(|a| a.organizer).collect();
    organizers.sort_unstable();
    assert_eq!(organizers, [address("boss"), "x@other.example".to_owned()]);
}

#[tokio::test]
async fn a_view_that_holds_too_much_is_read_in_parts() {
    let sim = sim(&["anna"]).await;
    sim.set_limits(Limits { items: 5, ..Limits::default() });
    let titles: Vec<String> = (10..30).map(|number| format!("Meeting {number}")).collect();
    for (title, from) in titles.iter().zip(1..) {
        sim.add(ANNA, meeting(title, from * 2)).unwrap();
    }
    let mut told = Start::known(&sim).run(&["anna"]).await;
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    told.until_titles("anna", &titles).await;
}

#[tokio::test]
async fn bare_namespaces_are_read_as_well() {
    let sim = sim(&["anna"]).await;
    sim.set_bare_names(true);
    sim.add(ANNA, meeting("Bare", 2)).unwrap();
    let mut told = Start::known(&sim).run(&["anna"]).await;
    told.until_titles("anna", &["Bare"]).await;
    sim.add(ANNA, meeting("Other", 3)).unwrap();
    told.until_titles("anna", &["Bare", "Other"]).await;
}

#[tokio::test]
async fn exchange_online_is_read_by_the_application() {
    let sim = sim(&[]).await;
    sim.add_mailbox(Mailbox::online(ANNA)).unwrap();
    sim.add_mailbox(Mailbox::online(address("svc-calendar"))).unwrap();
    sim.add(ANNA, meeting("Online", 2)).unwrap();
    let mut told = Start::online(&sim).run(&["anna"]).await;
    told.until_titles("anna", &["Online"]).await;
    sim.add(ANNA, meeting("Second", 3)).unwrap();
    told.until_titles("anna", &["Online", "Second"]).await;
    assert_eq!(sim.violations(), []);
}
