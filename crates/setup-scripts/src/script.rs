//! The scripts: a head with the values, and a body that is the same for all.

use crate::cloud::names;
use crate::quote::{filter, powershell, sh};
use crate::role::{self, CALENDARS_READ, EXCHANGE, FULL_ACCESS, GRAPH, MAILBOX_SETTINGS_READ};
use crate::values::{Refused, Value, Values};

/// A script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    /// Registers the application and grants its permissions, with the Azure CLI.
    RegisterSh,
    /// The same with PowerShell.
    RegisterPs,
    /// Makes a client secret, with the Azure CLI.
    SecretSh,
    /// The same with PowerShell.
    SecretPs,
    /// Limits the application to a group, in Exchange Online.
    Limit,
    /// Lets an account act for others, in a local Exchange.
    Impersonation,
    /// Gives that account bounds of its own.
    Throttling,
    /// Lists the application among those that may use Exchange Web Services.
    EwsAllow,
    /// Lists this service among the user agents.
    UserAgent,
}

/// Why there is no script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// A value is missing, or gets into no script.
    Value(Value, Refused),
    /// There is no Azure CLI for this cloud.
    NoCli,
}

const NOTE: &str = "# Nobody has run it in a real tenant yet. It can be run again at any time: only what differs is changed.";

impl Script {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::RegisterSh,
        Self::RegisterPs,
        Self::SecretSh,
        Self::SecretPs,
        Self::Limit,
        Self::Impersonation,
        Self::Throttling,
        Self::EwsAllow,
        Self::UserAgent,
    ];

    /// Name of its file.
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::RegisterSh => "register.sh",
            Self::RegisterPs => "register.ps1",
            Self::SecretSh => "secret.sh",
            Self::SecretPs => "secret.ps1",
            Self::Limit => "limit.ps1",
            Self::Impersonation => "impersonation.ps1",
            Self::Throttling => "throttling.ps1",
            Self::EwsAllow => "ews-allow.ps1",
            Self::UserAgent => "user-agent.ps1",
        }
    }

    /// The script, or why there is none.
    pub fn write(self, values: &Values) -> Result<String, Wrong> {
        self.assemble(values, self.body())
    }

    /// What takes it back.
    pub fn undo(self, values: &Values) -> Result<String, Wrong> {
        self.assemble(values, self.undo_body())
    }

    const fn is_shell(self) -> bool {
        matches!(self, Self::RegisterSh | Self::SecretSh)
    }

    fn assemble(self, values: &Values, body: &str) -> Result<String, Wrong> {
        let head = self.head(values)?;
        let (about, body) = body.split_once('\n').unwrap_or((body, ""));
        if self.is_shell() {
            return Ok(format!("#!/bin/sh\n{about}\n{NOTE}\nset -eu\n\n{head}\n{}", body.trim_start()));
        }
        // Without a byte order mark Windows PowerShell 5.1 takes some letters for quotes.
        let body = body.trim_start();
        Ok(format!("\u{feff}{about}\n{NOTE}\n$ErrorActionPreference = 'Stop'\n\n{head}\n{body}"))
    }

    /// The values, each an assignment.
    fn head(self, values: &Values) -> Result<String, Wrong> {
        let mut head = Head { values, is_shell: self.is_shell(), text: String::new() };
        let names = names(values.cloud);
        match self {
            Self::RegisterSh => {
                head.put("cloud", names.cli.ok_or(Wrong::NoCli)?);
                head.put("graph_url", names.graph_url);
                head.registration()?;
            }
            Self::RegisterPs => {
                head.put("environment", names.graph);
                head.registration()?;
            }
            Self::SecretSh => {
                head.put("cloud", names.cli.ok_or(Wrong::NoCli)?);
                head.secret()?;
            }
            Self::SecretPs => {
                head.put("environment", names.graph);
                head.secret()?;
            }
            Self::Limit => {
                head.exchange();
                head.put("environment", names.graph);
                head.take("tenant", Value::Tenant)?;
                head.take("client", Value::Client)?;
                head.take("object", Value::Object)?;
                head.take("name", Value::Name)?;
                head.take("group", Value::Group)?;
                head.take("inside", Value::Inside)?;
                head.take_or_empty("outside", Value::Outside)?;
                head.limit();
            }
            Self::Impersonation => {
                head.take("name", Value::Name)?;
                head.take("account", Value::Account)?;
                head.take_or_empty("group", Value::Group)?;
            }
            Self::Throttling => {
                head.take("name", Value::Name)?;
                head.take("account", Value::Account)?;
            }
            Self::EwsAllow => {
                head.exchange();
                head.take("client", Value::Client)?;
            }
            Self::UserAgent => head.exchange(),
        }
        Ok(head.text)
    }

    const fn body(self) -> &'static str {
        match self {
            Self::RegisterSh => include_str!("../scripts/register.sh"),
            Self::RegisterPs => include_str!("../scripts/register.ps1"),
            Self::SecretSh => include_str!("../scripts/secret.sh"),
            Self::SecretPs => include_str!("../scripts/secret.ps1"),
            Self::Limit => include_str!("../scripts/limit.ps1"),
            Self::Impersonation => include_str!("../scripts/impersonation.ps1"),
            Self::Throttling => include_str!("../scripts/throttling.ps1"),
            Self::EwsAllow => include_str!("../scripts/ews-allow.ps1"),
            Self::UserAgent => include_str!("../scripts/user-agent.ps1"),
        }
    }

    const fn undo_body(self) -> &'static str {
        match self {
            Self::RegisterSh => include_str!("../scripts/undo-register.sh"),
            Self::RegisterPs => include_str!("../scripts/undo-register.ps1"),
            Self::SecretSh => include_str!("../scripts/undo-secret.sh"),
            Self::SecretPs => include_str!("../scripts/undo-secret.ps1"),
            Self::Limit => include_str!("../scripts/undo-limit.ps1"),
            Self::Impersonation => include_str!("../scripts/undo-impersonation.ps1"),
            Self::Throttling => include_str!("../scripts/undo-throttling.ps1"),
            Self::EwsAllow => include_str!("../scripts/undo-ews-allow.ps1"),
            Self::UserAgent => include_str!("../scripts/undo-user-agent.ps1"),
        }
    }
}

