//! Whether the app for an App Platform is what innovaphone's SDK publishes: names, `config.json`, `plugins.json`, icon, script.

use super::archive::{Entry, What};
use anyhow::{Context as _, Result, bail, ensure};
use serde_json::{Map, Value as Json};

/// The script that the runtime evaluates.
pub const SCRIPT: &str = "pbxcalendar-calendarservice.js";
/// What the platform's web server has a type for; `wasm` is not among them, its single file is.
const SUFFIXES: [&str; 7] = ["js", "css", "png", "json", "txt", "htm", "wasm"];
const MAX_SCRIPT: usize = 48 * 1024;
const ICON_PIXELS: u32 = 110;

/// Checks what goes into the zip.
pub fn check(entries: &[Entry], build: u32) -> Result<()> {
    let mut names = entries.iter().map(|entry| entry.path.as_str()).collect::<Vec<_>>();
    names.iter().try_for_each(|name| check_name(name))?;
    names.sort_unstable();
    names.dedup();
    ensure!(names.len() == entries.len(), "two files have the same name");
    check_config(&json(entries, "config.json")?)?;
    check_plugins(&json(entries, "plugins.json")?, &names)?;
    check_script(text(entries, SCRIPT)?, build)?;
    ensure!(text(entries, "build.txt")? == build.to_string(), "build.txt is not a whole number");
    for name in names.iter().filter_map(|name| name.strip_suffix("_bg.wasm")) {
        let single = format!("{name}.single.js");
        ensure!(
            names.contains(&single.as_str()),
            "{name}_bg.wasm has no {single}, and the platform no type for it"
        );
    }
    Ok(())
}

fn text<'a>(entries: &'a [Entry], name: &str) -> Result<&'a str> {
    let found = entries.iter().find(|entry| entry.path == name).map(|entry| &entry.what);
    let Some(What::File(bytes)) = found else { bail!("{name} is missing") };
    std::str::from_utf8(bytes).with_context(|| name.to_owned())
}

fn json(entries: &[Entry], name: &str) -> Result<Json> {
    serde_json::from_str(text(entries, name)?).with_context(|| name.to_owned())
}

fn check_name(name: &str) -> Result<()> {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_./".contains(c);
    let suffix = name.rsplit_once('.').map(|(_, suffix)| suffix);
    ensure!(
        name.chars().all(is_plain) && !name.starts_with('/') && !name.contains(".."),
        "{name}: names have small letters, digits, - _ . and /"
    );
    ensure!(
        suffix.is_some_and(|suffix| SUFFIXES.contains(&suffix)),
        "{name}: the platform has no type for it"
    );
    Ok(())
}

/// The names of the members must be among `all`, and those in `needed` there.
fn object<'a>(value: &'a Json, what: &str, needed: &[&str], all: &[&str]) -> Result<&'a Map<String, Json>> {
    let object = value.as_object().with_context(|| format!("{what} is no object"))?;
    for name in object.keys() {
        ensure!(all.contains(&name.as_str()), "{what}: {name} is not published");
    }
    for name in needed {
        ensure!(object.contains_key(*name), "{what}: {name} is missing");
    }
    Ok(object)
}

fn list<'a>(of: &'a Map<String, Json>, name: &str) -> Result<&'a Vec<Json>> {
    of.get(name).and_then(Json::as_array).with_context(|| format!("{name} is no array"))
}

fn check_config(config: &Json) -> Result<()> {
    let areas = ["config", "javascript"];
    let config = object(config, "config.json", &areas, &areas)?;
    let init = object(config.get("config").unwrap_or(&Json::Null), "config", &["init"], &["init"])?;
    let mut modes = 0;
    for command in list(init, "init")? {
        match command.get("cmd").and_then(Json::as_str) {
            Some("item") => check_item(command)?,
            Some("mode") => {
                modes += 1;
                check_mode(command)?;
            }
            other => bail!("config.json: {other:?} is no command of config"),
        }
    }
    ensure!(modes == 1, "config.json has {modes} modes; only the PBX Manager may read and write");
    let script = object(config.get("javascript").unwrap_or(&Json::Null), "javascript", &["eval"], &["eval"])?;
    ensure!(
        list(script, "eval")? == &[Json::from(SCRIPT)],
        "config.json evaluates {SCRIPT} and nothing else"
    );
    Ok(())
}

