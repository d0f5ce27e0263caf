//! The token endpoint: `POST /{tenant}/oauth2/v2.0/token`. Applications sign in here for themselves; `delegated` has the
//! grants of people.

use std::collections::HashMap;

use axum::http::{HeaderMap, Method};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use uuid::Uuid;

use crate::access_token::{Claims, issue};
use crate::application::Application;
use crate::cloud::Cloud;
use crate::delegated;
use crate::message::Reply;
use crate::sim::Sim;

/// Codes with their HTTP status, OAuth error and a message, for refusals on demand. The endpoint itself picks from
/// them, too.
const CODES: &[(u32, u16, &str, &str)] = &[
    (50076, 400, "interaction_required", "You must use multi-factor authentication to access the resource."),
    (
        50079,
        400,
        "interaction_required",
        "You must enroll in multi-factor authentication to access the resource.",
    ),
    (50105, 400, "invalid_grant", "The signed in user is not assigned to a role for the application."),
    (
        50173,
        400,
        "invalid_grant",
        "The provided grant has expired due to it being revoked: the password was changed.",
    ),
    (54005, 400, "invalid_grant", "OAuth2 Authorization code was already redeemed."),
    (65004, 400, "access_denied", "The resource owner or authorization server denied the request."),
    (70000, 400, "invalid_grant", "The provided grant is invalid or malformed."),
    (70008, 400, "invalid_grant", "The provided authorization code has expired."),
    (500_112, 401, "invalid_client", "The reply address does not match the one of the authorization code."),
    (501_481, 400, "invalid_grant", "The Code_Verifier does not match the code_challenge of the request."),
    (700_082, 400, "invalid_grant", "The refresh token has expired due to inactivity."),
    (700_084, 400, "invalid_grant", "The refresh token was issued to a single page app and has expired."),
    (53003, 400, "invalid_grant", "Access has been blocked by Conditional Access policies."),
    (65001, 400, "invalid_grant", "The user or administrator has not consented to use the application."),
    (70003, 400, "unsupported_grant_type", "The app requested an unsupported grant type."),
    (70011, 400, "invalid_scope", "The provided value for the input parameter 'scope' is not valid."),
    (90002, 400, "invalid_request", "Tenant not found."),
    (90033, 503, "temporarily_unavailable", "A transient error has occurred. Please try again."),
    (500_011, 400, "invalid_resource", "The resource principal was not found in the tenant."),
    (700_016, 400, "unauthorized_client", "Application was not found in the directory."),
    (
        900_023,
        400,
        "invalid_request",
        "Specified tenant identifier is neither a valid DNS name, nor a valid external domain.",
    ),
    (900_144, 400, "invalid_request", "The request body must contain a parameter."),
    (900_561, 400, "invalid_request", "The endpoint only accepts POST requests."),
    (1_002_012, 400, "invalid_scope", "The provided value for scope is not valid."),
    (7_000_215, 401, "invalid_client", "Invalid client secret provided."),
    (7_000_222, 401, "invalid_client", "The provided client secret keys are expired."),
    (7_000_229, 401, "invalid_client", "The client application is missing service principal in the tenant."),
    // What a connection test has to tell apart.
    (50001, 400, "invalid_resource", "The resource is disabled or was not found in the tenant."),
    (50011, 400, "invalid_request", "The reply address does not match those of the application."),
    (50053, 400, "invalid_grant", "The account is locked: too many attempts to sign in."),
    (50055, 400, "invalid_grant", "The password has expired."),
    (50059, 400, "invalid_request", "No tenant-identifying information found in the request."),
    (50126, 400, "invalid_grant", "Invalid user name or password."),
    (50128, 400, "invalid_request", "Invalid domain name: no tenant-identifying information found."),
    (50194, 400, "invalid_request", "The application is not configured as a multi-tenant application."),
    (50196, 400, "invalid_grant", "The server terminated an operation because it encountered a loop."),
    (65005, 400, "invalid_client", "The application asks for access to a resource that it has not listed."),
    (70001, 400, "unauthorized_client", "The application is disabled."),
    (70002, 401, "invalid_client", "Error validating credentials."),
    (90006, 503, "temporarily_unavailable", "An external server failed. Please try again."),
    (90024, 503, "temporarily_unavailable", "The request budget is exceeded. Please try again."),
    (90038, 400, "invalid_request", "The tenant belongs to another cloud instance."),
    (90055, 503, "temporarily_unavailable", "The tenant is throttled: too many requests."),
    (90094, 400, "access_denied", "Administrator consent is required for the permissions."),
    (530_032, 400, "access_denied", "Access is blocked by a policy of the security administrator."),
    (530_035, 400, "access_denied", "Access is blocked by security defaults."),
    (650_051, 400, "invalid_client", "The application asks for permissions that it cannot have."),
    (650_052, 400, "invalid_client", "The tenant has no subscription for the service that is asked for."),
    (650_056, 400, "invalid_client", "Misconfigured application: it has not listed permissions."),
    (
        650_057,
        400,
        "invalid_resource",
        "The resource is not among the requested permissions of the registration.",
    ),
    (700_011, 400, "unauthorized_client", "Application was not found in the directory."),
    (
        700_025,
        401,
        "invalid_client",
        "Client is public so neither client_assertion nor client_secret should be there.",
    ),
    (900_021, 400, "invalid_request", "The requested tenant identifier is not valid."),
    (900_382, 400, "invalid_request", "Confidential clients are not supported in cross-cloud requests."),
    (900_432, 400, "invalid_request", "Confidential clients are not supported in cross-cloud requests."),
    (7_000_112, 400, "unauthorized_client", "Application is disabled."),
];

