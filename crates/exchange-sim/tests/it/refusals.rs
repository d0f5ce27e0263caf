//! What Exchange refuses: schema, versions, impersonation, views, limits, bodies.

use exchange_sim::{Fault, Impersonates, Limits, Mailbox, Operation, Rule, Site, Version};
use hyper::Method;

use crate::client::{
    ANNA, Answer, BEN, Client, EWS, GET_CALENDAR, envelope, find_item, primary, smtp, start, view,
    with_header,
};

fn refusal(answer: &Answer) -> (u16, String) {
    (answer.status, answer.code())
}

fn fault(code: &str) -> (u16, String) {
    (500, code.to_owned())
}

fn message(code: &str) -> (u16, String) {
    (200, code.to_owned())
}

#[tokio::test]
async fn what_does_not_fit_the_schema_is_a_fault_that_says_where() {
    let sim = start().await;
    let mut client = Client::logged_in(&sim).await;
    let right = view();
    for wrong in [
        right.replace(" Traversal=\"Shallow\"", ""),
        right.replace("m:ItemShape", "t:ItemShape"),
        right.replace("m:FindItem", "t:FindItem"),
        right.replace(" EndDate=\"2026-11-30T00:00:00Z\"", ""),
        right.replace("<m:ParentFolderIds>", "<m:SortOrder/><m:Restriction/><m:ParentFolderIds>"),
        "<m:FindItem Traversal=\"Shallow\"/>".into(),
        "<m:DeleteEverything/>".into(),
        String::new(),
        GET_CALENDAR.repeat(2),
    ] {
        let answer = client.ews(Some(&smtp(ANNA)), &wrong).await;
        assert_eq!(refusal(&answer), fault("ErrorSchemaValidation"), "{wrong}");
        assert_eq!(answer.texts("Violation").len(), 1, "{answer:?}");
        assert_eq!(answer.texts("LineNumber").len(), 1, "{answer:?}");
    }
}

#[tokio::test]
async fn the_https_names_of_the_documentation_are_other_names() {
    let sim = start().await;
    let mut client = Client::logged_in(&sim).await;
    let body = envelope(Some(&smtp(ANNA)), &view());
    for name in ["http://schemas.microsoft.com/exchange/services/2006/types", "http://schemas.xmlsoap.org/"] {
        let body = body.replace(name, &name.replace("http:", "https:"));
        assert_eq!(refusal(&client.post(&[], &body).await), fault("ErrorSchemaValidation"), "{name}");
    }
}

#[tokio::test]
async fn what_is_no_xml_is_refused_before_it_is_understood() {
    let sim = start().await;
    let mut client = Client::logged_in(&sim).await;
    let right = envelope(None, GET_CALENDAR);
    for wrong in ["", "{}", "<a>", &format!("<!DOCTYPE a>{right}"), &right.replace("</s:Body>", "")] {
        assert_eq!(refusal(&client.post(&[], wrong).await), fault("ErrorSchemaValidation"), "{wrong}");
    }
    assert_eq!(client.ask(Method::GET, EWS, &[], "").await.status, 405);
    let json = [("content-type", "application/json")];
    assert_eq!(client.ask(Method::POST, EWS, &json, &right).await.status, 415);
    let xml = [("content-type", "text/xml")];
    assert_eq!(client.ask(Method::POST, "/EWS/Services.wsdl", &xml, &right).await.status, 404);
}

#[tokio::test]
async fn versions_newer_than_the_server_are_invalid() {
    let sim = start().await;
    let mut client = Client::logged_in(&sim).await;
    let mut ask = async |version: Version, asked: &str| {
        sim.set_version(version);
        let header = format!("<t:RequestServerVersion Version=\"{asked}\"/>");
        let answer = client.post(&[], &with_header(&header, GET_CALENDAR)).await;
        (answer.status, answer.code())
    };
    for (version, asked) in [
        (Version::Exchange2010, "Exchange2010_SP2"),
        (Version::Exchange2013, "Exchange2013_SP1"),
        (Version::Exchange2016, "Exchange2016"),
    ] {
        assert_eq!(ask(version, asked).await, message("NoError"));
    }
    for (version, asked) in [
        (Version::Exchange2010, "Exchange2013"),
        (Version::Exchange2013, "Exchange2016"),
        (Version::Exchange2019, "V2017_07_11"),
        (Version::Exchange2019, ""),
    ] {
        assert_eq!(ask(version, asked).await, fault("ErrorInvalidServerVersion"), "{asked}");
    }
}

