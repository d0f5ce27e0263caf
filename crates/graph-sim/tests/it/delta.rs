//! `calendarView/delta` with single appointments: literal JSON, windows, pages, changes, refusals.

use crate::common::{ANNA, Answer, BEN, WINDOW, instant, kinds, start, start_with};
use chrono::NaiveDate;
use graph_sim::{Appointment, Change, Mailbox, Paging, Sensitivity, Settings, ShowAs};
use serde_json::{Value, json};

fn meeting(subject: &str, start: &str, end: &str) -> Appointment {
    Appointment::new(subject, instant(start), instant(end))
}

fn monday(subject: &str) -> Appointment {
    meeting(subject, "2026-11-23T09:00:00Z", "2026-11-23T10:30:00Z")
}

#[tokio::test]
async fn an_appointment_on_the_wire() {
    let (sim, asker) = start().await;
    let mut appointment = monday("Visit");
    appointment.show_as = ShowAs::WorkingElsewhere;
    appointment.sensitivity = Sensitivity::Personal;
    appointment.organizer = Some("boss@contoso.example".into());
    let id = sim.add(ANNA, appointment).unwrap();
    let answer = asker.delta(ANNA).await;
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.header("content-type"),
        "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8"
    );
    assert_eq!(answer.header("preference-applied"), "odata.track-changes");
    assert_eq!(answer.body["@odata.context"], "https://graph.microsoft.com/v1.0/$metadata#Collection(event)");
    assert!(answer.link().starts_with(
        "https://graph.microsoft.com/v1.0/users/anna@contoso.example/calendarView/delta?$deltatoken="
    ));
    assert_eq!(
        answer.body["value"][0],
        serde_json::from_str::<Value>(&include_str!("wire/appointment.json").replace("ID", &id)).unwrap()
    );
}

#[tokio::test]
async fn a_whole_day_is_a_date_whatever_the_zone() {
    let (sim, asker) = start().await;
    let date = |day| NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
    sim.add(ANNA, Appointment::whole_day("Holiday", date(23), date(25))).unwrap();
    let target = format!("/users/{ANNA}/calendarView/delta?{WINDOW}");
    for (prefer, zone) in
        [("x=y", "UTC"), ("outlook.timezone=\"Tokyo Standard Time\"", "Tokyo Standard Time")]
    {
        let answer = asker.get_with(&target, &[("prefer", prefer)]).await;
        let event = &answer.body["value"][0];
        assert_eq!(event["isAllDay"], true);
        assert_eq!(event["start"], json!({"dateTime": "2026-11-23T00:00:00.0000000", "timeZone": zone}));
        assert_eq!(event["end"], json!({"dateTime": "2026-11-25T00:00:00.0000000", "timeZone": zone}));
    }
    // Its hours are those of the mailbox: in Berlin the 23rd begins an hour before midnight UTC.
    let view = async |start: &str, end: &str| {
        let target = format!("/users/{ANNA}/calendarView/delta?startDateTime={start}&endDateTime={end}");
        kinds(asker.get(&target).await.body["value"].as_array().unwrap())
    };
    assert_eq!(view("2026-11-22T00:00:00Z", "2026-11-22T23:00:00Z").await, [""; 0]);
    assert_eq!(view("2026-11-22T00:00:00Z", "2026-11-22T23:00:01Z").await, ["Holiday"]);
    assert_eq!(view("2026-11-24T22:59:59Z", "2026-11-26T00:00:00Z").await, ["Holiday"]);
    assert_eq!(view("2026-11-24T23:00:00Z", "2026-11-26T00:00:00Z").await, [""; 0]);
}