fn check_item(item: &Json) -> Result<()> {
    let needed = ["cmd", "name", "type", "default"];
    let item =
        object(item, "item", &needed, &[&needed[..], &["password", "min", "max", "options"]].concat())?;
    let name = item.get("name").and_then(Json::as_str).unwrap_or_default();
    ensure!((1..=255).contains(&name.len()), "an item has a name of 1 to 255 characters");
    ensure!(item.get("type") == Some(&Json::from("STRING")), "{name}: all our items are texts");
    ensure!(item.get("default").is_some_and(Json::is_string), "{name}: the default of a text is one");
    ensure!(item.get("password").is_none_or(Json::is_boolean), "{name}: password is true or false");
    let is_secret = name.to_lowercase().contains("password");
    ensure!(!is_secret || item.get("password") == Some(&Json::from(true)), "{name} is no password");
    Ok(())
}

fn check_mode(mode: &Json) -> Result<()> {
    let all = ["cmd", "name", "read", "write"];
    let mode = object(mode, "mode", &all, &all)?;
    ensure!(mode.get("name") == Some(&Json::from("pbx-manager")), "only pbx-manager has a mode");
    ensure!(
        ["read", "write"].iter().all(|name| mode.get(*name) == Some(&Json::from(true))),
        "the mode reads and writes"
    );
    Ok(())
}

/// The runtime appends `.js` to two of the names.
fn check_plugins(plugins: &Json, names: &[&str]) -> Result<()> {
    let plugins = object(plugins, "plugins.json", &["plugins"], &["plugins"])?;
    let plugins = list(plugins, "plugins")?;
    ensure!(plugins.len() == 1, "plugins.json names one plugin");
    for plugin in plugins {
        let all = ["js", "icon", "lang", "domains"];
        let plugin = object(plugin, "plugin", &all, &all)?;
        ensure!(plugin.get("domains").is_some_and(Json::is_boolean), "domains is true or false");
        for (member, suffix) in [("js", ".js"), ("lang", ".js"), ("icon", "")] {
            let name = plugin.get(member).and_then(Json::as_str).unwrap_or_default();
            let file = [name, suffix].concat();
            ensure!(
                names.contains(&file.as_str()),
                "plugins.json: {member} names {file}, which is not there"
            );
        }
    }
    Ok(())
}

fn check_script(script: &str, build: u32) -> Result<()> {
    ensure!(
        script.is_ascii() && script.len() <= MAX_SCRIPT,
        "{SCRIPT} is ASCII of at most {MAX_SCRIPT} bytes"
    );
    let line = format!("var BUILD = {build};");
    ensure!(script.contains(&line), "{SCRIPT} is of another version; it should say `{line}`");
    Ok(())
}

