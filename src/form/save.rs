use calendar::settings::transfer::Difference;
use calendar::settings::{Code, Item, Kind, Secret, Value};
use leptos::prelude::*;
use serde_json::{Map, Value as Json};

use super::draft::{Changes, Draft};
use super::session::Form;
use crate::connection::{Config, Failure, Items, Outcome, State, WriteConfig};
use crate::platform::random_text;
use crate::text;

/// Something to be said about a save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// It is on its way.
    Saving,
    /// It was saved.
    Saved,
    /// The save before was undone.
    Undone,
    /// It was, but for passwords.
    UndoneInPart,
    /// There is nothing to save.
    NothingToSave,
    /// A conflict must be settled first.
    SettleFirst,
    /// So many items are wrong.
    Problems(usize),
    /// An item is probably mixed up; it is saved when that is said once more.
    Doubtful(Item),
    /// There is no connection.
    NotConnected,
    /// The connection broke; it may have been saved.
    ConnectionLost,
    /// It is too long for one message.
    TooLarge,
    /// This login has no rights.
    AccessDenied,
    /// The service does not say why.
    Failed,
    /// The service has answered something else than it should; with what.
    Unreadable(String),
    /// An item is wrong which this form does not know.
    FailedItem(String),
}

/// How a notice looks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// It went well.
    Good,
    /// Nothing happened.
    Neutral,
    /// Something is to be done.
    Bad,
}

impl Notice {
    /// How it looks.
    pub fn tone(&self) -> Tone {
        match self {
            Self::Saved | Self::Undone | Self::UndoneInPart => Tone::Good,
            Self::Saving | Self::NothingToSave => Tone::Neutral,
            _ => Tone::Bad,
        }
    }

    /// Whether it is about a connection that was not there.
    pub fn is_of_line(&self) -> bool {
        matches!(self, Self::NotConnected | Self::ConnectionLost)
    }

    /// What it says in the form's language.
    pub fn sentence(&self, form: Form) -> String {
        let words = match self {
            Self::Saving => text::SAVING,
            Self::Saved => text::SAVED,
            Self::Undone => text::UNDONE,
            Self::UndoneInPart => text::UNDONE_IN_PART,
            Self::NothingToSave => text::NOTHING_TO_SAVE,
            Self::SettleFirst => text::SETTLE_FIRST,
            Self::Problems(count) => return form.counted(text::PROBLEMS, *count),
            Self::Doubtful(item) => return form.filled(text::DOUBTFUL, form.text(text::label(*item))),
            Self::NotConnected => text::NOT_CONNECTED,
            Self::ConnectionLost => text::CONNECTION_LOST,
            Self::TooLarge => text::TOO_LARGE,
            Self::AccessDenied => text::ACCESS_DENIED,
            Self::Failed => text::FAILED,
            Self::Unreadable(why) => return form.filled(text::UNREADABLE, why),
            Self::FailedItem(name) => return form.filled(text::FAILED_ITEM, name),
        };
        form.text(words).to_owned()
    }
}

/// How often a save is repeated because others keep saving other items meanwhile.
const ATTEMPTS: usize = 3;

impl Form {
    /// Saves what was changed, or says why not.
    pub async fn save(self) {
        if self.notice.get_untracked() == Some(Notice::Saving) {
            return;
        }
        let notice = if let Some(notice) = self.hindrance() {
            notice
        } else {
            self.notice.set(Some(Notice::Saving));
            self.send().await
        };
        self.notice.set(Some(notice));
    }

    /// Takes back what the last save has changed, and saves that.
    pub async fn undo(self) {
        let is_secret = |change: &Difference| change.item.kind() == Kind::Password;
        let had_secrets = self.state.now(|draft| draft.last_save().iter().any(is_secret));
        self.change(Draft::undo);
        self.save().await;
        if self.notice.get_untracked() == Some(Notice::Saved) {
            self.notice.set(Some(if had_secrets { Notice::UndoneInPart } else { Notice::Undone }));
        }
    }

    /// What keeps the form from being saved. Shows it where it is.
    fn hindrance(self) -> Option<Notice> {
        if let Some(conflict) = self.conflict() {
            return Some(conflict);
        }
        self.change(Draft::touch_all);
        if let Some(problem) = self.problem() {
            return Some(problem);
        }
        let mut doubt = None;
        self.change(|draft| doubt = draft.doubt());
        if let Some(item) = doubt {
            self.focus(item);
            return Some(Notice::Doubtful(item));
        }
        if self.line.get_untracked() != State::Connected {
            return Some(Notice::NotConnected);
        }
        let is_changed = self.state.now(|draft| !draft.changes().is_empty());
        (!is_changed).then_some(Notice::NothingToSave)
    }

