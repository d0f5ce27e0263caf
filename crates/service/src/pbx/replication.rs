//! How the table of users is read: first row by row, then changes as they happen, also in between.

use serde_json::{Map, Value, json};

use super::TABLE_USERS;
use super::users::{COLUMNS, MAX_USERS, Users};

/// A replication under way.
pub(super) struct Replication {
    src: String,
    state: State,
}

#[derive(Debug, PartialEq, Eq)]
enum State {
    Loading,
    Loaded,
    Refused(String),
    TooMany,
}

/// What follows from a message.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The next row is to be asked for.
    Next,
    /// All rows are there.
    Loaded,
    /// The PBX does not let us read, and says why.
    Refused(String),
    /// There are more than can be dealt with.
    TooMany,
    /// Nothing to be done.
    Nothing,
}

impl Replication {
    /// `src` must be new on its connection.
    pub fn new(src: String) -> Self {
        Self { src, state: State::Loading }
    }

    /// Never asks for the passwords.
    pub fn start(&self) -> String {
        let wanted = |name: &str| (name.to_owned(), json!({"update": name != "guid"}));
        let columns: Map<String, Value> = COLUMNS.into_iter().map(wanted).collect();
        json!({
            "api": TABLE_USERS, "mt": "ReplicateStart", "src": self.src, "add": true, "del": true, "columns": columns,
        })
        .to_string()
    }

    pub fn next(&self) -> String {
        json!({"api": TABLE_USERS, "mt": "ReplicateNext", "src": self.src}).to_string()
    }

    pub fn is_loading(&self) -> bool {
        self.state == State::Loading
    }

    pub fn is_loaded(&self) -> bool {
        self.state == State::Loaded
    }

    /// Why the PBX does not let us read, if it does not.
    pub fn refusal(&self) -> Option<String> {
        if let State::Refused(reason) = &self.state { Some(reason.clone()) } else { None }
    }

    /// Whether there are more users than can be dealt with, and how many can.
    pub fn too_many_for(&self) -> Option<usize> {
        (self.state == State::TooMany).then_some(MAX_USERS)
    }

    /// Takes over what a message of the table says.
    pub fn receive(&mut self, mt: &str, message: &Map<String, Value>, users: &mut Users) -> Step {
        // An earlier replication on the same connection cannot be stopped.
        if message.get("src").is_some_and(|src| *src != self.src.as_str()) {
            return Step::Nothing;
        }
        let columns = message.get("columns").and_then(Value::as_object);
        match mt {
            "ReplicateStartResult" | "ReplicateNextResult" if self.is_loading() => match error(message) {
                Some(error) => {
                    self.state = State::Refused(error.clone());
                    Step::Refused(error)
                }
                None => self.step(mt, columns, users),
            },
            "ReplicateAdd" | "ReplicateUpdate" | "ReplicateDel" => {
                match columns {
                    Some(columns) if mt == "ReplicateDel" => users.remove(columns),
                    Some(columns) if !users.put(columns) => return self.too_many(),
                    _ => {}
                }
                Step::Nothing
            }
            _ => Step::Nothing,
        }
    }

    fn step(&mut self, mt: &str, columns: Option<&Map<String, Value>>, users: &mut Users) -> Step {
        if mt == "ReplicateStartResult" {
            return Step::Next;
        }
        // [O] The end is told by a result without columns.
        let Some(columns) = columns.filter(|columns| !columns.is_empty()) else {
            self.state = State::Loaded;
            return Step::Loaded;
        };
        if users.put(columns) { Step::Next } else { self.too_many() }
    }

    fn too_many(&mut self) -> Step {
        if self.state == State::TooMany {
            return Step::Nothing;
        }
        self.state = State::TooMany;
        Step::TooMany
    }
}