#[tokio::test]
async fn properties_newer_than_the_version_are_refused() {
    let sim = start().await;
    let mut client = Client::logged_in(&sim).await;
    for header in ["<t:RequestServerVersion Version=\"Exchange2010_SP2\"/>", ""] {
        let answer = client.post(&[], &with_header(header, &view())).await;
        assert_eq!(refusal(&answer), fault("ErrorIncorrectSchemaVersion"));
    }
    let answer = client.ews(None, &view().replace("item:Subject", "subject")).await;
    assert_eq!(refusal(&answer), fault("ErrorSchemaValidation"));
}

#[tokio::test]
async fn impersonation_is_for_whom_the_account_may_and_by_the_right_name() {
    let sim = start().await;
    sim.add_mailbox(Mailbox { mailbox_type: "PublicDL".into(), ..Mailbox::new("all@contoso.example") })
        .unwrap();
    let allowed = Impersonates::Only(vec![ANNA.into(), "all@contoso.example".into()]);
    sim.change_account("svc-calendar", |account| account.impersonates = allowed).unwrap();
    let mut client = Client::logged_in(&sim).await;
    let mut ask = async |whom: String| refusal(&client.ews(Some(&whom), GET_CALENDAR).await);
    assert_eq!(ask(primary(ANNA)).await, message("NoError"));
    assert_eq!(ask(smtp("a.arnold@contoso.example")).await, message("NoError"));
    assert_eq!(ask(primary("a.arnold@contoso.example")).await, fault("ErrorNonPrimarySmtpAddress"));
    assert_eq!(ask(smtp(BEN)).await, fault("ErrorImpersonateUserDenied"));
    assert_eq!(ask(smtp("nobody@contoso.example")).await, fault("ErrorNonExistentMailbox"));
    assert_eq!(ask(smtp("all@contoso.example")).await, fault("ErrorNonExistentMailbox"));
    assert_eq!(ask(smtp("")).await, fault("ErrorInvalidExchangeImpersonationHeaderData"));
    sim.change_account("svc-calendar", |account| account.impersonates = Impersonates::Nobody).unwrap();
    assert_eq!(ask(primary(ANNA)).await, fault("ErrorImpersonateUserDenied"));
}

#[tokio::test]
async fn the_right_address_comes_with_the_refusal_of_an_alias() {
    let sim = start().await;
    let mut client = Client::logged_in(&sim).await;
    let answer = client.ews(Some(&primary("A.Arnold@contoso.example")), GET_CALENDAR).await;
    assert_eq!(answer.texts("Value"), [ANNA]);
}

#[tokio::test]
async fn an_account_without_mailbox_has_no_calendar() {
    let sim = start().await;
    sim.change_account("svc-calendar", |account| account.mailbox = None).unwrap();
    let mut client = Client::logged_in(&sim).await;
    assert_eq!(refusal(&client.ews(None, &view()).await), message("ErrorMissingEmailAddress"));
    assert_eq!(refusal(&client.ews(Some(&smtp(ANNA)), &view()).await), message("NoError"));
}

#[tokio::test]
async fn mailboxes_of_others_need_impersonation() {
    let sim = start().await;
    let mut client = Client::logged_in(&sim).await;
    let delegate = GET_CALENDAR.replace(
        "Id=\"calendar\"/>",
        "Id=\"calendar\"><t:Mailbox><t:EmailAddress>anna@contoso.example</t:EmailAddress></t:Mailbox>\
         </t:DistinguishedFolderId>",
    );
    assert_eq!(refusal(&client.ews(None, &delegate).await), message("ErrorAccessDenied"));
}

#[tokio::test]
async fn views_are_of_two_years_and_have_no_pages() {
    let sim = start().await;
    let mut client = Client::logged_in(&sim).await;
    let mut ask = async |operation: String| refusal(&client.ews(Some(&smtp(ANNA)), &operation).await);
    assert_eq!(ask(find_item("2026-01-01T00:00:00Z", "2028-01-01T00:00:00Z")).await, message("NoError"));
    assert_eq!(
        ask(find_item("2026-01-01T00:00:00Z", "2028-01-03T00:00:00Z")).await,
        message("ErrorCalendarViewRangeTooBig")
    );
    assert_eq!(
        ask(find_item("2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z")).await,
        message("ErrorCalendarEndDateIsEarlierThanStartDate")
    );
    let page = "<m:IndexedPageItemView Offset=\"0\" BasePoint=\"Beginning\"/>";
    let paged = view().replace("<m:CalendarView", &format!("{page}<m:CalendarView"));
    assert_eq!(ask(paged).await, fault("ErrorSchemaValidation"));
    assert_eq!(
        ask(view().replace("\"calendar\"", "\"inbox\"")).await,
        message("ErrorCalendarViewNotAllowed")
    );
}

