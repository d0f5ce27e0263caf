//! Running other programs.

use anyhow::{Context as _, Result, bail};
use std::ffi::OsString;
use std::fs;
use std::io::{self, BufRead as _, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicI32, Ordering};
use std::time::{Duration, Instant};

/// Cargo, as it started us, but without the variables that describe xtask: build scripts that ask for them (ring's
/// does) would be run again whenever a developer calls cargo directly in between.
pub fn cargo() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    for (name, _) in std::env::vars_os() {
        let described = name.to_str().is_some_and(|name| {
            name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") || name == "CARGO_BIN_NAME"
        });
        if described {
            cargo.env_remove(name);
        }
    }
    cargo
}

/// How a command line reads, for messages.
pub fn shown(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str());
    let words = std::iter::once(name).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

/// Runs a program that must succeed; its output goes where ours goes.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.stdin(Stdio::null()).status().with_context(|| shown(command))?;
    if !status.success() {
        bail!("{} ended with {status}", shown(command));
    }
    Ok(())
}

/// Runs a program that must succeed and takes what it prints; what it complains about is shown only when it fails.
pub fn output(command: &mut Command) -> Result<Vec<u8>> {
    let output = command.stdin(Stdio::null()).output().with_context(|| shown(command))?;
    if !output.status.success() {
        bail!("{} ended with {}\n{}", shown(command), output.status, String::from_utf8_lossy(&output.stderr));
    }
    Ok(output.stdout)
}

/// Process group of the step that runs now, for Ctrl-C; 0 if no step runs.
static RUNNING_GROUP: AtomicI32 = AtomicI32::new(0);
/// That of what runs beside it.
static BESIDE_GROUP: AtomicI32 = AtomicI32::new(0);

/// From now on Ctrl-C also ends what [`run_limited`] has started.
pub fn end_step_with_us() -> Result<()> {
    ctrlc::set_handler(|| {
        end_group(BESIDE_GROUP.load(Ordering::Relaxed), false);
        end_group(RUNNING_GROUP.load(Ordering::Relaxed), true);
        std::process::exit(130);
    })
    .context("cannot set a handler for Ctrl-C")
}

/// Which lines of a program are read. What is not read goes where ours goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Lines {
    /// Standard output.
    Output,
    /// Standard error as well.
    All,
}

/// Runs a program for no longer than `limit`. Each line that is read is passed on and shown to `line`.
/// It gets a process group of its own, so that at its end nothing of it is left: a test that hangs may have started
/// servers and browsers. `None` says that the time was over.
pub fn run_limited(
    command: &mut Command,
    limit: Duration,
    lines: Lines,
    line: impl FnMut(&str) + Send,
) -> Result<Option<ExitStatus>> {
    let (printed, writer) = io::pipe()?;
    if lines == Lines::All {
        command.stderr(writer.try_clone()?);
    }
    own_group(command.stdin(Stdio::null()).stdout(writer));
    let mut child = command.spawn().with_context(|| shown(command))?;
    // Our own ends of the pipe, which would keep it open.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let group = i32::try_from(child.id())?;
    RUNNING_GROUP.store(group, Ordering::Relaxed);
    let status = std::thread::scope(|scope| {
        scope.spawn(move || pass_on(printed, line));
        let status = wait(&mut child, limit);
        // Only now can the reader come to an end: a process left behind would hold the pipe open.
        end_group(group, matches!(status, Ok(None)));
        if !matches!(status, Ok(Some(_))) {
            let _gone_already = child.kill();
            let _reaped = child.wait();
        }
        status
    });
    RUNNING_GROUP.store(0, Ordering::Relaxed);
    status
}

/// A program that runs while others do. It is ended when dropped.
pub struct Beside {
    child: Child,
    name: String,
    group: i32,
    log: PathBuf,
}

