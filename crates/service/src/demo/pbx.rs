//! The simulated PBX: its users, its App objects, and the connection to the service that it has while there is an
//! object for it.

use std::io;

use pbx_sim::manager::{Manager, ManagerOptions, Object};
use pbx_sim::{Options, Pbx};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use super::{DOMAIN, PBX, colleagues};
use crate::store::Store;

/// Path of the instance, as the try-out page names it.
const INSTANCE: &str = "plugin";
/// File name of the page that the object for the service points to.
const SERVICE: &str = "pbxcalendar-calendar";

/// The PBX as its administrator meets it. Clones are the same one.
#[derive(Clone)]
pub(crate) struct SimulatedPbx {
    manager: Manager,
    /// Address of the service.
    url: String,
    /// The item that opens the calendars, and its value: what is tried out with it can be put back.
    pub credential: Value,
}

/// How the PBX is to connect: name and password of the object that says so.
type Login = (String, String);

impl SimulatedPbx {
    /// A PBX with two templates and the object for the service. That for the administrators a newcomer creates.
    pub(super) async fn start(url: &str, password: &SecretString, credential: Value) -> io::Result<Self> {
        let options = ManagerOptions { domain: DOMAIN.to_owned(), ..ManagerOptions::default() };
        let manager = Manager::start(options).await?;
        manager.add_template("Config Admin", "pbxmanager,users");
        manager.add_template("Config User", "phone,chat");
        manager.add_instance(INSTANCE, password.expose_secret());
        let this = Self { manager, url: url.to_owned(), credential };
        this.add_service_object(password.expose_secret());
        Ok(this)
    }

    fn add_service_object(&self, password: &str) {
        let app = json!({
            "url": format!("{}{INSTANCE}/{SERVICE}", self.url), "websocket": true, "pbx": true, "tableusers": true,
        });
        let object = json!({
            "mt": "UpdateObject", "api": "PbxAdminApi", "cn": "Calendar", "h323": "calendar", "hide": true,
            "critical": true, "pwd": password, "pseudo": {"type": "app", "app": app},
        });
        self.manager.answer(&object);
    }

    /// Answers what a plugin asks through the PBX Manager. A new password of the instance is one of the service.
    pub(crate) async fn answer(&self, message: &Value, store: &Store) -> anyhow::Result<Option<Value>> {
        let answer = self.manager.answer(message);
        let is_done = answer.as_ref().is_some_and(|answer| answer.get("error").is_none());
        if is_done && message.get("mt").is_some_and(|mt| mt == "SetInstancePassword") {
            let password = self.manager.instance_password(INSTANCE).unwrap_or_default();
            store.set_instance_password(&SecretString::from(password)).await?;
        }
        Ok(answer)
    }

    /// Connects whenever an object says so, and no longer.
    pub(super) async fn run(self) {
        loop {
            let (sip, password) = self.manager.until(|_| self.login()).await;
            let login = Some((sip.clone(), password.clone()));
            let connection = async {
                let pbx = self.connect(&sip, password);
                pbx.until_connected().await;
                self.manager.set_connected(&sip, true);
                std::future::pending::<()>().await;
            };
            tokio::select! {
                () = connection => {}
                () = self.manager.until(|_| (self.login() != login).then_some(())) => {}
            }
            self.manager.set_connected(&sip, false);
        }
    }

    /// How the oldest object with the name of the service and a checkmark for it says.
    fn login(&self) -> Option<Login> {
        let wants_connection = |object: &Object| {
            let pseudo = object.properties.get("pseudo");
            let checkmark = pseudo.and_then(|pseudo| pseudo.pointer("/app/websocket"));
            object.app() == Some(SERVICE) && checkmark == Some(&json!(true))
        };
        let object = self.manager.objects().into_iter().find(wants_connection)?;
        Some((object.text("h323").to_owned(), object.password))
    }

    fn connect(&self, sip: &str, password: String) -> Pbx {
        let pbx = Pbx::start(Options {
            name: PBX.to_owned(),
            domain: DOMAIN.to_owned(),
            dns: "pbx.example.com".to_owned(),
            app_object: sip.to_owned(),
            ..Options::new(format!("{}{SERVICE}", self.url), password)
        });
        colleagues::add_users(&pbx);
        pbx
    }
}
