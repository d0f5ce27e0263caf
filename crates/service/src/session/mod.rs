//! A client's session: who it is, what it may do, and the answers to its messages.
//!
//! A session knows nothing of what carries it. It takes messages as text ([`Session::receive`]), gives its own through
//! an [`Outbox`], and says when it is to end, with a code and a reason ([`Close`]). The [`socket`](crate::socket)
//! carries one over a websocket.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `outbox` | what waits to be sent |
//! | `events` | what concerns a session though its client says nothing |
//! | `dispatch` | which message goes where, and who may send it |
//! | `reply` | how answers are made |
//! | `login` | `AppChallenge`, `AppLogin` |
//! | `rights` | what a login may do |
//! | `app` | `AppInfo`, `CheckBuild`, `AppCheckLogin`, `KeepAlive` |
//! | `pbx` | `PbxInfo`, and what a PBX says from then on |
//! | `config` | the Config API |
//! | `password` | passwords in a `WriteConfig` |
//! | `instance` | `SetInstancePassword` |
//! | `status` | `GetStatus`, `StatusUpdate` |
//! | `calendar` | `GetUsers`, `Explain`, `DryRun`, `Resync` |
//! | `groups` | `GetGroups` |
//! | `callers` | `GetCallers`, `SaveCaller`, `DeleteCaller`, `GetAudit` |
//! | `mine` | `GetMine`, `SetMine`, `MineUpdate` |
//! | `sign_in` | `StartSignIn` |
//! | `test` | `TestConnection`, `CancelTest` |
//! | `jobs` | questions that take a while |

mod app;
mod calendar;
mod callers;
mod config;
mod dispatch;
mod events;
mod groups;
mod instance;
mod jobs;
mod login;
mod mine;
mod outbox;
mod password;
mod pbx;
mod reply;
mod rights;
mod sign_in;
mod status;
mod test;

use std::sync::Arc;

use appwebsocket::{MAX_MESSAGE_BYTES, SessionKey};
use serde::Serialize;
use tracing::error;

use crate::client::Client;
use crate::instance_password::Fingerprint;
use crate::pbx::Guard;
use crate::places::Place;
use crate::service::Service;
use crate::status::Status;
use crate::sync::Who;
use config::ConfigUpdates;
use events::Watched;
use jobs::Job;
pub(crate) use jobs::Jobs;
use mine::MineUpdates;
pub(crate) use outbox::{Frame, Frames, Outbox};
use reply::{Outgoing, Request};
use rights::Rights;
use status::StatusUpdates;

/// One session.
pub(crate) struct Session {
    service: Arc<Service>,
    client: Client,
    outbox: Outbox,
    /// Of those who have not logged in.
    place: Arc<Place>,
    /// Given and not yet used.
    challenge: Option<String>,
    rights: Rights,
    login: Option<Login>,
    watched: Watched,
    config: ConfigUpdates,
    status: Option<StatusUpdates>,
    pbx: Option<Guard>,
    job: Option<Job>,
    mine: Option<MineUpdates>,
}

/// What remains of a login.
struct Login {
    key: SessionKey,
    /// The password that was valid then.
    password: Fingerprint,
    /// Whom the login names.
    who: Who,
}

/// Why a session ends, with a code as websockets have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Close {
    pub code: u16,
    pub reason: &'static str,
}

impl Close {
    /// The service, or what the session is for, goes away.
    const AWAY: u16 = 1001;
    /// What the client sends cannot be read.
    const INVALID: u16 = 1007;
    /// The client has no right to be here.
    const POLICY: u16 = 1008;
    /// A message is too long.
    const SIZE: u16 = 1009;

    /// The answer to a message beyond [`MAX_MESSAGE_BYTES`].
    pub const TOO_LONG: Self = Self { code: Self::SIZE, reason: "the message is longer than 65535 bytes" };
}

impl Session {
    /// A session that has not logged in.
    pub fn new(service: Arc<Service>, client: Client, place: Arc<Place>, outbox: Outbox) -> Self {
        service.metrics.websockets.inc();
        Self {
            watched: Watched::new(&service),
            service,
            client,
            outbox,
            place,
            challenge: None,
            rights: Rights::None,
            login: None,
            config: ConfigUpdates::default(),
            status: None,
            pbx: None,
            job: None,
            mine: None,
        }
    }

    /// Deals with a message of the client.
    pub async fn receive(&mut self, text: &str) -> Result<(), Close> {
        self.heard();
        self.place.is_complete();
        if text.len() > MAX_MESSAGE_BYTES {
            return Err(Close::TOO_LONG);
        }
        self.dispatch(text).await.map_err(|reason| Close { code: Close::INVALID, reason })
    }

    /// Answers a request.
    fn reply(&self, request: Request<'_>, body: impl Serialize) {
        let mt = format!("{}Result", request.mt);
        self.send(&Outgoing { mt: &mt, api: request.api, body, src: request.src });
    }

    /// Sends a message.
    fn send(&self, message: &Outgoing<'_, impl Serialize>) {
        match message.to_text() {
            Ok(text) => self.outbox.send(text),
            Err(error) => error!(mt = message.mt, %error, "cannot write a message"),
        }
    }

    /// The status, in step with the settings.
    fn refresh_status(&self) -> Status {
        let stored = Arc::clone(&self.service.configuration.watch().borrow());
        self.service.status.refresh(&stored.settings)
    }

    /// The key under which secrets travel, from the login on.
    fn key(&self) -> Option<&SessionKey> {
        self.login.as_ref().map(|login| &login.key)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.service.metrics.websockets.dec();
        if self.pbx.take().is_some() {
            self.refresh_status();
        }
    }
}