impl Beside {
    /// Starts one. What it prints waits in the file `log`. There can be one at a time.
    pub fn start(command: &mut Command, log: PathBuf) -> Result<Self> {
        if let Some(folder) = log.parent() {
            fs::create_dir_all(folder)?;
        }
        let file = fs::File::create(&log).with_context(|| log.display().to_string())?;
        own_group(command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file));
        let child = command.spawn().with_context(|| shown(command))?;
        let group = i32::try_from(child.id())?;
        BESIDE_GROUP.store(group, Ordering::Relaxed);
        Ok(Self { child, name: shown(command), group, log })
    }

    /// Waits for its end, for no longer than `limit` from now on, and prints what it has printed.
    pub fn end(mut self, limit: Duration) -> Result<Option<ExitStatus>> {
        let status = wait(&mut self.child, limit);
        let printed = fs::read(&self.log).with_context(|| self.log.display().to_string())?;
        println!("{}:\n{}", self.name, String::from_utf8_lossy(&printed).trim_end());
        status
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        BESIDE_GROUP.store(0, Ordering::Relaxed);
        if !matches!(self.child.try_wait(), Ok(Some(_))) {
            end_group(self.group, true);
            let _reaped = self.child.wait();
        }
    }
}

fn wait(child: &mut Child, limit: Duration) -> Result<Option<ExitStatus>> {
    let end = Instant::now() + limit;
    while Instant::now() < end {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(None)
}

fn pass_on(stdout: impl Read, mut line: impl FnMut(&str)) {
    let mut reader = BufReader::new(stdout);
    let mut bytes = Vec::new();
    while reader.read_until(b'\n', &mut bytes).is_ok_and(|length| length > 0) {
        let text = String::from_utf8_lossy(&bytes);
        print!("{text}");
        line(text.trim_end());
        bytes.clear();
    }
}

#[cfg(unix)]
fn own_group(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

/// Ends all processes of a group; `gently` gives them a moment to clean up after themselves.
#[cfg(unix)]
fn end_group(group: i32, gently: bool) {
    use rustix::process::{Pid, Signal, kill_process_group};
    let Some(group) = Pid::from_raw(group) else { return };
    if gently && kill_process_group(group, Signal::TERM).is_ok() {
        std::thread::sleep(Duration::from_secs(2));
    }
    // An error says that nothing is left, which is what we want.
    let _empty = kill_process_group(group, Signal::KILL);
}

#[cfg(not(unix))]
fn own_group(_command: &mut Command) {}

#[cfg(not(unix))]
fn end_group(_group: i32, _gently: bool) {}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn passes_every_line_on() {
        let mut lines = Vec::new();
        let mut program = shell("echo one; echo two >&2; echo three; exit 3");
        let status = run_limited(&mut program, Duration::from_mins(1), Lines::All, |line| {
            lines.push(line.to_owned());
        });
        assert_eq!(status.unwrap().unwrap().code(), Some(3));
        assert_eq!(lines, ["one", "two", "three"]);
    }

    #[test]
    fn ends_a_program_that_takes_too_long_with_all_its_children() {
        let status =
            run_limited(&mut shell("sleep 600 & wait"), Duration::from_millis(100), Lines::Output, |_| {});
        assert!(status.unwrap().is_none());
    }

    #[test]
    fn does_not_wait_for_a_process_that_was_left_behind() {
        let status =
            run_limited(&mut shell("sleep 600 & exit 0"), Duration::from_mins(1), Lines::Output, |_| {});
        assert_eq!(status.unwrap().unwrap().code(), Some(0));
    }

    #[test]
    fn what_runs_beside_others_is_waited_for_and_ended_when_nobody_wants_it() {
        let log = std::env::temp_dir().join(format!("xtask-beside-{}", std::process::id()));
        let beside = Beside::start(&mut shell("echo here; exit 5"), log.clone()).unwrap();
        assert_eq!(beside.end(Duration::from_mins(1)).unwrap().unwrap().code(), Some(5));
        assert_eq!(fs::read_to_string(&log).unwrap(), "here\n");
        let hanging = Beside::start(&mut shell("sleep 600 & wait"), log.clone()).unwrap();
        assert!(hanging.end(Duration::from_millis(100)).unwrap().is_none());
        fs::remove_file(&log).unwrap();
    }

    #[test]
    fn says_what_was_run() {
        assert_eq!(
            run(&mut shell("exit 4")).unwrap_err().to_string(),
            "sh -c exit 4 ended with exit status: 4"
        );
    }
}
