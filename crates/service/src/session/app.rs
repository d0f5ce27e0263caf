//! `AppInfo`, `CheckBuild`, `AppCheckLogin` and `KeepAlive`.

use appwebsocket::{AppCheckLogin, AppInfo, Credentials, digests_match};
use secrecy::ExposeSecret;
use serde::Serialize;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::Session;
use super::reply::{Nothing, Request};
use super::rights::SERVICE;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AppInfoResult {
    info: Value,
    service_info: Map<String, Value>,
}

#[derive(Serialize)]
struct AppCheckLoginResult {
    ok: bool,
}

impl Session {
    /// `AppInfo`: the service object is nothing to be opened, so clients do not list it.
    pub(super) fn app_info(&self, request: Request<'_>, text: &str) {
        let about: AppInfo<'_> = serde_json::from_str(text).unwrap_or_default();
        let info = json!({"hidden": about.app == SERVICE, "apis": {}});
        self.reply(request, AppInfoResult { info, service_info: Map::new() });
    }

    /// `CheckBuild`: without an address, because the addresses of our pages hold no build.
    pub(super) fn check_build(&self, request: Request<'_>) {
        self.reply(request, Nothing {});
    }

    /// `KeepAlive`: any answer restarts the client's timer. Not one of the same name, lest a peer that answers too
    /// would get another one for ever.
    pub(super) fn keep_alive(&self, request: Request<'_>) {
        self.reply(request, Nothing {});
    }

    /// `AppCheckLogin`: whether a login that the PBX made for one of its app objects would be valid here.
    pub(super) async fn app_check_login(&self, request: Request<'_>, text: &str) {
        let check: Option<AppCheckLogin<'_>> = serde_json::from_str(text).ok();
        let password = self.instance_password().await;
        let ok =
            check.zip(password).is_some_and(|(check, password)| is_valid(&check, password.expose_secret()));
        self.reply(request, AppCheckLoginResult { ok });
    }
}

/// A guess: what exactly the PBX hashes here is not documented. The login without user, with or without its
/// domain, or a shorter form.
fn is_valid(check: &AppCheckLogin<'_>, password: &str) -> bool {
    let login = Credentials { app: &check.app, domain: &check.domain, ..Credentials::default() };
    let without_domain = Credentials { domain: "", ..login };
    let short = [login.app, login.domain, &check.challenge, password].join(":");
    [
        login.digest(&check.challenge, password),
        without_domain.digest(&check.challenge, password),
        hex::encode(Sha256::digest(short)),
    ]
    .iter()
    .any(|expected| digests_match(expected, &check.digest))
}
