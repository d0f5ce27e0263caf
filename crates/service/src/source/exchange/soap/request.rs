//! The requests. Children stand in the order of the schema, which Exchange insists on.

use bytes::Bytes;
use chrono::{DateTime, SecondsFormat};

use crate::source::exchange::xml::{MESSAGES, SOAP, TYPES, Writer};

/// The oldest version that is spoken, which newer servers understand.
const VERSION: &str = "Exchange2013";
/// The most that a view gives.
const MAX_ITEMS: &str = "1000";
/// What is asked of every appointment; never its text, its guests, its attachments.
const FIELDS: [&str; 13] = [
    "item:Subject",
    "item:Sensitivity",
    "item:Categories",
    "calendar:Start",
    "calendar:End",
    "calendar:IsAllDayEvent",
    "calendar:LegacyFreeBusyStatus",
    "calendar:IsCancelled",
    "calendar:CalendarItemType",
    "calendar:UID",
    "calendar:StartTimeZoneId",
    "calendar:StartWallClock",
    "calendar:EndWallClock",
];

/// In whose place something is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// By the main address of the mailbox.
    Primary(String),
    /// By any of its addresses.
    Smtp(String),
}

impl Who {
    /// The address.
    pub fn address(&self) -> &str {
        match self {
            Self::Primary(address) | Self::Smtp(address) => address,
        }
    }
}

/// Appointments between two instants.
pub fn find_items(who: &Who, (start, end): (i64, i64)) -> Bytes {
    envelope(Some(who), |body| {
        body.element("m:FindItem", &[("Traversal", "Shallow")], |find| {
            find.element("m:ItemShape", &[], |shape| fields(shape, &FIELDS));
            let (start, end) = (instant(start), instant(end));
            let view = [("MaxEntriesReturned", MAX_ITEMS), ("StartDate", &start), ("EndDate", &end)];
            find.empty("m:CalendarView", &view);
            find.element("m:ParentFolderIds", &[], calendar);
        });
    })
}

/// Organizers of some appointments.
pub fn get_organizers(who: &Who, ids: &[&str]) -> Bytes {
    get_items(who, ids, "calendar:Organizer")
}

/// Zones in which some appointments were made.
pub fn get_time_zones(who: &Who, ids: &[&str]) -> Bytes {
    get_items(who, ids, "calendar:StartTimeZone")
}

fn get_items(who: &Who, ids: &[&str], field: &str) -> Bytes {
    envelope(Some(who), |body| {
        body.element("m:GetItem", &[], |get| {
            get.element("m:ItemShape", &[], |shape| fields(shape, &[field]));
            get.element("m:ItemIds", &[], |list| {
                for id in ids {
                    list.empty("t:ItemId", &[("Id", id)]);
                }
            });
        });
    })
}

/// Whether a calendar can be opened.
pub fn get_folder(who: &Who) -> Bytes {
    folder(Some(who))
}

/// Whether the account has a calendar of its own.
pub fn get_own_folder() -> Bytes {
    folder(None)
}

fn folder(who: Option<&Who>) -> Bytes {
    envelope(who, |body| {
        body.element("m:GetFolder", &[], |get| {
            get.element("m:FolderShape", &[], |shape| shape.text("t:BaseShape", "IdOnly"));
            get.element("m:FolderIds", &[], calendar);
        });
    })
}

/// Whom the directory knows by this entry; as the account, unless it is to be asked in somebody's place.
pub fn resolve_names(who: Option<&Who>, entry: &str) -> Bytes {
    envelope(who, |body| {
        let attributes = [("ReturnFullContactData", "true"), ("SearchScope", "ActiveDirectory")];
        body.element("m:ResolveNames", &attributes, |resolve| resolve.text("m:UnresolvedEntry", entry));
    })
}

/// Whether a mailbox answers automatically. It is asked for by its address, in the place of its owner.
pub fn get_oof_settings(who: &Who) -> Bytes {
    envelope(Some(who), |body| {
        body.element("m:GetUserOofSettingsRequest", &[], |get| {
            get.element("t:Mailbox", &[], |mailbox| mailbox.text("t:Address", who.address()));
        });
    })
}

/// Changes of a calendar, to be told over a stream.
pub fn subscribe(who: &Who) -> Bytes {
    const EVENTS: [&str; 5] = ["CreatedEvent", "DeletedEvent", "ModifiedEvent", "MovedEvent", "CopiedEvent"];
    envelope(Some(who), |body| {
        body.element("m:Subscribe", &[], |subscribe| {
            subscribe.element("m:StreamingSubscriptionRequest", &[], |request| {
                request.element("t:FolderIds", &[], calendar);
                request.element("t:EventTypes", &[], |types| {
                    for event in EVENTS {
                        types.text("t:EventType", event);
                    }
                });
            });
        });
    })
}

