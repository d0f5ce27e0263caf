//! The PBX at a terminal: what happens is printed, lines typed are commands.

use std::io::{self, Write};
use std::time::Duration;

use clap::Parser;
use pbx_sim::{Pbx, Presence, Reading, User, Written};
use serde_json::json;
use tokio::io::{AsyncBufReadExt, BufReader};

/// Users are named by `h323` or GUID.
#[derive(Debug, Parser)]
#[command(no_binary_name = true, disable_version_flag = true, override_usage = "<COMMAND>")]
enum Command {
    /// Drop the connection; it comes back by itself
    Drop,
    /// Forget all presences, and drop the connection
    Restart,
    /// Drop the connection and stay away
    Unplug,
    /// Connect again
    Plug,
    /// Read as fast as it comes (0), or with this many milliseconds after each message
    Slow { milliseconds: u64 },
    /// Read nothing until `slow 0`
    Stop,
    /// Hold every `SetPresenceResult` back for this many milliseconds
    Delay { milliseconds: u64 },
    /// Add a user
    Add { guid: String, h323: String },
    /// Give a user another name
    Rename { user: String, h323: String },
    /// Give a user these e-mail entries
    Emails { user: String, emails: Vec<String> },
    /// Put a user into these groups, and out of all others
    Groups { user: String, groups: Vec<String> },
    /// Give a user this configuration template, or none
    Template { user: String, template: Vec<String> },
    /// Delete a user
    Delete { user: String },
    /// Refuse to set the presence of a user
    Lock { user: String },
    /// Let it be set again
    Unlock { user: String },
    /// Let another writer replace the calendar's presence of a user, always
    Rival { user: String, note: Vec<String> },
    /// Let a user set a presence by hand, or take it back
    Hand { user: String, activity: Option<String>, note: Vec<String> },
    /// Send the other writer away
    NoRival { user: String },
    /// Show all presences of a user
    Show { user: String },
}

/// Runs until standard output is gone.
pub(crate) async fn run(pbx: &Pbx) -> anyhow::Result<()> {
    let mut writes = pbx.watch_writes();
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    let mut typing = true;
    let mut status = Status::default();
    loop {
        tokio::select! {
            Some(written) = writes.recv() => line(&show(&written))?,
            now = pbx.until(|pbx| Some(Status::of(pbx)).filter(|now| *now != status)) => {
                for text in now.news(&status, pbx) {
                    line(&text)?;
                }
                status = now;
            }
            typed = lines.next_line(), if typing => match typed? {
                Some(text) => for answer in obey(pbx, &text) {
                    line(&answer)?;
                },
                None => typing = false,
            }
        }
    }
}

/// Prints one line at once, so that a script behind a pipe sees it.
pub(crate) fn line(text: &str) -> io::Result<()> {
    let mut output = io::stdout().lock();
    writeln!(output, "{text}")?;
    output.flush()
}

