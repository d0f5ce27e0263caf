//! The control: what administrators, colleagues and the weather do to an Exchange.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use graph_sim::calendar::Item;
use graph_sim::hash::mix;
use graph_sim::plan::Plan;
use graph_sim::zone::Zone;
use graph_sim::{Appointment, Change, GraphSim, Series};

use crate::account::Account;
use crate::counters::Counts;
use crate::events::{Happened, emit};
use crate::faults::Fault;
use crate::host::Host;
use crate::id::ItemId;
use crate::mailbox::Mailbox;
use crate::net::Servers;
use crate::options::{Options, Version};
use crate::sim::{Limits, Sim, WallClocks};
use crate::site::Site;
use crate::subscriptions::{Signal, StreamSettings};
use crate::violation::Violation;

/// What cannot be done.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ControlError {
    /// No mailbox has this primary address.
    #[error("no such mailbox: {0}")]
    Mailbox(String),
    /// No account has this name.
    #[error("no such account: {0}")]
    Account(String),
    /// No host has this name.
    #[error("no such host: {0}")]
    Host(String),
    /// No site has this name.
    #[error("no such site: {0}")]
    Site(String),
    /// The mailbox has no such appointment, series or occurrence.
    #[error("no such appointment: {0}")]
    Appointment(String),
    /// It ends before it begins, or lies outside the years 1900 to 2999.
    #[error("an appointment has to end after it begins, within the years 1900 to 2999")]
    Time,
    /// Neither Windows nor IANA knows the time zone.
    #[error("not a time zone: {0}")]
    TimeZone(String),
}

/// Why a stand-in does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// An address cannot be listened on.
    #[error("cannot listen: {0}")]
    Listen(#[from] std::io::Error),
    /// Certificates cannot be made.
    #[error("cannot make certificates: {0}")]
    Certificates(String),
}

/// A stand-in that runs until this handle is dropped.
#[derive(Debug)]
pub struct ExchangeSim {
    control: Control,
    /// The token endpoint, if it is its own.
    _graph: Option<GraphSim>,
}

impl ExchangeSim {
    /// Starts listening; when this returns requests are answered.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        let own = match options.graph {
            Some(_) => None,
            None => Some(GraphSim::start(own_graph(&options)).await?),
        };
        let graph = options.graph.clone().or_else(|| own.as_ref().map(GraphSim::control));
        let login_url = own.as_ref().map(GraphSim::url);
        let graph = graph.ok_or_else(|| StartError::Certificates("there is no token endpoint".into()))?;
        let addresses = [options.http, options.https, options.online, options.proxy];
        let sim = Sim::new(options, graph, login_url)
            .map_err(|error| StartError::Certificates(error.to_string()))?;
        let sim = Arc::new(sim);
        *sim.servers.lock().await = Some(Servers::open(&sim, addresses).await?);
        Ok(Self { control: Control { sim }, _graph: own })
    }

    /// A control of its own for another task.
    pub fn control(&self) -> Control {
        self.control.clone()
    }
}

/// The token endpoint that a stand-in brings along.
fn own_graph(options: &Options) -> graph_sim::Settings {
    let mut settings = graph_sim::Settings {
        domains: vec![options.domain.clone()],
        control: options.control,
        ..graph_sim::Settings::default()
    };
    for application in &mut settings.applications {
        application.roles.push("full_access_as_app".into());
    }
    settings
}

impl Drop for ExchangeSim {
    fn drop(&mut self) {
        self.control.sim.tunnels.lock().cancel();
        if let Ok(mut servers) = self.control.sim.servers.try_lock() {
            servers.take();
        }
    }
}

impl std::ops::Deref for ExchangeSim {
    type Target = Control;

    fn deref(&self) -> &Control {
        &self.control
    }
}

/// Changes a stand-in while it runs. Mailboxes are named by their primary addresses, appointments by their ids.
#[derive(Debug, Clone)]
pub struct Control {
    pub(crate) sim: Arc<Sim>,
}

