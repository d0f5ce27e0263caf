use std::pin::Pin;

use calendar::settings::{Item, SyncType, Value};
use futures::channel::mpsc::{self, UnboundedReceiver};
use futures::channel::oneshot;
use futures::future::{Shared, select};
use futures::{FutureExt, StreamExt};
use gloo_timers::future::TimeoutFuture;
use kit::{Counted, Language, Texts, Words, js};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlElement};

use super::draft::{Draft, Seen};
use super::save::Notice;
use super::state::State;
use super::status::Age;
use crate::connection::{
    Config, ConfigItems, Connection, Event, Items, Nothing, Outcome, Relay, State as Line, Status,
};
use crate::host::{Host, Kept};
use crate::platform::{self, Browser};

/// In milliseconds.
const UNTIL_THE_CLICK_IS_OVER: u32 = 200;

/// The part of the form with the users.
pub const USERS: &str = "users";

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
    /// The language, with its texts.
    pub texts: Texts,
    /// What was typed and what the service has, as signals.
    pub state: State,
    /// Whether there are settings to show.
    pub access: RwSignal<Access>,
    /// Where the connection stands.
    pub line: RwSignal<Line>,
    /// What stands between this and the service, if something does.
    pub relay: RwSignal<Option<Relay>, LocalStorage>,
    /// What the service does.
    pub status: RwSignal<Option<Status>>,
    /// The same as it came, for the pages.
    pub told: RwSignal<JsValue, LocalStorage>,
    /// Whether the status is that of now.
    pub age: RwSignal<Age>,
    /// What is to be said about the last save.
    pub notice: RwSignal<Option<Notice>>,
    /// Where a page has led to: a part of the form, a page, or one within the assistant (`graph/secret`).
    pub way: RwSignal<Option<String>>,
    /// The state of the users whom a page has led to; empty for any.
    pub users_in: RwSignal<Option<String>>,
    /// The element of the form.
    pub place: NodeRef<html::Form>,
    connection: StoredValue<Connection, LocalStorage>,
    host: StoredValue<Host, LocalStorage>,
    closed: StoredValue<Shared<oneshot::Receiver<()>>>,
}

