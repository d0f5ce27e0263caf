//! The scripts as files, which `ShellCheck` and a grammar of PowerShell read; those for a shell also run, twice and back,
//! against a stand-in of `az`. `UPDATE=1` writes the files anew.

use std::fs;
use std::path::{Path, PathBuf};

use calendar::settings::NationalCloud;
use setup_scripts::{Refused, Script, Value, Values, Wrong};

const CLOUDS: [(&str, NationalCloud); 4] = [
    ("global", NationalCloud::Global),
    ("usGov", NationalCloud::UsGov),
    ("usGovDod", NationalCloud::UsGovDod),
    ("china", NationalCloud::China),
];

/// Values that try to get out of their quotes.
fn hostile() -> Values {
    Values {
        tenant: "contoso.example".to_owned(),
        client: "0123abcd-89ab-4def-8123-456789abcdef".to_owned(),
        object: "aaaaaaaa-89ab-4def-8123-456789abcdef".to_owned(),
        name: "O'Neill’s $(touch pwned) `x` \"y\" & ; Ñ".to_owned(),
        group: "Vertrieb ‘Süd’ $env:X".to_owned(),
        inside: "anna@contoso.example".to_owned(),
        outside: "boss@contoso.example".to_owned(),
        account: r"CONTOSO\pbx".to_owned(),
        ..Values::default()
    }
}

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

#[test]
fn every_script_and_what_takes_it_back_is_as_it_was() {
    let all = hostile();
    for script in Script::ALL {
        for (prefix, text) in [("", script.write(&all)), ("undo-", script.undo(&all))] {
            let file = golden(&format!("{prefix}{}", script.file_name()));
            let text = text.unwrap();
            if std::env::var_os("UPDATE").is_some() {
                fs::write(&file, &text).unwrap();
            }
            assert_eq!(fs::read_to_string(&file).unwrap_or_default(), text, "{}", file.display());
        }
    }
}

#[test]
fn each_cloud_and_choice_changes_the_head_alone() {
    for script in Script::ALL {
        for (cloud, values) in CLOUDS.map(|(_, cloud)| (cloud, Values { cloud, ..hostile() })) {
            for (is_ews, revokes) in [(false, false), (true, true)] {
                let values = Values { is_ews, revokes, ..values.clone() };
                let text = script.write(&values);
                let extension = script.file_name().rsplit('.').next();
                if cloud == NationalCloud::UsGovDod && extension == Some("sh") {
                    assert_eq!(text, Err(Wrong::NoCli));
                    continue;
                }
                let (text, plain) = (text.unwrap(), script.write(&hostile()).unwrap());
                let body =
                    |text: &str| text.split_once("\n\n").unwrap().1.split_once("\n\n").unwrap().1.to_owned();
                assert_eq!(body(&text), body(&plain));
                assert_eq!(text.starts_with('\u{feff}'), extension == Some("ps1"));
            }
        }
    }
}

#[test]
fn a_value_that_does_not_belong_into_a_script_gets_into_none() {
    for (name, refused) in
        [("", Refused::Missing), ("@x", Refused::Beginning), ("a\u{202e}b", Refused::Characters)]
    {
        let values = Values { name: name.to_owned(), ..hostile() };
        assert_eq!(Script::RegisterSh.write(&values), Err(Wrong::Value(Value::Name, refused)));
        assert_eq!(Script::Impersonation.undo(&values), Err(Wrong::Value(Value::Name, refused)));
    }
    let values = Values { client: "0123".to_owned(), ..hostile() };
    assert_eq!(Script::EwsAllow.write(&values), Err(Wrong::Value(Value::Client, Refused::Form)));
}
