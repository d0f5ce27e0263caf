//! Series: masters, bare occurrences, exceptions, and how changes of them are told.

use crate::common::{ANNA, BEN, WINDOW, instant, kinds, start};
use graph_sim::{Appointment, Change, ControlError, Paging, Series, ShowAs};
use serde_json::{Value, json};

/// Mondays from nine to ten in Berlin, in the window on 16 and 23 November.
fn weekly() -> Series {
    let mut first =
        Appointment::new("Team", instant("2026-10-05T07:00:00Z"), instant("2026-10-05T08:00:00Z"));
    first.show_as = ShowAs::Tentative;
    Series::weekly(first)
}

fn date(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

#[tokio::test]
async fn occurrences_are_bare_and_their_master_goes_before_them() {
    let (sim, asker) = start().await;
    let master = sim.add_series(ANNA, weekly()).unwrap();
    let (rows, _) = asker.round(asker.delta(ANNA).await).await;
    assert_eq!(kinds(&rows), ["Team", "occurrence", "occurrence"]);
    let chosen =
        ["id", "type", "seriesMasterId", "showAs", "start", "recurrence"].map(|n| rows[0][n].clone());
    assert_eq!(
        Value::from(chosen.to_vec()),
        json!([
            master, "seriesMaster", null, "tentative",
            {"dateTime": "2026-10-05T07:00:00.0000000", "timeZone": "UTC"},
            {
                "pattern": {
                    "type": "weekly", "interval": 1, "month": 0, "dayOfMonth": 0, "daysOfWeek": ["monday"],
                    "firstDayOfWeek": "monday", "index": "first"
                },
                "range": {
                    "type": "noEnd", "startDate": "2026-10-05", "endDate": "0001-01-01",
                    "recurrenceTimeZone": "W. Europe Standard Time", "numberOfOccurrences": 0
                }
            }
        ])
    );
    assert_eq!(
        rows[1],
        json!({
            "@odata.type": "#microsoft.graph.event",
            "@odata.etag": "W/\"AQAAAAAAAAEAAAAAAAAAAQ==\"",
            "seriesMasterId": master,
            "type": "occurrence",
            "start": {"dateTime": "2026-11-16T08:00:00.0000000", "timeZone": "UTC"},
            "end": {"dateTime": "2026-11-16T09:00:00.0000000", "timeZone": "UTC"},
            "id": sim.occurrence(&master, date("2026-11-16")).unwrap(),
        })
    );
}

#[tokio::test]
async fn a_master_that_is_left_out_can_be_fetched() {
    let (sim, asker) = start().await;
    sim.set_paging(Paging { without_masters: true, ..Paging::default() });
    sim.add_series(ANNA, weekly()).unwrap();
    let (rows, _) = asker.round(asker.delta(ANNA).await).await;
    assert_eq!(kinds(&rows), ["occurrence", "occurrence"]);
    let master = rows[0]["seriesMasterId"].as_str().unwrap();
    let answer = asker.get(&format!("/users/{ANNA}/events/{master}")).await;
    assert_eq!(answer.status, 200);
    assert_eq!([&answer.body["subject"], &answer.body["type"]], ["Team", "seriesMaster"]);
    let context = "https://graph.microsoft.com/v1.0/$metadata#users('anna@contoso.example')/events/$entity";
    assert_eq!(answer.body["@odata.context"], context);
    let occurrence = rows[0]["id"].as_str().unwrap();
    let answer = asker.get(&format!("/users/{ANNA}/events/{occurrence}?$select=subject,type,start")).await;
    assert_eq!(
        answer.body,
        json!({
            "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#users('anna@contoso.example')/events\
                               (subject,type,start)/$entity",
            "@odata.etag": "W/\"AQAAAAAAAAEAAAAAAAAAAQ==\"",
            "id": occurrence, "subject": "Team", "type": "occurrence",
            "start": {"dateTime": "2026-11-16T08:00:00.0000000", "timeZone": "UTC"},
        })
    );
}

#[tokio::test]
async fn an_exception_has_fields_of_its_own_and_keeps_its_id() {
    let (sim, asker) = start().await;
    let master = sim.add_series(ANNA, weekly()).unwrap();
    let (_, first) = asker.round(asker.delta(ANNA).await).await;
    let occurrence = sim.occurrence(&master, date("2026-11-23")).unwrap();
    let moved = Change {
        subject: Some("Team in the park".into()),
        ..Change::time(instant("2026-11-24T12:00:00Z"), instant("2026-11-24T13:00:00Z"))
    };
    sim.change(ANNA, &occurrence, moved).unwrap();
    // Whatever changes in a series, all of it comes again.
    let (rows, _) = asker.round(asker.follow(&first).await).await;
    assert_eq!(kinds(&rows), ["Team", "occurrence", "Team in the park"]);
    let chosen = ["id", "type", "seriesMasterId", "showAs", "sensitivity"].map(|name| rows[2][name].clone());
    assert_eq!(Value::from(chosen.to_vec()), json!([occurrence, "exception", master, "tentative", "normal"]));
    assert_eq!(rows[2]["start"]["dateTime"], "2026-11-24T12:00:00.0000000");
}

#[tokio::test]
async fn of_a_deleted_occurrence_nothing_is_said() {
    let (sim, asker) = start().await;
    let master = sim.add_series(ANNA, weekly()).unwrap();
    let (_, first) = asker.round(asker.delta(ANNA).await).await;
    let occurrence = sim.occurrence(&master, date("2026-11-16")).unwrap();
    sim.delete(ANNA, &occurrence).unwrap();
    let (rows, last) = asker.round(asker.follow(&first).await).await;
    assert_eq!(kinds(&rows), ["Team", "occurrence"]);
    assert_eq!(rows[1]["start"]["dateTime"], "2026-11-23T08:00:00.0000000");
    let gone = asker.get(&format!("/users/{ANNA}/events/{occurrence}")).await;
    let message = "The specified object was not found in the store.";
    assert_eq!(gone.refusal(), (404, "ErrorItemNotFound", message));
    assert_eq!(sim.delete(ANNA, &occurrence), Err(ControlError::Appointment(occurrence)));
    // With the last occurrence in the window the series leaves it.
    sim.delete(ANNA, &sim.occurrence(&master, date("2026-11-23")).unwrap()).unwrap();
    let (rows, _) = asker.round(asker.follow(&last).await).await;
    assert_eq!((kinds(&rows), &rows[0]["id"]), (vec!["removed".to_owned()], &json!(master)));
}

#[tokio::test]
async fn a_moved_series_has_other_occurrences_and_the_old_ones_are_not_named() {
    let (sim, asker) = start().await;
    let master = sim.add_series(ANNA, weekly()).unwrap();
    let (before, first) = asker.round(asker.delta(ANNA).await).await;
    let tuesday = Change::time(instant("2026-10-06T07:00:00Z"), instant("2026-10-06T08:00:00Z"));
    sim.change(ANNA, &master, tuesday).unwrap();
    let (after, _) = asker.round(asker.follow(&first).await).await;
    assert_eq!(kinds(&after), ["Team", "occurrence", "occurrence"]);
    assert_eq!(after[1]["start"]["dateTime"], "2026-11-17T08:00:00.0000000");
    assert_ne!(before[1]["id"], after[1]["id"]);
    assert_eq!(before[0]["id"], after[0]["id"]);
}

#[tokio::test]
async fn a_deleted_series_is_removed_by_its_master_alone() {
    let (sim, asker) = start().await;
    let master = sim.add_series(ANNA, weekly()).unwrap();
    let (_, first) = asker.round(asker.delta(ANNA).await).await;
    sim.delete(ANNA, &master).unwrap();
    let (rows, _) = asker.round(asker.follow(&first).await).await;
    assert_eq!((kinds(&rows), &rows[0]["id"]), (vec!["removed".to_owned()], &json!(master)));
}

#[tokio::test]
async fn a_series_is_never_divided_by_a_page() {
    let (sim, asker) = start().await;
    sim.add_series(ANNA, weekly()).unwrap();
    sim.add_series(ANNA, weekly()).unwrap();
    let target = format!("/users/{ANNA}/calendarView/delta?{WINDOW}");
    let page = asker.get_with(&target, &[("prefer", "odata.maxpagesize=1")]).await;
    assert_eq!(kinds(page.body["value"].as_array().unwrap()), ["Team", "occurrence", "occurrence"]);
    assert!(page.link().contains("$skiptoken="));
}

#[tokio::test]
async fn events_that_are_none_are_refused() {
    let (sim, asker) = start().await;
    let master = sim.add_series(ANNA, weekly()).unwrap();
    let single = Appointment::new("Visit", instant("2026-11-23T09:00:00Z"), instant("2026-11-23T10:00:00Z"));
    let single = sim.add(ANNA, single).unwrap();
    let malformed = (400, "ErrorInvalidIdMalformed", "Id is malformed.");
    assert_eq!(asker.get(&format!("/users/{ANNA}/events/1")).await.refusal(), malformed);
    let lower = master.to_lowercase();
    assert_eq!(asker.get(&format!("/users/{ANNA}/events/{lower}")).await.refusal().0, 400);
    let missing = (404, "ErrorItemNotFound", "The specified object was not found in the store.");
    let tuesday = sim.occurrence(&master, date("2026-11-17")).unwrap();
    let of_single = sim.occurrence(&single, date("2026-11-23")).unwrap();
    for (user, id) in [(BEN, &master), (ANNA, &tuesday), (ANNA, &of_single)] {
        assert_eq!(asker.get(&format!("/users/{user}/events/{id}")).await.refusal(), missing);
    }
    let answer = asker.get(&format!("/users/{ANNA}/events/{master}?$select=subject,titel")).await;
    let message = "Parsing OData Select and Expand failed: Could not find a property named 'titel' on type 'microsoft.graph.event'.";
    assert_eq!(answer.refusal(), (400, "BadRequest", message));
}

#[tokio::test]
async fn read_basic_hides_bodies() {
    let (sim, mut asker) = start().await;
    let id = sim.add_series(ANNA, weekly()).unwrap();
    let client = crate::common::CLIENT.parse().unwrap();
    sim.change_application(client, |app| app.roles = vec!["Calendars.ReadBasic".into()]).unwrap();
    asker.sign_in().await;
    let (rows, _) = asker.round(asker.delta(ANNA).await).await;
    assert_eq!((rows[0].get("body"), rows[0].get("bodyPreview")), (None, None));
    assert_eq!(asker.get(&format!("/users/{ANNA}/events/{id}")).await.body.get("body"), None);
}
