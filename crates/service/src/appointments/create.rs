//! Creating an appointment: once, also where an answer is lost, where somebody else is as fast, and after a kill.

use std::time::Duration;

use tokio::time::sleep;

use super::caller::{Caller, is_address};
use super::draft::{NewDraft, OnConflict};
use super::free::{conflict, conflicts};
use super::office::{Appointments, Trace, now};
use super::once::{Kept, Written};
use super::problem::{Problem, Why};
use super::receipt::Receipt;
use super::time::{Asked, check_now, span};
use crate::source::Error;
use crate::source::writing::{Content, Event, Failure, New, Slot, When, Writable};
use crate::store::StoredAppointment;

const ACTION: &str = "create";
/// Between two looks for what was created already.
const LOOK_PAUSE: Duration = Duration::from_millis(700);
/// Looks for it.
const LOOKS: u32 = 3;

/// Why there is no appointment, or none that is known.
enum Ended {
    /// Nothing of ours stands in the calendar.
    Refused(Problem),
    /// Something may stand there: who asks again finds it.
    Open(Problem),
}

impl From<Problem> for Ended {
    fn from(problem: Problem) -> Self {
        Self::Refused(problem)
    }
}

impl From<Error> for Ended {
    fn from(error: Error) -> Self {
        Self::Refused(error.into())
    }
}

/// One creation.
struct Creation<'a> {
    caller: &'a Caller,
    source: &'a dyn Writable,
    draft: &'a NewDraft,
    asked: Asked,
    content: Content,
    /// Whether it was begun before.
    is_old: bool,
}

impl Appointments {
    /// Creates an appointment; whether it is new, or the answer to a repetition.
    pub async fn create(
        &self,
        caller: &Caller,
        key: &str,
        hash: String,
        draft: &NewDraft,
    ) -> Result<(Receipt, bool), Problem> {
        let mut trace = Trace::default();
        match self.create_traced(caller, key, hash, draft, &mut trace).await {
            Ok(created) => Ok(created),
            Err((problem, is_noted)) => {
                if !is_noted {
                    self.note(caller, ACTION, &trace, problem.why.word()).await;
                }
                Err(problem)
            }
        }
    }

    /// The error says whether it is in the audit already.
    async fn create_traced(
        &self,
        caller: &Caller,
        key: &str,
        hash: String,
        draft: &NewDraft,
        trace: &mut Trace,
    ) -> Result<(Receipt, bool), (Problem, bool)> {
        let not_noted = |problem| (problem, false);
        let mailbox = draft.mailbox.trim().to_lowercase();
        trace.mailbox = is_address(&mailbox).then(|| mailbox.clone());
        self.may_write(caller).map_err(not_noted)?;
        let (asked, content) = draft.checked().map_err(not_noted)?;
        trace.span = (!asked.lacks_zone()).then(|| span(&asked.when("")));
        if !caller.has(&mailbox) {
            return Err(not_noted(Problem::mailbox()));
        }
        let _turn = self.limits.turn(caller, &mailbox).await.map_err(not_noted)?;
        let store = self.store().map_err(not_noted)?;
        let known = store.by_key(&caller.id, key).await.map_err(|error| not_noted(error.into()))?;
        let is_old = known.is_some();
        let (mut row, mut kept) = if let Some(row) = known {
            let kept = Kept::read(&row).map_err(not_noted)?;
            kept.check(&hash).map_err(not_noted)?;
            if let Some(answer) = &kept.answer {
                return Ok((Receipt::new(row.number, &kept.mailbox, answer), false));
            }
            (row, kept)
        } else {
            self.limits.count(caller).map_err(not_noted)?;
            let kept = Kept::new(key, hash, &mailbox, draft.online);
            let begun = store.begin(&caller.id, Some(key), now(), &kept.text()).await;
            let number = begun.map_err(|error| not_noted(error.into()))?;
            let contents = String::new();
            (StoredAppointment { number, caller: caller.id.clone(), contents }, kept)
        };
        trace.id = Some(row.number);
        let ended = match self.source().await {
            Err(problem) => Err(Ended::Refused(problem)),
            Ok(source) => {
                let creation = Creation { caller, source: &*source, draft, asked, content, is_old };
                creation.write(&mut kept).await
            }
        };
        let result = match &ended {
            Ok(_) => "ok",
            Err(Ended::Refused(problem) | Ended::Open(problem)) => problem.why.word(),
        };
        let note = Self::entry(caller, ACTION, trace, result);
        let is_nothing = matches!(ended, Err(Ended::Refused(_))) && !is_old && kept.is_untouched();
        if let Ok(written) = &ended {
            kept.answer = Some(written.clone());
        }
        row.contents = kept.text();
        let stored = if is_nothing {
            store.forget(row.number, now(), Some(&note)).await
        } else {
            store.change(&row, now(), Some(&note)).await
        };
        match ended {
            Ok(written) => {
                // It stands in the calendar, and who asks again finds it.
                stored.map_err(|error| (error.into(), true))?;
                Ok((Receipt::new(row.number, &kept.mailbox, &written), true))
            }
            Err(Ended::Refused(problem) | Ended::Open(problem)) => Err((problem, stored.is_ok())),
        }
    }
}

