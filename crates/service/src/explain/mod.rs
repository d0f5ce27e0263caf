//! `pbx-calendar explain`: what the PBX would show for these settings and appointments, and why.

mod appointments;
mod input;
mod message;
mod output;

use std::fs;
use std::path::{Path, PathBuf};

use calendar::decide::explain;
use calendar_presence::Language;
use chrono::{DateTime, FixedOffset, Utc};
use clap::ArgAction;
use clap::builder::BoolishValueParser;

use crate::argument::{self, instant};
use crate::json::pair_surrogates;
use crate::zones::{System, Zone};
use input::InputError;
pub(crate) use message::ExplainResult;

/// Arguments of the command.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// JSON file with items of the settings by name, or as the form exports them; left-out ones have their defaults.
    #[arg(long, env = "PBX_CALENDAR_SETTINGS", value_name = "FILE")]
    pub settings: PathBuf,
    /// JSON file with an array of appointments.
    #[arg(long, env = "PBX_CALENDAR_APPOINTMENTS", value_name = "FILE")]
    pub appointments: PathBuf,
    /// The instant to look at, such as 2026-11-21T09:00:00Z.
    #[arg(long, env = "PBX_CALENDAR_NOW", value_name = "INSTANT", value_parser = instant)]
    pub now: DateTime<FixedOffset>,
    /// Language and time zone of somebody who looks, such as de:Europe/Berlin; any number of times.
    #[arg(long, env = "PBX_CALENDAR_VIEWER", value_name = "LOCALE:ZONE", value_delimiter = ',', value_parser = viewer)]
    pub viewer: Vec<Viewer>,
    /// Print one JSON object.
    #[arg(long, env = "PBX_CALENDAR_JSON", action = ArgAction::SetTrue, value_parser = BoolishValueParser::new())]
    pub json: bool,
}

/// Somebody who looks at the note.
#[derive(Clone, Debug)]
pub struct Viewer {
    name: String,
    language: Language,
    zone: Zone,
}

fn viewer(name: &str) -> Result<Viewer, &'static str> {
    let (locale, zone) =
        name.split_once(':').ok_or("expected a language and a time zone such as de:Europe/Berlin")?;
    Ok(Viewer { name: name.to_owned(), language: argument::language(locale)?, zone: argument::zone(zone)? })
}

/// Gives what is to be printed, or one line that names file, line and cause.
pub fn run(args: &Args) -> Result<String, String> {
    let settings = read(&args.settings, input::settings)?;
    let read_all = |text: &str| appointments::appointments(text, &settings.presence_time_zone);
    let (appointments, unread) = read(&args.appointments, read_all)?;
    for one in unread {
        eprintln!("{}", one.in_file(&args.appointments));
    }
    let now = args.now.with_timezone(&Utc).timestamp_millis();
    let explained = explain(&settings, &appointments, now, &System);
    Ok(if args.json {
        output::json(&settings, &explained)
    } else {
        output::text(&settings, &explained, &args.viewer, now)
    })
}

fn read<T>(file: &Path, take: impl FnOnce(&str) -> Result<T, InputError>) -> Result<T, String> {
    let bytes = fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    input::text(&bytes).and_then(|text| take(&pair_surrogates(text))).map_err(|error| error.in_file(file))
}