/// Where a stand-in is, and what it is told to be.
impl Control {
    pub(crate) fn of(sim: &Arc<Sim>) -> Self {
        Self { sim: sim.clone() }
    }

    /// What it was started with.
    pub fn options(&self) -> &Options {
        &self.sim.options
    }

    fn addresses(&self) -> [SocketAddr; 4] {
        self.sim.state.read().addresses
    }

    /// Plain http, which has the control and redirects of Autodiscover.
    pub fn http_url(&self) -> String {
        let [http, ..] = self.addresses();
        format!("http://{http}")
    }

    /// TLS, where `localhost` is a local Exchange.
    pub fn https_url(&self) -> String {
        let [_, https, ..] = self.addresses();
        format!("https://localhost:{}", https.port())
    }

    /// EWS of the local Exchange.
    pub fn ews_url(&self) -> String {
        format!("{}/EWS/Exchange.asmx", self.https_url())
    }

    /// TLS, where `localhost` is Exchange Online.
    pub fn online_url(&self) -> String {
        let [.., online, _] = self.addresses();
        format!("https://localhost:{}", online.port())
    }

    /// EWS of Exchange Online.
    pub fn online_ews_url(&self) -> String {
        format!("{}/EWS/Exchange.asmx", self.online_url())
    }

    /// The proxy, behind which the hosts are under their own names.
    pub fn proxy_url(&self) -> String {
        let [.., proxy] = self.addresses();
        format!("http://{proxy}")
    }

    /// The token endpoint that was started along; none where another stand-in's is used.
    pub fn login_url(&self) -> Option<String> {
        self.sim.login_url.clone()
    }

    /// The control of the stand-in that issues the tokens.
    pub fn graph(&self) -> &graph_sim::Control {
        &self.sim.graph
    }

    /// What clients have to trust.
    pub fn ca_pem(&self) -> String {
        self.sim.authority.pem()
    }

    /// The time of the stand-in.
    pub fn now(&self) -> DateTime<Utc> {
        self.sim.now()
    }

    /// Lets time pass at once: in time stamps, not in streams that run.
    pub fn advance(&self, by: TimeDelta) {
        self.sim.state.write().ahead += by;
    }

    /// What has been asked so far.
    pub fn counts(&self) -> Counts {
        self.sim.counters.read()
    }

    /// Begins to count anew.
    pub fn reset_counts(&self) {
        self.sim.counters.reset();
    }

    /// What no client may do and one has done.
    pub fn violations(&self) -> Vec<Violation> {
        self.sim.counters.violations()
    }

    /// Forgets them.
    pub fn clear_violations(&self) {
        self.sim.counters.clear_violations();
    }

    /// How many subscriptions there are.
    pub fn subscriptions(&self) -> usize {
        self.sim.subscriptions.lock().len()
    }

    /// How many subscriptions are read by a stream.
    pub fn streamed(&self) -> usize {
        self.sim.subscriptions.lock().streamed()
    }
}

/// Accounts, mailboxes, hosts.
impl Control {
    /// Adds an account, or puts it in the place of one of this name.
    pub fn add_account(&self, account: Account) {
        self.sim.state.write().accounts.add(account);
    }

    /// Changes an account; connections that are logged in stay so.
    pub fn change_account(&self, user: &str, change: impl FnOnce(&mut Account)) -> Result<(), ControlError> {
        let mut state = self.sim.state.write();
        change(state.accounts.get_mut(user).ok_or_else(|| ControlError::Account(user.into()))?);
        Ok(())
    }

    /// An account as it is now: locked, perhaps.
    pub fn account(&self, user: &str) -> Option<Account> {
        self.sim.state.read().accounts.get(user).cloned()
    }

