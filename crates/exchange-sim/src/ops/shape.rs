//! What an `ItemShape` asks for.

use crate::ews::{Context, Refusal};
use crate::faults::Operation;
use crate::options::Version;
use crate::sim::Sim;
use crate::violation::Rule;
use crate::xml::Element;

/// Properties of calendar items in the order of answers, with the schema version that has them first. The rest of the
/// published ones is known and empty.
pub(super) const PROPERTIES: [(&str, &str); 28] = [
    ("item:ParentFolderId", "Exchange2007"),
    ("item:ItemClass", "Exchange2007"),
    ("item:Subject", "Exchange2007"),
    ("item:Sensitivity", "Exchange2007"),
    ("item:Categories", "Exchange2007"),
    ("item:DateTimeCreated", "Exchange2007"),
    ("item:LastModifiedTime", "Exchange2010_SP1"),
    ("calendar:UID", "Exchange2007_SP1"),
    ("calendar:RecurrenceId", "Exchange2007_SP1"),
    ("calendar:Start", "Exchange2007"),
    ("calendar:End", "Exchange2007"),
    ("calendar:OriginalStart", "Exchange2007"),
    ("calendar:IsAllDayEvent", "Exchange2007"),
    ("calendar:LegacyFreeBusyStatus", "Exchange2007"),
    ("calendar:Location", "Exchange2007"),
    ("calendar:IsMeeting", "Exchange2007"),
    ("calendar:IsCancelled", "Exchange2007"),
    ("calendar:IsRecurring", "Exchange2007"),
    ("calendar:CalendarItemType", "Exchange2007"),
    ("calendar:MyResponseType", "Exchange2007"),
    ("calendar:Organizer", "Exchange2007"),
    ("calendar:TimeZone", "Exchange2007"),
    ("calendar:StartTimeZone", "Exchange2010"),
    ("calendar:EndTimeZone", "Exchange2010"),
    ("calendar:StartWallClock", "Exchange2013"),
    ("calendar:EndWallClock", "Exchange2013"),
    ("calendar:StartTimeZoneId", "Exchange2013"),
    ("calendar:EndTimeZoneId", "Exchange2013"),
];

/// What a calendar needs least of all.
const BODIES: [&str; 9] = [
    "item:Body",
    "item:TextBody",
    "item:UniqueBody",
    "item:NormalizedBody",
    "item:MimeContent",
    "item:Attachments",
    "calendar:RequiredAttendees",
    "calendar:OptionalAttendees",
    "calendar:Resources",
];

/// Properties of the shape `Default` of a calendar item.
const DEFAULT: [&str; 6] = [
    "item:Subject",
    "calendar:Start",
    "calendar:End",
    "calendar:LegacyFreeBusyStatus",
    "calendar:Location",
    "calendar:Organizer",
];

/// The properties asked for, beside the id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shape(Vec<String>);

impl Shape {
    /// Reads the shape of an operation; records it if it asks for bodies.
    pub(super) fn of(
        sim: &Sim,
        context: &Context,
        operation: &Element,
        kind: Operation,
    ) -> Result<Self, Refusal> {
        let Some(shape) = operation.m("ItemShape") else { return Ok(Self(Vec::new())) };
        let base = shape.t("BaseShape").map_or("", Element::text);
        let mut fields: Vec<String> = match base {
            "Default" => DEFAULT.map(str::to_owned).to_vec(),
            "AllProperties" => PROPERTIES.iter().map(|(name, _)| (*name).to_owned()).collect(),
            _ => Vec::new(),
        };
        let additional = shape.t("AdditionalProperties").map_or(&[][..], |additional| &additional.children);
        for field in additional.iter().filter(|field| field.name == "FieldURI") {
            let name = field.attribute("FieldURI").unwrap_or_default();
            check_version(context, name)?;
            fields.push(name.to_owned());
        }
        let mime = shape.t("IncludeMimeContent").is_some_and(|mime| matches!(mime.text(), "true" | "1"));
        let bodies = fields.iter().any(|field| BODIES.contains(&field.as_str()));
        if bodies || mime || base == "AllProperties" && kind == Operation::GetItem {
            let mailbox = context.target.as_ref().map_or("", |target| target.mailbox.address.as_str());
            sim.violation(Rule::BodyAskedFor, mailbox, "");
        }
        Ok(Self(fields))
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|known| known == name)
    }
}

fn check_version(context: &Context, name: &str) -> Result<(), Refusal> {
    let known = PROPERTIES.iter().find(|(known, _)| *known == name);
    let text = "The property is not supported by the requested schema version.";
    match known.and_then(|(_, since)| Version::schema(since)) {
        Some(since) if since > context.schema => Err(Refusal::fault("ErrorIncorrectSchemaVersion", text)),
        None if !name
            .split_once(':')
            .is_some_and(|(group, rest)| GROUPS.contains(&group) && !rest.is_empty()) =>
        {
            Err(Refusal::schema(&format!("the value '{name}' of the attribute 'FieldURI' is invalid")))
        }
        _ => Ok(()),
    }
}

const GROUPS: [&str; 9] =
    ["item", "calendar", "message", "meeting", "meetingRequest", "task", "contacts", "folder", "postitem"];
