//! Dates and durations as the browser writes them in the language of the form.

use calendar::settings::guidance::{Day, day};
use calendar::settings::{Item, Kind};
use js_sys::{Array, Date, Intl, Object, Reflect};
use kit::Language;
use wasm_bindgen::prelude::*;

const DAY: f64 = 86_400_000.0;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type RelativeTimeFormat;

    #[wasm_bindgen(constructor, js_namespace = Intl)]
    fn new(locale: &str) -> RelativeTimeFormat;

    #[wasm_bindgen(method)]
    fn format(this: &RelativeTimeFormat, value: f64, unit: &str) -> String;

    #[wasm_bindgen(thread_local_v2, js_namespace = navigator, js_name = language)]
    static LANGUAGE: String;
}

/// The day that it is for the administrator.
pub fn today() -> Day {
    let now = Date::new_0();
    day(now.get_full_year().into(), Day::from(now.get_month()) + 1, now.get_date().into())
}

/// A day in words: 1 April 2027.
#[expect(clippy::cast_precision_loss, reason = "days are few")]
pub fn date(language: Language, day: Day) -> String {
    write(language, day as f64 * DAY, &[("dateStyle", "long"), ("timeZone", "UTC")])
}

/// The time of an instant, in milliseconds since the epoch: 14:05.
pub fn time(language: Language, instant: f64) -> String {
    write(language, instant, &[("timeStyle", "short")])
}

/// How far away something is: in 12 days, 3 minutes ago.
pub fn distance(language: Language, count: f64, unit: &str) -> String {
    RelativeTimeFormat::new(locale(language)).format(count, unit)
}

/// The time zone of the browser.
pub fn time_zone() -> String {
    let options = Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    Reflect::get(&options, &"timeZone".into()).ok().and_then(|zone| zone.as_string()).unwrap_or_default()
}

/// The choice of the presence language that is the language of the browser, English if there is none.
pub fn presence_language() -> usize {
    let Kind::Choice(codes) = Item::PresenceLanguage.kind() else { return 0 };
    let place = |code: &str| codes.iter().position(|known| *known == code);
    let base = LANGUAGE.with(|tag| tag.split('-').next().and_then(place));
    base.or_else(|| place("en")).unwrap_or_default()
}

/// English is that of Europe, where the PBXs are: the day comes before the month.
fn locale(language: Language) -> &'static str {
    if language == Language::En { "en-GB" } else { language.code() }
}

fn write(language: Language, instant: f64, style: &[(&str, &str)]) -> String {
    let options = Object::new();
    for (key, value) in style {
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&options, &(*key).into(), &(*value).into());
    }
    Date::new(&instant.into()).to_locale_string(locale(language), &options).into()
}
