//! Appointments as calendars have them.

use chrono::NaiveDate;

use crate::instant::{Instant, Zones, day_begins};

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

impl Span {
    /// Start and end as instants. A whole day begins at the first instant of its date in its zone; where the
    /// zone is empty or unknown, in `presence_zone`.
    pub(crate) fn instants(&self, presence_zone: &str, zones: &dyn Zones) -> (Instant, Instant) {
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
