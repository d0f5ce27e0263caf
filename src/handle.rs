//! What JavaScript sees.

use std::any::Any;

use leptos::mount::mount_to_renderer;
use leptos::prelude::*;
use ui::{El, Language};
use wasm_bindgen::prelude::*;
use web_sys::{HtmlElement, ShadowRootInit, ShadowRootMode, console};

use crate::form::{Form, calendar_form, objects};
use crate::host::Host;

/// A mounted form. It lives until [`unmount`](Self::unmount) or `free` is called.
#[wasm_bindgen]
pub struct FormHandle {
    container: HtmlElement,
    language: ArcRwSignal<Language>,
    mounted: Option<Box<dyn Any>>,
}

/// Puts the form into a shadow root of `container`, which must not have one yet, and begins to connect.
#[wasm_bindgen]
pub fn mount(container: HtmlElement, host: Host) -> Result<FormHandle, JsValue> {
    let root = container.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open))?;
    ui::adopt(&root, include_str!(concat!(env!("OUT_DIR"), "/form.css")))?;
    let body = document().create_element("div")?;
    root.append_child(&body)?;

    let language = ArcRwSignal::new(Language::from_host(&host.language()));
    let scheme = host.scheme();
    let signal = language.clone();
    let mounted = mount_to_renderer(&body, move || root_of(Form::open(host, root, signal.into())));
    let handle = FormHandle { container, language, mounted: Some(Box::new(mounted)) };
    handle.set_scheme(&scheme);
    Ok(handle)
}

/// What this build of the crate shows: the form, or the App objects alone.
fn root_of(form: Form) -> El {
    if cfg!(feature = "objects") { objects(form) } else { calendar_form(form) }
}

#[wasm_bindgen]
impl FormHandle {
    /// Closes the connection and takes the form out of the page. May be called more than once.
    pub fn unmount(&mut self) {
        self.mounted = None;
    }

    /// Shows the form in another language; what was typed stays.
    #[wasm_bindgen(js_name = setLanguage)]
    pub fn set_language(&self, code: &str) {
        self.language.set(Language::from_host(code));
    }

    /// Shows the form `dark` or `light`.
    #[wasm_bindgen(js_name = setScheme)]
    pub fn set_scheme(&self, scheme: &str) {
        // Fails for names that are no attribute names alone, and this is one.
        let _ = self.container.set_attribute("data-scheme", if scheme == "light" { "light" } else { "dark" });
    }
}

/// Makes the texts of a language known, as the build writes them.
#[wasm_bindgen]
#[expect(clippy::needless_pass_by_value, reason = "wasm-bindgen takes lists so")]
pub fn teach(language: &str, texts: Vec<JsValue>) {
    ui::teach(language, &texts);
}

/// Runs once, when the module starts: without this a panic would leave nothing but `unreachable` in the console.
#[wasm_bindgen(start)]
fn start() {
    std::panic::set_hook(Box::new(|panic| console::error_1(&panic.to_string().into())));
}
