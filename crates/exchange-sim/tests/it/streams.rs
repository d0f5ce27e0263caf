//! Subscriptions and the answers that go on.

use exchange_sim::{Effect, ExchangeSim, Fault, Limits, Operation, Options, Site, StreamSettings, Version};
use graph_sim::{Change, Series};
use http_body_util::BodyExt;
use hyper::Method;
use hyper::body::Incoming;

use crate::client::{
    ANNA, Answer, BEN, Client, EWS, attributes, each, envelope, instant, meeting, smtp, start, start_with,
    texts, within,
};

const SUBSCRIBE: &str = "<m:Subscribe><m:StreamingSubscriptionRequest><t:FolderIds><t:DistinguishedFolderId \
    Id=\"calendar\"/></t:FolderIds><t:EventTypes><t:EventType>CreatedEvent</t:EventType><t:EventType>DeletedEvent\
    </t:EventType><t:EventType>ModifiedEvent</t:EventType><t:EventType>MovedEvent</t:EventType></t:EventTypes>\
    </m:StreamingSubscriptionRequest></m:Subscribe>";

fn events_of(ids: &[String]) -> String {
    let ids = each("<t:SubscriptionId>{}</t:SubscriptionId>", ids);
    format!(
        "<m:GetStreamingEvents><m:SubscriptionIds>{ids}</m:SubscriptionIds><m:ConnectionTimeout>30\
         </m:ConnectionTimeout></m:GetStreamingEvents>"
    )
}

/// Envelopes as they come.
struct Stream {
    body: Incoming,
    kept: String,
}

impl Stream {
    async fn open(client: &mut Client, whom: &str, ids: &[String]) -> Self {
        let body = envelope(Some(&smtp(whom)), &events_of(ids));
        let headers = [("content-type", "text/xml")];
        let response = client.send(Method::POST, EWS, &headers, &body).await.unwrap();
        assert_eq!(response.status(), 200);
        Self { body: response.into_body(), kept: String::new() }
    }

    /// The next envelope; nothing at the end, an error where the connection broke.
    async fn next(&mut self) -> Result<Option<String>, String> {
        loop {
            if let Some((first, rest)) = self.kept.split_once("</Envelope>") {
                let (first, rest) = (first.to_owned(), rest.to_owned());
                self.kept = rest;
                return Ok(Some(first));
            }
            match within(self.body.frame()).await {
                None => return Ok(None),
                Some(Err(error)) => return Err(error.to_string()),
                Some(Ok(frame)) => {
                    self.kept.push_str(std::str::from_utf8(&frame.into_data().unwrap()).unwrap());
                }
            }
        }
    }

    async fn statuses(&mut self) -> Vec<String> {
        texts(&self.next().await.unwrap().unwrap(), "ConnectionStatus")
    }
}

async fn subscribe(client: &mut Client, whom: &str) -> String {
    let answer = client.ews(Some(&smtp(whom)), SUBSCRIBE).await;
    assert_eq!(answer.code(), "NoError", "{answer:?}");
    answer.texts("SubscriptionId").remove(0)
}

/// A stream over Anna's calendar that has begun.
async fn watching(sim: &ExchangeSim) -> (Client, Stream, String) {
    let mut client = Client::logged_in(sim).await;
    let id = subscribe(&mut client, ANNA).await;
    let mut stream = Stream::open(&mut client, ANNA, std::slice::from_ref(&id)).await;
    assert_eq!(stream.statuses().await, ["OK"]);
    (client, stream, id)
}

/// Elements of events in an envelope.
fn kinds(envelope: &str) -> Vec<&'static str> {
    let known = ["CreatedEvent", "ModifiedEvent", "DeletedEvent", "MovedEvent"];
    let mut found: Vec<(usize, &str)> = Vec::new();
    for kind in known {
        found.extend(envelope.match_indices(&format!("<t:{kind}>")).map(|(at, _)| (at, kind)));
    }
    found.sort_unstable();
    found.into_iter().map(|(_, kind)| kind).collect()
}

