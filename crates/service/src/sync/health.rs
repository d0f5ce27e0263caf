//! What the status says of the synchronization.

use std::time::Duration;

use serde::Serialize;
use tokio::time::Instant;

use super::engine::Engine;
use super::sources::Source;
use crate::pbx::Problem;
use crate::source::{Advice, Details, MailboxState, PANICKED};

/// A PBX that restarts its connection is not worth an alarm; one that stays away longer is.
const PBX_GRACE: Duration = Duration::from_secs(15);

/// So many of the connected PBXs are named where another one is missing.
const MAX_NAMED: usize = 8;

/// State of the synchronization.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum State {
    /// Switched off in the settings.
    Off,
    /// Not all that it needs is there yet.
    Starting,
    Running,
    /// Something keeps it from working.
    Error,
}

/// What the engine tells of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Report {
    /// Of the settings that it is about.
    pub revision: i64,
    pub state: State,
    pub error: Option<Advice>,
    /// Where the calendars come from; where from several places, the one that is worst off.
    pub source: Option<SourceStatus>,
    /// All of them, where there are several.
    pub sources: Vec<SourceReport>,
    pub users: u32,
    pub matched: u32,
    pub unmatched: u32,
    /// How many of the users have a presence of ours at the PBX.
    pub shown: u32,
}

/// Where the calendars come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SourceStatus {
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Whether it answers; unknown at first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connected: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Whether changes are told, or asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub watching: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub streams: Option<usize>,
    /// Who has signed in, where somebody has to,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signed_in_as: Option<String>,
    /// and since when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signed_in_since: Option<i64>,
}

/// One of several sources.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct SourceReport {
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub state: State,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<&'static str>,
    /// Users whose mailbox is there.
    pub users: u32,
}

/// How old the data is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Freshness {
    pub newest: i64,
    pub oldest: i64,
}

impl Report {
    /// A state about which there is no more to tell.
    pub fn of(state: State) -> Self {
        Self {
            revision: 0,
            state,
            error: None,
            source: None,
            sources: Vec::new(),
            users: 0,
            matched: 0,
            unmatched: 0,
            shown: 0,
        }
    }
}

