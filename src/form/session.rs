use calendar::settings::{Code, Item};
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use serde_json::Map;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, ShadowRoot};

use super::draft::Draft;
use super::save::Notice;
use crate::connection::{Config, ConfigItems, Connection, Event, Outcome, State, Status};
use crate::host::Host;
use crate::platform::Browser;
use crate::text::{Language, Text, fill};

/// Whether there are settings to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// None have come yet.
    Awaited,
    /// The service does not give them.
    Denied,
    /// They are there.
    Granted,
}

/// What the parts of one form share. Handles to signals, so it is copied freely.
#[derive(Clone, Copy)]
pub struct Form {
    /// Language of the texts.
    pub language: RwSignal<Language>,
    /// What was typed, beside what the service has.
    pub draft: RwSignal<Draft>,
    /// Everything wrong with what is shown.
    pub problems: Memo<Vec<(Item, Code)>>,
    /// Whether there are settings to show.
    pub access: RwSignal<Access>,
    /// Where the connection stands.
    pub state: RwSignal<State>,
    /// What the service does.
    pub status: RwSignal<Option<Status>>,
    /// What is to be said about the last save.
    pub notice: RwSignal<Option<Notice>>,
    /// Whether a save is under way.
    pub saving: RwSignal<bool>,
    connection: StoredValue<Connection, LocalStorage>,
    root: StoredValue<ShadowRoot, LocalStorage>,
    host: StoredValue<Host, LocalStorage>,
}

impl Form {
    /// The state of a form in `root`, which begins to connect.
    pub fn open(host: Host, root: ShadowRoot, language: RwSignal<Language>) -> Self {
        let (events, heard) = futures::channel::mpsc::unbounded();
        let connection = Connection::new(host.clone(), move |event| {
            let _ = events.unbounded_send(event);
        });
        let draft = RwSignal::new(Draft::default());
        let form = Self {
            language,
            draft,
            problems: Memo::new(move |_| draft.with(|draft| draft.problems(&Browser))),
            access: RwSignal::new(Access::Awaited),
            state: RwSignal::new(State::Connecting),
            status: RwSignal::new(None),
            notice: RwSignal::new(None),
            saving: RwSignal::new(false),
            connection: StoredValue::new_local(connection.clone()),
            root: StoredValue::new_local(root),
            host: StoredValue::new_local(host),
        };
        spawn_local_scoped_with_cancellation(connection.run());
        spawn_local_scoped_with_cancellation(form.follow(heard));
        form.keep_rescue();
        form
    }

    /// A text in the form's language.
    pub fn text(self, text: Text) -> &'static str {
        self.language.get().text(text)
    }

    /// A text with a value in the place of `$0`.
    pub fn filled(self, text: Text, value: &str) -> String {
        fill(self.text(text), &[value])
    }

    /// Changes the draft by what the administrator did; what was said about the last save is old then.
    pub fn edit(self, change: impl FnOnce(&mut Draft)) {
        self.draft.update(change);
        self.notice.set(None);
    }

    /// Moves the focus to the field of an item.
    pub fn focus(self, item: Item) {
        let element = self.root.with_value(|root| root.get_element_by_id(item.name()));
        if let Some(field) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            let _ = field.focus();
        }
    }

    /// Address of a page of the service.
    pub fn page(self, name: &str) -> String {
        self.host.with_value(Host::directory) + name
    }

    /// The connection to the instance.
    pub fn connection(self) -> Connection {
        self.connection.get_value()
    }

    async fn follow(self, mut events: futures::channel::mpsc::UnboundedReceiver<Event>) {
        use futures::StreamExt as _;
        while let Some(event) = events.next().await {
            match event {
                Event::State(state) => {
                    let is_connected = state == State::Connected;
                    self.state.set(state);
                    if is_connected {
                        spawn_local_scoped_with_cancellation(self.load());
                        spawn_local_scoped_with_cancellation(self.load_status());
                    }
                }
                Event::Config(config) => {
                    self.take_over(&config);
                    spawn_local_scoped_with_cancellation(self.load_secrets());
                }
                Event::Status(status) => self.status.set(Some(status)),
            }
        }
    }

    /// Reads the settings, now or again.
    pub async fn load(self) {
        let connection = self.connection();
        let config = connection.request::<Config>("ReadConfig", Map::new());
        let secrets = connection.request::<ConfigItems>("GetConfigItems", Map::new());
        let (config, secrets) = futures::join!(config, secrets);
        match config {
            Ok(Config { result: Some(Outcome::AccessDenied), .. }) => self.access.set(Access::Denied),
            Ok(config) => {
                self.draft.update(|draft| {
                    draft.update(&config.items, config.revision);
                    secrets.iter().for_each(|secrets| take_over_secrets(draft, secrets));
                });
                self.access.set(Access::Granted);
            }
            // The connection is broken, so it comes back, and this with it.
            Err(_) => {}
        }
    }

    async fn load_secrets(self) {
        if let Ok(secrets) = self.connection().request("GetConfigItems", Map::new()).await {
            self.draft.update(|draft| take_over_secrets(draft, &secrets));
        }
    }

    async fn load_status(self) {
        if let Ok(status) = self.connection().request("GetStatus", Map::new()).await {
            self.status.set(Some(status));
        }
    }

    fn take_over(self, config: &Config) {
        self.draft.update(|draft| draft.update(&config.items, config.revision));
    }

    /// Leaves the unsaved input with the page whenever it changes.
    fn keep_rescue(self) {
        let rescue = Memo::new(move |_| {
            let changes = self.draft.with(Draft::rescue);
            (!changes.is_empty()).then(|| serde_json::Value::Object(changes).to_string())
        });
        Effect::new(move |_| self.host.with_value(|host| host.rescue(rescue.get())));
    }
}

fn take_over_secrets(draft: &mut Draft, secrets: &ConfigItems) {
    for info in &secrets.items {
        if let Some(item) = Item::from_name(&info.name) {
            draft.update_secret(item, info.password_set);
        }
    }
}