impl Creation<'_> {
    async fn write(&self, kept: &mut Kept) -> Result<Written, Ended> {
        let place = self.source.mailbox(&kept.mailbox).await?;
        kept.place.clone_from(&place);
        let mark = kept.mark(&self.caller.id);
        let found = if self.is_old { self.source.marked(&place, &mark.text).await? } else { None };
        let zone = if self.asked.lacks_zone() { self.source.zone(&place).await? } else { String::new() };
        let when = self.asked.when(&zone);
        let event = match found {
            Some(event) => event,
            None => self.send(kept, &place, &when).await?,
        };
        kept.event = Some(event.id.clone());
        if self.draft.on_conflict == OnConflict::Refuse {
            self.yield_to_earlier(kept, &place, &when, &event).await?;
        }
        Ok(Written::of(&event, when))
    }

    /// Looks whether it may be written, and writes it.
    async fn send(&self, kept: &Kept, place: &str, when: &When) -> Result<Event, Ended> {
        check_now(when, now())?;
        if self.draft.online && !self.source.offers_online(place).await? {
            let message = "The calendar of this mailbox offers no meetings in Teams.";
            return Err(Problem::invalid("online", message).into());
        }
        if self.draft.on_conflict == OnConflict::Refuse {
            let (from, to) = span(when);
            let slots = self.source.view(place, from, to).await?;
            let in_the_way: Vec<&Slot> = conflicts(&slots, (from, to), None).collect();
            if !in_the_way.is_empty() {
                return Err(conflict(self.source, place, &in_the_way).await.into());
            }
        }
        let mark = kept.mark(&self.caller.id);
        let (when, content, online) = (when.clone(), self.content.clone(), self.draft.online);
        let new = New { mark, when, content, online };
        match self.source.create(place, &new).await {
            Ok(event) => Ok(event),
            Err(Failure::Refused(error)) => Err(error.into()),
            Err(Failure::Taken) => self.find(place, &new.mark.text, LOOKS, Problem::unknown()).await,
            Err(Failure::Lost(error @ Error::Throttled(_))) => {
                self.find(place, &new.mark.text, 1, error.into()).await
            }
            Err(Failure::Lost(_) | Failure::Changed | Failure::Gone) => {
                self.find(place, &new.mark.text, 1, Problem::unknown()).await
            }
        }
    }

    /// Looks for what may have been created.
    async fn find(&self, place: &str, mark: &str, looks: u32, otherwise: Problem) -> Result<Event, Ended> {
        for look in 0..looks {
            if look > 0 {
                sleep(LOOK_PAUSE).await;
            }
            if let Ok(Some(event)) = self.source.marked(place, mark).await {
                return Ok(event);
            }
        }
        Err(Ended::Open(otherwise))
    }

    /// If somebody else's appointment, created earlier, has come between, ours is deleted.
    async fn yield_to_earlier(
        &self,
        kept: &mut Kept,
        place: &str,
        when: &When,
        event: &Event,
    ) -> Result<(), Ended> {
        let (from, to) = span(when);
        let open = |error: Error| Ended::Open(error.into());
        let slots = self.source.view(place, from, to).await.map_err(open)?;
        let is_earlier = |slot: &&Slot| (slot.created, slot.id.as_str()) < (event.created, event.id.as_str());
        let earlier: Vec<&Slot> = conflicts(&slots, (from, to), Some(&event.id)).filter(is_earlier).collect();
        if earlier.is_empty() {
            return Ok(());
        }
        match self.source.delete(place, &event.id, &event.version).await {
            Ok(()) | Err(Failure::Gone) => {
                kept.begin_anew();
                Err(conflict(self.source, place, &earlier).await.into())
            }
            Err(Failure::Refused(error)) => Err(Ended::Open(error.into())),
            Err(_) => Err(Ended::Open(Problem::new(
                Why::Unknown,
                "Another appointment came between, and nobody knows whether ours is gone again. Ask again with the same key.",
            ))),
        }
    }
}
