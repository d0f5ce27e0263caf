//! Pages as Graph writes them, after the examples that Microsoft publishes.

use calendar::appointment::{Sensitivity, ShowAs};
use calendar::settings::NationalCloud;
use proptest::prelude::*;

use super::super::endpoints::Overrides;
use super::super::event::{Event, Kind};
use super::*;

fn endpoints() -> Endpoints {
    Endpoints::new(NationalCloud::Global, &Overrides::default())
}

fn read(text: &str) -> Page {
    page(text.as_bytes(), &endpoints(), 50).unwrap()
}

/// A page with these entries and a delta link.
fn entries(entries: &str) -> Vec<Change> {
    read(&format!(r#"{{"@odata.deltaLink":"https://graph.microsoft.com/v1.0/users/a/calendarView/delta?$deltatoken=1","value":[{entries}]}}"#))
        .changes
}

fn event(entry: &str) -> Event {
    let changes = entries(entry);
    let [Change::Event(event)] = changes.as_slice() else { panic!("{changes:?}") };
    event.clone()
}

const TIMES: &str = r#""start":{"dateTime":"2026-11-21T09:00:00.0000000","timeZone":"UTC"},"end":{"dateTime":"2026-11-21T10:00:00.0000000","timeZone":"UTC"}"#;

#[test]
fn a_published_page_reads_as_it_says() {
    let page = read(
        r##"{
          "@odata.context":"https://graph.microsoft.com/v1.0/$metadata#Collection(event)",
          "@odata.nextLink":"https://graph.microsoft.com/v1.0/me/calendarView/delta?$skiptoken=R0usmcCM996atia_s",
          "value":[{
            "@odata.type":"#microsoft.graph.event",
            "@odata.etag":"W/\"EZ9r3czxY0m2jz8c45czkwAAFXcvIQ==\"",
            "subject":"Plan shopping list",
            "body":{"contentType":"html","content":"<p>milk</p>"},
            "start":{"dateTime":"2016-12-09T20:30:00.0000000","timeZone":"UTC"},
            "end":{"dateTime":"2016-12-09T22:00:00.0000000","timeZone":"UTC"},
            "attendees":[{"emailAddress":{"name":"X","address":"x@contoso.com"}}],
            "organizer":{"emailAddress":{"name":"Samantha Booth","address":"samanthab@contoso.onmicrosoft.com"}},
            "id":"AAMkADNVxRAAA=", "type":"singleInstance", "showAs":"oof", "sensitivity":"private",
            "isAllDay":false, "isCancelled":false, "seriesMasterId":null
          }]
        }"##,
    );
    let [Change::Event(event)] = page.changes.as_slice() else { panic!() };
    assert_eq!((event.id.as_str(), &event.kind), ("AAMkADNVxRAAA=", &Kind::Single));
    assert_eq!(event.start.instant(), Some(1_481_315_400_000));
    assert_eq!(event.end.instant(), Some(1_481_320_800_000));
    let expected = Properties {
        subject: "Plan shopping list".to_owned(),
        show_as: ShowAs::Oof,
        sensitivity: Sensitivity::Private,
        organizer: "samanthab@contoso.onmicrosoft.com".to_owned(),
        all_day: false,
        cancelled: false,
        declined: false,
        categories: Vec::new(),
    };
    assert_eq!(event.properties.as_ref(), Some(&expected));
    let Next::Page(link) = &page.next else { panic!() };
    assert_eq!(link.as_str(), "me/calendarView/delta?$skiptoken=R0usmcCM996atia_s");
}

#[test]
fn a_bare_occurrence_has_no_properties() {
    let occurrence = event(
        r##"{"@odata.type":"#microsoft.graph.event","@odata.etag":"W/\"D\"","seriesMasterId":"AAMk-master","type":"occurrence",
            "start":{"dateTime":"2023-07-23T10:25:00.0000000","timeZone":"UTC"},
            "end":{"dateTime":"2023-07-23T10:55:00.0000000","timeZone":"UTC"},"id":"AAMk-1"}"##,
    );
    assert_eq!(occurrence.kind, Kind::Occurrence { series: "AAMk-master".to_owned() });
    assert_eq!(occurrence.properties, None);
}

