//! The texts of each language as a file of its own, made of `locales/` and of the `words!` and `counted!` in the sources. A
//! browser loads the one that is shown.

use crate::project::{Project, files_below};
use anyhow::{Context as _, Result, bail, ensure};
use locales::All;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{LitStr, Macro, Token};
use words::Language;

/// Where the languages lie.
const LOCALES: &str = "locales";

/// Which texts a module shows.
pub struct Texts {
    /// How their keys begin: `saving`, or `item.*.label`, in which the star is any one name.
    pub keys: &'static [&'static str],
    /// Folders of sources that have texts of their own.
    pub sources: &'static [&'static str],
}

impl Texts {
    /// The files that they stand in.
    pub fn files(&self, project: &Project) -> Result<Vec<PathBuf>> {
        Ok([locales::files(&project.path(LOCALES)), self.sources(project)?].concat())
    }

    fn sources(&self, project: &Project) -> Result<Vec<PathBuf>> {
        let files = self.sources.iter().map(|folder| files_below(&project.path(folder)));
        let mut files = files.collect::<Result<Vec<_>>>()?.concat();
        files.retain(|file| file.extension().is_some_and(|extension| extension == "rs"));
        Ok(files)
    }

    fn include(&self, key: &str) -> bool {
        self.keys.iter().any(|wanted| {
            let mut names = key.split('.');
            wanted.split('.').all(|wanted| names.next().is_some_and(|name| wanted == "*" || wanted == name))
        })
    }
}

/// Texts in all languages, each under the number that the modules know it by.
type Found = BTreeMap<u32, All>;

/// The languages, each with its catalogue as JSON: in the order of the keys, and before each
/// text how much its key is larger than the one before: small numbers compress better.
pub fn of(project: &Project, texts: &Texts) -> Result<Vec<(&'static str, String)>> {
    let mut found = Found::new();
    let locales = locales::read(&project.path(LOCALES));
    let locales = locales.map_err(|faults| {
        anyhow::anyhow!(faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    })?;
    for all in locales.texts.iter().filter(|(key, _)| texts.include(key)).flat_map(|(_, text)| text.forms()) {
        add(all, &mut found)?;
    }
    for file in texts.sources(project)? {
        collect(&fs::read_to_string(&file)?, &mut found).with_context(|| file.display().to_string())?;
    }
    let catalogue = |(index, language): (usize, Language)| {
        let mut last = 0;
        let rows = found.iter().flat_map(|(key, all)| {
            let text = all.get(index).cloned().unwrap_or_default();
            [Json::from(key - std::mem::replace(&mut last, *key)), Json::from(text)]
        });
        (language.code(), Json::Array(rows.collect()).to_string())
    };
    Ok(Language::ALL.into_iter().enumerate().map(catalogue).collect())
}

fn add(all: &All, found: &mut Found) -> Result<()> {
    let key = words::key(&std::array::from_fn(|index| all.get(index).map_or("", String::as_str)));
    if let Some(known) = found.insert(key, all.clone())
        && known != *all
    {
        bail!("{known:?} and {all:?} have the same key: change one of them");
    }
    Ok(())
}

/// Finds the texts in a source file.
fn collect(source: &str, found: &mut Found) -> Result<()> {
    let mut finder = Finder { found: Vec::new() };
    finder.visit_file(&syn::parse_file(source)?);
    ensure!(!finder.found.is_empty() || !source.contains("words!["), "no texts found");
    for text in finder.found {
        let all = All::try_from(text?).map_err(|text| anyhow::anyhow!("not six languages: {text:?}"))?;
        add(&all, found)?;
    }
    Ok(())
}

struct Finder {
    found: Vec<syn::Result<Vec<String>>>,
}

impl<'ast> Visit<'ast> for Finder {
    fn visit_macro(&mut self, found: &'ast Macro) {
        if found.path.is_ident("words") {
            self.found.push(found.parse_body().map(|Row(row)| row));
        } else if found.path.is_ident("counted") {
            match found.parse_body_with(Punctuated::<Bracketed, Token![,]>::parse_terminated) {
                Ok(pairs) => {
                    for form in 0..2 {
                        let texts = pairs.iter().filter_map(|Bracketed(Row(pair))| pair.get(form).cloned());
                        self.found.push(Ok(texts.collect()));
                    }
                }
                Err(error) => self.found.push(Err(error)),
            }
        }
        visit::visit_macro(self, found);
    }
}

/// Texts separated by commas.
struct Row(Vec<String>);

impl Parse for Row {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let texts = Punctuated::<LitStr, Token![,]>::parse_terminated(input)?;
        Ok(Self(texts.iter().map(LitStr::value).collect()))
    }
}

struct Bracketed(Row);

impl Parse for Bracketed {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let row;
        syn::bracketed!(row in input);
        row.parse().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Result<Found> {
        let mut found = Found::new();
        collect(source, &mut found).map(|()| found)
    }

    #[test]
    fn a_module_has_the_texts_of_its_places() {
        let texts = Texts { keys: &["saving", "item.*.label"], sources: &[] };
        let keys = ["saving.save", "item.user.label", "item.user.help", "savings.save", "item", "users.save"];
        assert_eq!(keys.map(|key| texts.include(key)), [true, true, false, false, false, false]);
    }

    #[test]
    fn every_text_has_a_module_that_shows_it() {
        let locales = locales::read(&Project::find().unwrap().path(LOCALES)).unwrap();
        for key in locales.texts.keys() {
            assert!(
                crate::plugin::parts().any(|texts| texts.include(key)),
                "{key} is in no module of xtask/src/plugin.rs"
            );
        }
    }

    #[test]
    fn finds_words_in_constants_and_matches() {
        let source = r#"
            pub const SAVE: Words = words!["Save", "Speichern", "F", "I", "S", "N"];
            fn label(item: Item) -> Words { match item { Item::A => words!["a", "b", "c", "d", "e", "f",] } }
        "#;
        let found = texts(source).unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!(found[&words::key(&["a", "b", "c", "d", "e", "f"])][5], "f");
    }

    #[test]
    fn finds_both_forms_of_what_is_counted() {
        let source = r#"const C: Counted = counted![["1", "n"], ["d", "dd"], ["f", "ff"], ["i", "ii"], ["s", "ss"], ["l", "ll"]];"#;
        let found = texts(source).unwrap();
        assert!(found.contains_key(&words::key(&["1", "d", "f", "i", "s", "l"])));
        assert!(found.contains_key(&words::key(&["n", "dd", "ff", "ii", "ss", "ll"])));
    }
}