#[tokio::test]
async fn changes_are_told_as_they_happen() {
    let sim = start().await;
    let (_client, mut stream, id) = watching(&sim).await;
    let item = sim.add(ANNA, meeting("Meeting")).unwrap();
    let envelope = stream.next().await.unwrap().unwrap();
    assert_eq!(kinds(&envelope), ["CreatedEvent"]);
    assert_eq!(texts(&envelope, "SubscriptionId"), [id]);
    assert_eq!(attributes(&envelope, "ItemId", "Id"), std::slice::from_ref(&item));
    assert!(envelope.contains("<soap11:Body") && envelope.contains("<m:Notification>"), "{envelope}");
    sim.change(ANNA, &item, None, Change::cancel()).unwrap();
    assert_eq!(kinds(&stream.next().await.unwrap().unwrap()), ["ModifiedEvent"]);
    sim.delete_in_outlook(ANNA, &item).unwrap();
    let envelope = stream.next().await.unwrap().unwrap();
    assert_eq!(kinds(&envelope), ["MovedEvent"]);
    let (old, new) =
        (attributes(&envelope, "OldParentFolderId", "Id"), attributes(&envelope, "ParentFolderId", "Id"));
    assert_ne!(old, new);
    let series = sim.add_series(ANNA, Series::weekly(meeting("Team"))).unwrap();
    assert_eq!(kinds(&stream.next().await.unwrap().unwrap()), ["CreatedEvent"]);
    // One occurrence is a change of the master.
    sim.delete(ANNA, &series, "2026-11-27".parse().ok()).unwrap();
    let envelope = stream.next().await.unwrap().unwrap();
    assert_eq!(
        (kinds(&envelope), attributes(&envelope, "ItemId", "Id")),
        (vec!["ModifiedEvent"], vec![series.clone()])
    );
    // What happens to others is not told: the next is Anna's again.
    sim.add(BEN, meeting("Meeting")).unwrap();
    sim.delete(ANNA, &series, None).unwrap();
    assert_eq!(kinds(&stream.next().await.unwrap().unwrap()), ["DeletedEvent"]);
    assert_eq!((sim.counts().streams, sim.counts().streams_opened), (1, 1));
}

#[tokio::test]
async fn what_happens_between_streams_waits_in_the_subscription() {
    let sim = start().await;
    let mut client = Client::logged_in(&sim).await;
    let id = subscribe(&mut client, ANNA).await;
    for index in 0..60 {
        sim.add(ANNA, meeting(&format!("{index}"))).unwrap();
    }
    let mut stream = Stream::open(&mut client, ANNA, &[id]).await;
    assert_eq!(stream.statuses().await, ["OK"]);
    let envelope = stream.next().await.unwrap().unwrap();
    // At most fifty in a notification.
    assert_eq!((kinds(&envelope).len(), texts(&envelope, "Notification").len()), (60, 2));
}

#[tokio::test]
async fn a_stream_beats_and_ends_after_its_time() {
    // Thirty minutes in one second.
    let sim = start_with(Options { speed: 1800.0, ..Options::default() }).await;
    let (mut client, mut stream, id) = watching(&sim).await;
    let mut beats = 0;
    let last = loop {
        match stream.statuses().await.remove(0).as_str() {
            "OK" => beats += 1,
            other => break other.to_owned(),
        }
    };
    assert_eq!(last, "Closed");
    assert!(beats > 5, "{beats}");
    assert_eq!(stream.next().await, Ok(None));
    // The same subscription goes on, on the same connection.
    let mut stream = Stream::open(&mut client, ANNA, &[id]).await;
    assert_eq!(stream.statuses().await, ["OK"]);
}

#[tokio::test]
async fn subscriptions_without_a_stream_are_forgotten() {
    // Thirty minutes in twenty milliseconds.
    let sim = start_with(Options { speed: 90_000.0, ..Options::default() }).await;
    let mut client = Client::logged_in(&sim).await;
    let id = subscribe(&mut client, ANNA).await;
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    let mut stream = Stream::open(&mut client, ANNA, &[id]).await;
    let envelope = stream.next().await.unwrap().unwrap();
    assert_eq!(texts(&envelope, "ResponseCode"), ["ErrorSubscriptionNotFound"]);
}

