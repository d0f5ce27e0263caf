//! `GET /users/{id}/calendarView/delta`.

use chrono::{DateTime, Datelike, NaiveDateTime, TimeDelta, Utc};
use serde::Serialize;

use crate::calendar::{Item, ItemKey, View};
use crate::delta_token::{Kind, Round};
use crate::directory::Entry;
use crate::error::Refusal;
use crate::event::{Showing, removed};
use crate::graph::Caller;
use crate::id::EventId;
use crate::message::{Reply, Request, segment};
use crate::recurrence::Window;
use crate::sim::{Paging, Sim};
use crate::wire::Row;
use crate::zone::Zone;

pub(crate) const CALENDARS: [&str; 4] =
    ["Calendars.Read", "Calendars.ReadWrite", "Calendars.ReadBasic", "Calendars.ReadBasic.All"];
/// Permissions that show bodies, too.
pub(crate) const BODIES: [&str; 2] = ["Calendars.Read", "Calendars.ReadWrite"];

/// The longest window that calendar views take.
pub(crate) const MOST_DAYS: i64 = 1825;
/// The most events that `odata.maxpagesize` can ask for.
const MOST_ROWS: usize = 1000;

#[derive(Serialize)]
struct Page<'a> {
    #[serde(rename = "@odata.context")]
    context: String,
    #[serde(rename = "@odata.nextLink", skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    #[serde(rename = "@odata.deltaLink", skip_serializing_if = "Option::is_none")]
    delta: Option<String>,
    value: Vec<Row<'a>>,
}

pub(crate) fn answer(sim: &Sim, caller: &Caller, request: &Request, user: &str) -> Result<Reply, Refusal> {
    let state = sim.state.read();
    let entry = caller.mailbox(&state, user, &CALENDARS)?;
    check_query(request)?;
    let (round, is_first) = round(sim, request, user, entry)?;
    let (home, utc, zone) = (entry.user.zone(), Zone::utc(), zone(request)?);
    let showing = Showing {
        owner: &entry.user,
        home: &home,
        zone: zone.as_ref().unwrap_or(&utc),
        bodies: caller.has(&state.applications, &BODIES, entry.user.in_scope),
        as_text: prefers_text(request),
        is_immutable: prefers_immutable(request),
    };
    let size = page_size(request);
    let views = views(entry, &round, &home);
    let (value, last) = if is_first && state.paging.empty_first {
        // The next page then begins after an item that comes before all others.
        (Vec::new(), Some(ItemKey::from_bits(0)))
    } else {
        page(&views, &round, showing, state.paging, size.unwrap_or(state.paging.size))
    };
    sim.counters.rows(value.len());
    let (next, delta) = links(sim, user, round, last);
    let context = format!("{}/$metadata#Collection(event)", sim.service_root());
    let reply = Reply::json(200, &Page { context, next, delta, value });
    Ok(reply.with("preference-applied", applied(zone.as_ref(), size)))
}

/// The link to the next page of the round, or to the next round.
fn links(sim: &Sim, user: &str, round: Round, last: Option<ItemKey>) -> (Option<String>, Option<String>) {
    let link = |kind, name: &str, round: Round| {
        format!("{}?{name}={}", address(sim, user), round.encode(kind, &sim.seal))
    };
    if last.is_some() {
        (Some(link(Kind::Skip, "$skiptoken", Round { after: last, ..round })), None)
    } else {
        let next = Round { from: Some(round.to), after: None, ..round };
        (None, Some(link(Kind::Delta, "$deltatoken", next)))
    }
}

