//! From an appointment to `t:CalendarItem`.

use chrono::{DateTime, NaiveDate, Utc};
use graph_sim::calendar::{Item, View};
use graph_sim::recurrence::Window;
use graph_sim::zone::Zone;
use graph_sim::{Appointment, Sensitivity, ShowAs, Time};

use super::shape::Shape;
use crate::id::{ItemId, folder_id};
use crate::mailbox::{Directory, Entry};
use crate::sim::WallClocks;
use crate::time::{wall_clock, written};
use crate::xml::{Element, t};

/// An appointment, or one of a series, as it stands in an answer.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) id: ItemId,
    pub(super) change: u64,
    pub(super) start: DateTime<Utc>,
    pub(super) end: DateTime<Utc>,
    kind: Kind,
    appointment: Appointment,
    zone: Zone,
    uid: String,
    created: DateTime<Utc>,
    modified: DateTime<Utc>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Single,
    Occurrence,
    Exception,
    Master,
}

/// How rows are written.
pub(super) struct Writing<'a> {
    pub(super) shape: &'a Shape,
    pub(super) directory: &'a Directory,
    /// The zone of the answer.
    pub(super) zone: Option<&'a Zone>,
    pub(super) wall_clocks: WallClocks,
    /// `FindItem` knows organizers by name alone.
    pub(super) whole_organizer: bool,
}

/// What lies in a window, series taken apart, in the order of time.
pub(super) fn rows_in(entry: &Entry, window: Window) -> Vec<Row> {
    let wide = Window {
        start: window.start - chrono::TimeDelta::days(2),
        end: window.end + chrono::TimeDelta::days(2),
    };
    let mut rows: Vec<Row> = Vec::new();
    for view in entry.calendar.all(wide, &entry.mailbox.zone()) {
        let zone = entry.zone_of(view.key);
        match &*view.item {
            Item::Single(appointment) => rows.push(row(entry, &view, &zone, Kind::Single, appointment, None)),
            Item::Series(series) => {
                for occurrence in series.occurrences(window, &zone) {
                    let kind =
                        if occurrence.exception.is_some() { Kind::Exception } else { Kind::Occurrence };
                    let appointment = occurrence.exception.unwrap_or(&series.first);
                    let appointment = Appointment { time: occurrence.time, ..appointment.clone() };
                    rows.push(row(entry, &view, &zone, kind, &appointment, Some(occurrence.date)));
                }
            }
        }
    }
    rows.retain(|row| {
        row.start < window.end
            && (row.end > window.start || row.start == row.end && row.start >= window.start)
    });
    rows.sort_by(|a, b| (a.start, a.end, &a.uid).cmp(&(b.start, b.end, &b.uid)));
    rows
}

/// One item by its id.
pub(super) fn row_of(entry: &Entry, id: &ItemId) -> Option<Row> {
    let zone = entry.zone_of(id.key);
    let view = entry.calendar.get(id.key, &entry.mailbox.zone())?;
    match (&*view.item, id.date) {
        (Item::Single(appointment), None) => Some(row(entry, &view, &zone, Kind::Single, appointment, None)),
        (Item::Series(series), None) => Some(row(entry, &view, &zone, Kind::Master, &series.first, None)),
        (Item::Series(series), Some(date)) => {
            let occurrence = series.occurrence(date, &zone)?;
            let kind = if occurrence.exception.is_some() { Kind::Exception } else { Kind::Occurrence };
            let appointment = occurrence.exception.unwrap_or(&series.first);
            let appointment = Appointment { time: occurrence.time, ..appointment.clone() };
            Some(row(entry, &view, &zone, kind, &appointment, Some(date)))
        }
        (Item::Single(_), Some(_)) => None,
    }
}

fn row(
    entry: &Entry,
    view: &View,
    zone: &Zone,
    kind: Kind,
    appointment: &Appointment,
    date: Option<NaiveDate>,
) -> Row {
    let (start, end) = match appointment.time {
        Time::Hours { start, end } => (start, end),
        Time::Days { start, end } => (zone.start_of(start), zone.start_of(end)),
    };
    Row {
        id: ItemId { mailbox: entry.mailbox.address.to_lowercase(), key: view.key, date },
        change: view.changed,
        start,
        end,
        kind,
        appointment: appointment.clone(),
        zone: zone.clone(),
        uid: entry.uid_of(view.key),
        created: view.created,
        modified: view.modified,
    }
}

impl Row {
    /// `t:ItemId`.
    pub(super) fn item_id(&self) -> Element {
        item_id(&self.id, self.change)
    }

