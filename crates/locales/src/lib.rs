//! The texts of form and pages as translators get them: a file of JSON for each language in `locales/`. They are read and
//! checked when the project is built, so that no page lacks a text in a language or a value in a text.
//!
//! | module | what it holds |
//! | --- | --- |
//! | `file` | a file as texts with their keys |
//! | `check` | what must hold within a text, and between languages |
//! | [`rust`] | the texts as constants |
//!
//! A text has a key of names joined by dots, after the place where it is shown: `saving.save`. `$0` and `$1` in it stand
//! for what is put there. A text with a number in it has two forms, `one` and `other`. `notes.json` tells translators what
//! a text is for, where its key does not.

mod check;
mod file;
pub mod rust;

use std::collections::BTreeMap;
use std::fmt::{self, Display};
use std::fs;
use std::path::{Path, PathBuf};

use words::Language;

/// A text in all languages, in the order of [`Language::ALL`].
pub type All = [String; Language::ALL.len()];

/// What stands under a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Text {
    /// A text.
    Plain(All),
    /// A text with a number in it.
    Counted {
        /// For one.
        one: All,
        /// For other numbers.
        other: All,
    },
}

impl Text {
    /// Its forms.
    pub fn forms(&self) -> impl Iterator<Item = &All> {
        match self {
            Self::Plain(all) => [Some(all), None],
            Self::Counted { one, other } => [Some(one), Some(other)],
        }
        .into_iter()
        .flatten()
    }
}

/// All texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Locales {
    /// The texts under their keys.
    pub texts: BTreeMap<String, Text>,
    /// What some of them are for.
    pub notes: BTreeMap<String, String>,
}

/// Something that is wrong with a file, to be mended before anything is built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    file: String,
    what: String,
}

impl Fault {
    fn new(file: &str, what: impl Into<String>) -> Self {
        Self { file: file.to_owned(), what: what.into() }
    }
}

impl Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "locales/{}: {}", self.file, self.what)
    }
}

/// Name of the file with the notes.
const NOTES: &str = "notes.json";

/// Name of the file of a language.
fn file_name(language: Language) -> String {
    format!("{}.json", language.code())
}

/// The files below a folder `locales`.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let languages = Language::ALL.map(file_name);
    languages.iter().map(String::as_str).chain([NOTES]).map(|name| folder.join(name)).collect()
}

/// Reads the files of a folder `locales`, and checks them.
///
/// # Errors
///
/// All that is wrong with them, so that it can be mended in one go.
pub fn read(folder: &Path) -> Result<Locales, Vec<Fault>> {
    let load = |name: &str| {
        fs::read_to_string(folder.join(name)).map_err(|error| vec![Fault::new(name, error.to_string())])
    };
    let notes = load(NOTES)?;
    let mut sources = All::default();
    for (source, language) in sources.iter_mut().zip(Language::ALL) {
        *source = load(&file_name(language))?;
    }
    parse(&sources, &notes)
}

/// The texts of the files of all languages, which are given in the order of [`Language::ALL`].
///
/// # Errors
///
/// All that is wrong with them.
pub fn parse(sources: &All, notes: &str) -> Result<Locales, Vec<Fault>> {
    let mut faults = Vec::new();
    let languages = sources.iter().zip(Language::ALL);
    let files: Vec<_> =
        languages.map(|(source, language)| file::read(&file_name(language), source, &mut faults)).collect();
    let notes = file::read(NOTES, notes, &mut faults);
    let locales = check::join(&files, notes, &mut faults);
    if faults.is_empty() { Ok(locales) } else { Err(faults) }
}

#[cfg(test)]
mod tests;
