//! What wasm-bindgen leaves in its glue, made small. Names that only module and glue know carry hashes, which no
//! compression shortens, and the glue keeps functions for imports that are gone from the module.

use std::collections::{BTreeMap, BTreeSet};
use walrus::Module;

/// How the names begin that only module and glue know.
const INTERNAL: [&str; 3] = ["__wbg_", "__wbindgen_", "wasm_bindgen_"];

/// Gives imports and exports short names, and takes out of `script` what the module does not import. Returns the new
/// script.
pub fn trim(module: &mut Module, script: &str) -> String {
    let imports: BTreeSet<String> = module.imports.iter().map(|import| import.name.clone()).collect();
    let script = without_unused(script, &imports);
    let names = rename(module);
    replace(&script, &names)
}

fn rename(module: &mut Module) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    let mut short = |name: &mut String| {
        if INTERNAL.iter().any(|prefix| name.starts_with(prefix)) {
            let next = format!("${:x}", names.len());
            let known = names.entry(name.clone()).or_insert(next);
            name.clone_from(known);
        }
    };
    module.imports.iter_mut().for_each(|import| short(&mut import.name));
    module.exports.iter_mut().for_each(|export| short(&mut export.name));
    names
}

/// The script without the properties of the import object whose names are not in `used`. wasm-bindgen writes each as a
/// function in lines of its own, indented by eight blanks.
fn without_unused(script: &str, used: &BTreeSet<String>) -> String {
    let mut skipping = false;
    let mut kept = String::new();
    for line in script.lines() {
        let property = line.strip_prefix("        ").and_then(|line| line.split_once(": function("));
        if let Some((name, _)) = property.filter(|(name, _)| is_name(name)) {
            skipping = INTERNAL.iter().any(|prefix| name.starts_with(prefix)) && !used.contains(name);
        }
        if !skipping {
            kept.push_str(line);
            kept.push('\n');
        }
        skipping &= line != "        },";
    }
    kept
}

fn replace(script: &str, names: &BTreeMap<String, String>) -> String {
    let mut replaced = String::with_capacity(script.len());
    let mut rest = script;
    while !rest.is_empty() {
        let length = rest.find(|c| !is_in_name(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(length);
        replaced.push_str(names.get(word).map_or(word, String::as_str));
        let between = after.find(is_in_name).unwrap_or(after.len());
        let (other, next) = after.split_at(between);
        replaced.push_str(other);
        rest = next;
    }
    replaced
}

fn is_name(text: &str) -> bool {
    text.chars().all(is_in_name)
}

fn is_in_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '$'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_replaced_whole() {
        let names = BTreeMap::from([("__wbg_a_1".to_owned(), "$0".to_owned())]);
        assert_eq!(
            replace("wasm.__wbg_a_1(x); __wbg_a_12: é, __wbg_a_1", &names),
            "wasm.$0(x); __wbg_a_12: é, $0"
        );
    }

    #[test]
    fn functions_that_are_not_imported_go() {
        let script = "    const a = {\n        __wbg_a_1: function(x) {\n            return {\n            };\n        },\n        \
                      __wbg_b_2: function() {\n            b();\n        },\n    };\n";
        let kept = without_unused(script, &BTreeSet::from(["__wbg_b_2".to_owned()]));
        assert_eq!(
            kept,
            "    const a = {\n        __wbg_b_2: function() {\n            b();\n        },\n    };\n"
        );
    }
}
