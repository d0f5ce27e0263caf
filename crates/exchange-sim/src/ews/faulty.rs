//! Answers that a fault asks for.

use hyper::body::Bytes;

use super::refusal::{Problem, Refusal};
use super::{Call, answered, refused};
use crate::faults::{BusyForm, Effect, Hostile};
use crate::login::{Connection, LoginFault};
use crate::net::{Content, Ending, Reply, Request, gzip};
use crate::ops;
use crate::options::Version;
use crate::sim::Sim;

/// `None` where the request is to be served as usual.
pub(super) fn reply(
    sim: &Sim,
    connection: &Connection,
    request: &Request,
    version: Version,
    call: &Call,
    effect: Option<Effect>,
) -> Option<Reply> {
    let refuse = |refusal: &Refusal| refused(sim, version, call.kind, Some(&call.operation), refusal);
    Some(match effect? {
        Effect::Error { code } => refuse(&Refusal::message(&code, &text_of(&code))),
        Effect::Fault { code } => refuse(&Refusal::fault(&code, &text_of(&code))),
        Effect::Busy { ms, form, status } => Reply { status, ..busy(sim, version, call, ms, form, status) },
        Effect::LoginRefused => {
            connection.forget();
            sim.counters.count(|counts| *counts.refused.entry(LoginFault::OnDemand).or_default() += 1);
            let offers = crate::login::offers(sim, &request.host);
            offers.into_iter().fold(Reply::empty(401), |reply, (name, value)| reply.with(&name, value))
        }
        effect => return page_of(effect),
    })
}

fn busy(sim: &Sim, version: Version, call: &Call, ms: Option<u64>, form: BusyForm, status: u16) -> Reply {
    let text = "The server cannot service this request right now. Try again later.";
    let mut problem = Problem::new("ErrorServerBusy", text);
    // Real answers pad the number.
    if let Some(ms) = ms {
        problem = problem.value("BackOffMilliseconds", format!(" {ms} "));
    }
    let body = match form {
        BusyForm::Fault => problem.fault(),
        BusyForm::Message => {
            let count = ops::messages_of(call.kind, &call.operation);
            ops::response(&call.operation.name, (0..count).map(|_| problem.message(&call.operation.name)))
        }
        BusyForm::Wrapped => {
            let text = "An internal server error occurred. The operation failed.";
            let mut outer = Problem::new("ErrorInternalServerError", text);
            outer.values = vec![
                ("InnerErrorMessageText".into(), problem.text.clone()),
                ("InnerErrorResponseCode".into(), "ErrorServerBusy".into()),
                ("InnerErrorDescriptiveLinkKey".into(), "0".into()),
            ];
            outer.values.extend(problem.values);
            ops::response(&call.operation.name, [outer.message(&call.operation.name)])
        }
    };
    answered(sim, version, status, body)
}

/// Answers that have nothing to do with what was asked; `None` for effects of EWS alone.
pub(crate) fn page_of(effect: Effect) -> Option<Reply> {
    Some(match effect {
        Effect::Status { status, headers } => headers
            .into_iter()
            .fold(Reply::html(status, "Error"), |reply, (name, value)| reply.with(&name, value)),
        Effect::Html { status } => Reply::html(status, "Outlook"),
        Effect::Body { text } => Reply::xml(200, text),
        Effect::Hostile(hostile) => self::hostile(hostile),
        Effect::Drop => Reply::ending(Ending::Drop),
        Effect::Silence => Reply::ending(Ending::Silence),
        _ => return None,
    })
}

fn text_of(code: &str) -> String {
    format!("The stand-in was told to answer with {code}.")
}

/// XML that wants to do harm.
pub(crate) fn hostile(kind: Hostile) -> Reply {
    const OPEN: &str = "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>";
    const CLOSE: &str = "</s:Body></s:Envelope>";
    let whole = |text: String| Reply::xml(200, text);
    let endless = |first: &str, again: String| Reply {
        content: Content::Endless(Bytes::from(format!("{OPEN}{first}")), Bytes::from(again)),
        ..Reply::xml(200, "")
    };
    match kind {
        Hostile::DocumentType => {
            whole(format!("<!DOCTYPE a SYSTEM \"http://stranger.example/a.dtd\">{OPEN}{CLOSE}"))
        }
        Hostile::Entities => {
            let entity = |n: usize| format!("<!ENTITY a{} \"{}\">", n + 1, format!("&a{n};").repeat(10));
            let entities: String = (0..9).map(entity).collect();
            whole(format!("<!DOCTYPE a [<!ENTITY a0 \"lol\">{entities}]>{OPEN}<a>&a9;</a>{CLOSE}"))
        }
        Hostile::UnknownEntity => whole(format!("{OPEN}<a>&stranger;</a>{CLOSE}")),
        Hostile::Depth(depth) => {
            whole(format!("{OPEN}{}{}{CLOSE}", "<a>".repeat(depth), "</a>".repeat(depth)))
        }
        Hostile::Endless => endless("<a>", "x".repeat(16 << 10)),
        Hostile::EndlessElements => endless("", "<a b=\"c\"/>".repeat(1000)),
        Hostile::Bomb(size) => {
            let piece = vec![b'x'; 1 << 20];
            let text = std::iter::repeat_n(piece.as_slice(), size);
            let whole =
                std::iter::once(OPEN.as_bytes()).chain(std::iter::once(b"<a>".as_slice())).chain(text);
            Reply::xml(200, gzip(whole)).with("content-encoding", "gzip")
        }
        Hostile::NotUtf8 => {
            let mut bytes = format!("{OPEN}<a>").into_bytes();
            bytes.extend_from_slice(&[0xc3, 0x28, 0xff]);
            bytes.extend_from_slice(format!("</a>{CLOSE}").as_bytes());
            Reply::xml(200, bytes)
        }
    }
}
