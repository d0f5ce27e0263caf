//! The Debian package: an `ar` file of two tarballs, as deb(5) describes it.

use super::archive::{Entry, tar_gz};
use super::version;
use super::{DOCUMENTS, OTHERS};
use crate::project::{Project, files_below};
use anyhow::{Context as _, Result, bail};
use md5::{Digest as _, Md5};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

const NAME: &str = "pbx-calendar";
/// What the service hands out, beside it where it looks by itself.
const SERVED: [&str; 2] = ["pkg/plugin", "pkg/presence"];
const CONFFILE: &str = "etc/default/pbx-calendar";

/// Makes the package of `version` in `folder`. The service has been built.
pub fn make(project: &Project, folder: &Path, platform: &str, version: &str, time: u64) -> Result<PathBuf> {
    let architecture = architecture(platform)?;
    let version = version::debian(version);
    let executable = fs::read(project.executable("release")).context("the service has not been built")?;
    let data = data(project, &executable)?;
    let control = control(project, &data, architecture, &version, &executable)?;
    let package = ar(
        &[
            ("debian-binary", b"2.0\n".to_vec()),
            ("control.tar.gz", tar_gz(&control, time)?),
            ("data.tar.gz", tar_gz(&data, time)?),
        ],
        time,
    );
    let path = folder.join(format!("{NAME}_{version}_{architecture}.deb"));
    fs::write(&path, package).with_context(|| path.display().to_string())?;
    Ok(path)
}

fn architecture(platform: &str) -> Result<&'static str> {
    Ok(match platform.split('-').next() {
        Some("x86_64") => "amd64",
        Some("aarch64") => "arm64",
        Some("armv7") => "armhf",
        _ => bail!("Debian has no package for {platform}"),
    })
}

/// What is installed.
fn data(project: &Project, executable: &[u8]) -> Result<Vec<Entry>> {
    let packaging = project.path("packaging");
    let documents = format!("usr/share/doc/{NAME}");
    let mut files = vec![
        Entry::script(&format!("usr/lib/{NAME}/{NAME}"), executable),
        Entry::link(&format!("usr/bin/{NAME}"), &format!("../lib/{NAME}/{NAME}")),
        Entry::file(&packaging.join("pbx-calendar.service"), "usr/lib/systemd/system/pbx-calendar.service")?,
        Entry::file(
            &packaging.join("debian/pbx-calendar.conf"),
            "usr/lib/systemd/system/pbx-calendar.service.d/debian.conf",
        )?,
        Entry::file(&packaging.join("debian/default"), CONFFILE)?,
        Entry::file(&packaging.join("debian/copyright"), &format!("{documents}/copyright"))?,
    ];
    for document in DOCUMENTS.iter().map(|name| project.path(name)) {
        files.push(document_entry(&document, &documents)?);
    }
    files.push(document_entry(&project.target.join("package").join(OTHERS), &documents)?);
    for folder in SERVED {
        for file in files_below(&project.path(folder))? {
            let inside = file.strip_prefix(&project.root)?.display().to_string();
            files.push(Entry { mode: 0o644, ..Entry::file(&file, &format!("usr/lib/{NAME}/{inside}"))? });
        }
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(with_folders(files))
}

/// Texts are packed, as Debian wants the long ones.
fn document_entry(from: &Path, documents: &str) -> Result<Entry> {
    let name = from.file_name().context("a document without a name")?.to_string_lossy();
    let text = fs::read(from).with_context(|| from.display().to_string())?;
    // Debian looks for this one by name.
    let name = if name == "CHANGELOG.md" { "changelog".into() } else { name };
    Ok(Entry::text(&format!("{documents}/{name}.gz"), crate::compress::gzip(&text)?))
}

/// With the folders that they lie in, each before what is in it, and all below `./`.
fn with_folders(files: Vec<Entry>) -> Vec<Entry> {
    let mut folders = BTreeSet::new();
    for file in &files {
        let mut path = file.path.as_str();
        while let Some((folder, _)) = path.rsplit_once('/') {
            folders.insert(format!("./{folder}/"));
            path = folder;
        }
    }
    let folders = folders.iter().map(|folder| Entry::folder(folder));
    let files = files.into_iter().map(|file| Entry { path: format!("./{}", file.path), ..file });
    [Entry::folder("./")].into_iter().chain(folders).chain(files).collect()
}

/// What describes the package, with the scripts.
fn control(
    project: &Project,
    data: &[Entry],
    architecture: &str,
    version: &str,
    executable: &[u8],
) -> Result<Vec<Entry>> {
    let (mut bytes, mut sums) = (0, String::new());
    for entry in data {
        if let super::archive::What::File(content) = &entry.what {
            bytes += content.len();
            writeln!(sums, "{}  {}", hex(&Md5::digest(content)), entry.path.trim_start_matches("./"))?;
        }
    }
    let libc = libc(executable).context("the service needs no version of the C library")?;
    let control = format!(
        "Package: {NAME}\nVersion: {version}\nArchitecture: {architecture}\nMaintainer: The contributors of pbx-calendar \
         <pbx-calendar@users.noreply.github.com>\nInstalled-Size: {}\nDepends: libc6 (>= {libc}), libgcc-s1, passwd\n\
         Recommends: ca-certificates, tzdata\nSection: comm\nPriority: optional\n\
         Homepage: https://github.com/pbx-calendar/pbx-calendar\n\
         Description: calendars of Microsoft 365 and Exchange as presence at an innovaphone PBX\n \
         Reads the calendars of users from Microsoft Graph or Exchange Web Services and writes what\n \
         they say as presence to the PBX. It is configured in the PBX Manager or the app Calendar Admin.\n",
        bytes.div_ceil(1024)
    );
    let script = |name: &str| -> Result<Entry> {
        let file = project.path("packaging/debian").join(name);
        Ok(Entry { mode: 0o755, ..Entry::file(&file, &format!("./{name}"))? })
    };
    Ok(vec![
        Entry::folder("./"),
        Entry::text("./control", control),
        Entry::text("./md5sums", sums),
        Entry::text("./conffiles", format!("/{CONFFILE}\n")),
        script("postinst")?,
        script("prerm")?,
        script("postrm")?,
    ])
}

/// The newest version of the C library whose symbols the executable names.
fn libc(executable: &[u8]) -> Option<String> {
    const MARK: &[u8] = b"GLIBC_2.";
    let versions = executable.windows(MARK.len()).enumerate().filter(|(_, window)| *window == MARK);
    let newest = versions.filter_map(|(at, _)| {
        let rest = executable.get(at + MARK.len()..)?;
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).map(|byte| char::from(*byte));
        digits.collect::<String>().parse::<u32>().ok()
    });
    newest.max().map(|minor| format!("2.{minor}"))
}

