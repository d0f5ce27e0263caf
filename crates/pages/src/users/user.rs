use serde::Deserialize;
use serde_json::Value as Json;

use super::day::Part;

/// A user as the service tells of him.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct User {
    /// Identifies him at the PBX.
    pub guid: String,
    /// His name.
    pub name: String,
    /// His addresses.
    pub addresses: Vec<String>,
    /// The mailbox that was found.
    pub mailbox: Option<String>,
    /// How it goes with his calendar.
    pub state: State,
    /// Code of what is wrong, …
    pub error: Option<String>,
    /// … what a sentence about it is made of, …
    pub facts: Json,
    /// … and what the service says of it, in English.
    pub error_text: Option<String>,
    /// The presence as the PBX has it; absent as long as nothing is known.
    pub note: Option<String>,
    /// Its activity; empty for free.
    pub activity: Option<String>,
    /// When his calendar was last read, in milliseconds since the epoch.
    pub last_sync: Option<f64>,
    /// What he is shown as during the day, where that is known.
    pub day: Option<Vec<Part>>,
}

impl User {
    /// The activity that is shown, as pages colour it; empty where there is none.
    pub fn activity(&self) -> String {
        match (&self.note, self.activity.as_deref().unwrap_or_default()) {
            (None, _) => String::new(),
            (_, "") => "free".to_owned(),
            (_, activity) => activity.to_owned(),
        }
    }

    /// The mailbox, where it is none of the addresses.
    pub fn other_mailbox(&self) -> Option<&str> {
        let mailbox = self.mailbox.as_deref()?;
        let is_known = self.addresses.iter().any(|address| address.eq_ignore_ascii_case(mailbox));
        (!is_known).then_some(mailbox)
    }
}

/// How it goes with a user's calendar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(from = "String")]
pub enum State {
    /// It was not looked for yet.
    #[default]
    Waiting,
    /// It is read.
    Matched,
    /// None of the addresses leads to a mailbox.
    NoMailbox,
    /// The registration may not read it.
    NotInScope,
    /// It is not in the cloud.
    HostedElsewhere,
    /// It could not be read.
    Failed,
    /// The settings leave the user out.
    Excluded,
    /// The user does not want it to be shown.
    HiddenByUser,
}

impl State {
    /// All states.
    pub const ALL: [Self; 8] = [
        Self::Waiting,
        Self::Matched,
        Self::NoMailbox,
        Self::NotInScope,
        Self::HostedElsewhere,
        Self::Failed,
        Self::Excluded,
        Self::HiddenByUser,
    ];

    /// The word that the service has for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Matched => "matched",
            Self::NoMailbox => "noMailbox",
            Self::NotInScope => "notInScope",
            Self::HostedElsewhere => "hostedElsewhere",
            Self::Failed => "failed",
            Self::Excluded => "excluded",
            Self::HiddenByUser => "hiddenByUser",
        }
    }

    /// Whether it is good, bad or neither, for its colour.
    pub const fn health(self) -> &'static str {
        match self {
            Self::Waiting | Self::Excluded | Self::HiddenByUser => "",
            Self::Matched => "good",
            Self::NoMailbox | Self::NotInScope | Self::HostedElsewhere => "fair",
            Self::Failed => "bad",
        }
    }
}

impl From<String> for State {
    fn from(name: String) -> Self {
        Self::ALL.into_iter().find(|state| state.name() == name).unwrap_or_default()
    }
}
