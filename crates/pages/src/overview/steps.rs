//! What has to happen until presences are shown: six steps, each with how it stands, why, and what comes next.

use calendar::settings::{Settings, SyncType};

use crate::told::Status;

/// How a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// It is done.
    Done,
    /// It follows from others, or is under way.
    Waits,
    /// The administrator has to do something.
    ToDo,
    /// It was tried in vain.
    Failed,
}

/// Why it stands so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// There is nothing to be said.
    Nothing,
    /// The settings name no PBX.
    NoName,
    /// The PBX of this name is not connected.
    NotConnected(String),
    /// No way to the calendars is chosen.
    NoType,
    /// What the service says, in English.
    Said(String),
    /// The PBX will tell.
    WithPbx,
    /// The PBX has told of nobody.
    Nobody,
    /// Nobody has a mailbox that can be read.
    NoMailbox,
    /// It is under way.
    Reading,
    /// It follows by itself.
    Follows,
}

/// What is to be done next, and where: an item or a part of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Nothing.
    Nothing,
    /// Enter the name of the PBX.
    PbxName,
    /// Check the App objects.
    Objects,
    /// Choose a way to the calendars.
    SyncType,
    /// Check the way that is chosen.
    Exchange,
    /// See what keeps the users from being read.
    Users,
}

/// A step as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// How.
    pub stand: Stand,
    /// Why.
    pub reason: Reason,
    /// What comes next.
    pub next: Next,
}

impl Step {
    const DONE: Self = Self { stand: Stand::Done, reason: Reason::Nothing, next: Next::Nothing };

    fn waits(reason: Reason, next: Next) -> Self {
        Self { stand: Stand::Waits, reason, next }
    }

    fn to_do(reason: Reason, next: Next) -> Self {
        Self { stand: Stand::ToDo, reason, next }
    }

    fn failed(reason: Reason, next: Next) -> Self {
        Self { stand: Stand::Failed, reason, next }
    }
}

/// All steps: the PBX, the way to the calendars, the connection to them, users, mailboxes, presences.
pub fn steps(settings: &Settings, status: &Status) -> [Step; 6] {
    let is_off = settings.sync_type == SyncType::Disabled;
    let way = if is_off { Step::to_do(Reason::NoType, Next::SyncType) } else { Step::DONE };
    let follows = |step: fn(&Status) -> Step| {
        if is_off { Step::waits(Reason::Nothing, Next::Nothing) } else { step(status) }
    };
    [
        pbx(&settings.pbx_name, status),
        way,
        follows(connection),
        follows(users),
        follows(mailboxes),
        follows(presences),
    ]
}

fn pbx(name: &str, status: &Status) -> Step {
    if status.pbx.connected {
        return match status.error.as_deref() {
            Some("pbxRights" | "pbxTooManyUsers") => Step::failed(said(status), Next::Objects),
            _ => Step::DONE,
        };
    }
    if name.is_empty() {
        return Step::to_do(Reason::NoName, Next::PbxName);
    }
    Step::waits(Reason::NotConnected(name.to_owned()), Next::Objects)
}

fn connection(status: &Status) -> Step {
    let connected = status.source.as_ref().and_then(|source| source.connected);
    match (&*status.sync, connected) {
        ("error", _) | (_, Some(false)) => Step::failed(said(status), Next::Exchange),
        (_, Some(true)) => Step::DONE,
        _ => Step::waits(Reason::Reading, Next::Nothing),
    }
}

fn users(status: &Status) -> Step {
    match (status.users, status.pbx.connected) {
        (0, true) => Step::waits(Reason::Nobody, Next::Objects),
        (0, false) => Step::waits(Reason::WithPbx, Next::Nothing),
        _ => Step::DONE,
    }
}

fn mailboxes(status: &Status) -> Step {
    match (status.users, status.matched, status.unmatched) {
        (0, ..) => Step::waits(Reason::Nothing, Next::Nothing),
        (_, 0, unmatched) if unmatched > 0 => Step::failed(Reason::NoMailbox, Next::Users),
        (_, 0, _) => Step::waits(Reason::Reading, Next::Nothing),
        _ => Step::DONE,
    }
}

fn presences(status: &Status) -> Step {
    if status.shown > 0 { Step::DONE } else { Step::waits(Reason::Follows, Next::Nothing) }
}

fn said(status: &Status) -> Reason {
    status.error_text.clone().map_or(Reason::Nothing, Reason::Said)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::told::{Pbx, Source};

    fn stands(settings: &Settings, status: &Status) -> [(Stand, Next); 6] {
        steps(settings, status).map(|step| (step.stand, step.next))
    }

    fn graph() -> Settings {
        Settings { pbx_name: "master".to_owned(), sync_type: SyncType::Graph, ..Settings::default() }
    }

    #[test]
    fn a_new_configuration_asks_for_the_name_and_the_way() {
        let waits = (Stand::Waits, Next::Nothing);
        let expected =
            [(Stand::ToDo, Next::PbxName), (Stand::ToDo, Next::SyncType), waits, waits, waits, waits];
        assert_eq!(stands(&Settings::default(), &Status::default()), expected);
    }

    #[test]
    fn what_the_service_waits_for_and_what_has_failed_says_where_to_go() {
        let status = Status {
            sync: "error".to_owned(),
            error: Some("secretWrong".to_owned()),
            error_text: Some("Wrong.".to_owned()),
            source: Some(Source { connected: Some(false), ..Source::default() }),
            ..Status::default()
        };
        let found = steps(&graph(), &status);
        assert_eq!(found[0], Step::waits(Reason::NotConnected("master".to_owned()), Next::Objects));
        assert_eq!(found[1], Step::DONE);
        assert_eq!(found[2], Step::failed(Reason::Said("Wrong.".to_owned()), Next::Exchange));
        assert_eq!(found[3].reason, Reason::WithPbx);
        let status = Status { pbx: Pbx { connected: true }, error: Some("pbxRights".to_owned()), ..status };
        assert_eq!(steps(&graph(), &status)[0].next, Next::Objects);
        assert_eq!(steps(&graph(), &status)[3].reason, Reason::Nobody);
    }

    #[test]
    fn everything_is_done_once_presences_are_shown() {
        let status = Status {
            sync: "running".to_owned(),
            pbx: Pbx { connected: true },
            source: Some(Source { connected: Some(true), ..Source::default() }),
            users: 3,
            matched: 2,
            unmatched: 1,
            ..Status::default()
        };
        let now = steps(&graph(), &status);
        assert_eq!(now[5], Step::waits(Reason::Follows, Next::Nothing));
        assert_eq!(&now[..5], [const { Step::DONE }; 5]);
        let now = steps(&graph(), &Status { shown: 2, ..status.clone() });
        assert!(now.iter().all(|step| step.stand == Stand::Done));
        let nobody = Status { matched: 0, unmatched: 3, ..status };
        assert_eq!(steps(&graph(), &nobody)[4], Step::failed(Reason::NoMailbox, Next::Users));
    }
}