    /// The element of an answer, in the order of the schema.
    pub(super) fn write(&self, writing: &Writing) -> Element {
        let has = |name: &str| writing.shape.has(name);
        let mut item = t("CalendarItem").with(self.item_id());
        let mut put = |name: &str, element: Option<Element>| {
            if has(name)
                && let Some(element) = element
            {
                item.children.push(element);
            }
        };
        let text = |name: &str, text: &str| Some(t(name).says(text));
        let flag = |name: &str, flag: bool| Some(t(name).says(flag.to_string()));
        let it = &self.appointment;
        let parent =
            t("ParentFolderId").set("Id", folder_id(&self.id.mailbox, "calendar")).set("ChangeKey", "AQ==");
        put("item:ParentFolderId", Some(parent));
        put("item:ItemClass", text("ItemClass", "IPM.Appointment"));
        put("item:Subject", text("Subject", &it.subject).filter(|_| !it.subject.is_empty()));
        put("item:Sensitivity", text("Sensitivity", sensitivity(it.sensitivity)));
        let categories = it.categories.iter().map(|name| t("String").says(name));
        let has_categories = !it.categories.is_empty();
        put("item:Categories", has_categories.then(|| t("Categories").with_all(categories)));
        put("item:DateTimeCreated", text("DateTimeCreated", &written(self.created, writing.zone)));
        put("item:LastModifiedTime", text("LastModifiedTime", &written(self.modified, writing.zone)));
        put("calendar:UID", text("UID", &self.uid));
        put("calendar:Start", text("Start", &written(self.start, writing.zone)));
        put("calendar:End", text("End", &written(self.end, writing.zone)));
        put("calendar:IsAllDayEvent", flag("IsAllDayEvent", matches!(it.time, Time::Days { .. })));
        put("calendar:LegacyFreeBusyStatus", text("LegacyFreeBusyStatus", free_busy(it.show_as)));
        put("calendar:IsMeeting", flag("IsMeeting", it.organizer.is_some()));
        put("calendar:IsCancelled", flag("IsCancelled", it.cancelled));
        put(
            "calendar:IsRecurring",
            flag("IsRecurring", matches!(self.kind, Kind::Occurrence | Kind::Exception)),
        );
        put("calendar:CalendarItemType", text("CalendarItemType", self.kind.name()));
        put("calendar:MyResponseType", text("MyResponseType", "Unknown"));
        put("calendar:Organizer", Some(self.organizer(writing)));
        put("calendar:TimeZone", text("TimeZone", &self.zone.name));
        put("calendar:StartTimeZone", Some(self.time_zone("StartTimeZone")));
        put("calendar:EndTimeZone", Some(self.time_zone("EndTimeZone")));
        if writing.wall_clocks != WallClocks::Missing {
            let offset = writing.wall_clocks == WallClocks::Offset;
            let clock = |instant| wall_clock(instant, &self.zone, offset);
            put("calendar:StartWallClock", text("StartWallClock", &clock(self.start)));
            put("calendar:EndWallClock", text("EndWallClock", &clock(self.end)));
            put("calendar:StartTimeZoneId", text("StartTimeZoneId", &self.zone.name));
            put("calendar:EndTimeZoneId", text("EndTimeZoneId", &self.zone.name));
        }
        item
    }

    fn time_zone(&self, name: &str) -> Element {
        t(name).set("Id", &self.zone.name).set("Name", &self.zone.name)
    }

    /// Without an organizer it is the owner. Names of X.500 stand for themselves.
    fn organizer(&self, writing: &Writing) -> Element {
        let address = self.appointment.organizer.as_ref().unwrap_or(&self.id.mailbox);
        let x500 = address.starts_with('/');
        let known = writing.directory.named(address);
        let name =
            known.map_or_else(|| address.rsplit('=').next().unwrap_or_default(), |entry| &entry.mailbox.name);
        let mut mailbox = t("Mailbox").with(t("Name").says(name));
        if writing.whole_organizer {
            mailbox = mailbox
                .with(t("EmailAddress").says(address))
                .with(t("RoutingType").says(if x500 { "EX" } else { "SMTP" }))
                .with(t("MailboxType").says(if known.is_some() { "Mailbox" } else { "OneOff" }));
        }
        t("Organizer").with(mailbox)
    }
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Single => "Single",
            Self::Occurrence => "Occurrence",
            Self::Exception => "Exception",
            Self::Master => "RecurringMaster",
        }
    }
}

/// `t:ItemId` of an id and a revision.
pub(crate) fn item_id(id: &ItemId, change: u64) -> Element {
    use base64::Engine;
    let key = base64::engine::general_purpose::STANDARD.encode(change.to_be_bytes());
    t("ItemId").set("Id", id.encode()).set("ChangeKey", key)
}

fn sensitivity(sensitivity: Sensitivity) -> &'static str {
    match sensitivity {
        Sensitivity::Normal => "Normal",
        Sensitivity::Personal => "Personal",
        Sensitivity::Private => "Private",
        Sensitivity::Confidential => "Confidential",
    }
}

fn free_busy(show_as: ShowAs) -> &'static str {
    match show_as {
        ShowAs::Free => "Free",
        ShowAs::Tentative => "Tentative",
        ShowAs::Busy => "Busy",
        ShowAs::Oof => "OOF",
        ShowAs::WorkingElsewhere => "WorkingElsewhere",
        ShowAs::Unknown => "NoData",
    }
}
