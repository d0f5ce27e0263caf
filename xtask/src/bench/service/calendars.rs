//! Commands for the stand-in of Graph, and what it counts.

use super::world::address;
use anyhow::{Context as _, Result};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

/// So many commands go into one request.
const AT_ONCE: usize = 500;

/// The stand-in.
pub struct Graph {
    /// Its address, without a slash at the end.
    pub url: String,
}

/// An appointment to be added.
pub struct Appointment {
    pub user: u32,
    pub title: String,
    pub start: DateTime<Utc>,
}

impl Appointment {
    /// Out of office, so that it leads over whatever else the calendar holds.
    fn command(&self) -> Value {
        let end = self.start + TimeDelta::hours(3);
        json!({
            "do": "add", "user": address(self.user), "subject": self.title, "showAs": "oof",
            "start": self.start.to_rfc3339(), "end": end.to_rfc3339(),
        })
    }
}

impl Graph {
    /// The stand-in at this address.
    pub fn new(url: &str) -> Self {
        Self { url: url.to_owned() }
    }

    /// What it says of itself.
    pub fn info(&self) -> Result<Value> {
        let text = ureq::get(format!("{}/graph-sim", self.url)).call()?.body_mut().read_to_string()?;
        serde_json::from_str(&text).context("graph-sim")
    }

    /// Requests so far, for tokens and all else.
    pub fn requests(&self) -> Result<u64> {
        let info = self.info()?;
        let requests = info.pointer("/counts/requests").and_then(Value::as_object).context("no counts")?;
        Ok(requests.values().filter_map(Value::as_u64).sum())
    }

    /// Puts appointments into calendars.
    pub fn add(&self, appointments: &[Appointment]) -> Result<()> {
        for appointments in appointments.chunks(AT_ONCE) {
            let commands: Value = appointments.iter().map(Appointment::command).collect();
            let request = ureq::post(format!("{}/graph-sim", self.url)).content_type("application/json");
            request.send(commands.to_string()).context("graph-sim refuses the appointments")?;
        }
        Ok(())
    }
}
