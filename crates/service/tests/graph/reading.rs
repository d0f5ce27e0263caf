//! What a calendar holds, and what happens to it.

use calendar::appointment::{Appointment, Sensitivity, ShowAs, Span};
use chrono::{TimeDelta, Utc};
use graph_sim::{Change, Endpoint, Limits, Paging, Series, User};

use crate::support::{Source, address, hours, meeting, sim, user};

const ANNA: &str = "anna@contoso.example";

fn appointment(id: &str, subject: &str, from: i64) -> Appointment {
    let span = Span::Time { start: hours(from).timestamp_millis(), end: hours(from + 1).timestamp_millis() };
    Appointment { subject: subject.to_owned(), organizer: ANNA.to_owned(), ..Appointment::new(id, span) }
}

#[tokio::test]
async fn an_appointment_is_told_with_all_that_the_rules_need() {
    let sim = sim(&["anna"]).await;
    let id = sim
        .add(
            ANNA,
            graph_sim::Appointment {
                show_as: graph_sim::ShowAs::Tentative,
                sensitivity: graph_sim::Sensitivity::Confidential,
                organizer: Some("boss@contoso.example".to_owned()),
                ..meeting("Budget", 3)
            },
        )
        .unwrap();
    let mut source = Source::new(sim, &["anna"]).await;
    let seen = source.until_titles("anna", &["Budget"]).await;
    let expected = Appointment {
        show_as: ShowAs::Tentative,
        sensitivity: Sensitivity::Confidential,
        organizer: "boss@contoso.example".to_owned(),
        ..appointment(&id, "Budget", 3)
    };
    assert_eq!(seen.appointments.unwrap(), [expected]);
}

#[tokio::test]
async fn what_happens_to_appointments_is_told() {
    let mut source = Source::new(sim(&["anna"]).await, &["anna"]).await;
    source.until_titles("anna", &[]).await;
    let first = source.sim.add(ANNA, meeting("First", 2)).unwrap();
    source.until_titles("anna", &["First"]).await;
    let second = source.sim.add(ANNA, meeting("Second", 4)).unwrap();
    source.until_titles("anna", &["First", "Second"]).await;
    source
        .sim
        .change(ANNA, &first, Change { subject: Some("Renamed".to_owned()), ..Change::default() })
        .unwrap();
    source.until_titles("anna", &["Renamed", "Second"]).await;

    source.sim.change(ANNA, &second, Change::time(hours(6), hours(7))).unwrap();
    let moved = appointment(&second, "Second", 6);
    source.until_of("anna", "moved", |seen| seen.appointments.iter().flatten().any(|a| *a == moved)).await;
    source.sim.change(ANNA, &second, Change::private()).unwrap();
    let private = Appointment { sensitivity: Sensitivity::Private, ..moved };
    source
        .until_of("anna", "private", |seen| seen.appointments.iter().flatten().any(|a| *a == private))
        .await;
    source.sim.change(ANNA, &second, Change::cancel()).unwrap();
    let is_cancelled = |a: &Appointment| a.id == second && a.cancelled;
    source.until_of("anna", "cancelled", |seen| seen.appointments.iter().flatten().any(is_cancelled)).await;

    source.sim.delete(ANNA, &first).unwrap();
    source.sim.delete(ANNA, &second).unwrap();
    source.until_titles("anna", &[]).await;
}

#[tokio::test]
async fn only_what_matters_is_kept() {
    let sim = sim(&["anna"]).await;
    sim.add(ANNA, meeting("over", -30)).unwrap();
    sim.add(ANNA, meeting("next year", 365 * 24)).unwrap();
    sim.add(ANNA, meeting("soon", 47)).unwrap();
    let mut source = Source::new(sim, &["anna"]).await;
    source.until_titles("anna", &["soon"]).await;
}

