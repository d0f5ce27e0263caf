//! How a test goes on: what is asked of the service, and what it tells.

use js_sys::Object;
use kit::js::from_js;
use kit::{Texts, fill};
use leptos::prelude::*;
use serde::Deserialize;
use texts::test::{self as text, said};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::line::{self, Line};
use super::sentence;
use crate::frame::{Frame, object, spawn};

/// What the parts of the page share. Handles to signals, so it is copied freely.
#[derive(Clone, Copy)]
pub struct Desk {
    /// What it has of the form.
    pub frame: Frame,
    /// The language, with its texts.
    pub texts: Texts,
    /// Whom to try.
    pub mailbox: RwSignal<String>,
    /// Who must not be readable.
    pub outside: RwSignal<String>,
    /// Whether to wait for a change of an appointment.
    pub watch: RwSignal<bool>,
    /// What was told of the steps.
    pub lines: RwSignal<Vec<Line>>,
    /// Whether a test runs.
    pub is_running: RwSignal<bool>,
    /// What is to be told of it.
    pub said: RwSignal<Said>,
    /// The report of the last one.
    pub report: RwSignal<String>,
}

/// What is told of a test as a whole: its beginning, its problems and its end.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Said {
    /// Nothing yet.
    #[default]
    Nothing,
    /// It runs.
    Started,
    /// Something does not work.
    Problem(Line),
    /// It is over, with so many problems.
    Ended(usize),
    /// Somebody has ended it.
    Cancelled,
    /// Others run.
    Busy,
    /// Nobody answers.
    Silent,
    /// The service has not taken these items, each with what is wrong.
    Refused(String),
}

/// What the service answers.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Answer {
    cancelled: Option<bool>,
    report: String,
    error: Option<String>,
    errors: Vec<Wrong>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wrong {
    item: String,
    error: String,
}

impl Desk {
    /// A page without a test.
    pub fn new(frame: Frame) -> Self {
        Self {
            frame,
            texts: Texts(frame.language),
            mailbox: RwSignal::default(),
            outside: RwSignal::default(),
            watch: RwSignal::default(),
            lines: RwSignal::default(),
            is_running: RwSignal::default(),
            said: RwSignal::default(),
            report: RwSignal::default(),
        }
    }

    /// Starts a test, or some steps of it alone.
    pub fn start(self, only: &[&str]) {
        if self.is_running.get_untracked() {
            return;
        }
        self.is_running.set(true);
        self.said.set(Said::Started);
        if only.is_empty() {
            self.lines.set(Vec::new());
        }
        let tell = Closure::<dyn Fn(JsValue)>::new(move |message| self.hear(message));
        let mut body = vec![
            ("tell", tell.as_ref().clone()),
            ("watch", self.watch.get_untracked().into()),
            ("only", only.iter().map(|step| JsValue::from(*step)).collect::<js_sys::Array>().into()),
        ];
        for (name, address) in [("mailbox", self.mailbox), ("outside", self.outside)] {
            let address = address.with_untracked(|address| address.trim().to_owned());
            if !address.is_empty() {
                body.push((name, address.into()));
            }
        }
        let body = object(&body);
        spawn(async move {
            let answer = self.frame.request("TestConnection", body).await;
            drop(tell);
            self.end(answer.ok());
        });
    }

    /// Something is told of a step. The page may have been closed meanwhile.
    fn hear(self, message: JsValue) {
        let Ok(line) = from_js::<Line>(message) else { return };
        if line.part.is_none() && line.is_problem() {
            let _ = self.said.try_set(Said::Problem(line.clone()));
        }
        let _ = self.lines.try_update(|lines| line::put(lines, line));
    }

    fn end(self, answer: Option<JsValue>) {
        let Some(problems) = self.lines.try_with_untracked(|lines| {
            lines.iter().filter(|line| line.part.is_none() && line.is_problem()).count()
        }) else {
            return;
        };
        let answer = answer.map(|answer| from_js::<Answer>(answer).unwrap_or_default());
        let said = match answer {
            Some(Answer { error: Some(error), .. }) if error == "insecure" => {
                Said::Refused("clientSecret: insecure".to_owned())
            }
            Some(Answer { error: Some(error), .. }) if error == "busy" => Said::Busy,
            None | Some(Answer { error: Some(_), .. }) => Said::Silent,
            Some(Answer { errors, .. }) if !errors.is_empty() => {
                let wrong = |wrong: &Wrong| [&*wrong.item, ": ", &wrong.error].concat();
                Said::Refused(errors.iter().map(wrong).collect::<Vec<_>>().join(", "))
            }
            Some(Answer { cancelled, report, .. }) => {
                self.report.set(report);
                if cancelled == Some(true) { Said::Cancelled } else { Said::Ended(problems) }
            }
        };
        if said == Said::Silent {
            self.lines.update(|lines| lines.retain(|line| line.state != "running"));
        }
        self.said.set(said);
        self.is_running.set(false);
    }

    /// Ends the test. What becomes of it the service tells.
    pub fn cancel(self) {
        spawn(async move {
            let _ = self.frame.request("CancelTest", Object::new()).await;
        });
    }

    /// Nobody looks any more.
    pub fn leave(self) {
        if self.is_running.try_get_untracked() != Some(true) {
            return;
        }
        // At once: what asks the service is gone soon.
        let asked =
            self.frame.services.try_with_value(|services| services.request("CancelTest", &Object::new()));
        if let Some(Ok(asked)) = asked {
            spawn(async move {
                let _ = JsFuture::from(asked).await;
            });
        }
    }

    /// Shows where something is set right.
    pub fn go(self, page: &str) {
        let body = object(&[("to", page.into())]);
        spawn(async move {
            let _ = self.frame.request("go", body).await;
        });
    }
}

impl Said {
    /// In words.
    pub fn sentence(&self, texts: Texts) -> String {
        let words = match self {
            Self::Nothing => return String::new(),
            Self::Started => said::STARTED,
            Self::Problem(line) => {
                let language = texts.language();
                let values = [&*sentence::name(language, line), texts.text(sentence::state(&line.state))];
                return fill(texts.text(text::NAMED), &values);
            }
            Self::Ended(0) => said::WELL,
            Self::Ended(problems) => return texts.counted(said::PROBLEMS, *problems),
            Self::Cancelled => said::CANCELLED,
            Self::Busy => said::BUSY,
            Self::Silent => said::SILENT,
            Self::Refused(items) => {
                let items = sentence::items(texts.language(), items);
                return fill(texts.text(said::REFUSED), &[&items]);
            }
        };
        texts.text(words).to_owned()
    }

    /// How that looks.
    pub fn tone(&self) -> &'static str {
        match self {
            Self::Ended(0) => "good",
            Self::Nothing | Self::Started | Self::Cancelled => "",
            _ => "bad",
        }
    }
}