    fn conflict(self) -> Option<Notice> {
        self.focus(self.state.now(Draft::first_conflict)?);
        Some(Notice::SettleFirst)
    }

    fn problem(self) -> Option<Notice> {
        let (first, count) = self.state.now(|draft| {
            let problems = draft.problems();
            Some((problems.first()?.0, problems.len()))
        })?;
        self.focus(first);
        Some(Notice::Problems(count))
    }

    async fn send(self) -> Notice {
        for _ in 0..ATTEMPTS {
            let Some((sent, body)) = self.to_message() else { return self.refuse_secrets(Code::Insecure) };
            let reply = match self.connection().request::<Config>("WriteConfig", &body).await {
                Ok(reply) => reply,
                Err(Failure::NotConnected) => return Notice::NotConnected,
                Err(Failure::Lost) => return Notice::ConnectionLost,
                Err(Failure::TooLarge) => return Notice::TooLarge,
                Err(Failure::Unreadable(why)) => return Notice::Unreadable(why),
            };
            if reply.error.as_deref() == Some(Code::Encryption.as_str()) {
                return self.refuse_secrets(Code::Encryption);
            }
            match reply.outcome() {
                Outcome::Ok => {
                    let items = reply.items.unwrap_or_default().0;
                    self.change(|draft| draft.saved(sent, &items, reply.revision));
                    self.spawn(self.check_status());
                    return Notice::Saved;
                }
                Outcome::AccessDenied => return Notice::AccessDenied,
                Outcome::Failed => return self.refused(reply),
                Outcome::Conflict => self.load().await,
            }
            if let Some(conflict) = self.conflict() {
                return conflict;
            }
        }
        Notice::Failed
    }

    /// The changes, and the message that sends them. None where secrets among them would be readable on the way.
    pub fn to_message(self) -> Option<(Changes, WriteConfig)> {
        self.state.now(|draft| {
            let changes = draft.changes();
            let mut items = Items::new();
            for (item, value) in &changes {
                let json = match value {
                    Value::Secret(Secret::Given(secret)) => self.hidden(secret)?,
                    Value::Secret(_) => Json::Null,
                    _ => draft.settings().item_to_json(*item),
                };
                items.insert(item.name().to_owned(), json);
            }
            Some((changes, WriteConfig { items, revision: draft.revision() }))
        })
    }

    /// A secret as it travels: under the session key where there is one. Without, it goes as it is, which the service
    /// takes over a secure connection alone. A relay cannot know the way, so there none goes over another.
    pub fn hidden(self, secret: &str) -> Option<Json> {
        let connection = self.connection();
        let (Some(key), Some(seed)) = (connection.session_key(), random_text()) else {
            return (connection.is_secure() || !self.is_relayed()).then(|| Json::from(secret));
        };
        let mut hidden = Map::new();
        hidden.insert("value".to_owned(), Json::from(key.encrypt(&seed, secret)));
        hidden.insert("key".to_owned(), Json::from(seed));
        Some(Json::Object(hidden))
    }

    /// Shows at each secret that was typed why it could not be sent.
    fn refuse_secrets(self, code: Code) -> Notice {
        self.change(|draft| {
            for (item, value) in draft.changes() {
                if matches!(value, Value::Secret(Secret::Given(_))) {
                    draft.refuse(item, code);
                }
            }
        });
        self.problem().unwrap_or(Notice::Failed)
    }

    /// Shows at the fields what the service found wrong; what belongs to no field is named.
    fn refused(self, reply: Config) -> Notice {
        let mut stranger = None;
        self.change(|draft| {
            for wrong in reply.errors {
                let (name, code) = (wrong.item, wrong.error);
                let code = Code::ALL.iter().copied().find(|known| known.as_str() == code);
                match (Item::from_name(&name), code) {
                    (Some(item), Some(code)) if item.shown(draft.settings()) => draft.refuse(item, code),
                    _ => stranger = Some(name),
                }
            }
        });
        match (self.problem(), stranger) {
            (Some(problem), _) => problem,
            (None, Some(name)) => Notice::FailedItem(name),
            (None, None) => Notice::Failed,
        }
    }
}