    /// Adds a mailbox with an empty calendar.
    pub fn add_mailbox(&self, mailbox: Mailbox) -> Result<(), ControlError> {
        let mut state = self.sim.state.write();
        if Zone::named(&mailbox.time_zone).is_none() {
            return Err(ControlError::TimeZone(mailbox.time_zone));
        }
        if state.site(&mailbox.site).is_none() {
            return Err(ControlError::Site(mailbox.site));
        }
        state.directory.add(mailbox, None);
        Ok(())
    }

    /// Adds mailboxes `user00001@domain` and so on, whose calendars are made up from the seed and take no memory until
    /// they are changed: the same as graph-sim's.
    pub fn populate(&self, count: usize, online: bool) {
        let mut state = self.sim.state.write();
        for number in 1..=count {
            let address = format!("user{number:05}@{}", self.sim.options.domain);
            let mailbox = if online { Mailbox::online(address) } else { Mailbox::new(address) };
            let plan = Plan { seed: mix(self.sim.options.seed ^ (number as u64) << 20) };
            state.directory.add(mailbox, Some(plan));
        }
    }

    /// Changes a mailbox, but not its primary address: aliases, site, server, whether EWS may be used.
    pub fn change_mailbox(
        &self,
        address: &str,
        change: impl FnOnce(&mut Mailbox),
    ) -> Result<(), ControlError> {
        let mut state = self.sim.state.write();
        let entry = state.directory.primary_mut(address);
        let entry = entry.ok_or_else(|| ControlError::Mailbox(address.into()))?;
        let mut changed = entry.mailbox.clone();
        change(&mut changed);
        changed.address.clone_from(&entry.mailbox.address);
        entry.mailbox = changed;
        state.directory.index(address);
        Ok(())
    }

    /// Removes a mailbox and its subscriptions.
    pub fn remove_mailbox(&self, address: &str) -> Result<Mailbox, ControlError> {
        let removed = self.sim.state.write().directory.remove(address);
        self.lose_subscriptions(Some(address));
        removed.ok_or_else(|| ControlError::Mailbox(address.into()))
    }

    /// How many mailboxes there are.
    pub fn mailboxes(&self) -> usize {
        self.sim.state.read().directory.len()
    }

    /// Adds a site, or puts it in the place of one of this name.
    pub fn add_site(&self, site: Site) {
        let mut state = self.sim.state.write();
        state.sites.retain(|known| known.name != site.name);
        state.sites.push(site);
    }

    /// Changes a site: URLs, grouping, servers.
    pub fn change_site(&self, name: &str, change: impl FnOnce(&mut Site)) -> Result<(), ControlError> {
        let mut state = self.sim.state.write();
        let site = state.sites.iter_mut().find(|site| site.name == name);
        change(site.ok_or_else(|| ControlError::Site(name.into()))?);
        Ok(())
    }

    /// Adds a host, or puts it in the place of one of this name.
    pub fn add_host(&self, host: Host) {
        self.sim.state.write().hosts.insert(host.name.to_lowercase(), host);
    }

    /// Changes a host. `localhost` and `localhost-online` are those of the ports.
    pub fn change_host(&self, name: &str, change: impl FnOnce(&mut Host)) -> Result<(), ControlError> {
        let mut state = self.sim.state.write();
        let host = state.hosts.get_mut(&name.to_lowercase());
        change(host.ok_or_else(|| ControlError::Host(name.into()))?);
        Ok(())
    }

    /// Removes a host; the proxy does not know it any more.
    pub fn remove_host(&self, name: &str) {
        self.sim.state.write().hosts.remove(&name.to_lowercase());
    }
}

/// Calendars.
impl Control {
    /// Puts an appointment into a calendar; its id comes back.
    pub fn add(&self, mailbox: &str, appointment: Appointment) -> Result<String, ControlError> {
        self.insert(mailbox, Item::Single(appointment), None)
    }

