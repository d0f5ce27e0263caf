//! The logged-in connection: reads what the service asks, answers, and tells what changes.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use futures_util::{StreamExt, stream::SplitStream};
use serde_json::{Value, json};
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep_until};
use tokio_tungstenite::tungstenite;
use tokio_util::task::AbortOnDropHandle;

use super::app_info;
use super::pbx_api::{self, Subscription};
use super::socket::{FAREWELL, Outgoing, Socket, Wire, send_all};
use super::table_users::{self, Replication};
use crate::frame::{Fault, text_of};
use crate::message::{Message, Refusal, envelope};
use crate::options::Options;
use crate::pbx::{Reading, Shared};
use crate::state::{Event, State};
use crate::violation::Rule;

/// What lives as long as the connection.
pub(super) struct Session {
    shared: Arc<Shared>,
    id: u64,
    outgoing: mpsc::UnboundedSender<Outgoing>,
    /// Results held back, in the order in which they are due.
    held_back: VecDeque<(Instant, Value)>,
    pub replications: HashMap<Option<String>, Replication>,
    pub subscriptions: Vec<Subscription>,
}

/// What a message is answered with.
#[derive(Default)]
pub(super) struct Reply {
    pub result: Value,
    /// Whether [`Pbx::delay_results`](crate::Pbx::delay_results) concerns it.
    pub may_wait: bool,
    /// What follows the result.
    pub then: Vec<Value>,
}

pub(super) async fn run(socket: Socket, shared: &Arc<Shared>) {
    if !*shared.plugged.borrow() {
        return;
    }
    let (id, events) = shared.change(State::open_session);
    let (sink, mut stream) = socket.wire.split();
    let (outgoing, queue) = mpsc::unbounded_channel();
    let sender = AbortOnDropHandle::new(tokio::spawn(send_all(sink, queue)));
    let mut session = Session {
        shared: shared.clone(),
        id,
        outgoing,
        held_back: VecDeque::new(),
        replications: HashMap::new(),
        subscriptions: Vec::new(),
    };
    session.introduce(&shared.options);
    let fault = session.serve(&mut stream, events).await;
    shared.change(|state| state.session_is_over(id));
    match fault {
        Fault::Gone | Fault::Unreachable(_) => {}
        // Reading on answers the close frame. The service ends the connection then, or need not be waited for.
        Fault::Closed => {
            let _ = tokio::time::timeout(FAREWELL, stream.next()).await;
        }
        Fault::Violation(rule, detail) => {
            session.send_out(Outgoing::Refusal(detail.clone()));
            shared.report(rule, detail);
            // The sender ends after the refusal; a service that does not read gets none.
            let _ = tokio::time::timeout(FAREWELL, sender).await;
        }
    }
}

impl Session {
    /// `PbxInfo` is the first message after the login.
    fn introduce(&self, options: &Options) {
        let info = json!({
            "domain": options.domain, "pbx": options.name, "pbxDns": options.dns, "apis": options.apis,
        });
        let mut message = envelope("PbxInfo", None, None, info);
        if let Some(fields) = message.as_object_mut() {
            fields.extend(options.version.iter().map(|version| ("version".into(), json!(version))));
            fields.extend(options.build.iter().map(|build| ("build".into(), json!(build))));
        }
        self.send(message);
        self.send(envelope("AppInfo", None, None, json!({ "app": options.app() })));
    }

    pub(super) fn send(&self, message: Value) {
        self.send_out(Outgoing::Message(message));
    }

    fn send_out(&self, outgoing: Outgoing) {
        // If the sender is gone, reading fails as well and ends the session.
        let _ = self.outgoing.send(outgoing);
    }

    async fn serve(
        &mut self,
        stream: &mut SplitStream<Wire>,
        mut events: mpsc::UnboundedReceiver<Event>,
    ) -> Fault {
        let mut reading = self.shared.reading.subscribe();
        let mut last_read = Instant::now();
        loop {
            let due = self.held_back.front().map(|(due, _)| *due);
            tokio::select! {
                // What changed first is told first.
                biased;
                event = events.recv() => match event {
                    Some(event) => self.tell(&event),
                    // The connection is dropped on demand.
                    None => return Fault::Gone,
                },
                () = async { sleep_until(due.unwrap_or(last_read)).await }, if due.is_some() => {
                    if let Some((_, result)) = self.held_back.pop_front() {
                        self.send(result);
                    }
                }
                frame = next_frame(stream, &mut reading, last_read) => {
                    last_read = Instant::now();
                    match text_of(frame) {
                        Ok(None) => {}
                        Ok(Some(text)) => if let Err(fault) = self.handle(&text) { return fault },
                        Err(fault) => return fault,
                    }
                }
            }
        }
    }

    fn tell(&mut self, event: &Event) {
        table_users::tell(self, event);
        let presences = pbx_api::tell(&mut self.subscriptions, event, &self.shared.lock());
        for message in presences {
            self.send(message);
        }
    }

    /// One message of the service, under one lock: changes by others come before or after it, not between.
    fn handle(&mut self, text: &str) -> Result<(), Fault> {
        let message = Message::read(text).map_err(|problem| Fault::Violation(Rule::Frame, problem))?;
        let shared = self.shared.clone();
        shared.change(|state| {
            if !state.is_current(self.id) {
                return Err(Fault::Gone);
            }
            if let Err(refusal) = self.dispatch(&message, state) {
                state.violations.extend(refusal.violation(&message.mt));
                // Without an API there is nobody to answer: a PBX ignores it.
                if message.api.is_some() {
                    self.send(message.refused(&refusal));
                }
            }
            Ok(())
        })
    }

    fn dispatch(&mut self, message: &Message, state: &mut State) -> Result<(), Refusal> {
        let reply = match message.api.as_deref() {
            None if message.mt == "AppInfoResult" => return app_info::app_info_result(message, state),
            None => return Err(Refusal::new(Rule::UnknownMessage, "no message to a PBX")),
            Some(api) if !self.options().apis.iter().any(|granted| granted == api) => {
                let text = format!("the API {api} is not among those of PbxInfo");
                return Err(Refusal::new(Rule::UnknownApi, text));
            }
            Some("PbxApi") => pbx_api::handle(self, message, state)?,
            Some("PbxTableUsers") => table_users::handle(self, message, state)?,
            Some(api) => {
                let text = format!("the stand-in does not have the API {api}");
                return Err(Refusal::new(Rule::UnknownApi, text));
            }
        };
        if reply.may_wait && !state.result_delay.is_zero() {
            self.held_back.push_back((Instant::now() + state.result_delay, reply.result));
        } else {
            self.send(reply.result);
        }
        for message in reply.then {
            self.send(message);
        }
        Ok(())
    }

    pub(super) fn options(&self) -> &Options {
        &self.shared.options
    }
}

/// The next frame, when the PBX cares to read it. May be dropped and called again at any time.
async fn next_frame(
    stream: &mut SplitStream<Wire>,
    reading: &mut watch::Receiver<Reading>,
    last_read: Instant,
) -> Option<Result<tungstenite::Message, tungstenite::Error>> {
    loop {
        let mode = *reading.borrow_and_update();
        tokio::select! {
            // Only when the PBX itself is gone does this fail, and then so does everything.
            _ = reading.changed() => {}
            frame = async {
                match mode {
                    Reading::Prompt => {}
                    Reading::Slow(pause) => sleep_until(last_read + pause).await,
                    Reading::Stopped => std::future::pending().await,
                }
                stream.next().await
            } => return frame,
        }
    }
}
