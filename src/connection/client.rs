use std::cell::{Cell, RefCell};
use std::rc::Rc;

use appwebsocket::{MAX_MESSAGE_BYTES, SessionKey};
use futures::channel::{mpsc, oneshot};
use futures::future::{Either, select};
use futures::{FutureExt, SinkExt, StreamExt, select_biased};
use gloo_net::websocket::Message as Frame;
use gloo_net::websocket::futures::WebSocket;
use gloo_timers::future::TimeoutFuture;
use js_sys::{Function, JSON, Object, Reflect};
use kit::js::{from_js, parse, to_js};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::console;

use super::backoff::Backoff;
use super::message::{self, Head};
use super::{Event, Failure, State, Trouble};
use crate::host::{Host, Login, Opening, PendingLogin};

/// Silence after which the other side is shown that this one lives, in milliseconds.
const KEEP_ALIVE: u32 = 60_000;
/// A reply that takes longer, in milliseconds, will not come: the socket is dead without having closed.
const PATIENCE: u32 = 20_000;
/// The same for what tells how it goes on until it is done.
const PATIENCE_WHEN_TOLD: u32 = 200_000;

/// A connection to the instance that comes back after each break. Clones are the same connection.
#[derive(Clone)]
pub struct Connection(Rc<Shared>);

struct Shared {
    host: Host,
    listener: Box<dyn Fn(Event)>,
    line: RefCell<Option<Line>>,
    last_request: Cell<u32>,
    hurry: RefCell<Option<oneshot::Sender<()>>>,
}

/// What there is only while logged in. Dropping it ends the connection and every request that waits.
struct Line {
    outgoing: mpsc::UnboundedSender<String>,
    waiting: Vec<Waiting>,
    key: Option<SessionKey>,
    is_secure: bool,
}

/// A request without its answer yet.
struct Waiting {
    number: u32,
    answer: oneshot::Sender<JsValue>,
    /// Hears what is told before the answer.
    tell: Option<Function>,
}

/// Who waits for a message, and what it is to them.
enum Concerned {
    /// It comes before the answer.
    Told(Function),
    /// It is the answer.
    Answered(oneshot::Sender<JsValue>),
}

impl Connection {
    /// A connection that is made once [`run`](Self::run) runs; the listener hears what happens to it.
    pub fn new(host: Host, listener: impl Fn(Event) + 'static) -> Self {
        Self(Rc::new(Shared {
            host,
            listener: Box::new(listener),
            line: RefCell::default(),
            last_request: Cell::default(),
            hurry: RefCell::default(),
        }))
    }

    /// Connects, and connects again after each break. Ends only by being dropped, which closes the socket.
    pub async fn run(self) {
        let mut backoff = Backoff::default();
        loop {
            self.tell(State::Connecting);
            let trouble = self.connect(&mut backoff).await;
            self.0.line.take();
            let wait = backoff.next();
            self.tell(State::Waiting(trouble, wait.div_ceil(1000)));
            let (hurry, hurried) = oneshot::channel();
            self.0.hurry.replace(Some(hurry));
            select(TimeoutFuture::new(wait), hurried).await;
        }
    }

    /// Ends the wait between two attempts.
    pub fn hurry(&self) {
        if let Some(hurry) = self.0.hurry.take() {
            let _ = hurry.send(());
        }
    }

    /// Sends a request and waits for its reply.
    pub async fn request<T: DeserializeOwned>(&self, mt: &str, body: &impl Serialize) -> Result<T, Failure> {
        let reply = self.ask(mt, &to_js(body)).await?;
        from_js(reply).map_err(|wrong| Failure::Unreadable([mt, ": ", &wrong].concat()))
    }

    /// The same for others, who know what they send and get: plain JavaScript objects.
    pub async fn ask(&self, mt: &str, body: &JsValue) -> Result<JsValue, Failure> {
        let reply = self.ask_api(message::API, mt, body).await?;
        match member(&reply, "error").as_string().as_deref() {
            // A relay has lost the service: as if the connection to the service itself were gone.
            Some("serviceDown") => Err(Failure::NotConnected),
            Some("serviceLost") => Err(Failure::Lost),
            _ => Ok(reply),
        }
    }

    /// Sends a request of another API and waits for its reply. Where the body has a function `tell`, that gets the messages
    /// which come before the reply.
    pub async fn ask_api(&self, api: &str, mt: &str, body: &JsValue) -> Result<JsValue, Failure> {
        let number = self.0.last_request.get().wrapping_add(1);
        self.0.last_request.set(number);
        let text = to_text(api, mt, number, body);
        if text.len() > MAX_MESSAGE_BYTES {
            return Err(Failure::TooLarge);
        }
        // JSON leaves functions out.
        let tell = member(body, "tell").dyn_into().ok();
        let patience = if tell.is_some() { PATIENCE_WHEN_TOLD } else { PATIENCE };
        let reply = self.send(number, text, tell).ok_or(Failure::NotConnected)?;
        match select(reply, TimeoutFuture::new(patience)).await {
            Either::Left((reply, _)) => reply.map_err(|_| Failure::Lost),
            Either::Right(_) => {
                self.0.line.take();
                Err(Failure::Lost)
            }
        }
    }

    /// The key for secrets, where the login came with one.
    pub fn session_key(&self) -> Option<SessionKey> {
        self.0.line.borrow().as_ref()?.key.clone()
    }