#[tokio::test]
async fn streams_end_as_they_are_told() {
    let sim = start().await;
    let (mut client, mut stream, id) = watching(&sim).await;
    sim.close_streams(Some(ANNA));
    assert_eq!(stream.statuses().await, ["Closed"]);
    assert_eq!(stream.next().await, Ok(None));
    let mut stream = Stream::open(&mut client, ANNA, std::slice::from_ref(&id)).await;
    assert_eq!(stream.statuses().await, ["OK"]);
    sim.fail_streams(Some(ANNA), "ErrorMissedNotificationEvents");
    let envelope = stream.next().await.unwrap().unwrap();
    assert_eq!(texts(&envelope, "ResponseCode"), ["ErrorMissedNotificationEvents"]);
    assert_eq!(texts(&envelope, "SubscriptionId"), [id]);
    assert_eq!((stream.next().await, sim.subscriptions()), (Ok(None), 0));
    let (_client, mut stream, _) = watching(&sim).await;
    sim.break_streams(None);
    assert!(stream.next().await.is_err());
}

#[tokio::test]
async fn one_bad_subscription_spoils_the_request() {
    let sim = start().await;
    let mut client = Client::logged_in(&sim).await;
    let ids = [subscribe(&mut client, ANNA).await, "bm9uZQ==".to_owned()];
    let mut stream = Stream::open(&mut client, ANNA, &ids).await;
    let envelope = stream.next().await.unwrap().unwrap();
    assert_eq!(texts(&envelope, "ResponseCode"), ["ErrorSubscriptionNotFound"]);
    assert_eq!(texts(&envelope, "SubscriptionId"), [ids[1].clone()]);
    assert_eq!(stream.next().await, Ok(None));
}

/// Two servers, and who is on which.
async fn two_servers(grouping: Option<&str>) -> (ExchangeSim, Client) {
    let sim = start().await;
    sim.change_site(Site::MAIN, |site| site.grouping = grouping.map(str::to_owned)).unwrap();
    for (whom, server) in [(ANNA, "ex1.contoso.example"), (BEN, "ex2.contoso.example")] {
        sim.change_mailbox(whom, |mailbox| mailbox.server = Some(server.into())).unwrap();
    }
    let client = Client::logged_in(&sim).await;
    (sim, client)
}

fn cookie(answer: &Answer) -> Option<String> {
    let cookies = answer.all("set-cookie");
    let cookie = cookies.iter().find_map(|cookie| cookie.strip_prefix("X-BackEndOverrideCookie="))?;
    Some(format!("X-BackEndOverrideCookie={}", cookie.split(';').next().unwrap()))
}

#[tokio::test]
async fn affinity_leads_to_the_server_of_the_anchor() {
    let (_sim, mut client) = two_servers(Some("group")).await;
    client.headers = vec![("x-anchormailbox", ANNA.into())];
    let answer = client.ews(Some(&smtp(ANNA)), SUBSCRIBE).await;
    assert_eq!(cookie(&answer), None);
    client.headers.push(("x-preferserveraffinity", "true".into()));
    let first = client.ews(Some(&smtp(ANNA)), SUBSCRIBE).await;
    let cookie = cookie(&first).unwrap();
    assert!(cookie.starts_with("X-BackEndOverrideCookie=ex1.contoso.example~"), "{cookie}");
    client.headers.push(("cookie", format!("exchangecookie=a; {cookie}")));
    let second = client.ews(Some(&smtp(BEN)), SUBSCRIBE).await;
    let ids = [first.texts("SubscriptionId").remove(0), second.texts("SubscriptionId").remove(0)];
    let mut stream = Stream::open(&mut client, ANNA, &ids).await;
    assert_eq!(stream.statuses().await, ["OK"]);
}

