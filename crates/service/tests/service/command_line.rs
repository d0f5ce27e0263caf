//! Mistakes end with status 2 and one line that names them.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;

use tempfile::TempDir;

use crate::support::server::{PASSWORD, program, set_password};
use crate::support::{Server, fails};

#[track_caller]
fn fails_with(arguments: &[&str], part: &str) {
    let line = fails(arguments);
    assert!(line.starts_with("pbx-calendar: ") && line.contains(part), "{line}");
}

#[test]
fn bad_arguments() {
    fails_with(&[], "a command is missing");
    fails_with(&["nix"], "unrecognized subcommand 'nix'");
    fails_with(&["serve", "--nix"], "unexpected argument '--nix'");
    fails_with(&["serve", "--listen", "nix"], "'nix' for '--listen");
    fails_with(&["serve", "--listen", "localhost:80"], "an address and a port such as 127.0.0.1:8080");
    fails_with(&["serve", "--public-url", "ftp://x"], "--public-url");
    fails_with(&["serve", "--trusted-proxy", "10.0.0.0/99"], "--trusted-proxy");
    fails_with(&["serve", "--tls-cert", "x"], "--tls-key");
    fails_with(&["serve", "--log", "loud"], "--log");
    fails_with(&["serve", "--database", "mysql://h/d"], "--database");
}

#[test]
fn a_password_in_an_argument_is_not_repeated() {
    for database in
        ["mysql://u:geheim@h/d", "postgres://u:geheim@h:port/d", "postgres://u:geheim@127.0.0.1:1/d"]
    {
        let data = TempDir::new().unwrap();
        let path = data.path().to_str().unwrap();
        let line = fails(&["serve", "--listen", "127.0.0.1:0", "--data", path, "--database", database]);
        assert!(!line.contains("geheim"), "{line}");
    }
}

#[test]
fn a_port_in_use() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let data = TempDir::new().unwrap();
    let address = taken.local_addr().unwrap().to_string();
    fails_with(&["serve", "--listen", &address, "--data", data.path().to_str().unwrap()], &address);
}

#[test]
fn try_out_beyond_this_machine() {
    for listen in ["0.0.0.0:0", "[::]:0", "192.0.2.1:0"] {
        fails_with(
            &["serve", "--try-out", "--listen", listen],
            "--try-out needs --listen with a loopback address",
        );
    }
}

#[test]
fn files_that_cannot_be_used() {
    let directory = TempDir::new().unwrap();
    let data = directory.path().join("data");
    let path = data.to_str().unwrap();
    let missing = directory.path().join("missing.pem");
    let missing = missing.to_str().unwrap();
    let serve = ["serve", "--listen", "127.0.0.1:0", "--data", path];
    fails_with(&[&serve[..], &["--tls-cert", missing, "--tls-key", missing]].concat(), "missing.pem");

    set_password(&data, &[], PASSWORD);
    let key = data.join("secret.key");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    fails_with(&serve, "is open to other users (mode 644)");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    fs::write(&key, [0; 32]).unwrap();
    fails_with(&serve, "does not open the secrets");
    fs::remove_file(&key).unwrap();
    fails_with(&serve, "secret.key is missing");
    assert!(!key.exists(), "a new key would hide that the old one is lost");

    fs::write(directory.path().join("file"), "").unwrap();
    let file = directory.path().join("file");
    let arguments = ["serve", "--listen", "127.0.0.1:0", "--data", file.to_str().unwrap()];
    fails_with(&arguments, "cannot create the data directory");
    fs::write(data.join("pbx-calendar.sqlite"), "no database").unwrap();
    fails_with(&serve, "cannot open the database");
}

#[test]
fn an_empty_password() {
    let data = TempDir::new().unwrap();
    fails_with(&["set-password", "--data", data.path().to_str().unwrap()], "the password is empty");
}

#[test]
fn a_header_of_proxies_that_is_none() {
    fails_with(&["serve", "--trusted-proxy-header", "not a header"], "--trusted-proxy-header");
}

#[test]
fn every_option_is_an_environment_variable_too() {
    let data = TempDir::new().unwrap();
    set_password(data.path(), &[], PASSWORD);
    let environment =
        [("PBX_CALENDAR_TRY_OUT", "true"), ("PBX_CALENDAR_PUBLIC_URL", "https://calendar.example.com/")];
    let mut server = Server::start_with(data.path(), PASSWORD, &[], &environment);
    server.try_out();

    let help = program().args(["serve", "--help"]).output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let options: Vec<_> = help.lines().filter_map(|line| line.trim().strip_prefix("--")).collect();
    assert!(options.len() > 8, "{help}");
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    for option in options {
        let name = option.split([' ', '=']).next().unwrap();
        let variable = format!("[env: PBX_CALENDAR_{}", name.to_ascii_uppercase().replace('-', "_"));
        assert!(help.contains(&variable), "{variable} in {help}");
    }
}

#[test]
fn the_log_speaks_json_on_demand() {
    let data = TempDir::new().unwrap();
    set_password(data.path(), &[], PASSWORD);
    let server = Server::start_with(data.path(), PASSWORD, &[], &[("PBX_CALENDAR_LOG_FORMAT", "json")]);
    let log = server.log();
    let lines: Vec<serde_json::Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(
        lines.iter().any(|line| line["level"] == "INFO" && line["fields"]["message"] == "ready"),
        "{log}"
    );
}

#[test]
fn point_10_a_password_in_the_address_of_a_database_is_warned_of_on_the_command_line() {
    let data = TempDir::new().unwrap();
    let run = |address: &str, in_environment: bool| {
        let mut command = program();
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data.path());
        if in_environment {
            command.env("PBX_CALENDAR_DATABASE", address);
        } else {
            command.args(["--database", address]);
        }
        let output = command.stdin(Stdio::null()).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).unwrap()
    };
    // Nobody listens there.
    let address = "postgres://pbx:geheim@127.0.0.1:1/pbx";
    let text = run(address, false);
    assert!(text.contains("WARN") && text.contains("PBX_CALENDAR_DATABASE"), "{text}");
    assert!(!text.contains("geheim"), "{text}");
    for text in [run(address, true), run("postgres://pbx@127.0.0.1:1/pbx", false)] {
        assert!(!text.contains("WARN"), "{text}");
    }
}
