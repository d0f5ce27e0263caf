//! Disks that take no more.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::server::{PASSWORD, set_password};
use crate::support::{Server, Socket, get};

/// A small disk of its own. It goes when dropped.
struct Disk(TempDir);

impl Disk {
    /// `None`, with a printed reason, where the test may not mount.
    fn new() -> Option<Self> {
        let folder = TempDir::new().unwrap();
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", "size=2m", "none"]).arg(folder.path()).output();
        if !mounted.is_ok_and(|output| output.status.success()) {
            println!("skipped: only root may mount a small disk");
            return None;
        }
        Some(Self(folder))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Leaves no space.
    fn fill(&self) {
        for size in [4096, 1] {
            let name = self.path().join(format!("filler{size}"));
            let mut contents = Vec::new();
            loop {
                contents.resize(contents.len() + size * 16, b'x');
                if fs::write(&name, &contents).is_err() {
                    break;
                }
            }
        }
    }

    fn make_space(&self) {
        for size in [4096, 1] {
            fs::remove_file(self.path().join(format!("filler{size}"))).unwrap();
        }
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).status();
    }
}

/// Something that takes some space in the database.
fn large(round: usize) -> Value {
    json!({"priorityWords": format!("{round} {}", "x".repeat(40_000))})
}

/// Writes until the service cannot any more, and gives its answer.
async fn write_until_refused(socket: &mut Socket) -> Value {
    for round in 0..200 {
        let result = socket.write(large(round)).await;
        if result["result"] != "ok" {
            return result;
        }
    }
    panic!("the disk never becomes full");
}

#[tokio::test]
async fn point_17_a_full_disk_is_said_and_with_space_again_the_first_write_works() {
    let Some(disk) = Disk::new() else { return };
    set_password(disk.path(), &[], PASSWORD);
    let server = Server::start_in(disk.path(), PASSWORD, &[]);
    let mut socket = server.manager().await;
    assert_eq!(socket.write(json!({"pbxName": "before"})).await["result"], "ok");
    for round in 0..3 {
        disk.fill();
        let result = write_until_refused(&mut socket).await;
        assert_eq!((&result["errors"], &result["reason"]), (&json!([]), &json!("diskFull")));
        // Every connection of the pool gets its turn.
        for further in 0..8 {
            let result = socket.write(large(further)).await;
            assert_eq!(result["reason"], "diskFull");
            let response = get(server.host(), "/readyz");
            assert_eq!(response.status, 503);
            assert!(response.text().contains("the disk of the database is full"), "{}", response.text());
        }
        assert_eq!(get(server.host(), "/healthz").status, 200);
        let status = socket.answer(json!({"mt": "GetStatus", "api": "Calendar"})).await;
        assert_eq!((&status["sync"], &status["error"]), (&json!("error"), &json!("diskFull")));
        assert!(status["errorText"].as_str().unwrap().contains("disk"), "{status}");
        disk.make_space();
        let name = format!("after{round}");
        assert_eq!(socket.write(json!({"pbxName": name})).await["result"], "ok", "the first write");
        assert_eq!(get(server.host(), "/readyz").status, 200);
        assert_eq!(socket.read().await["ConfigItems"]["pbxName"], name);
    }
}

#[tokio::test]
async fn point_17_readiness_comes_back_by_itself() {
    let Some(disk) = Disk::new() else { return };
    set_password(disk.path(), &[], PASSWORD);
    let server = Server::start_in(disk.path(), PASSWORD, &[]);
    let mut socket = server.manager().await;
    disk.fill();
    write_until_refused(&mut socket).await;
    assert_eq!(get(server.host(), "/readyz").status, 503);
    disk.make_space();
    let begin = std::time::Instant::now();
    while get(server.host(), "/readyz").status != 200 {
        assert!(begin.elapsed() < crate::support::PATIENCE);
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
}

#[tokio::test]
async fn point_18_a_limit_of_file_sizes_fails_the_write_and_does_not_end_the_service() {
    let data = TempDir::new().unwrap();
    set_password(data.path(), &[], PASSWORD);
    let mut server = Server::start_in(data.path(), PASSWORD, &[]);
    let mut socket = server.manager().await;
    let limit = |bytes: &str| {
        let fsize = format!("--fsize={bytes}:");
        let status = Command::new("prlimit").args(["--pid", &server.id().to_string(), &fsize]).status();
        status.is_ok_and(|status| status.success())
    };
    if !limit("300000") {
        println!("skipped: prlimit is not there");
        return;
    }
    let result = write_until_refused(&mut socket).await;
    assert_eq!(result["reason"], "database");
    let response = get(server.host(), "/readyz");
    assert_eq!(response.status, 503);
    assert!(response.text().contains("limit of file sizes"), "{}", response.text());
    assert!(limit("unlimited"));
    assert_eq!(socket.write(json!({"pbxName": "after"})).await["result"], "ok");
    server.signal("-TERM");
    assert!(server.wait().success());
}
