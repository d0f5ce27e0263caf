//! What the form needs of the page it is shown in.

use gloo_net::websocket::futures::WebSocket;
use js_sys::{Error, JSON, Promise};
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
export interface Host {
  /** Opens a socket to the instance. */
  connect(): WebSocket;
  /** Gets a login of `app` at the instance: what the PBX Manager answers to GetInstanceLogin. */
  login(app: string, challenge: string): Promise<object>;
  /** Takes the unsaved input as JSON without secrets, null when there is none. */
  draft(json: string | null): void;
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
    fn open_socket(this: &Host) -> Result<web_sys::WebSocket, JsValue>;

    #[wasm_bindgen(method, catch, js_name = login)]
    fn get_login(this: &Host, app: &str, challenge: &str) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn draft(this: &Host, json: Option<String>) -> Result<(), JsValue>;

    /// Address of the folder with the pages that the App objects show.
    #[wasm_bindgen(method, getter)]
    pub fn directory(this: &Host) -> String;

    /// Code of the language.
    #[wasm_bindgen(method, getter)]
    pub fn language(this: &Host) -> String;

    /// `dark` or `light`.
    #[wasm_bindgen(method, getter)]
    pub fn scheme(this: &Host) -> String;
}

impl Host {
    /// Opens a socket to the instance. `None` if the browser refuses, for instance an insecure one on a secure page.
    pub fn connect(&self) -> Option<WebSocket> {
        WebSocket::try_from(self.open_socket().ok()?).ok()
    }

    /// Gets a login at the instance, or what the host says about why there is none.
    pub async fn login<T: DeserializeOwned>(&self, app: &str, challenge: &str) -> Result<T, String> {
        let login = async { JsFuture::from(self.get_login(app, challenge)?).await };
        let login = login.await.and_then(|login| JSON::stringify(&login)).map_err(|error| reason(&error))?;
        serde_json::from_str(&String::from(login)).map_err(|error| error.to_string())
    }

    /// Leaves the unsaved input with the page, which outlives a panic of this module.
    pub fn rescue(&self, json: Option<String>) {
        // A page that cannot keep it must not keep the form from working.
        let _ = self.draft(json);
    }
}

fn reason(error: &JsValue) -> String {
    error.dyn_ref::<Error>().map(|error| String::from(error.message())).unwrap_or_default()
}
