//! The way to the service through a relay on an App Platform: found after the login, opened with a ticket that only managers
//! can read, and followed. What its link says is then what counts as connected.

use futures::future::join;
use gloo_timers::future::TimeoutFuture;
use kit::{Disclosure, Relay, js};
use leptos::prelude::*;

use super::pages::While;
use super::section::Card;
use super::session::{Access, Form};
use crate::connection::{CONFIG, Nothing, OpenRelay, Opened, State as Line, Stored};
use crate::text;

/// A ticket just written may not be readable yet.
const ATTEMPTS: usize = 3;
/// Between two of them, in milliseconds.
const PAUSE: u32 = 500;

impl Form {
    /// What is to be done after the login. All is asked at once, so that the service itself costs no journey more.
    pub async fn arrive(self) {
        let connection = self.connection();
        let ask = async {
            let Ok(found) = connection.request::<Relay>("GetRelay", &Nothing {}).await else { return false };
            // The service itself does not know the message.
            let is_relay = found.build.is_some();
            self.relay.set(is_relay.then_some(found));
            self.line.set(if is_relay { Line::LoggingIn } else { Line::Connected });
            if !is_relay {
                self.load_status().await;
            }
            is_relay
        };
        let (is_relay, ()) = join(ask, self.load()).await;
        if is_relay {
            self.open_relay().await;
        }
    }

    async fn open_relay(self) {
        let connection = self.connection();
        for _ in 0..ATTEMPTS {
            let Ok(stored) = connection.ask_api(CONFIG, "ReadConfig", &js::to_js(&Nothing {})).await else {
                return;
            };
            let ticket = js::from_js::<Stored>(stored).unwrap_or_default().items.ticket;
            match connection.request::<Opened>("OpenRelay", &OpenRelay { ticket }).await {
                Err(_) | Ok(Opened { ok: true }) => return,
                Ok(_) => TimeoutFuture::new(PAUSE).await,
            }
        }
        self.grant(Access::Denied);
    }

    /// Takes over how the link of the relay stands.
    pub fn follow_relay(self, link: Relay) {
        let is_up = link.is_up();
        let was_up = self.line.get_untracked() == Line::Connected;
        self.relay.update(|relay| *relay = Some(relay.take().unwrap_or_default().updated(link)));
        self.line.set(if is_up { Line::Connected } else { Line::Away });
        if is_up && !was_up {
            self.spawn(async move {
                join(self.load(), self.load_status()).await;
            });
        }
    }

    /// Forgets how the link stands, because nobody is there who could tell.
    pub fn forget_link(self) {
        if self.is_relayed() {
            self.relay.update(|relay| *relay = relay.take().map(|relay| relay.updated(Relay::default())));
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
                let _ = self.connection().ask("RetryRelay", &js::to_js(&Nothing {})).await;
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
            relay.as_ref().is_some_and(|relay| !matches!(&*relay.link, "" | "up" | "connecting"))
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