#[tokio::test]
async fn a_subscription_on_another_server_than_the_cookie_names_is_not_found() {
    let (sim, mut client) = two_servers(Some("group")).await;
    let (anna, ben) = (subscribe(&mut client, ANNA).await, subscribe(&mut client, BEN).await);
    let mut stream = Stream::open(&mut client, ANNA, &[anna.clone(), ben.clone()]).await;
    let envelope = stream.next().await.unwrap().unwrap();
    assert_eq!(texts(&envelope, "ResponseCode"), ["ErrorSubscriptionNotFound"]);
    assert_eq!(texts(&envelope, "SubscriptionId"), [ben]);
    // A cookie without the header does not count.
    let mut client = Client::logged_in(&sim).await;
    client.headers = vec![
        ("x-anchormailbox", ANNA.into()),
        ("cookie", "X-BackEndOverrideCookie=ex2.contoso.example~1".into()),
    ];
    let mut stream = Stream::open(&mut client, ANNA, std::slice::from_ref(&anna)).await;
    assert_eq!(stream.statuses().await, ["OK"]);
    let mut client = Client::logged_in(&sim).await;
    client.headers = vec![
        ("x-anchormailbox", ANNA.into()),
        ("x-preferserveraffinity", "true".into()),
        ("cookie", "X-BackEndOverrideCookie=ex2.contoso.example~1".into()),
    ];
    let mut stream = Stream::open(&mut client, ANNA, &[anna]).await;
    let envelope = stream.next().await.unwrap().unwrap();
    assert_eq!(texts(&envelope, "ResponseCode"), ["ErrorSubscriptionNotFound"]);
}

#[tokio::test]
async fn a_mailbox_of_another_group_is_not_subscribed_to() {
    let (sim, mut client) = two_servers(Some("group")).await;
    sim.add_site(Site {
        name: "Branch".into(),
        external: None,
        internal: None,
        grouping: Some("other".into()),
        servers: vec!["branch1.contoso.example".into()],
        online: false,
    });
    sim.change_mailbox(BEN, |ben| (ben.site, ben.server) = ("Branch".into(), None)).unwrap();
    client.headers = vec![("x-anchormailbox", ANNA.into())];
    assert_eq!(client.ews(Some(&smtp(BEN)), SUBSCRIBE).await.code(), "ErrorProxyRequestNotAllowed");
}

#[tokio::test]
async fn subscriptions_are_their_owners() {
    let sim = start().await;
    let mut client = Client::logged_in(&sim).await;
    let id = subscribe(&mut client, ANNA).await;
    let unsubscribe = format!("<m:Unsubscribe><m:SubscriptionId>{id}</m:SubscriptionId></m:Unsubscribe>");
    sim.add_account(exchange_sim::Account::new("other", "contoso.example", "secret"));
    let mut other = Client::local(&sim).await;
    let knobs = crate::ntlm::Knobs { user: "other", password: "secret", ..crate::ntlm::Knobs::default() };
    assert_eq!(other.login(&knobs).await.status, 200);
    let answer = other.ews(Some(&smtp(ANNA)), &events_of(std::slice::from_ref(&id))).await;
    assert_eq!(answer.code(), "ErrorSubscriptionAccessDenied");
    assert_eq!(other.ews(Some(&smtp(ANNA)), &unsubscribe).await.code(), "ErrorSubscriptionAccessDenied");
    assert_eq!(client.ews(Some(&smtp(ANNA)), &unsubscribe).await.code(), "NoError");
    assert_eq!(client.ews(Some(&smtp(ANNA)), &unsubscribe).await.code(), "ErrorSubscriptionNotFound");
}

#[tokio::test]
async fn numbers_of_subscriptions_and_streams_are_limited() {
    let sim = start().await;
    sim.set_version(Version::Exchange2013);
    sim.set_limits(Limits { subscriptions: Some(2), ..Limits::default() });
    let mut client = Client::logged_in(&sim).await;
    let id = subscribe(&mut client, ANNA).await;
    subscribe(&mut client, ANNA).await;
    let answer = client.ews(Some(&smtp(ANNA)), SUBSCRIBE).await;
    assert_eq!(answer.code(), "ErrorExceededSubscriptionCount");
    let many: Vec<String> = (0..201).map(|_| id.clone()).collect();
    assert_eq!(client.ews(Some(&smtp(ANNA)), &events_of(&many)).await.code(), "ErrorSchemaValidation");
    // Three streams of one mailbox at Exchange 2013; others have their own.
    let mut open = Vec::new();
    for _ in 0..3 {
        let mut client = Client::logged_in(&sim).await;
        let id = subscribe(&mut client, BEN).await;
        sim.set_limits(Limits::default());
        let mut stream = Stream::open(&mut client, BEN, &[id]).await;
        assert_eq!(stream.statuses().await, ["OK"]);
        open.push((client, stream));
    }
    let last = subscribe(&mut client, BEN).await;
    let answer = client.ews(Some(&smtp(BEN)), &events_of(&[last])).await;
    assert_eq!(answer.code(), "ErrorExceededConnectionCount");
    let mut stream = Stream::open(&mut client, ANNA, &[id]).await;
    assert_eq!(stream.statuses().await, ["OK"]);
}

