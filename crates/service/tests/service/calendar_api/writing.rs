//! Appointments from request to the event in the calendar, field by field, and who may write them.

use chrono::{NaiveDate, TimeDelta};
use graph_sim::{Appointment, Change, Details, Sensitivity, ShowAs, Time};
use serde_json::{Value, json};

use super::world::{ANNA, BEN, TITLE, World, at, text, visit, with};

#[tokio::test]
async fn an_appointment_is_written_as_it_was_asked_for() {
    let mut world = World::new().await;
    let caller = world.caller("crm").await;
    let full = json!({"location": "Hall 3", "notes": "Ring twice\nand wait", "showAs": "tentative", "private": true,
        "reminderMinutes": 30, "online": true});
    let created = caller.create("full", &with(visit(0), &full)).await;
    assert_eq!(created.status, 201, "{created:?}");
    let one = world.of_anna().remove(0);
    let Details { location, notes, reminder, join_url, attendees, .. } = &one.details;
    assert_eq!((location.as_str(), notes.as_str(), *reminder), ("Hall 3", "Ring twice\nand wait", Some(30)));
    assert_eq!(
        (one.subject.as_str(), one.show_as, one.sensitivity),
        (TITLE, ShowAs::Tentative, Sensitivity::Private)
    );
    assert!(attendees.is_empty(), "nobody is mailed");
    let start = visit(0)["start"].as_str().unwrap().parse().unwrap();
    assert_eq!(one.time, Time::Hours { start, end: start + TimeDelta::minutes(30) });
    let link = join_url.clone().unwrap();
    let expected = json!({"id": created.body["id"], "version": created.body["version"], "mailbox": ANNA,
        "start": visit(0)["start"], "end": visit(0)["end"], "joinUrl": link});
    assert_eq!(created.body, expected);
    let plain = caller.create("plain", &visit(60)).await;
    assert!(plain.body.get("joinUrl").is_none());
    let one = world.of_anna().remove(1);
    assert_eq!((one.show_as, one.sensitivity), (ShowAs::Busy, Sensitivity::Normal));
    assert_eq!((one.details.reminder, one.details.join_url), (None, None));
}

#[tokio::test]
async fn times_are_those_of_their_zone() {
    let mut world = World::new().await;
    let caller = world.caller("crm").await;
    let times = |start: &str, end: &str, zone: &str| json!({"mailbox": ANNA, "start": start, "end": end, "timeZone": zone, "subject": TITLE});
    let skipped =
        caller.create("gap", &times("2027-03-28T02:30:00", "2027-03-28T03:30:00", "Europe/Berlin")).await;
    assert_eq!(skipped.error(), (422, "noSuchTime"));
    let twice = times("2027-10-31T02:30:00", "2027-10-31T04:00:00", "europe/BERLIN");
    let earlier = caller.create("two", &twice).await;
    assert_eq!(earlier.body["start"], "2027-10-31T00:30:00Z");
    assert_eq!(earlier.body["end"], "2027-10-31T03:00:00Z");
    let day = |day| NaiveDate::from_ymd_opt(2027, 7, day).unwrap();
    let days =
        json!({"mailbox": BEN, "start": "2027-07-01", "end": "2027-07-03", "allDay": true, "subject": "x"});
    let whole = caller.create("days", &days).await;
    assert_eq!((&whole.body["start"], &whole.body["end"]), (&json!("2027-07-01"), &json!("2027-07-03")));
    let time = world.graph.appointments(BEN).unwrap()[0].1.time;
    assert_eq!(time, Time::Days { start: day(1), end: day(3) });
    // In Berlin the second day ends two hours before midnight in UTC.
    let touching = json!({"mailbox": BEN, "start": "2027-07-02T22:00:00Z", "end": "2027-07-02T22:30:00Z", "subject": "x"});
    assert_eq!(caller.create("after", &touching).await.status, 201);
    let inside = json!({"mailbox": BEN, "start": "2027-07-02T21:30:00Z", "end": "2027-07-02T22:00:00Z", "subject": "x"});
    let conflict = caller.create("inside", &inside).await;
    assert_eq!(conflict.error(), (409, "conflict"));
    let busy = json!([{"start": "2027-06-30T22:00:00Z", "end": "2027-07-02T22:00:00Z", "status": "busy"}]);
    assert_eq!(conflict.body["busy"], busy);
}

#[tokio::test]
async fn a_busy_mailbox_refuses_unless_the_caller_allows_it() {
    let mut world = World::new().await;
    let caller = world.caller("crm").await;
    world.graph.add(ANNA, Appointment::new("Secret", at(20), at(40))).unwrap();
    let refused = caller.create("a", &visit(0)).await;
    let busy = json!([{"start": text(at(20)), "end": text(at(40)), "status": "busy"}]);
    assert_eq!((refused.error(), &refused.body["busy"]), ((409, "conflict"), &busy));
    assert!(!refused.body.to_string().contains("Secret"));
    let allowed = caller.create("a", &with(visit(0), &json!({"onConflict": "allow"}))).await;
    assert_eq!(allowed.status, 201, "a refused key is as good as new: {allowed:?}");
    assert_eq!(caller.create("b", &visit(41)).await.status, 201, "they touch");
    assert_eq!(world.of_anna().len(), 3);
}

