//! Whether the Debian package can be installed, run as its unit runs it, upgraded to and removed: in a Debian of its own
//! (debootstrap), so that nothing of this machine helps.

use super::{debian, tarball, version};
use crate::build::empty;
use crate::process;
use crate::project::Project;
use anyhow::{Context as _, Result, bail, ensure};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The oldest Debian that the package is for.
const SUITE: &str = "bookworm";
/// In which order an upgrade comes after it.
const BEFORE: &str = "0.0.1-before";
const PASSWORD: &str = "correct horse battery staple";
const PATIENCE: Duration = Duration::from_mins(1);
const LISTEN: &str = "127.0.0.1:18099";

/// Installs the package that is in target/package.
pub fn run(project: &Project) -> Result<()> {
    let folder = project.target.join("package");
    let wanted = format!("pbx-calendar_{}_", version::debian(version::VERSION));
    let packages = fs::read_dir(&folder).context("no package; run `cargo xtask package`")?;
    let packages = packages.filter_map(|entry| Some(entry.ok()?.path()));
    let is_wanted =
        |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&wanted));
    let package =
        packages.into_iter().find(is_wanted).context("there is no Debian package in target/package")?;

    let root = bootstrap(project)?;
    let chroot = Chroot { root };
    // There is no release before the first: the same program in a package that is older, with its database.
    let aside = project.scratch("package-before");
    empty(&aside)?;
    fs::create_dir_all(&aside)?;
    let before = debian::make(project, &aside, &super::platform()?, BEFORE, tarball::time(project)?)?;
    chroot.check(project, &before, &package)
}

/// A minimal Debian. What was downloaded once is kept.
fn bootstrap(project: &Project) -> Result<PathBuf> {
    let kept = project.scratch("debootstrap.tar");
    let root = project.scratch("chroot");
    if root.exists() {
        process::run(Command::new("rm").args(["--recursive", "--force", "--one-file-system"]).arg(&root))?;
    }
    fs::create_dir_all(&root)?;
    if !kept.is_file() {
        println!("\ndownloading a minimal Debian {SUITE} …");
        let mut debootstrap = Command::new("debootstrap");
        debootstrap.args(["--variant=minbase", "--include=ca-certificates,tzdata", SUITE]).arg(&root);
        process::run(&mut debootstrap)
            .context("debootstrap is needed, and root: apt-get install debootstrap")?;
        process::run(
            Command::new("tar")
                .arg("--create")
                .arg("--file")
                .arg(&kept)
                .arg("--directory")
                .arg(&root)
                .arg("."),
        )?;
        return Ok(root);
    }
    process::run(
        Command::new("tar").arg("--extract").arg("--file").arg(&kept).arg("--directory").arg(&root),
    )?;
    Ok(root)
}

struct Chroot {
    root: PathBuf,
}

impl Chroot {
    fn check(&self, project: &Project, before: &Path, package: &Path) -> Result<()> {
        self.install(before)?;
        self.shell(&format!(
            "echo '{PASSWORD}' | {AS_SERVICE} pbx-calendar set-password --data /var/lib/pbx-calendar"
        ))?;
        self.shell("test \"$(stat -c %U:%a /var/lib/pbx-calendar)\" = pbx-calendar:700")?;
        self.shell(&format!(
            "sed -i 's/^PBX_CALENDAR_LISTEN=.*/PBX_CALENDAR_LISTEN={LISTEN}/' /etc/default/pbx-calendar"
        ))?;
        println!("installed; the service starts as its unit would …");
        let service = self.serve()?;
        form(project, "before")?;
        drop(service);

        self.install(package)?;
        self.shell(&format!("grep -q '^PBX_CALENDAR_LISTEN={LISTEN}' /etc/default/pbx-calendar"))?;
        let installed = self.output("dpkg-query --show --showformat '${Version}' pbx-calendar")?;
        ensure!(installed == version::debian(version::VERSION), "{installed} is installed");
        println!("upgraded; the service starts with the database and options of before …");
        let service = self.serve()?;
        form(project, "after")?;
        drop(service);

        self.shell("dpkg --verify pbx-calendar")?;
        self.shell("dpkg --remove pbx-calendar")?;
        self.shell("test -e /etc/default/pbx-calendar && test ! -e /usr/bin/pbx-calendar")?;
        let left = self.output("dpkg --purge pbx-calendar 2>&1")?;
        ensure!(left.contains("left: /var/lib/pbx-calendar"), "purging does not say what it leaves: {left}");
        self.shell("test ! -e /etc/default/pbx-calendar && test ! -e /usr/lib/pbx-calendar && test ! -e /etc/pbx-calendar")?;
        self.shell("test -e /var/lib/pbx-calendar/*.key -o -n \"$(ls /var/lib/pbx-calendar)\"")?;
        println!("the Debian package was installed, run, upgraded to, removed and purged");
        Ok(())
    }