#[tokio::test]
async fn a_series_is_read_with_its_masters_title_and_follows_its_changes() {
    for without_masters in [false, true] {
        let sim = sim(&["anna"]).await;
        sim.set_paging(Paging { without_masters, ..Paging::default() });
        // Every day, so that there are several in the window.
        let mut series = Series::weekly(meeting("Jour fixe", 1));
        series.days = (0..7).map(weekday).collect();
        let master = sim.add_series(ANNA, series).unwrap();
        let mut source = Source::new(sim, &["anna"]).await;
        let count = |seen: &crate::support::Seen| seen.appointments.as_ref().map_or(0, Vec::len);
        let seen = source.until_of("anna", "a series", |seen| count(seen) > 2).await;
        let all = count(&seen);
        assert!(seen.titles().iter().all(|title| *title == "Jour fixe"), "{:?}", seen.titles());
        assert!(seen.appointments.iter().flatten().all(|a| a.show_as == ShowAs::Busy && a.organizer == ANNA));

        // Of an occurrence that is deleted a delta says nothing.
        let tomorrow = (hours(1) + TimeDelta::days(1)).date_naive();
        let occurrence = source.sim.occurrence(&master, tomorrow).unwrap();
        source.sim.delete(ANNA, &occurrence).unwrap();
        source.until_of("anna", "one less", |seen| count(seen) == all - 1).await;

        let after = (hours(1) + TimeDelta::days(2)).date_naive();
        let exception = source.sim.occurrence(&master, after).unwrap();
        let change = Change { subject: Some("Exception".to_owned()), ..Change::time(hours(60), hours(61)) };
        source.sim.change(ANNA, &exception, change).unwrap();
        let seen = source.until_of("anna", "an exception", |seen| seen.titles().contains(&"Exception")).await;
        assert_eq!(count(&seen), all - 1);

        let renamed = Change { subject: Some("Renamed".to_owned()), ..Change::default() };
        source.sim.change(ANNA, &master, renamed).unwrap();
        source
            .until_of("anna", "renamed", |seen| {
                seen.titles().contains(&"Renamed") && !seen.titles().contains(&"Jour fixe")
            })
            .await;
        source.sim.delete(ANNA, &master).unwrap();
        source.until_titles("anna", &[]).await;
        assert_eq!(
            source.sim.counts().of(Endpoint::Event) > 0,
            without_masters,
            "a master that came is not asked for"
        );
    }
}

fn weekday(day: i64) -> chrono::Weekday {
    chrono::Datelike::weekday(&(Utc::now() + TimeDelta::days(day)))
}

#[tokio::test]
async fn a_whole_day_is_a_date_in_the_zone_of_the_mailbox() {
    let sim = sim(&[]).await;
    let zone = |name: &str| User { time_zone: name.to_owned(), ..User::new(ANNA) };
    sim.add_user(zone("New Zealand Standard Time")).unwrap();
    let today = Utc::now().date_naive();
    let days = (today + TimeDelta::days(1), today + TimeDelta::days(3));
    sim.add(ANNA, graph_sim::Appointment::whole_day("Holiday", days.0, days.1)).unwrap();
    let mut source = Source::new(sim, &["anna"]).await;
    let seen = source.until_titles("anna", &["Holiday"]).await;
    let expected = Span::Days { start: days.0, end: days.1, zone: "Pacific/Auckland".to_owned() };
    assert_eq!(seen.appointments.unwrap()[0].span, expected);
}

#[tokio::test]
async fn a_zone_that_may_not_be_read_is_left_to_the_settings() {
    let sim = sim(&["anna", "ben"]).await;
    let client = sim.settings().applications[0].client_id;
    sim.change_application(client, |application| {
        application.roles.retain(|role| role != "MailboxSettings.Read");
    })
    .unwrap();
    let today = Utc::now().date_naive();
    for name in ["anna", "ben"] {
        let day = graph_sim::Appointment::whole_day("Day", today, today + TimeDelta::days(2));
        sim.add(&address(name), day).unwrap();
    }
    let mut source = Source::new(sim, &["anna"]).await;
    let seen = source.until_titles("anna", &["Day"]).await;
    assert!(matches!(&seen.appointments.unwrap()[0].span, Span::Days { zone, .. } if zone.is_empty()));
    source.want(&[user("anna"), user("ben")]);
    source.until_titles("ben", &["Day"]).await;
    assert_eq!(
        source.sim.counts().of(Endpoint::MailboxSettings),
        1,
        "what was refused is not asked for everybody"
    );
}

#[tokio::test]
async fn long_answers_come_in_pages() {
    let sim = sim(&["anna"]).await;
    sim.set_paging(Paging { size: 7, empty_first: true, ..Paging::default() });
    let titles: Vec<String> = (100..260).map(|number| format!("No. {number}")).collect();
    for title in &titles {
        sim.add(ANNA, meeting(title, 5)).unwrap();
    }
    let mut source = Source::new(sim, &["anna"]).await;
    source.until_titles("anna", &titles.iter().map(String::as_str).collect::<Vec<_>>()).await;
}

#[tokio::test]
async fn never_are_more_than_four_requests_at_one_mailbox() {
    let sim = sim(&["anna"]).await;
    sim.set_limits(Limits { at_once: 1, ..Limits::default() });
    let mut source = Source::new(sim, &["anna"]).await;
    source.until_titles("anna", &[]).await;
    source.sim.add(ANNA, meeting("x", 1)).unwrap();
    source.until_titles("anna", &["x"]).await;
    assert_eq!(source.sim.counts().throttled, 0);
}