#[tokio::test]
async fn a_stream_is_cut_at_any_byte() {
    let sim = start().await;
    for at in [0, 1, 100, 500] {
        sim.fault(Fault::new(Effect::CutOff { at }).at(Operation::GetStreamingEvents).times(1));
        let mut client = Client::logged_in(&sim).await;
        let id = subscribe(&mut client, ANNA).await;
        let body = envelope(Some(&smtp(ANNA)), &events_of(&[id]));
        let response = client.send(Method::POST, EWS, &[("content-type", "text/xml")], &body).await.unwrap();
        let (mut body, mut seen) = (response.into_body(), 0);
        while let Some(frame) = within(body.frame()).await {
            match frame {
                Ok(frame) => seen += frame.into_data().unwrap().len(),
                Err(_) => break,
            }
        }
        assert_eq!(seen, at);
    }
}

#[tokio::test]
async fn the_other_forms_of_what_is_told() {
    let sim = start_with(Options { speed: 60.0, ..Options::default() }).await;
    sim.set_streams(StreamSettings {
        status_events: true,
        types_notification: true,
        declarations: false,
        heartbeat: Some(30),
        ..StreamSettings::default()
    });
    let (_client, mut stream, _) = watching(&sim).await;
    let beat = stream.next().await.unwrap().unwrap();
    assert!(beat.contains("<t:Notification>") && beat.contains("<t:StatusEvent/>"), "{beat}");
    assert!(!beat.contains("<?xml"), "{beat}");
}

#[tokio::test]
async fn envelopes_come_in_pieces() {
    let sim = start().await;
    sim.set_streams(StreamSettings { pieces: Some(1), ..StreamSettings::default() });
    let (_client, mut stream, _) = watching(&sim).await;
    sim.add(ANNA, meeting("Meeting")).unwrap();
    assert_eq!(kinds(&stream.next().await.unwrap().unwrap()), ["CreatedEvent"]);
}

#[tokio::test]
async fn a_stream_that_nobody_reads_any_more_is_over() {
    let sim = start().await;
    drop(watching(&sim).await);
    let gone = async {
        while sim.counts().streams > 0 {
            tokio::task::yield_now().await;
        }
    };
    within(gone).await;
    assert_eq!(sim.subscriptions(), 1);
}

#[tokio::test]
async fn what_is_buffered_comes_at_the_end() {
    let sim = start().await;
    sim.set_streams(StreamSettings { buffered: true, ..StreamSettings::default() });
    let mut client = Client::logged_in(&sim).await;
    let id = subscribe(&mut client, ANNA).await;
    let mut stream = Stream::open(&mut client, ANNA, &[id]).await;
    sim.add(ANNA, meeting("Meeting")).unwrap();
    let early = tokio::time::timeout(std::time::Duration::from_millis(300), stream.next()).await;
    assert!(early.is_err());
    sim.close_streams(None);
    assert_eq!(stream.statuses().await, ["OK"]);
    assert_eq!(kinds(&stream.next().await.unwrap().unwrap()), ["CreatedEvent"]);
    assert_eq!(stream.statuses().await, ["Closed"]);
}

#[tokio::test]
async fn time_stamps_follow_the_clock_of_the_stand_in() {
    let sim = start().await;
    let (_client, mut stream, _) = watching(&sim).await;
    sim.advance(chrono::TimeDelta::days(400));
    sim.add(ANNA, meeting("Meeting")).unwrap();
    let envelope = stream.next().await.unwrap().unwrap();
    let told = instant(&texts(&envelope, "TimeStamp")[0]);
    assert!((told - chrono::Utc::now()).num_days() >= 399, "{told}");
}