#[test]
fn masters_and_exceptions_are_told_apart() {
    let master = event(&format!(
        r#"{{"id":"m","type":"seriesMaster","subject":"Jour fixe","showAs":"busy",{TIMES}}}"#
    ));
    assert_eq!(master.kind, Kind::Master);
    let exception = event(&format!(
        r#"{{"id":"x","type":"exception","seriesMasterId":"m","subject":"moved","showAs":"tentative",{TIMES}}}"#
    ));
    assert_eq!(exception.kind, Kind::Exception { series: "m".to_owned() });
    assert_eq!(exception.properties.unwrap().subject, "moved");
}

#[test]
fn who_has_said_no_is_told_from_who_has_not() {
    for (status, declined) in [
        (r#"{"response":"declined","time":"2026-11-20T08:00:00Z"}"#, true),
        (r#"{"response":"accepted","time":"2026-11-20T08:00:00Z"}"#, false),
        (r#"{"response":null}"#, false),
        ("null", false),
        ("7", false),
    ] {
        let entry =
            format!(r#"{{"id":"x","subject":"y","showAs":"busy","responseStatus":{status},{TIMES}}}"#);
        assert_eq!(event(&entry).properties.unwrap().declined, declined, "{status}");
    }
}

/// What is logged, as text.
#[derive(Clone, Default)]
struct Log(std::sync::Arc<std::sync::Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn hardening_13_a_page_has_one_line_for_all_that_cannot_be_read() {
    let log = Log::default();
    let writer = log.clone();
    let lines = tracing_subscriber::fmt().with_writer(move || writer.clone()).with_ansi(false).finish();
    let bad = r#"{"id":"x"},{"id":"y","start":7,"end":null},{"subject":"Secret"},7"#;
    let good = format!(r#"{{"id":"z","showAs":"busy",{TIMES}}}"#);
    tracing::subscriber::with_default(lines, || {
        assert_eq!(entries(&[bad, &good].join(",")).len(), 3, "two are gone, one is there");
    });
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(text.contains("without_id=2 unreadable=2") && !text.contains("Secret"), "{text}");
}

#[test]
fn a_removed_event_says_its_id_alone() {
    let removed = Change::Removed { id: "AAMk".to_owned() };
    assert_eq!(
        entries(r##"{"@odata.type":"#microsoft.graph.event","id":"AAMk","@removed":{"reason":"deleted"}}"##),
        [removed]
    );
}

#[test]
fn whole_days_keep_their_dates_whatever_the_zone() {
    let day = event(
        r#"{"id":"d","isAllDay":true,"showAs":"oof",
            "start":{"dateTime":"2026-12-24T00:00:00.0000000","timeZone":"New Zealand Standard Time"},
            "end":{"dateTime":"2026-12-25T00:00:00.0000000","timeZone":"New Zealand Standard Time"}}"#,
    );
    assert_eq!(day.start.time().date().to_string(), "2026-12-24");
    assert_eq!(day.end.time().date().to_string(), "2026-12-25");
    assert!(day.properties.unwrap().all_day);
}

#[test]
fn words_that_are_new_hide_more_than_they_show() {
    let new = event(&format!(r#"{{"id":"n","showAs":"unknown","sensitivity":"secret",{TIMES}}}"#))
        .properties
        .unwrap();
    assert_eq!((new.show_as, new.sensitivity), (ShowAs::NoData, Sensitivity::Private));
    let none = event(&format!(
        r#"{{"id":"n","showAs":null,"sensitivity":null,"subject":null,"organizer":null,{TIMES}}}"#
    ));
    let none = none.properties.unwrap();
    assert_eq!((none.show_as, none.sensitivity), (ShowAs::Busy, Sensitivity::Normal), "as if left out");
    assert_eq!((none.subject.as_str(), none.organizer.as_str()), ("", ""));
}

#[test]
fn an_event_that_cannot_be_read_costs_nothing_but_itself() {
    let gone = |id: &str| Change::Removed { id: id.to_owned() };
    assert_eq!(
        entries(r#"{"id":"a","subject":7}, {"subject":"no id"}, {"id":"b"}, 5, null"#),
        [gone("a"), gone("b")]
    );
    let far =
        r#"{"id":"c","start":{"dateTime":"99999-01-01T00:00:00"},"end":{"dateTime":"0000-00-00T00:00:00"}}"#;
    assert_eq!(entries(far), [gone("c")]);
    assert_eq!(entries(r#"{"id":"d","start":null,"end":null,"showAs":"busy"}"#), [gone("d")]);
}

#[test]
fn a_field_that_cannot_be_read_costs_nothing_but_itself() {
    let odd = event(&format!(
        r#"{{"id":"o","subject":["x"],"organizer":{{"emailAddress":"x"}},"isAllDay":"yes","isCancelled":1,"showAs":{{}},
            "sensitivity":3,"type":false,"seriesMasterId":{{}},"categories":7,"body":null,{TIMES}}}"#
    ));
    let expected =
        Properties { show_as: ShowAs::NoData, sensitivity: Sensitivity::Private, ..Properties::unknown() };
    assert_eq!((odd.kind, odd.properties), (Kind::Single, Some(expected)));
    let zone = event(
        r#"{"id":"z","subject":"x","start":{"dateTime":"2026-11-21T09:00:00","timeZone":"Customized Time Zone"},
            "end":{"dateTime":"2026-11-21T10:00:00Z","timeZone":null}}"#,
    );
    assert_eq!(zone.start.instant(), Some(1_795_251_600_000));
    assert_eq!(zone.end.instant(), Some(1_795_255_200_000));
}

#[test]
fn half_a_surrogate_pair_costs_a_character() {
    for (subject, expected) in
        [(r"Plan \ud83d", "Plan \u{fffd}"), (r"\ude00\ud83d", "\u{fffd}\u{fffd}"), (r"\ud83d\ude00", "😀")]
    {
        let event = event(&format!(r#"{{"id":"h","bodyPreview":"\udfff","subject":"{subject}",{TIMES}}}"#));
        assert_eq!(event.properties.unwrap().subject, expected);
    }
}

#[test]
fn hardening_12_a_page_with_too_many_entries_is_left_where_it_has_them() {
    let with = |number: usize| {
        let removed = vec![r#"{"id":"x","@removed":{"reason":"deleted"}}"#; number].join(",");
        let text =
            format!(r#"{{"value":[{removed}],"@odata.deltaLink":"https://graph.microsoft.com/v1.0/x?y"}}"#);
        page(text.as_bytes(), &endpoints(), 50).map(|page| page.changes.len())
    };
    assert_eq!(with(MOST_ENTRIES), Ok(MOST_ENTRIES));
    assert_eq!(with(MOST_ENTRIES + 1), Err(Unreadable));
}

#[test]
fn half_an_answer_is_none() {
    let text = r#"{"value":[],"@odata.deltaLink":"https://graph.microsoft.com/v1.0/x?y"}"#;
    assert!(page(text.as_bytes(), &endpoints(), 50).is_ok());
    for end in 0..text.len() {
        assert_eq!(page(&text.as_bytes()[..end], &endpoints(), 50), Err(Unreadable), "{end}");
    }
    assert_eq!(page(br#"{"value":[]}"#, &endpoints(), 50), Err(Unreadable), "neither link");
    assert_eq!(page(br#"{"value":[],"@odata.nextLink":"https://x/"}"#, &endpoints(), 50), Err(Unreadable));
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = page(&bytes, &endpoints(), 50);
        let _ = properties(&bytes);
    }

    #[test]
    fn no_words_in_an_event_make_it_panic(
        times in prop::array::uniform2("(-?[0-9]{1,6}-[0-9]{1,2}-[0-9]{1,2}T[0-9]{1,2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,12})?Z?|.{0,12})"),
        zone in "(UTC|Europe/Berlin|Samoa Standard Time|Pacific/Kiritimati|.{0,8})",
        kind in "(singleInstance|occurrence|exception|seriesMaster|.{0,8})",
        words in prop::array::uniform3(".{0,8}"),
        all_day: bool,
    ) {
        let point = |time: &str| serde_json::json!({"dateTime": time, "timeZone": zone});
        let [show_as, sensitivity, subject] = &words;
        let event = serde_json::json!({
            "id": "x", "type": kind, "seriesMasterId": "m", "start": point(&times[0]), "end": point(&times[1]),
            "isAllDay": all_day, "showAs": show_as, "sensitivity": sensitivity, "subject": subject,
        });
        for change in entries(&event.to_string()) {
            if let Change::Event(event) = change {
                let _ = (event.start.instant(), event.end.time());
            }
        }
    }
}
