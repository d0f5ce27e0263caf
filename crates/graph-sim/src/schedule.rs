//! `POST /users/{id}/calendar/getSchedule`: when somebody is busy, without ids.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::appointment::{Appointment, Sensitivity, Time};
use crate::calendar::Item;
use crate::delta::{CALENDARS, zone};
use crate::directory::{Entry, Mailbox};
use crate::error::Refusal;
use crate::graph::Caller;
use crate::message::{Reply, Request};
use crate::recurrence::Window;
use crate::sim::{Sim, State};
use crate::written::{At, read};
use crate::zone::Zone;

/// Mailboxes in a request.
const MOST_SCHEDULES: usize = 20;
/// The longest time.
const MOST_DAYS: i64 = 42;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Asked {
    schedules: Vec<String>,
    start_time: At,
    end_time: At,
    #[serde(default)]
    availability_view_interval: Option<u32>,
}

pub(crate) fn answer(sim: &Sim, caller: &Caller, request: &Request, user: &str) -> Result<Reply, Refusal> {
    let state = sim.state.read();
    caller.mailbox(&state, user, &CALENDARS)?;
    let asked: Asked = read(&request.body)?;
    let window = Window { start: asked.start_time.instant()?, end: asked.end_time.instant()? };
    let interval = asked.availability_view_interval.unwrap_or(30);
    let is_possible = window.end > window.start
        && window.end - window.start <= TimeDelta::days(MOST_DAYS)
        && (5..=1440).contains(&interval)
        && (1..=MOST_SCHEDULES).contains(&asked.schedules.len());
    if !is_possible {
        return Err(Refusal::parameter("The time, the interval or the number of schedules is not valid."));
    }
    let shown = zone(request)?.unwrap_or_else(Zone::utc);
    let schedules = asked.schedules.iter().map(|address| schedule(&state, address, window, &shown));
    let value: Vec<Value> = schedules.collect();
    let context = format!("{}/$metadata#Collection(microsoft.graph.scheduleInformation)", sim.service_root());
    Ok(Reply::json(200, &json!({"@odata.context": context, "value": value})))
}

fn schedule(state: &State, address: &str, window: Window, shown: &Zone) -> Value {
    let found = state.directory.find(address).or_else(|| {
        let smtp = format!("smtp:{}", address.to_lowercase());
        state.directory.with_address(&smtp).into_iter().next()
    });
    let Some(entry) = found.filter(|entry| entry.user.mailbox == Mailbox::Online) else {
        return json!({"scheduleId": address, "availabilityView": "", "error": {
            "message": "Unable to resolve e-mail address to an Active Directory object.",
            "responseCode": "ErrorMailRecipientNotFound"}});
    };
    json!({"scheduleId": address, "availabilityView": "", "scheduleItems": items(entry, window, shown)})
}

fn items(entry: &Entry, window: Window, shown: &Zone) -> Vec<Value> {
    let home = entry.user.zone();
    let mut items: Vec<(DateTime<Utc>, Value)> = Vec::new();
    let mut add = |one: &Appointment, time: Time| {
        let (start, end) = match time {
            Time::Hours { start, end } => (start, end),
            Time::Days { start, end } => (home.start_of(start), home.start_of(end)),
        };
        let at = |instant: DateTime<Utc>| {
            let wall = shown.local(instant).format("%Y-%m-%dT%H:%M:%S.0000000").to_string();
            json!({"dateTime": wall, "timeZone": shown.name})
        };
        let is_private = one.sensitivity != Sensitivity::Normal;
        let mut item =
            json!({"isPrivate": is_private, "status": one.show_as, "start": at(start), "end": at(end)});
        if let Some(item) = item.as_object_mut().filter(|_| !is_private) {
            item.insert("subject".into(), json!(one.subject));
            item.insert("location".into(), json!(one.details.location));
        }
        items.push((start, item));
    };
    for view in entry.calendar.all(window, &home) {
        match view.item.as_ref() {
            Item::Single(one) if window.holds(one.time, &home) && !one.cancelled => add(one, one.time),
            Item::Single(_) => {}
            Item::Series(series) => {
                for of in series.occurrences(window, &home) {
                    add(of.exception.unwrap_or(&series.first), of.time);
                }
            }
        }
    }
    items.sort_by_key(|(start, _)| *start);
    items.into_iter().map(|(_, item)| item).collect()
}
