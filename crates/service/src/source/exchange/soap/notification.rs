//! What a stream tells.

use super::answer::Content;
use crate::source::exchange::xml::{Broken, Ns, Reader, Start};

/// A response message of a stream.
#[derive(Debug, Default)]
pub struct Notifications {
    /// Subscriptions whose mailboxes have changed.
    pub events: Vec<Event>,
    /// Subscriptions that are no longer any good.
    pub lost: Vec<String>,
    /// Whether the server says that the stream is over; `None` if it says nothing.
    pub closed: Option<bool>,
    /// Whether something shows that the server is alive.
    pub heartbeat: bool,
}

/// Changes of one mailbox.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Event {
    /// The subscription.
    pub subscription: String,
    /// Whether anything has changed; a status says only that nothing has.
    pub is_change: bool,
}

impl Content for Notifications {
    fn take(&mut self, start: &Start, reader: &mut Reader<'_>) -> Result<bool, Broken> {
        match (start.ns, start.name.as_str()) {
            (Ns::Messages, "Notifications") => {
                while let Some(start) = reader.child()? {
                    if is_one(&start, "Notification") {
                        let event = event(reader)?;
                        self.heartbeat |= !event.is_change;
                        self.events.push(event);
                    } else {
                        reader.skip()?;
                    }
                }
            }
            (Ns::Messages, "Notification") => self.events.push(event(reader)?),
            (Ns::Messages, "ErrorSubscriptionIds") => {
                while let Some(start) = reader.child()? {
                    if is_one(&start, "SubscriptionId") {
                        self.lost.push(reader.word()?);
                    } else {
                        reader.skip()?;
                    }
                }
            }
            (Ns::Messages, "ConnectionStatus") => {
                self.closed = Some(reader.text()?.trim() == "Closed");
                self.heartbeat = true;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }
}

fn event(reader: &mut Reader<'_>) -> Result<Event, Broken> {
    let mut event = Event::default();
    while let Some(start) = reader.child()? {
        match (start.ns, start.name.as_str()) {
            (Ns::Types, "SubscriptionId") => event.subscription = reader.word()?,
            (Ns::Types, name) => {
                event.is_change |= name.ends_with("Event") && name != "StatusEvent";
                reader.skip()?;
            }
            _ => reader.skip()?,
        }
    }
    Ok(event)
}

/// Pages and schema do not agree about the namespace.
fn is_one(start: &Start, name: &str) -> bool {
    start.is(Ns::Types, name) || start.is(Ns::Messages, name)
}