struct Head<'a> {
    values: &'a Values,
    is_shell: bool,
    text: String,
}

impl Head<'_> {
    fn put(&mut self, name: &str, value: &str) {
        let line = if self.is_shell {
            format!("{name}={}\n", sh(value))
        } else {
            format!("${name} = {}\n", powershell(value))
        };
        self.text.push_str(&line);
    }

    fn take(&mut self, name: &str, value: Value) -> Result<(), Wrong> {
        let text = self.values.get(value).map_err(|refused| Wrong::Value(value, refused))?;
        self.put(name, &text);
        Ok(())
    }

    fn take_or_empty(&mut self, name: &str, value: Value) -> Result<(), Wrong> {
        match self.values.get(value) {
            Err(Refused::Missing) => {
                self.put(name, "");
                Ok(())
            }
            _ => self.take(name, value),
        }
    }

    /// What a registration is made of.
    fn registration(&mut self) -> Result<(), Wrong> {
        self.take("tenant", Value::Tenant)?;
        self.take("name", Value::Name)?;
        let Values { name, is_ews, group, .. } = self.values;
        self.put("found_by", &filter("displayName", "eq", name));
        let is_limited = !group.is_empty();
        let (resource, roles) =
            if *is_ews { (EXCHANGE, role::exchange(is_limited)) } else { (GRAPH, role::graph(is_limited)) };
        self.put("resource", resource);
        let ids: Vec<&str> = roles.iter().map(|role| role.id).collect();
        self.put("roles", &ids.join(" "));
        Ok(())
    }

    fn secret(&mut self) -> Result<(), Wrong> {
        self.take("tenant", Value::Tenant)?;
        self.take("client", Value::Client)?;
        self.put("years", &self.values.years.clamp(1, 2).to_string());
        Ok(())
    }

    /// How the shell of Exchange Online is reached.
    fn exchange(&mut self) {
        self.put("exchange", names(self.values.cloud).exchange_shell.unwrap_or_default());
    }

    /// What is granted in Exchange, and what is taken away in Entra.
    fn limit(&mut self) {
        let (roles, revoked): (&str, Vec<&str>) = if self.values.is_ews {
            ("Application EWS.AccessAsApp", vec![FULL_ACCESS.id])
        } else {
            (
                "Application Calendars.Read,Application MailboxSettings.Read",
                vec![CALENDARS_READ.id, MAILBOX_SETTINGS_READ.id],
            )
        };
        self.put("roles", roles);
        self.put("revoked", &if self.values.revokes { revoked.join(" ") } else { String::new() });
    }
}
