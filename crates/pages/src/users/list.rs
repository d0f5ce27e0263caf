use std::collections::BTreeMap;
use std::sync::Arc;

use gloo_timers::future::TimeoutFuture;
use kit::Texts;
use kit::js::{from_js, to_js};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;

use super::day::Today;
use super::menu::Menu;
use super::people::{PAGE, People};
use super::user::{State, User};
use crate::frame::{Frame, now, spawn};

/// After this many milliseconds the users are asked for again.
const PAUSE: u32 = 5_000;
/// So many users are there before they come into view.
const AHEAD: usize = 60;

/// A `GetUsersResult`.
#[derive(Deserialize)]
struct Answer {
    users: Vec<User>,
    more: Option<String>,
    #[serde(default)]
    counts: BTreeMap<String, usize>,
    today: Option<Today>,
}

/// Body of `GetUsers`.
#[derive(Serialize)]
struct Body {
    search: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cursor: Option<String>,
    limit: usize,
    day: bool,
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
    /// Its texts.
    pub texts: Texts,
    /// The state that is asked for, if not any.
    pub state: RwSignal<Option<State>>,
    /// The users that came.
    pub people: RwSignal<People>,
    /// How many users there are in each state.
    pub counts: RwSignal<Vec<(State, usize)>>,
    /// The day of which is told.
    pub today: RwSignal<Option<Today>>,
    /// Where the last question stands.
    pub phase: RwSignal<Phase>,
    /// From which place up to which one users are in view.
    pub window: RwSignal<(usize, usize)>,
    /// Who is opened.
    pub open: RwSignal<Option<Arc<str>>>,
    /// The instant that ages are counted from.
    pub now: RwSignal<i64>,
    /// Whose menu is open, and where.
    pub menu: RwSignal<Option<Menu>, LocalStorage>,
    /// What became of a choice in a menu.
    pub said: RwSignal<String>,
    /// Grows with every list, so that its first row comes into view.
    pub begun: RwSignal<u32>,
    /// Whom something else than the list has led to.
    pub led_to: RwSignal<Option<Arc<str>>>,
    /// Part of a name or address that is asked for.
    pub search: RwSignal<String>,
    /// Up to which place users are in view at a glance.
    glance: RwSignal<usize>,
    /// Grows with every list, so that late answers are known.
    question: StoredValue<u32>,
    is_filling: StoredValue<bool>,
}

impl List {
    /// Asks for the first users, and again as long as the page is there.
    pub fn new(frame: Frame) -> Self {
        let list = Self {
            frame,
            texts: Texts(frame.language),
            state: RwSignal::default(),
            people: RwSignal::default(),
            counts: RwSignal::default(),
            today: RwSignal::default(),
            phase: RwSignal::new(Phase::Loading),
            window: RwSignal::default(),
            open: RwSignal::default(),
            now: RwSignal::new(now()),
            menu: RwSignal::new_local(None),
            said: RwSignal::default(),
            begun: RwSignal::default(),
            led_to: RwSignal::default(),
            search: RwSignal::default(),
            glance: RwSignal::default(),
            question: StoredValue::default(),
            is_filling: StoredValue::default(),
        };
        list.ask();
        spawn(async move {
            loop {
                TimeoutFuture::new(PAUSE).await;
                if list.now.try_set(now()).is_some() {
                    return;
                }
                list.look_again().await;
            }
        });
        list
    }

    /// Asks for users of whose name or addresses this is a part.
    pub fn search_for(self, part: String) {
        self.search.set(part);
        self.ask();
    }

    /// Asks for users in this state, or in any.
    pub fn with_state(self, state: Option<State>) {
        self.state.set(state);
        self.ask();
    }

    /// Whether not all users are asked for.
    pub fn is_narrowed(self) -> bool {
        !self.search.with(String::is_empty) || self.state.with(Option::is_some)
    }

    /// How many users there are, whether they came already or not.
    pub fn total(self) -> usize {
        let (came, has_more) = self.people.with(|people| (people.len(), people.more().is_some()));
        let counted = self.count(self.state.get());
        if has_more { counted.max(came + 1) } else { came }
    }

    /// The place of a user who is in view.
    pub fn place(self, guid: &str) -> Option<usize> {
        let (first, last) = self.window.get();
        let in_view = self.people.with(|people| people.between(first, last));
        in_view.into_iter().find(|(_, person)| *person.guid == *guid).map(|(place, _)| place)
    }

