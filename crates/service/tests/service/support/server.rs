//! The service as a process of its own.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::time::Instant;

use tempfile::TempDir;

use super::{PATIENCE, Socket};

/// The instance password of services that have one from the beginning.
pub const PASSWORD: &str = "instance-password";

const PROGRAM: &str = env!("CARGO_BIN_EXE_pbx-calendar");

/// The program without any settings from outside.
pub fn program() -> Command {
    let mut command = Command::new(PROGRAM);
    for (name, _) in
        std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("PBX_CALENDAR_"))
    {
        command.env_remove(name);
    }
    command
}

/// Runs the program, which must end with status 2 and one line, and gives that line.
#[track_caller]
pub fn fails(arguments: &[&str]) -> String {
    let output =
        program().args(arguments).env("PBX_CALENDAR_LOG", "off").stdin(Stdio::null()).output().unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert_eq!(text.lines().count(), 1, "{text}");
    text.trim_end().to_owned()
}

/// Sets the instance password.
pub fn set_password(data: &Path, more: &[&str], password: &str) {
    let mut command = program();
    command.args(["set-password", "--data"]).arg(data).args(more).stdin(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(format!("{password}\n").as_bytes()).unwrap();
    assert!(child.wait().unwrap().success());
}

/// A running service. It is killed when dropped.
pub struct Server {
    child: Child,
    stdout: BufReader<ChildStdout>,
    /// Its first line.
    pub url: String,
    /// The instance password.
    pub password: String,
    data: Data,
}

/// Its data directory.
enum Data {
    Own(TempDir),
    Shared(PathBuf),
}

impl Server {
    /// A service of its own.
    pub fn start(arguments: &[&str]) -> Self {
        let data = TempDir::new().unwrap();
        let password = PASSWORD.to_owned();
        set_password(data.path(), &[], &password);
        Self::spawn(Data::Own(data), password, arguments, &[])
    }

    /// A service on an existing data directory, where the password has been set before.
    pub fn start_in(data: &Path, password: &str, arguments: &[&str]) -> Self {
        Self::spawn(Data::Shared(data.to_owned()), password.to_owned(), arguments, &[])
    }

    /// The same with the environment.
    pub fn start_with(data: &Path, password: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        Self::spawn(Data::Shared(data.to_owned()), password.to_owned(), arguments, environment)
    }

    /// The same after a shell's `ulimit`.
    pub fn start_limited(data: &Path, limit: &str) -> Self {
        let mut command = Command::new("sh");
        command.args(["-c", &format!("ulimit {limit}; exec \"$0\" \"$@\""), PROGRAM]);
        Self::spawn_as(command, Data::Shared(data.to_owned()), PASSWORD.to_owned(), &[], &[])
    }

    fn spawn(data: Data, password: String, arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        Self::spawn_as(program(), data, password, arguments, environment)
    }

    fn spawn_as(
        mut command: Command,
        data: Data,
        password: String,
        arguments: &[&str],
        environment: &[(&str, &str)],
    ) -> Self {
        let directory = data.path().to_owned();
        let log = File::options().create(true).append(true).open(directory.join("log")).unwrap();
        command.arg("serve").arg("--data").arg(&directory);
        if !arguments.contains(&"--listen") {
            command.args(["--listen", "127.0.0.1:0"]);
        }
        command.args(arguments).envs(environment.iter().copied());
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut url = String::new();
        stdout.read_line(&mut url).unwrap();
        let url = url.trim_end().to_owned();
        assert!(
            url.starts_with("http"),
            "{url:?} {}",
            std::fs::read_to_string(directory.join("log")).unwrap()
        );
        Self { child, stdout, url, password, data }
    }

    /// The next line on standard output.
    pub fn line(&mut self) -> String {
        let mut line = String::new();
        self.stdout.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    /// Opens the address of `--try-out` as its one browser, and gives the cookie that it gets.
    pub fn try_out(&mut self) -> String {
        let line = self.line();
        let (_, path) = line.split_once(&self.url).unwrap();
        let entered = super::get(self.host(), &format!("/{path}"));
        assert_eq!((entered.status, entered.header("location")), (303, Some("/")), "{line}");
        let cookie = entered.header("set-cookie").unwrap().split(';').next().unwrap();
        cookie.to_owned()
    }

    pub fn data(&self) -> &Path {
        self.data.path()
    }

    /// Everything logged so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.data().join("log")).unwrap()
    }

    /// Host and port.
    pub fn host(&self) -> &str {
        let (_, rest) = self.url.split_once("://").unwrap();
        rest.trim_end_matches('/')
    }

    /// A connection that has not logged in.
    pub async fn socket(&self) -> Socket {
        Socket::connect(&format!("ws://{}/", self.host())).await
    }

    /// A connection with the rights of a manager.
    pub async fn manager(&self) -> Socket {
        let mut socket = self.socket().await;
        socket.login("-", &self.password).await;
        socket
    }

    /// Number of its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Bytes that it has in memory.
    pub fn memory(&self) -> usize {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id())).unwrap();
        let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        resident.trim().trim_end_matches(" kB").parse::<usize>().unwrap() * 1024
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    pub fn signal(&self, signal: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
    }

    /// Waits for the end.
    pub fn wait(&mut self) -> ExitStatus {
        let begin = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(begin.elapsed() < PATIENCE, "the service does not end");
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    }
}

impl Data {
    fn path(&self) -> &Path {
        match self {
            Self::Own(directory) => directory.path(),
            Self::Shared(path) => path,
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
