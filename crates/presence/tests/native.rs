//! Dates and times of the native viewer.

mod util;

use calendar_presence::{LANGUAGES, Language, Viewer as _};
use util::{at, viewer};

#[test]
fn dates_and_times_are_as_cldr_writes_them() {
    let expected = [
        ("bs", "07. 02. 2026.", "08:05"),
        ("ca", "07/02/2026", "08:05"),
        ("cs", "07. 02. 2026", "08:05"),
        ("da", "07.02.2026", "08.05"),
        ("de", "07.02.2026", "08:05"),
        ("en", "07/02/2026", "08:05"),
        ("es", "07/02/2026", "08:05"),
        ("et", "07.02.2026", "08:05"),
        ("eu", "2026/02/07", "08:05"),
        ("fi", "07.02.2026", "08.05"),
        ("fr", "07/02/2026", "08:05"),
        ("hr", "07. 02. 2026.", "08:05"),
        ("hu", "2026. 02. 07.", "08:05"),
        ("it", "07/02/2026", "08:05"),
        ("lv", "07.02.2026", "08:05"),
        ("mk", "07.02.2026 г.", "08:05"),
        ("nl", "07-02-2026", "08:05"),
        ("no", "07.02.2026", "08:05"),
        ("pl", "07.02.2026", "08:05"),
        ("pt", "07/02/2026", "08:05"),
        ("ru", "07.02.2026", "08:05"),
        ("sl", "07. 02. 2026", "08:05"),
        ("sr", "07.02.2026.", "08:05"),
        ("sv", "2026-02-07", "08:05"),
        ("th", "07/02/2569", "08:05"),
        ("tr", "07.02.2026", "08:05"),
    ];
    for (index, (code, date, time)) in expected.into_iter().enumerate() {
        assert_eq!(code, LANGUAGES[index]);
        let viewer = viewer(Language::from_index(index).unwrap(), "Europe/Berlin");
        let until = at("2026-02-07T07:05:00Z");
        let when = |now| {
            let mut text = String::new();
            viewer.append_when(until, now, &mut text);
            text
        };
        assert_eq!(when(until), time, "{code}");
        assert_eq!(when(at("2026-02-06T12:00:00Z")), format!("{date} {time}"), "{code}");
    }
}

#[test]
fn the_numbers_of_the_languages_stay_for_ever() {
    assert_eq!(
        LANGUAGES.join(" "),
        "bs ca cs da de en es et eu fi fr hr hu it lv mk nl no pl pt ru sl sr sv th tr"
    );
    for (index, code) in LANGUAGES.into_iter().enumerate() {
        let language = Language::from_code(code).unwrap();
        assert_eq!((language.index(), language.code()), (index, code));
        assert_eq!(Language::from_index(index), Some(language));
    }
    assert_eq!(Language::from_index(26), None);
    assert_eq!(Language::default(), Language::En);
}