    /// How many users there are in a state, or in any.
    pub fn count(self, state: Option<State>) -> usize {
        let is_counted = |counted: State| state.is_none_or(|state| state == counted);
        self.counts.with(|counts| {
            counts.iter().filter(|(state, _)| is_counted(*state)).map(|(_, count)| count).sum()
        })
    }

    /// Looks at other places; fetches who is not there yet.
    pub fn look_at(self, window: (usize, usize)) {
        if self.window.get_untracked() != window {
            self.window.set(window);
        }
        self.fill();
    }

    /// Looks at users up to a place at a glance; fetches who is not there yet.
    pub fn glance_at(self, last: usize) {
        if self.glance.try_set(last).is_none() {
            self.fill();
        }
    }

    /// Opens a user and brings him into view.
    pub fn lead_to(self, guid: Arc<str>) {
        self.open.set(Some(guid.clone()));
        self.led_to.set(Some(guid));
    }

    /// Opens a user, or closes him.
    pub fn toggle(self, guid: &Arc<str>) {
        self.open.update(|open| *open = if open.as_ref() == Some(guid) { None } else { Some(guid.clone()) });
    }

    /// Asks for the first users.
    fn ask(self) {
        self.question.update_value(|question| *question += 1);
        self.is_filling.set_value(false);
        self.begun.update(|begun| *begun += 1);
        spawn(async move { self.begin().await });
    }

    async fn begin(self) {
        if let Some((answer, more)) = self.load(None).await {
            self.people.update(|people| people.begin(answer, more));
            self.fill();
        }
    }

    /// Reads on until everybody in view is there.
    fn fill(self) {
        if !self.is_filling.get_value() && self.next().is_some() {
            self.is_filling.set_value(true);
            spawn(async move {
                let question = self.question.try_get_value();
                while let Some(cursor) = self.next() {
                    let Some((users, more)) = self.load(Some(cursor)).await else { break };
                    self.people.update(|people| people.append(users, more));
                }
                if self.question.try_get_value() == question {
                    self.is_filling.try_set_value(false);
                }
            });
        }
    }

    /// Where to read on, if somebody in view is not there yet.
    fn next(self) -> Option<String> {
        let last = self.window.try_get_untracked()?.1.max(self.glance.try_get_untracked()?);
        self.people
            .try_with_untracked(|people| people.more().filter(|_| people.len() < last + AHEAD).cloned())?
    }

    /// Asks again for those who are in view. At the beginning of the list it is made anew, in the order of now.
    async fn look_again(self) {
        let Some((first, last)) = self.window.try_get_untracked() else { return };
        let last = last.max(self.glance.get_untracked());
        if self.is_filling.get_value() {
            return;
        }
        let pages = self.people.with_untracked(|people| people.pages(first, last.max(1)));
        if pages.iter().all(|(number, _)| *number == 0) {
            return self.begin().await;
        }
        for (number, cursor) in pages {
            let Some((users, more)) = self.load(cursor).await else { return };
            self.people.update(|people| people.renew(number, users, more));
        }
    }

    /// A page. Gives nothing where another list was asked for meanwhile, or the page closed.
    async fn load(self, cursor: Option<String>) -> Option<(Vec<User>, Option<String>)> {
        let question = self.question.try_get_value()?;
        let body = Body {
            search: self.search.get_untracked(),
            state: self.state.get_untracked().map(State::name),
            cursor,
            limit: PAGE,
            day: true,
        };
        let answer = self.frame.request("GetUsers", to_js(&body).unchecked_into()).await;
        if self.question.try_get_value() != Some(question) {
            return None;
        }
        let Some(answer) = answer.ok().and_then(|answer| from_js::<Answer>(answer).ok()) else {
            self.phase.set(Phase::Failed);
            return None;
        };
        let counts = answer.counts.into_iter().map(|(name, count)| (State::from(name), count)).collect();
        if self.counts.with_untracked(|known| *known != counts) {
            self.counts.set(counts);
        }
        if self.today.get_untracked() != answer.today {
            self.today.set(answer.today);
        }
        self.phase.set(Phase::Loaded);
        Some((answer.users, answer.more))
    }
}
