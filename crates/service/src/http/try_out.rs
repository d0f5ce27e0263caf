//! `--try-out`: the try-out page logs in by itself. The service computes the login that the App Platform's
//! manager would, for pages of its own on this machine and nobody else.

use std::net::SocketAddr;
use std::sync::Arc;

use appwebsocket::{Credentials, SessionKey};
use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::{Json, State};
use axum::http::header::{HOST, ORIGIN};
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
pub(super) async fn mode(State(service): State<Arc<Service>>) -> Json<Value> {
    let (try_out, version) = (service.try_out.is_some(), env!("CARGO_PKG_VERSION"));
    Json(if service.demo.is_some() {
        json!({"tryOut": try_out, "version": version, "demo": true})
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
        Ok(Some(answer)) => Json(answer).into_response(),
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

/// The one origin whose pages may log in by themselves.
pub(crate) struct OwnOrigin {
    scheme: &'static str,
    /// As `Host` has it; without the port too where it is the one of the scheme.
    hosts: Vec<String>,
}

impl OwnOrigin {
    pub fn new(address: SocketAddr, tls: bool) -> Self {
        let (scheme, default_port) = if tls { ("https", 443) } else { ("http", 80) };
        let with_port = address.to_string();
        let mut hosts = Vec::new();
        if address.port() == default_port {
            hosts.extend(with_port.rsplit_once(':').map(|(host, _)| host.to_owned()));
        }
        hosts.push(with_port);
        Self { scheme, hosts }
    }

    /// Another page in the browser can send a request here, but it cannot hide its origin; nor, with a name of its
    /// own that leads here, the name.
    fn check(&self, client: Client, headers: &HeaderMap) -> Result<(), &'static str> {
        if !client.loopback {
            return Err("the request does not come from this machine directly");
        }
        let host = single(headers, HOST.as_str()).ok_or("Host is missing")?;
        if !self.hosts.iter().any(|own| own == host) {
            return Err("Host is not the address that the service listens on; open the page at that address");
        }
        if headers.contains_key(ORIGIN) {
            let origin = single(headers, ORIGIN.as_str());
            let from = origin.and_then(|origin| origin.strip_prefix(self.scheme)?.strip_prefix("://"));
            if !from.is_some_and(|from| self.hosts.iter().any(|own| own == from)) {
                return Err("Origin is not the try-out page");
            }
        }
        Ok(())
    }
}

/// The value of a header that stands there once.
fn single<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let first = values.next()?;
    if values.next().is_some() { None } else { first.to_str().ok() }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    const HERE: Client = Client {
        address: std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST),
        encrypted: false,
        loopback: true,
    };

    fn check(listen: &str, tls: bool, headers: &[(HeaderName, &'static str)]) -> bool {
        let headers =
            headers.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value))).collect();
        OwnOrigin::new(listen.parse().unwrap(), tls).check(HERE, &headers).is_ok()
    }

    #[test]
    fn own_pages_and_clients_without_origin_pass() {
        assert!(check("127.0.0.1:8080", false, &[(HOST, "127.0.0.1:8080")]));
        assert!(check(
            "127.0.0.1:8080",
            false,
            &[(HOST, "127.0.0.1:8080"), (ORIGIN, "http://127.0.0.1:8080")]
        ));
        assert!(check("[::1]:8080", true, &[(HOST, "[::1]:8080"), (ORIGIN, "https://[::1]:8080")]));
        assert!(check("127.0.0.1:80", false, &[(HOST, "127.0.0.1"), (ORIGIN, "http://127.0.0.1")]));
    }

    #[test]
    fn foreign_pages_and_names_do_not() {
        for headers in [
            vec![],
            vec![(HOST, "evil.example:8080")],
            vec![(HOST, "127.0.0.1")],
            vec![(HOST, "127.0.0.1:8081")],
            vec![(HOST, "127.0.0.1:8080"), (ORIGIN, "http://evil.example")],
            vec![(HOST, "127.0.0.1:8080"), (ORIGIN, "https://127.0.0.1:8080")],
            vec![(HOST, "127.0.0.1:8080"), (ORIGIN, "http://127.0.0.1:8081")],
            vec![(HOST, "127.0.0.1:8080"), (ORIGIN, "http://127.0.0.1:8080.evil.example")],
            vec![(HOST, "127.0.0.1:8080"), (ORIGIN, "null")],
        ] {
            assert!(!check("127.0.0.1:8080", false, &headers), "{headers:?}");
        }
    }

    #[test]
    fn behind_a_proxy_nobody_passes() {
        let own = OwnOrigin::new("127.0.0.1:8080".parse().unwrap(), false);
        let headers = HeaderMap::from_iter([(HOST, HeaderValue::from_static("127.0.0.1:8080"))]);
        assert!(own.check(Client { loopback: false, ..HERE }, &headers).is_err());
    }
}
