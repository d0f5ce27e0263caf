//! Answers requests to Microsoft Graph: token, permission, faults, limits, endpoint.

use std::time::Duration;

use axum::http::Method;
use chrono::DateTime;
use uuid::Uuid;

use crate::access_token::{Unusable, read};
use crate::application::{Access, Application};
use crate::directory::{Entry, Mailbox};
use crate::endpoint::{Endpoint, Route};
use crate::error::Refusal;
use crate::faults::{Effect, usual_code};
use crate::message::{Ending, Reply, Request};
use crate::sim::{Sim, State};
use crate::{delta, events, mailbox_settings, schedule, users, view, write};

/// Who asks.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    pub(crate) application: Uuid,
    pub(crate) roles: Vec<String>,
}

const CONTENT_TYPE: &str =
    "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";

/// Answers what came to `/v1.0`.
pub(crate) async fn answer(sim: &Sim, request: &Request) -> Reply {
    let route = Route::of(request);
    sim.counters.asked(route.endpoint);
    let result = match authenticate(sim, request) {
        Ok(caller) => serve(sim, &caller, request, &route).await,
        Err(refusal) => Err(refusal),
    };
    finish(sim, request, result)
}

async fn serve(sim: &Sim, caller: &Caller, request: &Request, route: &Route) -> Result<Reply, Refusal> {
    let user = route.user.as_deref();
    let mailbox = user.and_then(|user| sim.state.read().directory.find(user).map(|entry| entry.user.id));
    let (slow, effect) = sim.faults.lock().strike(route.endpoint, mailbox);
    let (limits, latency) = {
        let state = sim.state.read();
        (state.limits, state.latency)
    };
    let mut permits = None;
    // Whoever does not exist has no mailbox that could be asked too often.
    if let Some(mailbox) = mailbox.filter(|_| route.endpoint.is_outlook()) {
        let permit = sim.throttle.enter(limits, caller.application, mailbox, sim.clock.now())?;
        permits = Some((permit, sim.counters.under_way()));
        tokio::time::sleep(latency).await;
    }
    tokio::time::sleep(Duration::from_millis(slow)).await;
    let reply = match struck(effect) {
        Struck::Refused(refusal) => Err(refusal),
        Struck::Ending(Ending::Dropped) => Ok(Reply::dropped()),
        Struck::Lost => {
            // What it would have said is lost as well.
            let _ = endpoint(sim, caller, request, route);
            Ok(Reply::dropped())
        }
        Struck::Held(wait) => {
            let reply = endpoint(sim, caller, request, route);
            tokio::time::sleep(wait).await;
            reply
        }
        Struck::Ending(ending) => {
            endpoint(sim, caller, request, route).map(|reply| Reply { ending, ..reply })
        }
    };
    drop(permits);
    reply
}

fn endpoint(sim: &Sim, caller: &Caller, request: &Request, route: &Route) -> Result<Reply, Refusal> {
    let user = route.user.as_deref().unwrap_or_default();
    let rest = route.rest.as_deref();
    if route.endpoint == Endpoint::Other {
        return Err(unknown(request));
    }
    let id = rest.unwrap_or_default();
    match (route.endpoint, request.method.as_str()) {
        (Endpoint::Events, "POST") => return write::create(sim, caller, request, user),
        (Endpoint::Event, "PATCH") => return write::update(sim, caller, request, user, id),
        (Endpoint::Event, "DELETE") => return write::delete(sim, caller, request, user, id),
        (Endpoint::Schedule, "POST") => return schedule::answer(sim, caller, request, user),
        (Endpoint::Schedule, _) => return Err(wrong_method(route.endpoint, &request.method)),
        (_, "GET") => {}
        _ => return Err(wrong_method(route.endpoint, &request.method)),
    }
    match route.endpoint {
        Endpoint::View => view::calendar_view(sim, caller, request, user),
        Endpoint::Events => view::marked(sim, caller, request, user),
        Endpoint::Calendar => view::calendar(sim, caller, request, user),
        Endpoint::Users => users::list(sim, caller, request),
        Endpoint::User => users::get(sim, caller, request, user),
        Endpoint::Delta => delta::answer(sim, caller, request, user),
        Endpoint::Event => events::get(sim, caller, request, user, rest.unwrap_or_default()),
        Endpoint::MailboxSettings => mailbox_settings::get(sim, caller, request, user, rest),
        Endpoint::Token
        | Endpoint::Authorize
        | Endpoint::Discovery
        | Endpoint::Schedule
        | Endpoint::Other => Err(unknown(request)),
    }
}

/// What is no endpoint of the stand-in.
fn unknown(request: &Request) -> Refusal {
    match request.path.first() {
        Some(first) if first.eq_ignore_ascii_case("me") => {
            Refusal::new(400, "BadRequest", "/me request is only valid with delegated authentication flow.")
        }
        Some(first) if first.eq_ignore_ascii_case("users") => {
            Refusal::left_out(&format!("/{}", request.path.get(2..).unwrap_or_default().join("/")))
        }
        Some(first) => {
            let message = format!("Resource not found for the segment '{first}'.");
            Refusal::new(400, "BadRequest", message)
        }
        None => Refusal::left_out("the service document"),
    }
}

/// What is not written here needs a permission that the applications do not have.
fn wrong_method(endpoint: Endpoint, method: &Method) -> Refusal {
    let writes = matches!(*method, Method::POST | Method::PATCH | Method::PUT | Method::DELETE);
    match endpoint {
        Endpoint::Event | Endpoint::Events | Endpoint::Calendar | Endpoint::MailboxSettings if writes => {
            Refusal::access("Access is denied. Check credentials and try again.")
        }
        Endpoint::User | Endpoint::Users if writes => insufficient(),
        _ => Refusal::new(
            405,
            "Request_BadRequest",
            "Specified HTTP method is not allowed for the request target.",
        ),
    }
}