#[tokio::test]
async fn times_come_in_the_zone_asked_for() {
    let (sim, asker) = start().await;
    sim.add(ANNA, monday("Visit")).unwrap();
    let target = format!("/users/{ANNA}/calendarView/delta?{WINDOW}");
    let prefer = "outlook.timezone=\"W. Europe Standard Time\", odata.maxpagesize=50";
    let answer = asker.get_with(&target, &[("prefer", prefer)]).await;
    let start = json!({"dateTime": "2026-11-23T10:00:00.0000000", "timeZone": "W. Europe Standard Time"});
    assert_eq!(answer.body["value"][0]["start"], start);
    assert_eq!(
        answer.header("preference-applied"),
        "odata.track-changes, odata.maxpagesize=50, outlook.timezone=\"W. Europe Standard Time\""
    );
    let answer = asker.get_with(&target, &[("prefer", "outlook.timezone=\"Nowhere\"")]).await;
    let message =
        "A valid TimeZone value must be specified. The following TimeZone value is not supported: 'Nowhere'.";
    assert_eq!(answer.refusal(), (400, "TimeZoneNotSupportedException", message));
}

#[tokio::test]
async fn changes_come_with_the_delta_link_and_only_once() {
    let (sim, asker) = start().await;
    let kept = sim.add(ANNA, monday("Kept")).unwrap();
    let moved = sim.add(ANNA, monday("Moved")).unwrap();
    let deleted = sim.add(ANNA, monday("Deleted")).unwrap();
    let (rows, first) = asker.round(asker.delta(ANNA).await).await;
    assert_eq!(kinds(&rows), ["Kept", "Moved", "Deleted"]);
    let quiet = asker.follow(&first).await;
    assert_eq!(quiet.body["value"], json!([]));
    let added = sim.add(ANNA, monday("Added")).unwrap();
    sim.change(ANNA, &moved, Change::time(instant("2026-11-24T09:00:00Z"), instant("2026-11-24T10:00:00Z")))
        .unwrap();
    sim.delete(ANNA, &deleted).unwrap();
    let (rows, last) = asker.round(asker.follow(&quiet).await).await;
    assert_eq!(kinds(&rows), ["Moved", "removed", "Added"]);
    assert_eq!(rows[0]["start"]["dateTime"], "2026-11-24T09:00:00.0000000");
    assert_eq!(
        rows[1],
        json!({"@odata.type": "#microsoft.graph.event", "id": deleted, "@removed": {"reason": "deleted"}})
    );
    assert_eq!(rows[2]["id"], json!(added));
    assert_eq!(asker.follow(&last).await.body["value"], json!([]));
    // An old link still tells everything since then: clients that lost an answer ask again.
    assert_eq!(kinds(&asker.round(asker.follow(&first).await).await.0), ["Moved", "removed", "Added"]);
    assert_ne!(kept, moved);
}

#[tokio::test]
async fn cancelled_and_private_appointments_stay_with_all_their_fields() {
    let (sim, asker) = start().await;
    let id = sim.add(ANNA, monday("Visit")).unwrap();
    let (_, first) = asker.round(asker.delta(ANNA).await).await;
    sim.change(ANNA, &id, Change::private()).unwrap();
    sim.change(ANNA, &id, Change::cancel()).unwrap();
    let (rows, _) = asker.round(asker.follow(&first).await).await;
    assert_eq!(rows.len(), 1);
    let fields = ["subject", "sensitivity", "isCancelled", "showAs"].map(|name| rows[0][name].clone());
    assert_eq!(fields, [json!("Visit"), json!("private"), json!(true), json!("busy")]);
}

#[tokio::test]
async fn what_happens_outside_the_window_is_removed_even_if_it_was_never_there() {
    let (sim, asker) = start().await;
    let left = sim.add(ANNA, monday("Left")).unwrap();
    let (_, first) = asker.round(asker.delta(ANNA).await).await;
    sim.change(ANNA, &left, Change::time(instant("2027-01-11T09:00:00Z"), instant("2027-01-11T10:00:00Z")))
        .unwrap();
    let outside = sim.add(ANNA, meeting("Outside", "2027-01-12T09:00:00Z", "2027-01-12T10:00:00Z")).unwrap();
    let (rows, _) = asker.round(asker.follow(&first).await).await;
    assert_eq!(kinds(&rows), ["removed", "removed"]);
    assert_eq!([&rows[0]["id"], &rows[1]["id"]], [&json!(left), &json!(outside)]);
    // A first round tells only what is there.
    assert_eq!(kinds(&asker.round(asker.delta(ANNA).await).await.0), [""; 0]);
}