/// Refuses what change tracking over calendar views does not support.
fn check_query(request: &Request) -> Result<(), Refusal> {
    const REFUSED: [&str; 5] = ["$orderby", "$filter", "$select", "$expand", "$search"];
    let names: Vec<String> = request.query.names().map(str::to_lowercase).collect();
    if names.iter().any(|name| REFUSED.contains(&name.as_str())) {
        return Err(Refusal::new(
            400,
            "ErrorInvalidUrlQuery",
            "The following parameters are not supported with change tracking over the 'CalendarView' resource: \
             '$orderby, $filter, $select, $expand, $search'.",
        ));
    }
    if names.iter().any(|name| name == "$top") {
        return Err(Refusal::new(
            400,
            "ErrorInvalidUrlQuery",
            "The '$top' parameter is not supported with change tracking over the 'CalendarView' resource as page size \
             cannot be guaranteed. Express page size preferences using the Prefer: odata.maxpagesize= header instead.",
        ));
    }
    let unknown = names
        .iter()
        .find(|name| name.starts_with('$') && !matches!(name.as_str(), "$skiptoken" | "$deltatoken"));
    match unknown {
        Some(name) => Err(Refusal::new(
            400,
            "ErrorInvalidUrlQuery",
            format!("The '{name}' parameter is not supported."),
        )),
        None => Ok(()),
    }
}

/// The round of this request, and whether it is the first request of a first round.
fn round(sim: &Sim, request: &Request, user: &str, entry: &Entry) -> Result<(Round, bool), Refusal> {
    let window = request.query.get("startDateTime").is_some() || request.query.get("endDateTime").is_some();
    let tokens = [(Kind::Skip, "$skiptoken"), (Kind::Delta, "$deltatoken")];
    let mut given = tokens.into_iter().filter_map(|(kind, name)| Some((kind, request.query.get(name)?)));
    let Some((kind, token)) = given.next() else {
        return Ok((first_round(request, entry)?, true));
    };
    if window || given.next().is_some() {
        // The window is part of the token: who sends another one believes that it counts.
        return Err(Refusal::parameter("A state token goes with no other parameter."));
    }
    let round = Round::decode(token, kind, &sim.seal)
        .filter(|round| round.mailbox == entry.user.id)
        .ok_or_else(|| gone(sim, user, "SyncStateInvalid", "The sync state is invalid.".into()))?;
    let highest = entry.calendar.generation;
    if round.generation != highest {
        let message = format!(
            "The sync state generation is not found; generation={};[highest={highest}].",
            round.generation
        );
        return Err(gone(sim, user, "SyncStateNotFound", message));
    }
    let to = if kind == Kind::Delta { entry.calendar.revision } else { round.to };
    Ok((Round { to, ..round }, false))
}

fn gone(sim: &Sim, user: &str, code: &'static str, message: String) -> Refusal {
    Refusal::new(410, code, message).with("location", format!("{}?$deltatoken=", address(sim, user)))
}

fn address(sim: &Sim, user: &str) -> String {
    format!("{}/users/{}/calendarView/delta", sim.service_root(), segment(user))
}

fn first_round(request: &Request, entry: &Entry) -> Result<Round, Refusal> {
    let (Some(start), Some(end)) = (request.query.get("startDateTime"), request.query.get("endDateTime"))
    else {
        return Err(Refusal::parameter(
            "This request requires a time window specified by the query string parameters StartDateTime and \
             EndDateTime.",
        ));
    };
    let window = Window { start: instant("StartDateTime", start)?, end: instant("EndDateTime", end)? };
    if window.end <= window.start {
        return Err(Refusal::parameter("The end of the time window has to be after its start."));
    }
    if window.end - window.start > TimeDelta::days(MOST_DAYS) {
        let message = format!(
            "Your request can't be completed. The range between the start and end dates is greater than the allowed \
             range. Maximum number of days: {MOST_DAYS}"
        );
        return Err(Refusal::new(400, "ErrorInvalidRequest", message));
    }
    let calendar = &entry.calendar;
    Ok(Round {
        mailbox: entry.user.id,
        generation: calendar.generation,
        window,
        from: None,
        to: calendar.revision,
        after: None,
    })
}

/// ISO 8601 with an offset, or without one, which means UTC.
pub(crate) fn instant(name: &str, text: &str) -> Result<DateTime<Utc>, Refusal> {
    let with_offset = DateTime::parse_from_rfc3339(text).map(|instant| instant.with_timezone(&Utc));
    let parsed = with_offset.or_else(|_| text.parse::<NaiveDateTime>().map(|local| local.and_utc()));
    parsed
        .ok()
        .filter(|instant| (1..=9998).contains(&instant.year()))
        .ok_or_else(|| Refusal::parameter(format!("The value '{text}' of parameter '{name}' is invalid.")))
}

