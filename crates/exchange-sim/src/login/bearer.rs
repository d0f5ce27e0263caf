//! Access tokens of the identity platform, whose stand-in is graph-sim.

use uuid::Uuid;

use super::{Caller, LoginFault};
use crate::sim::Sim;

/// An application for itself.
#[derive(Debug, Clone)]
pub(crate) struct Application {
    pub(crate) client_id: Uuid,
    /// The application role `full_access_as_app`.
    pub(crate) full_access: bool,
    /// The same right given in Exchange (RBAC for Applications), which does not open Autodiscover.
    pub(crate) given_in_exchange: bool,
}

/// Whose token it is.
pub(super) fn check(sim: &Sim, token: &str) -> Result<Caller, LoginFault> {
    let access = sim.graph.access(token).map_err(|refused| match refused {
        graph_sim::TokenRefused::Expired => LoginFault::ExpiredToken,
        graph_sim::TokenRefused::Foreign => LoginFault::ForeignToken,
    })?;
    if access.audience != sim.options.resource {
        return Err(LoginFault::OtherAudience);
    }
    let Some(principal) = access.principal else {
        let full_access = access.roles.iter().any(|role| role == "full_access_as_app");
        let given_in_exchange =
            access.exchange_roles.iter().any(|role| role == "Application EWS.AccessAsApp");
        return Ok(Caller::Application(Application {
            client_id: access.client_id,
            full_access,
            given_in_exchange,
        }));
    };
    if !access.scopes.iter().any(|scope| scope == "EWS.AccessAsUser.All") {
        return Err(LoginFault::NoPermission);
    }
    let state = sim.state.read();
    let account = state.accounts.with_principal(&principal).ok_or(LoginFault::UnknownAccount)?;
    Ok(Caller::Account(account.clone()))
}

/// What Exchange Online tells beside the 401.
pub(super) fn diagnostics(fault: LoginFault) -> String {
    let (number, reason) = match fault {
        LoginFault::ExpiredToken => (2_000_003, "The token has expired."),
        LoginFault::OtherAudience => (3_000_003, "The audience claim value is invalid."),
        LoginFault::UnknownAccount => {
            (3_000_006, "The user specified by the user-context in the token is ambiguous.")
        }
        _ => (2_000_001, "The token is invalid."),
    };
    format!("{number};reason=\"{reason}\";error_category=\"invalid_token\"")
}
