//! A PostgreSQL server of the test's own, from the system's binaries.

use std::fs;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use tempfile::TempDir;

use super::PATIENCE;

/// A running server, reachable over a Unix socket alone. It ends when dropped.
pub struct Postgres {
    server: Child,
    directory: TempDir,
}

impl Postgres {
    /// `None`, with a printed reason, where the system has no PostgreSQL.
    pub fn start() -> Option<Self> {
        let Some(binaries) = binaries() else {
            println!("skipped: neither PATH nor /usr/lib/postgresql has initdb and postgres");
            return None;
        };
        let directory = TempDir::new().unwrap();
        let user = unprivileged_user(directory.path());
        if let Some((uid, gid)) = user {
            chown(directory.path(), Some(uid), Some(gid)).unwrap();
        }
        let data = directory.path().join("data");
        let run = |program: &str| {
            let mut command = Command::new(binaries.join(program));
            if let Some((uid, gid)) = user {
                command.uid(uid).gid(gid);
            }
            command.arg("-D").arg(&data).current_dir(directory.path()).stdout(Stdio::null());
            command
        };
        let initialized =
            run("initdb").args(["-A", "trust", "-U", "pbx", "-E", "UTF8", "--no-sync"]).status().unwrap();
        assert!(initialized.success());
        let log = fs::File::create(directory.path().join("log")).unwrap();
        let server =
            run("postgres").args(["-c", "listen_addresses=", "-k"]).arg(directory.path()).stderr(log).spawn();
        let postgres = Self { server: server.unwrap(), directory };
        postgres.wait(&binaries);
        Some(postgres)
    }

    /// For `--database`.
    pub fn url(&self) -> String {
        format!("postgres:///postgres?user=pbx&host={}", self.directory.path().display())
    }

    /// Where its files are.
    pub fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// Ends it at once.
    pub fn stop(&mut self) {
        if !matches!(self.server.try_wait(), Ok(None)) {
            return;
        }
        let id = self.server.id().to_string();
        let _ = Command::new("kill").args(["-QUIT", &id]).status();
        let _ = self.server.wait();
    }

    fn wait(&self, binaries: &Path) {
        let begin = Instant::now();
        while !Command::new(binaries.join("pg_isready"))
            .arg("-q")
            .arg("-h")
            .arg(self.directory.path())
            .status()
            .unwrap()
            .success()
        {
            assert!(begin.elapsed() < PATIENCE, "PostgreSQL does not start");
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The folder of the newest binaries.
fn binaries() -> Option<PathBuf> {
    let installed = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = installed.map(|entry| entry.path().join("bin")).collect();
    folders.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut candidates = folders.into_iter().rev().chain(std::env::split_paths(&path));
    candidates.find(|folder| {
        ["initdb", "postgres", "pg_isready"].iter().all(|program| folder.join(program).is_file())
    })
}

/// PostgreSQL refuses to run as root. Then the ids of a user who may do nothing.
fn unprivileged_user(own: &Path) -> Option<(u32, u32)> {
    if fs::metadata(own).unwrap().uid() != 0 {
        return None;
    }
    let users = fs::read_to_string("/etc/passwd").unwrap();
    let user =
        ["postgres:", "nobody:"].iter().find_map(|name| users.lines().find(|line| line.starts_with(name)));
    let fields: Vec<&str> = user.expect("no unprivileged user").split(':').collect();
    Some((fields[2].parse().unwrap(), fields[3].parse().unwrap()))
}
