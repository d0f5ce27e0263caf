//! Appointments as calendars have them.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use crate::instant::{Instant, Zones, day_begins, local_time};

/// An appointment as the rules see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointment {
    /// Unique for the user.
    pub id: String,
    /// Title; empty if it has none.
    pub subject: String,
    /// When it is.
    pub span: Span,
    /// What its owner says it means for presence.
    pub show_as: ShowAs,
    /// How confidential it is.
    pub sensitivity: Sensitivity,
    /// E-mail address of the organizer; empty if unknown.
    pub organizer: String,
    /// Whether it was called off.
    pub cancelled: bool,
    /// Whether the user has said no.
    pub declined: bool,
    /// Names of its categories.
    pub categories: Vec<String>,
}

/// Id of what stands for automatic replies.
pub const AUTOMATIC_REPLIES: &str = "automatic-replies";

impl Appointment {
    /// What stands for the automatic replies of a mailbox. Another mapping counts for it, and it has no title.
    pub fn automatic_replies(span: Span) -> Self {
        Self { show_as: ShowAs::Oof, ..Self::new(AUTOMATIC_REPLIES, span) }
    }

    /// Whether it stands for automatic replies.
    pub fn is_automatic_replies(&self) -> bool {
        self.id == AUTOMATIC_REPLIES
    }

    /// The title, which automatic replies have none of.
    pub fn title(&self) -> &str {
        if self.is_automatic_replies() { "" } else { &self.subject }
    }

    /// An appointment that says nothing but when it is.
    pub fn new(id: &str, span: Span) -> Self {
        Self {
            id: id.to_owned(),
            subject: String::new(),
            span,
            show_as: ShowAs::Busy,
            sensitivity: Sensitivity::Normal,
            organizer: String::new(),
            cancelled: false,
            declined: false,
            categories: Vec::new(),
        }
    }
}

/// Start and end of an appointment, the end exclusive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// From one instant to another.
    Time {
        /// Start.
        start: Instant,
        /// End.
        end: Instant,
    },
    /// Whole days are dates of a calendar, not instants.
    Days {
        /// First day.
        start: NaiveDate,
        /// The day after the last one.
        end: NaiveDate,
        /// IANA zone in which the dates are meant; empty for `presenceTimeZone`.
        zone: String,
    },
}

/// The days of a whole day that a calendar gives with times: from the date of its start to that of its end, which is
/// exclusive. One whose end is not midnight lasts through that date; one whose start is not, begins with that date.
pub fn whole_days(start: NaiveDateTime, end: NaiveDateTime) -> (NaiveDate, NaiveDate) {
    let begun = end.time() != NaiveTime::MIN;
    let end = if begun { end.date().succ_opt().unwrap_or(NaiveDate::MAX) } else { end.date() };
    (start.date(), end)
}

impl Span {
    /// The whole days of an appointment that a calendar gives as two instants, in the zone in which they are meant. Where
    /// daylight saving skips midnight, the first instant of the date stands for it.
    pub fn whole_days(start: Instant, end: Instant, zone: &str, zones: &dyn Zones) -> Self {
        let local = |instant| {
            let time = local_time(instant, zone, zones);
            let begins = day_begins(time.date(), zone, zones) == instant;
            if begins { time.date().and_time(NaiveTime::MIN) } else { time }
        };
        let (start, end) = whole_days(local(start), local(end));
        Self::Days { start, end, zone: zone.to_owned() }
    }

    /// Start and end as instants. A whole day begins at the first instant of its date in its zone; where the
    /// zone is empty or unknown, in `presence_zone`.
    pub fn instants(&self, presence_zone: &str, zones: &dyn Zones) -> (Instant, Instant) {
        match self {
            Self::Time { start, end } => (*start, *end),
            Self::Days { start, end, zone } => {
                let known = !zone.is_empty() && zones.utc_offset(zone, 0).is_some();
                let zone = if known { zone } else { presence_zone };
                (day_begins(*start, zone, zones), day_begins(*end, zone, zones))
            }
        }
    }
}

/// `showAs` in the words of Microsoft Graph, save `noData`, which Graph calls `unknown` and the plugin *No data*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ShowAs {
    /// Free: never shown.
    Free,
    /// Tentative.
    Tentative,
    /// Busy.
    Busy,
    /// Out of office.
    Oof,
    /// Working elsewhere.
    WorkingElsewhere,
    /// Nothing is said.
    NoData,
}

impl ShowAs {
    /// All values.
    pub const ALL: [Self; 6] =
        [Self::Free, Self::Tentative, Self::Busy, Self::Oof, Self::WorkingElsewhere, Self::NoData];

    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Tentative => "tentative",
            Self::Busy => "busy",
            Self::Oof => "oof",
            Self::WorkingElsewhere => "workingElsewhere",
            Self::NoData => "noData",
        }
    }
}

/// Any but `Normal` hides the title.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sensitivity {
    /// Everybody may read the title.
    Normal,
    /// Personal.
    Personal,
    /// Private.
    Private,
    /// Confidential.
    Confidential,
}

impl Sensitivity {
    /// All values.
    pub const ALL: [Self; 4] = [Self::Normal, Self::Personal, Self::Private, Self::Confidential];

    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Personal => "personal",
            Self::Private => "private",
            Self::Confidential => "confidential",
        }
    }
}

#[cfg(test)]
#[cfg(feature = "native")]
mod tests {
    use super::*;
    use crate::Native;

    fn days(start: &str, end: &str, zone: &str) -> (String, String) {
        let instant = |text: &str| text.parse::<chrono::DateTime<chrono::Utc>>().unwrap().timestamp_millis();
        match Span::whole_days(instant(start), instant(end), zone, &Native) {
            Span::Days { start, end, .. } => (start.to_string(), end.to_string()),
            Span::Time { .. } => unreachable!(),
        }
    }

    #[test]
    fn whole_days_that_do_not_begin_and_end_at_midnight_take_their_dates() {
        for (start, end, zone, expected) in [
            ("2026-11-30T23:00:00Z", "2026-12-01T23:00:00Z", "Europe/Berlin", ["2026-12-01", "2026-12-02"]),
            ("2026-11-30T23:00:00Z", "2026-12-01T22:59:00Z", "Europe/Berlin", ["2026-12-01", "2026-12-02"]),
            ("2026-12-01T08:00:00Z", "2026-12-01T16:00:00Z", "Europe/Berlin", ["2026-12-01", "2026-12-02"]),
            ("2026-12-01T08:00:00Z", "2026-12-02T16:00:00Z", "Europe/Berlin", ["2026-12-01", "2026-12-03"]),
            (
                "2026-11-30T23:00:00Z",
                "2026-12-01T23:00:00Z",
                "Pacific/Auckland",
                ["2026-12-01", "2026-12-03"],
            ),
            // Beirut sets its clocks from 00:00 to 01:00.
            ("2026-03-28T22:00:00Z", "2026-03-29T21:00:00Z", "Asia/Beirut", ["2026-03-29", "2026-03-30"]),
            ("2026-03-27T22:00:00Z", "2026-03-28T22:00:00Z", "Asia/Beirut", ["2026-03-28", "2026-03-29"]),
        ] {
            let [first, last] = expected.map(str::to_owned);
            assert_eq!(days(start, end, zone), (first, last), "{start} {end} {zone}");
        }
    }

    #[test]
    fn no_date_is_too_late() {
        let last = NaiveDateTime::MAX;
        assert_eq!(whole_days(last, last), (NaiveDate::MAX, NaiveDate::MAX));
    }
}
