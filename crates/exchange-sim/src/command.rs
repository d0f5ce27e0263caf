//! The control as JSON, for the command line and for programs in other languages.

use std::time::Duration;

use chrono::{NaiveDate, TimeDelta};
use graph_sim::calendar::Item;
use graph_sim::{Appointment, Change, Series};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::account::{Account, AccountState, Impersonates};
use crate::control::{Control, ControlError};
use crate::faults::Fault;
use crate::host::Host;
use crate::mailbox::Mailbox;
use crate::options::Version;
use crate::sim::{Limits, WallClocks};
use crate::site::Site;
use crate::subscriptions::StreamSettings;

/// A command; `do` names it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Command {
    /// Adds an account.
    AddAccount(Account),
    /// Changes an account.
    ChangeAccount {
        /// Its name before Windows 2000.
        user: String,
        /// Another password.
        password: Option<String>,
        /// Whether it may log in.
        state: Option<AccountState>,
        /// Whom it may impersonate.
        impersonates: Option<Impersonates>,
    },
    /// Adds a mailbox.
    AddMailbox(Mailbox),
    /// Adds made-up mailboxes.
    Populate {
        /// How many.
        count: usize,
        /// In Exchange Online.
        #[serde(default)]
        online: bool,
    },
    /// Changes a mailbox.
    ChangeMailbox {
        /// Its primary address.
        mailbox: String,
        /// The site it moves to.
        site: Option<String>,
        /// The server it moves to.
        server: Option<String>,
        /// Whether EWS may be used for it.
        ews: Option<bool>,
        /// Where it is hosted instead.
        hosted_at: Option<String>,
        /// Its other addresses.
        aliases: Option<Vec<String>>,
    },
    /// Removes a mailbox.
    RemoveMailbox {
        /// Its primary address.
        mailbox: String,
    },
    /// Adds a site, or replaces one.
    AddSite(Site),
    /// Adds a host, or replaces one.
    AddHost(Host),
    /// Removes a host.
    RemoveHost {
        /// Its name.
        name: String,
    },
    /// Adds an appointment; the answer has its `id`.
    Add {
        /// Primary address.
        mailbox: String,
        /// The zone it was made in, if it is not the mailbox's.
        zone: Option<String>,
        /// What to add.
        #[serde(flatten)]
        appointment: Appointment,
    },
    /// Adds a weekly series; the answer has its `id`.
    AddSeries {
        /// Primary address.
        mailbox: String,
        /// The zone it was made in, if it is not the mailbox's.
        zone: Option<String>,
        /// What to add.
        #[serde(flatten)]
        series: Series,
    },
    /// Changes an appointment, a series, or one occurrence.
    Change {
        /// Primary address.
        mailbox: String,
        /// The id.
        id: String,
        /// The date an occurrence has in its series.
        occurrence: Option<NaiveDate>,
        /// What to change.
        #[serde(flatten)]
        change: Change,
    },
    /// Deletes an appointment, a series, or one occurrence.
    Delete {
        /// Primary address.
        mailbox: String,
        /// The id.
        id: String,
        /// The date an occurrence has in its series.
        occurrence: Option<NaiveDate>,
        /// Moved to the deleted items, as Outlook does.
        #[serde(default)]
        outlook: bool,
    },
    /// Arms a fault.
    Fault(Fault),
    /// Disarms all faults.
    ClearFaults,
    /// How streams behave.
    Streams(StreamSettings),
    /// Ends streams as after their time.
    CloseStreams {
        /// Those with this mailbox.
        mailbox: Option<String>,
    },
    /// Lets nothing come any more on streams, whose connections stay.
    SilenceStreams {
        /// Those with this mailbox.
        mailbox: Option<String>,
    },
    /// Breaks the connections of streams.
    BreakStreams {
        /// Those with this mailbox.
        mailbox: Option<String>,
    },
    /// Ends streams and subscriptions with an error.
    FailStreams {
        /// Those with this mailbox.
        mailbox: Option<String>,
        /// The response code.
        code: String,
    },
    /// Forgets subscriptions.
    LoseSubscriptions {
        /// Those of this mailbox.
        mailbox: Option<String>,
    },
    /// Other limits.
    Limits(Limits),
    /// How wall clocks are written.
    WallClocks {
        /// With offset, plain, or missing.
        form: WallClocks,
    },
    /// Which Exchange the local one is.
    Version {
        /// The version.
        version: Version,
    },
    /// Delays every answer of EWS.
    Latency {
        /// Milliseconds.
        ms: u64,
    },
    /// Closes the ports for a while.
    Down {
        /// Seconds.
        seconds: u64,
    },
    /// Lets time pass at once.
    Advance {
        /// Seconds.
        seconds: i64,
    },
    /// Begins to count anew.
    ResetCounts,
    /// Forgets violations.
    ClearViolations,
}

