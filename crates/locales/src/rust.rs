//! The texts as constants.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::{All, Locales, Text};

/// The constants of all texts, in modules after the names in their keys: `saving.save` becomes `saving::SAVE`, a
/// `words::Words`, or a `words::Counted` for a text with a number in it.
pub fn constants(locales: &Locales) -> String {
    let mut top = Module::default();
    for (key, text) in &locales.texts {
        let mut names: Vec<_> = key.split('.').collect();
        let name = names.pop().unwrap_or_default();
        let module = names.into_iter().fold(&mut top, |module, name| module.modules.entry(name).or_default());
        let note = locales.notes.get(key).map_or_else(|| format!("The text `{key}`."), String::clone);
        module.constants.push((name, note, text));
    }
    let mut rust = String::new();
    top.write(&mut rust, "");
    rust
}

#[derive(Default)]
struct Module<'a> {
    constants: Vec<(&'a str, String, &'a Text)>,
    modules: BTreeMap<&'a str, Module<'a>>,
}

impl Module<'_> {
    fn write(&self, rust: &mut String, key: &str) {
        for (name, note, text) in &self.constants {
            let (kind, value) = match text {
                Text::Plain(all) => ("Words", words(all)),
                Text::Counted { one, other } => (
                    "Counted",
                    format!("::words::Counted {{ one: {}, other: {} }}", words(one), words(other)),
                ),
            };
            let name = constant(name);
            // Writing to a string cannot fail.
            let _ = writeln!(rust, "#[doc = {note:?}]\npub const {name}: ::words::{kind} = {value};");
        }
        for (name, module) in &self.modules {
            let key = if key.is_empty() { (*name).to_owned() } else { format!("{key}.{name}") };
            let _ = writeln!(rust, "#[doc = \"The texts `{key}`.\"]\npub mod {} {{", snake(name));
            module.write(rust, &key);
            rust.push_str("}\n");
        }
    }
}

fn words(all: &All) -> String {
    format!("::words::Words::new({all:?})")
}

/// The functions that tell a text of an item from the item, with a row for each group in `item`: `item.pbxName.label`
/// becomes `Item::PbxName => crate::item::pbx_name::LABEL`. An item without texts does not compile.
pub fn functions(locales: &Locales, texts: &[(&str, &str)]) -> String {
    let mut rust = String::new();
    for (text, about) in texts {
        let _ = writeln!(rust, "/// {about}\npub fn {text}(item: Item) -> Words {{\n    match item {{");
        for key in locales.texts.keys() {
            if let ["item", item, last] = key.split('.').collect::<Vec<_>>()[..]
                && last == *text
            {
                let path = format!("crate::item::{}::{}", snake(item), constant(text));
                let _ = writeln!(rust, "        Item::{} => {path},", variant(item));
            }
        }
        rust.push_str("    }\n}\n");
    }
    rust
}

/// `saveAll` → `SAVE_ALL`
fn constant(name: &str) -> String {
    snake(name).to_ascii_uppercase()
}

/// `saveAll` → `save_all`
pub(crate) fn snake(name: &str) -> String {
    let mut snake = String::new();
    for one in name.chars() {
        if one.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(one.to_ascii_lowercase());
    }
    snake
}

/// `saveAll` → `SaveAll`
fn variant(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}
