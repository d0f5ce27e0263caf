use std::pin::Pin;

use calendar::settings::Item;
use futures::channel::mpsc::{self, UnboundedReceiver};
use futures::channel::oneshot;
use futures::future::{Shared, select};
use futures::{FutureExt, StreamExt};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use serde_json::Value as Json;
use ui::{Counted, El, Language, Words, el, fill};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlElement, ShadowRoot};

use super::draft::Draft;
use super::objects::Objects;
use super::save::Notice;
use crate::connection::{Config, Connection, Event, Message, Outcome, State, Status, passwords};
use crate::host::Host;
use crate::platform::Browser;
use crate::{json, platform};

/// In milliseconds.
const UNTIL_THE_CLICK_IS_OVER: u32 = 200;
/// After so long the status is read again, in milliseconds: that the data grow older alone is no news to the service.
const STATUS_INTERVAL: u32 = 60_000;

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
    /// Whether there are settings to show.
    pub access: RwSignal<Access>,
    /// Where the connection stands.
    pub state: RwSignal<State>,
    /// What the service does.
    pub status: RwSignal<Option<Status>>,
    /// What is to be said about the last save.
    pub notice: RwSignal<Option<Notice>>,
    /// The App objects in the PBX, in the module that shows them.
    pub objects: Option<RwSignal<Objects>>,
    connection: StoredValue<Connection, LocalStorage>,
    root: StoredValue<ShadowRoot, LocalStorage>,
    host: StoredValue<Host, LocalStorage>,
    closed: StoredValue<Shared<oneshot::Receiver<()>>>,
}

impl Form {
    /// The state of a form in `root`, which begins to connect.
    pub fn open(host: Host, root: ShadowRoot, language: RwSignal<Language>) -> Self {
        let (events, heard) = mpsc::unbounded();
        let connection = Connection::new(host.clone(), move |event| {
            // Nobody listens any more when the form is closed.
            let _ = events.unbounded_send(event);
        });
        let (open, closed) = oneshot::channel::<()>();
        on_cleanup(move || drop(open));
        let form = Self {
            language,
            draft: RwSignal::new(Draft::default()),
            access: RwSignal::new(Access::Awaited),
            state: RwSignal::new(State::Connecting),
            status: RwSignal::new(None),
            notice: RwSignal::new(None),
            objects: cfg!(feature = "objects").then(|| RwSignal::new(Objects::default())),
            connection: StoredValue::new_local(connection.clone()),
            root: StoredValue::new_local(root),
            host: StoredValue::new_local(host),
            closed: StoredValue::new(closed.shared()),
        };
        form.spawn(connection.run());
        form.spawn(form.follow(heard));
        form.spawn(form.watch_status());
        form
    }

    /// Changes the draft, checks it, and leaves the unsaved input with the page.
    pub fn change(self, change: impl FnOnce(&mut Draft)) {
        let mut change = Some(change);
        self.change_by(&mut |draft| {
            if let Some(change) = change.take() {
                change(draft);
            }
        });
    }

    fn change_by(self, change: &mut dyn FnMut(&mut Draft)) {
        let rescue = self.draft.try_update(|draft| {
            change(draft);
            draft.check(&Browser);
            (!draft.changes().is_empty()).then(|| draft.rescue())
        });
        let rescue = rescue.flatten();
        let json = rescue.map(|rescue| json::stringify(&Json::Object(rescue)));
        self.host.with_value(|host| host.rescue(json));
    }

    /// Changes the draft by what the administrator did; what was said about the last save is old then.
    pub fn edit(self, change: impl FnOnce(&mut Draft)) {
        self.change(change);
        self.forget_notice();
    }

    /// Makes items as they travel unsaved input.
    pub fn restore(self, items: &Message) {
        self.edit(|draft| draft.restore(items));
    }

    /// By itself, so that its code is not there once for each change.
    #[inline(never)]
    fn forget_notice(self) {
        self.notice.set(None);
    }

    /// Unsaved input of a form that was closed before, as JSON, and when that was, in milliseconds since the epoch.
    pub fn kept(self) -> Option<(String, f64)> {
        self.host.with_value(|host| Some((host.kept()?, host.kept_at())))
    }

    /// Forgets that input.
    pub fn forget(self) {
        self.host.with_value(Host::forget);
    }

    /// Brings a field into its normal form and shows its problems, now that the administrator has left it. A moment
    /// later, because often it is left by pressing a button, which must not move away under the pointer. Not where it is
    /// left for another window, or has the focus again.
    pub fn leave(self, item: Item) {
        self.spawn(async move {
            TimeoutFuture::new(UNTIL_THE_CLICK_IS_OVER).await;
            let focused = self.root.with_value(ShadowRoot::active_element);
            if focused.is_none_or(|element| element.id() != item.name()) {
                self.change(|draft| draft.leave(item, &Browser));
            }
        });
    }

