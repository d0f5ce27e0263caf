//! What the PBX shows, with the instants: `pbx-sim` prints a line for every presence that is set.

use anyhow::{Result, bail};
use std::collections::HashSet;
use std::io::{BufRead as _, BufReader, Read};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// A presence that was set.
pub struct Written {
    pub at: Instant,
    pub user: u32,
    pub note: String,
}

/// The presences as they are set.
pub struct Shown(Receiver<Result<Written, String>>);

impl Shown {
    /// Begins to read.
    pub fn read(stdout: impl Read + Send + 'static) -> Self {
        let (sender, receiver) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                let at = Instant::now();
                let news = match written(&line) {
                    Some((user, note)) => Ok(Written { at, user, note }),
                    None if line.starts_with("refused") => Err(line),
                    None => continue,
                };
                if sender.send(news).is_err() {
                    return;
                }
            }
        });
        Self(receiver)
    }

    /// The next one, if one comes until then.
    pub fn next(&self, until: Instant) -> Result<Option<Written>> {
        match self.0.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(Ok(written)) => Ok(Some(written)),
            Ok(Err(refused)) => bail!("the PBX complains: {refused}"),
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(RecvTimeoutError::Disconnected) => bail!("the PBX has ended"),
        }
    }

    /// Waits until something was set for this many users; gives the instant of the last.
    pub fn until_users(&self, users: u32, limit: Duration) -> Result<Instant> {
        let end = Instant::now() + limit;
        let mut seen = HashSet::new();
        while let Some(written) = self.next(end)? {
            seen.insert(written.user);
            if seen.len() == users as usize {
                return Ok(written.at);
            }
        }
        bail!("only {} of {users} users are shown after {limit:?}", seen.len())
    }
}

/// `user00017: "busy" "Change 3 until 12:30 #busy …"`
fn written(line: &str) -> Option<(u32, String)> {
    let (name, presence) = line.split_once(": ")?;
    let user = name.strip_prefix("user")?.parse().ok()?;
    // Activity and note in quotes; a quote in the note only cuts off what nobody looks at.
    Some((user, presence.split('"').nth(3)?.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_pbx_tells_user_and_note() {
        let line = r#"user00017: "away" "Change 3 until 12:30 #away""#;
        assert_eq!(written(line), Some((17, "Change 3 until 12:30 #away".to_owned())));
        assert_eq!(written("connected"), None);
        assert_eq!(written("refused: SetPresence"), None);
    }
}