    /// Whether nobody else can listen on the way to the page's server.
    pub fn is_secure(&self) -> bool {
        self.0.line.borrow().as_ref().is_some_and(|line| line.is_secure)
    }

    fn send(&self, number: u32, text: String, tell: Option<Function>) -> Option<oneshot::Receiver<JsValue>> {
        let mut line = self.0.line.borrow_mut();
        let line = line.as_mut()?;
        line.outgoing.unbounded_send(text).ok()?;
        let (answer, reply) = oneshot::channel();
        line.waiting.push(Waiting { number, answer, tell });
        Some(reply)
    }

    fn tell(&self, state: State) {
        (self.0.listener)(Event::State(state));
    }

    /// One attempt: from opening the socket to its end.
    async fn connect(&self, backoff: &mut Backoff) -> Trouble {
        let Some(Opening { mut socket, login, is_secure }) = self.0.host.connect() else {
            return Trouble::Unreachable;
        };
        let key = match self.log_in(&mut socket, login).await {
            Ok(key) => key,
            Err(trouble) => return trouble,
        };
        *backoff = Backoff::default();
        let (outgoing, queue) = mpsc::unbounded();
        self.0.line.replace(Some(Line { outgoing, waiting: Vec::new(), key, is_secure }));
        self.tell(State::Connected);
        self.serve(socket, queue).await;
        Trouble::Unreachable
    }

    /// The host logs in, because it can begin before this module is there. Somebody may have to type a password for
    /// it, so the socket is watched meanwhile.
    async fn log_in(
        &self,
        socket: &mut WebSocket,
        login: PendingLogin,
    ) -> Result<Option<SessionKey>, Trouble> {
        let watched = Box::pin(async {
            while let Some(Ok(frame)) = socket.next().await {
                if is_challenge(&frame) {
                    self.tell(State::LoggingIn);
                }
            }
        });
        match select(login, watched).await {
            Either::Left((Login::Taken(key), _)) => Ok(key),
            Either::Left((Login::Refused, _)) => Err(Trouble::LoginRefused),
            Either::Left((Login::Missing(reason), _)) => Err(Trouble::NoLogin(reason)),
            Either::Right(_) => Err(Trouble::Unreachable),
        }
    }

    /// Sends what is queued and hands out what comes, until the socket or the line ends.
    async fn serve(&self, socket: WebSocket, mut queue: mpsc::UnboundedReceiver<String>) {
        let mut socket = socket.fuse();
        loop {
            let message = select_biased! {
                message = socket.next() => match message {
                    Some(Ok(Frame::Text(text))) => { self.receive(&text); None }
                    Some(Ok(Frame::Bytes(_))) => None,
                    Some(Err(_)) | None => return,
                },
                message = queue.next() => match message {
                    Some(text) => Some(text),
                    None => return,
                },
                () = TimeoutFuture::new(KEEP_ALIVE).fuse() => Some(r#"{"mt":"KeepAlive"}"#.to_owned()),
            };
            if let Some(text) = message
                && socket.send(Frame::Text(text)).await.is_err()
            {
                return;
            }
        }
    }

    /// Who waits for a message.
    fn concerned(&self, head: &Head) -> Option<Concerned> {
        let number = head.answers()?;
        let mut line = self.0.line.borrow_mut();
        let waiting = &mut line.as_mut()?.waiting;
        let place = waiting.iter().position(|waiting| waiting.number == number)?;
        let tell = waiting.get(place).and_then(|waiting| waiting.tell.clone());
        if let Some(tell) = tell.filter(|_| head.mt.ends_with("Step")) {
            return Some(Concerned::Told(tell));
        }
        Some(Concerned::Answered(waiting.swap_remove(place).answer))
    }

    fn receive(&self, text: &str) {
        let Ok(message) = JSON::parse(text) else { return };
        let Ok(head) = from_js::<Head>(message.clone()) else { return };
        match self.concerned(&head) {
            Some(Concerned::Told(tell)) => {
                // Whoever listens may be gone.
                let _ = tell.call1(&JsValue::NULL, &message);
                return;
            }
            Some(Concerned::Answered(answer)) => {
                // Nobody waits any more if the form was closed.
                let _ = answer.send(message);
                return;
            }
            None => {}
        }
        let event = match &*head.mt {
            "ConfigUpdate" if head.is_ours() => from_js(message).map(Event::Config),
            "StatusUpdate" => from_js(message.clone()).map(|status| Event::Status(status, message)),
            "RelayUpdate" => Ok(Event::Relay(message)),
            _ => return,
        };
        match event {
            Ok(event) => (self.0.listener)(event),
            // It holds no secret: no message does.
            Err(wrong) => console::warn_2(&head.mt.into(), &wrong.into()),
        }
    }
}

/// A member of an object; undefined where there is none.
pub fn member(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or_default()
}

/// A request as it travels. Its body becomes an object if it is none.
fn to_text(api: &str, mt: &str, number: u32, body: &JsValue) -> String {
    let request = Object::assign(&Object::new(), body.dyn_ref().unwrap_or(&Object::new()));
    for (name, value) in message::envelope(api, mt, number) {
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&request, &name.into(), &value.into());
    }
    JSON::stringify(&request).map(String::from).unwrap_or_default()
}

fn is_challenge(frame: &Frame) -> bool {
    let Frame::Text(text) = frame else { return false };
    parse::<Head>(text).is_ok_and(|head| head.mt == "AppChallengeResult")
}
