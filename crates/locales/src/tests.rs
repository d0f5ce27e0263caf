use proptest::prelude::*;

use super::*;

/// Six files that say the same.
fn same(source: &str) -> All {
    Language::ALL.map(|_| source.to_owned())
}

/// Files that are English in all languages, but for one.
fn but(language: Language, source: &str, english: &str) -> All {
    Language::ALL.map(|one| if one == language { source } else { english }.to_owned())
}

fn faults(sources: &All, notes: &str) -> Vec<String> {
    parse(sources, notes).err().unwrap_or_default().iter().map(ToString::to_string).collect()
}

#[test]
fn texts_have_keys_after_their_places() {
    let locales = parse(
        &same(r#"{"saving": {"save": "Save", "bar": {"changes": {"one": "$0 change", "other": "$0 changes"}}}}"#),
        r#"{"saving": {"save": "Button."}}"#,
    )
    .unwrap();
    let texts = BTreeMap::from([
        ("saving.save".to_owned(), Text::Plain(same("Save"))),
        (
            "saving.bar.changes".to_owned(),
            Text::Counted { one: same("$0 change"), other: same("$0 changes") },
        ),
    ]);
    assert_eq!(locales.texts, texts);
    assert_eq!(locales.notes, BTreeMap::from([("saving.save".to_owned(), "Button.".to_owned())]));
}

#[test]
fn a_fault_names_file_key_and_what_to_do() {
    let english = r#"{"a": {"b": "Of $0", "c": "Yes", "n": {"one": "One", "other": "$0"}}}"#;
    let cases = [
        (r#"{"a": {"b": "Von $0", "n": {"one": "Einer", "other": "$0"}}}"#, "a.c is missing"),
        (
            r#"{"a": {"b": "Von $0", "c": "Ja", "d": "", "n": {"one": "Einer", "other": "$0"}}}"#,
            "a.d is not in en.json",
        ),
        (
            r#"{"a": {"b": "Von", "c": "Ja", "n": {"one": "Einer", "other": "$0"}}}"#,
            "a.b does not have the same `$0`, `$1` as in English",
        ),
        (
            r#"{"a": {"b": "Von $0", "c": "Ja", "n": {"one": "Einer", "other": "Viele"}}}"#,
            "a.n needs `$0` for the number, in `other` at least",
        ),
        (
            r#"{"a": {"b": "Von $0", "c": "Ja", "n": "$0"}}"#,
            "a.n has a number in it: it needs `one` and `other`",
        ),
        (
            r#"{"a": {"b": "Von $0", "c": {"one": "$0", "other": "$0"}, "n": {"one": "Einer", "other": "$0"}}}"#,
            "a.c is one text in English, without `one` and `other`",
        ),
        (r#"{"a": {"b": "Von $0", "c": "", "n": {"one": "Einer", "other": "$0"}}}"#, "a.c is empty"),
        (
            r#"{"a": {"b": "Von $0", "c": " Ja", "n": {"one": "Einer", "other": "$0"}}}"#,
            "a.c has a blank too many",
        ),
    ];
    for (german, what) in cases {
        let expected = [format!("locales/de.json: {what}")];
        assert_eq!(faults(&but(Language::De, german, english), "{}"), expected, "{german}");
    }
}

#[test]
fn all_faults_are_told_at_once() {
    let found =
        faults(&but(Language::Nl, r#"{"b": "y"}"#, r#"{"a": "x", "b": "y", "c": "z"}"#), r#"{"d": "no"}"#);
    let expected = [
        "locales/nl.json: a is missing",
        "locales/nl.json: c is missing",
        "locales/notes.json: there is no text d",
    ];
    assert_eq!(found, expected);
}

#[test]
fn what_two_people_added_is_noticed() {
    let found = faults(&but(Language::It, r#"{"a": {"b": "x", "b": "y"}}"#, r#"{"a": {"b": "x"}}"#), "{}");
    assert_eq!(found, ["locales/it.json: a.b stands there twice"]);
}

#[test]
fn other_things_than_texts_are_refused() {
    for (source, what) in [
        (r#"{"a": 1}"#, "invalid type: integer `1`, expected a text or a group of texts at line 1 column 7"),
        (r#""a""#, "a group of texts is expected, not a text"),
        (r#"{"A": "x"}"#, r#""A" is no key: names begin with a small letter, and have letters and digits"#),
        (
            r#"{"a": {"one": "x"}}"#,
            "a: a text with a number in it has the two forms `one` and `other`, and nothing else",
        ),
    ] {
        assert_eq!(
            faults(&same(source), "{}").first(),
            Some(&format!("locales/en.json: {what}")),
            "{source}"
        );
    }
}

#[test]
fn french_marks_stay_with_their_word() {
    let found = faults(&but(Language::Fr, r#"{"a": "Oui : « non »"}"#, r#"{"a": "Yes : no"}"#), "{}");
    assert_eq!(found, [r#"locales/fr.json: a needs a no-break space in " :""#]);
    let set = "{\"a\": \"Oui\u{a0}: «\u{a0}non\u{a0}»\"}";
    assert_eq!(faults(&but(Language::Fr, set, r#"{"a": "Yes : no"}"#), "{}"), [""; 0]);
}

#[test]
fn constants_stand_in_modules_after_their_keys() {
    let source = r#"{"dryRun": {"goOn": "\"On\"", "users": {"one": "One", "other": "$0"}}}"#;
    let locales = parse(&same(source), r#"{"dryRun": {"goOn": "Button."}}"#).unwrap();
    let on = r#"::words::Words::new(["\"On\"", "\"On\"", "\"On\"", "\"On\"", "\"On\"", "\"On\""])"#;
    let rust = rust::constants(&locales);
    let expected = [
        "pub mod dry_run {",
        r#"#[doc = "Button."]"#,
        &format!("pub const GO_ON: ::words::Words = {on};"),
        r#"#[doc = "The text `dryRun.users`."]"#,
        "pub const USERS: ::words::Counted = ::words::Counted { one: ",
    ];
    for part in expected {
        assert!(rust.contains(part), "{part} in {rust}");
    }
}

#[test]
fn items_have_functions() {
    let locales = parse(&same(r#"{"item": {"pbxName": {"label": "PBX", "more": "More"}}}"#), "{}").unwrap();
    let rust = rust::functions(&locales, &[("label", "Its label.")]);
    let arm = "Item::PbxName => crate::item::pbx_name::LABEL,";
    let expected = format!(
        "/// Its label.\npub fn label(item: Item) -> Words {{\n    match item {{\n        {arm}\n    }}\n}}\n"
    );
    assert_eq!(rust, expected);
}

proptest! {
    #[test]
    fn no_input_panics(source in any::<String>(), notes in any::<String>()) {
        let _ = parse(&same(&source), &notes);
    }

    #[test]
    fn no_json_panics(names in proptest::collection::vec("[a-z.]{0,6}|one|other", 0..6), texts in proptest::collection::vec(any::<String>(), 6)) {
        let group: serde_json::Map<_, _> = names.into_iter().zip(texts.into_iter().map(Into::into)).collect();
        let source = serde_json::json!({ "a": group }).to_string();
        if let Ok(locales) = parse(&same(&source), "{}") {
            let constants = rust::constants(&locales).lines().filter(|line| line.starts_with("pub const ")).count();
            prop_assert_eq!(constants, locales.texts.len());
        }
    }
}
