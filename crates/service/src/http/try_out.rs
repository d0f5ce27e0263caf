//! `--try-out`: the try-out page logs in by itself. The service computes the login that the App Platform's
//! manager would, for pages of its own on this machine and nobody else.

use std::sync::Arc;

use appwebsocket::{Credentials, SessionKey};
use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::{Json, State};
use axum::http::{HeaderMap, Response, StatusCode};
use axum::response::IntoResponse;
use secrecy::ExposeSecret;
use serde::Deserialize;
use serde_json::{Value, json};
use tracing::{error, warn};

use super::files::not_found;
use crate::client::Client;
use crate::service::Service;

/// Domain of the stand-in for the PBX Manager. Logins carry it, nothing depends on it.
const DOMAIN: &str = "try-out.example";

/// Whose login is asked for, as in `GetInstanceLogin`.
#[derive(Deserialize)]
pub(super) struct Request {
    app: String,
    challenge: String,
}

/// `GET /try-out/mode`.
pub(super) async fn mode(State(service): State<Arc<Service>>, headers: HeaderMap) -> Json<Value> {
    // A browser that came without the token is asked for the password like any other.
    let try_out = service.try_out.as_ref().is_some_and(|own| own.has_session(&headers));
    let version = env!("CARGO_PKG_VERSION");
    Json(if let Some(demo) = &service.demo {
        json!({"tryOut": try_out, "version": version, "demo": true, "credential": demo.credential})
    } else {
        json!({"tryOut": try_out, "version": version})
    })
}

/// `POST /try-out/login`.
pub(super) async fn login(
    State(service): State<Arc<Service>>,
    Extension(client): Extension<Client>,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    if let Some(refusal) = refusal(&service, client, &headers) {
        return refusal;
    }
    let Ok(request) = serde_json::from_slice::<Request>(&body) else {
        return (StatusCode::BAD_REQUEST, Json(json!({"error": "app and challenge are expected"})))
            .into_response();
    };
    let password = match service.configuration.store().instance_password().await {
        Ok(Some(password)) => password,
        Ok(None) => return failure("there is no instance password"),
        Err(error) => {
            error!("{error:#}");
            return failure("cannot read the instance password; see the log of the service");
        }
    };
    let password = password.expose_secret();
    let credentials = Credentials { app: &request.app, domain: DOMAIN, ..Credentials::default() };
    let key = SessionKey::new(&request.challenge, password);
    Json(json!({
        "mt": "GetInstanceLoginResult",
        "app": credentials.app,
        "domain": credentials.domain,
        "sip": credentials.sip,
        "guid": credentials.guid,
        "dn": credentials.dn,
        "digest": credentials.digest(&request.challenge, password),
        "key": key.as_str(),
    }))
    .into_response()
}

/// `POST /try-out/pbx`: with `--demo`, what the PBX Manager would send to the PBX and to the App Platform.
pub(super) async fn pbx(
    State(service): State<Arc<Service>>,
    Extension(client): Extension<Client>,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let Some(pbx) = &service.demo else { return not_found() };
    if let Some(refusal) = refusal(&service, client, &headers) {
        return refusal;
    }
    let Ok(message) = serde_json::from_slice::<Value>(&body) else {
        return (StatusCode::BAD_REQUEST, Json(json!({"error": "a message is expected"}))).into_response();
    };
    match pbx.answer(&message, service.configuration.store()).await {
        Ok(Some(answer)) => {
            // It may have been a new instance password.
            service.password.look();
            Json(answer).into_response()
        }
        Ok(None) => {
            let reason = "the simulated PBX does not answer this";
            (StatusCode::BAD_REQUEST, Json(json!({"error": reason}))).into_response()
        }
        Err(error) => {
            error!("{error:#}");
            failure("cannot store the instance password; see the log of the service")
        }
    }
}

/// What everybody gets but the page itself.
fn refusal(service: &Service, client: Client, headers: &HeaderMap) -> Option<Response<Body>> {
    let Some(own) = &service.try_out else { return Some(not_found()) };
    let reason = own.check(client, headers).err()?;
    warn!(address = %client.address, reason, "try-out page refused");
    Some((StatusCode::FORBIDDEN, Json(json!({"error": reason}))).into_response())
}

fn failure(reason: &str) -> Response<Body> {
    (StatusCode::INTERNAL_SERVER_ERROR, Json(json!({"error": reason}))).into_response()
}
