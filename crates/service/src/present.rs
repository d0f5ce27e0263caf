//! `pbx-calendar present`: what a viewer sees of a presence note.

use calendar::viewer::ZoneViewer;
use calendar_presence::{Language, Note};
use chrono::{DateTime, FixedOffset, Utc};

use crate::argument::{instant, language, zone};
use crate::zones::{System, Zone};

/// Arguments of the command.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The note as it stands in the presence, tags included.
    #[arg(value_name = "NOTE", allow_hyphen_values = true)]
    pub note: String,
    /// Locale of the viewer, such as de or pt-BR; without words of its own it reads English.
    #[arg(long, env = "PBX_CALENDAR_LOCALE", default_value = "en", value_parser = language)]
    pub locale: Language,
    /// Time zone of the viewer, such as Europe/Berlin.
    #[arg(long, env = "PBX_CALENDAR_TIME_ZONE", default_value = "UTC", value_parser = zone)]
    pub time_zone: Zone,
    /// The instant at which the viewer looks, such as 2026-11-21T09:00:00Z [default: now].
    #[arg(long, env = "PBX_CALENDAR_NOW", value_name = "INSTANT", value_parser = instant)]
    pub now: Option<DateTime<FixedOffset>>,
}

/// Gives what the viewer sees.
pub fn run(args: &Args) -> String {
    let now = args.now.map_or_else(|| Utc::now().timestamp_millis(), |now| now.timestamp_millis());
    let viewer = ZoneViewer { language: args.locale, zone: args.time_zone.name(), zones: &System };
    Note::parse(&args.note).format(&viewer, now)
}

#[cfg(test)]
mod tests {
    use super::{Args, run};
    use clap::Parser;

    #[derive(Parser)]
    struct Command {
        #[command(flatten)]
        args: Args,
    }

    fn present(words: &[&str]) -> Result<String, String> {
        let words = ["present"].iter().chain(words);
        Command::try_parse_from(words).map(|command| run(&command.args)).map_err(|error| error.to_string())
    }

    const NOTE: &str = "Busy until 12:30 #busy #until:1514374200000";

    #[test]
    fn shows_what_a_viewer_sees() {
        let german =
            ["--locale", "de-AT", "--time-zone", "Europe/Berlin", "--now", "2017-12-27T09:00:00+01:00", NOTE];
        assert_eq!(present(&german), Ok("Beschäftigt bis 12:30".into()));
        assert_eq!(
            present(&[NOTE, "--now", "2017-12-28T09:00:00Z"]),
            Ok("Busy until 27/12/2017 11:30".into())
        );
        assert_eq!(present(&["- #free"]), Ok("Free".into()));
        assert_eq!(
            present(&[NOTE, "--time-zone", "europe/berlin", "--now", "2017-12-27T09:00:00Z"]),
            Ok("Busy until 12:30".into())
        );
    }

    #[test]
    fn says_what_is_wrong() {
        for (words, hint) in [
            (["--locale", "de_DE", NOTE], "expected a language tag such as de or pt-BR"),
            (["--time-zone", "Mars", NOTE], "expected a name such as Europe/Berlin"),
            (["--now", "today", NOTE], "expected an instant such as 2026-11-21T09:00:00Z"),
        ] {
            let error = present(&words).expect_err(hint);
            assert!(error.contains(hint), "{error}");
        }
    }
}
