//! The `AppWebsocket` part: one task per connection, one file per family of messages.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `connection` | the loop of a connection and what it knows |
//! | `outbox` | what waits to be sent |
//! | `dispatch` | which message goes where, and who may send it |
//! | `reply` | how answers are made |
//! | `login` | `AppChallenge`, `AppLogin` |
//! | `rights` | what a login may do |
//! | `app` | `AppInfo`, `CheckBuild`, `AppCheckLogin`, `KeepAlive` |
//! | `pbx` | `PbxInfo`, and what a PBX says from then on |
//! | `config` | the Config API |
//! | `password` | passwords in a `WriteConfig` |
//! | `status` | `GetStatus`, `StatusUpdate` |
//! | `calendar` | `GetUsers`, `Explain`, `DryRun`, `Resync` |

mod app;
mod calendar;
mod config;
mod connection;
mod dispatch;
mod login;
mod outbox;
mod password;
mod pbx;
mod reply;
mod rights;
mod status;

use std::sync::Arc;

use appwebsocket::MAX_MESSAGE_BYTES;
use axum::body::Body;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::{FromRequestParts, Request, WebSocketUpgrade};
use axum::http::Response;
use axum::http::header::UPGRADE;

use crate::client::Client;
use crate::service::Service;
use connection::Connection;
pub(crate) use outbox::Outbox;

/// Room to read a message that is too long, so that the connection can be closed with a reason. What is longer
/// still ends without one.
const MAX_FRAME_BYTES: usize = 2 * MAX_MESSAGE_BYTES;

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
    request: Request,
) -> Result<Response<Body>, WebSocketUpgradeRejection> {
    let (mut parts, _) = request.into_parts();
    let upgrade = WebSocketUpgrade::from_request_parts(&mut parts, &()).await?;
    let connections = service.connections.clone();
    Ok(upgrade
        .max_message_size(MAX_FRAME_BYTES)
        .max_frame_size(MAX_FRAME_BYTES)
        .on_upgrade(move |socket| connections.track_future(Connection::serve(service, client, socket))))
}
