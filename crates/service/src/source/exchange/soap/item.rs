//! Appointments as Exchange tells them.

use chrono::{DateTime, NaiveDateTime};

use super::answer::Content;
use crate::source::exchange::xml::{Broken, Ns, Reader, Start};

/// Appointments of a response message.
#[derive(Debug)]
pub struct Items {
    /// The appointments.
    pub items: Vec<Item>,
    /// Whether these are all of the view.
    pub complete: bool,
}

impl Default for Items {
    fn default() -> Self {
        Self { items: Vec::new(), complete: true }
    }
}

/// An appointment. What the server has not said is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// Its id.
    pub id: String,
    /// Title.
    pub subject: String,
    /// Word for its sensitivity.
    pub sensitivity: Option<String>,
    /// Word for what it means to others.
    pub show_as: Option<String>,
    /// Start, in milliseconds since the epoch.
    pub start: Option<i64>,
    /// End.
    pub end: Option<i64>,
    /// Whether it lasts whole days.
    pub all_day: bool,
    /// Whether it was called off.
    pub cancelled: bool,
    /// Whether it stands for a whole series.
    pub is_master: bool,
    /// Who has called it.
    pub organizer: Option<Organizer>,
    /// Start as a clock on the wall showed it where it was made.
    pub start_wall: Option<NaiveDateTime>,
    /// End likewise.
    pub end_wall: Option<NaiveDateTime>,
    /// Id of the zone in which it was made.
    pub zone: Option<String>,
    /// Names of its categories.
    pub categories: Vec<String>,
}

/// Who has called a meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Organizer {
    /// Address.
    pub address: String,
    /// `SMTP`, or `EX` for an address that only the directory understands.
    pub routing: String,
}

impl Content for Items {
    fn take(&mut self, start: &Start, reader: &mut Reader<'_>) -> Result<bool, Broken> {
        match (start.ns, start.name.as_str()) {
            (Ns::Messages, "RootFolder") => {
                self.complete = start.attribute("IncludesLastItemInRange") != Some("false");
                while let Some(start) = reader.child()? {
                    if start.is(Ns::Types, "Items") {
                        self.list(reader)?;
                    } else {
                        reader.skip()?;
                    }
                }
            }
            (Ns::Messages, "Items") => self.list(reader)?,
            _ => return Ok(false),
        }
        Ok(true)
    }
}

impl Items {
    fn list(&mut self, reader: &mut Reader<'_>) -> Result<(), Broken> {
        while let Some(start) = reader.child()? {
            if start.ns == Ns::Types {
                self.items.push(item(reader)?);
            } else {
                reader.skip()?;
            }
        }
        Ok(())
    }
}

fn item(reader: &mut Reader<'_>) -> Result<Item, Broken> {
    let mut item = Item::default();
    while let Some(start) = reader.child()? {
        if start.ns != Ns::Types {
            reader.skip()?;
            continue;
        }
        match start.name.as_str() {
            "ItemId" => {
                start.attribute("Id").unwrap_or_default().clone_into(&mut item.id);
                reader.skip()?;
            }
            "Subject" => item.subject = reader.text()?,
            "Sensitivity" => item.sensitivity = Some(reader.text()?),
            "Categories" => item.categories = texts(reader)?,
            "LegacyFreeBusyStatus" => item.show_as = Some(reader.text()?),
            "Start" => item.start = instant(&reader.text()?),
            "End" => item.end = instant(&reader.text()?),
            "IsAllDayEvent" => item.all_day = is_true(&reader.text()?),
            "IsCancelled" => item.cancelled = is_true(&reader.text()?),
            "CalendarItemType" => item.is_master = reader.text()?.trim() == "RecurringMaster",
            "Organizer" => item.organizer = organizer(reader)?,
            "StartWallClock" => item.start_wall = wall_clock(&reader.text()?),
            "EndWallClock" => item.end_wall = wall_clock(&reader.text()?),
            "StartTimeZoneId" => item.zone = Some(reader.word()?),
            "StartTimeZone" => {
                item.zone = item.zone.or_else(|| start.attribute("Id").map(str::to_owned));
                reader.skip()?;
            }
            _ => reader.skip()?,
        }
    }
    Ok(item)
}

/// The texts of a list.
fn texts(reader: &mut Reader<'_>) -> Result<Vec<String>, Broken> {
    let mut texts = Vec::new();
    while let Some(start) = reader.child()? {
        if start.is(Ns::Types, "String") {
            texts.push(reader.text()?);
        } else {
            reader.skip()?;
        }
    }
    Ok(texts)
}

fn organizer(reader: &mut Reader<'_>) -> Result<Option<Organizer>, Broken> {
    let mut organizer = None;
    while let Some(start) = reader.child()? {
        if !start.is(Ns::Types, "Mailbox") {
            reader.skip()?;
            continue;
        }
        let mut found = Organizer::default();
        while let Some(start) = reader.child()? {
            match (start.ns, start.name.as_str()) {
                (Ns::Types, "EmailAddress") => found.address = reader.word()?,
                (Ns::Types, "RoutingType") => found.routing = reader.word()?,
                _ => reader.skip()?,
            }
        }
        organizer = Some(found).filter(|found| !found.address.is_empty());
    }
    Ok(organizer)
}

/// An instant; without a zone it is meant in UTC.
pub(super) fn instant(text: &str) -> Option<i64> {
    let text = text.trim();
    let zoned = DateTime::parse_from_rfc3339(text).map(|time| time.timestamp_millis());
    zoned.ok().or_else(|| wall_clock(text).map(|time| time.and_utc().timestamp_millis()))
}

/// What a clock shows, whatever zone may follow.
fn wall_clock(text: &str) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(text.trim().get(..19)?, "%Y-%m-%dT%H:%M:%S").ok()
}

fn is_true(text: &str) -> bool {
    matches!(text.trim(), "true" | "1")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_with_a_zone_and_without() {
        let utc = Some(1_795_251_600_000);
        assert_eq!(instant("2026-11-21T09:00:00Z"), utc);
        assert_eq!(instant(" 2026-11-21T10:00:00+01:00 "), utc);
        assert_eq!(instant("2026-11-21T09:00:00"), utc);
        assert_eq!(instant("2026-11-21"), None);
        assert_eq!(wall_clock("2026-12-24T00:00:00+13:00"), wall_clock("2026-12-24T00:00:00"));
        assert_eq!(wall_clock("2026-12-24T00:00:0ü"), None);
    }
}