impl Form {
    /// The state of a form, which begins to connect.
    pub fn open(host: Host, texts: Texts) -> Self {
        let (events, heard) = mpsc::unbounded();
        let connection = Connection::new(host.clone(), move |event| {
            // Nobody listens any more when the form is closed.
            let _ = events.unbounded_send(event);
        });
        let (open, closed) = oneshot::channel::<()>();
        on_cleanup(move || drop(open));
        let form = Self {
            texts,
            state: State::new(),
            access: RwSignal::new(Access::Awaited),
            line: RwSignal::new(Line::Connecting),
            relay: RwSignal::new_local(None),
            status: RwSignal::new(None),
            told: RwSignal::new_local(JsValue::UNDEFINED),
            age: RwSignal::new(Age::Current),
            notice: RwSignal::new(None),
            way: RwSignal::new(None),
            users_in: RwSignal::new(None),
            place: NodeRef::new(),
            connection: StoredValue::new_local(connection.clone()),
            host: StoredValue::new_local(host),
            closed: StoredValue::new(closed.shared()),
        };
        form.spawn(connection.run());
        form.spawn(form.follow(heard));
        form.spawn(form.watch_status());
        Effect::new(move |_| form.watch_line());
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

    /// By itself, so that its code is not there once for each change.
    fn change_by(self, change: &mut dyn FnMut(&mut Draft)) {
        let mut rescue = None;
        self.state.change(&mut |draft| {
            change(draft);
            draft.check(&Browser);
            rescue = (!draft.changes().is_empty()).then(|| draft.rescue());
        });
        self.host.with_value(|host| host.draft(rescue.map(|rescue| js::stringify(&rescue))));
    }

    /// Changes the draft by what the administrator did; what was said about the last save is old then.
    pub fn edit(self, change: impl FnOnce(&mut Draft)) {
        self.change(|draft| {
            draft.forget_discarded();
            change(draft);
        });
        self.forget_notice();
    }

    /// Types again what was discarded.
    pub fn take_up(self) {
        self.change(Draft::take_up);
        self.forget_notice();
    }

    /// Changes an item by what the administrator did.
    pub fn set(self, item: Item, value: Value) {
        self.edit(|draft| draft.set(item, value));
    }

    /// Makes items as they travel unsaved input.
    pub fn restore(self, items: &Items) {
        self.edit(|draft| draft.restore(items));
    }

    fn forget_notice(self) {
        if self.notice.with_untracked(Option::is_some) {
            self.notice.set(None);
        }
    }

    /// Unsaved input of a form that was closed before.
    pub fn kept(self) -> Option<Kept> {
        self.host.with_value(|host| host.kept())
    }

    /// Forgets that input.
    pub fn forget(self) {
        self.host.with_value(|host| host.forget());
    }

    /// Brings a field into its normal form and shows its problems, now that the administrator has left it. A moment
    /// later, because often it is left by pressing a button, which must not move away under the pointer. Not where it is
    /// left for another window, or has the focus again.
    pub fn leave(self, item: Item) {
        self.spawn(async move {
            TimeoutFuture::new(UNTIL_THE_CLICK_IS_OVER).await;
            if self.find(":focus").is_none_or(|element| element.id() != item.name()) {
                self.change(|draft| draft.leave(item, &Browser));
            }
        });
    }

    /// Moves the focus to the field of an item.
    pub fn focus(self, item: Item) {
        self.focus_on(item.name());
    }

    /// Moves the focus to what has this name, if it is there. What is folded away takes none.
    pub fn focus_on(self, id: &str) {
        self.focus_in(&["[id=\"", id, "\"]"].concat());
    }

    /// Moves the focus to the first element that a selector fits.
    pub fn focus_in(self, selector: &str) {
        if let Some(element) = self.find(selector) {
            if let Ok(Some(folded)) = element.closest("details") {
                // Fails for names that are no attribute names alone, and this is one.
                let _ = folded.set_attribute("open", "");
            }
            // There are no others in the form.
            let _ = element.unchecked_ref::<HtmlElement>().focus();
        }
    }

    /// Leads to a part or an item of the form, to the users in a state, or to a page, as a page asks for it.
    pub fn go(self, to: &str, state: Option<String>) {
        if let Some(item) = Item::from_name(to) {
            return self.focus(item);
        }
        if to == USERS {
            self.users_in.set(state);
        }
        self.way.set(Some(to.to_owned()));
    }

    /// Brings an element into view.
    pub fn scroll_to(self, id: &str) {
        if let Some(element) = self.named(id) {
            platform::reveal(&element);
        }
    }

    /// What has this name.
    pub fn named(self, id: &str) -> Option<Element> {
        self.find(&["[id=\"", id, "\"]"].concat())
    }

    /// The first element of the form that a selector fits.
    fn find(self, selector: &str) -> Option<Element> {
        self.place.get_untracked()?.query_selector(selector).ok().flatten()
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
                Event::State(Line::Connected) => self.spawn(self.arrive()),
                Event::State(line) => {
                    self.forget_link();
                    self.line.set(line);
                }
                Event::Relay(link) => self.follow_relay(link),
                Event::Config(config) => {
                    self.take_over(config);
                    self.spawn(self.load_secrets());
                    self.spawn(self.check_status());
                }
                Event::Status(status, told) => self.hear_status(status, told),
            }
        }
    }

    fn take_over(self, config: Config) {
        let Config { items, revision, .. } = config;
        self.change(|draft| draft.update(&items.unwrap_or_default().0, revision));
    }

    /// Reads the settings, now or again. If that fails, the connection is broken; it comes back, and this with it.
    pub async fn load(self) {
        let connection = self.connection();
        let config = connection.request::<Config>("ReadConfig", &Nothing {});
        let secrets = connection.request::<ConfigItems>("GetConfigItems", &Nothing {});
        let (Ok(config), Ok(secrets)) = futures::join!(config, secrets) else { return };
        if config.outcome() != Outcome::Ok
            && self.is_relayed()
            && self.line.get_untracked() != Line::Connected
        {
            // A relay that is not open yet lets nobody through.
        } else if config.outcome() == Outcome::Ok {
            self.take_over(config);
            self.take_over_secrets(secrets);
            self.grant(Access::Granted);
            // Whether that is still so is seen now by what is unsaved.
            if self.notice.with_untracked(|notice| notice.as_ref().is_some_and(Notice::is_of_line)) {
                self.notice.set(None);
            }
        } else {
            self.grant(Access::Denied);
        }
    }

    /// Changes the access; not where it is the same, because that would make all fields anew.
    pub fn grant(self, access: Access) {
        if self.access.get_untracked() != access {
            self.access.set(access);
        }
    }

    async fn load_secrets(self) {
        if let Ok(secrets) = self.connection().request("GetConfigItems", &Nothing {}).await {
            self.take_over_secrets(secrets);
        }
    }

    fn take_over_secrets(self, secrets: ConfigItems) {
        self.change(|draft| {
            for item in secrets.items {
                if let (Some(name), Some(is_stored)) = (Item::from_name(&item.name), item.password_set) {
                    draft.update_secret(name, is_stored);
                }
            }
        });
    }
}

/// What the parts of the form show.
impl Form {
    /// The language, now.
    pub fn language(self) -> Language {
        self.texts.language()
    }

    /// A text in the form's language, now.
    pub fn text(self, words: Words) -> &'static str {
        self.texts.text(words)
    }

    /// A text with a value in the place of `$0`, now.
    pub fn filled(self, words: Words, value: &str) -> String {
        self.texts.filled(words, &[value])
    }

    /// A text with a number in the place of `$0`, in the form that goes with it.
    pub fn counted(self, words: Counted, count: usize) -> String {
        self.texts.counted(words, count)
    }

    /// A text that follows the language.
    pub fn say(self, words: Words) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
        self.texts.say(words)
    }

    /// The way to the calendars as it is chosen in the form, and follows it.
    pub fn sync_type(self) -> SyncType {
        self.state.watching(&[Item::SyncType], |draft| draft.settings().sync_type)
    }

    /// Something of an item, and follows it.
    pub fn of<T>(self, item: Item, ask: impl FnOnce(&Seen) -> T) -> T {
        self.state.of(item, ask)
    }
}
