//! What colleagues see.

use chrono::{DateTime, Days, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use graph_sim::{Appointment, Change, Series, ShowAs, Time};
use serde_json::json;

use super::{KINDS, Kind, Site, shown};
use crate::sync::world::{address, busy, now, running};

#[tokio::test(flavor = "multi_thread")]
async fn an_appointment_is_added_moved_made_private_and_cancelled() {
    for kind in KINDS {
        let site = Site::new(kind, &["anna", "bert"], json!({})).await;
        let (world, exchange) = (&site.world, &site.exchange);
        let (meeting, end) = running("Meeting", 30);
        let id = site.add("anna", meeting);
        world.until("anna", &busy("Meeting", end)).await;
        assert_eq!(world.pbx.calendar_presence("anna").unwrap().activity, "busy");
        let later = end + TimeDelta::minutes(15);
        let moved = Change::time(now() - TimeDelta::hours(1), later);
        exchange.change(&address("anna"), &id, None, moved).unwrap();
        world.until("anna", &busy("Meeting", later)).await;
        exchange.change(&address("anna"), &id, None, Change::private()).unwrap();
        world.until("anna", &busy("Private", later)).await;
        exchange.change(&address("anna"), &id, None, Change::cancel()).unwrap();
        world.until("anna", "Free").await;
        assert_eq!(world.pbx.calendar_presence("anna").unwrap().activity, "");
        assert_eq!((world.pbx.writes("anna"), world.pbx.writes("bert")), (5, 1), "only on change");
        site.no_violations();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_day_made_in_another_zone_keeps_its_date() {
    for kind in KINDS {
        let site = Site::new(kind, &["anna"], json!({})).await;
        let zone = Tz::Pacific__Auckland;
        let today = Utc::now().with_timezone(&zone).date_naive();
        let end = today + Days::new(1);
        let vacation = Appointment { show_as: ShowAs::Oof, ..Appointment::whole_day("Vacation", today, end) };
        site.exchange.add_in(&address("anna"), "New Zealand Standard Time", vacation).unwrap();
        let until = zone.from_local_datetime(&end.and_time(NaiveTime::MIN)).unwrap().timestamp_millis();
        let date = end.format("%d/%m/%Y");
        let note = format!("Vacation until {date} #away #len:8:8 #until:{until} #whole-day");
        site.world.until("anna", &note).await;
        site.no_violations();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_series_shows_its_occurrences_and_their_exceptions() {
    for kind in KINDS {
        let site = Site::new(kind, &["anna"], json!({})).await;
        let (today, end) = running("Jour fixe", 30);
        let Time::Hours { start, .. } = today.time else { panic!() };
        let week = TimeDelta::weeks(1);
        let first = Appointment::new("Jour fixe", start - week, end - week);
        let series = site.exchange.add_series(&address("anna"), Series::weekly(first)).unwrap();
        site.world.until("anna", &busy("Jour fixe", end)).await;
        let longer = end + TimeDelta::minutes(10);
        let change = Change { subject: Some("Changed".to_owned()), ..Change::time(start, longer) };
        // The mailbox is in UTC.
        let date = Some(start.date_naive());
        site.exchange.change(&address("anna"), &series, date, change).unwrap();
        site.world.until("anna", &busy("Changed", longer)).await;
        site.exchange.delete(&address("anna"), &series, date).unwrap();
        site.world.until("anna", "Free").await;
        site.no_violations();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn working_elsewhere_and_exceptions_by_organizer_are_shown_as_the_settings_say() {
    let boss = "boss";
    for kind in KINDS {
        // One of them is written as a name that only the directory knows.
        let organizers = format!("{}; partner@other.example", address(boss));
        let settings = json!({
            "tentativeOrganizer": organizers, "showTentativeExceptionTitle": true,
            // Busy.
            "mapWorkingElsewhere": 1,
        });
        let site = Site::new(kind, &["anna", "bert", "carl", "dora", boss], settings).await;
        let (meeting, end) = running("Review", 30);
        site.add("anna", Appointment { show_as: ShowAs::WorkingElsewhere, ..meeting.clone() });
        site.world.until("anna", &busy("Review", end)).await;
        let tentative = |organizer: &str| Appointment {
            show_as: ShowAs::Tentative,
            organizer: Some(organizer.to_owned()),
            ..meeting.clone()
        };
        site.add("carl", tentative(&address(boss)));
        site.world.until("carl", &shown("Review", "away", end)).await;
        site.add("dora", tentative("PARTNER@other.example"));
        site.world.until("dora", &shown("Review", "away", end)).await;
        // Had that of somebody else been shown, it would have been before the next one.
        site.add("bert", tentative("nobody@other.example"));
        let (next, end) = earlier();
        site.add("bert", next);
        site.world.until("bert", &busy("Next", end)).await;
        assert_eq!(site.world.pbx.writes("bert"), 2);
        site.no_violations();
    }
}

/// An appointment that ends before the others.
fn earlier() -> (Appointment, DateTime<Utc>) {
    running("Next", 20)
}

#[tokio::test(flavor = "multi_thread")]
async fn both_ways_of_finding_mailboxes_and_both_servers_lead_to_the_same_notes() {
    for kind in KINDS {
        // By the account and inside; by the addresses of the PBX and outside.
        for (resolving, server) in [(0, 1), (1, 0)] {
            let mut settings = json!({"nameResolving": resolving});
            if kind == Kind::OnPremises {
                settings["exchangeServer"] = json!(server);
            }
            let site = Site::new(kind, &["anna"], settings).await;
            let (meeting, end) = running("Meeting", 30);
            site.add("anna", meeting);
            site.world.until("anna", &busy("Meeting", end)).await;
            let counts = site.exchange.counts();
            let resolved = counts.of(exchange_sim::Operation::ResolveNames) > 0;
            assert_eq!(resolved, resolving == 0, "{kind:?}");
            if kind == Kind::OnPremises {
                let name = if server == 1 { "exch" } else { "mail" };
                assert!(counts.hosts.contains_key(&format!("{name}.contoso.example")), "{counts:?}");
            }
            site.no_violations();
        }
    }
}
