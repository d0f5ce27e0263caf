use app_objects::{Message, Peer, Reply, Transport};
use kit::js::{from_js, to_js};
use serde_json::Value as Json;
use wasm_bindgen::prelude::*;

use super::desk::Desk;
use crate::frame::{object, within};

/// An answer that takes longer, in milliseconds, will not come.
const PATIENCE: u32 = 20_000;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = crypto, js_name = getRandomValues)]
    fn get_random_values(bytes: &mut [u8]) -> Result<(), JsValue>;
}

/// What the page has: the connection of the PBX Manager, and that of the form.
pub struct Page(pub Desk);

impl Transport for Page {
    fn send(&self, to: Peer, mt: &'static str, mut body: Message) -> Reply<'_> {
        let frame = self.0.frame;
        Box::pin(async move {
            let api = match to {
                Peer::Service => {
                    let reply = frame.request(mt, to_js(&body).unchecked_into()).await.ok()?;
                    return from_js(reply).ok();
                }
                // The App Platform would change what its own instance has for a password.
                Peer::Platform if self.0.is_relayed() => {
                    let password = body.remove("pwd").unwrap_or_default();
                    let body = object(&[("password", to_js(&password))]);
                    return from_js(frame.request(mt, body).await.ok()?).ok();
                }
                Peer::Pbx => "PbxAdminApi",
                Peer::Platform => "com.innovaphone.manager",
            };
            body.insert("mt".to_owned(), Json::from(mt));
            body.insert("api".to_owned(), Json::from(api));
            let answer = within(PATIENCE, Box::pin(frame.ask_pbx(to_js(&body).unchecked_into()))).await?;
            from_js(answer.ok()?).ok()
        })
    }

    fn new_password(&self) -> Option<String> {
        const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        // 132 random bits.
        let mut bytes = [0; 22];
        get_random_values(&mut bytes).ok()?;
        let letters = bytes.iter().filter_map(|byte| LETTERS.get(usize::from(byte % 64)));
        Some(letters.copied().map(char::from).collect())
    }
}
