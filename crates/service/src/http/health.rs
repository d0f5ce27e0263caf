//! What monitoring asks.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse;
use tracing::error;

use crate::service::Service;

/// `/healthz`: the process answers.
pub(super) async fn healthz() -> &'static str {
    "ok\n"
}

/// `/readyz`: the service can do its work.
pub(super) async fn readyz(State(service): State<Arc<Service>>) -> Response<Body> {
    match service.configuration.store().check().await {
        Ok(()) => match service.status.obstacle() {
            None => "ok\n".into_response(),
            Some(obstacle) => (StatusCode::SERVICE_UNAVAILABLE, format!("{obstacle}\n")).into_response(),
        },
        Err(error) => {
            error!("{error:#}");
            // What the database says may name hosts and files: it goes to the log alone.
            (StatusCode::SERVICE_UNAVAILABLE, format!("{error}; see the log of the service\n"))
                .into_response()
        }
    }
}

/// `/metrics`: counters for Prometheus.
pub(super) async fn metrics(State(service): State<Arc<Service>>) -> Response<Body> {
    let revision = service.configuration.watch().borrow().revision;
    match service.metrics.text(revision, service.pbxs.count()) {
        Ok(text) => ([(CONTENT_TYPE, prometheus::TEXT_FORMAT)], text).into_response(),
        Err(error) => {
            error!("{error}");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