/// What a result says has gone wrong.
pub(super) fn error(message: &Map<String, Value>) -> Option<String> {
    let error =
        message.get("error").filter(|error| !matches!(error.as_u64(), Some(0)) && !error.is_null())?;
    let text = message.get("errorText").and_then(Value::as_str).filter(|text| !text.is_empty());
    Some(text.map_or_else(|| format!("error {error}"), str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::super::users::UserChange;
    use super::*;

    fn receive(replication: &mut Replication, users: &mut Users, message: &Value) -> Step {
        let message = message.as_object().unwrap();
        replication.receive(message["mt"].as_str().unwrap(), message, users)
    }

    fn row(mt: &str, guid: &str, h323: &str) -> Value {
        json!({"mt": mt, "src": "u1", "columns": {"guid": guid, "h323": h323}})
    }

    #[test]
    fn rows_come_one_by_one_and_changes_in_between() {
        let (mut table, mut users) = (Replication::new("u1".to_owned()), Users::new("d"));
        let mut receive = |message: Value| receive(&mut table, &mut users, &message);
        assert_eq!(receive(json!({"mt": "ReplicateStartResult", "src": "u1", "columns": {}})), Step::Next);
        assert_eq!(receive(row("ReplicateNextResult", "1", "anna")), Step::Next);
        assert_eq!(receive(row("ReplicateAdd", "5", "emil")), Step::Nothing);
        assert_eq!(receive(row("ReplicateUpdate", "1", "anne")), Step::Nothing);
        assert_eq!(receive(row("ReplicateUpdate", "3", "carl")), Step::Nothing, "not yet read");
        assert_eq!(receive(row("ReplicateNextResult", "2", "bert")), Step::Next);
        assert_eq!(receive(row("ReplicateDel", "2", "bert")), Step::Nothing);
        assert_eq!(receive(row("ReplicateNextResult", "3", "carl")), Step::Next);
        assert_eq!(receive(json!({"mt": "ReplicateNextResult", "src": "u1"})), Step::Loaded);
        assert_eq!(receive(json!({"mt": "ReplicateNextResult", "src": "u1"})), Step::Nothing);
        assert_eq!(
            users.guids().filter_map(|guid| users.sip(guid)).collect::<Vec<_>>(),
            ["anne", "carl", "emil"]
        );
        assert!(users.take_changes().contains(&UserChange::Removed("2".to_owned())));
    }

    #[test]
    fn what_belongs_to_an_earlier_replication_is_left_out() {
        let (mut table, mut users) = (Replication::new("u2".to_owned()), Users::new("d"));
        assert_eq!(receive(&mut table, &mut users, &row("ReplicateAdd", "1", "anna")), Step::Nothing);
        assert_eq!(
            receive(&mut table, &mut users, &json!({"mt": "ReplicateNextResult", "src": "u1"})),
            Step::Nothing
        );
        assert!(table.is_loading());
        assert_eq!(users.take_changes(), []);
    }

    #[test]
    fn a_refusal_says_why_and_zero_is_none() {
        let (mut table, mut users) = (Replication::new("u1".to_owned()), Users::new("d"));
        let ok = json!({"mt": "ReplicateStartResult", "error": 0, "errorText": "", "columns": {}});
        assert_eq!(receive(&mut table, &mut users, &ok), Step::Next);
        let refused = json!({"mt": "ReplicateNextResult", "error": 5});
        assert_eq!(receive(&mut table, &mut users, &refused), Step::Refused("error 5".to_owned()));
        assert!(!table.is_loading() && !table.is_loaded());
    }

    #[test]
    fn passwords_are_never_asked_for() {
        let start = Replication::new("u1".to_owned()).start();
        assert!(!start.contains("pwd"));
        let start: Value = serde_json::from_str(&start).unwrap();
        for column in ["emails", "config", "grps"] {
            assert_eq!(start["columns"][column], json!({"update": true}));
        }
        assert_eq!((&start["add"], &start["del"]), (&json!(true), &json!(true)));
    }

    #[test]
    fn hardening_15_a_million_users_end_in_an_error() {
        let (mut table, mut users) = (Replication::new("u1".to_owned()), Users::new("d"));
        receive(&mut table, &mut users, &json!({"mt": "ReplicateStartResult", "src": "u1"}));
        let row = |number: usize| row("ReplicateNextResult", &number.to_string(), "a");
        assert!((0..MAX_USERS).all(|number| receive(&mut table, &mut users, &row(number)) == Step::Next));
        assert_eq!(receive(&mut table, &mut users, &row(MAX_USERS)), Step::TooMany, "no more are asked for");
        assert_eq!(table.too_many_for(), Some(500_000));
        assert!(!table.is_loading() && !table.is_loaded());
        let add = super::tests::row("ReplicateAdd", "one more", "b");
        assert_eq!(receive(&mut table, &mut users, &add), Step::Nothing, "told already");
    }
}
