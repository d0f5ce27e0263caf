//! What outlives a reload of the page in the browser: where one is, what lives in the pages alone, and what was typed into
//! the form and not saved. No secrets.

use std::cell::Cell;

use calendar::settings::{Item, Settings};
use js_sys::JSON;
use kit::js::{from_js, to_js};
use leptos::prelude::*;
use serde::Deserialize;
use wasm_bindgen::prelude::*;

use super::desk::{Desk, Own};
use crate::frame::object;
use crate::settings;

const NAME: &str = "pbx-calendar-assistant";

thread_local! {
    /// What was typed is put back once: who discards it later means it.
    static IS_PUT_BACK: Cell<bool> = const { Cell::new(false) };
}

#[wasm_bindgen]
extern "C" {
    // A browser may be told to keep nothing.
    #[wasm_bindgen(catch, js_namespace = sessionStorage, js_name = getItem)]
    fn get_item(name: &str) -> Result<Option<String>, JsValue>;

    #[wasm_bindgen(catch, js_namespace = sessionStorage, js_name = setItem)]
    fn set_item(name: &str, text: &str) -> Result<(), JsValue>;
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Kept {
    own: Own,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    typed: JsValue,
}

/// Puts back what was kept, and keeps what changes from now on.
pub fn keep(desk: Desk) {
    if let Some(kept) = read() {
        desk.own.set(kept.own);
        let is_first = !IS_PUT_BACK.replace(true);
        let is_untouched = desk
            .frame
            .typed
            .with_untracked(|typed| desk.frame.stored.with_untracked(|stored| typed == stored));
        if is_first && is_untouched && kept.typed.is_object() {
            desk.ask("take", kept.typed.unchecked_into());
        }
    }
    IS_PUT_BACK.set(true);
    Effect::new(move |_| {
        let own = desk.own.with(to_js);
        let typed = desk.frame.typed.with(|typed| desk.frame.stored.with(|stored| changes(typed, stored)));
        let kept = object(&[("own", own), ("typed", typed)]);
        if let Ok(text) = JSON::stringify(&kept) {
            let _ = set_item(NAME, &String::from(text));
        }
    });
}

fn read() -> Option<Kept> {
    let text = get_item(NAME).ok()??;
    from_js(JSON::parse(&text).ok()?).ok()
}

/// What was typed and is not saved. Secrets are none of it: `to_js` makes nothing of them.
fn changes(typed: &Settings, stored: &Settings) -> JsValue {
    let changed = Item::ALL.iter().filter(|item| typed.get(**item) != stored.get(**item));
    let items: Vec<_> = changed.map(|item| (item.name(), settings::to_js(typed.get(*item)))).collect();
    object(&items).into()
}
