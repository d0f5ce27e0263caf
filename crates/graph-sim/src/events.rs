//! `GET /users/{id}/events/{id}`: a single appointment, the master of a series, or an occurrence, with all fields.

use serde_json::Value;

use crate::calendar::Item;
use crate::delta::{BODIES, CALENDARS, prefers_immutable, prefers_text, zone};
use crate::error::Refusal;
use crate::event::Showing;
use crate::graph::Caller;
use crate::id::EventId;
use crate::message::{Reply, Request, segment};
use crate::select;
use crate::sim::Sim;
use crate::zone::Zone;

pub(crate) fn get(
    sim: &Sim,
    caller: &Caller,
    request: &Request,
    user: &str,
    id: &str,
) -> Result<Reply, Refusal> {
    let state = sim.state.read();
    let entry = caller.mailbox(&state, user, &CALENDARS)?;
    let select = select::read(request, "microsoft.graph.event", is_property)?;
    let id = EventId::decode_as(id, prefers_immutable(request))
        .ok_or_else(|| Refusal::new(400, "ErrorInvalidIdMalformed", "Id is malformed."))?;
    let (home, utc, zone) = (entry.user.zone(), Zone::utc(), zone(request)?);
    let showing = Showing {
        owner: &entry.user,
        home: &home,
        zone: zone.as_ref().unwrap_or(&utc),
        bodies: caller.has(&state.applications, &BODIES, entry.user.in_scope),
        as_text: prefers_text(request),
        is_immutable: prefers_immutable(request),
    };
    // An id of another mailbox is well-formed and leads nowhere here.
    let view = (id.mailbox == entry.user.id).then(|| entry.calendar.get(id.item, &home)).flatten();
    let view = view.ok_or_else(Refusal::not_in_store)?;
    let mut event = match (view.item.as_ref(), id.occurrence) {
        (_, None) => showing.item(&view),
        (Item::Series(series), Some(date)) => {
            let occurrence = series.occurrence(date, &home).ok_or_else(Refusal::not_in_store)?;
            showing.occurrence(&view, series, &occurrence)
        }
        (Item::Single(_), Some(_)) => return Err(Refusal::not_in_store()),
    };
    let chosen = select.as_ref().map(|names| format!("({})", names.join(","))).unwrap_or_default();
    let key = segment(user);
    event.context = Some(format!("{}/$metadata#users('{key}')/events{chosen}/$entity", sim.service_root()));
    let mut reply = match select {
        None => Reply::json(200, &event),
        Some(names) => {
            let event = serde_json::to_value(&event).unwrap_or_default();
            let Value::Object(event) = event else { return Err(Refusal::not_in_store()) };
            Reply::json(200, &select::keep(event, &names))
        }
    };
    if let Some(zone) = &zone {
        reply = reply.with("preference-applied", format!("outlook.timezone=\"{}\"", zone.name));
    }
    Ok(reply)
}

const PROPERTIES: &str = " allowNewTimeProposals attendees body bodyPreview categories changeKey createdDateTime end \
    hasAttachments hideAttendees iCalUId id importance isAllDay isCancelled isDraft isOnlineMeeting isOrganizer \
    isReminderOn lastModifiedDateTime location locations onlineMeeting onlineMeetingProvider onlineMeetingUrl organizer \
    originalEndTimeZone originalStartTimeZone recurrence reminderMinutesBeforeStart responseRequested responseStatus \
    sensitivity seriesMasterId showAs start subject transactionId type webLink ";

pub(crate) fn is_property(name: &str) -> bool {
    PROPERTIES.contains(&format!(" {name} "))
}
