//! The JavaScript face of `calendar-presence`. `www/presence/presence.d.ts` describes it.

mod cache;
mod script;
mod viewer;

use calendar_presence::{Activity, Escaped, Note};
use js_sys::{Array, Date, RangeError};
use viewer::{BrowserViewer, LAST_INSTANT, to_integer, to_number};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// Stands between notes that cross the border together. No service writes it into a note.
const SEPARATOR: char = '\0';

/// Reads a note.
#[wasm_bindgen]
pub fn parse(note: &str) -> JsValue {
    let note = Note::parse(note);
    let next = note.next().map_or(JsValue::NULL, |next| {
        let title = next.title.map(Escaped::to_cow);
        script::next(next.activity.map(Activity::name), title.as_deref())
    });
    script::presence(
        &note.text().to_cow(),
        note.activity().map(Activity::name),
        note.title().map(Escaped::to_cow).as_deref(),
        note.until().map(to_number),
        note.whole_day(),
        next,
    )
}

/// Shows notes to one viewer.
#[wasm_bindgen]
pub struct PresenceFormatter {
    viewer: BrowserViewer,
}

#[wasm_bindgen]
impl PresenceFormatter {
    /// Throws `RangeError` for a locale, zone or hour cycle that does not exist.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &JsValue) -> Result<Self, JsValue> {
        Ok(Self { viewer: BrowserViewer::new(options)? })
    }

    /// What the viewer reads.
    pub fn format(&self, note: &str, now: Option<f64>) -> Result<String, JsValue> {
        Ok(Note::parse(note).format(&self.viewer, instant(now)?))
    }

    /// What the viewer reads for each note.
    #[wasm_bindgen(js_name = formatAll)]
    pub fn format_all(&self, notes: &Array, now: Option<f64>) -> Result<JsValue, JsValue> {
        let now = instant(now)?;
        let joined = script::join(notes);
        let mut texts = String::with_capacity(joined.len());
        let mut count = 0;
        for note in joined.split(SEPARATOR) {
            if count > 0 {
                texts.push(SEPARATOR);
            }
            Note::parse(note).append_format(&self.viewer, now, &mut texts);
            count += 1;
        }
        if count == notes.length() {
            return Ok(script::split(&texts));
        }
        // There are no notes, or one holds the separator, which is rare enough to take the slow way.
        let format =
            |note| JsValue::from(Note::parse(&script::join(&Array::of1(&note))).format(&self.viewer, now));
        Ok(notes.iter().map(format).collect::<Array<JsValue>>().into())
    }

    /// The first instant after `now` at which `format` gives another text.
    #[wasm_bindgen(js_name = nextChange)]
    pub fn next_change(&self, note: &str, now: Option<f64>) -> Result<Option<f64>, JsValue> {
        Ok(Note::parse(note).next_change(&self.viewer, instant(now)?).map(to_number))
    }

    /// What came of the options.
    #[wasm_bindgen(js_name = resolvedOptions)]
    pub fn resolved_options(&self) -> JsValue {
        self.viewer.resolved_options()
    }
}

fn instant(now: Option<f64>) -> Result<i64, JsValue> {
    let now = now.unwrap_or_else(Date::now);
    if now.abs() <= to_number(LAST_INSTANT) {
        Ok(to_integer(now))
    } else {
        Err(RangeError::new("now is not an instant that a Date can hold").into())
    }
}