    fn install(&self, package: &Path) -> Result<()> {
        let inside = self.root.join("tmp/pbx-calendar.deb");
        fs::copy(package, &inside).with_context(|| package.display().to_string())?;
        self.shell("DEBIAN_FRONTEND=noninteractive dpkg --force-confold --install /tmp/pbx-calendar.deb")
    }

    fn command(&self, script: &str) -> Command {
        let mut chroot = Command::new("unshare");
        // With a /proc of its own, which goes with the command: the service looks for its files where it lies.
        let enter = r#"mount -t proc proc "$0/proc"; exec chroot "$0" /bin/sh -ec "$1""#;
        chroot.args(["--mount", "--", "/bin/sh", "-ec", enter]).arg(&self.root).arg(script);
        chroot.env_clear().env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin").env("LC_ALL", "C.UTF-8");
        chroot
    }

    fn shell(&self, script: &str) -> Result<()> {
        process::run(&mut self.command(script)).with_context(|| script.to_owned())
    }

    fn output(&self, script: &str) -> Result<String> {
        let output = process::output(&mut self.command(script)).with_context(|| script.to_owned())?;
        Ok(String::from_utf8_lossy(&output).into_owned())
    }

    /// Runs the service with user, environment and command of its unit; what systemd shuts off needs systemd.
    fn serve(&self) -> Result<Service> {
        let unit = self.output("cat /usr/lib/systemd/system/pbx-calendar.service /usr/lib/systemd/system/pbx-calendar.service.d/*.conf")?;
        let command = unit.lines().filter_map(|line| line.strip_prefix("ExecStart=")).next_back();
        let command = command.context("the unit starts nothing")?;
        let script = format!(
            "umask 077; PBX_CALENDAR_DATA=/var/lib/pbx-calendar; export PBX_CALENDAR_DATA; set -a; . /etc/default/pbx-calendar; set +a; \
             exec {AS_SERVICE} {command}"
        );
        let service = Service(self.command(&script).stdin(Stdio::null()).spawn()?);
        let end = Instant::now() + PATIENCE;
        while ureq::get(format!("http://{LISTEN}/readyz")).call().is_err() {
            if Instant::now() > end {
                bail!("the service is not ready after {} s", PATIENCE.as_secs());
            }
            std::thread::sleep(Duration::from_millis(200));
        }
        Ok(service)
    }
}

/// As systemd changes to `User=`.
const AS_SERVICE: &str = "setpriv --reuid pbx-calendar --regid pbx-calendar --init-groups";

/// The running service; it ends as systemd would end it.
struct Service(Child);

impl Drop for Service {
    fn drop(&mut self) {
        let _ended = Command::new("kill").arg(self.0.id().to_string()).status();
        let _status = self.0.wait();
    }
}

/// Opens the form in a browser. `before` stores something, `after` finds it.
fn form(project: &Project, when: &str) -> Result<()> {
    crate::tools::node()?;
    crate::tools::node_modules(project)?;
    let mut node = Command::new("node");
    node.arg(project.path("packaging/open-form.mjs"))
        .args([OsStr::new(&format!("http://{LISTEN}/")), OsStr::new(when)]);
    node.env("CHROMIUM", crate::tools::chromium()?).env("PASSWORD", PASSWORD).current_dir(&project.root);
    process::run(&mut node)
}
