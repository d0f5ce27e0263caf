use super::super::{Items, Nothing, Notifications, Resolutions, Subscribed};
use super::*;
use crate::source::exchange::soap::OofSettings;

const M: &str = "http://schemas.microsoft.com/exchange/services/2006/messages";
const T: &str = "http://schemas.microsoft.com/exchange/services/2006/types";

fn envelope(body: &str) -> Vec<u8> {
    format!(
        r#"<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><h:ServerVersionInfo MajorVersion="15" MinorVersion="2" MajorBuildNumber="1544" MinorBuildNumber="9" Version="V2017_07_11" xmlns:h="{T}"/></s:Header><s:Body xmlns:m="{M}" xmlns:t="{T}">{body}</s:Body></s:Envelope>"#
    )
    .into_bytes()
}

fn only<T: Content>(document: &[u8]) -> Response<T> {
    let mut responses = read::<T>(document).unwrap().outcome.unwrap_or_else(|failure| panic!("{failure:?}"));
    assert_eq!(responses.len(), 1);
    responses.remove(0)
}

#[test]
fn appointments_are_read() {
    let document = envelope(
        r#"<m:FindItemResponse><m:ResponseMessages><m:FindItemResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode><m:RootFolder TotalItemsInView="2" IncludesLastItemInRange="false"><t:Items><t:CalendarItem><t:ItemId Id="AAA=" ChangeKey="B"/><t:Subject>A &amp; B</t:Subject><t:Sensitivity>Private</t:Sensitivity><t:UID>u</t:UID><t:Start>2026-12-23T11:00:00Z</t:Start><t:End>2026-12-24T11:00:00Z</t:End><t:IsAllDayEvent>true</t:IsAllDayEvent><t:LegacyFreeBusyStatus>OOF</t:LegacyFreeBusyStatus><t:IsCancelled>false</t:IsCancelled><t:CalendarItemType>Occurrence</t:CalendarItemType><t:Organizer><t:Mailbox><t:Name>X</t:Name></t:Mailbox></t:Organizer><t:StartWallClock>2026-12-24T00:00:00+13:00</t:StartWallClock><t:EndWallClock>2026-12-25T00:00:00+13:00</t:EndWallClock><t:StartTimeZoneId>New Zealand Standard Time</t:StartTimeZoneId></t:CalendarItem><t:CalendarItem><t:ItemId Id="C"/></t:CalendarItem></t:Items></m:RootFolder></m:FindItemResponseMessage></m:ResponseMessages></m:FindItemResponse>"#,
    );
    let items = only::<Items>(&document).into_result().unwrap();
    assert!(!items.complete);
    assert_eq!(items.items.len(), 2);
    let item = &items.items[0];
    assert_eq!((item.id.as_str(), item.subject.as_str()), ("AAA=", "A & B"));
    assert_eq!((item.show_as.as_deref(), item.sensitivity.as_deref()), (Some("OOF"), Some("Private")));
    assert_eq!((item.all_day, item.cancelled, item.is_master), (true, false, false));
    assert_eq!(item.start, Some(1_798_023_600_000));
    assert_eq!(item.start_wall.unwrap().to_string(), "2026-12-24 00:00:00");
    assert_eq!(item.zone.as_deref(), Some("New Zealand Standard Time"));
    assert_eq!(item.organizer, None, "a name alone");
    let version = read::<Items>(&document).unwrap().version.unwrap();
    assert_eq!((version.major, version.text.as_str()), (15, "15.2.1544.9"));
}

