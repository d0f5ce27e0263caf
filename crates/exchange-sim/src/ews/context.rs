//! Whom a request is about, whether its sender may ask, and which server answers.

use graph_sim::zone::Zone;

use super::Call;
use super::refusal::{Problem, Refusal};
use crate::faults::Operation;
use crate::login::Caller;
use crate::mailbox::{Entry, Mailbox};
use crate::net::Request;
use crate::options::Version;
use crate::sim::{Sim, State};
use crate::xml::Element;

/// The mailbox of a request.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    pub(crate) mailbox: Mailbox,
    pub(crate) server: String,
    pub(crate) grouping: Option<String>,
}

/// A request that may be served.
#[derive(Debug)]
pub(crate) struct Context {
    pub(crate) caller: Caller,
    /// The impersonated mailbox, or the sender's own, if it has one.
    pub(crate) target: Option<Target>,
    pub(crate) version: Version,
    pub(crate) schema: usize,
    /// The zone of dates without one, and of dates in answers.
    pub(crate) zone: Option<Zone>,
    /// The server that answers.
    pub(crate) server: String,
    /// `X-PreferServerAffinity` was sent.
    affinity: bool,
}

impl Context {
    /// The mailbox that a request names, for faults that go by it.
    pub(crate) fn mailbox_of(sim: &Sim, call: &Call, caller: &Caller) -> Option<String> {
        let state = sim.state.read();
        match (impersonated(call), caller) {
            (Some(name), _) => Some(state.directory.any(name.text())?.mailbox.address.clone()),
            (None, Caller::Account(account)) => account.mailbox.clone(),
            (None, Caller::Application(_)) => None,
        }
    }

    pub(crate) fn of(
        sim: &Sim,
        request: &Request,
        version: Version,
        call: &Call,
        caller: &Caller,
    ) -> Result<Self, Refusal> {
        let state = sim.state.read();
        let online = request.host.takes_tokens();
        if online && request.header("x-anchormailbox").is_none_or(|anchor| anchor.trim().is_empty()) {
            return Err(Refusal::Http(
                400,
                "The request could not be routed: X-AnchorMailbox is missing.".into(),
            ));
        }
        let entry = match (impersonated(call), caller) {
            (Some(name), _) => Some(impersonate(&state, name, caller)?),
            (None, Caller::Application(_)) => {
                let text = "ExchangeImpersonation SOAP header must be present for this type of OAuth token.";
                return Err(Refusal::fault("ErrorImpersonationRequired", text));
            }
            (None, Caller::Account(account)) => {
                account.mailbox.as_ref().and_then(|address| state.directory.primary(address))
            }
        };
        let target = entry.map(|entry| locate(&state, request, entry)).transpose()?;
        let zone = call.header.as_ref().and_then(|header| {
            let definition = header.t("TimeZoneContext")?.t("TimeZoneDefinition")?;
            Zone::named(definition.attribute("Id")?)
        });
        let affinity =
            request.header("x-preferserveraffinity").is_some_and(|value| value.eq_ignore_ascii_case("true"));
        let server = route(&state, request, target.as_ref(), affinity);
        Ok(Self { caller: caller.clone(), target, version, schema: call.schema, zone, server, affinity })
    }

    /// The mailbox of an operation that cannot do without.
    pub(crate) fn need_target(&self) -> Result<&Target, Refusal> {
        self.target.as_ref().ok_or_else(|| {
            Refusal::message("ErrorMissingEmailAddress", "When making a request as an account that does not have a mailbox, you must specify the mailbox primary SMTP address for any distinguished folder Ids.")
        })
    }

    /// Cookies of an answer: that of the affinity, and some that mean nothing.
    pub(crate) fn cookies(&self) -> Vec<(String, String)> {
        let name = || "set-cookie".to_owned();
        let mut cookies = vec![(name(), "exchangecookie=0f3e1c; path=/; HttpOnly".to_owned())];
        if self.affinity {
            let cookie =
                format!("X-BackEndOverrideCookie={}~1943310282; path=/; secure; HttpOnly", self.server);
            cookies.push((name(), cookie));
        }
        cookies
    }
}

