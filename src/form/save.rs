use calendar::settings::{Code, Item, Secret, Value};
use leptos::prelude::*;
use serde_json::{Map, Value as Json, json};

use super::draft::{Changes, Draft};
use super::session::Form;
use crate::connection::{Config, Failure, Outcome, State};
use crate::platform::random_text;
use crate::text::Text;

/// Something to be said about a save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What.
    pub text: Text,
    /// Stands in the place of `$0`.
    pub value: String,
}

impl From<Text> for Notice {
    fn from(text: Text) -> Self {
        Self { text, value: String::new() }
    }
}

/// How often a save is repeated because others keep saving other items meanwhile.
const ATTEMPTS: usize = 3;

impl Form {
    /// Saves what was changed, or says why not.
    pub async fn save(self) {
        if self.saving.get_untracked() {
            return;
        }
        self.notice.set(None);
        let notice = match self.hindrance() {
            Some(notice) => notice,
            None => {
                self.saving.set(true);
                let notice = self.send().await;
                self.saving.set(false);
                notice
            }
        };
        self.notice.set(Some(notice));
    }

    /// What keeps the form from being saved. Shows it where it is.
    fn hindrance(self) -> Option<Notice> {
        if let Some(item) = self.draft.with_untracked(Draft::first_conflict) {
            self.focus(item);
            return Some(Text::SettleFirst.into());
        }
        self.draft.update(Draft::touch_all);
        let problems = self.problems.get_untracked();
        if let Some((item, _)) = problems.first() {
            self.focus(*item);
            return Some(self.problem_notice());
        }
        if self.state.get_untracked() != State::Connected {
            return Some(Text::NotConnected.into());
        }
        let is_changed = self.draft.with_untracked(|draft| !draft.changes().is_empty());
        (!is_changed).then(|| Text::NothingToSave.into())
    }

    fn problem_notice(self) -> Notice {
        match self.problems.get_untracked().len() {
            1 => Text::OneProblem.into(),
            count => Notice { text: Text::Problems, value: count.to_string() },
        }
    }

    async fn send(self) -> Notice {
        for _ in 0..ATTEMPTS {
            let (sent, revision) = self.draft.with_untracked(|draft| (draft.changes(), draft.revision()));
            let mut body = Map::new();
            body.insert("ConfigItems".to_owned(), Json::Object(self.to_items(&sent)));
            if let Some(revision) = revision {
                body.insert("revision".to_owned(), Json::from(revision));
            }
            let reply: Config = match self.connection().request("WriteConfig", body).await {
                Ok(reply) => reply,
                Err(Failure::NotConnected) => return Text::NotConnected.into(),
                Err(Failure::Lost) => return Text::ConnectionLost.into(),
                Err(Failure::TooLarge) => return Text::TooLarge.into(),
            };
            match reply.result {
                Some(Outcome::Ok) => {
                    self.draft.update(|draft| draft.saved(sent, &reply.items, reply.revision));
                    return Text::Saved.into();
                }
                Some(Outcome::AccessDenied) => return Text::AccessDenied.into(),
                Some(Outcome::Failed) | None => return self.refused(&reply),
                Some(Outcome::Conflict) => self.load().await,
            }
            if let Some(item) = self.draft.with_untracked(Draft::first_conflict) {
                self.focus(item);
                return Text::SettleFirst.into();
            }
        }
        Text::Failed.into()
    }

    /// The items as they travel: passwords under the session key where there is one. Without, they go as they are;
    /// the service takes that over a secure connection alone.
    fn to_items(self, changes: &Changes) -> Map<String, Json> {
        let key = self.connection().session_key();
        let hide = |secret: &str| match (&key, random_text()) {
            (Some(key), Some(seed)) => json!({ "value": key.encrypt(&seed, secret), "key": seed }),
            _ => Json::from(secret),
        };
        let to_json = |(item, value): &(Item, Value)| match value {
            Value::Secret(Secret::Given(secret)) => hide(secret),
            Value::Secret(_) => Json::Null,
            _ => self.draft.with_untracked(|draft| draft.settings().item_to_json(*item)),
        };
        changes.iter().map(|change| (change.0.name().to_owned(), to_json(change))).collect()
    }

    /// Shows at the fields what the service found wrong.
    fn refused(self, reply: &Config) -> Notice {
        let mut stranger = None;
        self.draft.update(|draft| {
            for error in &reply.errors {
                let code = Code::ALL.iter().copied().find(|code| code.as_str() == error.error);
                match (Item::from_name(&error.item), code) {
                    (Some(item), Some(code)) if item.shown(draft.settings()) => draft.refuse(item, code),
                    _ => stranger = Some(&error.item),
                }
            }
        });
        match (self.problems.get_untracked().first(), stranger) {
            (Some((item, _)), _) => {
                self.focus(*item);
                self.problem_notice()
            }
            (None, Some(name)) => Notice { text: Text::FailedItem, value: name.clone() },
            (None, None) => Text::Failed.into(),
        }
    }
}
