//! The pages inside the executable: the try-out page and the apps.

use axum::body::{Body, Bytes};
use axum::extract::Path;
use axum::http::{HeaderMap, Response, Uri};
use axum::response::Redirect;
use rust_embed::{EmbeddedFile, RustEmbed};

use super::asset::{Asset, Frames, content_type};
use super::encoding::Encoding;
use super::files::not_found;

#[derive(RustEmbed)]
#[folder = "../../www/try-out"]
#[allow_missing = true]
struct TryOut;

#[derive(RustEmbed)]
#[folder = "../../www/apps"]
#[allow_missing = true]
struct Apps;

const INDEX: &[u8] = include_bytes!("../../../../index.html");

/// `/`: the plugin in a stand-in of the PBX Manager.
pub(super) async fn index(headers: HeaderMap) -> Response<Body> {
    send("index.html", Bytes::from_static(INDEX), Frames::Own, &headers)
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

/// Where App objects point that were made without a public address: into the folder of the plugin.
pub(super) async fn moved_app(uri: Uri) -> Redirect {
    let file = uri.path_and_query().and_then(|file| file.as_str().strip_prefix("/plugin/"));
    // Relative, because a proxy may have put all of this below a path of its own.
    Redirect::temporary(&["../", file.unwrap_or_default()].concat())
}

fn embedded(file: Option<EmbeddedFile>, name: &str, frames: Frames, headers: &HeaderMap) -> Response<Body> {
    match file {
        Some(file) => send(name, Bytes::from(file.data.into_owned()), frames, headers),
        None => not_found(),
    }
}

fn send(name: &str, body: Bytes, frames: Frames, headers: &HeaderMap) -> Response<Body> {
    Asset { content_type: content_type(name), encoding: Encoding::Identity, body, frames }.response(headers)
}
