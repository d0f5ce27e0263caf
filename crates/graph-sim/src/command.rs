//! The control as JSON, for the command line and for programs in other languages.

use std::time::Duration;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::application::Secret;
use crate::appointment::{Appointment, Change, Series};
use crate::control::{Control, ControlError};
use crate::directory::{AutomaticReplies, Mailbox, User};
use crate::faults::Fault;
use crate::limits::Limits;
use crate::sim::Paging;

/// A command; `do` names it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Command {
    /// Adds a user.
    AddUser(User),
    /// Adds made-up users.
    Populate {
        /// How many.
        count: usize,
    },
    /// Changes where a user's mailbox is, whether it is in scope, its zone, its automatic replies.
    ChangeUser {
        /// Object id or sign-in name.
        user: String,
        /// Where the mailbox is.
        mailbox: Option<Mailbox>,
        /// Whether the application may read it.
        in_scope: Option<bool>,
        /// Its time zone.
        time_zone: Option<String>,
        /// Whether it answers automatically.
        automatic_replies: Option<AutomaticReplies>,
    },
    /// Removes a user.
    RemoveUser {
        /// Object id or sign-in name.
        user: String,
    },
    /// Adds an appointment; the answer has its `id`.
    Add {
        /// Object id or sign-in name.
        user: String,
        /// What to add.
        #[serde(flatten)]
        appointment: Appointment,
    },
    /// Adds a weekly series; the answer has the `id` of its master.
    AddSeries {
        /// Object id or sign-in name.
        user: String,
        /// What to add.
        #[serde(flatten)]
        series: Series,
    },
    /// Changes an appointment, a series, or, with a date, one occurrence of a series.
    Change {
        /// Object id or sign-in name.
        user: String,
        /// The event's id.
        id: String,
        /// The date an occurrence has in its series.
        occurrence: Option<NaiveDate>,
        /// What to change.
        #[serde(flatten)]
        change: Change,
    },
    /// Deletes an appointment, a series, or, with a date, one occurrence of a series.
    Delete {
        /// Object id or sign-in name.
        user: String,
        /// The event's id.
        id: String,
        /// The date an occurrence has in its series.
        occurrence: Option<NaiveDate>,
    },
    /// Arms a fault.
    Fault(Fault),
    /// Disarms all faults.
    ClearFaults,
    /// Stops listening for a while.
    Down {
        /// Seconds.
        seconds: u64,
    },
    /// Lets time pass at once.
    Advance {
        /// Seconds.
        seconds: i64,
    },
    /// Makes delta tokens unknown, of one user or of all.
    ExpireDeltaTokens {
        /// Object id or sign-in name.
        user: Option<String>,
    },
    /// Refuses all access tokens issued so far.
    ExpireAccessTokens,
    /// Who is at the browser when somebody signs in.
    SignInAs {
        /// Sign-in name; whom the client expects, without one.
        user: Option<String>,
    },
    /// Signing in ends with a refusal, or with a code again.
    DenySignIn {
        /// AADSTS number.
        code: Option<u32>,
    },
    /// Ends all refresh tokens.
    RevokeRefreshTokens {
        /// AADSTS number.
        code: u32,
    },
    /// Where people may be sent back to.
    RedirectUris {
        /// The client id.
        client_id: Uuid,
        /// The addresses.
        uris: Vec<String>,
    },
    /// Sets how long new access tokens live.
    TokenLifetime {
        /// Seconds.
        seconds: u32,
    },
    /// Gives an application another secret.
    Secret {
        /// The client id.
        client_id: Uuid,
        /// The secret.
        value: String,
        /// When it expires.
        expires: Option<DateTime<Utc>>,
    },
    /// Gives an application other permissions.
    Permissions {
        /// The client id.
        client_id: Uuid,
        /// Application permissions with consent.
        roles: Vec<String>,
        /// Permissions given in Exchange.
        #[serde(default)]
        exchange_roles: Vec<String>,
    },
    /// Other limits.
    Limits(Limits),
    /// Other pages.
    Paging(Paging),
    /// Delays every answer of a mailbox.
    Latency {
        /// Milliseconds.
        ms: u64,
    },
    /// Begins to count anew.
    ResetCounts,
}