#[tokio::test]
async fn an_appointment_is_changed_in_the_version_that_is_known() {
    let mut world = World::new().await;
    let caller = world.caller("crm").await;
    let created = caller.create("a", &with(visit(0), &json!({"notes": "old", "reminderMinutes": 5}))).await;
    let path = format!("appointments/{}", created.body["id"].as_str().unwrap());
    let missing = caller.send("PATCH", &path, &[], "{}").await;
    assert_eq!(missing.error(), (428, "versionMissing"));
    let moved =
        json!({"start": text(at(10)), "end": text(at(50)), "reminderMinutes": null, "location": "Hall 4"});
    let changed = caller.update(&created, &moved).await;
    assert_eq!(
        (changed.status, &changed.body["start"]),
        (200, &json!(text(at(10)))),
        "its own time is free: {changed:?}"
    );
    let one = world.of_anna().remove(0);
    assert_eq!((one.details.location.as_str(), one.details.reminder), ("Hall 4", None));
    assert_eq!((one.details.notes.as_str(), one.subject.as_str()), ("old", TITLE), "only what changes");
    assert_eq!(caller.update(&created, &moved).await.error(), (412, "changed"), "the version before");
    assert_eq!(caller.delete(&created).await.error(), (412, "changed"));
    world.graph.add(ANNA, Appointment::new("Other", at(100), at(130))).unwrap();
    let busy = json!({"start": text(at(120)), "end": text(at(150))});
    assert_eq!(caller.update(&changed, &busy).await.error(), (409, "conflict"));
    let allowed = caller.update(&changed, &with(busy, &json!({"onConflict": "allow"}))).await;
    assert_eq!(allowed.status, 200);
    assert_eq!(caller.delete(&allowed).await.status, 204);
    assert_eq!(caller.delete(&allowed).await.status, 204, "also when it is gone already");
    assert_eq!(caller.get(&path).await.error(), (404, "notFound"));
    assert_eq!(caller.update(&allowed, &json!({"subject": "x"})).await.error(), (404, "notFound"));
}

#[tokio::test]
async fn what_somebody_has_since_made_of_it_stays() {
    let mut world = World::new().await;
    let caller = world.caller("crm").await;
    let created = caller.create("a", &visit(0)).await;
    let (id, one) = world.graph.appointments(ANNA).unwrap().remove(0);
    let details = Details { attendees: vec![BEN.to_owned()], ..one.details };
    world.graph.change(ANNA, &id, Change { details: Some(details), ..Change::default() }).unwrap();
    let path = format!("appointments/{}", created.body["id"].as_str().unwrap());
    let read = caller.get(&path).await;
    assert_eq!(
        caller.update(&read, &json!({"subject": "x"})).await.error(),
        (412, "changed"),
        "somebody is invited"
    );
    assert_eq!(caller.delete(&read).await.error(), (412, "changed"));
    assert_eq!(world.of_anna()[0].subject, TITLE);
}

#[tokio::test]
async fn meetings_in_teams_are_made_where_the_calendar_has_them() {
    let mut world = World::new().await;
    let caller = world.caller("crm").await;
    let online = caller.create("a", &with(visit(0), &json!({"online": true}))).await;
    let notes = caller.update(&online, &json!({"notes": "new"})).await;
    assert_eq!((notes.error(), &notes.body["field"]), ((400, "invalid"), &json!("notes")));
    assert_eq!(
        caller.update(&online, &json!({"subject": "new"})).await.body["joinUrl"],
        online.body["joinUrl"]
    );
    world.graph.change_user(ANNA, |user| user.teams = false).unwrap();
    let refused = caller.create("b", &with(visit(60), &json!({"online": true}))).await;
    assert_eq!((refused.error(), &refused.body["field"]), ((400, "invalid"), &json!("online")));
    assert_eq!(world.of_anna().len(), 1);
}

