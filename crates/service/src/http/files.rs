//! The built files below `/plugin` and `/presence`.

use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, Uri};
use axum::response::IntoResponse;
use percent_encoding::percent_decode_str;
use tracing::warn;

use super::asset::{Asset, Frames, content_type};
use super::encoding::Encoding;
use super::file_cache::{FileCache, Kept};
use crate::service::Service;

/// `/plugin/…` and `/presence/…`.
pub(super) async fn serve(
    State(service): State<Arc<Service>>,
    uri: Uri,
    headers: HeaderMap,
) -> Response<Body> {
    let Some(path) = relative(uri.path()) else { return not_found() };
    let folder: PathBuf = path.components().take(1).collect();
    if !tokio::fs::try_exists(service.files.join(folder)).await.unwrap_or(false) {
        let line =
            "the built files are missing here: run `cargo xtask build`, or name their folder with --files\n";
        return (StatusCode::SERVICE_UNAVAILABLE, line).into_response();
    }
    let mut path = service.files.join(path);
    if is_directory(&path).await {
        if !uri.path().ends_with('/') {
            return to_directory(uri.path());
        }
        path.push("index.html");
    } else if uri.path().ends_with('/') {
        return not_found();
    }
    send(&service.file_cache, &path, &headers).await
}

/// The file a path names, below the folder of files. `None` for everything that could leave it.
fn relative(path: &str) -> Option<PathBuf> {
    let decoded = percent_decode_str(path.trim_start_matches('/')).decode_utf8().ok()?;
    if decoded.contains(['\\', '\0']) || decoded.contains("//") {
        return None;
    }
    // One file has one name only: `a/./b` is `a/b`.
    let parts = Path::new(decoded.as_ref()).components();
    parts.map(|part| if let Component::Normal(part) = part { Some(part) } else { None }).collect()
}

/// The smallest of the file's forms that the client takes.
async fn send(files: &FileCache, path: &Path, headers: &HeaderMap) -> Response<Body> {
    let Some(name) = path.to_str() else { return not_found() };
    for encoding in Encoding::ALL.into_iter().filter(|encoding| encoding.is_accepted(headers)) {
        match files.get(Path::new(&format!("{name}{}", encoding.suffix()))).await {
            Ok(Kept { body, etag, .. }) => {
                let asset =
                    Asset { content_type: content_type(name), encoding, body, etag, frames: Frames::Own };
                return asset.response(headers);
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => {
                warn!(file = name, %error, "cannot read a file");
                return StatusCode::INTERNAL_SERVER_ERROR.into_response();
            }
        }
    }
    not_found()
}

async fn is_directory(path: &Path) -> bool {
    tokio::fs::metadata(path).await.is_ok_and(|metadata| metadata.is_dir())
}

/// Relative addresses in an index page need the slash.
fn to_directory(path: &str) -> Response<Body> {
    match HeaderValue::try_from(format!("{path}/")) {
        Ok(location) => (StatusCode::TEMPORARY_REDIRECT, [(LOCATION, location)]).into_response(),
        Err(_) => not_found(),
    }
}

pub(super) fn not_found() -> Response<Body> {
    (StatusCode::NOT_FOUND, "not found\n").into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_below_the_folder() {
        assert_eq!(relative("/plugin/a.js"), Some("plugin/a.js".into()));
        assert_eq!(relative("/plugin/./a.js").unwrap().as_os_str(), "plugin/a.js");
        assert_eq!(relative("/plugin/a%20b.js"), Some("plugin/a b.js".into()));
        for path in [
            "/plugin/../x",
            "/plugin/%2e%2e/x",
            "/plugin/..%2fx",
            "/plugin/%2e%2e%2fx",
            "/plugin/..\\x",
            "/plugin/..%5cx",
            "/plugin/a%00.js",
            "/plugin//etc/passwd",
            "/plugin/%2fetc/passwd",
            "/plugin/%ff",
        ] {
            assert_eq!(relative(path), None, "{path}");
        }
    }
}
