use std::fmt;

/// What a message broke.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rule {
    /// Frames are text of at most 65 535 bytes that hold one JSON object with a name.
    Frame,
    /// Challenge, login and nothing else before the login.
    Login,
    /// The name of the message is not known here.
    UnknownMessage,
    /// The API was not granted, or does not exist.
    UnknownApi,
    /// Fields are missing, unknown, or of another type than published.
    Shape,
    /// The user never was one of this PBX, or `sip` and `guid` name two.
    UnknownUser,
    /// The contact is not the calendar's: the user's own presence would be overwritten.
    Contact,
    /// The activity is not one that clients know.
    Activity,
    /// A password was asked for.
    Password,
    /// The table has no such column.
    Column,
    /// The message does not fit what went before.
    Order,
    /// The service wrote to a table that it should only read.
    TableWrite,
    /// The object does not exist, or exists already.
    Object,
}

/// One message that a PBX would have refused or ignored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// What it broke.
    pub rule: Rule,
    /// Which message it was and what was wrong, in words.
    pub detail: String,
}

impl Violation {
    pub(crate) fn new(rule: Rule, detail: impl Into<String>) -> Self {
        Self { rule, detail: detail.into() }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.rule, self.detail)
    }
}