impl Control {
    /// Does what a command says; what comes back is for its sender.
    pub fn run(&self, command: Command) -> Result<Value, ControlError> {
        match command {
            Command::Add { mailbox, zone, appointment } => {
                let id = self.insert(&mailbox, Item::Single(appointment), zone.as_deref())?;
                return Ok(json!({"id": id}));
            }
            Command::AddSeries { mailbox, zone, series } => {
                let id = self.insert(&mailbox, Item::Series(series), zone.as_deref())?;
                return Ok(json!({"id": id}));
            }
            Command::Change { mailbox, id, occurrence, change } => {
                self.change(&mailbox, &id, occurrence, change)?;
            }
            Command::Delete { mailbox, id, occurrence: None, outlook: true } => {
                self.delete_in_outlook(&mailbox, &id)?;
            }
            Command::Delete { mailbox, id, occurrence, .. } => self.delete(&mailbox, &id, occurrence)?,
            command => self.administer(command)?,
        }
        Ok(json!({}))
    }

    /// Accounts, mailboxes, hosts.
    fn administer(&self, command: Command) -> Result<(), ControlError> {
        match command {
            Command::AddAccount(account) => self.add_account(account),
            Command::ChangeAccount { user, password, state, impersonates } => {
                self.change_account(&user, |account| {
                    set(&mut account.password, password);
                    set(&mut account.state, state);
                    set(&mut account.impersonates, impersonates);
                })?;
            }
            Command::AddMailbox(mailbox) => self.add_mailbox(mailbox)?,
            Command::Populate { count, online } => self.populate(count, online),
            Command::ChangeMailbox { mailbox, site, server, ews, hosted_at, aliases } => {
                self.change_mailbox(&mailbox, |changed| {
                    set(&mut changed.site, site);
                    set(&mut changed.server, server.map(Some));
                    set(&mut changed.ews, ews);
                    set(&mut changed.hosted_at, hosted_at.map(Some));
                    set(&mut changed.aliases, aliases);
                })?;
            }
            Command::RemoveMailbox { mailbox } => drop(self.remove_mailbox(&mailbox)?),
            Command::AddSite(site) => self.add_site(site),
            Command::AddHost(host) => self.add_host(host),
            Command::RemoveHost { name } => self.remove_host(&name),
            setting => self.set(setting),
        }
        Ok(())
    }

    /// What cannot fail.
    fn set(&self, command: Command) {
        match command {
            Command::Fault(fault) => self.fault(fault),
            Command::ClearFaults => self.clear_faults(),
            Command::Streams(settings) => self.set_streams(settings),
            Command::CloseStreams { mailbox } => self.close_streams(mailbox.as_deref()),
            Command::SilenceStreams { mailbox } => self.silence_streams(mailbox.as_deref()),
            Command::BreakStreams { mailbox } => self.break_streams(mailbox.as_deref()),
            Command::FailStreams { mailbox, code } => self.fail_streams(mailbox.as_deref(), &code),
            Command::LoseSubscriptions { mailbox } => self.lose_subscriptions(mailbox.as_deref()),
            Command::Limits(limits) => self.set_limits(limits),
            Command::WallClocks { form } => self.set_wall_clocks(form),
            Command::Version { version } => self.set_version(version),
            Command::Latency { ms } => self.set_latency(Duration::from_millis(ms)),
            Command::Down { seconds } => self.down_for(Duration::from_secs(seconds)),
            Command::Advance { seconds } => self.advance(TimeDelta::try_seconds(seconds).unwrap_or_default()),
            Command::ResetCounts => self.reset_counts(),
            Command::ClearViolations => self.clear_violations(),
            // All others are done before.
            _ => {}
        }
    }

    /// A moment later, so that the answer to the command still gets out.
    fn down_for(&self, time: Duration) {
        let control = self.clone();
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_millis(50)).await;
            control.down().await;
            tokio::time::sleep(time).await;
            // Where a port is taken meanwhile, nothing is left to be told.
            let _ = control.up().await;
        });
    }
}

fn set<T>(field: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *field = value;
    }
}
