//! The control: what administrators, colleagues and the weather do to a tenant.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::access_token::{self, Access, TokenRefused};
use crate::application::Application;
use crate::appointment::{Appointment, Change, Series};
use crate::calendar::{Item, ItemKey, Stored};
use crate::counters::Counts;
use crate::directory::{Entry, User, UserError};
use crate::faults::Fault;
use crate::hash::mix;
use crate::id::EventId;
use crate::limits::Limits;
use crate::plan::Plan;
use crate::server::{Switch, run};
use crate::sim::{Paging, Settings, Sim, State};
use crate::zone::Zone;

/// What cannot be done.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ControlError {
    /// Nobody has this object id or sign-in name.
    #[error("no such user: {0}")]
    User(String),
    /// The user has no such appointment, series or occurrence.
    #[error("no such appointment: {0}")]
    Appointment(String),
    /// It ends before it begins, or lies outside the years 1900 to 2999.
    #[error("an appointment has to end after it begins, within the years 1900 to 2999")]
    Time,
    /// The user cannot be added.
    #[error(transparent)]
    NewUser(#[from] UserError),
    /// The application is not registered.
    #[error("no such application: {0}")]
    Application(Uuid),
}

/// A stand-in that runs until this handle is dropped.
#[derive(Debug)]
pub struct GraphSim {
    control: Control,
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl GraphSim {
    /// Starts listening; when this returns requests are answered.
    pub async fn start(settings: Settings) -> std::io::Result<Self> {
        let listener = TcpListener::bind(settings.listen).await?;
        let address = listener.local_addr()?;
        let switch = Switch::new();
        let sim = Arc::new(Sim::new(settings));
        let task = tokio::spawn(run(sim.clone(), listener, address, switch.clone()));
        Ok(Self { control: Control { sim, switch }, address, task })
    }

    /// The address it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What stands for `https://graph.microsoft.com`, and for `https://login.microsoftonline.com` as well.
    pub fn url(&self) -> String {
        match self.control.sim.settings.prefix.trim_matches('/') {
            "" => format!("http://{}", self.address),
            prefix => format!("http://{}/{prefix}", self.address),
        }
    }

    /// A control of its own for another task.
    pub fn control(&self) -> Control {
        self.control.clone()
    }
}

impl Drop for GraphSim {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl std::ops::Deref for GraphSim {
    type Target = Control;

    fn deref(&self) -> &Control {
        &self.control
    }
}

/// Changes a stand-in while it runs. Users are named by object id or sign-in name, appointments by their ids on the
/// wire.
#[derive(Debug, Clone)]
pub struct Control {
    pub(crate) sim: Arc<Sim>,
    pub(crate) switch: Switch,
}

impl Control {
    /// What it was started with.
    pub fn settings(&self) -> &Settings {
        &self.sim.settings
    }

    /// The time of the stand-in.
    pub fn now(&self) -> DateTime<Utc> {
        self.sim.clock.now()
    }

    /// Lets time pass at once: tokens and limits expire.
    pub fn advance(&self, by: TimeDelta) {
        self.sim.clock.advance(by);
    }

    /// Adds a user with an empty calendar.
    pub fn add_user(&self, user: User) -> Result<Uuid, ControlError> {
        Ok(self.sim.state.write().directory.add(user, None)?)
    }

    /// Adds users `user00001@domain` and so on, whose calendars are made up from the seed and take no memory until
    /// they are changed.
    pub fn populate(&self, count: usize) -> Result<(), ControlError> {
        let domain = self.sim.settings.domains.first().map_or("contoso.example", String::as_str);
        let mut state = self.sim.state.write();
        for number in 1..=count {
            let user = User::new(format!("user{number:05}@{domain}"));
            let plan = Plan { seed: mix(self.sim.settings.seed ^ (number as u64) << 20) };
            state.directory.add(user, Some(plan))?;
        }
        Ok(())
    }

    /// Changes a user's mailbox, scope, zone or automatic replies; names and addresses stay as they are.
    pub fn change_user(&self, user: &str, change: impl FnOnce(&mut User)) -> Result<(), ControlError> {
        let mut state = self.sim.state.write();
        let entry = find_mut(&mut state, user)?;
        let mut changed = entry.user.clone();
        change(&mut changed);
        if Zone::named(&changed.time_zone).is_none() {
            return Err(UserError::TimeZone(changed.time_zone).into());
        }
        entry.user.mailbox = changed.mailbox;
        entry.user.in_scope = changed.in_scope;
        entry.user.time_zone = changed.time_zone;
        entry.user.automatic_replies = changed.automatic_replies;
        entry.user.display_name = changed.display_name;
        entry.user.teams = changed.teams;
        Ok(())
    }

