//! Exchange as the scheduler sees it.

use std::collections::HashMap;

use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use tokio::sync::mpsc;
use tokio_util::task::task_tracker::TaskTrackerToken;

use super::advice::Told;
use super::autodiscover::Undiscovered;
use super::missing;
use super::reading::{Reader, replies};
use super::servers::{Known, Place, Servers};
use super::session::Auth;
use super::soap::Who;
use super::state::State;
use super::trouble::{Failure, Trouble};
use super::users::{Candidate, Look, Users, missing as missing_of};
use super::watch::Groups;
use crate::source::backend::{
    Backend, Calendar, Cursor, Details, Found, Mailbox, Missing, Push, Read, Reading, Search, window,
};
use crate::source::record::Record;
use crate::source::{Advice, Error, Replies, Wants};

/// As with Graph, and well below what Exchange allows a mailbox.
const MOST_AT_ONCE: usize = 24;
/// Names a mailbox in requests whose main address is known.
const PRIMARY: &str = "primary:";
/// Names one by any of its addresses.
const SMTP: &str = "smtp:";

/// An Exchange server, or Exchange Online.
pub struct Exchange {
    pub(super) account: String,
    /// The application, in Exchange Online.
    pub(super) client_id: Option<String>,
    pub(super) auth: Auth,
    pub(super) servers: Arc<Servers>,
    pub(super) users: Users,
    pub(super) reader: Reader,
    pub(super) wants: Wants,
    pub(super) groups: Groups,
    pub(super) pushes: Mutex<Option<mpsc::Receiver<Push>>>,
    pub(super) state: Arc<State>,
    /// Main addresses that the server has corrected.
    pub(super) corrected: Mutex<HashMap<String, String>>,
    /// Mailboxes that are closed to Exchange Web Services, with what the server answers.
    pub(super) closed: Mutex<HashMap<String, u16>>,
    /// Whoever ends the service waits until this is gone, and so until subscriptions are about to be ended.
    pub(super) _alive: TaskTrackerToken,
}

#[async_trait]
impl Backend for Exchange {
    async fn find(&self, Search { guid, addresses, now }: Search<'_>) -> Result<Found, Error> {
        let mut reason = Missing::NoAddress;
        for address in addresses {
            let look = match self.users.look(&self.servers, address).await {
                Ok(look) => look,
                Err(trouble) => Look::None(self.one_missing(address, trouble)?),
            };
            let Candidate { who, place } = match look {
                Look::Mailbox(candidate) => candidate,
                Look::None(other) => {
                    reason = reason.max(other);
                    continue;
                }
            };
            // It is believed when its calendar was read.
            match self.calendar(guid, &place, &who, now).await {
                Ok((who, records)) => {
                    let reading = reading(Some(records), Servers::keep(&place, None, now));
                    return Ok(Found::Mailbox(Box::new((self.mailbox(&who), reading))));
                }
                Err(trouble) => reason = reason.max(self.one_missing(address, trouble)?),
            }
        }
        Ok(Found::None(reason))
    }

    async fn read(&self, read: Read<'_>) -> Result<Reading, Error> {
        let who = who(&read.mailbox.user);
        let (place, before) = self.place(&who, read.cursor, read.now).await?;
        let calendar = self.calendar(read.guid, &place, &who, read.now).await;
        let (_, records) = calendar.map_err(|trouble| self.error(trouble))?;
        let cursor = Servers::keep(&place, before, read.now);
        let current = |records: &[Record]| -> Vec<Record> {
            records.iter().filter(|record| !record.is_past(read.now)).cloned().collect()
        };
        let known = read.known.calendar().await;
        let is_same = known.is_some_and(|known| by_id(current(&known.records)) == by_id(current(&records)));
        Ok(reading((!is_same).then_some(records), cursor))
    }