/// Both texts as JSON, so that a program reads them character by character.
fn show(written: &Written) -> String {
    let Presence { activity, note, .. } = &written.presence;
    format!("{}: {} {}", written.h323, json!(activity), json!(note))
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Status {
    connected: bool,
    replicated: bool,
    refused: u64,
    unreachable: Option<String>,
    violations: usize,
}

impl Status {
    fn of(pbx: &Pbx) -> Self {
        Self {
            connected: pbx.is_connected(),
            replicated: pbx.is_replicated(),
            refused: pbx.logins_refused(),
            unreachable: pbx.unreachable(),
            violations: pbx.violation_count(),
        }
    }

    /// What is worth a line since `before`.
    fn news(&self, before: &Self, pbx: &Pbx) -> Vec<String> {
        let mut news = Vec::new();
        if self.connected != before.connected {
            news.push(if self.connected { "connected" } else { "disconnected" }.into());
        }
        if self.unreachable != before.unreachable {
            news.extend(self.unreachable.clone());
        }
        if self.refused != before.refused {
            news.push("the service refused the login: is the password that of the instance?".into());
        }
        if self.replicated && !before.replicated {
            news.push("the service has read all users".into());
        }
        let violations = pbx.violations();
        news.extend(
            violations.iter().skip(before.violations).map(|violation| format!("refused: {violation}")),
        );
        news
    }
}

/// Does what a line says; what is to be said about it.
fn obey(pbx: &Pbx, text: &str) -> Vec<String> {
    let command = match Command::try_parse_from(text.split_whitespace()) {
        Ok(command) => command,
        Err(error) => return vec![error.to_string()],
    };
    if let Command::Show { user } = &command {
        let presences = pbx.presences(user);
        let shown = presences.iter().map(|presence| format!("{presence:?}"));
        return if presences.is_empty() { vec!["none".into()] } else { shown.collect() };
    }
    if execute(pbx, command) { Vec::new() } else { vec!["no such user, or the name is taken".into()] }
}

/// False if the user is unknown or the name taken.
fn execute(pbx: &Pbx, command: Command) -> bool {
    match command {
        Command::Drop => pbx.drop_connection(),
        Command::Restart => pbx.restart(),
        Command::Unplug => pbx.unplug(),
        Command::Plug => pbx.plug(),
        Command::Slow { milliseconds: 0 } => pbx.set_reading(Reading::Prompt),
        Command::Slow { milliseconds } => {
            pbx.set_reading(Reading::Slow(Duration::from_millis(milliseconds)));
        }
        Command::Stop => pbx.set_reading(Reading::Stopped),
        Command::Delay { milliseconds } => pbx.delay_results(Duration::from_millis(milliseconds)),
        Command::Add { guid, h323 } => return pbx.add_user(User::new(&guid, &h323)),
        Command::Rename { user, h323 } => return pbx.rename_user(&user, &h323),
        Command::Emails { user, emails } => return pbx.change_user(&user, |user| user.emails = emails),
        Command::Groups { user, groups } => return pbx.change_user(&user, |user| user.grps = groups),
        Command::Template { user, template } => {
            return pbx.change_user(&user, |user| user.config = template.join(" "));
        }
        Command::Delete { user } => return pbx.delete_user(&user),
        Command::Lock { user } => return pbx.lock_presence(&user, true),
        Command::Unlock { user } => return pbx.lock_presence(&user, false),
        Command::Rival { user, note } => {
            return pbx.set_rival(&user, Presence::calendar("busy", &note.join(" ")));
        }
        Command::Hand { user, activity, note } => {
            return pbx.set_by_hand(&user, &activity.unwrap_or_default(), &note.join(" "));
        }
        Command::NoRival { user } => return pbx.remove_rival(&user),
        Command::Show { .. } => {}
    }
    true
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use pbx_sim::Options;

    use super::*;

    /// The PBX of these tests never connects: the address is not routed.
    fn pbx() -> Pbx {
        let pbx = Pbx::start(Options::new("ws://127.0.0.1:0/app", ""));
        pbx.add_numbered_users(2);
        pbx
    }

    #[tokio::test]
    async fn lines_change_the_pbx() {
        let pbx = pbx();
        for line in [
            "add 0123456789abcdef0123456789abcdef anna",
            "rename user1 bob",
            "emails bob b@example.com c@example.com",
            "groups bob Sales Office",
            "template bob Config User",
            "delete user2",
            "hand bob away At lunch",
            "hand bob",
            "rival bob Out of office",
            "delay 5",
            "slow 5",
            "slow 0",
            "stop",
            "drop",
            "unplug",
            "plug",
        ] {
            assert_eq!(obey(&pbx, line), Vec::<String>::new(), "{line}");
        }
        assert_eq!(pbx.user_count(), 2);
        assert_eq!(pbx.user("bob").unwrap().emails, ["b@example.com", "c@example.com"]);
        assert_eq!(pbx.user("bob").unwrap().grps, ["Sales", "Office"]);
        assert_eq!(pbx.user("bob").unwrap().config, "Config User");
        assert_eq!(pbx.note("bob").as_deref(), Some("Out of office"));
        assert_eq!(
            obey(&pbx, "show bob"),
            [
                r#"Presence { contact: "calendar:", status: "open", activity: "busy", note: "Out of office" }"#,
                r#"Presence { contact: "tel:", status: "open", activity: "", note: "" }"#,
            ]
        );
        assert_eq!(obey(&pbx, "no-rival bob"), Vec::<String>::new());
        assert_eq!(obey(&pbx, "restart"), Vec::<String>::new());
        assert_eq!(obey(&pbx, "show bob"), ["none"]);
    }

    #[test]
    fn texts_are_shown_as_json() {
        let written = Written {
            at: Instant::now(),
            h323: "anna".into(),
            presence: Presence::calendar("busy", "\"é\u{301}\u{200b}\" #busy"),
        };
        assert_eq!(show(&written), "anna: \"busy\" \"\\\"é\u{301}\u{200b}\\\" #busy\"");
    }

    #[tokio::test]
    async fn what_cannot_be_done_is_said() {
        let pbx = pbx();
        for line in ["rename user1 user2", "delete x", "lock x", "no-rival user1", "add g user1"] {
            assert_eq!(obey(&pbx, line), ["no such user, or the name is taken"], "{line}");
        }
        for (line, text) in [
            ("fly", "error: unrecognized subcommand 'fly'"),
            ("slow", "error: the following required arguments were not provided"),
            ("slow soon", "error: invalid value 'soon' for '<MILLISECONDS>'"),
            ("help", "Users are named by `h323` or GUID"),
        ] {
            let [answer] = obey(&pbx, line).try_into().unwrap();
            assert!(answer.starts_with(text), "{answer}");
        }
    }
}
