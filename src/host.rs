//! What the form needs of the page it is shown in.

use appwebsocket::SessionKey;
use gloo_net::websocket::futures::WebSocket;
use js_sys::{Error, Promise};
use serde_json::Value as Json;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Element;

use crate::page::Page;

use crate::connection::Message;
use crate::json;

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
  /** Sends a message of `PbxAdminApi` to the PBX, or one of `com.innovaphone.manager` to the App Platform: the answer.
      `{"error": "notAvailable"}` where there is no PBX. */
  ask(message: object): Promise<object>;
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
  /** Address of the folder with the pages that the App objects show. */
  directory: string;
  language: string;
  scheme: "dark" | "light";
}
"#;

#[wasm_bindgen]
extern "C" {
    /// What a page gives to the form, a plain JavaScript object.
    #[wasm_bindgen(typescript_type = "Host")]
    #[derive(Clone)]
    pub type Host;

    #[wasm_bindgen(method, catch, js_name = connect)]
    fn open(this: &Host) -> Result<JsOpening, JsValue>;

    #[wasm_bindgen(method, catch, js_name = ask)]
    fn send(this: &Host, message: &JsValue) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn draft(this: &Host, json: Option<String>) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch, js_name = page)]
    fn open_page(
        this: &Host,
        container: &Element,
        view: &str,
        state: &JsValue,
        services: &JsValue,
    ) -> Result<Promise, JsValue>;

    /// Unsaved input of a form that was closed before, as JSON.
    #[wasm_bindgen(method, getter)]
    pub fn kept(this: &Host) -> Option<String>;

    /// When that form was closed, in milliseconds since the epoch.
    #[wasm_bindgen(method, getter, js_name = keptAt)]
    pub fn kept_at(this: &Host) -> f64;

    /// Says that the kept input is not needed any more.
    #[wasm_bindgen(method)]
    pub fn forget(this: &Host);

    /// Address of the folder with the pages that the App objects show.
    #[wasm_bindgen(method, getter)]
    pub fn directory(this: &Host) -> String;

    /// Code of the language.
    #[wasm_bindgen(method, getter)]
    pub fn language(this: &Host) -> String;

    /// `dark` or `light`.
    #[wasm_bindgen(method, getter)]
    pub fn scheme(this: &Host) -> String;

    type JsOpening;

    #[wasm_bindgen(method, getter)]
    fn socket(this: &JsOpening) -> web_sys::WebSocket;

    #[wasm_bindgen(method, getter)]
    fn login(this: &JsOpening) -> Promise;

    type JsLogin;

    #[wasm_bindgen(method, getter)]
    fn ok(this: &JsLogin) -> bool;

    #[wasm_bindgen(method, getter)]
    fn key(this: &JsLogin) -> Option<String>;
}

/// A socket to the instance, and the login that the host makes there.
pub struct Opening {
    /// Opens, or is open already.
    pub socket: WebSocket,
    /// What becomes of the login.
    pub login: PendingLogin,
}

/// A login on its way.
pub struct PendingLogin(Promise);

/// What became of a login.
pub enum Login {
    /// The instance took it, with the key for secrets where it came with one.
    Taken(Option<SessionKey>),
    /// The instance did not take it.
    Refused,
    /// The host gave none; with what it said about that.
    Missing(String),
}

impl PendingLogin {
    /// Waits for it. In vain if the socket closes before.
    pub async fn result(self) -> Login {
        match JsFuture::from(self.0).await.map(JsLogin::unchecked_from_js) {
            Ok(login) if login.ok() => {
                Login::Taken(login.key().filter(|key| !key.is_empty()).map(SessionKey::from_hex))
            }
            Ok(_) => Login::Refused,
            Err(error) => Login::Missing(
                error.dyn_ref::<Error>().map(|error| error.message().into()).unwrap_or_default(),
            ),
        }
    }
}

impl Host {
    /// Opens a socket to the instance. `None` if the browser refuses, for instance an insecure one on a secure page.
    pub fn connect(&self) -> Option<Opening> {
        let opening = self.open().ok()?;
        Some(Opening {
            socket: WebSocket::try_from(opening.socket()).ok()?,
            login: PendingLogin(opening.login()),
        })
    }

    /// Shows a page of the second module in `container`, where that can be loaded.
    pub async fn page(
        &self,
        container: &Element,
        view: &str,
        state: &JsValue,
        services: &JsValue,
    ) -> Option<Page> {
        let page = self.open_page(container, view, state, services).ok()?;
        JsFuture::from(page).await.ok().map(JsCast::unchecked_into)
    }

    /// Asks the PBX or the App Platform. `None` if nothing comes back.
    pub async fn ask(&self, message: &Json) -> Option<Message> {
        let answer = JsFuture::from(self.send(&json::to_js(message)).ok()?).await.ok()?;
        json::from_js_object(&answer)
    }

    /// Leaves the unsaved input with the page, which outlives a panic of this module.
    pub fn rescue(&self, json: Option<String>) {
        // A page that cannot keep it must not keep the form from working.
        let _ = self.draft(json);
    }
}
