//! Answers of which little is read.

use super::answer::Content;
use crate::source::exchange::xml::{Broken, Ns, Reader, Start};

/// An answer whose code says all.
#[derive(Debug, Default)]
pub struct Nothing;

impl Content for Nothing {
    fn take(&mut self, _: &Start, _: &mut Reader<'_>) -> Result<bool, Broken> {
        Ok(false)
    }
}

/// A subscription.
#[derive(Debug, Default)]
pub struct Subscribed {
    /// Its id.
    pub id: String,
}

impl Content for Subscribed {
    fn take(&mut self, start: &Start, reader: &mut Reader<'_>) -> Result<bool, Broken> {
        let is_id = start.is(Ns::Messages, "SubscriptionId");
        if is_id {
            self.id = reader.word()?;
        }
        Ok(is_id)
    }
}
