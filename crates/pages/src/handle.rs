//! What JavaScript sees.

use js_sys::{Object, Promise};
use wasm_bindgen::prelude::*;
use web_sys::{HtmlElement, ShadowRoot, ShadowRootInit, ShadowRootMode, console};

use crate::style;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** What the form shows at the moment. Settings are the items of ConfigItems by name, passwords left out. */
export interface State {
  language: string;
  /** As typed. */
  settings: object;
  /** As the service has them. */
  stored: object;
}

/** What a page needs of the form. */
export interface Services {
  /** Asks the service: name of the message, without `Result` its reply. Rejects while there is no connection. */
  request(message: string, body: object): Promise<object>;
}
"#;

#[wasm_bindgen]
extern "C" {
    /// What the form shows at the moment, a plain JavaScript object.
    #[wasm_bindgen(typescript_type = "State")]
    pub type State;

    /// Code of the language.
    #[wasm_bindgen(method, getter)]
    pub fn language(this: &State) -> String;

    /// The settings as typed.
    #[wasm_bindgen(method, getter)]
    pub fn settings(this: &State) -> Object;

    /// The settings as the service has them.
    #[wasm_bindgen(method, getter)]
    pub fn stored(this: &State) -> Object;

    /// What a page needs of the form, a plain JavaScript object.
    #[wasm_bindgen(typescript_type = "Services")]
    #[derive(Clone)]
    pub type Services;

    /// Asks the service.
    #[wasm_bindgen(method, catch)]
    pub fn request(this: &Services, message: &str, body: &Object) -> Result<Promise, JsValue>;
}

/// A mounted page. It lives until [`unmount`](Self::unmount) or `free` is called.
#[wasm_bindgen]
pub struct Page {
    root: ShadowRoot,
}

/// Puts the page `view` into a shadow root of `container`, which must not have one yet.
#[wasm_bindgen]
pub fn mount(
    container: &HtmlElement,
    view: &str,
    state: &State,
    services: &Services,
) -> Result<Page, JsValue> {
    let root = container.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open))?;
    style::adopt(&root)?;
    let _ = (view, state, services);
    Ok(Page { root })
}

#[wasm_bindgen]
impl Page {
    /// Shows what the form shows now: another language, other settings.
    pub fn update(&self, state: &State) {
        let _ = state;
    }

    /// Takes the page out. May be called more than once.
    pub fn unmount(&mut self) {
        self.root.set_inner_html("");
    }
}

/// Makes the texts of a language known: keys and texts in turn, in the order of the keys, as the build writes them.
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
