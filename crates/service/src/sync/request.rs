//! Questions of managers. They go to the engine and come back answered.

use std::sync::Arc;

use calendar::Membership;
use calendar::appointment::Appointment;
use calendar::settings::Settings;
use tokio::sync::{mpsc, oneshot};

use super::choices::{Mine, Who};
use super::membership::GroupList;
use super::user_list::{UserPage, UserQuery};
use crate::choices::Choices;
use crate::pbx::User;
use crate::source::{Advice, MailboxState};

/// A question with the way back.
pub(crate) enum Request {
    Users(UserQuery, oneshot::Sender<UserPage>),
    /// Appointments of a user, and the settings under which they are decided.
    Explain(String, oneshot::Sender<Option<Explained>>),
    /// Everybody's appointments.
    Snapshot(oneshot::Sender<Snapshot>),
    /// What a user is told of his own calendar.
    Mine(Who, oneshot::Sender<Option<Mine>>),
    /// What a user has chosen, which is stored; what he is told then.
    SetMine(String, Choices, oneshot::Sender<Option<Mine>>),
    /// Groups and templates of the users, and how many users these lists would choose.
    Groups(Option<Membership>, oneshot::Sender<GroupList>),
    /// What a connection test wants to know of the users, and whether somebody has this address.
    Survey(Option<String>, oneshot::Sender<Survey>),
    /// Whether the source will see to it. `None` is everybody.
    Resync(Option<String>, oneshot::Sender<bool>),
}

/// What is needed to explain a presence.
pub(crate) struct Explained {
    pub settings: Settings,
    /// `None` where nothing is known of the calendar.
    pub appointments: Option<Arc<[Appointment]>>,
    /// How it goes with the mailbox, and what is wrong.
    pub state: MailboxState,
    pub error: Option<Advice>,
    /// Whether a presence that is set by hand comes before it.
    pub is_held: bool,
    pub now: i64,
}

/// What a connection test wants to know of the users.
#[derive(Clone, Debug, Default)]
pub(crate) struct Survey {
    /// The PBX whose users they are.
    pub pbx: Option<String>,
    /// Whether all of them are known.
    pub is_loaded: bool,
    pub users: usize,
    pub matched: u32,
    /// An address that can be tried: of somebody with a mailbox, else of anybody.
    pub candidate: Option<String>,
    /// Whether the address that was asked about is that of a user.
    pub is_user: bool,
}

/// What is needed to try other settings.
pub(crate) struct Snapshot {
    pub settings: Settings,
    pub users: Vec<Known>,
    pub now: i64,
}

/// A user whose calendar is known.
pub(crate) struct Known {
    pub user: User,
    pub appointments: Arc<[Appointment]>,
    /// Whether this user hides titles.
    pub hides_titles: bool,
}

/// The way to the engine.
pub(crate) struct Requests(mpsc::Sender<Request>);

/// Questions wait here; when that is full, whoever asks waits.
const QUEUE: usize = 64;

impl Requests {
    pub fn channel() -> (Self, mpsc::Receiver<Request>) {
        let (sender, receiver) = mpsc::channel(QUEUE);
        (Self(sender), receiver)
    }

    /// Asks and waits for the answer; `None` when the service ends.
    pub async fn ask<T>(&self, request: impl FnOnce(oneshot::Sender<T>) -> Request) -> Option<T> {
        let (sender, receiver) = oneshot::channel();
        self.0.send(request(sender)).await.ok()?;
        receiver.await.ok()
    }
}
