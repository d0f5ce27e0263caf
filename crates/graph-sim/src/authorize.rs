//! `GET /{tenant}/oauth2/v2.0/authorize`: the page at which somebody signs in. Nobody has to click here: it redirects at
//! once with the code of whoever is at the browser.

use std::collections::HashMap;

use axum::http::{Method, Uri};
use uuid::Uuid;

use crate::cloud::Cloud;
use crate::consent::Consent;
use crate::message::Reply;
use crate::sign_in::{Denial, check_user_tenant, known_application};
use crate::sim::Sim;

/// Scopes that are about the person and not about a resource.
const CLAIMS: [&str; 4] = ["openid", "profile", "offline_access", "email"];

/// How it ends: with an address to go to, or with a page that says why not.
enum Ended {
    Redirect(String),
    Page(Denial),
}

pub(crate) fn answer(sim: &Sim, method: &Method, tenant: &str, uri: &Uri) -> Reply {
    let query = uri.query().unwrap_or_default();
    let fields: HashMap<String, String> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let ended = if method == Method::GET {
        sign_in(sim, tenant, &Fields(fields))
    } else {
        Err(Denial::new(900_561, "The endpoint only accepts GET requests here."))
    };
    match ended.unwrap_or_else(Ended::Page) {
        Ended::Redirect(location) => Reply::text(302, "").with("location", location),
        Ended::Page(denial) => {
            let page = format!("<!DOCTYPE html><title>Sign in</title><p>{}</p>", denial.description());
            Reply::text(400, &page).with("content-type", "text/html; charset=utf-8")
        }
    }
}

struct Fields(HashMap<String, String>);

impl Fields {
    fn need(&self, name: &str) -> Result<&str, Denial> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty()).ok_or_else(|| {
            let text = format!("The request body must contain the following parameter: '{name}'.");
            Denial::new(900_144, text)
        })
    }

    fn is(&self, name: &str, value: &str) -> bool {
        self.0.get(name).is_some_and(|given| given == value)
    }
}

/// What is wrong before the redirect address is known to be good is told on a page; all else goes there.
fn sign_in(sim: &Sim, tenant: &str, fields: &Fields) -> Result<Ended, Denial> {
    check_user_tenant(sim, tenant)?;
    let client_id = fields.need("client_id")?;
    let redirect_uri = fields.need("redirect_uri")?;
    let application = known_application(sim, tenant, client_id)?;
    if !application.redirect_uris.iter().any(|known| known == redirect_uri) {
        let text = format!(
            "The redirect URI '{redirect_uri}' specified in the request does not match the redirect URIs configured \
             for the application '{client_id}'."
        );
        return Err(Denial::new(50011, text));
    }
    let state = fields.need("state")?;
    if !sim.consents.lock().take_state(state) {
        return Err(Denial::new(
            90013,
            "The state was used before. A client makes a new one for each sign-in.",
        ));
    }
    let mut answer = form_urlencoded::Serializer::new(String::new());
    match code(sim, tenant, fields, application.client_id, redirect_uri) {
        Ok(code) => answer.append_pair("code", &code),
        Err((error, denial)) => {
            answer.append_pair("error", error).append_pair("error_description", &denial.description())
        }
    };
    answer.append_pair("state", state).append_pair("session_state", &Uuid::new_v4().to_string());
    let joint = if redirect_uri.contains('?') { '&' } else { '?' };
    Ok(Ended::Redirect(format!("{redirect_uri}{joint}{}", answer.finish())))
}

fn code(
    sim: &Sim,
    tenant: &str,
    fields: &Fields,
    client_id: Uuid,
    redirect_uri: &str,
) -> Result<String, (&'static str, Denial)> {
    let invalid = |denial| ("invalid_request", denial);
    if !fields.is("response_type", "code") {
        return Err(("unsupported_response_type", Denial::new(70005, "The response type has to be 'code'.")));
    }
    let challenge = fields.need("code_challenge").map_err(invalid)?;
    if !fields.is("code_challenge_method", "S256") {
        return Err(invalid(Denial::new(501_491, "The code challenge method has to be S256.")));
    }
    if fields.0.get("response_mode").is_some_and(|mode| mode != "query") {
        return Err(invalid(Denial::new(70007, "graph-sim knows the response mode 'query' alone.")));
    }
    let mut consents = sim.consents.lock();
    if let Some(number) = consents.denied {
        let error = if number == 65004 { "access_denied" } else { "invalid_request" };
        return Err((error, Denial::published(number)));
    }
    let hint = fields.0.get("login_hint").cloned();
    let principal = consents.signs_in.clone().or(hint);
    let principal = principal.ok_or_else(|| {
        ("login_required", Denial::new(50058, "Nobody is at the browser: there is no login_hint."))
    })?;
    let scope = fields.need("scope").map_err(invalid)?;
    let (resource, permissions, claims) =
        scopes(tenant, scope).map_err(|denial| ("invalid_scope", denial))?;
    let consent = Consent { client_id, principal, resource, permissions, claims };
    Ok(consents.add_code(consent, redirect_uri, challenge, sim.clock.now()))
}

type Scopes = (String, Vec<String>, Vec<String>);

/// The one resource, its permissions, and what is about the person.
pub(crate) fn scopes(tenant: &str, scope: &str) -> Result<Scopes, Denial> {
    let (claims, resources): (Vec<&str>, Vec<&str>) =
        scope.split_whitespace().partition(|scope| CLAIMS.contains(scope));
    let mut resource = None;
    let mut permissions = Vec::new();
    for scope in resources {
        let (of, permission) =
            scope.rsplit_once('/').filter(|(of, _)| of.contains("://")).ok_or_else(|| {
                Denial::new(
                    70011,
                    format!("The provided value for the input parameter 'scope' is not valid: {scope}."),
                )
            })?;
        if !Cloud::knows(of) {
            let text =
                format!("The resource principal named {of} was not found in the tenant named {tenant}.");
            return Err(Denial::new(500_011, text));
        }
        if resource.get_or_insert_with(|| of.to_owned()) != of {
            return Err(Denial::new(28000, "The scopes are those of more than one resource."));
        }
        permissions
            .push(if permission == ".default" { "EWS.AccessAsUser.All" } else { permission }.to_owned());
    }
    let resource = resource.ok_or_else(|| Denial::new(70011, "There is no scope of a resource."))?;
    Ok((resource, permissions, claims.into_iter().map(str::to_owned).collect()))
}