#[tokio::test]
async fn nobody_does_what_was_not_granted() {
    let mut world = World::new().await;
    let owner = world.caller("owner").await;
    let created = owner.create("a", &with(visit(0), &json!({"private": true, "notes": "n"}))).await;
    let path = format!("appointments/{}", created.body["id"].as_str().unwrap());
    let other = world.caller("other").await;
    for answer in
        [other.get(&path).await, other.update(&created, &json!({})).await, other.delete(&created).await]
    {
        assert_eq!(answer.error(), (403, "notYours"));
    }
    let reader = world.caller_with("reader", json!({"rights": ["read", "busy"]})).await;
    for answer in [
        reader.create("a", &visit(60)).await,
        reader.update(&created, &json!({})).await,
        reader.delete(&created).await,
    ] {
        assert_eq!(answer.error(), (403, "right"));
    }
    let bens = world.caller_with("bens", json!({"mailboxes": [BEN]})).await;
    assert_eq!(bens.create("a", &visit(60)).await.error(), (403, "mailbox"));
    let seen = owner.get(&path).await.body;
    assert_eq!(
        (&seen["subject"], &seen["notes"], &seen["private"]),
        (&json!("Private"), &json!(""), &json!(true))
    );
    let writer = world.caller_with("writer", json!({"rights": ["write"]})).await;
    let own = writer.create("a", &visit(60)).await;
    let seen = writer.get(&format!("appointments/{}", own.body["id"].as_str().unwrap())).await;
    assert_eq!(seen.body, own.body, "to write is not to read");
    world.manager.write(json!({"calendarApiWrite": false})).await;
    for answer in [
        owner.create("b", &visit(90)).await,
        owner.update(&created, &json!({})).await,
        owner.delete(&created).await,
    ] {
        assert_eq!(answer.error(), (403, "writingIsOff"));
    }
    assert_eq!(world.of_anna().len(), 2);
}

#[tokio::test]
async fn without_the_permission_of_microsoft_nothing_is_written() {
    let mut world = World::new().await;
    let caller = world.caller("crm").await;
    let client_id = world.graph.settings().applications[0].client_id;
    world
        .graph
        .change_application(client_id, |app| app.roles.retain(|role| role != "Calendars.ReadWrite"))
        .unwrap();
    let refused = caller.create("a", &visit(0)).await;
    assert_eq!(refused.error(), (403, "mailbox"));
    assert!(refused.body["message"].as_str().unwrap().contains("Calendars.ReadWrite"));
}

#[tokio::test]
async fn what_is_wrong_with_a_request_is_told() {
    let mut world = World::new().await;
    let caller = world.caller("crm").await;
    let mut without = visit(0);
    without.as_object_mut().unwrap().remove("subject");
    for (body, field) in [
        (without, "subject"),
        (with(visit(0), &json!({"attendees": [BEN]})), "attendees"),
        (with(visit(0), &json!({"start": "tomorrow"})), "start"),
        (with(visit(0), &json!({"end": text(at(-30))})), "end"),
        (with(visit(0), &json!({"start": text(at(-2000)), "end": text(at(-1900))})), "end"),
        (with(visit(0), &json!({"showAs": "away"})), "showAs"),
        (with(visit(0), &json!({"timeZone": "Mars"})), "timeZone"),
    ] {
        let refused = caller.create("a", &body).await;
        assert_eq!((refused.error(), &refused.body["field"]), ((400, "invalid"), &json!(field)), "{body}");
    }
    let keyless = caller.send("POST", "appointments", &[], &visit(0).to_string()).await;
    assert_eq!((keyless.error(), &keyless.body["field"]), ((400, "invalid"), &json!("Idempotency-Key")));
    let long = with(visit(0), &json!({"notes": "x".repeat(33 << 10)}));
    assert_eq!(caller.create("a", &long).await.error(), (413, "tooLarge"));
    assert_eq!(
        caller.send("POST", "appointments", &[("Idempotency-Key", "a")], "[]").await.error(),
        (400, "invalid")
    );
    assert_eq!(caller.send("PUT", "appointments", &[], "").await.error(), (405, "method"));
    assert_eq!(caller.get("nothing").await.error(), (404, "notFound"));
    assert_eq!(caller.get("appointments/99").await.error(), (404, "notFound"));
    assert!(world.of_anna().is_empty());
}

#[tokio::test]
async fn limits_hold_and_everything_is_on_record() {
    let mut world = World::new().await;
    let caller = world.caller_with("crm", json!({"perMinute": 2})).await;
    let created = caller.create("a", &visit(0)).await;
    for _ in 0..5 {
        assert_eq!(caller.create("a", &visit(0)).await.status, 200, "repetitions are not counted");
    }
    assert_eq!(caller.update(&created, &json!({"subject": TITLE})).await.status, 200);
    let limited = caller.create("b", &visit(60)).await;
    assert_eq!(limited.error(), (429, "limit"));
    let wait: u32 = limited.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=60).contains(&wait));
    let audit = world.audit().await;
    let told = |entry: &Value| {
        let part = |name: &str| entry[name].as_str().unwrap_or("-").to_owned();
        assert_eq!((part("caller"), part("mailbox")), ("crm".to_owned(), ANNA.to_owned()));
        format!("{} {}", part("action"), part("result"))
    };
    assert_eq!(audit.iter().map(told).collect::<Vec<_>>(), ["create limit", "update ok", "create ok"]);
    assert_eq!(audit[2]["id"], created.body["id"]);
    let start: chrono::DateTime<chrono::Utc> = created.body["start"].as_str().unwrap().parse().unwrap();
    assert_eq!(audit[2]["start"], start.timestamp_millis());
    let log = world.server.log();
    assert!(!json!(audit).to_string().contains(TITLE) && !log.contains(TITLE) && !log.contains(ANNA));
}
