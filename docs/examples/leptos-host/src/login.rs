//! A socket to the service and the login over it.

use appwebsocket::{Credentials, SessionKey};
use futures::StreamExt as _;
use futures::channel::mpsc::{UnboundedReceiver, unbounded};
use gloo_net::websocket::futures::WebSocket;
use pbx_calendar_plugin::host::{Login, Opening};
use serde_json::{Value, json};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::MessageEvent;

/// Opens a socket and logs in. `None` if the browser refuses the address.
pub fn open(address: &str, password: String) -> Option<Opening> {
    let socket = web_sys::WebSocket::new(address).ok()?;
    let heard = Heard::new(&socket)?;
    let login = Box::pin(log_in(socket.clone(), heard, password));
    let is_secure = address.starts_with("wss:");
    Some(Opening { socket: WebSocket::try_from(socket).ok()?, login, is_secure })
}

/// What comes over a socket: first that it is open, as null, then the messages.
struct Heard {
    messages: UnboundedReceiver<Value>,
    /// They hear for as long as this lives.
    opened: Closure<dyn Fn()>,
    told: Closure<dyn Fn(MessageEvent)>,
}

impl Heard {
    fn new(socket: &web_sys::WebSocket) -> Option<Self> {
        let (open, messages) = unbounded();
        let message = open.clone();
        // Nobody may listen any more once the login is done.
        let opened = Closure::<dyn Fn()>::new(move || _ = open.unbounded_send(Value::Null));
        let told = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let text = event.data().as_string().unwrap_or_default();
            if let Ok(value) = serde_json::from_str(&text) {
                let _ = message.unbounded_send(value);
            }
        });
        socket.add_event_listener_with_callback("open", opened.as_ref().unchecked_ref()).ok()?;
        socket.add_event_listener_with_callback("message", told.as_ref().unchecked_ref()).ok()?;
        Some(Self { messages, opened, told })
    }

    /// The next message of this name; what it says of `field`.
    async fn next(&mut self, message: &str, field: &str) -> Option<Value> {
        loop {
            let value = self.messages.next().await?;
            if value.get("mt").and_then(Value::as_str) == Some(message) {
                return value.get(field).cloned();
            }
        }
    }

    /// Hears no more.
    fn stop(self, socket: &web_sys::WebSocket) {
        // What is not there cannot be taken away, and does no harm.
        let _ = socket.remove_event_listener_with_callback("open", self.opened.as_ref().unchecked_ref());
        let _ = socket.remove_event_listener_with_callback("message", self.told.as_ref().unchecked_ref());
    }
}

async fn log_in(socket: web_sys::WebSocket, mut heard: Heard, password: String) -> Login {
    let is_taken = exchange(&socket, &mut heard, &password).await;
    heard.stop(&socket);
    match is_taken {
        Some((true, key)) => Login::Taken(Some(key)),
        Some((false, _)) => Login::Refused,
        None => Login::Missing("The service has not answered.".to_owned()),
    }
}

/// Whether the service takes the login, with the key for secrets.
async fn exchange(
    socket: &web_sys::WebSocket,
    heard: &mut Heard,
    password: &str,
) -> Option<(bool, SessionKey)> {
    heard.messages.next().await?;
    socket.send_with_str(&json!({"mt": "AppChallenge"}).to_string()).ok()?;
    let challenge = heard.next("AppChallengeResult", "challenge").await?;
    let challenge = challenge.as_str()?;
    // `-` is a manager.
    let login = Credentials { app: "-", ..Credentials::default() };
    let digest = login.digest(challenge, password);
    let message = json!({
        "mt": "AppLogin", "app": login.app, "domain": "", "sip": "", "guid": "", "dn": "", "digest": digest, "pbxObj": "-",
    });
    socket.send_with_str(&message.to_string()).ok()?;
    let is_taken = heard.next("AppLoginResult", "ok").await?.as_bool()?;
    Some((is_taken, SessionKey::new(challenge, password)))
}
