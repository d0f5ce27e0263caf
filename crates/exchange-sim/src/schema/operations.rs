//! The operations, with everything in them.

use super::rule::Content::{Any, Nothing, Sequence, Text};
use super::rule::{Rule, m, many, maybe, one, t};
use super::values::{
    any, base_point, base_shape, body_type, boolean, date_time, distinguished_folder, event_type, filled,
    most_changes, number, positive, search_scope, sync_scope, timeout, traversal,
};

static FIELD: Rule = t("FieldURI", Nothing).with(&[("FieldURI", true, filled)]);
static INDEXED_FIELD: Rule =
    t("IndexedFieldURI", Nothing).with(&[("FieldURI", true, filled), ("FieldIndex", true, filled)]);
static EXTENDED_FIELD: Rule = t("ExtendedFieldURI", Any);
static ADDITIONAL: Rule =
    t("AdditionalProperties", Sequence(&[many(&[&FIELD, &INDEXED_FIELD, &EXTENDED_FIELD])]));

static BASE: Rule = t("BaseShape", Text(base_shape));
static MIME: Rule = t("IncludeMimeContent", Text(boolean));
static BODY_TYPE: Rule = t("BodyType", Text(body_type));
static UNIQUE_BODY_TYPE: Rule = t("UniqueBodyType", Text(body_type));
static NORMALIZED_BODY_TYPE: Rule = t("NormalizedBodyType", Text(body_type));
static FILTER: Rule = t("FilterHtmlContent", Text(boolean));
static CONVERT: Rule = t("ConvertHtmlCodePageToUTF8", Text(boolean));
static IMAGE_URL: Rule = t("InlineImageUrlTemplate", Text(any));
static BLOCK: Rule = t("BlockExternalImages", Text(boolean));
static BLANK: Rule = t("AddBlankTargetToLinks", Text(boolean));
static BODY_SIZE: Rule = t("MaximumBodySize", Text(number));
static ITEM_SHAPE: Rule = m(
    "ItemShape",
    Sequence(&[
        one(&[&BASE]),
        maybe(&[&MIME]),
        maybe(&[&BODY_TYPE]),
        maybe(&[&UNIQUE_BODY_TYPE]),
        maybe(&[&NORMALIZED_BODY_TYPE]),
        maybe(&[&FILTER]),
        maybe(&[&CONVERT]),
        maybe(&[&IMAGE_URL]),
        maybe(&[&BLOCK]),
        maybe(&[&BLANK]),
        maybe(&[&BODY_SIZE]),
        maybe(&[&ADDITIONAL]),
    ]),
);
static FOLDER_SHAPE: Rule = m("FolderShape", Sequence(&[one(&[&BASE]), maybe(&[&ADDITIONAL])]));

static NAME: Rule = t("Name", Text(any));
static ADDRESS: Rule = t("EmailAddress", Text(any));
static ROUTING: Rule = t("RoutingType", Text(any));
static KIND: Rule = t("MailboxType", Text(any));
static MAILBOX: Rule =
    t("Mailbox", Sequence(&[maybe(&[&NAME]), maybe(&[&ADDRESS]), maybe(&[&ROUTING]), maybe(&[&KIND])]));
static DISTINGUISHED: Rule = t("DistinguishedFolderId", Sequence(&[maybe(&[&MAILBOX])]))
    .with(&[("Id", true, distinguished_folder), ("ChangeKey", false, any)]);
static FOLDER: Rule = t("FolderId", Nothing).with(&[("Id", true, filled), ("ChangeKey", false, any)]);
static ITEM: Rule = t("ItemId", Nothing).with(&[("Id", true, filled), ("ChangeKey", false, any)]);
static PARENTS: Rule = m("ParentFolderIds", Sequence(&[many(&[&DISTINGUISHED, &FOLDER])]));

static VIEW: Rule = m("CalendarView", Nothing).with(&[
    ("MaxEntriesReturned", false, positive),
    ("StartDate", true, date_time),
    ("EndDate", true, date_time),
]);
static INDEXED_PAGE: Rule = m("IndexedPageItemView", Nothing).with(&[
    ("MaxEntriesReturned", false, positive),
    ("Offset", true, number),
    ("BasePoint", true, base_point),
]);
static FRACTIONAL_PAGE: Rule = m("FractionalPageItemView", Any);
static CONTACTS_VIEW: Rule = m("ContactsView", Any);
static RESTRICTION: Rule = m("Restriction", Any);
static SORT_ORDER: Rule = m("SortOrder", Any);
static FIND_ITEM: Rule = m(
    "FindItem",
    Sequence(&[
        one(&[&ITEM_SHAPE]),
        maybe(&[&VIEW, &INDEXED_PAGE, &FRACTIONAL_PAGE, &CONTACTS_VIEW]),
        maybe(&[&RESTRICTION]),
        maybe(&[&SORT_ORDER]),
        one(&[&PARENTS]),
    ]),
)
.with(&[("Traversal", true, traversal)]);

