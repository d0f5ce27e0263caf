//! `pkg/app-platform`: the app for the JavaScript runtime of an App Platform. See docs/app-platform.md.

use super::archive::{self, Entry};
use super::{formats, version};
use crate::build::empty;
use crate::licences::{self, PLUGIN, WASM};
use crate::project::{Project, files_below};
use anyhow::{Context as _, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};

/// What the platform calls the service; the runtime's binary gets this name.
const ID: &str = "pbxcalendar-calendar";
/// What the platform runs; innovaphone's folders of the runtime are called so.
const PLATFORMS: [&str; 3] = ["arm", "arm64", "x86_64"];
/// The runtime's binary in each of them.
const GENERIC: &str = "generic";
const ZIP: &str = "httpfiles.zip";
/// Where the sources lie.
const SOURCES: &str = "www/app-platform";
/// What of them goes into the zip.
const WRITTEN: [&str; 3] = ["config.json", formats::SCRIPT, "plugins.json"];
/// The platform's limit is not published; ours is.
const MAX_ZIP: usize = 4 * 1024 * 1024;

/// Makes the folder. The plugin has been built.
pub fn make(project: &Project, runtime: Option<&Path>) -> Result<()> {
    let folder = project.path("pkg/app-platform");
    empty(&folder)?;
    let build = version::build(version::VERSION)?;
    let icon = fs::read(project.path(SOURCES).join(format!("{ID}.png")))?;
    formats::check_icon(&icon)?;
    let zip = archive::zip(&contents(project, build)?)?;
    ensure!(zip.len() <= MAX_ZIP, "{ZIP} has {} bytes, more than {MAX_ZIP}", zip.len());
    let readme = fs::read_to_string(project.path(SOURCES).join("README.txt"))?;
    let readme = readme.replace("@VERSION@", version::VERSION).replace("@BUILD@", &build.to_string());
    fs::write(folder.join("README.txt"), readme)?;
    write_app(&folder, None, &icon, &zip)?;
    fs::write(folder.join(format!("{ID}_files")), files())?;
    if let Some(runtime) = runtime {
        write_store(&folder.join("store").join(build.to_string()), runtime, &icon, &zip)?;
    }
    Ok(())
}

/// The folder as one file, without what is innovaphone's.
pub fn pack(project: &Project, packages: &Path) -> Result<PathBuf> {
    let (folder, name) =
        (project.path("pkg/app-platform"), format!("pbx-calendar-{}-app-platform", version::VERSION));
    let mut entries = Vec::new();
    for file in files_below(&folder)? {
        let inside = file.strip_prefix(&folder)?.display().to_string();
        if !inside.starts_with("store/") {
            entries.push(Entry { mode: 0o644, ..Entry::file(&file, &format!("{name}/{inside}"))? });
        }
    }
    let path = packages.join(format!("{name}.zip"));
    fs::write(&path, archive::zip(&entries)?).with_context(|| path.display().to_string())?;
    Ok(path)
}

/// What an app consists of, as App Stores read it: no blanks, no line end.
fn files() -> String {
    [ID, &format!("{ID}.png"), ZIP].join(",")
}

fn write_app(folder: &Path, binary: Option<&Path>, icon: &[u8], zip: &[u8]) -> Result<()> {
    fs::write(folder.join(format!("{ID}.png")), icon)?;
    fs::write(folder.join(ZIP), zip)?;
    if let Some(binary) = binary {
        fs::copy(binary, folder.join(ID)).with_context(|| binary.display().to_string())?;
    }
    Ok(())
}

/// What an App Store app takes.
fn write_store(store: &Path, runtime: &Path, icon: &[u8], zip: &[u8]) -> Result<()> {
    for platform in PLATFORMS {
        let binary = runtime.join(platform).join(GENERIC);
        ensure!(binary.is_file(), "the JavaScript runtime is missing: {}", binary.display());
        let folder = store.join(platform).join(ID);
        fs::create_dir_all(&folder)?;
        write_app(&folder, Some(&binary), icon, zip)?;
    }
    Ok(fs::write(store.join(format!("{ID}_files")), files())?)
}

/// The files in the zip, sorted by name.
fn contents(project: &Project, build: u32) -> Result<Vec<Entry>> {
    let sources = project.path(SOURCES);
    let mut entries = Vec::new();
    for file in plugin(project)? {
        let name = file.file_name().context("a file without a name")?.to_string_lossy().into_owned();
        entries.push(Entry { mode: 0o644, ..Entry::file(&file, &name)? });
    }
    for name in WRITTEN {
        entries.push(Entry { mode: 0o644, ..Entry::file(&sources.join(name), name)? });
    }
    entries.push(Entry::text("build.txt", build.to_string()));
    entries.push(Entry::text("label.txt", version::label(version::VERSION)));
    entries.push(Entry::text("licenses-others.txt", licences::text(project, WASM, PLUGIN)?));
    entries.sort_by(|one, other| one.path.cmp(&other.path));
    formats::check(&entries, build)?;
    Ok(entries)
}

/// The plugin without what only web servers with content coding hand out.
fn plugin(project: &Project) -> Result<Vec<PathBuf>> {
    let mut files = files_below(&project.path("pkg/plugin"))?;
    files.retain(|file| file.extension().is_none_or(|extension| extension != "br" && extension != "gz"));
    ensure!(!files.is_empty(), "pkg/plugin is empty; run `cargo xtask build`");
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_has_the_runtime_of_each_platform_under_our_name_and_misses_none() {
        let root = std::env::temp_dir().join(format!("xtask-store-{}", std::process::id()));
        let (runtime, store) = (root.join("runtime"), root.join("store"));
        for platform in ["arm", "arm64"] {
            fs::create_dir_all(runtime.join(platform)).unwrap();
            fs::write(runtime.join(platform).join(GENERIC), platform).unwrap();
        }
        let missing = write_store(&store, &runtime, b"icon", b"zip").unwrap_err().to_string();
        assert!(missing.contains("x86_64"), "{missing}");
        fs::create_dir_all(runtime.join("x86_64")).unwrap();
        fs::write(runtime.join("x86_64/generic"), "x86_64").unwrap();
        write_store(&store, &runtime, b"icon", b"zip").unwrap();
        let files: Vec<_> = files_below(&store).unwrap();
        let files: Vec<_> =
            files.iter().map(|file| file.strip_prefix(&store).unwrap().display().to_string()).collect();
        let binary =
            fs::read_to_string(store.join("arm64/pbxcalendar-calendar/pbxcalendar-calendar")).unwrap();
        let list = fs::read_to_string(store.join("pbxcalendar-calendar_files")).unwrap();
        fs::remove_dir_all(&root).unwrap();
        let mut expected = vec!["pbxcalendar-calendar_files".to_owned()];
        for platform in PLATFORMS {
            for name in ["httpfiles.zip", "pbxcalendar-calendar", "pbxcalendar-calendar.png"] {
                expected.push(format!("{platform}/pbxcalendar-calendar/{name}"));
            }
        }
        expected.sort();
        assert_eq!(files, expected);
        assert_eq!(binary, "arm64");
        assert_eq!(list, "pbxcalendar-calendar,pbxcalendar-calendar.png,httpfiles.zip");
    }
}
