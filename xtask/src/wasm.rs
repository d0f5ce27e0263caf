//! From a crate to a small wasm module with its JavaScript glue: cargo, wasm-bindgen, wasm-opt.

use crate::glue;
use crate::process;
use crate::project::Project;
use crate::tools;
use anyhow::{Context as _, Result};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use wasm_bindgen_cli_support::Bindgen;

const TARGET: &str = "wasm32-unknown-unknown";

/// A crate that becomes a wasm module.
pub struct Module {
    /// Its package.
    pub package: &'static str,
    /// Its profile, which is also the name of cargo's output folder.
    pub profile: &'static str,
    /// Features that it is built with.
    pub features: &'static str,
    /// `x`: the glue is `x.js`, the module `x_bg.wasm`.
    pub out_name: &'static str,
    /// Whether the glue knows where the module lies, beside itself; else the caller must say so.
    pub finds_itself: bool,
}

impl Module {
    /// Compiles the crate. As a cdylib alone: beside an rlib, LTO would be switched off without a word.
    pub fn compile(&self, project: &Project) -> Result<()> {
        let mut cargo = process::cargo();
        cargo.args(["rustc", "--package", self.package, "--lib", "--crate-type", "cdylib"]);
        cargo.args(["--profile", self.profile, "--features", self.features, "--target", TARGET]);
        cargo.current_dir(&project.root);
        cargo.env("RUSTFLAGS", short_paths(project)?);
        process::run(&mut cargo)
    }

    /// What [`compile`](Self::compile) makes.
    pub fn compiled(&self, project: &Project) -> PathBuf {
        let file = format!("{}.wasm", self.package.replace('-', "_"));
        project.target.join(TARGET).join(self.profile).join(file)
    }

    /// Writes the glue and the module that browsers load into `folder`.
    pub fn bind(&self, project: &Project, folder: &Path) -> Result<()> {
        let compiled = self.compiled(project);
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
        optimise(project, &wasm)
    }
}

/// Panics name their place. Whoever reads it needs no folders of the machine that built it.
fn short_paths(project: &Project) -> Result<String> {
    let home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(std::env::home_dir()?.join(".cargo")));
    let mut flags = format!("--remap-path-prefix={}=.", project.root.display());
    let sources = home.context("cargo has no home: set CARGO_HOME")?.join("registry/src");
    for registry in fs::read_dir(&sources).into_iter().flatten() {
        write!(flags, " --remap-path-prefix={}=", registry?.path().display())?;
    }
    Ok(flags)
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

/// wasm-opt in place. Below the stack, which comes first, nothing lies. No feature flags: it reads the features from the module, and with `--all-features` it would
/// write one that browsers refuse.
fn optimise(project: &Project, wasm: &Path) -> Result<()> {
    let smaller = wasm.with_extension("smaller");
    let mut wasm_opt = tools::npm_program(project, "wasm-opt");
    wasm_opt.args(["-Oz", "--low-memory-unused"]).arg(wasm).arg("--output").arg(&smaller);
    process::run(&mut wasm_opt)?;
    fs::rename(&smaller, wasm).with_context(|| wasm.display().to_string())
}
