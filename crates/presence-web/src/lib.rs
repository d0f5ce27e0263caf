//! The JavaScript face of `calendar-presence`, as far as it is Rust. `www/presence/presence.js` makes of it what
//! `www/presence/presence.d.ts` describes.

mod clock;
mod notes;
mod parts;
mod script;
mod texts;

use calendar_presence::{Activity, Clock as _, Language, Note};
use clock::{Days, PlatformClock, to_integer, to_number};
use js_sys::{Array, JsString};
use notes::Notes;
use parts::Parts;
use script::Platform;
use texts::Texts;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// A third of the code of the allocator that comes with std, and as quick.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Reads a note.
#[wasm_bindgen]
pub fn parse(note: &JsString) -> JsValue {
    let text = String::from(note);
    let parsed = Note::parse(&text);
    let next = parsed.next();
    let mut parts = Parts::new();
    for piece in [Some(parsed.text()), parsed.title(), next.and_then(|next| next.title)] {
        parts.add_piece(&text, piece);
    }
    script::presence(
        note,
        parts.as_slice(),
        parsed.activity().map(Activity::name),
        parsed.until().map(to_number),
        parsed.whole_day(),
        next.and_then(|next| next.activity).map(Activity::name),
    )
}

/// Shows notes to one viewer.
#[wasm_bindgen]
pub struct Formatter {
    platform: Platform,
    language: Language,
    days: Days,
    texts: Texts,
    notes: Notes,
    parts: Parts,
}

#[wasm_bindgen]
impl Formatter {
    /// Throws `RangeError` for a locale, zone or hour cycle that does not exist.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &JsValue) -> Result<Self, JsValue> {
        let platform = Platform::new(options)?;
        let language = Language::from_locale(&platform.language());
        let texts = Texts::new(&platform, language.words());
        Ok(Self { platform, language, days: Days::new(), texts, notes: Notes::new(), parts: Parts::new() })
    }

    /// Adds to `shown` what the viewer reads for each of `count` notes.
    #[wasm_bindgen(js_name = formatAll)]
    pub fn format_all(&mut self, notes: &Array, count: u32, now: f64, shown: &Array) {
        let clock = PlatformClock { platform: &self.platform, days: &self.days };
        let today = clock.day(to_integer(now));
        let mut from = 0;
        while from < count {
            self.texts.forget_if_full();
            self.parts.clear();
            self.notes.take(notes, from);
            for note in self.notes.iter() {
                self.parts.add(note, &clock, today, &mut self.texts);
            }
            self.platform.assemble(notes, from, self.parts.as_slice(), shown);
            from += self.notes.count();
        }
    }

    /// The first instant after `now` at which the text is another one; NaN if there is none.
    #[wasm_bindgen(js_name = nextChange)]
    pub fn next_change(&self, note: &str, now: f64) -> f64 {
        let clock = PlatformClock { platform: &self.platform, days: &self.days };
        Note::parse(note).next_change(&clock, to_integer(now)).map_or(f64::NAN, to_number)
    }

    /// What came of the options.
    #[wasm_bindgen(js_name = resolvedOptions)]
    pub fn resolved_options(&self) -> JsValue {
        self.platform.resolved_options(self.language.code())
    }
}