#[test]
fn each_message_has_its_own_code() {
    let document = envelope(
        r#"<m:GetItemResponse><m:ResponseMessages><m:GetItemResponseMessage ResponseClass="Error"><m:MessageText>Title of somebody</m:MessageText><m:ResponseCode>ErrorItemNotFound</m:ResponseCode><m:DescriptiveLinkKey>0</m:DescriptiveLinkKey><m:Items/></m:GetItemResponseMessage><m:GetItemResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode><m:Items><t:CalendarItem><t:ItemId Id="C"/><t:Organizer><t:Mailbox><t:Name>X</t:Name><t:EmailAddress>x@example.com</t:EmailAddress><t:RoutingType>SMTP</t:RoutingType></t:Mailbox></t:Organizer></t:CalendarItem></m:Items></m:GetItemResponseMessage></m:ResponseMessages></m:GetItemResponse>"#,
    );
    let responses = read::<Items>(&document).unwrap().outcome.unwrap();
    assert_eq!(responses[0].failure, Some(Failure::new("ErrorItemNotFound")));
    let organizer = responses[1].content.items[0].organizer.clone().unwrap();
    assert_eq!((organizer.address.as_str(), organizer.routing.as_str()), ("x@example.com", "SMTP"));
}

#[test]
fn a_fault_has_a_code_and_values() {
    let fault = |detail: &str| {
        envelope(&format!(
            r#"<s:Fault><faultcode xmlns:a="{T}">a:ErrorSchemaValidation</faultcode><faultstring xml:lang="en-US">No.</faultstring>{detail}</s:Fault>"#
        ))
    };
    let busy = fault(&format!(
        r#"<detail><e:ResponseCode xmlns:e="http://schemas.microsoft.com/exchange/services/2006/errors">ErrorServerBusy</e:ResponseCode><e:Message xmlns:e="http://schemas.microsoft.com/exchange/services/2006/errors">The server cannot service this request right now.</e:Message><t:MessageXml xmlns:t="{T}"><t:Value Name="BackOffMilliseconds"> 297749 </t:Value></t:MessageXml></detail>"#
    ));
    let failure = read::<Nothing>(&busy).unwrap().outcome.unwrap_err();
    assert_eq!(failure.code, "ErrorServerBusy");
    assert_eq!(failure.back_off(), Some(std::time::Duration::from_millis(297_749)));
    let bare = read::<Nothing>(&fault("")).unwrap().outcome.unwrap_err();
    assert_eq!(bare.code, "ErrorSchemaValidation");
}

#[test]
fn names_are_read_and_warnings_have_results() {
    let document = envelope(
        r#"<m:ResolveNamesResponse><m:ResponseMessages><m:ResolveNamesResponseMessage ResponseClass="Warning"><m:ResponseCode>ErrorNameResolutionMultipleResults</m:ResponseCode><m:ResolutionSet TotalItemsInView="2" IncludesLastItemInRange="true"><t:Resolution><t:Mailbox><t:Name>Anna</t:Name><t:EmailAddress>anna@example.com</t:EmailAddress><t:RoutingType>SMTP</t:RoutingType><t:MailboxType>Mailbox</t:MailboxType></t:Mailbox><t:Contact><t:DisplayName>Anna</t:DisplayName><t:EmailAddresses><t:Entry Key="EmailAddress1">SMTP:anna@example.com</t:Entry><t:Entry Key="EmailAddress2">smtp:a.b@example.com</t:Entry></t:EmailAddresses></t:Contact></t:Resolution><t:Resolution><t:Mailbox><t:EmailAddress>annabel@example.com</t:EmailAddress><t:MailboxType>PublicDL</t:MailboxType></t:Mailbox></t:Resolution></m:ResolutionSet></m:ResolveNamesResponseMessage></m:ResponseMessages></m:ResolveNamesResponse>"#,
    );
    let Resolutions(found) = only::<Resolutions>(&document).into_result().unwrap();
    assert_eq!(found[0].addresses, ["anna@example.com", "a.b@example.com"]);
    assert_eq!((found[0].mailbox.kind.as_str(), found[1].mailbox.kind.as_str()), ("Mailbox", "PublicDL"));
}

