//! Websockets: each carries one [session](crate::session).

mod connection;

use std::sync::Arc;

use appwebsocket::MAX_MESSAGE_BYTES;
use axum::body::Body;
use axum::extract::{FromRequestParts, Request, WebSocketUpgrade};
use axum::http::header::{RETRY_AFTER, UPGRADE};
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse;

use crate::client::Client;
use crate::places::Place;
use crate::service::Service;

/// Room to read a message that is too long, so that the connection can be closed with a reason. What is longer
/// still ends without one.
const MAX_FRAME_BYTES: usize = 2 * MAX_MESSAGE_BYTES;
/// Each websocket has a buffer of this size from the beginning; it grows with a message and no earlier. The library's
/// own 128 KiB would let strangers cost that much each.
const READ_BUFFER_BYTES: usize = 2048;

/// Whether the request asks for a websocket.
pub(crate) fn is_upgrade(request: &Request) -> bool {
    let upgrade = request.headers().get(UPGRADE).and_then(|upgrade| upgrade.to_str().ok());
    upgrade.is_some_and(|upgrade| upgrade.eq_ignore_ascii_case("websocket"))
}

/// Answers the request and serves the websocket in a task of its own. Any Origin may connect: the plugin lives in
/// pages of the PBX, and a connection can do nothing before its login.
pub(crate) async fn accept(
    service: Arc<Service>,
    client: Client,
    place: Arc<Place>,
    request: Request,
) -> Response<Body> {
    let (mut parts, _) = request.into_parts();
    let upgrade = match WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        Ok(upgrade) => upgrade,
        Err(rejection) => return rejection.into_response(),
    };
    if !place.belongs_to(client.address) {
        let line = "too many connections from this address that have not logged in\n";
        return (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, "30")], line).into_response();
    }
    let connections = service.connections.clone();
    upgrade
        .max_message_size(MAX_FRAME_BYTES)
        .max_frame_size(MAX_FRAME_BYTES)
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(0)
        .on_upgrade(move |socket| connections.track_future(connection::serve(service, client, place, socket)))
}
