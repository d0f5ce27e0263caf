//! Reading, changing and deleting what a caller has written.

use super::caller::{Caller, Right};
use super::draft::{ChangeDraft, OnConflict};
use super::free::{conflict, conflicts};
use super::office::{Appointments, Trace, now};
use super::once::{Kept, Written};
use super::problem::{Problem, Why};
use super::receipt::Receipt;
use super::time::{check_now, span};
use crate::source::Error;
use crate::source::writing::{Change, Event, Failure, Slot, When, Writable};

/// An appointment that a caller has written.
struct Own {
    number: i64,
    mailbox: String,
    place: String,
    event: String,
    is_online: bool,
}

impl Own {
    fn receipt(&self, event: &Event) -> Receipt {
        Receipt::new(self.number, &self.mailbox, &Written::of(event, event.when.clone()))
    }
}

impl Appointments {
    /// An appointment of the caller's own; what it says is for those who may read.
    pub async fn get(&self, caller: &Caller, id: &str) -> Result<Receipt, Problem> {
        if !caller.may(Right::Read) && !caller.may(Right::Write) {
            return Err(Problem::right("read"));
        }
        let own = self.own(caller, id).await?;
        let source = self.source().await?;
        let event = source.get(&own.place, &own.event).await?.ok_or_else(Problem::not_found)?;
        let receipt = own.receipt(&event);
        let is_all_day = matches!(event.when, When::Days { .. });
        let may_read = caller.may(Right::Read);
        Ok(if may_read { receipt.with_details(event.content, is_all_day) } else { receipt })
    }

    /// Changes an appointment that is in this version.
    pub async fn update(
        &self,
        caller: &Caller,
        id: &str,
        version: &str,
        draft: &ChangeDraft,
    ) -> Result<Receipt, Problem> {
        let mut trace = Trace::default();
        let updated = self.update_traced(caller, id, version, draft, &mut trace).await;
        let result = updated.as_ref().err().map_or("ok", |problem| problem.why.word());
        self.note(caller, "update", &trace, result).await;
        updated
    }

    async fn update_traced(
        &self,
        caller: &Caller,
        id: &str,
        version: &str,
        draft: &ChangeDraft,
        trace: &mut Trace,
    ) -> Result<Receipt, Problem> {
        self.may_write(caller)?;
        let (asked, mut change) = draft.checked()?;
        let own = self.traced(caller, id, trace).await?;
        if own.is_online && change.notes.is_some() {
            let message = "The notes of an online appointment cannot be changed: they hold its link.";
            return Err(Problem::invalid("notes", message));
        }
        let _turn = self.limits.turn(caller, &own.mailbox).await?;
        self.limits.count(caller)?;
        let source = self.source().await?;
        let event = current(&*source, &own, version).await?.ok_or_else(Problem::not_found)?;
        if let Some(asked) = asked {
            let zone = if asked.lacks_zone() { source.zone(&own.place).await? } else { String::new() };
            change.when = Some(asked.when(&zone));
        }
        let when = change.when.clone().unwrap_or_else(|| event.when.clone());
        trace.span = Some(span(&when));
        if change.when.is_some() {
            check_now(&when, now())?;
        }
        let is_moved = change.when.is_some() || change.show_as.is_some();
        if is_moved && draft.on_conflict == OnConflict::Refuse {
            check_free(&*source, &own, &when).await?;
        }
        if change == Change::default() {
            return Ok(own.receipt(&event));
        }
        let updated = match source.update(&own.place, &own.event, version, &change).await {
            Ok(updated) => updated,
            Err(Failure::Lost(error)) => found_changed(&*source, &own, version, &change, error).await?,
            Err(failure) => return Err(refusal(failure)),
        };
        Ok(own.receipt(&updated))
    }

    /// Deletes an appointment that is in this version, or gone already.
    pub async fn delete(&self, caller: &Caller, id: &str, version: &str) -> Result<(), Problem> {
        let mut trace = Trace::default();
        let deleted = self.delete_traced(caller, id, version, &mut trace).await;
        let result = deleted.as_ref().err().map_or("ok", |problem| problem.why.word());
        self.note(caller, "delete", &trace, result).await;
        deleted
    }

