//! `pkg/plugin`: what a web server hands to the PBX Manager.

use crate::build::{Package, empty};
use crate::catalogue::{self, Texts};
use crate::project::{Project, files_below};
use crate::script::{Bundle, minify};
use crate::sizes::Budget;
use crate::wasm::{Module, Purpose};
use crate::{compress, stamp};
use anyhow::Result;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// What the form says.
const TEXTS_OF_FORM: &[&str] = &[
    "choice",
    "fields",
    "guidance",
    "hints",
    "item",
    "pages",
    "problem",
    "relayCard",
    "saving",
    "sections",
    "status",
];

/// The form.
const FORM: Part = Part {
    module: module("form", "pbx-calendar-plugin"),
    name: "pbxcalendar.form",
    global: "pbxcalendarForm",
    texts: Texts { keys: TEXTS_OF_FORM, sources: &["src/text"] },
};
/// What is opened from it, fetched once the form is idle: preview, users, dry run, App objects, export and import.
const PAGES: Part = Part {
    module: module("pages", "pbx-calendar-pages"),
    name: "pbxcalendar.pages",
    global: "pbxcalendarPages",
    texts: Texts {
        keys: &[
            "api",
            "advice",
            "assistant",
            "certificate",
            "choice",
            "dryRun",
            "examples",
            "fields.secretAbsent",
            "fields.secretStored",
            "item.*.help",
            "item.*.helpFor",
            "item.*.label",
            "objects",
            "overview",
            "preview",
            "problem",
            "reasons",
            "relay",
            "signIn",
            "test",
            "transfer",
            "trouble",
            "users",
        ],
        sources: &["crates/pages/src/text"],
    },
};
/// Name of what wasm-bindgen makes. No dot: it would take what follows for an extension.
const GLUE: &str = "glue";
/// How the names of the files begin that the PBX Manager itself asks for.
const HOST: &str = "pbxcalendar.calendarmanager";
/// Stands between the page and a module: the glue gets its `WebAssembly` instead of the browser's.
const GUARD: &str = "src/guard.js";
const COMMON: &str = include_str!("plugin/common.mjs");
const ENTRY: &str = include_str!("plugin/module.mjs");
const SINGLE_ENTRY: &str = include_str!("plugin/single.mjs");
/// Stands in the delivered scripts where the hash of the modules belongs, so that no cache mixes two builds.
const BUILD: &str = "__BUILD__";

const fn module(name: &'static str, package: &'static str) -> Module {
    Module { name, package, profile: "plugin", out_name: GLUE, finds_itself: false }
}

/// A module with what belongs to it.
struct Part {
    module: Module,
    /// How the names of its files begin, by which the delivered scripts ask for them.
    name: &'static str,
    /// Global variable that the single file sets.
    global: &'static str,
    /// What it says.
    texts: Texts,
}

/// What the modules say.
pub fn parts() -> impl Iterator<Item = &'static Texts> {
    [&FORM.texts, &PAGES.texts].into_iter()
}

/// The package.
pub struct Plugin;

impl Package for Plugin {
    const NAME: &'static str = "plugin";