#[tokio::test]
async fn a_round_comes_in_pages_and_keeps_to_its_beginning() {
    let (sim, asker) = start().await;
    let names: Vec<String> = (0..25).map(|number| format!("Number {number:02}")).collect();
    let ids: Vec<_> = names.iter().map(|name| sim.add(ANNA, monday(name)).unwrap()).collect();
    let page = asker.delta(ANNA).await;
    assert_eq!(page.body["value"].as_array().unwrap().len(), 10);
    assert!(page.link().contains("/calendarView/delta?$skiptoken="), "{}", page.link());
    assert!(page.body.get("@odata.deltaLink").is_none());
    // Changed while the client is reading: it belongs to the next round.
    sim.change(ANNA, &ids[20], Change { subject: Some("Changed".into()), ..Change::default() }).unwrap();
    let (rest, last) = asker.round(asker.follow(&page).await).await;
    assert_eq!(rest.len(), 14);
    assert!(!kinds(&rest).contains(&"Number 20".to_owned()));
    assert_eq!(kinds(&asker.round(asker.follow(&last).await).await.0), ["Changed"]);
    let target = format!("/users/{ANNA}/calendarView/delta?{WINDOW}");
    let page = asker.get_with(&target, &[("prefer", "odata.maxpagesize=2")]).await;
    assert_eq!(page.body["value"].as_array().unwrap().len(), 2);
    // Preferences are not part of the token.
    assert_eq!(asker.follow(&page).await.body["value"].as_array().unwrap().len(), 10);
}

#[tokio::test]
async fn a_round_may_begin_with_an_empty_page() {
    let (sim, asker) = start().await;
    sim.add(ANNA, monday("Visit")).unwrap();
    sim.set_paging(Paging { empty_first: true, ..Paging::default() });
    let page = asker.delta(ANNA).await;
    assert_eq!(page.body["value"], json!([]));
    assert!(page.link().contains("$skiptoken="));
    assert_eq!(kinds(&asker.round(page).await.0), ["Visit"]);
}

#[tokio::test]
async fn the_window_has_to_be_one() {
    let (_sim, asker) = start().await;
    let missing = "This request requires a time window specified by the query string parameters StartDateTime and EndDateTime.";
    let order = "The end of the time window has to be after its start.";
    let cases = [
        ("", missing),
        ("startDateTime=2026-11-16T00:00:00Z", missing),
        ("endDateTime=2026-11-16T00:00:00Z", missing),
        ("startDateTime=2026-11-16T00:00:00Z&endDateTime=2026-11-16T00:00:00Z", order),
        (
            "startDateTime=today&endDateTime=2026-11-16T00:00:00Z",
            "The value 'today' of parameter 'StartDateTime' is invalid.",
        ),
        // A plus sign that is not encoded is a space.
        (
            "startDateTime=2026-11-16T00:00:00+01:00&endDateTime=2026-11-17T00:00:00Z",
            "The value '2026-11-16T00:00:00 01:00' of parameter 'StartDateTime' is invalid.",
        ),
    ];
    for (query, message) in cases {
        let answer = asker.get(&format!("/users/{ANNA}/calendarView/delta?{query}")).await;
        assert_eq!(answer.refusal(), (400, "ErrorInvalidParameter", message), "{query}");
    }
    let long = "startDateTime=2026-01-01T00:00:00Z&endDateTime=2031-01-02T00:00:00Z";
    let answer = asker.get(&format!("/users/{ANNA}/calendarView/delta?{long}")).await;
    assert_eq!((answer.refusal().0, answer.refusal().1), (400, "ErrorInvalidRequest"));
}

