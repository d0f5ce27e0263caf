//! Arguments that several commands have.

use calendar_presence::Language;
use chrono::{DateTime, FixedOffset};

use crate::zones::Zone;

/// An instant such as `2026-11-21T09:00:00Z`.
pub(crate) fn instant(text: &str) -> Result<DateTime<FixedOffset>, &'static str> {
    DateTime::parse_from_rfc3339(text).map_err(|_| "expected an instant such as 2026-11-21T09:00:00Z")
}

/// The language for a locale such as `de` or `pt-BR`; English where there are no words for it.
pub(crate) fn language(locale: &str) -> Result<Language, &'static str> {
    if is_language_tag(locale) {
        Ok(Language::from_locale(locale))
    } else {
        Err("expected a language tag such as de or pt-BR")
    }
}

/// A time zone such as `Europe/Berlin`, in any letter case.
pub(crate) fn zone(name: &str) -> Result<Zone, &'static str> {
    Zone::iana(name).ok_or("there is no such time zone; expected a name such as Europe/Berlin")
}

/// The shape of BCP 47: a language of two to eight letters, then subtags of up to eight letters and digits.
fn is_language_tag(locale: &str) -> bool {
    let mut subtags = locale.split('-');
    let language = subtags.next().unwrap_or_default();
    let is_language =
        matches!(language.len(), 2 | 3 | 5..=8) && language.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_language
        && subtags
            .all(|tag| matches!(tag.len(), 1..=8) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_tags_have_the_shape_of_bcp_47() {
        for tag in ["de", "de-AT", "zh-Hant-TW", "sr-Latn", "de-u-hc-h12", "gsw"] {
            assert!(is_language_tag(tag), "{tag}");
        }
        for tag in ["", "d", "de_DE", "de-", "de--AT", "-de", "d1", "abcd", "de-toolongsub", "dé"] {
            assert!(!is_language_tag(tag), "{tag}");
        }
    }
}
