//! Whether changes are told: a subscription and a stream, both ended again.

use std::sync::Arc;
use std::time::Duration;

use http_body_util::BodyExt;
use hyper::body::Incoming;
use tokio::time::timeout;

use super::ExchangeSteps;
use crate::source::Advice;
use crate::source::exchange::ews::{Call, Ews};
use crate::source::exchange::jar::Jar;
use crate::source::exchange::soap::{self, Nothing, Notifications, Who};
use crate::source::exchange::trouble::Trouble;
use crate::source::exchange::watch::{Envelopes, subscribe};
use crate::source::steps::{Outcome, Parts, Verdict};

/// A stream that has not begun by then is held back by somebody.
const FIRST: Duration = Duration::from_secs(12);
/// So long somebody has to change an appointment.
const CHANGE: Duration = Duration::from_mins(1);
/// The part in which that happens.
const EVENT: &str = "event";

/// A subscription. It is taken back, whatever becomes of the test.
struct Subscription {
    ews: Arc<Ews>,
    who: Who,
    id: String,
    jar: Arc<Jar>,
    is_over: bool,
}

/// How a stream goes on.
enum Next {
    /// It stands.
    Up,
    /// Something has changed.
    Change,
    /// It says no.
    Failed(Trouble),
    /// It is over, or cannot be read.
    Over,
}

impl ExchangeSteps {
    /// Subscribes to the calendar of somebody, and waits for the stream to begin.
    pub(super) async fn streaming(&mut self, address: &str, watch: bool, parts: &Parts<'_>) -> Outcome {
        let outcome = match self.subscribed(address).await {
            Ok(mut subscription) => {
                let outcome = self.stream(&subscription, watch, parts).await;
                subscription.end().await;
                outcome
            }
            Err(outcome) => outcome,
        };
        outcome.fact("mailbox", address)
    }

    async fn subscribed(&mut self, address: &str) -> Result<Subscription, Outcome> {
        let place = self.place_of(address).await?;
        let (who, jar) = (Who::Smtp(address.to_owned()), Arc::new(Jar::default()));
        match subscribe(&place.ews, &who, address, &jar).await {
            Ok(id) => Ok(Subscription { ews: place.ews, who, id, jar, is_over: false }),
            Err(trouble) => Err(self.failed(&trouble)),
        }
    }

    async fn stream(&mut self, subscription: &Subscription, watch: bool, parts: &Parts<'_>) -> Outcome {
        let Subscription { ews, who, id, jar, .. } = subscription;
        let body = soap::get_streaming_events(who, std::slice::from_ref(id), 1);
        let call =
            Call { operation: "GetStreamingEvents", body: &body, anchor: who.address(), jar: Some(jar) };
        let begun = timeout(FIRST, async {
            let (wire, response) = ews.open(call).await?;
            let mut stream =
                Stream { body: response.into_body(), envelopes: Envelopes::default(), ready: Vec::new() };
            let first = stream.next().await;
            Ok::<_, Trouble>((wire, stream, first))
        });
        let held = || Outcome::row(Verdict::Failed, "streamHeld");
        let (wire, stream) = match begun.await {
            Err(_) | Ok(Ok((_, _, Next::Over))) => return held(),
            Ok(Err(trouble) | Ok((_, _, Next::Failed(trouble)))) => return self.failed(&trouble),
            Ok(Ok((wire, stream, Next::Up | Next::Change))) => (wire, stream),
        };
        let outcome = if watch { changed(stream, who.address(), parts).await } else { None };
        drop(wire);
        outcome.unwrap_or_else(|| Outcome::ok("The stream of notifications comes through."))
    }
}

/// Waits for somebody to change an appointment. `None` if that was told.
async fn changed(mut stream: Stream, address: &str, parts: &Parts<'_>) -> Option<Outcome> {
    let hint = Outcome::ok(format!("Change an appointment of {address} now.")).fact("mailbox", address);
    parts.begin_with(EVENT, Some(&hint));
    let told = timeout(CHANGE, async {
        loop {
            match stream.next().await {
                Next::Change => return true,
                Next::Up => {}
                Next::Failed(_) | Next::Over => return false,
            }
        }
    });
    if told.await == Ok(true) {
        parts.end(EVENT, &Outcome::ok("The change was told."));
        return None;
    }
    let text = format!(
        "No change of the calendar of {address} was told within a minute. If an appointment was changed, notifications are held back."
    );
    let outcome = Outcome::warning(&Advice::new("streamHeld", text).said("noEvent"));
    parts.end(EVENT, &outcome);
    Some(outcome)
}

struct Stream {
    body: Incoming,
    envelopes: Envelopes,
    ready: Vec<Vec<u8>>,
}

impl Stream {
    /// The next thing that it tells.
    async fn next(&mut self) -> Next {
        loop {
            if !self.ready.is_empty() {
                return meaning(&self.ready.remove(0));
            }
            let Some(Ok(frame)) = self.body.frame().await else { return Next::Over };
            let data = frame.into_data().unwrap_or_default();
            match self.envelopes.push(&data) {
                Ok(complete) => self.ready = complete,
                Err(_) => return Next::Over,
            }
        }
    }
}

fn meaning(envelope: &[u8]) -> Next {
    let Ok(envelope) = soap::read::<Notifications>(envelope) else { return Next::Over };
    let responses = match envelope.outcome {
        Ok(responses) => responses,
        Err(failure) => return Next::Failed(Trouble::Code(failure)),
    };
    let mut next = Next::Up;
    for response in responses {
        match response.into_result() {
            Err(failure) => return Next::Failed(Trouble::Code(failure)),
            Ok(content) if content.closed == Some(true) => return Next::Over,
            Ok(content) if content.events.iter().any(|event| event.is_change) => next = Next::Change,
            Ok(_) => {}
        }
    }
    next
}

impl Subscription {
    async fn end(&mut self) {
        self.is_over = true;
        unsubscribe(&self.ews, &self.who, &self.id, &self.jar).await;
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        if self.is_over {
            return;
        }
        let (ews, who, id, jar) =
            (Arc::clone(&self.ews), self.who.clone(), std::mem::take(&mut self.id), Arc::clone(&self.jar));
        tokio::spawn(async move { unsubscribe(&ews, &who, &id, &jar).await });
    }
}

async fn unsubscribe(ews: &Ews, who: &Who, id: &str, jar: &Jar) {
    let body = soap::unsubscribe(who, id);
    let call = Call { operation: "Unsubscribe", body: &body, anchor: who.address(), jar: Some(jar) };
    // It would expire by itself.
    let _ = ews.one::<Nothing>(call).await;
}