#[tokio::test]
async fn offsets_and_names_without_letter_case_are_understood() {
    let (sim, asker) = start().await;
    sim.add(ANNA, monday("Visit")).unwrap();
    let view = async |query: &str| {
        let answer = asker.get(&format!("/Users/{ANNA}/calendarview/microsoft.graph.delta()?{query}")).await;
        kinds(answer.body["value"].as_array().unwrap_or_else(|| panic!("{}", answer.body)))
    };
    let until = "endDateTime=2026-11-24T00:00:00.0000000";
    assert_eq!(view(&format!("startdatetime=2026-11-23T11:29:59%2B01:00&{until}")).await, ["Visit"]);
    assert_eq!(view(&format!("startdatetime=2026-11-23T11:30:00%2B01:00&{until}")).await, [""; 0]);
}

#[tokio::test]
async fn what_change_tracking_does_not_support_is_refused() {
    let (_sim, asker) = start().await;
    let message = "The following parameters are not supported with change tracking over the 'CalendarView' resource: \
                   '$orderby, $filter, $select, $expand, $search'.";
    for query in
        ["$select=subject", "$filter=isAllDay", "$orderby=start", "$expand=instances", "%24SELECT=id"]
    {
        let answer = asker.get(&format!("/users/{ANNA}/calendarView/delta?{WINDOW}&{query}")).await;
        assert_eq!(answer.refusal(), (400, "ErrorInvalidUrlQuery", message), "{query}");
    }
    let message = "The '$top' parameter is not supported with change tracking over the 'CalendarView' resource as page \
                   size cannot be guaranteed. Express page size preferences using the Prefer: odata.maxpagesize= header \
                   instead.";
    let answer = asker.get(&format!("/users/{ANNA}/calendarView/delta?{WINDOW}&$top=5")).await;
    assert_eq!(answer.refusal(), (400, "ErrorInvalidUrlQuery", message));
    let answer = asker.get(&format!("/users/{ANNA}/calendarView/delta?{WINDOW}&$count=true")).await;
    assert_eq!((answer.refusal().0, answer.refusal().1), (400, "ErrorInvalidUrlQuery"));
}

#[tokio::test]
async fn delta_tokens_that_are_unknown_are_gone() {
    let (sim, asker) = start().await;
    let (_, anna) = asker.round(asker.delta(ANNA).await).await;
    let (_, ben) = asker.round(asker.delta(BEN).await).await;
    sim.expire_delta_tokens(Some(ANNA)).unwrap();
    let answer = asker.follow(&anna).await;
    let message = "The sync state generation is not found; generation=0;[highest=1].";
    assert_eq!(answer.refusal(), (410, "SyncStateNotFound", message));
    let start = "https://graph.microsoft.com/v1.0/users/anna@contoso.example/calendarView/delta?$deltatoken=";
    assert_eq!(answer.header("location"), start);
    assert_eq!(asker.follow(&ben).await.status, 200);
    sim.expire_delta_tokens(None).unwrap();
    assert_eq!(asker.follow(&ben).await.status, 410);
    assert_eq!(asker.delta(ANNA).await.status, 200);
}

#[tokio::test]
async fn tokens_are_good_for_their_mailbox_and_kind_alone() {
    let (_sim, asker) = start().await;
    let (_, anna) = asker.round(asker.delta(ANNA).await).await;
    let token = anna.link().split_once("$deltatoken=").unwrap().1;
    let invalid = (410, "SyncStateInvalid", "The sync state is invalid.");
    for target in [
        format!("/users/{BEN}/calendarView/delta?$deltatoken={token}"),
        format!("/users/{ANNA}/calendarView/delta?$skiptoken={token}"),
        format!("/users/{ANNA}/calendarView/delta?$deltatoken={token}x"),
        format!("/users/{ANNA}/calendarView/delta?$deltatoken="),
    ] {
        assert_eq!(asker.get(&target).await.refusal(), invalid, "{target}");
    }
    let both = format!("/users/{ANNA}/calendarView/delta?{WINDOW}&$deltatoken={token}");
    let message = "A state token goes with no other parameter.";
    assert_eq!(asker.get(&both).await.refusal(), (400, "ErrorInvalidParameter", message));
}

