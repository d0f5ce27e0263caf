//! Appointments as EWS tells them, and names as the address book knows them.

use chrono::NaiveDate;
use exchange_sim::{Limits, Mailbox, WallClocks};
use graph_sim::{Appointment, Change, Sensitivity, Series, ShowAs};

use crate::client::{
    ANNA, BEN, Client, attributes, each, find_item, instant, meeting, primary, smtp, start, texts, view,
};

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[tokio::test]
async fn an_appointment_has_what_was_asked_for_in_the_order_of_the_schema() {
    let sim = start().await;
    let secret = Appointment {
        show_as: ShowAs::WorkingElsewhere,
        sensitivity: Sensitivity::Private,
        ..meeting("Budget & <plan>")
    };
    sim.add(ANNA, secret).unwrap();
    let mut client = Client::logged_in(&sim).await;
    let answer = client.ews(Some(&smtp(ANNA)), &view()).await;
    assert_eq!((answer.status, answer.code().as_str()), (200, "NoError"));
    let item =
        answer.body.split("<t:CalendarItem>").nth(1).unwrap().split("</t:CalendarItem>").next().unwrap();
    let (uid, rest) = (texts(item, "UID").remove(0), item.split_once("/>").unwrap().1);
    assert_eq!(
        rest,
        format!(
            "<t:Subject>Budget &amp; &lt;plan&gt;</t:Subject><t:Sensitivity>Private</t:Sensitivity><t:UID>{uid}</t:UID>\
             <t:Start>2026-11-20T09:00:00Z</t:Start><t:End>2026-11-20T10:00:00Z</t:End>\
             <t:IsAllDayEvent>false</t:IsAllDayEvent>\
             <t:LegacyFreeBusyStatus>WorkingElsewhere</t:LegacyFreeBusyStatus><t:IsCancelled>false</t:IsCancelled>\
             <t:CalendarItemType>Single</t:CalendarItemType>\
             <t:StartWallClock>2026-11-20T10:00:00+01:00</t:StartWallClock>\
             <t:EndWallClock>2026-11-20T11:00:00+01:00</t:EndWallClock>\
             <t:StartTimeZoneId>W. Europe Standard Time</t:StartTimeZoneId>"
        )
    );
    assert_eq!(sim.violations(), []);
}

#[tokio::test]
async fn whole_days_are_midnights_of_the_zone_in_which_they_were_made() {
    let sim = start().await;
    let day = Appointment::whole_day("", date("2026-11-24"), date("2026-11-25"));
    sim.add_in(ANNA, "New Zealand Standard Time", day).unwrap();
    let mut client = Client::logged_in(&sim).await;
    let answer = client.ews(Some(&smtp(ANNA)), &view()).await;
    // An empty subject has no element.
    assert_eq!(answer.texts("Subject"), Vec::<String>::new());
    assert_eq!(answer.texts("Start"), ["2026-11-23T11:00:00Z"]);
    assert_eq!(answer.texts("StartWallClock"), ["2026-11-24T00:00:00+13:00"]);
    assert_eq!(answer.texts("EndWallClock"), ["2026-11-25T00:00:00+13:00"]);
    assert_eq!(answer.texts("StartTimeZoneId"), ["New Zealand Standard Time"]);
    sim.set_wall_clocks(WallClocks::Plain);
    let answer = client.ews(Some(&smtp(ANNA)), &view()).await;
    assert_eq!(answer.texts("StartWallClock"), ["2026-11-24T00:00:00"]);
    sim.set_wall_clocks(WallClocks::Missing);
    let answer = client.ews(Some(&smtp(ANNA)), &view()).await;
    assert_eq!(answer.texts("StartWallClock"), Vec::<String>::new());
    assert_eq!(answer.texts("StartTimeZoneId"), Vec::<String>::new());
}

#[tokio::test]
async fn series_are_taken_apart() {
    let sim = start().await;
    let id = sim.add_series(ANNA, Series::weekly(meeting("Team"))).unwrap();
    sim.change(
        ANNA,
        &id,
        Some(date("2026-11-27")),
        Change { subject: Some("Other".into()), ..Change::default() },
    )
    .unwrap();
    let mut client = Client::logged_in(&sim).await;
    let long = find_item("2026-11-16T00:00:00Z", "2026-12-12T00:00:00Z");
    let answer = client.ews(Some(&smtp(ANNA)), &long).await;
    assert_eq!(answer.texts("Subject"), ["Team", "Other", "Team", "Team"]);
    assert_eq!(answer.texts("CalendarItemType"), ["Occurrence", "Exception", "Occurrence", "Occurrence"]);
    let uids = answer.texts("UID");
    assert!(uids.iter().all(|uid| *uid == uids[0]), "{uids:?}");
    sim.delete(ANNA, &id, Some(date("2026-12-04"))).unwrap();
    assert_eq!(client.ews(Some(&smtp(ANNA)), &long).await.texts("Subject"), ["Team", "Other", "Team"]);
}