    fn pushes(&self) -> Option<mpsc::Receiver<Push>> {
        self.pushes.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn most_at_once(&self) -> usize {
        MOST_AT_ONCE
    }

    fn details(&self) -> Details {
        let some = |text: String| Some(text).filter(|text| !text.is_empty());
        let signed_in = match &self.auth {
            Auth::Ntlm(_) => None,
            Auth::Bearer(tokens) => tokens.signed_in(),
        };
        let other = signed_in.as_ref().filter(|who| !who.name.eq_ignore_ascii_case(&self.account));
        let other = other.map(|who| Told::SignedInAsOther { name: &who.name }.advice());
        Details {
            server: some(self.state.server()),
            version: some(self.state.version()),
            watching: Some(self.state.watching().name()),
            streams: Some(self.state.streams()),
            warning: self.state.warning().or(other),
            signed_in,
        }
    }

    fn wants_replies(&self) -> bool {
        self.wants.replies
    }

    async fn replies(&self, mailbox: &Mailbox, cursor: Option<&Cursor>, now: i64) -> Result<Replies, Error> {
        let who = who(&mailbox.user);
        let (place, _) = self.place(&who, cursor, now).await?;
        replies(&place, &self.correct(&who)).await.map_err(|trouble| self.error(trouble))
    }

    fn wants_categories(&self) -> bool {
        self.wants.categories
    }

    fn forget(&self, guid: &str) {
        self.groups.forget(guid);
    }

    async fn start_over(&self) {
        match &self.auth {
            Auth::Ntlm(ntlm) => ntlm.gate.forget().await,
            Auth::Bearer(tokens) => tokens.start_over().await,
        }
        self.users.start_over();
        self.servers.fails();
        self.closed.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn missing(&self, missing: Missing, addresses: &[String]) -> Advice {
        let closed = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        let status = addresses.iter().find_map(|address| closed.get(address)).copied();
        match (missing, status) {
            (Missing::Forbidden, Some(status)) => Told::MailboxWithoutEws { status }.advice(),
            _ => missing::advice(missing, addresses),
        }
    }

    fn all_forbidden(&self) -> Advice {
        if self.state.refused_at_the_door() {
            return Told::EwsDisabled { client_id: self.client_id.as_deref() }.advice();
        }
        Told::ImpersonationDenied { online: self.client_id.is_some() }.advice()
    }
}

impl Exchange {
    /// Makes sure that changes are told, and then reads, so that nothing falls in between.
    async fn calendar(
        &self,
        guid: &str,
        place: &Place,
        who: &Who,
        now: i64,
    ) -> Result<(Who, Vec<Record>), Trouble> {
        let mut who = self.correct(who);
        let mut read = self.watched(guid, place, &who, now).await;
        if let Some(main) = read.as_ref().err().and_then(main_address) {
            self.note_main_address(&who, &main);
            who = Who::Primary(main);
            read = self.watched(guid, place, &who, now).await;
        }
        let records = read?;
        self.state.set_refused_at_the_door(false);
        Ok((who, records))
    }

    /// Where a mailbox is that was read before, with what was kept of that, if it still holds.
    async fn place<'a>(
        &self,
        who: &Who,
        cursor: Option<&'a Cursor>,
        now: i64,
    ) -> Result<(Place, Option<&'a Cursor>), Error> {
        let kept = cursor.and_then(|cursor| self.servers.kept(cursor, now));
        if let Some(Known { place, is_doubtful: false }) = kept {
            return Ok((place, cursor));
        }
        match (self.servers.of(who.address()).await, kept) {
            (Ok(place), _) => Ok((place, None)),
            (Err(Undiscovered::Online), _) => Err(Error::Elsewhere),
            // Nobody knows better.
            (Err(Undiscovered::Trouble(_)), Some(Known { place, .. })) => Ok((place, cursor)),
            (Err(Undiscovered::Trouble(trouble)), None) => Err(self.error(trouble)),
        }
    }

    async fn watched(&self, guid: &str, place: &Place, who: &Who, now: i64) -> Result<Vec<Record>, Trouble> {
        self.groups.watch(guid, place, who).await?;
        self.reader.read(place, who, window(now)).await
    }

    fn note_main_address(&self, who: &Who, main: &str) {
        let mut corrected = self.corrected.lock().unwrap_or_else(PoisonError::into_inner);
        corrected.insert(who.address().to_owned(), main.to_owned());
    }

    fn correct(&self, who: &Who) -> Who {
        let corrected = self.corrected.lock().unwrap_or_else(PoisonError::into_inner);
        corrected.get(who.address()).map_or_else(|| who.clone(), |main| Who::Primary(main.clone()))
    }

    fn mailbox(&self, who: &Who) -> Mailbox {
        let prefix = match who {
            Who::Primary(_) => PRIMARY,
            Who::Smtp(_) => SMTP,
        };
        let blind = self.users.is_blind().then(|| {
            "The account has no mailbox, so the addresses of the PBX are used as they are. Give the account a mailbox, or choose User names from the PBX as User for name resolving.".to_owned()
        });
        Mailbox { user: format!("{prefix}{}", who.address()), name: who.address().to_owned(), warning: blind }
    }

    /// What it says of one mailbox that it cannot be read; an error, if it says more.
    fn one_missing(&self, address: &str, trouble: Trouble) -> Result<Missing, Error> {
        if let Some(reason) = missing_of(&trouble) {
            self.state.set_refused_at_the_door(false);
            return Ok(reason);
        }
        if let Trouble::Status(status @ (403 | 404)) = trouble {
            self.state.set_refused_at_the_door(true);
            let mut closed = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
            closed.insert(address.to_owned(), status);
            return Ok(Missing::Forbidden);
        }
        Err(self.error(trouble))
    }

    /// As the scheduler knows it.
    fn error(&self, trouble: Trouble) -> Error {
        match trouble {
            Trouble::Unreachable(advice) => {
                self.servers.fails();
                Error::Unreachable(advice)
            }
            Trouble::Cut(advice) => Error::Failed(advice),
            Trouble::NoAccess(advice) => Error::NoAccess(advice),
            Trouble::Busy(wait) => Error::Throttled(wait),
            Trouble::Status(403 | 404) => {
                self.state.set_refused_at_the_door(true);
                Error::Forbidden
            }
            Trouble::Status(status) => Error::Failed(Told::Status { status }.advice()),
            Trouble::Code(failure) => self.meaning(&failure),
        }
    }

    fn meaning(&self, failure: &Failure) -> Error {
        match failure.code.as_str() {
            "ErrorNonExistentMailbox" => Error::NotFound,
            "ErrorImpersonateUserDenied" | "ErrorImpersonationDenied" | "ErrorAccessDenied" => {
                self.state.set_refused_at_the_door(false);
                Error::Forbidden
            }
            code => {
                if matches!(
                    code,
                    "ErrorConnectionFailed" | "ErrorMailboxMoveInProgress" | "ErrorProxyRequestNotAllowed"
                ) {
                    self.servers.fails();
                }
                Error::Failed(Told::Server { code }.advice())
            }
        }
    }
}

fn reading(records: Option<Vec<Record>>, cursor: Cursor) -> Reading {
    // Every whole day brings its own zone.
    let calendar = records.map(|records| Calendar { records, zone: Some(String::new()) });
    Reading { calendar, afresh: true, cursor, revisit: None, watched: true }
}

fn by_id(mut records: Vec<Record>) -> Vec<Record> {
    records.sort_by(|a, b| a.id.cmp(&b.id));
    records
}

fn who(user: &str) -> Who {
    match user.strip_prefix(PRIMARY) {
        Some(address) => Who::Primary(address.to_owned()),
        None => Who::Smtp(user.strip_prefix(SMTP).unwrap_or(user).to_owned()),
    }
}

/// The main address, where the server says that another one was given; wherever it names it.
fn main_address(trouble: &Trouble) -> Option<String> {
    let Trouble::Code(failure) = trouble else { return None };
    let mut values = failure.values.iter().map(|(_, value)| value.trim());
    let main = values.find(|value| value.contains('@'));
    main.filter(|_| failure.code == "ErrorNonPrimarySmtpAddress").map(str::to_owned)
}
