//! Automatic replies.

use super::answer::Content;
use super::item::instant;
use crate::source::exchange::xml::{Broken, Ns, Reader, Start};

/// What `GetUserOofSettings` tells of a mailbox.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct OofSettings {
    /// `Disabled`, `Enabled` or `Scheduled`.
    pub state: String,
    /// When a schedule begins, in milliseconds since the epoch.
    pub start: Option<i64>,
    /// When it ends.
    pub end: Option<i64>,
}

impl Content for OofSettings {
    fn take(&mut self, start: &Start, reader: &mut Reader<'_>) -> Result<bool, Broken> {
        // Its namespace is that of types where it is documented, and that of messages in the schema.
        if !matches!(start.ns, Ns::Types | Ns::Messages) || start.name != "OofSettings" {
            return Ok(false);
        }
        while let Some(start) = reader.child()? {
            match start.name.as_str() {
                "OofState" => self.state = reader.word()?,
                "Duration" => self.duration(reader)?,
                _ => reader.skip()?,
            }
        }
        Ok(true)
    }
}

impl OofSettings {
    fn duration(&mut self, reader: &mut Reader<'_>) -> Result<(), Broken> {
        while let Some(start) = reader.child()? {
            match start.name.as_str() {
                "StartTime" => self.start = instant(&reader.text()?),
                "EndTime" => self.end = instant(&reader.text()?),
                _ => reader.skip()?,
            }
        }
        Ok(())
    }
}
