//! `GET /users/{id}/calendarView` without change tracking, `/events` by a named property, and `/calendar`.

use chrono::TimeDelta;
use serde_json::{Map, Value, json};

use crate::calendar::{Item, View};
use crate::delta::{BODIES, CALENDARS, MOST_DAYS, instant, prefers_immutable, prefers_text, zone};
use crate::directory::Entry;
use crate::error::Refusal;
use crate::event::Showing;
use crate::events::is_property;
use crate::graph::Caller;
use crate::message::{Reply, Request, segment};
use crate::recurrence::Window;
use crate::select;
use crate::sim::{Sim, State};
use crate::wire::Event;
use crate::zone::Zone;

/// The most that `$top` can ask for.
const MOST_ROWS: usize = 1000;

/// What takes place in a window, occurrences of series among it, and no masters.
pub(crate) fn calendar_view(
    sim: &Sim,
    caller: &Caller,
    request: &Request,
    user: &str,
) -> Result<Reply, Refusal> {
    let state = sim.state.read();
    let entry = caller.mailbox(&state, user, &CALENDARS)?;
    check_query(request, &["$select", "$top", "$skip"])?;
    let window = window(request)?;
    let home = entry.user.zone();
    let asked = zone(request)?.unwrap_or_else(Zone::utc);
    let showing = showing(caller, &state, request, entry, &home, &asked);
    let views = entry.calendar.all(window, &home);
    let mut events: Vec<Event<'_>> = Vec::new();
    for view in &views {
        match view.item.as_ref() {
            Item::Single(one) if window.holds(one.time, &home) => events.push(showing.item(view)),
            Item::Single(_) => {}
            Item::Series(series) => {
                let occurrences = series.occurrences(window, &home);
                events.extend(occurrences.iter().map(|of| showing.occurrence(view, series, of)));
            }
        }
    }
    answer(sim, request, user, "calendarView", &events)
}

/// Events with a named property of a value: the one filter that is known here.
pub(crate) fn marked(sim: &Sim, caller: &Caller, request: &Request, user: &str) -> Result<Reply, Refusal> {
    let state = sim.state.read();
    let entry = caller.mailbox(&state, user, &CALENDARS)?;
    check_query(request, &["$select", "$top", "$skip", "$filter"])?;
    let (id, value) = request
        .query
        .get("$filter")
        .and_then(property)
        .ok_or_else(|| Refusal::left_out("events without a filter for a named property"))?;
    let has = |view: &&View<'_>| match view.item.as_ref() {
        Item::Single(one) => one.details.properties.get(&id.to_lowercase()) == Some(&value),
        Item::Series(_) => false,
    };
    let home = entry.user.zone();
    let asked = zone(request)?.unwrap_or_else(Zone::utc);
    let showing = showing(caller, &state, request, entry, &home, &asked);
    let whole = Window { start: chrono::DateTime::UNIX_EPOCH, end: chrono::DateTime::UNIX_EPOCH };
    let views = entry.calendar.all(whole, &home);
    let events: Vec<Event<'_>> = views.iter().filter(has).map(|view| showing.item(view)).collect();
    answer(sim, request, user, "events", &events)
}

/// What the calendar of a mailbox offers.
pub(crate) fn calendar(sim: &Sim, caller: &Caller, request: &Request, user: &str) -> Result<Reply, Refusal> {
    let state = sim.state.read();
    let entry = caller.mailbox(&state, user, &CALENDARS)?;
    let is_property = |name: &str| {
        matches!(
            name,
            "id" | "name" | "canEdit" | "allowedOnlineMeetingProviders" | "defaultOnlineMeetingProvider"
        )
    };
    let select = select::read(request, "microsoft.graph.calendar", is_property)?;
    let providers: &[&str] = if entry.user.teams { &["teamsForBusiness"] } else { &[] };
    let mut object = Map::new();
    let context = format!("{}/$metadata#users('{}')/calendar/$entity", sim.service_root(), segment(user));
    object.insert("@odata.context".into(), context.into());
    object.insert("id".into(), json!("AAMkCalendar"));
    object.insert("name".into(), json!("Calendar"));
    object.insert("canEdit".into(), json!(true));
    object.insert("allowedOnlineMeetingProviders".into(), json!(providers));
    let default = if entry.user.teams { "teamsForBusiness" } else { "unknown" };
    object.insert("defaultOnlineMeetingProvider".into(), json!(default));
    let object = match select {
        Some(names) => select::keep(object, &names),
        None => object,
    };
    Ok(Reply::json(200, &object))
}