impl Control {
    /// Does what a command says; what comes back is for its sender.
    pub fn run(&self, command: Command) -> Result<Value, ControlError> {
        match command {
            Command::AddUser(user) => return Ok(json!({"id": self.add_user(user)?})),
            Command::Populate { count } => self.populate(count)?,
            Command::ChangeUser { user, mailbox, in_scope, time_zone, automatic_replies } => {
                self.change_user(&user, |user| {
                    user.mailbox = mailbox.unwrap_or(user.mailbox);
                    user.in_scope = in_scope.unwrap_or(user.in_scope);
                    user.automatic_replies = automatic_replies.unwrap_or(user.automatic_replies);
                    user.time_zone = time_zone.unwrap_or_else(|| user.time_zone.clone());
                })?;
            }
            Command::RemoveUser { user } => drop(self.remove_user(&user)?),
            Command::Add { user, appointment } => return Ok(json!({"id": self.add(&user, appointment)?})),
            Command::AddSeries { user, series } => return Ok(json!({"id": self.add_series(&user, series)?})),
            Command::Change { user, id, occurrence, change } => {
                self.change(&user, &self.event(id, occurrence)?, change)?;
            }
            Command::Delete { user, id, occurrence } => self.delete(&user, &self.event(id, occurrence)?)?,
            Command::Secret { client_id, value, expires } => {
                self.change_application(client_id, |app| app.secrets = vec![Secret { value, expires }])?;
            }
            Command::Permissions { client_id, roles, exchange_roles } => {
                self.change_application(client_id, |app| {
                    app.roles = roles;
                    app.exchange_roles = exchange_roles;
                })?;
            }
            Command::RedirectUris { client_id, uris } => {
                self.change_application(client_id, |app| app.redirect_uris = uris)?;
            }
            Command::Fault(fault) => self.fault(fault)?,
            Command::ExpireDeltaTokens { user } => self.expire_delta_tokens(user.as_deref())?,
            setting => self.set(&setting),
        }
        Ok(json!({}))
    }

    /// Commands that cannot fail.
    fn set(&self, command: &Command) {
        match *command {
            Command::SignInAs { ref user } => self.sign_in_as(user.as_deref()),
            Command::DenySignIn { code } => self.deny_sign_in(code),
            Command::RevokeRefreshTokens { code } => self.revoke_refresh_tokens(code),
            Command::ClearFaults => self.clear_faults(),
            Command::Down { seconds } => self.down_for(Duration::from_secs(seconds)),
            Command::Advance { seconds } => {
                self.advance(TimeDelta::try_seconds(seconds).unwrap_or_default());
            }
            Command::ExpireAccessTokens => self.expire_access_tokens(),
            Command::TokenLifetime { seconds } => self.set_token_lifetime(TimeDelta::seconds(seconds.into())),
            Command::Limits(limits) => self.set_limits(limits),
            Command::Paging(paging) => self.set_paging(paging),
            Command::Latency { ms } => self.set_latency(Duration::from_millis(ms)),
            Command::ResetCounts => self.reset_counts(),
            // All others are done by `run`.
            _ => {}
        }
    }

    fn event(&self, id: String, occurrence: Option<NaiveDate>) -> Result<String, ControlError> {
        match occurrence {
            Some(date) => self.occurrence(&id, date),
            None => Ok(id),
        }
    }

    /// A moment later, so that the answer to the command still gets out.
    fn down_for(&self, time: Duration) {
        let control = self.clone();
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_millis(50)).await;
            control.down().await;
            tokio::time::sleep(time).await;
            control.up().await;
        });
    }
}

/// What the command line shows of a stand-in: where it is and what it has been asked.
pub(crate) fn describe(control: &Control) -> Value {
    let settings = control.settings();
    json!({
        "is": "graph-sim, a stand-in of the Microsoft identity platform and Microsoft Graph",
        "tenant": settings.tenant,
        "domains": settings.domains,
        "cloud": settings.cloud,
        "clientIds": settings.applications.iter().map(|app| app.client_id).collect::<Vec<_>>(),
        "users": control.users(),
        "now": control.now(),
        "counts": control.counts(),
    })
}
