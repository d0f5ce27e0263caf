//! The texts of each language as a file of its own, made of the `words!` and `counted!` in the sources. A browser loads
//! the one that is shown.

use crate::project::{Project, files_below};
use anyhow::{Context as _, Result, bail, ensure};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::fs;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{LitStr, Macro, Token};

/// The languages of `words!`, in its order.
const LANGUAGES: [&str; 6] = ["en", "de", "fr", "it", "es", "nl"];

/// Each text in all languages, under its key.
type Texts = BTreeMap<u32, [String; 6]>;

/// The languages, each with its catalogue as JSON: in the order of the keys, and before each
/// text how much its key is larger than the one before: small numbers compress better.
pub fn of(project: &Project, folders: &[&str]) -> Result<Vec<(&'static str, String)>> {
    let mut texts = Texts::new();
    let files = folders.iter().map(|folder| files_below(&project.path(folder)));
    for file in files.collect::<Result<Vec<_>>>()?.concat() {
        if file.extension().is_some_and(|extension| extension == "rs") {
            collect(&fs::read_to_string(&file)?, &mut texts).with_context(|| file.display().to_string())?;
        }
    }
    let catalogue = |(index, language): (usize, &'static str)| {
        let mut last = 0;
        let rows = texts.iter().flat_map(|(key, all)| {
            let text = all.get(index).cloned().unwrap_or_default();
            [Json::from(key - std::mem::replace(&mut last, *key)), Json::from(text)]
        });
        (language, Json::Array(rows.collect()).to_string())
    };
    Ok(LANGUAGES.into_iter().enumerate().map(catalogue).collect())
}

/// Finds the texts in a source file.
fn collect(source: &str, texts: &mut Texts) -> Result<()> {
    let mut finder = Finder { found: Vec::new() };
    finder.visit_file(&syn::parse_file(source)?);
    for text in finder.found {
        let all =
            <[String; 6]>::try_from(text?).map_err(|text| anyhow::anyhow!("not six languages: {text:?}"))?;
        let key = words::key(&std::array::from_fn(|index| all.get(index).map_or("", String::as_str)));
        if let Some(known) = texts.insert(key, all.clone())
            && known != all
        {
            bail!("{known:?} and {all:?} have the same key: change one of them");
        }
    }
    ensure!(!texts.is_empty() || !source.contains("words!["), "no texts found");
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

    fn texts(source: &str) -> Result<Texts> {
        let mut texts = Texts::new();
        collect(source, &mut texts).map(|()| texts)
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