fn showing<'a>(
    caller: &Caller,
    state: &State,
    request: &Request,
    entry: &'a Entry,
    home: &'a Zone,
    zone: &'a Zone,
) -> Showing<'a> {
    Showing {
        owner: &entry.user,
        home,
        zone,
        bodies: caller.has(&state.applications, &BODIES, entry.user.in_scope),
        as_text: prefers_text(request),
        is_immutable: prefers_immutable(request),
    }
}

fn check_query(request: &Request, known: &[&str]) -> Result<(), Refusal> {
    let mut names = request.query.names().map(str::to_lowercase);
    match names.find(|name| name.starts_with('$') && !known.contains(&name.as_str())) {
        Some(name) => Err(Refusal::left_out(&format!("{name} here"))),
        None => Ok(()),
    }
}

fn window(request: &Request) -> Result<Window, Refusal> {
    let at = |name: &str| {
        let text = request.query.get(name);
        text.ok_or_else(|| {
            Refusal::parameter(
                "This request requires a time window specified by the query string parameters StartDateTime and \
                 EndDateTime.",
            )
        })
        .and_then(|text| instant(name, text))
    };
    let window = Window { start: at("StartDateTime")?, end: at("EndDateTime")? };
    if window.end < window.start || window.end - window.start > TimeDelta::days(MOST_DAYS) {
        return Err(Refusal::parameter("The time window is not valid."));
    }
    Ok(window)
}

/// `singleValueExtendedProperties/any(ep: ep/id eq '…' and ep/value eq '…')`.
fn property(filter: &str) -> Option<(String, String)> {
    let rest = filter.trim().strip_prefix("singleValueExtendedProperties/")?;
    let rest = rest.strip_prefix("any(").or_else(|| rest.strip_prefix("Any("))?.strip_suffix(')')?;
    let (name, rest) = rest.split_once(':')?;
    let (one, other) = rest.split_once("' and ")?;
    let literal = |text: &str, field: &str| {
        let text = text.trim().strip_prefix(&format!("{}/{field} eq '", name.trim()))?;
        Some(text.strip_suffix('\'').unwrap_or(text).replace("''", "'"))
    };
    Some((literal(one, "id")?, literal(other, "value")?))
}

/// A page of events, with a link to the next.
fn answer(
    sim: &Sim,
    request: &Request,
    user: &str,
    path: &str,
    events: &[Event<'_>],
) -> Result<Reply, Refusal> {
    let number = |name: &str| request.query.get(name).and_then(|text| text.parse::<usize>().ok());
    let (top, skip) = (number("$top").unwrap_or(10).clamp(1, MOST_ROWS), number("$skip").unwrap_or(0));
    let select = select::read(request, "microsoft.graph.event", is_property)?;
    let show = |event: &Event<'_>| match (serde_json::to_value(event), &select) {
        (Ok(Value::Object(event)), Some(names)) => Value::Object(select::keep(event, names)),
        (event, _) => event.unwrap_or_default(),
    };
    let value: Vec<Value> = events.iter().skip(skip).take(top).map(show).collect();
    let mut object = Map::new();
    let key = segment(user);
    object.insert(
        "@odata.context".into(),
        json!(format!("{}/$metadata#users('{key}')/{path}", sim.service_root())),
    );
    if events.len() > skip + value.len() {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for name in ["startDateTime", "endDateTime", "$select", "$filter", "$top"] {
            if let Some(value) = request.query.get(name) {
                query.append_pair(name, value);
            }
        }
        query.append_pair("$skip", &(skip + value.len()).to_string());
        let link = format!("{}/users/{key}/{path}?{}", sim.service_root(), query.finish());
        object.insert("@odata.nextLink".into(), json!(link));
    }
    object.insert("value".into(), json!(value));
    Ok(Reply::json(200, &object))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_for_a_named_property_is_taken_apart() {
        let filter =
            "singleValueExtendedProperties/Any(ep: ep/id eq 'String {a} Name b' and ep/value eq 'it''s')";
        assert_eq!(property(filter), Some(("String {a} Name b".to_owned(), "it's".to_owned())));
        assert_eq!(property("subject eq 'x'"), None);
    }
}