/// The items of the round that come after the pages before, deleted ones as `None`.
fn views<'a>(entry: &'a Entry, round: &Round, home: &Zone) -> Vec<(ItemKey, Option<View<'a>>)> {
    let after = |key: ItemKey| round.after.is_none_or(|after| key > after);
    let Some(from) = round.from else {
        let all = entry.calendar.all(round.window, home).into_iter();
        return all
            .filter(|view| view.changed <= round.to && after(view.key))
            .map(|view| (view.key, Some(view)))
            .collect();
    };
    let changes = entry.calendar.changes(from, round.to).filter(|(key, _)| after(*key));
    changes.map(|(key, stored)| (key, stored.view(key))).collect()
}

/// The rows of one page, and the last item on it unless the round ends here. A series is never divided.
fn page<'a>(
    views: &'a [(ItemKey, Option<View<'a>>)],
    round: &Round,
    showing: Showing<'a>,
    paging: Paging,
    size: usize,
) -> (Vec<Row<'a>>, Option<ItemKey>) {
    let mut rows = Vec::new();
    let mut views = views.iter().peekable();
    while let Some((key, view)) = views.next() {
        let shown = view.as_ref().map_or_else(Vec::new, |view| rows_of(view, round.window, showing, paging));
        if shown.is_empty() && round.from.is_some() {
            rows.push(removed(EventId::item(showing.owner.id, *key)));
        }
        rows.extend(shown);
        if rows.len() >= size && views.peek().is_some() {
            return (rows, Some(*key));
        }
    }
    (rows, None)
}

/// What an item has in the window: itself, or the master and the occurrences of a series.
fn rows_of<'a>(view: &'a View<'a>, window: Window, showing: Showing<'a>, paging: Paging) -> Vec<Row<'a>> {
    match view.item.as_ref() {
        Item::Single(appointment) if window.holds(appointment.time, showing.home) => {
            vec![Row::Full(Box::new(showing.item(view).in_delta()))]
        }
        Item::Single(_) => Vec::new(),
        Item::Series(series) => {
            let occurrences = series.occurrences(window, showing.home);
            let mut rows = Vec::with_capacity(occurrences.len() + 1);
            if !occurrences.is_empty() && !paging.without_masters {
                rows.push(Row::Full(Box::new(showing.item(view).in_delta())));
            }
            rows.extend(occurrences.iter().map(|of| showing.occurrence_row(view, series, of)));
            rows
        }
    }
}

/// The zone asked for; `None` stands for UTC.
pub(crate) fn zone(request: &Request) -> Result<Option<Zone>, Refusal> {
    let Some(name) = request.preference("outlook.timezone") else { return Ok(None) };
    let unsupported = || {
        let message = format!(
            "A valid TimeZone value must be specified. The following TimeZone value is not supported: '{name}'."
        );
        Refusal::new(400, "TimeZoneNotSupportedException", message)
    };
    Zone::named(name).map(Some).ok_or_else(unsupported)
}

pub(crate) fn prefers_text(request: &Request) -> bool {
    request.preference("outlook.body-content-type").is_some_and(|kind| kind.eq_ignore_ascii_case("text"))
}

pub(crate) fn prefers_immutable(request: &Request) -> bool {
    request.preference("IdType").is_some_and(|kind| kind.eq_ignore_ascii_case("ImmutableId"))
}

/// A preference that makes no sense is not applied, which is what preferences are.
fn page_size(request: &Request) -> Option<usize> {
    let size: usize = request.preference("odata.maxpagesize")?.parse().ok()?;
    (size > 0).then_some(size.min(MOST_ROWS))
}

fn applied(zone: Option<&Zone>, size: Option<usize>) -> String {
    let mut applied = vec!["odata.track-changes".to_owned()];
    applied.extend(size.map(|size| format!("odata.maxpagesize={size}")));
    applied.extend(zone.map(|zone| format!("outlook.timezone=\"{}\"", zone.name)));
    applied.join(", ")
}