#[tokio::test]
async fn what_touches_the_view_from_outside_is_not_in_it() {
    let sim = start().await;
    sim.add(ANNA, meeting("Meeting")).unwrap();
    let mut client = Client::logged_in(&sim).await;
    for (start, end, count) in [
        ("2026-11-20T10:00:00Z", "2026-11-20T12:00:00Z", 0),
        ("2026-11-20T08:00:00Z", "2026-11-20T09:00:00Z", 0),
        ("2026-11-20T09:59:59Z", "2026-11-20T12:00:00Z", 1),
        ("2026-11-20T10:59:59+01:00", "2026-11-20T13:00:00+01:00", 1),
    ] {
        let answer = client.ews(Some(&smtp(ANNA)), &find_item(start, end)).await;
        assert_eq!(answer.texts("Subject").len(), count, "{start}");
    }
}

#[tokio::test]
async fn a_view_that_is_cut_off_says_so() {
    let sim = start().await;
    for index in 0..5 {
        sim.add(ANNA, meeting(&format!("{index}"))).unwrap();
    }
    sim.set_limits(Limits { items: 3, ..Limits::default() });
    let mut client = Client::logged_in(&sim).await;
    let answer = client.ews(Some(&smtp(ANNA)), &view()).await;
    assert_eq!(answer.texts("Subject").len(), 3);
    assert_eq!(attributes(&answer.body, "RootFolder", "IncludesLastItemInRange"), ["false"]);
    sim.set_limits(Limits::default());
    let answer = client.ews(Some(&smtp(ANNA)), &view()).await;
    assert_eq!(attributes(&answer.body, "RootFolder", "TotalItemsInView"), ["5"]);
    assert_eq!(attributes(&answer.body, "RootFolder", "IncludesLastItemInRange"), ["true"]);
}