/// A PNG, square and of the size that the platform wants.
pub fn check_icon(png: &[u8]) -> Result<()> {
    let number =
        |at: usize| png.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map(u32::from_be_bytes);
    let is_png = png.starts_with(b"\x89PNG\r\n\x1a\n");
    let is_square = number(16) == Some(ICON_PIXELS) && number(20) == Some(ICON_PIXELS);
    ensure!(is_png && is_square, "the icon is no PNG of {ICON_PIXELS} × {ICON_PIXELS} pixels");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::version;
    use crate::project::Project;
    use serde_json::json;
    use std::fs;

    fn sources() -> Vec<Entry> {
        let folder = Project::find().unwrap().path("www/app-platform");
        let file = |name: &str| Entry::text(name, fs::read(folder.join(name)).unwrap());
        let made = |name: &str| Entry::text(name, "");
        let build = version::build(version::VERSION).unwrap();
        vec![
            file("config.json"),
            file("plugins.json"),
            file(SCRIPT),
            Entry::text("build.txt", build.to_string()),
            made("pbxcalendar.calendarmanager.js"),
            made("pbxcalendar.calendarmanager.png"),
            made("pbxcalendar.calendarmanagertexts.js"),
        ]
    }

    /// What is said of our files with one of them as `change` makes it.
    fn with(name: &str, change: impl Fn(String) -> String) -> String {
        let mut entries = sources();
        for entry in &mut entries {
            if let (true, What::File(bytes)) = (entry.path == name, &mut entry.what) {
                *bytes = change(String::from_utf8(bytes.clone()).unwrap()).into_bytes();
            }
        }
        check(&entries, 1_000_100).err().map(|error| format!("{error:#}")).unwrap_or_default()
    }

    #[test]
    fn our_files_are_what_is_published() {
        check(&sources(), version::build(version::VERSION).unwrap()).unwrap();
        check_icon(
            &fs::read(Project::find().unwrap().path("www/app-platform/pbxcalendar-calendar.png")).unwrap(),
        )
        .unwrap();
    }

    #[test]
    fn what_is_not_published_is_refused() {
        let config = |from: &str, to: &str| {
            with("config.json", |text| {
                assert!(text.contains(from), "{from}");
                text.replace(from, to)
            })
        };
        assert!(config("\"pbx-manager\"", "\"owner\"").contains("only pbx-manager"));
        assert!(config("\"write\": true", "\"write\": false").contains("reads and writes"));
        assert!(config(", \"password\": true", "").contains("servicePassword is no password"));
        assert!(config("\"STRING\"", "\"TEXT\"").contains("all our items are texts"));
        assert!(config("\"default\": \"\"", "\"default\": 0").contains("the default of a text"));
        assert!(config("\"default\"", "\"standard\"").contains("standard is not published"));
        assert!(config("\"javascript\"", "\"database\"").contains("database is not published"));
        assert!(config("\"eval\": [", "\"eval\": [\"*\", ").contains("nothing else"));
        assert!(config("\"cmd\": \"mode\"", "\"cmd\": \"table\"").contains("no command"));
        let plugins = |from: &str, to: &str| with("plugins.json", |text| text.replace(from, to));
        assert!(plugins("calendarmanager\"", "calendarmanager.js\"").contains("which is not there"));
        assert!(plugins("\"domains\": false", "\"domains\": 0").contains("true or false"));
        assert!(plugins("\"lang\"", "\"texts\"").contains("texts is not published"));
        assert!(with("build.txt", |_| "1.0".to_owned()).contains("whole number"));
        assert!(with(SCRIPT, |text| text.replace("BUILD = 1", "BUILD = 2")).contains("another version"));
        assert!(with(SCRIPT, |text| text + "ü").contains("ASCII"));
        assert!(with("plugins.json", |_| json!({"plugins": []}).to_string()).contains("one plugin"));
    }

    #[test]
    fn names_are_small_and_every_module_has_its_single_file() {
        for name in ["A.js", "ä.js", "/a.js", "a/../b.js", "a.jpg", "a b.js", "a\\b.js", "a"] {
            assert!(check_name(name).is_err(), "{name}");
        }
        check_name("a/b-c_d.1.js").unwrap();
        let mut entries = sources();
        entries.push(Entry::text("x_bg.wasm", ""));
        assert!(check(&entries, 1_000_100).unwrap_err().to_string().contains("x.single.js"));
        entries.push(Entry::text("x.single.js", ""));
        check(&entries, 1_000_100).unwrap();
        entries.push(Entry::text("x.single.js", ""));
        assert!(check(&entries, 1_000_100).unwrap_err().to_string().contains("same name"));
    }
}
