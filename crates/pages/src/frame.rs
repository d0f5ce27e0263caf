use std::pin::Pin;

use browser::{Browser, day_name, own_time_zone};
use calendar::instant::Instant;
use calendar::settings::Settings;
use calendar::viewer::ZoneViewer;
use calendar_presence::{Clock as _, Language as Reads, Note, Viewer as _};
use futures::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Object, Reflect};
use kit::{Counted, Language, Words, fill};
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::handle::Services;

/// What every page has of the form that it stands in. Handles to signals, so it is copied freely.
#[derive(Clone, Copy)]
pub struct Frame {
    /// Language of the texts.
    pub language: RwSignal<Language>,
    /// The settings as typed.
    pub typed: RwSignal<Settings>,
    /// The settings as the service has them.
    pub stored: RwSignal<Settings>,
    /// What the form does for the page.
    pub services: StoredValue<Services, LocalStorage>,
}

impl Frame {
    /// A text in the form's language, now.
    pub fn text(self, words: Words) -> &'static str {
        words.in_language(self.language.get())
    }

    /// A text with values in the places of `$0` and `$1`, now.
    pub fn filled(self, words: Words, values: &[&str]) -> String {
        fill(self.text(words), values)
    }

    /// A text with a number in it, now.
    pub fn counted(self, words: Counted, count: usize) -> String {
        kit::Texts(self.language).counted(words, count)
    }

    /// A text that follows the language.
    pub fn say(self, words: Words) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
        move || self.text(words)
    }

    /// The form's language among those that notes are read in, which are more.
    pub fn reads(self) -> Reads {
        Reads::from_code(self.language.get().code()).unwrap_or_default()
    }

    /// A note as a colleague at this browser sees it.
    pub fn seen(self, note: &str) -> String {
        self.seen_at(note, now())
    }

    /// A note as a colleague at this browser sees it at an instant.
    pub fn seen_at(self, note: &str, instant: Instant) -> String {
        let zone = own_time_zone();
        Note::parse(note).format(&self.viewer(&zone), instant)
    }

    /// From when to when something is, by the clocks of this browser: "tomorrow 09:00–10:00".
    pub fn between(self, start: Instant, end: Instant) -> String {
        let zone = own_time_zone();
        let viewer = self.viewer(&zone);
        let mut text = String::new();
        match self.day_name(viewer.day(start) - viewer.day(now())) {
            Some(name) => {
                text = [&name, " "].concat();
                viewer.append_when(start, start, &mut text);
            }
            None => viewer.append_when(start, now(), &mut text),
        }
        text.push('–');
        viewer.append_when(end, start, &mut text);
        text
    }

    /// From which day to which one something is, both counted from 1970-01-01: "tomorrow".
    pub fn days(self, first: i64, last: i64) -> String {
        let zone = own_time_zone();
        let viewer = self.viewer(&zone);
        let mut text = String::new();
        if last <= first
            && let Some(name) = self.day_name(first - viewer.day(now()))
        {
            return name;
        }
        viewer.append_date(first, &mut text);
        if last > first {
            text.push('–');
            viewer.append_date(last, &mut text);
        }
        text
    }

    /// Yesterday, today and tomorrow.
    fn day_name(self, distance: i64) -> Option<String> {
        #[expect(clippy::cast_precision_loss, reason = "one at most")]
        let name = |distance: i64| day_name(self.language.get().code(), distance as f64);
        (-1..=1).contains(&distance).then(|| name(distance))
    }

    /// An instant to come, as notes say it.
    pub fn when(self, instant: Instant) -> String {
        let zone = own_time_zone();
        let mut text = String::new();
        self.viewer(&zone).append_when(instant, now(), &mut text);
        text
    }

    fn viewer(self, zone: &str) -> ZoneViewer<'_> {
        ZoneViewer { language: self.reads(), zone, zones: &Browser }
    }

    /// A minute of the day as clocks show it.
    pub fn clock(self, minute: u16) -> String {
        let mut text = String::new();
        self.reads().append_time(minute % (24 * 60), &mut text);
        text
    }

    /// Asks the service; fails while there is no connection.
    pub async fn request(self, message: &'static str, body: Object) -> Result<JsValue, JsValue> {
        let promise = self.services.try_with_value(|services| services.request(message, &body));
        JsFuture::from(promise.ok_or(JsValue::NULL)??).await
    }

    /// Asks the PBX or the App Platform, by the API of the message.
    pub async fn ask_pbx(self, message: Object) -> Result<JsValue, JsValue> {
        let promise = self.services.try_with_value(|services| services.pbx(&message));
        JsFuture::from(promise.ok_or(JsValue::NULL)??).await
    }
}

/// What comes of a task, if it ends within so many milliseconds.
pub async fn within<T>(patience: u32, task: Pin<Box<dyn Future<Output = T>>>) -> Option<T> {
    match select(task, TimeoutFuture::new(patience)).await {
        Either::Left((result, _)) => Some(result),
        Either::Right(_) => None,
    }
}

/// Runs a task. Boxed, so that the code around it is there once and not once for each task.
pub fn spawn(task: impl Future<Output = ()> + 'static) {
    let task: Pin<Box<dyn Future<Output = ()>>> = Box::pin(task);
    spawn_local(task);
}

/// A JavaScript object with these members.
pub fn object(members: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in members {
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object
}

/// The instant that it is.
#[expect(clippy::cast_possible_truncation, reason = "a Date holds whole milliseconds")]
pub fn now() -> Instant {
    js_sys::Date::now() as Instant
}
