//! The AppWebsocket server: login, envelope, dispatch.

use std::sync::Arc;

use appwebsocket::{AppLogin, digests_match};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_tungstenite::tungstenite;
use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request, Response};
use tokio_tungstenite::tungstenite::http::StatusCode;
use tokio_tungstenite::{WebSocketStream, accept_hdr_async_with_config};

use super::{PATH, Shared, app_login, app_objects, config_objects, get_object, instance, update_object};
use crate::frame::{self, Fault, text_of};
use crate::message::{Message, Refusal, envelope};
use crate::violation::{Rule, Violation};

/// Serves until it is dropped, and all its connections with it.
pub(super) async fn run(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => if let Ok((stream, _)) = accepted {
                connections.spawn(serve(stream, shared.clone()));
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn serve(stream: TcpStream, shared: Arc<Shared>) {
    let Ok(mut wire) = accept_hdr_async_with_config(stream, check_path, Some(frame::limits())).await else {
        return;
    };
    let mut connection = Connection { shared, challenge: None, logged_in: false };
    while let Some(frame) = wire.next().await {
        match connection.receive(frame) {
            Ok(Some(answer)) => {
                if wire.send(tungstenite::Message::text(answer.to_string())).await.is_err() {
                    return;
                }
            }
            Ok(None) => {}
            Err(violation) => {
                connection.shared.change(|store| store.violations.push(violation));
                return close(wire).await;
            }
        }
    }
}

async fn close(mut wire: WebSocketStream<TcpStream>) {
    // Whoever does not take the farewell loses the connection all the same.
    let _ = wire.close(None).await;
}

#[allow(clippy::result_large_err, reason = "the type is the library's")]
fn check_path(request: &Request, response: Response) -> Result<Response, ErrorResponse> {
    if request.uri().path() == PATH {
        return Ok(response);
    }
    let mut refusal = ErrorResponse::new(Some(format!("the websocket is at {PATH}")));
    *refusal.status_mut() = StatusCode::NOT_FOUND;
    Err(refusal)
}

struct Connection {
    shared: Arc<Shared>,
    challenge: Option<String>,
    logged_in: bool,
}

impl Connection {
    /// The answer to a frame, or why the connection ends.
    fn receive(
        &mut self,
        frame: Result<tungstenite::Message, tungstenite::Error>,
    ) -> Result<Option<Value>, Violation> {
        match text_of(Some(frame)) {
            Ok(Some(text)) => self.message(&text),
            // Reading on answers a close frame, and finds the end.
            Ok(None) | Err(Fault::Gone | Fault::Closed | Fault::Unreachable(_)) => Ok(None),
            Err(Fault::Violation(rule, detail)) => Err(Violation::new(rule, detail)),
        }
    }

    fn message(&mut self, text: &str) -> Result<Option<Value>, Violation> {
        let message = Message::read(text).map_err(|problem| Violation::new(Rule::Frame, problem))?;
        match (message.mt.as_str(), message.api.as_deref()) {
            ("AppChallenge", None) => Ok(Some(self.new_challenge())),
            ("AppLogin", None) => self.log_in(text).map(Some),
            ("KeepAlive", None) => Ok(None),
            _ if !self.logged_in => {
                Err(Violation::new(Rule::Login, format!("{} before the login", message.mt)))
            }
            _ => Ok(self.shared.dispatch(&message)),
        }
    }

    fn new_challenge(&mut self) -> Value {
        let challenge = format!("{:016}", rand::random_range(0..10_u64.pow(16)));
        let answer = json!({ "challenge": challenge });
        self.challenge = Some(challenge);
        envelope("AppChallengeResult", None, None, answer)
    }

    fn log_in(&mut self, text: &str) -> Result<Value, Violation> {
        let violation = |detail: &str| Violation::new(Rule::Login, format!("AppLogin: {detail}"));
        let login: AppLogin<'_> =
            serde_json::from_str(text).map_err(|error| violation(&error.to_string()))?;
        let challenge = self.challenge.take().ok_or_else(|| violation("without a fresh challenge"))?;
        let options = &self.shared.options;
        let digest = login.credentials().digest(&challenge, &options.password);
        self.logged_in = login.app == options.app && digests_match(&digest, &login.digest);
        let answer = if self.logged_in {
            json!({ "ok": true, "domain": options.domain })
        } else {
            json!({ "ok": false })
        };
        Ok(envelope("AppLoginResult", None, None, answer))
    }
}

impl Shared {
    /// What somebody who is logged in gets for a message.
    pub(super) fn dispatch(&self, message: &Message) -> Option<Value> {
        let answer = self.change(|store| {
            if store.fails(&message.mt) {
                return Err(Refusal::blameless(1, "it failed because it was told to"));
            }
            match (message.api.as_deref(), message.mt.as_str()) {
                (Some("PbxAdminApi"), "GetAppObjects") => app_objects::get(message, store),
                (Some("PbxAdminApi"), "GetConfigObjects") => config_objects::get(message, store),
                (Some("PbxAdminApi"), "GetObject") => get_object::get(message, store),
                (Some("PbxAdminApi"), "UpdateObject") => update_object::update(message, store),
                (Some("PbxAdminApi"), "DeleteObject") => update_object::delete(message, store),
                (Some("PbxAdminApi"), "GetAppLogin") => app_login::get(message, store, &self.options.domain),
                (Some("com.innovaphone.manager"), "GetInstanceLogin") => {
                    instance::login(message, store, &self.options)
                }
                (Some("com.innovaphone.manager"), "SetInstancePassword") => {
                    instance::set_password(message, store)
                }
                (Some("PbxAdminApi" | "com.innovaphone.manager") | None, _) => {
                    Err(Refusal::new(Rule::UnknownMessage, "the stand-in does not have it"))
                }
                (Some(api), _) => Err(Refusal::new(Rule::UnknownApi, format!("no API {api}"))),
            }
        });
        match answer {
            Ok(fields) => Some(message.result(fields)),
            Err(refusal) => {
                self.change(|store| store.violations.extend(refusal.violation(&message.mt)));
                // Without an API there is nobody to answer.
                message.api.is_some().then(|| message.refused(&refusal))
            }
        }
    }
}