/// 403 of the directory.
pub(crate) fn insufficient() -> Refusal {
    Refusal::new(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.")
}

fn authenticate(sim: &Sim, request: &Request) -> Result<Caller, Refusal> {
    let header = request.header("authorization").unwrap_or_default();
    let (scheme, token) = header.split_once(' ').unwrap_or((header, ""));
    if !scheme.eq_ignore_ascii_case("bearer") || token.trim().is_empty() {
        return Err(Refusal::token("Access token is empty."));
    }
    let claims = read(token.trim(), &sim.seal).map_err(|unusable| {
        Refusal::token(match unusable {
            Unusable::Malformed => "CompactToken parsing failed with error code: 80049217",
            Unusable::Seal => "Access token validation failure. Invalid signature.",
        })
    })?;
    if claims.aud != sim.settings.cloud.graph() {
        return Err(Refusal::token("Access token validation failure. Invalid audience."));
    }
    let issued = DateTime::from_timestamp(claims.iat, 0);
    let revoked = sim.state.read().tokens_from.is_some_and(|from| issued.is_none_or(|issued| issued < from));
    if revoked || claims.exp <= sim.clock.now().timestamp() {
        return Err(Refusal::token("Lifetime validation failed, the token is expired."));
    }
    Ok(Caller { application: claims.appid, roles: claims.roles })
}

impl Caller {
    /// The mailbox of a user, if it is one and this application may read it.
    pub(crate) fn mailbox<'a>(
        &self,
        state: &'a State,
        user: &str,
        wanted: &[&str],
    ) -> Result<&'a Entry, Refusal> {
        let denied = Refusal::access("Access is denied. Check credentials and try again.");
        let application =
            state.applications.iter().find(|application| application.client_id == self.application);
        let Some(application) = application else { return Err(denied) };
        let Some(entry) = state.directory.find(user) else {
            // Without any permission nothing is told about who exists.
            return match application.may(&self.roles, wanted, true) {
                Access::Granted => {
                    let message = format!("The requested user '{user}' is invalid.");
                    Err(Refusal::new(404, "ErrorInvalidUser", message))
                }
                _ => Err(denied),
            };
        };
        match application.may(&self.roles, wanted, entry.user.in_scope) {
            Access::Denied => return Err(denied),
            Access::OutOfScope => {
                return Err(Refusal::access(
                    "Access to OData is disabled: [RAOP] : Blocked by tenant configured AppOnly AccessPolicy settings.",
                ));
            }
            Access::Granted => {}
        }
        match entry.user.mailbox {
            Mailbox::Online => Ok(entry),
            Mailbox::None => Err(no_mailbox("MailboxNotEnabledForRESTAPI")),
            Mailbox::OnPremises => Err(no_mailbox("MailboxNotHostedInExchangeOnline")),
        }
    }

    /// Whether the application has one of the permissions for the mailbox of this user.
    pub(crate) fn has(&self, application: &[Application], wanted: &[&str], in_scope: bool) -> bool {
        application
            .iter()
            .filter(|known| known.client_id == self.application)
            .any(|known| known.may(&self.roles, wanted, in_scope) == Access::Granted)
    }
}

fn no_mailbox(code: &'static str) -> Refusal {
    Refusal::new(404, code, "The mailbox is either inactive, soft-deleted, or is hosted on-premise.")
}

/// What a fault makes of a request.
enum Struck {
    Refused(Refusal),
    Lost,
    Held(Duration),
    Ending(Ending),
}

fn struck(effect: Option<Effect>) -> Struck {
    match effect {
        Some(Effect::Status { status, code, retry_after }) => {
            let code = code.unwrap_or_else(|| usual_code(status).into());
            let mut refusal = Refusal::new(status, code, "Fault on demand of graph-sim.");
            if let Some(seconds) = retry_after {
                refusal = refusal.with("retry-after", seconds.to_string());
            }
            Struck::Refused(refusal)
        }
        Some(Effect::UserAgent) => Struck::Refused(Refusal::access("Access to OData is disabled.")),
        Some(Effect::CutOff) => Struck::Ending(Ending::CutOff),
        Some(Effect::Drop) => Struck::Ending(Ending::Dropped),
        Some(Effect::Lost) => Struck::Lost,
        Some(Effect::Held { ms }) => Struck::Held(Duration::from_millis(ms)),
        Some(Effect::Slow { .. } | Effect::SignIn { .. }) | None => Struck::Ending(Ending::Whole),
    }
}

/// Gives the answer the headers that all have, and counts it.
pub(crate) fn finish(sim: &Sim, request: &Request, result: Result<Reply, Refusal>) -> Reply {
    let request_id = Uuid::new_v4().to_string();
    let client_request_id = request.header("client-request-id").unwrap_or(&request_id).to_owned();
    let date = sim.clock.now().format("%Y-%m-%dT%H:%M:%S").to_string();
    let reply = result.unwrap_or_else(|refusal| refusal.into_reply(&date, &request_id, &client_request_id));
    sim.counters.answered(reply.status);
    if reply.ending == Ending::Dropped {
        return reply;
    }
    let kind = if reply.status < 300 { CONTENT_TYPE } else { "application/json" };
    reply
        .with("content-type", kind)
        .with("cache-control", "private")
        .with("request-id", request_id)
        .with("client-request-id", client_request_id)
}
