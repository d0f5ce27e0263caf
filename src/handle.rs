//! What JavaScript sees.

use std::any::Any;

use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{HtmlElement, console};

use crate::form::CalendarForm;
use crate::js_host::JsHost;

/// A mounted form. It lives until [`unmount`](Self::unmount) or `free` is called.
#[wasm_bindgen]
pub struct FormHandle {
    container: HtmlElement,
    language: ArcRwSignal<String>,
    scheme: ArcRwSignal<String>,
    mounted: Option<Box<dyn Any>>,
}

/// Puts the form into `container`, and begins to connect.
#[wasm_bindgen]
pub fn mount(container: HtmlElement, host: JsHost) -> FormHandle {
    let manner = host.manner();
    let language = ArcRwSignal::new(manner.language);
    let scheme = ArcRwSignal::new(String::new());
    let (of_form, seen) = (RwSignal::from(language.clone()), RwSignal::from(scheme.clone()));
    let mounted = mount_to(container.clone(), move || {
        view! { <CalendarForm host=host language=move || of_form.get() scheme=move || seen.get() /> }
    });
    // It takes no part in the layout, but what stands in it does.
    let _ = container.style().set_property("display", "contents");
    let handle = FormHandle { container, language, scheme, mounted: Some(Box::new(mounted)) };
    handle.set_scheme(&manner.scheme);
    handle
}

#[wasm_bindgen]
impl FormHandle {
    /// Closes the connection and takes the form out of the page. May be called more than once.
    pub fn unmount(&mut self) {
        self.mounted = None;
    }

    /// Shows the form in another language; what was typed stays.
    #[wasm_bindgen(js_name = setLanguage)]
    pub fn set_language(&self, code: String) {
        self.language.set(code);
    }

    /// Shows the form `dark` or `light`.
    #[wasm_bindgen(js_name = setScheme)]
    pub fn set_scheme(&self, scheme: &str) {
        let scheme = if scheme == "light" { "light" } else { "dark" };
        self.scheme.set(scheme.to_owned());
        // Fails for names that are no attribute names alone, and this is one.
        let _ = self.container.set_attribute("data-scheme", scheme);
    }
}

/// Makes the texts of a language known, as the build writes them.
#[wasm_bindgen]
#[expect(clippy::needless_pass_by_value, reason = "wasm-bindgen takes lists so")]
pub fn teach(language: &str, texts: Vec<JsValue>) {
    kit::teach(language, &texts);
}

/// Runs once, when the module starts: without this a panic would leave nothing but `unreachable` in the console.
#[wasm_bindgen(start)]
fn start() {
    std::panic::set_hook(Box::new(|panic| console::error_1(&panic.to_string().into())));
}
