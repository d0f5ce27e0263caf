//! What the browser knows and does: time zones, Unicode normalization, names of languages, files.

use std::cell::RefCell;

use browser::spelled;
use calendar::Platform;
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, Element, Event, File, HtmlInputElement};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type DateTimeFormat;

    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(locale: &str, options: &Object) -> Result<DateTimeFormat, JsValue>;

    #[wasm_bindgen(method, js_name = resolvedOptions)]
    fn resolved_options(this: &DateTimeFormat) -> Object;

    #[wasm_bindgen(method, js_name = formatToParts)]
    fn format_to_parts(this: &DateTimeFormat) -> Array;

    type Hidden;

    #[wasm_bindgen(method, js_name = scrollIntoView)]
    fn scroll_into_view(this: &Hidden, options: &Object);

    #[wasm_bindgen(method, js_name = focus)]
    fn focus(this: &Hidden, options: &Object);

    #[wasm_bindgen(catch, js_namespace = Intl, js_name = supportedValuesOf)]
    fn supported_values_of(key: &str) -> Result<Array, JsValue>;

    #[wasm_bindgen(catch, js_namespace = crypto, js_name = getRandomValues)]
    fn get_random_values(bytes: &mut [u8]) -> Result<(), JsValue>;
}

thread_local! {
    /// The zone that was asked about last: the form asks with every key that is pressed, and a formatter is slow to make.
    static LAST_ZONE: RefCell<(String, Option<String>)> = RefCell::default();
}

/// The browser.
pub struct Browser;

impl Platform for Browser {
    fn time_zone(&self, name: &str) -> Option<String> {
        LAST_ZONE.with_borrow_mut(|last| {
            if last.0 != name {
                *last = (name.to_owned(), resolved_zone(name).map(|resolved| spelled(name, resolved)));
            }
            last.1.clone()
        })
    }

    fn fold(&self, text: &str) -> String {
        browser::fold(text)
    }
}

/// The zone that the browser takes for a name.
fn resolved_zone(name: &str) -> Option<String> {
    let format = DateTimeFormat::new("en", &options("timeZone", name)).ok()?;
    Reflect::get(&format.resolved_options(), &"timeZone".into()).ok()?.as_string()
}

/// A time zone as a list shows it.
#[derive(Clone, Default)]
pub struct Zone {
    /// Its name in the IANA database.
    pub name: String,
    /// Its name in the language of the form.
    pub words: String,
    /// Its distance from UTC now: `+01:00`.
    pub offset: String,
}

/// All time zones that the browser knows, UTC first.
pub fn zones(locale: &str) -> Vec<Zone> {
    let names = supported_values_of("timeZone").unwrap_or_default();
    let names = names.iter().filter_map(|name| name.as_string()).filter(|name| name != "UTC");
    let zone = |name: String| {
        let offset = zone_part("en", &name, "longOffset");
        let offset =
            offset.strip_prefix("GMT").filter(|offset| !offset.is_empty()).unwrap_or("+00:00").to_owned();
        Zone { words: zone_part(locale, &name, "longGeneric"), offset, name }
    };
    std::iter::once("UTC".to_owned()).chain(names).map(zone).collect()
}

/// What a date shows of its time zone.
fn zone_part(locale: &str, zone: &str, style: &str) -> String {
    let options = options("timeZone", zone);
    // Setting a property of a fresh object cannot fail.
    let _ = Reflect::set(&options, &"timeZoneName".into(), &style.into());
    let Ok(format) = DateTimeFormat::new(locale, &options) else { return String::new() };
    let get = |part: &JsValue, name: &str| Reflect::get(part, &name.into()).ok()?.as_string();
    let part =
        format.format_to_parts().iter().find(|part| get(part, "type").as_deref() == Some("timeZoneName"));
    part.and_then(|part| get(&part, "value")).unwrap_or_default()
}

/// Brings an element into view, and moves nothing for it that need not move.
pub fn reveal(element: &Element) {
    element.unchecked_ref::<Hidden>().scroll_into_view(&options("block", "nearest"));
}

/// Moves the focus to an element and scrolls nothing.
pub fn focus_still(element: &Element) {
    element.unchecked_ref::<Hidden>().focus(&options("preventScroll", true));
}

/// The file that was chosen in a field.
pub fn chosen(event: &Event) -> Option<File> {
    event.target()?.unchecked_into::<HtmlInputElement>().files()?.get(0)
}

/// The file that was dropped.
pub fn dropped(event: &DragEvent) -> Option<File> {
    event.data_transfer()?.files()?.get(0)
}

/// What stands in a file.
pub async fn read(file: Option<File>) -> Option<String> {
    JsFuture::from(file?.text()).await.ok()?.as_string()
}

/// A text that nobody can guess.
pub fn random_text() -> Option<String> {
    let mut bytes = [0; 16];
    get_random_values(&mut bytes).ok()?;
    Some(bytes.iter().map(|byte| char::from(b'a' + byte % 16)).collect())
}

fn options(key: &str, value: impl Into<JsValue>) -> Object {
    let options = Object::new();
    // Setting a property of a fresh object cannot fail.
    let _ = Reflect::set(&options, &key.into(), &value.into());
    options
}
