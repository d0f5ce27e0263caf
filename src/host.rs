//! What the form needs of the page it is shown in.

use appwebsocket::SessionKey;
use gloo_net::websocket::futures::WebSocket;
use js_sys::{Error, JSON, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
export interface Host {
  /** Opens a socket to the instance. */
  connect(): WebSocket;
  /** Gets a login of `app` at the instance: what the PBX Manager answers to GetInstanceLogin, or myApps to getLogin. */
  login(app: string, challenge: string): Promise<object>;
  /** Sends a message of `PbxAdminApi` to the PBX, or one of `com.innovaphone.manager` to the App Platform: the answer.
      `{"error": "notAvailable"}` where there is no PBX. */
  ask(message: object): Promise<object>;
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

/// A login at the instance.
pub struct Login {
    /// The message that logs in.
    pub message: String,
    /// The key for secrets, where the login came with one.
    pub key: Option<SessionKey>,
}

impl Host {
    /// Opens a socket to the instance. `None` if the browser refuses, for instance an insecure one on a secure page.
    pub fn connect(&self) -> Option<WebSocket> {
        WebSocket::try_from(self.open_socket().ok()?).ok()
    }

    /// Gets a login at the instance, or what the host says about why there is none.
    pub async fn login(&self, app: &str, challenge: &str) -> Result<Login, String> {
        let login = async { to_login(app, &JsFuture::from(self.get_login(app, challenge)?).await?) };
        login
            .await
            .map_err(|error| error.dyn_ref::<Error>().map(|error| error.message().into()).unwrap_or_default())
    }

    /// Leaves the unsaved input with the page, which outlives a panic of this module.
    pub fn rescue(&self, json: Option<String>) {
        // A page that cannot keep it must not keep the form from working.
        let _ = self.draft(json);
    }
}

/// What the manager gave as a message. It is put together in JavaScript, because the digest covers the text of `info`
/// as `JSON.stringify` makes it; the key stays here.
fn to_login(app: &str, given: &JsValue) -> Result<Login, JsValue> {
    let message = Object::new();
    let set = |name: &str, value: &JsValue| Reflect::set(&message, &name.into(), value);
    set("mt", &"AppLogin".into())?;
    set("app", &app.into())?;
    set("pbxObj", &"-".into())?;
    // In myApps app and object are those of the app in whose frame we are, and the digest covers them.
    for name in ["app", "pbxObj", "domain", "sip", "guid", "dn", "info", "digest"] {
        let value = Reflect::get(given, &name.into())?;
        if !value.is_null() && !value.is_undefined() {
            set(name, &value)?;
        }
    }
    let key = Reflect::get(given, &"key".into())?.as_string().filter(|key| !key.is_empty());
    Ok(Login { message: JSON::stringify(&message)?.into(), key: key.map(SessionKey::from_hex) })
}