static ITEM_IDS: Rule = m("ItemIds", Sequence(&[many(&[&ITEM])]));
static GET_ITEM: Rule = m("GetItem", Sequence(&[one(&[&ITEM_SHAPE]), one(&[&ITEM_IDS])]));

static FOLDER_IDS: Rule = m("FolderIds", Sequence(&[many(&[&DISTINGUISHED, &FOLDER])]));
static GET_FOLDER: Rule = m("GetFolder", Sequence(&[one(&[&FOLDER_SHAPE]), one(&[&FOLDER_IDS])]));

static UNRESOLVED: Rule = m("UnresolvedEntry", Text(filled));
static RESOLVE_NAMES: Rule = m("ResolveNames", Sequence(&[maybe(&[&PARENTS]), one(&[&UNRESOLVED])])).with(&[
    ("ReturnFullContactData", true, boolean),
    ("SearchScope", false, search_scope),
    ("ContactDataShape", false, base_shape),
]);

static OOF_ADDRESS: Rule = t("Address", Text(filled));
static OOF_MAILBOX: Rule =
    t("Mailbox", Sequence(&[maybe(&[&NAME]), one(&[&OOF_ADDRESS]), maybe(&[&ROUTING])]));
static GET_USER_OOF_SETTINGS: Rule = m("GetUserOofSettingsRequest", Sequence(&[one(&[&OOF_MAILBOX])]));

static EVENT_TYPE: Rule = t("EventType", Text(event_type));
static EVENT_TYPES: Rule = t("EventTypes", Sequence(&[many(&[&EVENT_TYPE])]));
static WATCHED: Rule = t("FolderIds", Sequence(&[many(&[&DISTINGUISHED, &FOLDER])]));
static STREAMING: Rule = m(
    "StreamingSubscriptionRequest",
    Sequence(&[maybe(&[&WATCHED]), one(&[&EVENT_TYPES])]),
)
.with(&[("SubscribeToAllFolders", false, boolean)]);
static PULL: Rule = m("PullSubscriptionRequest", Any);
static PUSH: Rule = m("PushSubscriptionRequest", Any);
static SUBSCRIBE: Rule = m("Subscribe", Sequence(&[one(&[&STREAMING, &PULL, &PUSH])]));

static SUBSCRIPTION_ID: Rule = t("SubscriptionId", Text(filled));
static SUBSCRIPTION_IDS: Rule = m("SubscriptionIds", Sequence(&[many(&[&SUBSCRIPTION_ID])]));
static TIMEOUT: Rule = m("ConnectionTimeout", Text(timeout));
static GET_STREAMING_EVENTS: Rule =
    m("GetStreamingEvents", Sequence(&[one(&[&SUBSCRIPTION_IDS]), one(&[&TIMEOUT])]));

static ONE_SUBSCRIPTION: Rule = m("SubscriptionId", Text(filled));
static UNSUBSCRIBE: Rule = m("Unsubscribe", Sequence(&[one(&[&ONE_SUBSCRIPTION])]));

static SYNC_FOLDER: Rule = m("SyncFolderId", Sequence(&[one(&[&DISTINGUISHED, &FOLDER])]));
static SYNC_STATE: Rule = m("SyncState", Text(any));
static IGNORE: Rule = m("Ignore", Any);
static MOST_CHANGES: Rule = m("MaxChangesReturned", Text(most_changes));
static SYNC_SCOPE: Rule = m("SyncScope", Text(sync_scope));
static SYNC_FOLDER_ITEMS: Rule = m(
    "SyncFolderItems",
    Sequence(&[
        one(&[&ITEM_SHAPE]),
        one(&[&SYNC_FOLDER]),
        maybe(&[&SYNC_STATE]),
        maybe(&[&IGNORE]),
        one(&[&MOST_CHANGES]),
        maybe(&[&SYNC_SCOPE]),
    ]),
);

static ZONE_ID: Rule = t("Id", Text(filled));
static ZONE_IDS: Rule = m("Ids", Sequence(&[many(&[&ZONE_ID])]));
static GET_SERVER_TIME_ZONES: Rule = m("GetServerTimeZones", Sequence(&[maybe(&[&ZONE_IDS])])).with(&[(
    "ReturnFullTimeZoneData",
    false,
    boolean,
)]);

pub(super) static RULES: [&Rule; 10] = [
    &FIND_ITEM,
    &GET_ITEM,
    &GET_FOLDER,
    &RESOLVE_NAMES,
    &GET_USER_OOF_SETTINGS,
    &SUBSCRIBE,
    &GET_STREAMING_EVENTS,
    &UNSUBSCRIBE,
    &SYNC_FOLDER_ITEMS,
    &GET_SERVER_TIME_ZONES,
];