    /// Moves the focus to the field of an item.
    pub fn focus(self, item: Item) {
        self.focus_on(item.name());
    }

    /// Moves the focus to what has this name, if it is there.
    pub fn focus_on(self, id: &str) {
        if let Some(element) = self.root.with_value(|root| root.get_element_by_id(id)) {
            // There are no others in the form.
            let _ = element.unchecked_ref::<HtmlElement>().focus();
        }
    }

    /// Brings an element into view.
    pub fn scroll_to(self, id: &str) {
        if let Some(element) = self.root.with_value(|root| root.get_element_by_id(id)) {
            platform::reveal(&element);
        }
    }

    /// The page that shows the form.
    pub fn host(self) -> Host {
        self.host.get_value()
    }

    /// The connection to the instance.
    pub fn connection(self) -> Connection {
        self.connection.get_value()
    }

    /// Runs a task until it ends or the form is closed. Not with Leptos' own way to do this: its tasks hold the owner
    /// whose end they wait for, so a task that does not end by itself would keep the form alive for ever.
    pub fn spawn(self, task: impl Future<Output = ()> + 'static) {
        // Boxed, so that the code around it is there once and not once for each task.
        let task: Pin<Box<dyn Future<Output = ()>>> = Box::pin(task);
        if let Some(closed) = self.closed.try_get_value() {
            spawn_local(async move {
                select(closed, task).await;
            });
        }
    }

    async fn follow(self, mut events: UnboundedReceiver<Event>) {
        while let Some(event) = events.next().await {
            match event {
                Event::State(state) => {
                    let is_connected = state == State::Connected;
                    self.state.set(state);
                    if is_connected {
                        self.spawn(self.load());
                        self.spawn(self.load_status());
                    }
                }
                Event::Config(config) => {
                    self.change(|draft| draft.update(&config.items, config.revision));
                    self.spawn(self.load_secrets());
                }
                Event::Status(status) => self.status.set(Some(status)),
            }
        }
    }

    /// Reads the settings, now or again. If that fails, the connection is broken; it comes back, and this with it.
    pub async fn load(self) {
        let connection = self.connection();
        let config = connection.request("ReadConfig", Message::new());
        let secrets = connection.request("GetConfigItems", Message::new());
        let (Ok(config), Ok(secrets)) = futures::join!(config, secrets) else { return };
        let config = Config::from(config);
        if config.outcome == Outcome::Ok {
            self.change(|draft| {
                draft.update(&config.items, config.revision);
                take_over_secrets(draft, &secrets);
            });
            self.grant(Access::Granted);
        } else {
            self.grant(Access::Denied);
        }
    }

    /// Changes the access; not where it is the same, because that would make all fields anew.
    fn grant(self, access: Access) {
        if self.access.get_untracked() != access {
            self.access.set(access);
        }
    }

    async fn load_secrets(self) {
        if let Ok(secrets) = self.connection().request("GetConfigItems", Message::new()).await {
            self.change(|draft| take_over_secrets(draft, &secrets));
        }
    }

    async fn watch_status(self) {
        loop {
            TimeoutFuture::new(STATUS_INTERVAL).await;
            self.load_status().await;
        }
    }

    async fn load_status(self) {
        if let Ok(status) = self.connection().request("GetStatus", Message::new()).await {
            self.status.set(Some(status.into()));
        }
    }
}

/// What the parts of the form show.
impl Form {
    /// A text in the form's language, now.
    pub fn text(self, words: Words) -> &'static str {
        words.in_language(self.language.get())
    }

    /// A text with a value in the place of `$0`, now.
    pub fn filled(self, words: Words, value: &str) -> String {
        fill(self.text(words), &[value])
    }

    /// A text with a number in the place of `$0`, in the form that goes with it.
    pub fn counted(self, words: Counted, count: usize) -> String {
        ui::count(words, self.language.get(), count)
    }

    /// A text that follows the language.
    pub fn say(self, words: Words) -> impl Fn() -> &'static str + Copy {
        move || self.text(words)
    }

    /// What of the draft is asked for.
    pub fn draft<T>(self, ask: impl Fn(&Draft) -> T) -> T {
        self.draft.with(ask)
    }

    /// A button.
    pub fn button(self, words: Words, press: impl Fn(Self) + 'static) -> El {
        el("button").attr("type", "button").text(self.say(words)).on("click", move |_| press(self))
    }
}

fn take_over_secrets(draft: &mut Draft, items: &Message) {
    for (name, is_stored) in passwords(items) {
        if let Some(item) = Item::from_name(name) {
            draft.update_secret(item, is_stored);
        }
    }
}