    /// Puts an appointment into a calendar that was made in another zone. Whole days are midnight to midnight there.
    pub fn add_in(
        &self,
        mailbox: &str,
        zone: &str,
        appointment: Appointment,
    ) -> Result<String, ControlError> {
        self.insert(mailbox, Item::Single(appointment), Some(zone))
    }

    /// Puts a weekly series into a calendar; the id of its master comes back.
    pub fn add_series(&self, mailbox: &str, series: Series) -> Result<String, ControlError> {
        self.insert(mailbox, Item::Series(series), None)
    }

    pub(crate) fn insert(
        &self,
        mailbox: &str,
        item: Item,
        zone: Option<&str>,
    ) -> Result<String, ControlError> {
        let named = |name: &str| Zone::named(name).ok_or_else(|| ControlError::TimeZone(name.into()));
        let zone = zone.map(named).transpose()?;
        if !item.is_possible() {
            return Err(ControlError::Time);
        }
        let now = self.now();
        let mut state = self.sim.state.write();
        let entry = state.directory.primary_mut(mailbox);
        let entry = entry.ok_or_else(|| ControlError::Mailbox(mailbox.into()))?;
        let key = entry.add(item, zone, now);
        let change = entry.calendar.revision;
        drop(state);
        emit(&self.sim, mailbox, key, change, Happened::Created);
        Ok(ItemId { mailbox: mailbox.to_lowercase(), key, date: None }.encode())
    }

    /// Changes an appointment, a whole series, or, with a date, one occurrence, which becomes an exception.
    pub fn change(
        &self,
        mailbox: &str,
        id: &str,
        date: Option<NaiveDate>,
        change: Change,
    ) -> Result<(), ControlError> {
        self.edit(mailbox, id, Happened::Modified, |item, zone| {
            item.change(date, change, zone)?;
            Some(true)
        })
    }

    /// Deletes an appointment, a whole series, or, with a date, one occurrence.
    pub fn delete(&self, mailbox: &str, id: &str, date: Option<NaiveDate>) -> Result<(), ControlError> {
        self.take_away(mailbox, id, date, Happened::Deleted)
    }

    /// Moves it to the deleted items, as Outlook does.
    pub fn delete_in_outlook(&self, mailbox: &str, id: &str) -> Result<(), ControlError> {
        self.take_away(mailbox, id, None, Happened::Moved)
    }

    fn take_away(
        &self,
        mailbox: &str,
        id: &str,
        date: Option<NaiveDate>,
        how: Happened,
    ) -> Result<(), ControlError> {
        let Some(date) = date else { return self.edit(mailbox, id, how, |_, _| Some(false)) };
        self.edit(mailbox, id, Happened::Modified, |item, zone| {
            item.delete(date, zone)?;
            Some(true)
        })
    }

    /// `edit` says whether the item stays; `None` where it has no such occurrence.
    fn edit(
        &self,
        mailbox: &str,
        id: &str,
        what: Happened,
        edit: impl FnOnce(&mut Item, &Zone) -> Option<bool>,
    ) -> Result<(), ControlError> {
        let unknown = || ControlError::Appointment(id.into());
        let item_id =
            ItemId::decode(id).filter(|it| it.mailbox == mailbox.to_lowercase()).ok_or_else(unknown)?;
        let now = self.now();
        let mut state = self.sim.state.write();
        let entry = state.directory.primary_mut(mailbox);
        let entry = entry.ok_or_else(|| ControlError::Mailbox(mailbox.into()))?;
        let zone = entry.zone_of(item_id.key);
        let view = entry.calendar.get(item_id.key, &entry.mailbox.zone()).ok_or_else(unknown)?;
        let mut item = view.item.into_owned();
        let stays = edit(&mut item, &zone).ok_or_else(unknown)?;
        if !item.is_possible() {
            return Err(ControlError::Time);
        }
        let home = entry.mailbox.zone();
        entry.calendar.replace(item_id.key, stays.then_some(item), now, &home);
        let change = entry.calendar.revision;
        drop(state);
        emit(&self.sim, mailbox, item_id.key, change, what);
        Ok(())
    }
}