#[tokio::test]
async fn organizers_come_whole_by_get_item_alone() {
    let sim = start().await;
    let dn = "/o=Contoso/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=ben";
    let gone = "/O=EXCHANGELABS/OU=GROUP/CN=RECIPIENTS/CN=GONE";
    for organizer in [BEN, dn, gone] {
        let mut meeting = meeting(organizer);
        meeting.organizer = Some(organizer.into());
        sim.add(ANNA, meeting).unwrap();
    }
    let mut client = Client::logged_in(&sim).await;
    let with = view().replace("item:Subject", "calendar:Organizer");
    let found = client.ews(Some(&smtp(ANNA)), &with).await;
    let mut names = found.texts("Name");
    names.sort();
    assert_eq!(names, ["Ben Brown", "Ben Brown", "GONE"]);
    assert_eq!(found.texts("EmailAddress"), Vec::<String>::new());
    let ids = each("<t:ItemId Id=\"{}\"/>", &attributes(&found.body, "ItemId", "Id"));
    let whole = format!(
        "<m:GetItem><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties><t:FieldURI \
         FieldURI=\"calendar:Organizer\"/></t:AdditionalProperties></m:ItemShape><m:ItemIds>{ids}<t:ItemId Id=\"x\"/>\
         </m:ItemIds></m:GetItem>"
    );
    let answer = client.ews(Some(&smtp(ANNA)), &whole).await;
    let mut routing: Vec<_> =
        answer.texts("EmailAddress").into_iter().zip(answer.texts("RoutingType")).collect();
    routing.sort();
    let expected = [(gone, "EX"), (dn, "EX"), (BEN, "SMTP")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(routing, expected);
    assert_eq!(answer.texts("ResponseCode"), ["NoError", "NoError", "NoError", "ErrorInvalidIdMalformed"]);
    // Ids are of their mailbox.
    let answer = client.ews(Some(&smtp(BEN)), &whole).await;
    assert_eq!(answer.texts("ResponseCode")[0], "ErrorItemNotFound");
}

fn resolve(entry: &str) -> String {
    format!(
        "<m:ResolveNames ReturnFullContactData=\"true\" SearchScope=\"ActiveDirectory\"><m:UnresolvedEntry>{entry}\
         </m:UnresolvedEntry></m:ResolveNames>"
    )
}

#[tokio::test]
async fn names_are_resolved_by_address_and_by_beginning() {
    let sim = start().await;
    sim.add_mailbox(Mailbox {
        aliases: ["2", "3", "4"].map(|number| format!("many{number}@contoso.example")).to_vec(),
        ..Mailbox::new("anna.many@contoso.example")
    })
    .unwrap();
    let mut client = Client::logged_in(&sim).await;
    let answer = client.ews(None, &resolve("smtp:A.Arnold@contoso.example")).await;
    assert_eq!((answer.code().as_str(), answer.texts("EmailAddress")), ("NoError", vec![ANNA.to_owned()]));
    assert_eq!(answer.texts("MailboxType"), ["Mailbox"]);
    assert_eq!(answer.texts("Entry"), ["SMTP:anna@contoso.example", "smtp:a.arnold@contoso.example"]);
    // Three addresses at most.
    let answer = client.ews(None, &resolve("smtp:many4@contoso.example")).await;
    assert_eq!(answer.texts("Entry").len(), 3);
    // Without smtp: other people come, too.
    let answer = client.ews(None, &resolve("anna")).await;
    assert_eq!(answer.code(), "ErrorNameResolutionMultipleResults");
    assert_eq!(attributes(&answer.body, "ResolveNamesResponseMessage", "ResponseClass"), ["Warning"]);
    assert_eq!(answer.texts("EmailAddress").len(), 2);
    let answer = client.ews(None, &resolve("smtp:nobody@contoso.example")).await;
    assert_eq!(answer.code(), "ErrorNameResolutionNoResults");
    // Names of X.500 as well.
    let dn = "/o=contoso/ou=exchange administrative group (fydibohf23spdlt)/cn=recipients/cn=ben";
    assert_eq!(client.ews(None, &resolve(dn)).await.texts("EmailAddress"), [BEN]);
    sim.change_mailbox(BEN, |ben| ben.hosted_at = Some("ben@contoso.mail.onmicrosoft.com".into())).unwrap();
    let answer = client.ews(None, &resolve("smtp:ben@contoso.example")).await;
    assert_eq!(answer.texts("EmailAddress"), ["ben@contoso.mail.onmicrosoft.com"]);
    sim.change_account("svc-calendar", |account| account.mailbox = None).unwrap();
    let answer = client.ews(None, &resolve("smtp:anna@contoso.example")).await;
    assert_eq!(answer.code(), "ErrorNameResolutionNoMailbox");
}

#[tokio::test]
async fn the_answer_is_in_the_zone_that_was_asked_for() {
    let sim = start().await;
    sim.add(ANNA, meeting("Meeting")).unwrap();
    let mut client = Client::logged_in(&sim).await;
    let header = format!(
        "<t:RequestServerVersion Version=\"Exchange2013\"/><t:ExchangeImpersonation><t:ConnectingSID>{}\
         </t:ConnectingSID></t:ExchangeImpersonation><t:TimeZoneContext><t:TimeZoneDefinition Id=\"Tokyo Standard \
         Time\"/></t:TimeZoneContext>",
        primary(ANNA)
    );
    let body = crate::client::with_header(&header, &view().replace("T00:00:00Z", "T00:00:00"));
    let answer = client.post(&[], &body).await;
    assert_eq!(answer.texts("Start"), ["2026-11-20T18:00:00+09:00"]);
}

#[tokio::test]
async fn namespaces_may_be_declared_at_each_element() {
    let sim = start().await;
    sim.add(ANNA, meeting("Meeting")).unwrap();
    sim.set_bare_names(true);
    let answer = Client::logged_in(&sim).await.ews(Some(&smtp(ANNA)), &view()).await;
    assert_eq!(answer.texts("Subject"), ["Meeting"]);
    assert!(answer.body.contains("<Body><FindItemResponse xmlns="), "{answer:?}");
}

#[tokio::test]
async fn made_up_calendars_are_those_of_graph_sim() {
    let sim = start().await;
    sim.populate(20, false);
    let mut client = Client::logged_in(&sim).await;
    let answer = client.ews(Some(&smtp("user00007@contoso.example")), &view()).await;
    assert_eq!(answer.code(), "NoError");
    assert!(answer.texts("Subject").len() > 5, "{answer:?}");
    let again = client.ews(Some(&smtp("user00007@contoso.example")), &view()).await;
    assert_eq!(answer.body, again.body);
    let start = instant("2026-11-20T09:00:00Z");
    assert!(answer.texts("Start").iter().all(|text| (instant(text) - start).num_days().abs() < 15));
}
