//! The way to the service through a relay on an App Platform: found after the login, opened with a ticket that only managers
//! can read, and followed. What its link says is then what counts as connected.

use futures::future::{Either, join};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Object, Reflect};
use kit::Disclosure;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::pages::While;
use super::section::Card;
use super::session::{Access, Form};
use crate::connection::{CONFIG, Relay, State as Line, member};
use crate::text;

/// A ticket just written may not be readable yet.
const ATTEMPTS: usize = 3;
/// Between two of them, in milliseconds.
const PAUSE: u32 = 500;

impl Form {
    /// What is to be done after the login. All is asked at once, so that the service itself costs no journey more.
    pub async fn arrive(self) {
        let ask = async {
            let Ok(answer) = self.connection().ask("GetRelay", &JsValue::NULL).await else { return };
            // The service itself does not know the message.
            let relay = Relay::found(answer);
            let is_relay = relay.is_some();
            self.relay.set(relay);
            self.line.set(if is_relay { Line::LoggingIn } else { Line::Connected });
            self.spawn(if is_relay {
                Either::Left(self.open_relay())
            } else {
                Either::Right(self.load_status())
            });
        };
        join(ask, self.load()).await;
    }

    async fn open_relay(self) {
        let connection = self.connection();
        for _ in 0..ATTEMPTS {
            let Ok(stored) = connection.ask_api(CONFIG, "ReadConfig", &JsValue::NULL).await else { return };
            let body = Object::new();
            let ticket = member(&member(&stored, "ConfigItems"), "ticket");
            // Setting a property of a fresh object cannot fail.
            let _ = Reflect::set(&body, &"ticket".into(), &ticket);
            match connection.ask("OpenRelay", &body).await {
                Ok(answer) if !member(&answer, "ok").is_truthy() => TimeoutFuture::new(PAUSE).await,
                _ => return,
            }
        }
        self.grant(Access::Denied);
    }

    /// Takes over how the link of the relay stands.
    pub fn follow_relay(self, said: JsValue) {
        let was_up = self.line.get_untracked() == Line::Connected;
        self.update_relay(said);
        let is_up =
            self.relay.with_untracked(|relay| relay.as_ref().is_some_and(|relay| relay.link.stands == "up"));
        self.line.set(if is_up { Line::Connected } else { Line::Away });
        if is_up && !was_up {
            self.spawn(self.load());
            self.spawn(self.load_status());
        }
    }

    /// Forgets how the link stands, because nobody is there who could tell.
    pub fn forget_link(self) {
        self.update_relay(Object::new().into());
    }

    fn update_relay(self, said: JsValue) {
        if self.is_relayed() {
            self.relay.update(|relay| {
                if let Some(relay) = relay {
                    relay.update(said);
                }
            });
        }
    }

    /// Whether a relay stands between, now.
    pub fn is_relayed(self) -> bool {
        self.relay.with_untracked(Option::is_some)
    }

    /// Tries at once to connect, here or at the relay.
    pub fn hurry(self) {
        self.connection().hurry();
        if self.line.get_untracked() == Line::Away {
            self.spawn(async move {
                // What comes of it, the relay tells by itself.
                let _ = self.connection().ask("RetryRelay", &JsValue::NULL).await;
            });
        }
    }
}

/// Where the service runs, as the relay has to know it. Open by itself when the relay does not get through.
#[component]
pub fn Whereabouts(form: Form) -> impl IntoView {
    let is_open = RwSignal::new(false);
    Effect::new(move |_| {
        let is_lost = form.relay.with(|relay| {
            relay.as_ref().is_some_and(|relay| !matches!(&*relay.link.stands, "" | "up" | "connecting"))
        });
        if is_lost {
            is_open.set(true);
        }
    });
    view! {
        <Card form=form id="relay" heading=text::relay_card::HEADING about=text::relay_card::ABOUT>
            <div class="page">
                <Disclosure label=form.say(text::relay_card::SHOW) open=is_open />
                <While form=form view="relay" shown=move || is_open.get() />
            </div>
        </Card>
    }
}
