//! How the link of a relay stands, in words.

use js_sys::Date;
use kit::{Texts, Words, fill};
use texts::relay as text;
use wasm_bindgen::JsValue;

use crate::told::Relay;

/// The numbers of builds begin here: then 10000 for each major version, 100 for each minor one.
const FIRST_BUILD: u32 = 1_000_000;

/// How it looks.
pub fn health(relay: Option<&Relay>) -> &'static str {
    match relay.map(|relay| &*relay.link) {
        Some("up") => "good",
        Some("connecting") | None => "",
        Some("unconfigured") => "fair",
        Some(_) => "bad",
    }
}

/// How it stands, and what to do about it.
pub fn sentence(texts: Texts, relay: Option<&Relay>) -> String {
    let Some(relay) = relay else { return String::new() };
    let url = relay.url.as_deref().unwrap_or_default();
    let unknown = texts.text(text::UNKNOWN_VERSION);
    let version = relay.service_version.as_deref().unwrap_or(unknown);
    let say = |words: Words, value: &str| fill(texts.text(words), &[value]);
    match &*relay.link {
        "up" => say(text::UP, version),
        "connecting" => say(text::CONNECTING, url),
        "unconfigured" => texts.text(text::UNCONFIGURED).to_owned(),
        "insecure" => texts.text(text::INSECURE).to_owned(),
        "unreachable" => say(text::UNREACHABLE, url),
        "refused" => say(text::REFUSED_LOGIN, url),
        "foreign" => say(text::FOREIGN, url),
        "version" => {
            let build = relay.build.and_then(version_of_build);
            let is_service_newer = relay.service_protocol > relay.protocol;
            let words = if is_service_newer { text::UPDATE_PACKAGE } else { text::UPDATE_SERVICE };
            fill(texts.text(words), &[version, build.as_deref().unwrap_or(unknown)])
        }
        _ => texts.text(text::LOST).to_owned(),
    }
}

/// Since when it stands so, and when it is tried again.
pub fn times(texts: Texts, relay: Option<&Relay>) -> String {
    let Some(relay) = relay else { return String::new() };
    let time = |words: Words, at: Option<f64>| {
        at.map(|at| fill(texts.text(words), &[&moment(texts, at)])).unwrap_or_default()
    };
    let [since, next] = [time(text::SINCE, relay.since), time(text::NEXT, relay.next)];
    [&*since, &*next].join(" ").trim().to_owned()
}

/// The time of the day, with the day where it is another.
fn moment(texts: Texts, at: f64) -> String {
    let at = Date::new(&JsValue::from_f64(at));
    let locale = texts.language().code();
    let is_today = at.to_date_string() == Date::new_0().to_date_string();
    let words = if is_today {
        at.to_locale_time_string(locale)
    } else {
        at.to_locale_string(locale, &JsValue::UNDEFINED)
    };
    words.into()
}

/// The version of the package with this number.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "what is out of range gives none"
)]
fn version_of_build(build: f64) -> Option<String> {
    let number = (build as u32).checked_sub(FIRST_BUILD)?;
    let [major, minor, patch] =
        [number / 10_000, number / 100 % 100, number % 100].map(|part| part.to_string());
    Some([&*major, &*minor, &*patch].join("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_build_tells_the_version() {
        assert_eq!(version_of_build(1_000_100.0).as_deref(), Some("0.1.0"));
        assert_eq!(version_of_build(1_121_003.0).as_deref(), Some("12.10.3"));
        assert_eq!(version_of_build(7.0), None);
        assert_eq!(version_of_build(f64::NAN), None);
    }

    #[test]
    fn only_what_is_up_looks_well() {
        let of = |link: &str| health(Some(&Relay { link: link.to_owned(), ..Relay::default() }));
        assert_eq!(
            ["up", "connecting", "unconfigured", "refused", ""].map(of),
            ["good", "", "fair", "bad", "bad"]
        );
        assert_eq!(health(None), "");
    }
}
