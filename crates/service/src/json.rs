//! JSON as programs send it that cut texts without looking.

use std::borrow::Cow;
use std::iter;

/// Bytes of an escape such as `\ud83d`.
const ESCAPE: usize = 6;
/// The escape of U+FFFD, which stands for what cannot be read. As long as any other, so that places in the text stay.
const REPLACEMENT: &str = r"\ufffd";

/// JSON from outside, made readable for `serde_json`, which refuses a whole document for one such character: bytes that
/// are not UTF-8 and escapes of half a surrogate pair (a title that was cut in the middle of an emoji) become U+FFFD.
pub fn lenient(json: &[u8]) -> Cow<'_, str> {
    match String::from_utf8_lossy(json) {
        Cow::Borrowed(text) => pair_surrogates(text),
        Cow::Owned(text) => Cow::Owned(pair_surrogates(&text).into_owned()),
    }
}

/// The same JSON, with `\ufffd` for each escape of half a surrogate pair. Lines and columns stay as they are.
pub fn pair_surrogates(json: &str) -> Cow<'_, str> {
    let mut repaired = String::new();
    let mut taken = 0;
    for half in half_pairs(json) {
        repaired.push_str(json.get(taken..half).unwrap_or_default());
        repaired.push_str(REPLACEMENT);
        taken = half + ESCAPE;
    }
    if taken == 0 {
        return Cow::Borrowed(json);
    }
    repaired.push_str(json.get(taken..).unwrap_or_default());
    Cow::Owned(repaired)
}

/// Where half a surrogate pair is escaped. Backslashes outside of texts are no JSON anyhow, so nothing needs to know
/// where a text begins.
fn half_pairs(json: &str) -> impl Iterator<Item = usize> {
    let mut from = 0;
    iter::from_fn(move || {
        loop {
            let escape = from + json.get(from..)?.find('\\')?;
            let length = match (unit(json, escape), unit(json, escape + ESCAPE)) {
                (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 2 * ESCAPE,
                (Some(0xd800..=0xdfff), _) => {
                    from = escape + ESCAPE;
                    return Some(escape);
                }
                (Some(_), _) => ESCAPE,
                // A backslash is escaped as well. What follows may be longer than a byte, if it is no escape.
                (None, _) => 1 + json.get(escape + 1..)?.chars().next()?.len_utf8(),
            };
            from = escape + length;
        }
    })
}

/// The UTF-16 code unit whose escape begins at this byte.
fn unit(json: &str, at: usize) -> Option<u16> {
    let figures = json.get(at..at + ESCAPE)?.strip_prefix("\\u")?;
    // `from_str_radix` takes a sign as well.
    figures.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u16::from_str_radix(figures, 16).ok())?
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    fn read(json: &str) -> String {
        serde_json::from_str(&pair_surrogates(json)).unwrap()
    }

    #[test]
    fn half_a_pair_is_replaced_wherever_it_stands() {
        for (json, expected) in [
            (r#""Plan \ud83d""#, "Plan \u{fffd}"),
            (r#""\uD83D Plan""#, "\u{fffd} Plan"),
            (r#""\ude00""#, "\u{fffd}"),
            (r#""\ude00\ud83d""#, "\u{fffd}\u{fffd}"),
            (r#""\ud83d\ud83d\ude00x""#, "\u{fffd}😀x"),
            (r#""\ud83d\ude00\ude00""#, "😀\u{fffd}"),
            (r#""\ud83d\n\ud83dä""#, "\u{fffd}\n\u{fffd}ä"),
            (r#""\ud83d\u0041""#, "\u{fffd}A"),
            (r#""\\\ud83d""#, "\\\u{fffd}"),
        ] {
            assert_eq!(read(json), expected, "{json}");
        }
        let keys: Value = serde_json::from_str(&pair_surrogates(r#"{"\udfff": 1}"#)).unwrap();
        assert_eq!(keys, serde_json::json!({"\u{fffd}": 1}));
    }

    #[test]
    fn what_is_right_is_neither_changed_nor_copied() {
        for json in [
            r#""\ud83d\ude00 \uD83D\uDE00 😀 \u00e4""#,
            r#""C:\\ud83d""#,
            r#""\\\\ud83d \\\ud83d\ude00""#,
            r#"{"a": [1, "b\"", null]}"#,
            "",
        ] {
            assert!(matches!(pair_surrogates(json), Cow::Borrowed(same) if same == json), "{json}");
            assert!(matches!(lenient(json.as_bytes()), Cow::Borrowed(same) if same == json), "{json}");
        }
    }

    #[test]
    fn what_is_no_json_stays_none() {
        for json in [r"\", r#""\"#, r#""\u"#, r#""\ud83"#, r#""\u+83d""#, r#""\ä\ud8""#, r#""\ud83d\"#] {
            assert!(serde_json::from_str::<Value>(&pair_surrogates(json)).is_err(), "{json}");
        }
    }

    #[test]
    fn bytes_that_are_not_utf_8_cost_only_themselves() {
        assert_eq!(lenient(b"\"caf\xe9 \\ud83d\""), "\"caf\u{fffd} \\ufffd\"");
    }

    proptest! {
        #[test]
        fn texts_of_any_code_units_are_read_as_utf_16_is(units in prop::collection::vec(unit(), 0..8)) {
            let units_of_json: Vec<String> = units.iter().map(|unit| format!("\\u{unit:04x}")).collect();
            let json = units_of_json.concat();
            prop_assert_eq!(read(&format!("\"{json}\"")), String::from_utf16_lossy(&units));
        }

        #[test]
        fn anything_is_taken(text in r#"([\\u"d8c]|\\ud83d|\\udc00|.){0,12}"#, bytes: Vec<u8>) {
            let repaired = pair_surrogates(&text);
            prop_assert_eq!(repaired.len(), text.len());
            prop_assert!(matches!(pair_surrogates(&repaired), Cow::Borrowed(_)));
            let _ = lenient(&bytes);
        }
    }

    fn unit() -> impl Strategy<Value = u16> {
        prop_oneof![any::<u16>(), 0xd800..0xdc00_u16, 0xdc00..0xe000_u16]
    }
}
