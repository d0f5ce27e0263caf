//! Faults on demand.

use exchange_sim::{BusyForm, Effect, Fault, Hostile, Limits, LoginFault, Operation, Options};
use http_body_util::BodyExt;
use hyper::Method;

use crate::client::{
    ANNA, Answer, BEN, Client, EWS, envelope, meeting, smtp, start, start_with, view, within,
};

fn seen(answer: &Answer) -> (u16, Vec<String>) {
    (answer.status, answer.texts("ResponseCode"))
}

#[tokio::test]
async fn codes_come_as_messages_or_as_faults_to_whom_they_are_for() {
    let sim = start().await;
    let mut client = Client::logged_in(&sim).await;
    sim.fault(Fault::error("ErrorMailboxMoveInProgress").at(Operation::FindItem).of(ANNA).times(1));
    sim.fault(Fault::new(Effect::Fault { code: "ErrorConnectionFailed".into() }).of(ANNA).times(1));
    let ok = (200, vec!["NoError".to_owned()]);
    assert_eq!(seen(&client.ews(Some(&smtp(BEN)), &view()).await), ok);
    let answer = client.ews(Some(&smtp("a.arnold@contoso.example")), &view()).await;
    assert_eq!(seen(&answer), (200, vec!["ErrorMailboxMoveInProgress".into()]));
    let answer = client.ews(Some(&smtp(ANNA)), &view()).await;
    assert_eq!(seen(&answer), (500, vec!["ErrorConnectionFailed".into()]));
    assert_eq!(answer.texts("faultcode"), ["a:ErrorConnectionFailed"]);
    assert_eq!(seen(&client.ews(Some(&smtp(ANNA)), &view()).await), ok);
    assert_eq!(sim.counts().codes["ErrorConnectionFailed"], 1);
}

#[tokio::test]
async fn busy_comes_in_every_form_at_every_status() {
    let sim = start().await;
    let mut client = Client::logged_in(&sim).await;
    for form in [BusyForm::Fault, BusyForm::Message, BusyForm::Wrapped] {
        for status in [200, 500, 503] {
            sim.fault(Fault::new(Effect::Busy { ms: Some(297_749), form, status }).times(1));
            let answer = client.ews(Some(&smtp(ANNA)), &view()).await;
            assert_eq!(answer.status, status);
            assert!(answer.body.contains("Name=\"BackOffMilliseconds\"> 297749 </t:Value>"), "{answer:?}");
            let outer =
                if form == BusyForm::Wrapped { "ErrorInternalServerError" } else { "ErrorServerBusy" };
            assert_eq!(answer.code(), outer);
            assert!(answer.body.contains("ErrorServerBusy"), "{answer:?}");
            let message = answer.body.contains("FindItemResponseMessage");
            assert_eq!(message, form != BusyForm::Fault, "{answer:?}");
        }
    }
    sim.fault(Fault::new(Effect::Busy { ms: None, form: BusyForm::Fault, status: 500 }).times(1));
    let answer = client.ews(Some(&smtp(ANNA)), &view()).await;
    assert_eq!((answer.code().as_str(), answer.texts("Value").len()), ("ErrorServerBusy", 0));
}

#[tokio::test]
async fn several_messages_are_all_busy() {
    let sim = start().await;
    let mut client = Client::logged_in(&sim).await;
    sim.fault(Fault::busy(5).at(Operation::GetItem).times(1));
    let operation = "<m:GetItem><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:ItemIds><t:ItemId \
                     Id=\"a\"/><t:ItemId Id=\"b\"/></m:ItemIds></m:GetItem>";
    assert_eq!(client.ews(Some(&smtp(ANNA)), operation).await.texts("ResponseCode").len(), 2);
}

#[tokio::test]
async fn pages_and_texts_come_where_xml_was_due() {
    let sim = start().await;
    let mut client = Client::logged_in(&sim).await;
    let mut ask = async |effect: Effect| {
        sim.fault(Fault::new(effect).times(1));
        let answer = client.ews(Some(&smtp(ANNA)), &view()).await;
        (answer.status, answer.header("content-type").to_owned(), answer.body)
    };
    for status in [200, 403, 503] {
        let (seen, kind, body) = ask(Effect::Html { status }).await;
        assert_eq!((seen, kind.as_str()), (status, "text/html; charset=utf-8"));
        assert!(body.starts_with("<!DOCTYPE html>"), "{body}");
    }
    let headers = vec![("location".into(), "https://owa.example/".into())];
    assert_eq!(ask(Effect::Status { status: 302, headers }).await.0, 302);
    assert_eq!(ask(Effect::Body { text: "<a".into() }).await.2, "<a");
    for (hostile, words) in [
        (Hostile::DocumentType, "<!DOCTYPE a SYSTEM"),
        (Hostile::Entities, "<!ENTITY a9 \"&a8;"),
        (Hostile::UnknownEntity, "&stranger;"),
        (Hostile::Depth(100), "<a><a><a>"),
    ] {
        let (status, _, body) = ask(Effect::Hostile(hostile)).await;
        assert_eq!(status, 200);
        assert!(body.contains(words), "{body}");
    }
}

#[tokio::test]
async fn some_answers_do_not_end_and_some_are_no_text() {
    let sim = start().await;
    let mut client = Client::logged_in(&sim).await;
    sim.fault(Fault::new(Effect::Hostile(Hostile::NotUtf8)).times(1));
    let body = envelope(Some(&smtp(ANNA)), &view());
    let xml = [("content-type", "text/xml")];
    let response = client.send(Method::POST, EWS, &xml, &body).await.unwrap();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    assert!(std::str::from_utf8(&bytes).is_err());
    for hostile in [Hostile::Endless, Hostile::EndlessElements] {
        let mut client = Client::logged_in(&sim).await;
        sim.fault(Fault::new(Effect::Hostile(hostile)).times(1));
        let mut body = client.send(Method::POST, EWS, &xml, &body).await.unwrap().into_body();
        let mut seen = 0;
        while seen < 10 << 20 {
            seen += within(body.frame()).await.unwrap().unwrap().into_data().unwrap().len();
        }
    }
}

