use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;

use super::user::{User, UserMessage};
use crate::frame::{Frame, object, spawn};

/// Users in one answer.
const PAGE: u32 = 100;
/// After this many milliseconds the users are asked for again.
const PAUSE: u32 = 5_000;

#[wasm_bindgen]
extern "C" {
    type Answer;

    #[wasm_bindgen(method, getter)]
    fn users(this: &Answer) -> Option<Array>;
    #[wasm_bindgen(method, getter)]
    fn more(this: &Answer) -> Option<String>;
}

/// Where the last question stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// It is on its way.
    Loading,
    /// It was answered.
    Loaded,
    /// It was not.
    Failed,
}

/// What the parts of the page share. Handles to signals, so it is copied freely.
#[derive(Clone, Copy)]
pub struct List {
    /// What it has of the form.
    pub frame: Frame,
    /// The word of the state that is asked for; empty for any.
    pub state: RwSignal<String>,
    /// The users that came.
    pub users: RwSignal<Vec<User>>,
    /// Where the next page begins, if there is one.
    pub more: RwSignal<Option<String>>,
    /// Where the last question stands.
    pub phase: RwSignal<Phase>,
    search: RwSignal<String>,
    /// Grows with every question, so that late answers are known.
    question: StoredValue<u32>,
}

impl List {
    /// Asks for the first users, and again as long as the page is there.
    pub fn new(frame: Frame) -> Self {
        let list = Self {
            frame,
            state: RwSignal::default(),
            users: RwSignal::default(),
            more: RwSignal::default(),
            phase: RwSignal::new(Phase::Loading),
            search: RwSignal::default(),
            question: StoredValue::default(),
        };
        list.ask();
        spawn(async move {
            loop {
                TimeoutFuture::new(PAUSE).await;
                let Some(shown) = list.users.try_with_untracked(Vec::len) else { return };
                // More than one page is not read again by itself.
                if shown <= PAGE as usize {
                    list.ask();
                }
            }
        });
        list
    }

    /// Asks for users of whose name or addresses this is a part.
    pub fn search_for(self, part: String) {
        self.search.set(part);
        self.ask();
    }

    /// Asks for users in this state.
    pub fn with_state(self, state: String) {
        self.state.set(state);
        self.ask();
    }

    /// Whether not all users are asked for.
    pub fn is_narrowed(self) -> bool {
        !self.search.with(String::is_empty) || !self.state.with(String::is_empty)
    }

    /// Asks for the first users.
    pub fn ask(self) {
        spawn(self.load(None));
    }

    /// Asks for the next users.
    pub fn load_more(self) {
        let more = self.more.get_untracked();
        if more.is_some() {
            spawn(self.load(more));
        }
    }

    /// What identifies the users that are shown.
    pub fn guids(self) -> Vec<String> {
        self.users.with(|users| users.iter().map(|user| user.guid.clone()).collect())
    }

    /// Something of a user; what is empty once he is gone.
    pub fn of<T: Default>(self, guid: &str, read: impl FnOnce(&User) -> T) -> T {
        self.users
            .try_with(|users| users.iter().find(|user| user.guid == guid).map(read))
            .flatten()
            .unwrap_or_default()
    }

    async fn load(self, cursor: Option<String>) {
        let Some(question) = self.question.try_update_value(|question| {
            *question += 1;
            *question
        }) else {
            return;
        };
        let begins = cursor.is_none();
        let answer = self.frame.request("GetUsers", self.body(cursor)).await;
        // Another question may have been asked meanwhile, or the page closed.
        if self.question.try_get_value() != Some(question) {
            return;
        }
        let answer = answer.ok().map(JsCast::unchecked_into::<Answer>);
        let Some((more, told)) = answer.and_then(|answer| Some((answer.more(), answer.users()?))) else {
            return self.phase.set(Phase::Failed);
        };
        let found = told.iter().map(|user| User::from(user.unchecked_ref::<UserMessage>()));
        self.users.update(|users| continue_with(users, begins, found));
        self.more.set(more);
        self.phase.set(Phase::Loaded);
    }

    fn body(self, cursor: Option<String>) -> Object {
        let body = object(&[("cursor", cursor.into()), ("limit", PAGE.into())]);
        for (name, value) in [("search", self.search), ("state", self.state)] {
            let value = value.get_untracked();
            if !value.is_empty() {
                // Setting a property of a fresh object cannot fail.
                let _ = Reflect::set(&body, &name.into(), &value.into());
            }
        }
        body
    }
}

/// Puts the users of an answer into the list, from the beginning or behind those who are there. Who is told of again
/// stays where he is.
fn continue_with(users: &mut Vec<User>, begins: bool, found: impl Iterator<Item = User>) {
    if begins {
        users.clear();
    }
    for user in found {
        match users.iter_mut().find(|known| known.guid == user.guid) {
            Some(known) => *known = user,
            None => users.push(user),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(guid: &str, note: &str) -> User {
        User { guid: guid.to_owned(), note: note.to_owned(), ..User::default() }
    }

    #[test]
    fn who_is_told_of_again_is_there_once_as_told_last() {
        let mut users = Vec::new();
        continue_with(&mut users, true, [user("a", ""), user("b", "")].into_iter());
        continue_with(&mut users, false, [user("b", "new"), user("c", "")].into_iter());
        let all = [user("a", ""), user("b", "new"), user("c", "")];
        assert_eq!(users, all);
        continue_with(&mut users, false, [user("d", "")].into_iter());
        assert_eq!(users, [&all[..], &[user("d", "")]].concat());
        continue_with(&mut users, true, [user("d", "")].into_iter());
        assert_eq!(users, [user("d", "")]);
    }
}
