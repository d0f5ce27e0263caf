//! The pages inside the executable: the form's own page, the try-out page, the demo, the apps, and the page of an address
//! that is none.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::header::HOST;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, Uri};
use axum::response::Redirect;
use rust_embed::{EmbeddedFile, RustEmbed};

use super::asset::{Asset, Frames, content_type, etag, etag_of_hash};
use super::encoding::Encoding;
use super::files::not_found;
use crate::client::Client;
use crate::service::Service;

#[derive(RustEmbed)]
#[folder = "../../www/try-out"]
#[allow_missing = true]
struct TryOut;

#[derive(RustEmbed)]
#[folder = "../../www/apps"]
#[allow_missing = true]
struct Apps;

/// The stand-in of the PBX Manager.
const STAND_IN: &[u8] = include_bytes!("../../../../index.html");

static STAND_IN_ETAG: LazyLock<HeaderValue> = LazyLock::new(|| etag(STAND_IN));

/// `/`: the form; with `--demo` what there is to try beside it, with `--try-out` alone in a stand-in of the PBX Manager.
/// Whoever comes with the token of `--try-out` is let in first.
pub(super) async fn index(
    State(service): State<Arc<Service>>,
    Extension(client): Extension<Client>,
    uri: Uri,
    headers: HeaderMap,
) -> Response<Body> {
    if let Some(answer) = service.try_out.as_ref().and_then(|own| own.enter(client, &uri, &headers)) {
        return answer;
    }
    let page = match (&service.demo, &service.try_out) {
        (Some(_), _) => "demo.html",
        (None, None) => "form.html",
        (None, Some(_)) => {
            let body = Bytes::from_static(STAND_IN);
            return send("index.html", body, STAND_IN_ETAG.clone(), Frames::Own, &headers);
        }
    };
    embedded(TryOut::get(page), page, Frames::Own, &headers)
}

/// What a person sees instead of a file that is not there. It is sent whole, whatever the browser has of it.
pub(super) fn missing(host: Option<&HeaderValue>) -> Response<Body> {
    const PAGE: &str = "not-found.html";
    let headers = host.map(|host| (HOST, host.clone())).into_iter().collect();
    let mut response = embedded(TryOut::get(PAGE), PAGE, Frames::Own, &headers);
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

/// `/try-out/…`: scripts and styles of the try-out page.
pub(super) async fn try_out(Path(name): Path<String>, headers: HeaderMap) -> Response<Body> {
    embedded(TryOut::get(&name), &name, Frames::Own, &headers)
}

/// `/apps/…`: what the pages of the apps need.
pub(super) async fn app_file(Path(name): Path<String>, headers: HeaderMap) -> Response<Body> {
    embedded(Apps::get(&name), &name, Frames::Any, &headers)
}

/// The apps themselves: the PBX takes the address of an app and appends `.htm` or `.png`.
pub(super) async fn app(uri: Uri, headers: HeaderMap) -> Response<Body> {
    let name = uri.path().trim_start_matches('/');
    embedded(Apps::get(name), name, Frames::Any, &headers)
}

/// `/favicon.ico`, which browsers ask for beside pages that name no icon: that of the app.
pub(super) async fn favicon(headers: HeaderMap) -> Response<Body> {
    const ICON: &str = "pbxcalendar-calendar.png";
    embedded(Apps::get(ICON), ICON, Frames::Any, &headers)
}

/// Where App objects point that were made without a public address: into the folder of the plugin.
pub(super) async fn moved_app(uri: Uri) -> Redirect {
    let file = uri.path_and_query().and_then(|file| file.as_str().strip_prefix("/plugin/"));
    // Relative, because a proxy may have put all of this below a path of its own.
    Redirect::temporary(&["../", file.unwrap_or_default()].concat())
}

fn embedded(file: Option<EmbeddedFile>, name: &str, frames: Frames, headers: &HeaderMap) -> Response<Body> {
    match file {
        Some(file) => {
            let etag = etag_of_hash(&file.metadata.sha256_hash());
            let body = match file.data {
                Cow::Borrowed(data) => Bytes::from_static(data),
                Cow::Owned(data) => Bytes::from(data),
            };
            send(name, body, etag, frames, headers)
        }
        None => not_found(),
    }
}

fn send(name: &str, body: Bytes, etag: HeaderValue, frames: Frames, headers: &HeaderMap) -> Response<Body> {
    let content_type = content_type(name);
    Asset { content_type, encoding: Encoding::Identity, body, etag, frames }.response(headers)
}