#[test]
fn streams_tell_changes_losses_and_their_end() {
    let document = envelope(
        r#"<m:GetStreamingEventsResponse><m:ResponseMessages><m:GetStreamingEventsResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode><m:Notifications><m:Notification><t:SubscriptionId>s1</t:SubscriptionId><t:CreatedEvent><t:TimeStamp>2026-11-21T09:00:00Z</t:TimeStamp><t:ItemId Id="x" ChangeKey="y"/><t:ParentFolderId Id="z"/></t:CreatedEvent></m:Notification><t:Notification><t:SubscriptionId>s2</t:SubscriptionId><t:StatusEvent><t:Watermark>w</t:Watermark></t:StatusEvent></t:Notification></m:Notifications></m:GetStreamingEventsResponseMessage></m:ResponseMessages></m:GetStreamingEventsResponse>"#,
    );
    let told = only::<Notifications>(&document).content;
    let events: Vec<_> =
        told.events.iter().map(|event| (event.subscription.as_str(), event.is_change)).collect();
    assert_eq!(events, [("s1", true), ("s2", false)]);
    let document = envelope(
        r#"<m:GetStreamingEventsResponse><m:ResponseMessages><m:GetStreamingEventsResponseMessage ResponseClass="Error"><m:ResponseCode>ErrorSubscriptionNotFound</m:ResponseCode><m:ErrorSubscriptionIds><t:SubscriptionId>s1</t:SubscriptionId><m:SubscriptionId>s2</m:SubscriptionId></m:ErrorSubscriptionIds><m:ConnectionStatus>Closed</m:ConnectionStatus></m:GetStreamingEventsResponseMessage></m:ResponseMessages></m:GetStreamingEventsResponse>"#,
    );
    let response = only::<Notifications>(&document);
    assert_eq!(response.content.lost, ["s1", "s2"]);
    assert_eq!(response.content.closed, Some(true));
    assert_eq!(response.failure.unwrap().code, "ErrorSubscriptionNotFound");
}

#[test]
fn a_subscription_has_an_id() {
    let document = envelope(
        r#"<m:SubscribeResponse><m:ResponseMessages><m:SubscribeResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode><m:SubscriptionId>JgBl</m:SubscriptionId></m:SubscribeResponseMessage></m:ResponseMessages></m:SubscribeResponse>"#,
    );
    assert_eq!(only::<Subscribed>(&document).into_result().unwrap().id, "JgBl");
}

#[test]
fn what_is_no_envelope_is_refused() {
    for document in [
        "<html><body>Log in</body></html>",
        "",
        "<Envelope/>",
        r#"<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"/>"#,
    ] {
        assert!(read::<Nothing>(document.as_bytes()).is_err(), "{document}");
    }
}

#[test]
fn people_5_automatic_replies_are_read_as_documented() {
    let body = |inner: &str| {
        format!(
            r#"<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>
                <GetUserOofSettingsResponse xmlns="http://schemas.microsoft.com/exchange/services/2006/messages">{inner}
                </GetUserOofSettingsResponse></s:Body></s:Envelope>"#
        )
    };
    let told = body(
        r#"<ResponseMessage ResponseClass="Success"><ResponseCode>NoError</ResponseCode></ResponseMessage>
           <OofSettings xmlns="http://schemas.microsoft.com/exchange/services/2006/types"><OofState>Scheduled</OofState>
           <ExternalAudience>All</ExternalAudience><Duration><StartTime>2026-11-21T09:00:00</StartTime>
           <EndTime>2026-11-22T09:00:00Z</EndTime></Duration><InternalReply><Message>Secret</Message></InternalReply>
           </OofSettings><AllowExternalOof>All</AllowExternalOof>"#,
    );
    let mut responses = read::<OofSettings>(told.as_bytes()).unwrap().outcome.unwrap();
    let settings = responses.remove(0).into_result().unwrap();
    let (start, end) = (Some(1_795_251_600_000), Some(1_795_338_000_000));
    assert_eq!(settings, OofSettings { state: "Scheduled".to_owned(), start, end });
    let refused = body(
        r#"<ResponseMessage ResponseClass="Error"><MessageText>No.</MessageText>
           <ResponseCode>ErrorAccessDenied</ResponseCode></ResponseMessage>"#,
    );
    let mut responses = read::<OofSettings>(refused.as_bytes()).unwrap().outcome.unwrap();
    assert_eq!(responses.remove(0).into_result().unwrap_err().code, "ErrorAccessDenied");
}
