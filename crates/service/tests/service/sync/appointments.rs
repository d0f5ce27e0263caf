//! From appointments in Microsoft Graph to notes at the PBX, character by character.

use chrono::{DateTime, Days, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use graph_sim::{Appointment, Change, Series, ShowAs};

use super::world::{World, busy, clock, now, running, zone};

#[tokio::test(flavor = "multi_thread")]
async fn an_appointment_is_added_moved_made_private_and_cancelled() {
    let world = World::new(&["anna", "bert"]).await;
    let (meeting, end) = running("Meeting", 30);
    let id = world.add("anna", meeting);
    world.until("anna", &busy("Meeting", end)).await;
    assert_eq!(world.pbx.calendar_presence("anna").unwrap().activity, "busy");

    let later = end + TimeDelta::minutes(15);
    world.change("anna", &id, Change::time(now() - TimeDelta::hours(1), later));
    world.until("anna", &busy("Meeting", later)).await;

    world.change("anna", &id, Change::private());
    world.until("anna", &busy("Private", later)).await;

    world.change("anna", &id, Change::cancel());
    world.until("anna", "Free").await;
    assert_eq!(world.pbx.calendar_presence("anna").unwrap().activity, "");
    assert_eq!((world.pbx.writes("anna"), world.pbx.writes("bert")), (5, 1), "only on change");
    world.no_violations();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_next_is_announced_and_begins_on_time() {
    let world = World::new(&["anna"]).await;
    let (start, end) = (now() + TimeDelta::seconds(4), now() + TimeDelta::minutes(40));
    world.add("anna", Appointment::new("Über uns", start, end));
    let free = format!("Free until {} (Busy: Über uns)", clock(start));
    let (chars, bytes) = (free.chars().count() - 9, free.len() - 10);
    let until = start.timestamp_millis();
    let note = format!("{free} #free #until:{until} #next-activity:busy #next:{chars}:8:{bytes}:9");
    world.until("anna", &note).await;
    let mut writes = world.pbx.watch_writes();
    let write = writes.recv().await.unwrap();
    let late = Utc::now() - start;
    assert!((TimeDelta::zero()..TimeDelta::seconds(1)).contains(&late), "{late}");
    let until = end.timestamp_millis();
    assert_eq!(write.presence.note, format!("Über uns until {} #busy #len:8:9 #until:{until}", clock(end)));
    assert_eq!(write.presence.activity, "busy");
    world.no_violations();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_weekly_series_shows_its_occurrences_and_their_exceptions() {
    let world = World::new(&["anna"]).await;
    let week = TimeDelta::weeks(1);
    let (today, end) = running("Jour fixe", 30);
    let graph_sim::Time::Hours { start, .. } = today.time else { panic!() };
    let first = Appointment::new("Jour fixe", start - week, end - week);
    let master = world.graph.add_series(&super::world::address("anna"), Series::weekly(first)).unwrap();
    world.until("anna", &busy("Jour fixe", end)).await;

    let occurrence = world.graph.occurrence(&master, start.date_naive()).unwrap();
    let longer = end + TimeDelta::minutes(10);
    world.change(
        "anna",
        &occurrence,
        Change { subject: Some("Changed".to_owned()), ..Change::time(start, longer) },
    );
    world.until("anna", &busy("Changed", longer)).await;

    world.graph.delete(&super::world::address("anna"), &occurrence).unwrap();
    world.until("anna", "Free").await;
    world.no_violations();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_day_is_told_by_its_date() {
    let world = World::new(&["anna"]).await;
    let today = Utc::now().date_naive();
    let end = today + Days::new(1);
    let vacation = Appointment::whole_day("Vacation", today, end);
    world.add("anna", Appointment { show_as: ShowAs::Oof, ..vacation });
    // The mailbox is in UTC.
    let until: DateTime<Utc> = Utc.from_utc_datetime(&end.and_time(NaiveTime::MIN));
    let (date, until) = (end.format("%d/%m/%Y"), until.timestamp_millis());
    world.until("anna", &format!("Vacation until {date} #away #len:8:8 #until:{until} #whole-day")).await;
    assert_eq!(world.pbx.calendar_presence("anna").unwrap().activity, "away");
    assert!(zone().parse::<Tz>().is_ok());
    world.no_violations();
}