fn at_most(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

impl Engine {
    /// What the status says now.
    pub(super) fn report(&self, now: Instant) -> Report {
        if !self.is_active() {
            return Report { revision: self.revision, ..Report::of(State::Off) };
        }
        let (state, error) = self.state(now);
        let counts = self.people.counts();
        let is_known = !self.is_restarting();
        let count =
            |states: &[MailboxState]| states.iter().map(|&state| counts.of(state)).filter(|_| is_known).sum();
        Report {
            revision: self.revision,
            state,
            error,
            source: self.worst_source().filter(|_| is_known).map(|source| {
                let Details { server, version, watching, streams, signed_in, .. } = source.details();
                let connected = source.health.as_ref().map(Result::is_ok);
                let (signed_in_as, signed_in_since) = signed_in.map(|who| (who.name, who.since)).unzip();
                SourceStatus {
                    kind: source.kind,
                    connected,
                    server,
                    version,
                    watching,
                    streams,
                    signed_in_as,
                    signed_in_since,
                }
            }),
            sources: self.source_reports(),
            users: at_most(self.people.len()),
            matched: count(&[MailboxState::Matched]),
            unmatched: count(&[
                MailboxState::NoMailbox,
                MailboxState::NotInScope,
                MailboxState::HostedElsewhere,
            ]),
            shown: self.pbxs.main().map_or(0, |link| at_most(link.presences().shown())),
        }
    }

    /// Whether the sources are about to be started again, so that what they tell is of settings that are old.
    fn is_restarting(&self) -> bool {
        self.restart.at().is_some()
    }

    /// What keeps it from working comes first, then what it waits for, then what is amiss while it works.
    fn state(&self, now: Instant) -> (State, Option<Advice>) {
        let source = self.worst_source().filter(|_| !self.is_restarting());
        if let Some(Some(Err(advice))) = source.map(|source| &source.health) {
            return (State::Error, Some(advice.clone()));
        }
        if let Some(advice) = self.database_error.clone() {
            return (State::Error, Some(advice));
        }
        if let Some(advice) = self.pbx_lacks(now) {
            return (State::Starting, Some(advice));
        }
        let has_begun = self.has_users && source.is_some_and(|source| source.health.is_some());
        let state = if has_begun { State::Running } else { State::Starting };
        let warning = || source.and_then(|source| source.details().warning);
        (state, self.panicked().or_else(|| self.other_writer()).or_else(|| self.not_told()).or_else(warning))
    }

    /// One that does not work, else one that somebody waits for and that has not told, else the first that has.
    fn worst_source(&self) -> Option<&Source> {
        let somebody_waits = self.people.counts().of(MailboxState::Waiting) > 0;
        let rank = |(place, source): &(usize, &Source)| match source.health {
            Some(Err(_)) => 0,
            None if somebody_waits || self.people.at(*place) > 0 => 1,
            Some(Ok(())) => 2,
            // It serves nobody, so it is not asked.
            None => 3,
        };
        self.sources.iter().enumerate().min_by_key(rank).map(|(_, source)| source)
    }

    fn source_reports(&self) -> Vec<SourceReport> {
        if self.sources.len() < 2 {
            return Vec::new();
        }
        let report = |(place, source): (usize, &Source)| {
            let (state, error) = match &source.health {
                None => (State::Starting, None),
                Some(Ok(())) => (State::Running, None),
                Some(Err(advice)) => (State::Error, Some(advice.code)),
            };
            SourceReport { kind: source.kind, state, error, users: self.people.at(place) }
        };
        self.sources.iter().enumerate().map(report).collect()
    }

    fn panicked(&self) -> Option<Advice> {
        let users = self.people.counts().panicked();
        let text = format!(
            "Reading the mailboxes of {users} users failed inside the service, which is a defect of it. It is tried \
             again; please report it with the log."
        );
        (users > 0).then(|| Advice::new(PANICKED, text).with("users", users))
    }

    /// What the PBX has yet to do. That is waited for; nothing has failed.
    fn pbx_lacks(&self, now: Instant) -> Option<Advice> {
        let Some(link) = self.pbxs.main() else {
            let is_new = self.pbxs.missing_since().is_none_or(|since| now < since + PBX_GRACE);
            return (!is_new).then(|| self.pbx_missing());
        };
        let pbx = link.pbx();
        Some(match link.problem()? {
            Problem::Apis(apis) => {
                let names = apis.join(" and ");
                let text =
                    format!("The PBX {pbx} does not grant {names}. Tick {names} at its Calendar App object.");
                Advice::new("pbxRights", text).with("pbx", pbx).with("missing", apis.clone())
            }
            Problem::TooManyUsers(most) => {
                let text = format!(
                    "The PBX {pbx} has more than {most} users, and this service serves no more. Those beyond are left out."
                );
                Advice::new("pbxTooManyUsers", text).with("pbx", pbx).with("most", most)
            }
            Problem::Users(reason) => {
                let text = format!(
                    "The PBX {pbx} does not let its users be read: {reason}. Check the rights of its Calendar App object."
                );
                Advice::new("pbxRights", text).with("pbx", pbx).with("reason", reason.as_str())
            }
        })
    }

    fn pbx_missing(&self) -> Advice {
        let name = &self.settings.pbx_name;
        // In a crowd the first ones will do.
        let others: Vec<String> =
            self.service.pbxs.all().iter().take(MAX_NAMED).map(|peer| peer.info.pbx.clone()).collect();
        let connected = match others.as_slice() {
            [] => "No other is connected either: check that its Calendar App object is there, has the password of \
                   this service and \"websocket\" ticked."
                .to_owned(),
            others => format!("Connected are: {}. Check Master PBX Name.", others.join(", ")),
        };
        let text = format!("The PBX {name} is not connected. {connected}");
        Advice::new("pbxNotConnected", text).with("pbx", name.as_str()).with("connected", others)
    }

    /// A presence set by hand is to win, but nobody tells of one.
    fn not_told(&self) -> Option<Advice> {
        let link = self.pbxs.main().filter(|link| link.presences().is_untold())?;
        let pbx = link.pbx();
        let text = format!(
            "The PBX {pbx} does not tell which presences users have set by hand, so the calendars are shown in any \
             case. Check that its Calendar App object has PbxApi ticked, or switch off \"A presence set by hand wins\"."
        );
        Some(Advice::new("presencesNotTold", text).with("pbx", pbx))
    }

    fn other_writer(&self) -> Option<Advice> {
        let (replaced, watched) = self.pbxs.main()?.presences().replaced();
        let text = format!(
            "Another program replaces the calendar presence of {replaced} of {watched} watched users. Only one may \
             write it: switch off the other one, or this one. Until then each writes what it has to say, and the \
             last word stays."
        );
        let advice = || Advice::new("otherWriter", text).with("replaced", replaced).with("watched", watched);
        (replaced > 0).then(advice)
    }
}