/// The end of a subscription.
pub fn unsubscribe(who: &Who, id: &str) -> Bytes {
    envelope(Some(who), |body| {
        body.element("m:Unsubscribe", &[], |unsubscribe| unsubscribe.text("m:SubscriptionId", id));
    })
}

/// The stream of some subscriptions.
pub fn get_streaming_events(who: &Who, ids: &[String], minutes: u32) -> Bytes {
    envelope(Some(who), |body| {
        body.element("m:GetStreamingEvents", &[], |get| {
            get.element("m:SubscriptionIds", &[], |list| {
                for id in ids {
                    list.text("t:SubscriptionId", id);
                }
            });
            get.text("m:ConnectionTimeout", &minutes.to_string());
        });
    })
}

fn envelope(who: Option<&Who>, body: impl FnOnce(&mut Writer)) -> Bytes {
    let names = [("xmlns:s", SOAP), ("xmlns:m", MESSAGES), ("xmlns:t", TYPES)];
    let document = Writer::document("s:Envelope", &names, |envelope| {
        envelope.element("s:Header", &[], |header| {
            header.empty("t:RequestServerVersion", &[("Version", VERSION)]);
            if let Some(who) = who {
                header.element("t:ExchangeImpersonation", &[], |header| {
                    header.element("t:ConnectingSID", &[], |sid| match who {
                        Who::Primary(address) => sid.text("t:PrimarySmtpAddress", address),
                        Who::Smtp(address) => sid.text("t:SmtpAddress", address),
                    });
                });
            }
        });
        envelope.element("s:Body", &[], body);
    });
    Bytes::from(document)
}

fn fields(shape: &mut Writer, fields: &[&str]) {
    shape.text("t:BaseShape", "IdOnly");
    shape.element("t:AdditionalProperties", &[], |properties| {
        for field in fields {
            properties.empty("t:FieldURI", &[("FieldURI", field)]);
        }
    });
}

fn calendar(folders: &mut Writer) {
    folders.empty("t:DistinguishedFolderId", &[("Id", "calendar")]);
}

fn instant(milliseconds: i64) -> String {
    DateTime::from_timestamp_millis(milliseconds)
        .unwrap_or_default()
        .to_rfc3339_opts(SecondsFormat::Secs, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &Bytes) -> &str {
        std::str::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_view_is_asked_for_in_the_order_of_the_schema() {
        let request =
            find_items(&Who::Primary("anna@example.com".to_owned()), (1_795_251_600_123, 1_795_338_000_000));
        let expected = concat!(
            r#"<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types">"#,
            r#"<s:Header><t:RequestServerVersion Version="Exchange2013"/><t:ExchangeImpersonation><t:ConnectingSID><t:PrimarySmtpAddress>anna@example.com</t:PrimarySmtpAddress></t:ConnectingSID></t:ExchangeImpersonation></s:Header>"#,
            r#"<s:Body><m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties>"#,
        );
        assert!(text(&request).starts_with(expected), "{}", text(&request));
        let end = concat!(
            r#"<t:FieldURI FieldURI="calendar:EndWallClock"/></t:AdditionalProperties></m:ItemShape>"#,
            r#"<m:CalendarView MaxEntriesReturned="1000" StartDate="2026-11-21T09:00:00Z" EndDate="2026-11-22T09:00:00Z"/>"#,
            r#"<m:ParentFolderIds><t:DistinguishedFolderId Id="calendar"/></m:ParentFolderIds></m:FindItem></s:Body></s:Envelope>"#,
        );
        assert!(text(&request).ends_with(end), "{}", text(&request));
    }

    #[test]
    fn an_address_stays_within_its_element() {
        let request = resolve_names(None, "smtp:a<b@example.com");
        assert!(text(&request).contains("<m:UnresolvedEntry>smtp:a&lt;b@example.com</m:UnresolvedEntry>"));
        assert!(!text(&request).contains("ExchangeImpersonation"));
    }

    #[test]
    fn a_stream_names_its_subscriptions() {
        let request =
            get_streaming_events(&Who::Smtp("a@x".to_owned()), &["1".to_owned(), "2".to_owned()], 30);
        let expected = "<m:SubscriptionIds><t:SubscriptionId>1</t:SubscriptionId><t:SubscriptionId>2</t:SubscriptionId></m:SubscriptionIds><m:ConnectionTimeout>30</m:ConnectionTimeout>";
        assert!(text(&request).contains(expected), "{}", text(&request));
    }
}