#[tokio::test]
async fn mailboxes_that_cannot_be_read_are_told_apart() {
    let (sim, asker) = start().await;
    let nowhere = "The mailbox is either inactive, soft-deleted, or is hosted on-premise.";
    sim.change_user(ANNA, |user| user.mailbox = Mailbox::None).unwrap();
    assert_eq!(asker.delta(ANNA).await.refusal(), (404, "MailboxNotEnabledForRESTAPI", nowhere));
    sim.change_user(ANNA, |user| user.mailbox = Mailbox::OnPremises).unwrap();
    assert_eq!(asker.delta(ANNA).await.refusal(), (404, "MailboxNotHostedInExchangeOnline", nowhere));
    sim.change_user(ANNA, |user| user.in_scope = false).unwrap();
    let blocked =
        "Access to OData is disabled: [RAOP] : Blocked by tenant configured AppOnly AccessPolicy settings.";
    assert_eq!(asker.delta(ANNA).await.refusal(), (403, "ErrorAccessDenied", blocked));
    assert_eq!(asker.delta(BEN).await.status, 200);
    let unknown = "The requested user 'nobody@contoso.example' is invalid.";
    assert_eq!(asker.delta("nobody@contoso.example").await.refusal(), (404, "ErrorInvalidUser", unknown));
    sim.remove_user(BEN).unwrap();
    assert_eq!(asker.delta(BEN).await.refusal().1, "ErrorInvalidUser");
}

#[tokio::test]
async fn links_lead_to_microsoft_unless_told_otherwise() {
    let settings = Settings {
        link_origin: Some("http://foreign.example:1".into()),
        prefix: "/proxy/graph".into(),
        ..Settings::default()
    };
    let (sim, asker) = start_with(settings).await;
    assert!(sim.url().ends_with("/proxy/graph"));
    let answer = asker.delta(ANNA).await;
    assert!(answer.link().starts_with("http://foreign.example:1/v1.0/users/"), "{}", answer.link());
}

#[tokio::test]
async fn paths_that_are_none_and_parts_that_are_left_out() {
    let (_sim, asker) = start().await;
    let delegated = "/me request is only valid with delegated authentication flow.";
    let me = asker.get(&format!("/me/calendarView/delta?{WINDOW}")).await;
    assert_eq!(me.refusal(), (400, "BadRequest", delegated));
    let nothing = "Resource not found for the segment 'nothing'.";
    assert_eq!(asker.get("/nothing").await.refusal(), (400, "BadRequest", nothing));
    let left_out = "graph-sim does not implement /messages (docs/stand-ins.md).";
    let messages = asker.get(&format!("/users/{ANNA}/messages")).await;
    assert_eq!(messages.refusal(), (501, "NotImplemented", left_out));
    let beta = asker.http.get(format!("{}/beta/users", asker.url)).send().await.unwrap();
    assert_eq!(Answer::of(beta).await.status, 501);
    let odd = asker.http.get(format!("{}/v9/users", asker.url)).send().await.unwrap();
    assert_eq!(Answer::of(odd).await.body["error"]["message"], "Invalid version: v9.");
}

#[tokio::test]
async fn the_client_request_id_comes_back() {
    let (_sim, asker) = start().await;
    let target = format!("/users/{ANNA}/calendarView/delta");
    let answer = asker.get_with(&target, &[("client-request-id", "7-7-7")]).await;
    assert_eq!(answer.header("client-request-id"), "7-7-7");
    assert_eq!(answer.body["error"]["innerError"]["client-request-id"], "7-7-7");
    assert_eq!(answer.body["error"]["innerError"]["date"], "2026-11-21T09:00:00");
}
