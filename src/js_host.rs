//! A page written in JavaScript as a [`Host`].

use appwebsocket::SessionKey;
use gloo_net::websocket::futures::WebSocket;
use js_sys::{Error, Function, Promise};
use kit::js::from_js;
use serde::Deserialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Element;

use crate::host::{Host, Kept, Loading, Login, Opening, Page, PageRequest, PendingLogin, Surroundings};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
export interface Opening {
  /** Opens, or is open already. */
  socket: WebSocket;
  /** What became of the login, with the key for secrets where it came with one. Rejected if the host has none;
      settles never if the socket closes before. */
  login: Promise<{ ok: boolean, key?: string }>;
}
export interface Host {
  /** Opens a socket to the instance and logs in there, as the PBX Manager does. */
  connect(): Opening;
  /** Takes the unsaved input as JSON without secrets, null when nothing is unsaved. */
  draft(json: string | null): void;
  /** Shows a page of the second module in `container`; rejects where that cannot be loaded. `request` asks the service
      and hands on its reply, null where there is none; `died` says that the module has panicked. */
  page(container: Element, view: string, state: object, request: Function): Promise<object>;
  /** Such input of a form that was closed before, … */
  kept?: string;
  /** … and when that was, in milliseconds since the epoch. */
  keptAt?: number;
  /** Says that it is not needed any more. */
  forget(): void;
  language: string;
  scheme: "dark" | "light";
}
"#;

#[wasm_bindgen]
extern "C" {
    /// What a page gives to the form, a plain JavaScript object.
    #[wasm_bindgen(typescript_type = "Host")]
    pub type JsHost;

    #[wasm_bindgen(method, catch, js_name = connect)]
    fn open(this: &JsHost) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, js_name = draft)]
    fn take_draft(this: &JsHost, json: Option<String>) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch, js_name = page)]
    fn open_page(
        this: &JsHost,
        container: &Element,
        view: &str,
        state: &JsValue,
        ask: &Function,
    ) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = forget)]
    fn forget_draft(this: &JsHost) -> Result<(), JsValue>;

    /// A page that is shown.
    type JsPage;

    #[wasm_bindgen(method, catch, js_name = update)]
    fn take_state(this: &JsPage, state: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, js_name = close)]
    fn take_out(this: &JsPage) -> Result<(), JsValue>;
}

/// How the page shows the form.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Manner {
    /// Code of its language.
    pub language: String,
    /// `dark` or `light`.
    pub scheme: String,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct JsKept {
    kept: Option<String>,
    kept_at: Option<f64>,
}

#[derive(Deserialize)]
struct JsOpening {
    #[serde(with = "serde_wasm_bindgen::preserve")]
    socket: web_sys::WebSocket,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    login: Promise,
}

#[derive(Deserialize)]
struct JsLogin {
    ok: bool,
    key: Option<String>,
}

impl JsHost {
    /// How it shows the form.
    pub fn manner(&self) -> Manner {
        from_js(self.into()).unwrap_or_default()
    }
}

impl From<JsHost> for Host {
    fn from(host: JsHost) -> Self {
        Self::new(host)
    }
}

impl Surroundings for JsHost {
    fn connect(&self) -> Option<Opening> {
        let JsOpening { socket, login } = from_js(self.open().ok()?).ok()?;
        let is_secure = socket.url().starts_with("wss:");
        Some(Opening { socket: WebSocket::try_from(socket).ok()?, login: pending(login), is_secure })
    }

    fn draft(&self, json: Option<String>) {
        // A page that cannot keep it must not keep the form from working.
        let _ = self.take_draft(json);
    }

    fn kept(&self) -> Option<Kept> {
        let JsKept { kept, kept_at } = from_js(self.into()).ok()?;
        Some(Kept { json: kept?, at: kept_at.unwrap_or_default() })
    }

    fn forget(&self) {
        // A page that keeps it nevertheless offers it again.
        let _ = self.forget_draft();
    }

    fn page(&self, request: PageRequest) -> Loading {
        let PageRequest { container, view, state, ask } = request;
        let page = self.open_page(&container, view, &state, &ask);
        Box::pin(async move {
            let page = JsFuture::from(page.ok()?).await.ok()?;
            Some(Box::new(page.unchecked_into::<JsPage>()) as Box<dyn Page>)
        })
    }
}

impl Page for JsPage {
    fn update(&self, state: &JsValue) {
        // A page that fails says so itself.
        let _ = self.take_state(state);
    }

    fn close(&self) {
        let _ = self.take_out();
    }
}

fn pending(login: Promise) -> PendingLogin {
    Box::pin(async move {
        match JsFuture::from(login).await {
            Ok(login) => match from_js::<JsLogin>(login) {
                Ok(JsLogin { ok: true, key }) => {
                    Login::Taken(key.filter(|key| !key.is_empty()).map(SessionKey::from_hex))
                }
                Ok(_) => Login::Refused,
                Err(wrong) => Login::Missing(wrong),
            },
            Err(error) => Login::Missing(
                error.dyn_ref::<Error>().map(|error| error.message().into()).unwrap_or_default(),
            ),
        }
    })
}
