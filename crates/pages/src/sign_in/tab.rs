//! A tab of the browser.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    type Opened;

    type Location;

    // None where the browser does not allow it.
    #[wasm_bindgen(js_name = open)]
    fn open_window(url: &str, target: &str) -> Option<Opened>;

    #[wasm_bindgen(method, setter)]
    fn set_opener(this: &Opened, opener: &JsValue);

    #[wasm_bindgen(method, getter)]
    fn location(this: &Opened) -> Location;

    #[wasm_bindgen(method)]
    fn close(this: &Opened);

    #[wasm_bindgen(method, catch)]
    fn replace(this: &Location, url: &str) -> Result<(), JsValue>;
}

/// A tab that was opened empty.
pub struct Tab(Opened);

impl Tab {
    /// Opens one, if the browser lets us.
    pub fn open() -> Option<Self> {
        let opened = open_window("", "_blank")?;
        // Whoever is shown there has no business with this page.
        opened.set_opener(&JsValue::NULL);
        Some(Self(opened))
    }

    /// Shows an address of the web, and nothing else: a script would run as one of this page.
    pub fn go(&self, url: &str) {
        if url.starts_with("https://") || url.starts_with("http://") {
            // Only what is no address fails.
            let _ = self.0.location().replace(url);
        }
    }

    /// Closes it.
    pub fn close(&self) {
        self.0.close();
    }
}