    /// Removes a user and the mailbox.
    pub fn remove_user(&self, user: &str) -> Result<User, ControlError> {
        let removed = self.sim.state.write().directory.remove(user);
        removed.ok_or_else(|| ControlError::User(user.into()))
    }

    /// How many users there are.
    pub fn users(&self) -> usize {
        self.sim.state.read().directory.len()
    }

    /// Puts an appointment into a calendar; its id comes back.
    pub fn add(&self, user: &str, appointment: Appointment) -> Result<String, ControlError> {
        self.insert(user, Item::Single(appointment))
    }

    /// Puts a weekly series into a calendar; the id of its master comes back.
    pub fn add_series(&self, user: &str, series: Series) -> Result<String, ControlError> {
        self.insert(user, Item::Series(series))
    }

    fn insert(&self, user: &str, item: Item) -> Result<String, ControlError> {
        check(&item)?;
        let now = self.now();
        let mut state = self.sim.state.write();
        let entry = find_mut(&mut state, user)?;
        let key = entry.calendar.add(item, now);
        Ok(EventId::item(entry.user.id, key).encode())
    }

    /// The id of the occurrence of a series on a date.
    pub fn occurrence(&self, master: &str, date: NaiveDate) -> Result<String, ControlError> {
        let id = EventId::decode(master).ok_or_else(|| ControlError::Appointment(master.into()))?;
        Ok(EventId { occurrence: Some(date), ..id }.encode())
    }

    /// Changes an appointment, a whole series by its master, or an occurrence, which becomes an exception.
    pub fn change(&self, user: &str, id: &str, change: Change) -> Result<(), ControlError> {
        self.edit(user, id, |item, date, zone| {
            item.change(date, change, zone)?;
            Some(Edit::Changed)
        })
    }

    /// Deletes an appointment, a whole series by its master, or an occurrence.
    pub fn delete(&self, user: &str, id: &str) -> Result<(), ControlError> {
        self.edit(user, id, |item, date, zone| {
            let Some(date) = date else { return Some(Edit::Deleted) };
            item.delete(date, zone)?;
            Some(Edit::Changed)
        })
    }

    /// The single appointments that were put into a calendar, by a client or by hand, with their ids on the wire.
    pub fn appointments(&self, user: &str) -> Result<Vec<(String, Appointment)>, ControlError> {
        let state = self.sim.state.read();
        let entry = find(&state, user)?;
        let single = |(key, stored): (ItemKey, &Stored)| match &stored.item {
            Some(Item::Single(one)) => Some((EventId::item(entry.user.id, key).encode(), one.clone())),
            _ => None,
        };
        Ok(entry.calendar.changes(0, u64::MAX).filter_map(single).collect())
    }

    fn edit(
        &self,
        user: &str,
        id: &str,
        edit: impl FnOnce(&mut Item, Option<NaiveDate>, &Zone) -> Option<Edit>,
    ) -> Result<(), ControlError> {
        let unknown = || ControlError::Appointment(id.into());
        let event = EventId::decode(id).ok_or_else(unknown)?;
        let now = self.now();
        let mut state = self.sim.state.write();
        let entry = find_mut(&mut state, user)?;
        let zone = entry.user.zone();
        let view = entry.calendar.get(event.item, &zone).filter(|_| event.mailbox == entry.user.id);
        let mut item = view.ok_or_else(unknown)?.item.into_owned();
        let outcome = edit(&mut item, event.occurrence, &zone).ok_or_else(unknown)?;
        check(&item)?;
        let kept = matches!(outcome, Edit::Changed).then_some(item);
        entry.calendar.replace(event.item, kept, now, &zone);
        Ok(())
    }

    /// Makes the delta tokens of one user, or of all, unknown: the next use of one is answered with 410.
    pub fn expire_delta_tokens(&self, user: Option<&str>) -> Result<(), ControlError> {
        let mut state = self.sim.state.write();
        match user {
            Some(user) => find_mut(&mut state, user)?.calendar.generation += 1,
            None => state.directory.calendars_mut().for_each(|calendar| calendar.generation += 1),
        }
        Ok(())
    }

