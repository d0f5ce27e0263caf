//! `POST /users/{id}/events`, `PATCH` and `DELETE /users/{id}/events/{id}`, for single appointments.

use chrono::{DateTime, Utc};

use crate::appointment::Appointment;
use crate::calendar::{Calendar, Item, ItemKey};
use crate::delta::prefers_immutable;
use crate::directory::Entry;
use crate::error::Refusal;
use crate::event::{change_key, etag};
use crate::events;
use crate::graph::Caller;
use crate::id::EventId;
use crate::message::{Reply, Request, segment};
use crate::sim::{Sim, State};
use crate::written::{Written, read};

const WRITE: [&str; 1] = ["Calendars.ReadWrite"];

pub(crate) fn create(sim: &Sim, caller: &Caller, request: &Request, user: &str) -> Result<Reply, Refusal> {
    let id = {
        let mut state = sim.state.write();
        let (entry, now) = writable(sim, caller, &mut state, user)?;
        let event = read::<Written>(&request.body)?.into_new(entry.user.teams, entry.calendar.revision)?;
        if event.details.transaction_id.is_some() && is_taken(&entry.calendar, &event) {
            let message = "Your request can't be completed. The TransactionId provided in the request has already been \
                           used to create a different event.";
            return Err(Refusal::new(409, "ErrorDuplicateTransactionId", message));
        }
        let key = entry.calendar.add_with_transaction(event, now);
        EventId::item(entry.user.id, key).encode_as(prefers_immutable(request))
    };
    let shown = events::get(sim, caller, request, user, &id)?;
    let location = format!("{}/users('{}')/events('{id}')", sim.service_root(), segment(user));
    Ok(Reply { status: 201, ..shown }.with("location", location))
}

/// Whether something was created with this transaction, be it deleted since.
fn is_taken(calendar: &Calendar, event: &Appointment) -> bool {
    event.details.transaction_id.as_ref().is_some_and(|id| calendar.transactions.contains(id))
}

pub(crate) fn update(
    sim: &Sim,
    caller: &Caller,
    request: &Request,
    user: &str,
    id: &str,
) -> Result<Reply, Refusal> {
    {
        let mut state = sim.state.write();
        let (entry, now) = writable(sim, caller, &mut state, user)?;
        let (key, mut event) = single(entry, request, id)?;
        read::<Written>(&request.body)?.change(&mut event)?;
        let zone = entry.user.zone();
        entry.calendar.replace(key, Some(Item::Single(event)), now, &zone);
    }
    events::get(sim, caller, request, user, id)
}

pub(crate) fn delete(
    sim: &Sim,
    caller: &Caller,
    request: &Request,
    user: &str,
    id: &str,
) -> Result<Reply, Refusal> {
    let mut state = sim.state.write();
    let (entry, now) = writable(sim, caller, &mut state, user)?;
    let (key, _) = single(entry, request, id)?;
    let zone = entry.user.zone();
    entry.calendar.replace(key, None, now, &zone);
    Ok(Reply::text(204, ""))
}

/// The mailbox, if this application may write it.
fn writable<'a>(
    sim: &Sim,
    caller: &Caller,
    state: &'a mut State,
    user: &str,
) -> Result<(&'a mut Entry, DateTime<Utc>), Refusal> {
    let id = caller.mailbox(state, user, &WRITE)?.user.id;
    let entry = state.directory.find_mut(&id.to_string()).ok_or_else(Refusal::not_in_store)?;
    Ok((entry, sim.clock.now()))
}

/// The appointment of an id, if it is in the version that the client knows.
fn single(entry: &Entry, request: &Request, id: &str) -> Result<(ItemKey, Appointment), Refusal> {
    let id = EventId::decode_as(id, prefers_immutable(request))
        .ok_or_else(|| Refusal::new(400, "ErrorInvalidIdMalformed", "Id is malformed."))?;
    let zone = entry.user.zone();
    let view = (id.mailbox == entry.user.id).then(|| entry.calendar.get(id.item, &zone)).flatten();
    let view = view.ok_or_else(Refusal::not_in_store)?;
    let Item::Single(event) = view.item.as_ref() else {
        return Err(Refusal::left_out("writing of series"));
    };
    if id.occurrence.is_some() {
        return Err(Refusal::not_in_store());
    }
    let is_current = |wanted: &str| wanted == "*" || wanted == etag(&change_key(&view));
    if request.header("if-match").is_some_and(|wanted| !is_current(wanted)) {
        return Err(Refusal::new(
            412,
            "ErrorIrresolvableConflict",
            "The send or update operation could not be performed because the change key passed in the request does \
             not match the current change key for the item.",
        ));
    }
    Ok((id.item, event.clone()))
}