#[tokio::test]
async fn bodies_attendees_and_attachments_are_a_violation() {
    let sim = start().await;
    let id = sim.add(ANNA, crate::client::meeting("Meeting")).unwrap();
    let mut client = Client::logged_in(&sim).await;
    client.ews(Some(&smtp(ANNA)), &view()).await;
    assert_eq!(sim.violations(), []);
    let get = |shape: &str| {
        format!(
            "<m:GetItem><m:ItemShape>{shape}</m:ItemShape><m:ItemIds><t:ItemId Id=\"{id}\"/></m:ItemIds></m:GetItem>"
        )
    };
    let mut operations: Vec<String> = ["item:Body", "item:Attachments", "calendar:RequiredAttendees"]
        .iter()
        .map(|field| view().replace("item:Subject", field))
        .collect();
    operations.push(get("<t:BaseShape>AllProperties</t:BaseShape>"));
    operations
        .push(get("<t:BaseShape>IdOnly</t:BaseShape><t:IncludeMimeContent>true</t:IncludeMimeContent>"));
    for operation in operations {
        sim.clear_violations();
        assert_eq!(client.ews(Some(&smtp(ANNA)), &operation).await.code(), "NoError");
        let rules: Vec<_> = sim.violations().iter().map(|violation| violation.rule).collect();
        assert_eq!(rules, [Rule::BodyAskedFor], "{operation}");
    }
}

#[tokio::test]
async fn requests_at_once_are_limited_for_each_mailbox() {
    let sim = start().await;
    sim.set_limits(Limits { requests: 0, ..Limits::default() });
    let mut client = Client::logged_in(&sim).await;
    let answer = client.ews(Some(&smtp(ANNA)), &view()).await;
    assert_eq!(refusal(&answer), message("ErrorExceededConnectionCount"));
}

#[tokio::test]
async fn a_mailbox_is_answered_for_where_it_is() {
    let sim = start().await;
    sim.add_site(Site { name: "Branch".into(), ..site() });
    sim.change_host("localhost", |host| host.site = Some(Site::MAIN.into())).unwrap();
    let mut client = Client::logged_in(&sim).await;
    let mut ask = async || {
        let answer = client.ews(Some(&smtp(ANNA)), &view()).await;
        (answer.status, answer.texts("ResponseCode").first().cloned().unwrap_or_default())
    };
    assert_eq!(ask().await, message("NoError"));
    sim.change_mailbox(ANNA, |anna| anna.site = "Branch".into()).unwrap();
    assert_eq!(ask().await, fault("ErrorProxyRequestNotAllowed"));
    sim.change_mailbox(ANNA, |anna| anna.site = Site::ONLINE.into()).unwrap();
    assert_eq!(ask().await, fault("ErrorNonExistentMailbox"));
    sim.change_mailbox(ANNA, |anna| {
        anna.site = Site::MAIN.into();
        anna.ews = false;
    })
    .unwrap();
    assert_eq!(ask().await, (403, String::new()));
}

fn site() -> Site {
    Site {
        name: String::new(),
        external: None,
        internal: None,
        grouping: None,
        servers: vec!["branch1.contoso.example".into()],
        online: false,
    }
}

#[tokio::test]
async fn what_is_left_out_is_said_plainly() {
    let sim = start().await;
    let mut client = Client::logged_in(&sim).await;
    let operation = "<m:GetServerTimeZones ReturnFullTimeZoneData=\"false\"/>";
    let answer = client.ews(None, operation).await;
    assert_eq!(answer.status, 501);
    assert!(answer.body.contains("docs/stand-ins.md"), "{answer:?}");
    assert_eq!(sim.counts().of(Operation::GetServerTimeZones), 1);
    sim.fault(Fault::status(403));
    assert_eq!(client.ews(None, operation).await.status, 403);
}
