use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// A user of a `GetUsersResult`.
    pub type UserMessage;

    #[wasm_bindgen(method, getter)]
    fn guid(this: &UserMessage) -> String;
    #[wasm_bindgen(method, getter)]
    fn name(this: &UserMessage) -> String;
    #[wasm_bindgen(method, getter)]
    fn addresses(this: &UserMessage) -> Vec<String>;
    #[wasm_bindgen(method, getter)]
    fn mailbox(this: &UserMessage) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn state(this: &UserMessage) -> String;
    #[wasm_bindgen(method, getter, js_name = errorText)]
    fn error_text(this: &UserMessage) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn note(this: &UserMessage) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn activity(this: &UserMessage) -> Option<String>;
    #[wasm_bindgen(method, getter, js_name = lastSync)]
    fn last_sync(this: &UserMessage) -> Option<f64>;
}

/// A user as the service tells of him.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct User {
    /// Identifies him at the PBX.
    pub guid: String,
    /// His name.
    pub name: String,
    /// His addresses, in one line.
    pub addresses: String,
    /// The mailbox that was found.
    pub mailbox: String,
    /// How it goes with his calendar.
    pub state: State,
    /// What is wrong, in English.
    pub error: String,
    /// The presence as the PBX has it; empty as long as nothing is known.
    pub note: String,
    /// Its activity; empty for free.
    pub activity: String,
    /// When his calendar was last read, in milliseconds since the epoch.
    pub last_sync: Option<f64>,
}

impl From<&UserMessage> for User {
    fn from(message: &UserMessage) -> Self {
        Self {
            guid: message.guid(),
            name: message.name(),
            addresses: message.addresses().join(", "),
            mailbox: message.mailbox().unwrap_or_default(),
            state: State::from_name(&message.state()),
            error: message.error_text().unwrap_or_default(),
            note: message.note().unwrap_or_default(),
            activity: message.activity().unwrap_or_default(),
            last_sync: message.last_sync(),
        }
    }
}

/// How it goes with a user's calendar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
}

impl State {
    /// All states.
    pub const ALL: [Self; 7] = [
        Self::Waiting,
        Self::Matched,
        Self::NoMailbox,
        Self::NotInScope,
        Self::HostedElsewhere,
        Self::Failed,
        Self::Excluded,
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
        }
    }

    fn from_name(name: &str) -> Self {
        Self::ALL.into_iter().find(|state| state.name() == name).unwrap_or_default()
    }

    /// Whether it is good, bad or neither, for its colour.
    pub const fn health(self) -> &'static str {
        match self {
            Self::Waiting | Self::Excluded => "",
            Self::Matched => "good",
            Self::NoMailbox | Self::NotInScope | Self::HostedElsewhere => "fair",
            Self::Failed => "bad",
        }
    }
}