/// A refusal of the token endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Denial {
    code: u32,
    message: String,
}

impl Denial {
    pub(crate) fn new(code: u32, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    /// With the message of the table, if the code is in it.
    pub(crate) fn published(code: u32) -> Self {
        let message = CODES.iter().find(|(known, ..)| *known == code).map_or("", |(.., message)| *message);
        Self::new(code, message)
    }

    /// In short, for a page or a redirect.
    pub(crate) fn description(&self) -> String {
        format!("AADSTS{}: {}", self.code, self.message)
    }

    pub(crate) fn into_reply(self, sim: &Sim) -> Reply {
        let known = CODES.iter().find(|(code, ..)| *code == self.code);
        let (status, error) =
            known.map_or((400, "invalid_request"), |(_, status, error, _)| (*status, *error));
        let (trace, correlation) = (Uuid::new_v4(), Uuid::new_v4());
        let timestamp = sim.clock.now().format("%Y-%m-%d %H:%M:%SZ").to_string();
        let description = format!(
            "AADSTS{}: {} Trace ID: {trace} Correlation ID: {correlation} Timestamp: {timestamp}",
            self.code, self.message
        );
        let body = json!({
            "error": error,
            "error_description": description,
            "error_codes": [self.code],
            "timestamp": timestamp,
            "trace_id": trace,
            "correlation_id": correlation,
            "error_uri": format!("{}/error?code={}", sim.settings.cloud.login(), self.code),
        });
        Reply::json(status, &body)
    }
}

/// Answers a request to the token endpoint.
pub(crate) fn answer(sim: &Sim, method: &Method, tenant: &str, headers: &HeaderMap, body: &[u8]) -> Reply {
    match grant(sim, method, tenant, headers, body) {
        Ok(reply) => {
            sim.counters.token_issued();
            reply
        }
        Err(denial) => denial.into_reply(sim),
    }
}

/// The refusal of a published code, on demand.
pub(crate) fn denied(sim: &Sim, code: u32) -> Reply {
    Denial::published(code).into_reply(sim)
}

fn grant(
    sim: &Sim,
    method: &Method,
    tenant: &str,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Reply, Denial> {
    if method != Method::POST {
        let message = format!("The endpoint only accepts POST requests. Received a {method} request.");
        return Err(Denial::new(900_561, message));
    }
    check_user_tenant(sim, tenant)?;
    let form = Form::read(headers, body);
    let grant = form.need("grant_type")?;
    if matches!(grant, "authorization_code" | "refresh_token") {
        let client = check_secret(sim, tenant, form.need("client_id")?, &form)?.client_id;
        return if grant == "refresh_token" {
            delegated::refresh(sim, client, &form)
        } else {
            delegated::code(sim, client, &form)
        };
    }
    if grant != "client_credentials" {
        return Err(Denial::new(70003, "The app requested an unsupported grant type."));
    }
    check_tenant(sim, tenant)?;
    let client_id = form.need("client_id")?;
    let scope = form.need("scope")?;
    let roles = check_secret(sim, tenant, client_id, &form)?.roles;
    let resource = check_scope(tenant, scope)?;
    let now = sim.clock.now().timestamp();
    let lifetime = sim.state.read().token_lifetime.num_seconds();
    let claims = Claims {
        roles: roles_at(sim, &resource, roles),
        aud: resource,
        iss: format!("https://sts.windows.net/{}/", sim.settings.tenant),
        iat: now,
        nbf: now,
        exp: now + lifetime,
        appid: Uuid::try_parse(client_id).unwrap_or_default(),
        idtyp: "app".into(),
        tid: sim.settings.tenant,
        ver: "1.0".into(),
        scp: None,
        upn: None,
    };
    // The real endpoint, too, gives out one second less than a token lives.
    let expires_in = (lifetime - 1).max(0);
    let body = json!({
        "token_type": "Bearer",
        "expires_in": expires_in,
        "ext_expires_in": expires_in,
        "access_token": issue(&claims, &sim.seal),
    });
    Ok(Reply::json(200, &body).with("cache-control", "no-store, no-cache"))
}

/// Roles are those of one resource; a token for another has none of them.
fn roles_at(sim: &Sim, resource: &str, mut roles: Vec<String>) -> Vec<String> {
    let graph = resource == sim.settings.cloud.graph();
    roles.retain(|role| graph != (role == "full_access_as_app"));
    if graph || Cloud::is_exchange(resource) { roles } else { Vec::new() }
}

/// People may also sign in where their tenant is not named.
pub(crate) fn check_user_tenant(sim: &Sim, tenant: &str) -> Result<(), Denial> {
    if matches!(tenant, "organizations" | "common") { Ok(()) } else { check_tenant(sim, tenant) }
}

fn check_tenant(sim: &Sim, tenant: &str) -> Result<(), Denial> {
    let known = Uuid::try_parse(tenant).is_ok_and(|id| id == sim.settings.tenant)
        || sim.settings.domains.iter().any(|domain| domain.eq_ignore_ascii_case(tenant));
    if known {
        return Ok(());
    }
    if Uuid::try_parse(tenant).is_err() && !tenant.contains('.') {
        let message = format!(
            "Specified tenant identifier '{tenant}' is neither a valid DNS name, nor a valid external domain."
        );
        return Err(Denial::new(900_023, message));
    }
    let message = format!(
        "Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the \
         correct cloud. Check with your subscription administrator, this may happen if there are no active \
         subscriptions for the tenant."
    );
    Err(Denial::new(90002, message))
}

/// The application of a client id.
pub(crate) fn known_application(sim: &Sim, tenant: &str, client_id: &str) -> Result<Application, Denial> {
    let state = sim.state.read();
    let id = Uuid::try_parse(client_id).ok();
    let application = id.and_then(|id| state.applications.iter().find(|app| app.client_id == id));
    application.cloned().ok_or_else(|| {
        let message = format!(
            "Application with identifier '{client_id}' was not found in the directory '{tenant}'. This can happen if \
             the application has not been installed by the administrator of the tenant or consented to by any user in \
             the tenant. You may have sent your authentication request to the wrong tenant."
        );
        Denial::new(700_016, message)
    })
}

/// The application, if its secret is good.
fn check_secret(sim: &Sim, tenant: &str, client_id: &str, form: &Form) -> Result<Application, Denial> {
    let application = known_application(sim, tenant, client_id)?;
    let secret = form.need("client_secret")?;
    let Some(secret) = application.secrets.iter().find(|known| known.value == secret) else {
        let message = format!(
            "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, \
             not the client secret ID, for a secret added to app '{client_id}'."
        );
        return Err(Denial::new(7_000_215, message));
    };
    if secret.expires.is_some_and(|expires| expires <= sim.clock.now()) {
        let message = format!(
            "The provided client secret keys for app '{client_id}' are expired. Visit the Azure portal to create new \
             keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added \
             security: https://aka.ms/certCreds."
        );
        return Err(Denial::new(7_000_222, message));
    }
    if !application.service_principal {
        let message = format!(
            "The client application {client_id} is missing service principal in the tenant {}.",
            sim.settings.tenant
        );
        return Err(Denial::new(7_000_229, message));
    }
    Ok(application)
}

/// The resource of a scope such as `https://graph.microsoft.com/.default`.
fn check_scope(tenant: &str, scope: &str) -> Result<String, Denial> {
    let wrong = || {
        let message = format!(
            "The provided value for scope {scope} is not valid. Client credential flows must have a scope value with \
             /.default suffixed to the resource identifier (application ID URI)."
        );
        Denial::new(1_002_012, message)
    };
    if scope.split_whitespace().count() > 1 {
        let message = format!(
            "The provided request must include a 'scope' input parameter. The provided value for the input parameter \
             'scope' is not valid. The scope {scope} is not valid. .default scope can't be combined with \
             resource-specific scopes."
        );
        return Err(Denial::new(70011, message));
    }
    let resource = scope.strip_suffix("/.default").ok_or_else(wrong)?;
    if Cloud::knows(resource) {
        return Ok(resource.trim_end_matches('/').to_owned());
    }
    let message = format!(
        "The resource principal named {resource} was not found in the tenant named {tenant}. This can happen if the \
         application has not been installed by the administrator of the tenant or consented to by any user in the \
         tenant. You might have sent your authentication request to the wrong tenant."
    );
    Err(Denial::new(500_011, message))
}

/// The form fields of the request, with the credentials of a `Basic` header among them.
pub(crate) struct Form(HashMap<String, String>);

impl Form {
    fn read(headers: &HeaderMap, body: &[u8]) -> Self {
        let is_form = headers
            .get("content-type")
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.starts_with("application/x-www-form-urlencoded"));
        let mut fields: HashMap<String, String> =
            if is_form { form_urlencoded::parse(body).into_owned().collect() } else { HashMap::new() };
        if let Some((id, secret)) = basic(headers) {
            fields.entry("client_id".into()).or_insert(id);
            fields.entry("client_secret".into()).or_insert(secret);
        }
        Self(fields)
    }

    pub(crate) fn need(&self, name: &str) -> Result<&str, Denial> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty()).ok_or_else(|| {
            let message = format!("The request body must contain the following parameter: '{name}'.");
            Denial::new(900_144, message)
        })
    }
}

/// Client id and secret of an `Authorization: Basic` header; both are form-encoded in it (RFC 6749, 2.3.1).
fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let encoded = headers.get("authorization")?.to_str().ok()?.strip_prefix("Basic ")?;
    let text = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    let decode = |text: &str| {
        let text = text.replace('+', " ");
        percent_encoding::percent_decode_str(&text).decode_utf8().ok().map(std::borrow::Cow::into_owned)
    };
    Some((decode(id)?, decode(secret)?))
}