    /// Refuses every access token issued so far as expired. Tokens count in seconds, so the clock is moved on by one.
    pub fn expire_access_tokens(&self) {
        self.advance(TimeDelta::seconds(1));
        let from = self.now();
        self.sim.state.write().tokens_from = DateTime::from_timestamp(from.timestamp(), 0);
    }

    /// Who is at the browser when somebody signs in; whom the client expects, unless said otherwise.
    pub fn sign_in_as(&self, principal: Option<&str>) {
        self.sim.consents.lock().signs_in = principal.map(str::to_owned);
    }

    /// Signing in ends with an AADSTS number from now on, or with a code again.
    pub fn deny_sign_in(&self, number: Option<u32>) {
        self.sim.consents.lock().denied = number;
    }

    /// Ends all refresh tokens: 50173 where the password was changed, 700082 where nobody used them.
    pub fn revoke_refresh_tokens(&self, number: u32) {
        self.sim.consents.lock().revoke(number);
    }

    /// What an access token says that was issued here and is still good.
    pub fn access(&self, token: &str) -> Result<Access, TokenRefused> {
        let claims = access_token::read(token, &self.sim.seal).map_err(|_| TokenRefused::Foreign)?;
        let from = self.sim.state.read().tokens_from.map_or(i64::MIN, |from| from.timestamp());
        let expired = claims.exp <= self.now().timestamp() || claims.iat < from;
        if expired {
            return Err(TokenRefused::Expired);
        }
        let state = self.sim.state.read();
        let application = state.applications.iter().find(|app| app.client_id == claims.appid);
        Ok(claims.into_access(application.map(|app| app.exchange_roles.clone()).unwrap_or_default()))
    }

    /// How long tokens live that are issued from now on.
    pub fn set_token_lifetime(&self, lifetime: TimeDelta) {
        self.sim.state.write().token_lifetime = lifetime;
    }

    /// Changes a registered application: its secrets, permissions, scope.
    pub fn change_application(
        &self,
        client_id: Uuid,
        change: impl FnOnce(&mut Application),
    ) -> Result<(), ControlError> {
        let mut state = self.sim.state.write();
        let application = state.applications.iter_mut().find(|known| known.client_id == client_id);
        change(application.ok_or(ControlError::Application(client_id))?);
        Ok(())
    }

    /// Other limits from now on.
    pub fn set_limits(&self, limits: Limits) {
        self.sim.state.write().limits = limits;
        self.sim.throttle.reset();
    }

    /// Every answer of a mailbox takes at least so long.
    pub fn set_latency(&self, latency: Duration) {
        self.sim.state.write().latency = latency;
    }

    /// Other pages from now on.
    pub fn set_paging(&self, paging: Paging) {
        self.sim.state.write().paging = paging;
    }

    /// Arms a fault; those armed before come first.
    pub fn fault(&self, fault: Fault) -> Result<(), ControlError> {
        let user = match &fault.user {
            None => None,
            Some(user) => Some(find(&self.sim.state.read(), user)?.user.id),
        };
        self.sim.faults.lock().arm(fault, user);
        Ok(())
    }

    /// Disarms all faults.
    pub fn clear_faults(&self) {
        self.sim.faults.lock().clear();
    }

    /// Refuses connections and closes those there are.
    pub async fn down(&self) {
        self.switch.turn(false).await;
    }

    /// Listens again, on the same port.
    pub async fn up(&self) {
        self.switch.turn(true).await;
    }

    /// What has been asked so far.
    pub fn counts(&self) -> Counts {
        self.sim.counters.read()
    }

    /// Begins to count anew.
    pub fn reset_counts(&self) {
        self.sim.counters.reset();
    }
}

enum Edit {
    Changed,
    Deleted,
}

fn find<'a>(state: &'a State, user: &str) -> Result<&'a Entry, ControlError> {
    state.directory.find(user).ok_or_else(|| ControlError::User(user.into()))
}

fn find_mut<'a>(state: &'a mut State, user: &str) -> Result<&'a mut Entry, ControlError> {
    state.directory.find_mut(user).ok_or_else(|| ControlError::User(user.into()))
}

fn check(item: &Item) -> Result<(), ControlError> {
    if item.is_possible() { Ok(()) } else { Err(ControlError::Time) }
}