#[tokio::test]
async fn answers_are_compressed_for_who_understands_it() {
    use std::io::Read;
    let sim = start().await;
    sim.add(ANNA, meeting("Meeting")).unwrap();
    let mut client = Client::logged_in(&sim).await;
    let body = envelope(Some(&smtp(ANNA)), &view());
    let headers = [("content-type", "text/xml"), ("accept-encoding", "deflate, gzip;q=1.0")];
    for (bomb, least) in [(false, 1000), (true, 16 << 20)] {
        if bomb {
            sim.fault(Fault::new(Effect::Hostile(Hostile::Bomb(16))).times(1));
        }
        let response = client.send(Method::POST, EWS, &headers, &body).await.unwrap();
        assert_eq!(response.headers()["content-encoding"], "gzip");
        let packed = response.into_body().collect().await.unwrap().to_bytes();
        let mut text = String::new();
        flate2::read::GzDecoder::new(packed.as_ref()).read_to_string(&mut text).unwrap();
        assert!(text.len() > least && packed.len() < 200_000, "{} of {}", packed.len(), text.len());
        assert_eq!(text.contains("<t:Subject>Meeting</t:Subject>"), !bomb);
    }
}

#[tokio::test]
async fn an_answer_is_cut_off_at_any_byte() {
    let sim = start().await;
    sim.add(ANNA, meeting("Meeting")).unwrap();
    for at in [0, 1, 200, 1000] {
        let mut client = Client::logged_in(&sim).await;
        sim.fault(Fault::new(Effect::CutOff { at }).at(Operation::FindItem).times(1));
        let xml = [("content-type", "text/xml")];
        let body = envelope(Some(&smtp(ANNA)), &view());
        let mut body = client.send(Method::POST, EWS, &xml, &body).await.unwrap().into_body();
        let mut seen = 0;
        loop {
            match within(body.frame()).await {
                Some(Ok(frame)) => seen += frame.into_data().unwrap().len(),
                Some(Err(_)) => break,
                None => panic!("it ended well"),
            }
        }
        assert_eq!(seen, at);
    }
}

#[tokio::test]
async fn connections_break_and_answers_stay_away() {
    let sim = start().await;
    let xml = [("content-type", "text/xml")];
    let body = envelope(Some(&smtp(ANNA)), &view());
    let mut client = Client::logged_in(&sim).await;
    sim.fault(Fault::new(Effect::Drop).at(Operation::FindItem).times(1));
    assert!(client.send(Method::POST, EWS, &xml, &body).await.is_err());
    let mut client = Client::logged_in(&sim).await;
    sim.fault(Fault::new(Effect::Silence).at(Operation::FindItem).times(1));
    let waiting = client.send(Method::POST, EWS, &xml, &body);
    assert!(tokio::time::timeout(std::time::Duration::from_millis(300), waiting).await.is_err());
}

#[tokio::test]
async fn a_login_that_was_good_is_refused_later() {
    let sim = start().await;
    let mut client = Client::logged_in(&sim).await;
    sim.fault(Fault::new(Effect::LoginRefused).at(Operation::FindItem).times(1));
    assert_eq!(client.ews(Some(&smtp(ANNA)), &view()).await.status, 401);
    assert_eq!(client.ews(Some(&smtp(ANNA)), &view()).await.status, 401);
    assert_eq!(sim.counts().refusals(LoginFault::OnDemand), 1);
}

#[tokio::test]
async fn hosts_have_faults_of_their_own() {
    let sim = start().await;
    sim.fault(Fault::status(403).on("mail.contoso.example"));
    let mut local = Client::logged_in(&sim).await;
    assert_eq!(local.ews(Some(&smtp(ANNA)), &view()).await.status, 200);
    let mut mail = Client::tunnel(&sim, "mail.contoso.example").await.unwrap();
    assert_eq!(mail.post(&[], "").await.status, 403);
    sim.clear_faults();
    let mut mail = Client::tunnel_logged_in(&sim, "mail.contoso.example").await;
    assert_eq!(mail.ews(Some(&smtp(ANNA)), &view()).await.status, 200);
    assert_eq!(sim.counts().hosts["mail.contoso.example"], 4);
}

#[tokio::test]
async fn down_closes_connections_and_tunnels_and_up_opens_the_same_ports() {
    let sim = start_with(Options::default()).await;
    sim.set_limits(Limits::default());
    let mut local = Client::logged_in(&sim).await;
    let mut mail = Client::tunnel_logged_in(&sim, "mail.contoso.example").await;
    let url = sim.https_url();
    within(sim.down()).await;
    let xml = [("content-type", "text/xml")];
    let body = envelope(Some(&smtp(ANNA)), &view());
    assert!(within(local.send(Method::POST, EWS, &xml, &body)).await.is_err());
    assert!(within(mail.send(Method::POST, EWS, &xml, &body)).await.is_err());
    let address = url.replace("https://localhost", "127.0.0.1");
    assert!(tokio::net::TcpStream::connect(&address).await.is_err());
    sim.up().await.unwrap();
    assert_eq!(sim.https_url(), url);
    assert_eq!(Client::logged_in(&sim).await.ews(Some(&smtp(ANNA)), &view()).await.status, 200);
}