/// Faults and behaviour.
impl Control {
    /// Arms a fault; those armed before come first.
    pub fn fault(&self, fault: Fault) {
        self.sim.faults.lock().arm(fault);
    }

    /// Disarms all faults.
    pub fn clear_faults(&self) {
        self.sim.faults.lock().clear();
    }

    /// How streams behave that are opened from now on.
    pub fn set_streams(&self, settings: StreamSettings) {
        self.sim.state.write().streams = settings;
    }

    /// Other limits from now on.
    pub fn set_limits(&self, limits: Limits) {
        self.sim.state.write().limits = limits;
    }

    /// How wall clocks are written from now on.
    pub fn set_wall_clocks(&self, wall_clocks: WallClocks) {
        self.sim.state.write().wall_clocks = wall_clocks;
    }

    /// Whether answers of EWS declare namespaces at each element instead of using prefixes.
    pub fn set_bare_names(&self, bare: bool) {
        self.sim.state.write().bare_names = bare;
    }

    /// Which Exchange the local one is from now on.
    pub fn set_version(&self, version: Version) {
        self.sim.state.write().version = version;
    }

    /// Whether challenges of NTLM carry the time. Without it no integrity code is due.
    pub fn set_ntlm_time_stamp(&self, stamped: bool) {
        self.sim.state.write().ntlm_time_stamp = stamped;
    }

    /// Every answer of EWS takes at least so long.
    pub fn set_latency(&self, latency: Duration) {
        self.sim.state.write().latency = latency;
    }

    /// Ends all streams, or those with a mailbox, as after their time.
    pub fn close_streams(&self, mailbox: Option<&str>) {
        self.sim.subscriptions.lock().signal(mailbox, &Signal::Close);
    }

    /// Breaks the connections of all streams, or of those with a mailbox.
    pub fn break_streams(&self, mailbox: Option<&str>) {
        self.sim.subscriptions.lock().signal(mailbox, &Signal::Break);
    }

    /// Lets nothing come any more on all streams, or on those with a mailbox: their connections stay.
    pub fn silence_streams(&self, mailbox: Option<&str>) {
        self.sim.subscriptions.lock().signal(mailbox, &Signal::Silence);
    }

    /// Ends streams with an error of the subscriptions of a mailbox, or of no subscription in particular. The
    /// subscriptions are over.
    pub fn fail_streams(&self, mailbox: Option<&str>, code: &str) {
        let mut subscriptions = self.sim.subscriptions.lock();
        let ids = mailbox.map(|_| subscriptions.ids(mailbox)).unwrap_or_default();
        subscriptions.signal(mailbox, &Signal::Error { code: code.into(), ids });
        for id in subscriptions.ids(mailbox) {
            subscriptions.remove(&id);
        }
    }

    /// Forgets subscriptions, as a server does that starts anew; streams go on without them.
    pub fn lose_subscriptions(&self, mailbox: Option<&str>) {
        let mut subscriptions = self.sim.subscriptions.lock();
        for id in subscriptions.ids(mailbox) {
            subscriptions.remove(&id);
        }
    }

    /// Closes all ports and connections. Subscriptions stay.
    pub async fn down(&self) {
        let mut servers = self.sim.servers.lock().await;
        if let Some(servers) = servers.take() {
            let token = std::mem::take(&mut *self.sim.tunnels.lock());
            token.cancel();
            servers.close().await;
        }
    }

    /// Opens the ports again.
    pub async fn up(&self) -> std::io::Result<()> {
        let mut servers = self.sim.servers.lock().await;
        if servers.is_none() {
            *servers = Some(Servers::open(&self.sim, self.addresses()).await?);
        }
        Ok(())
    }
}