    const BUDGETS: &'static [Budget] = &[
        Budget {
            name: "plugin",
            bytes: 200 * 1024,
            owed: 18 * 1024 + 512,
            files: &[
                "pbxcalendar.calendarmanager.js",
                "pbxcalendar.calendarmanagertexts.js",
                "pbxcalendar.calendarmanager.css",
                "pbxcalendar.calendarmanager.png",
                "pbxcalendar.form.js",
                "pbxcalendar.form_bg.wasm",
            ],
            one_of: &[
                "pbxcalendar.form.en.json",
                "pbxcalendar.form.de.json",
                "pbxcalendar.form.fr.json",
                "pbxcalendar.form.it.json",
                "pbxcalendar.form.es.json",
                "pbxcalendar.form.nl.json",
            ],
        },
        Budget {
            name: "its pages, once one is opened",
            bytes: 350 * 1024,
            owed: 4 * 1024,
            files: &["pbxcalendar.pages.js", "pbxcalendar.pages_bg.wasm"],
            one_of: &[
                "pbxcalendar.pages.en.json",
                "pbxcalendar.pages.de.json",
                "pbxcalendar.pages.fr.json",
                "pbxcalendar.pages.it.json",
                "pbxcalendar.pages.es.json",
                "pbxcalendar.pages.nl.json",
            ],
        },
    ];

    const MODULES: &'static [Module] = &[FORM.module, PAGES.module];

    fn written(project: &Project) -> Result<Vec<PathBuf>> {
        let mut files = delivered(project)?;
        files.push(project.path(GUARD));
        for texts in parts() {
            files.extend(texts.files(project)?);
        }
        Ok(files)
    }

    fn make(project: &Project, purpose: Purpose, folder: &Path) -> Result<()> {
        let form = make_module(project, purpose, &FORM, folder)?;
        let pages = make_module(project, purpose, &PAGES, folder)?;
        let build = stamp::short(&[&form, &pages]);
        delivered(project)?.iter().try_for_each(|file| deliver(project, file, folder, &build))
    }
}

/// Writes a module's files. Returns what distinguishes this build from others.
fn make_module(project: &Project, purpose: Purpose, part: &Part, folder: &Path) -> Result<Vec<u8>> {
    let name = part.name;
    let stage = project.scratch(name);
    empty(&stage)?;
    part.module.bind(project, purpose, &stage)?;
    let mut wasm = fs::read(stage.join(format!("{GLUE}_bg.wasm")))?;
    fs::write(stage.join(format!("{GLUE}_bg.wasm.gz")), compress::gzip(&wasm)?)?;
    fs::copy(project.path(GUARD), stage.join("guard.js"))?;
    for (file, entry) in [("common.mjs", COMMON), ("module.mjs", ENTRY), ("single.mjs", SINGLE_ENTRY)] {
        fs::write(stage.join(file), entry)?;
    }

    let script = folder.join(format!("{name}.js"));
    let guarded = Bundle { inject: Some(stage.join("guard.js")), ..Bundle::new(stage.join("module.mjs")) };
    guarded.write(project, &script)?;
    fs::write(folder.join(format!("{name}_bg.wasm")), &wasm)?;
    wasm.append(&mut fs::read(script)?);
    for (language, texts) in catalogue::of(project, &part.texts)? {
        fs::write(stage.join(format!("texts.{language}.json")), &texts)?;
        fs::write(folder.join(format!("{name}.{language}.json")), &texts)?;
        wasm.append(&mut texts.into_bytes());
    }
    let single = Bundle { entry: stage.join("single.mjs"), global: Some(part.global), ..guarded };
    single.write(project, &folder.join(format!("{name}.single.js")))?;
    Ok(wasm)
}

/// The classic scripts, the style sheet and the icon.
fn delivered(project: &Project) -> Result<Vec<PathBuf>> {
    let folder = project.path("www");
    let mut files = files_below(&folder)?;
    files.retain(|file| {
        let name = file.file_name().map(OsStr::to_string_lossy);
        file.parent() == Some(&folder) && name.is_some_and(|name| name.starts_with(HOST))
    });
    Ok(files)
}

fn deliver(project: &Project, file: &Path, folder: &Path, build: &str) -> Result<()> {
    let Some(name) = file.file_name() else { return Ok(()) };
    let copy = folder.join(name);
    fs::copy(file, &copy)?;
    let kind = file.extension().and_then(OsStr::to_str);
    if kind == Some("js") {
        fs::write(&copy, fs::read_to_string(&copy)?.replace(BUILD, build))?;
    }
    if matches!(kind, Some("js" | "css")) {
        minify(project, &copy)?;
    }
    Ok(())
}