    async fn delete_traced(
        &self,
        caller: &Caller,
        id: &str,
        version: &str,
        trace: &mut Trace,
    ) -> Result<(), Problem> {
        self.may_write(caller)?;
        let own = self.traced(caller, id, trace).await?;
        let _turn = self.limits.turn(caller, &own.mailbox).await?;
        self.limits.count(caller)?;
        let source = self.source().await?;
        let Some(event) = current(&*source, &own, version).await? else { return Ok(()) };
        trace.span = Some(span(&event.when));
        match source.delete(&own.place, &own.event, version).await {
            Ok(()) | Err(Failure::Gone) => Ok(()),
            Err(Failure::Lost(_)) => match source.get(&own.place, &own.event).await {
                Ok(None) => Ok(()),
                _ => Err(Problem::unknown()),
            },
            Err(failure) => Err(refusal(failure)),
        }
    }

    async fn traced(&self, caller: &Caller, id: &str, trace: &mut Trace) -> Result<Own, Problem> {
        trace.id = id.parse().ok();
        let own = self.own(caller, id).await?;
        trace.mailbox = Some(own.mailbox.clone());
        Ok(own)
    }

    /// An appointment that this caller has written, in a mailbox that is still in its list.
    async fn own(&self, caller: &Caller, id: &str) -> Result<Own, Problem> {
        let number: i64 = id.parse().map_err(|_| Problem::not_found())?;
        let row = self.store()?.by_number(number).await?.ok_or_else(Problem::not_found)?;
        if row.caller != caller.id {
            return Err(Problem::new(
                Why::NotYours,
                "This appointment is not one that the caller has written.",
            ));
        }
        let Kept { mailbox, place, event, online, .. } = Kept::read(&row)?;
        if !caller.has(&mailbox) {
            return Err(Problem::mailbox());
        }
        let event = event.ok_or_else(Problem::not_found)?;
        Ok(Own { number, mailbox, place, event, is_online: online })
    }
}

/// The appointment as it stands there, if it is in this version and nobody is invited to it.
async fn current(source: &dyn Writable, own: &Own, version: &str) -> Result<Option<Event>, Problem> {
    let event = source.get(&own.place, &own.event).await?;
    match event {
        Some(event) if event.version != version || event.has_attendees => Err(Problem::changed()),
        event => Ok(event),
    }
}

async fn check_free(source: &dyn Writable, own: &Own, when: &When) -> Result<(), Problem> {
    let (from, to) = span(when);
    let slots = source.view(&own.place, from, to).await?;
    let in_the_way: Vec<&Slot> = conflicts(&slots, (from, to), Some(&own.event)).collect();
    if in_the_way.is_empty() { Ok(()) } else { Err(conflict(source, &own.place, &in_the_way).await) }
}

/// Whether a change was made though its answer was lost.
async fn found_changed(
    source: &dyn Writable,
    own: &Own,
    version: &str,
    change: &Change,
    lost: Error,
) -> Result<Event, Problem> {
    match source.get(&own.place, &own.event).await {
        Ok(Some(event)) if event.version != version && is_made(&event, change) => Ok(event),
        // It was not done, and may be asked for again.
        _ if matches!(lost, Error::Throttled(_)) => Err(lost.into()),
        _ => Err(Problem::unknown()),
    }
}

fn is_made(event: &Event, change: &Change) -> bool {
    let content = &event.content;
    let same_time = |when: &When| span(when) == span(&event.when) || same_days(when, &event.when);
    change.when.as_ref().is_none_or(same_time)
        && change.subject.as_ref().is_none_or(|subject| *subject == content.subject)
        && change.location.as_ref().is_none_or(|location| *location == content.location)
        && change.show_as.is_none_or(|show_as| show_as == content.show_as)
        && change.private.is_none_or(|private| private == content.private)
        && change.reminder.is_none_or(|reminder| reminder == content.reminder)
}

fn same_days(one: &When, other: &When) -> bool {
    match (one, other) {
        (When::Days { start, end, .. }, When::Days { start: from, end: to, .. }) => {
            (start, end) == (from, to)
        }
        _ => false,
    }
}

fn refusal(failure: Failure) -> Problem {
    match failure {
        Failure::Changed => Problem::changed(),
        Failure::Gone => Problem::not_found(),
        Failure::Refused(error) => error.into(),
        Failure::Taken | Failure::Lost(_) => Problem::unknown(),
    }
}
