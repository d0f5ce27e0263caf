//! Who a request comes from: NTLM authenticates its connection, a token each request.

mod bearer;
mod connection;
mod fault;
mod handshake;
pub(crate) mod ntlm;
mod spnego;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hyper::HeaderMap;

pub(crate) use bearer::Application;
pub(crate) use connection::{Connection, Tls};
pub use fault::LoginFault;

use crate::account::Account;
use crate::host::{Host, Protection};
use crate::sim::Sim;

/// Somebody who is logged in.
#[derive(Debug, Clone)]
pub(crate) enum Caller {
    /// An account, by password or by a token on its behalf.
    Account(Account),
    /// An application for itself.
    Application(Application),
}

impl Caller {
    /// Whom subscriptions belong to.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Account(account) => account.user.clone(),
            Self::Application(application) => application.client_id.to_string(),
        }
    }
}

/// What came of the credentials of a request.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// It may go on; the headers go into its answer.
    In(Caller, Vec<(String, String)>),
    /// 401 with these headers.
    Out(Vec<(String, String)>),
    /// 401 with this header, which wants an answer.
    Challenge((String, String)),
}

/// Looks at the credentials of a request.
pub(crate) fn authenticate(
    sim: &Sim,
    connection: &Connection,
    host: &Host,
    protection: Protection,
    headers: &HeaderMap,
) -> Outcome {
    let authorization = headers.get("authorization").and_then(|value| value.to_str().ok());
    let Some(authorization) = authorization else {
        return match connection.user().and_then(|user| sim.state.read().accounts.get(&user).cloned()) {
            Some(account) => Outcome::In(Caller::Account(account), Vec::new()),
            None => Outcome::Out(offers(sim, host)),
        };
    };
    let (scheme, credentials) = authorization.split_once(' ').unwrap_or((authorization, ""));
    let offered = host.offers.iter().any(|offer| offer.eq_ignore_ascii_case(scheme));
    let refused = |fault: LoginFault| {
        sim.counters.count(|counts| *counts.refused.entry(fault).or_default() += 1);
        connection.forget();
        Outcome::Out(offers(sim, host))
    };
    if !offered {
        return refused(LoginFault::NotOffered);
    }
    match scheme.to_ascii_lowercase().as_str() {
        "ntlm" | "negotiate" => {
            let Ok(token) = STANDARD.decode(credentials.trim()) else {
                return refused(LoginFault::Malformed);
            };
            let negotiate = scheme.eq_ignore_ascii_case("negotiate");
            handshake::step(sim, connection, host, protection, negotiate, &token).unwrap_or_else(refused)
        }
        "bearer" => match bearer::check(sim, credentials.trim()) {
            Ok(caller) => Outcome::In(caller, Vec::new()),
            Err(fault) => {
                let mut outcome = refused(fault);
                if let Outcome::Out(headers) = &mut outcome {
                    headers.push(("x-ms-diagnostics".into(), bearer::diagnostics(fault)));
                }
                outcome
            }
        },
        // A stand-in that let Basic in would hide what the violation has already told.
        _ => refused(LoginFault::NotOffered),
    }
}

/// The headers that say what is offered.
pub(crate) fn offers(sim: &Sim, host: &Host) -> Vec<(String, String)> {
    let realm = &sim.options.domain;
    let text = |offer: &String| match offer.as_str() {
        "Basic" => format!("Basic realm=\"{realm}\""),
        "Digest" => format!("Digest realm=\"{realm}\", nonce=\"5f1e\", qop=\"auth\""),
        "Bearer" => {
            "Bearer client_id=\"00000002-0000-0ff1-ce00-000000000000\", trusted_issuers=\"00000001-0000-0000-\
                     c000-000000000000@*\", token_types=\"app_asserted_user_v1 service_asserted_app_v1\""
                .into()
        }
        other => other.into(),
    };
    let texts: Vec<String> = host.offers.iter().map(text).collect();
    let name = || "www-authenticate".to_owned();
    match texts.as_slice() {
        [] => Vec::new(),
        texts if host.one_list => vec![(name(), texts.join(", "))],
        texts => texts.iter().map(|text| (name(), text.clone())).collect(),
    }
}
