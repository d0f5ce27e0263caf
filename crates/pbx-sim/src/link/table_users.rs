//! `PbxTableUsers`: the table of users, replicated.

use std::collections::{BTreeMap, HashSet};

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::session::{Reply, Session};
use crate::directory::Guid;
use crate::message::{Message, Refusal, envelope};
use crate::state::{Event, State};
use crate::user::User;
use crate::violation::{Rule, Violation};

const API: &str = "PbxTableUsers";

/// Columns of the published table that the stand-in has none of. They may be asked for; the result of the
/// start does not name them.
const NOT_HERE: [&str; 14] = [
    "apps-my", "node", "hide", "cfpr", "t-cfpr", "pseudo", "apps", "fax", "allows", "t-allows", "devices",
    "cds", "forks", "wakeups",
];

/// A replication under way.
pub(super) struct Replication {
    columns: Vec<Column>,
    /// Names of the columns whose changes are told.
    updates: HashSet<&'static str>,
    add: bool,
    del: bool,
    last: Option<Guid>,
    complete: bool,
}

/// A column: its name, and what stands in it.
type Column = (&'static str, fn(&User) -> Value);

/// The columns of the stand-in.
const COLUMNS: [Column; 10] = [
    ("guid", |user| json!(user.guid)),
    ("h323", |user| json!(user.h323)),
    ("cn", |user| json!(user.cn)),
    ("dn", |user| json!(user.dn)),
    ("e164", |user| json!(user.e164)),
    ("h323-email", |user| json!(user.h323_email)),
    ("emails", |user| user.emails.iter().map(|email| json!({ "email": email })).collect()),
    ("loc", |user| json!(user.loc)),
    ("config", |user| json!(user.config)),
    ("grps", |user| {
        user.grps.iter().map(|name| json!({ "name": name, "mode": "active", "dyn": "" })).collect()
    }),
];

/// `guid` and `usn` resume an earlier replication since 13r3; this one always starts from the beginning, as a
/// PBX does that does not know them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReplicateStart {
    #[serde(default)]
    add: bool,
    #[serde(default)]
    del: bool,
    columns: BTreeMap<String, Wish>,
    #[serde(default, rename = "pseudo")]
    _pseudo: Vec<String>,
    #[serde(default, rename = "guid")]
    _guid: Option<String>,
    #[serde(default, rename = "usn")]
    _usn: Option<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wish {
    #[serde(default)]
    update: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReplicateNext {}

pub(super) fn handle(session: &mut Session, message: &Message, state: &mut State) -> Result<Reply, Refusal> {
    let result = match message.mt.as_str() {
        "ReplicateStart" => start(session, message, state)?,
        "ReplicateNext" => next(session, message, state)?,
        "ReplicateAdd" | "ReplicateUpdate" | "ReplicateDel" => {
            return Err(Refusal::new(Rule::TableWrite, "a calendar only reads the users"));
        }
        _ => return Err(Refusal::new(Rule::UnknownMessage, "no message of a replication")),
    };
    Ok(Reply { result, ..Reply::default() })
}

fn start(session: &mut Session, message: &Message, state: &mut State) -> Result<Value, Refusal> {
    let wanted: ReplicateStart = message.fields()?;
    if wanted.columns.is_empty() {
        return Err(Refusal::new(Rule::Shape, "no columns"));
    }
    if session.replications.contains_key(&message.src) {
        return Err(Refusal::new(Rule::Order, "a replication with this src is under way"));
    }
    let (mut columns, mut updates) = (Vec::new(), HashSet::new());
    for (name, Wish { update }) in wanted.columns {
        match available(&name) {
            Ok(Some(column)) => {
                columns.push(column);
                updates.extend(update.then_some(column.0));
            }
            Ok(None) => {}
            // The column alone is missing then, so the replication goes on.
            Err(violation) => state.violations.push(violation),
        }
    }
    let names: Map<String, Value> = columns.iter().map(|(name, _)| ((*name).into(), json!({}))).collect();
    let (add, del) = (wanted.add, wanted.del);
    let replication = Replication { columns, updates, add, del, last: None, complete: false };
    session.replications.insert(message.src.clone(), replication);
    Ok(message.result(json!({ "columns": names })))
}

/// A column by its name; `None` for one that only real PBXs have.
fn available(name: &str) -> Result<Option<Column>, Violation> {
    if name == "pwd" {
        return Err(Violation::new(Rule::Password, "ReplicateStart: the column pwd"));
    }
    let column = COLUMNS.into_iter().find(|(known, _)| *known == name);
    if column.is_none() && !NOT_HERE.contains(&name) {
        let detail = format!("ReplicateStart: the table of users has no column {name:?}");
        return Err(Violation::new(Rule::Column, detail));
    }
    Ok(column)
}

fn next(session: &mut Session, message: &Message, state: &mut State) -> Result<Value, Refusal> {
    let ReplicateNext {} = message.fields()?;
    let Some(replication) = session.replications.get_mut(&message.src) else {
        return Err(Refusal::new(Rule::Order, "no replication with this src was started"));
    };
    if replication.complete {
        return Err(Refusal::new(Rule::Order, "the end of the table was reached before"));
    }
    let Some((guid, user)) = state.directory.next_after(replication.last.as_ref()) else {
        replication.complete = true;
        state.replicated = true;
        return Ok(message.result(json!({})));
    };
    replication.last = Some(guid.clone());
    Ok(message.result(json!({ "columns": replication.row(user) })))
}

impl Replication {
    fn row(&self, user: &User) -> Map<String, Value> {
        self.columns.iter().map(|(name, value)| ((*name).into(), value(user))).collect()
    }

    /// The message that an event calls for, by name and row.
    fn news(&self, event: &Event) -> Option<(&'static str, Map<String, Value>)> {
        match event {
            Event::Added(user) if self.add => Some(("ReplicateAdd", self.row(user))),
            Event::Deleted(user) if self.del => Some(("ReplicateDel", self.row(user))),
            Event::Changed { before, after } => {
                let told = self
                    .columns
                    .iter()
                    .any(|(name, value)| self.updates.contains(name) && value(before) != value(after));
                told.then(|| ("ReplicateUpdate", self.row(after)))
            }
            Event::Added(_) | Event::Deleted(_) | Event::Presence(_) => None,
        }
    }
}

/// Changes are told at once, also while the table is still being read.
pub(super) fn tell(session: &Session, event: &Event) {
    for (src, replication) in &session.replications {
        if let Some((mt, row)) = replication.news(event) {
            session.send(envelope(mt, Some(API), src.as_deref(), json!({ "columns": row })));
        }
    }
}
