//! From a crate to a small wasm module with its JavaScript glue: cargo, wasm-bindgen, wasm-opt.

use crate::glue;
use crate::process;
use crate::project::Project;
use crate::remap;
use crate::tools;
use anyhow::{Context as _, Result};
use std::fs;
use std::path::{Path, PathBuf};
use wasm_bindgen_cli_support::Bindgen;

const TARGET: &str = "wasm32-unknown-unknown";
/// What `.cargo/config.toml` says of this target, which the variable with the other flags would hide: all views are of
/// one type, and their code is there once.
const ERASED: &str = "\u{1f}--cfg\u{1f}erase_components";

/// A crate that becomes a wasm module.
pub struct Module {
    /// What it is called in messages, and the name of its file between two stages of a build.
    pub name: &'static str,
    /// Its package.
    pub package: &'static str,
    /// The profile that it is compiled with for delivery.
    pub profile: &'static str,
    /// `x`: the glue is `x.js`, the module `x_bg.wasm`.
    pub out_name: &'static str,
    /// Whether the glue knows where the module lies, beside itself; else the caller must say so.
    pub finds_itself: bool,
}

/// What a build is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To be loaded from far away by many: as small as can be.
    Delivery,
    /// To be looked at on this machine: soon done. Looks and works the same.
    TryOut,
}

impl Module {
    /// Compiles the crate. As a cdylib alone: beside an rlib, LTO would be switched off without a word.
    pub fn compile(&self, project: &Project, purpose: Purpose) -> Result<()> {
        let profile = match purpose {
            Purpose::Delivery => self.profile,
            Purpose::TryOut => "try-out",
        };
        let mut cargo = project.cargo();
        cargo.args(["rustc", "--locked", "--package", self.package, "--lib", "--crate-type", "cdylib"]);
        cargo.args(["--profile", profile, "--target", TARGET]);
        cargo.env("CARGO_ENCODED_RUSTFLAGS", remap::rustflags(project)? + ERASED);
        process::run(&mut cargo)?;

        let file = format!("{}.wasm", self.package.replace('-', "_"));
        let made = project.target.join(TARGET).join(profile).join(file);
        let copy = self.compiled(project, purpose);
        fs::create_dir_all(copy.parent().context("a file without a folder")?)?;
        fs::copy(&made, &copy).with_context(|| made.display().to_string())?;
        Ok(())
    }

    /// What [`compile`](Self::compile) makes.
    pub fn compiled(&self, project: &Project, purpose: Purpose) -> PathBuf {
        let folder = match purpose {
            Purpose::Delivery => "wasm",
            Purpose::TryOut => "wasm-try-out",
        };
        project.scratch(folder).join(self.name).with_extension("wasm")
    }

    /// Whether it has never been compiled here for this purpose.
    pub fn is_missing(&self, project: &Project, purpose: Purpose) -> bool {
        !self.compiled(project, purpose).exists()
    }

    /// Writes the glue and the module that browsers load into `folder`.
    pub fn bind(&self, project: &Project, purpose: Purpose, folder: &Path) -> Result<()> {
        let compiled = self.compiled(project, purpose);
        let mut bindgen = Bindgen::new();
        bindgen.input_path(&compiled).out_name(self.out_name).typescript(false);
        bindgen.remove_name_section(true).remove_producers_section(true);
        bindgen.omit_default_module_path(!self.finds_itself);
        bindgen
            .web(true)?
            .generate(folder)
            .with_context(|| format!("wasm-bindgen on {}", compiled.display()))?;
        let wasm = folder.join(format!("{}_bg.wasm", self.out_name));
        shrink(&wasm, &folder.join(format!("{}.js", self.out_name)))?;
        match purpose {
            Purpose::Delivery => optimise(project, &wasm),
            Purpose::TryOut => Ok(()),
        }
    }
}

/// Takes out of module and glue what nobody uses.
fn shrink(wasm: &Path, script: &Path) -> Result<()> {
    let mut module = walrus::Module::from_file(wasm).with_context(|| wasm.display().to_string())?;
    drop_streams(&mut module);
    let text = fs::read_to_string(script).with_context(|| script.display().to_string())?;
    fs::write(script, glue::trim(&mut module, &text)).with_context(|| script.display().to_string())?;
    module.emit_wasm_file(wasm).with_context(|| wasm.display().to_string())
}

/// Takes out the classes of wasm-streams, and with them everything that only they need. Leptos brings them along for
/// server functions; nothing here uses them, but an export is never dead code.
fn drop_streams(module: &mut walrus::Module) {
    let of_streams = module.exports.iter().filter(|export| export.name.contains("intounderlying"));
    for export in of_streams.map(walrus::Export::id).collect::<Vec<_>>() {
        module.exports.delete(export);
    }
    walrus::passes::gc::run(module);
}

/// wasm-opt in place. Below the stack, which comes first, nothing lies. No feature flags: it reads the features from
/// the module, and with `--all-features` it would write one that browsers refuse.
fn optimise(project: &Project, wasm: &Path) -> Result<()> {
    let smaller = wasm.with_extension("smaller");
    let mut wasm_opt = tools::npm_program(project, "wasm-opt");
    wasm_opt.args(["-Oz", "--low-memory-unused"]).arg(wasm).arg("--output").arg(&smaller);
    process::run(&mut wasm_opt)?;
    fs::rename(&smaller, wasm).with_context(|| wasm.display().to_string())
}