/// The archive of ar(5): a line for each member, which begins at an even place.
fn ar(members: &[(&str, Vec<u8>)], time: u64) -> Vec<u8> {
    let mut archive = b"!<arch>\n".to_vec();
    for (name, content) in members {
        let head = format!("{name:<16}{time:<12}{:<6}{:<6}{:<8}{:<10}`\n", 0, 0, "100644", content.len());
        archive.extend(head.into_bytes());
        archive.extend(content);
        if content.len() % 2 == 1 {
            archive.push(b'\n');
        }
    }
    archive
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_folder_comes_before_what_is_in_it_once() {
        let files = vec![Entry::text("a/b/c", ""), Entry::text("a/d", "")];
        let paths: Vec<_> = with_folders(files).into_iter().map(|entry| entry.path).collect();
        assert_eq!(paths, ["./", "./a/", "./a/b/", "./a/b/c", "./a/d"]);
    }

    #[test]
    fn the_c_library_that_is_needed_is_the_newest_that_is_named() {
        assert_eq!(libc(b"..GLIBC_2.9\0GLIBC_2.34\0GLIBC_2.2.5\0GLIBC_PRIVATE"), Some("2.34".to_owned()));
        assert_eq!(libc(b"static"), None);
    }

    #[test]
    fn members_of_the_archive_begin_at_even_places() {
        let archive = ar(&[("one", b"x".to_vec()), ("two", b"yy".to_vec())], 7);
        assert_eq!(archive.len(), 8 + 60 + 2 + 60 + 2);
        assert!(
            archive.starts_with(
                b"!<arch>\none             7           0     0     100644  1         `\nx\ntwo "
            )
        );
    }

    #[test]
    fn the_unit_of_the_package_is_the_hardened_one_with_other_options() {
        let read = |path: &str| fs::read_to_string(Project::find().unwrap().path(path)).unwrap();
        let unit = read("packaging/pbx-calendar.service");
        for line in [
            "LimitNOFILE=65536",
            "LimitCORE=0",
            "UMask=0077",
            "CapabilityBoundingSet=",
            "SystemCallFilter=@system-service",
        ] {
            assert!(unit.lines().any(|found| found == line), "{line}");
        }
        assert!(unit.contains("MemoryMax="));
        // A drop-in that sets one of these would loosen it.
        let drop_in = read("packaging/debian/pbx-calendar.conf");
        let set: Vec<_> =
            drop_in.lines().filter_map(|line| line.split_once('=')).map(|(name, _)| name).collect();
        let expected =
            ["LoadCredential", "Environment", "Environment", "EnvironmentFile", "ExecStart", "ExecStart"];
        assert_eq!(set, expected);
    }
}