/// The child of `ConnectingSID`.
fn impersonated(call: &Call) -> Option<&Element> {
    call.header.as_ref()?.t("ExchangeImpersonation")?.t("ConnectingSID")?.children.first()
}

fn impersonate<'a>(state: &'a State, name: &Element, caller: &Caller) -> Result<&'a Entry, Refusal> {
    let address = name.text();
    if address.is_empty() {
        let text = "ExchangeImpersonation SOAP header contains an empty or invalid value.";
        return Err(Refusal::fault("ErrorInvalidExchangeImpersonationHeaderData", text));
    }
    let nobody = || {
        let text = "The SMTP address has no mailbox associated with it.";
        Refusal::fault("ErrorNonExistentMailbox", text)
    };
    let entry = match name.name.as_str() {
        "PrincipalName" => {
            let account = state.accounts.with_principal(address).ok_or_else(nobody)?;
            state.directory.primary(account.mailbox.as_deref().unwrap_or_default())
        }
        "SID" => return Err(Refusal::left_out("impersonation by SID")),
        _ => state.directory.any(address),
    };
    let entry = entry.ok_or_else(nobody)?;
    let primary = &entry.mailbox.address;
    if name.name == "PrimarySmtpAddress" && !primary.eq_ignore_ascii_case(address) {
        let text = "The primary SMTP address must be specified when referencing a mailbox.";
        let problem = Problem::new("ErrorNonPrimarySmtpAddress", text).value("Primary", primary);
        return Err(Refusal::Fault(problem));
    }
    let allowed = match caller {
        Caller::Account(account) => account.impersonates.holds(primary),
        Caller::Application(application) => application.full_access || application.given_in_exchange,
    };
    if !allowed {
        let text = "The account does not have permission to impersonate the requested user.";
        return Err(Refusal::fault("ErrorImpersonateUserDenied", text));
    }
    Ok(entry)
}

/// Whether the mailbox is at this host.
fn locate(state: &State, request: &Request, entry: &Entry) -> Result<Target, Refusal> {
    let mailbox = &entry.mailbox;
    let site = state.site(&mailbox.site);
    let here = request.host.site.as_deref();
    let online = request.host.takes_tokens();
    let nobody =
        || Refusal::fault("ErrorNonExistentMailbox", "The SMTP address has no mailbox associated with it.");
    let Some(site) = site else { return Err(nobody()) };
    if mailbox.hosted_at.is_some() || mailbox.mailbox_type != "Mailbox" || site.online != online {
        return Err(nobody());
    }
    if here.is_some_and(|here| here != site.name) {
        let text = "The Client Access server isn't the appropriate proxy target.";
        return Err(Refusal::fault("ErrorProxyRequestNotAllowed", text));
    }
    if !mailbox.ews {
        return Err(Refusal::Http(403, "Forbidden".into()));
    }
    let server = mailbox.server.clone().unwrap_or_else(|| site.server_of(&mailbox.address));
    Ok(Target { mailbox: mailbox.clone(), server, grouping: site.grouping.clone() })
}

/// The cookie of the affinity routes, else the anchor, else the mailbox.
fn route(state: &State, request: &Request, target: Option<&Target>, affinity: bool) -> String {
    let server_of = |address: &str| {
        let mailbox = &state.directory.any(address)?.mailbox;
        let site = state.site(&mailbox.site)?;
        Some(mailbox.server.clone().unwrap_or_else(|| site.server_of(&mailbox.address)))
    };
    // The cookie alone does not route: anchor and preference have to be there as well.
    let by_cookie = || {
        request.header("x-anchormailbox").filter(|_| affinity)?;
        let cookie = request.cookie("X-BackEndOverrideCookie")?;
        let server = cookie.split('~').next()?;
        let known = state.sites.iter().any(|site| site.servers.iter().any(|known| known == server));
        known.then(|| server.to_owned())
    };
    let by_anchor = || server_of(request.header("x-anchormailbox")?.trim());
    by_cookie().or_else(by_anchor).or_else(|| Some(target?.server.clone())).unwrap_or_else(|| "ex1".into())
}

/// Whether an operation is charged to the budget for ordinary requests.
pub(super) fn is_ordinary(kind: Operation) -> bool {
    kind != Operation::GetStreamingEvents
}
