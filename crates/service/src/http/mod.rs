//! The HTTP part: pages, built files, try-out login, monitoring. Every path also takes websockets.

mod api;
mod asset;
mod encoding;
mod file_cache;
mod files;
mod health;
mod own_origin;
mod pages;
mod sign_in;
mod try_out;
mod try_out_session;

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::header::{ACCEPT, HOST, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode};
use axum::middleware::{self, Next};
use axum::response::IntoResponse;
use axum::routing::{any, get, post};
use axum::{Extension, Router};
use tokio::time::timeout;

use crate::client::{Client, Peer};
use crate::places::Place;
use crate::service::Service;
use crate::socket;
pub(crate) use file_cache::FileCache;
pub(crate) use try_out_session::TryOut;

/// No request here has more to say.
const MAX_BODY_BYTES: usize = 4096;
/// A client must have sent its request, and got its answer ready, within this time.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

pub(crate) fn router(service: Arc<Service>) -> Router {
    let router = Router::new()
        .route("/", get(pages::index))
        .route("/try-out/mode", get(try_out::mode))
        .route("/try-out/login", post(try_out::login))
        .route("/try-out/pbx", post(try_out::pbx))
        .route("/try-out/{*name}", get(pages::try_out))
        .route("/apps/{*name}", get(pages::app_file))
        .route("/favicon.ico", get(pages::favicon))
        .route("/sign-in", get(sign_in::finish))
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/metrics", get(health::metrics))
        .route("/api/v1", any(api::serve))
        .route("/api/v1/{*path}", any(api::serve));
    let apps = ["/pbxcalendar-calendaradmin", "/pbxcalendar-calendar", "/pbxcalendar-my"];
    let files = apps.iter().flat_map(|app| [format!("{app}.htm"), format!("{app}.png")]);
    let router = files.fold(router, |router, file| {
        let moved = format!("/plugin{file}");
        router.route(&file, get(pages::app)).route(&moved, get(pages::moved_app))
    });
    let router = ["/plugin", "/presence"].iter().fold(router, |router, folder| {
        router
            .route(folder, get(files::serve))
            .route(&format!("{folder}/"), get(files::serve))
            .route(&format!("{folder}/{{*path}}"), get(files::serve))
    });
    router
        .fallback(|| async { files::not_found() })
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .layer(middleware::from_fn_with_state(Arc::clone(&service), receive))
        .with_state(service)
}

/// Finds out who asks, takes websockets out, and adds the headers that every answer has.
async fn receive(
    State(service): State<Arc<Service>>,
    Extension(peer): Extension<Peer>,
    Extension(place): Extension<Arc<Place>>,
    mut request: Request,
    next: Next,
) -> Response<Body> {
    let client = Client::of(peer, request.headers(), &service.trusted_proxies);
    let host = request.headers().get(HOST).cloned();
    let is_person = request.method() == Method::GET && wants_page(request.headers());
    let mut response = if socket::is_upgrade(&request) {
        socket::accept(service, client, place, request).await
    } else {
        request.extensions_mut().insert(client);
        let answer = timeout(REQUEST_TIMEOUT, next.run(request)).await;
        let answer = answer.unwrap_or_else(|_| StatusCode::REQUEST_TIMEOUT.into_response());
        let is_missing = answer.status() == StatusCode::NOT_FOUND;
        if is_missing && is_person { pages::missing(host.as_ref()) } else { answer }
    };
    let headers = response.headers_mut();
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

/// Whether a browser asks for what it is to show: for all else it names other types, or any.
fn wants_page(headers: &HeaderMap) -> bool {
    headers.get_all(ACCEPT).iter().any(|types| types.to_str().is_ok_and(|types| types.contains("text/html")))
}
