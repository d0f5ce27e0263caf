//! A Leptos program that shows the form of the Calendar service on a page of its own.
//!
//! The form is a component, [`CalendarForm`]. What it needs of the page around it is the trait [`Surroundings`], of which
//! only the way to the service has to be there: `login` opens a socket and logs in with the instance password, as a
//! manager does. `cargo xtask build --example` builds this; `index.html` shows it.

mod login;

use leptos::mount::mount_to;
use leptos::prelude::*;
use pbx_calendar_plugin::CalendarForm;
use pbx_calendar_plugin::host::{Host, Opening, Surroundings};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

/// This page, as the form needs it.
struct OwnPage {
    /// Address of the service, such as `wss://calendar.example.com/`.
    address: String,
    /// The instance password.
    password: String,
}

impl Surroundings for OwnPage {
    fn connect(&self) -> Option<Opening> {
        login::open(&self.address, self.password.clone())
    }
}

/// A page with a heading of its own, a choice of the scheme, and the form.
#[component]
fn Administration(
    /// Address of the service.
    address: String,
    /// The instance password.
    password: String,
) -> impl IntoView {
    let is_dark = RwSignal::new(false);
    let scheme = move || if is_dark.get() { "dark" } else { "light" };
    let host = Host::new(OwnPage { address, password });
    view! {
        <header>
            <h1>"Our administration"</h1>
            <button type="button" aria-pressed=move || is_dark.get().to_string() on:click=move |_| is_dark.update(|is| *is = !*is)>
                "Dark"
            </button>
        </header>
        <CalendarForm host=host language="en" scheme=scheme />
    }
}

/// Shows the page in an element, for as long as that is there.
#[wasm_bindgen]
pub fn show(place: HtmlElement, address: String, password: String) {
    mount_to(place, move || view! { <Administration address=address password=password /> }).forget();
}
