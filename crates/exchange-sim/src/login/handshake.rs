//! The three messages of NTLM over HTTP, as they are or inside SPNEGO.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::ntlm::{Answer, Bindings, Challenge, Kind, Names, kind};
use super::{Caller, Connection, LoginFault, Outcome, spnego};
use crate::host::{Host, Protection};
use crate::sim::Sim;

/// Takes one message.
pub(super) fn step(
    sim: &Sim,
    connection: &Connection,
    host: &Host,
    protection: Protection,
    negotiate: bool,
    token: &[u8],
) -> Result<Outcome, LoginFault> {
    let message = if negotiate { spnego::unwrap(token) } else { Some(token) }.ok_or(LoginFault::Malformed)?;
    let wrapped = message.len() != token.len();
    match kind(message) {
        Some(Kind::Negotiate) => {
            if connection.user().is_some() {
                sim.counters.count(|counts| counts.repeated_handshakes += 1);
            }
            let challenge = Challenge::new(message, &names(sim), sim.now(), sim.state.read().ntlm_time_stamp);
            let answer =
                if wrapped { spnego::challenge(&challenge.message) } else { challenge.message.clone() };
            connection.challenged(challenge);
            Ok(Outcome::Challenge(header(negotiate, &answer)))
        }
        Some(Kind::Authenticate) => {
            let challenge = connection.take_challenge().ok_or(LoginFault::OtherConnection)?;
            let account = verify(sim, connection, host, protection, &challenge, message)?;
            connection.authenticated(account.user.clone());
            sim.counters.count(|counts| counts.handshakes += 1);
            let headers = if wrapped { vec![header(true, &spnego::accepted())] } else { Vec::new() };
            Ok(Outcome::In(Caller::Account(account), headers))
        }
        _ => Err(LoginFault::Malformed),
    }
}

fn verify(
    sim: &Sim,
    connection: &Connection,
    host: &Host,
    protection: Protection,
    challenge: &Challenge,
    message: &[u8],
) -> Result<crate::account::Account, LoginFault> {
    let answer = Answer::read(challenge, message)?;
    let binding = connection.tls.as_ref().and_then(|tls| tls.binding).map(|binding| {
        // Behind a load balancer the server computes with the certificate it has itself.
        if host.bridged { binding.map(|byte| !byte) } else { binding }
    });
    let bindings = match protection {
        Protection::None => Bindings::Ignored,
        Protection::Allow => Bindings::Allowed(binding),
        Protection::Require => Bindings::Required(binding),
    };
    answer.check_form(&host.name, bindings)?;
    let mut state = sim.state.write();
    let domains = [sim.options.netbios.as_str(), sim.options.domain.as_str()];
    let account = state.accounts.named(answer.domain(), answer.user(), domains).cloned();
    let account = account.ok_or(LoginFault::UnknownAccount)?;
    let checked = answer.check_password(&account.password);
    state.accounts.judge(&account.user, checked != Err(LoginFault::Password))?;
    checked.map(|()| account)
}

fn names(sim: &Sim) -> Names {
    Names {
        domain: sim.options.netbios.clone(),
        dns_domain: sim.options.domain.clone(),
        computer: "EX1".into(),
    }
}

fn header(negotiate: bool, message: &[u8]) -> (String, String) {
    let scheme = if negotiate { "Negotiate" } else { "NTLM" };
    ("www-authenticate".into(), format!("{scheme} {}", STANDARD.encode(message)))
}
