//! A PBX, an App Platform and a service, reached without a network.

use std::cell::{Cell, RefCell};

use appwebsocket::Credentials;
use pbx_sim::manager::{Manager, ManagerOptions, Object as Stored};
use serde_json::{Value as Json, json};

use crate::transport::Message;
use crate::{Addresses, Kind, Object, ObjectSpec, Peer, Reply, Transport, list};

/// Where the pages of the apps are.
pub const FOLDER: &str = "https://ap.example.com/example.com/calendar/";
const PATH: &str = "example.com/calendar";
/// The password of the instance before anything was done.
pub const OLD_PASSWORD: &str = "old";

pub struct Simulated {
    pub manager: Manager,
    /// All messages but those that only read, by name, with what they were about.
    pub written: RefCell<Vec<String>>,
    /// Fails the message of this name after this many.
    fault: Cell<Option<(&'static str, usize)>>,
    /// Whom nothing reaches.
    pub silent: Cell<Option<Peer>>,
    passwords: Cell<u32>,
}

impl Simulated {
    pub async fn start() -> Self {
        let manager = Manager::start(ManagerOptions::default()).await.unwrap();
        manager.add_instance(PATH, OLD_PASSWORD);
        Self {
            manager,
            written: RefCell::default(),
            fault: Cell::default(),
            silent: Cell::default(),
            passwords: Cell::default(),
        }
    }

    /// Fails the message of this name once `after` others of that name are through.
    pub fn fail(&self, mt: &'static str, after: usize) {
        self.fault.set(Some((mt, after)));
    }

    pub fn instance_password(&self) -> String {
        self.manager.instance_password(PATH).unwrap()
    }

    pub fn object(&self, name: &str) -> Stored {
        self.manager.object(name).unwrap()
    }

    pub fn apps(&self, template: &str) -> String {
        self.object(template).text("apps").to_owned()
    }

    /// All objects, those of the first kind first.
    pub async fn list(&self) -> Vec<Object> {
        let mut all = list(self, &addresses()).await.unwrap();
        all.sort_by_key(|object| object.kind == Kind::Admin);
        all
    }

    pub async fn only(&self) -> Object {
        let mut all = self.list().await;
        assert_eq!(all.len(), 1, "{all:?}");
        all.remove(0)
    }

    /// A spec for an object in the templates of these names.
    pub async fn spec(
        &self,
        kind: Kind,
        object: Option<&Object>,
        names: (&str, &str),
        ticked: &[&str],
    ) -> ObjectSpec {
        let mut spec = ObjectSpec::new(self, kind, object).await.unwrap();
        for template in &mut spec.templates {
            template.has_object = ticked.contains(&&*template.cn);
        }
        ObjectSpec { name: names.0.to_owned(), sip: names.1.to_owned(), ..spec }
    }

    /// What was written since the last question.
    pub fn written(&self) -> Vec<String> {
        self.written.take()
    }

    fn answer(&self, to: Peer, mt: &'static str, body: Message) -> Option<Message> {
        if self.silent.get() == Some(to) {
            return None;
        }
        if let Some((failing, after)) = self.fault.get().filter(|(failing, _)| *failing == mt) {
            self.fault.set(after.checked_sub(1).map(|after| (failing, after)));
            if after == 0 {
                self.manager.fail_next(mt);
            }
        }
        if mt.starts_with("Update") || mt.starts_with("Delete") || mt.starts_with("Set") {
            let name = ["cn", "guid", "pwd"].iter().find_map(|name| body.get(*name)?.as_str());
            self.written.borrow_mut().push(format!("{mt} {}", name.unwrap_or_default()));
        }
        let mut message = Json::Object(body);
        message["mt"] = json!(mt);
        match to {
            Peer::Service => return Some(self.check_login(&message)),
            Peer::Pbx => message["api"] = json!("PbxAdminApi"),
            Peer::Platform => {
                message["api"] = json!("com.innovaphone.manager");
                message["path"] = json!(PATH);
            }
        }
        self.manager.answer(&message)?.as_object().cloned()
    }

    /// The service knows the password of its instance.
    fn check_login(&self, message: &Json) -> Message {
        let text = |name: &str| message[name].as_str().unwrap();
        let login = Credentials { app: text("app"), domain: text("domain"), ..Credentials::default() };
        let ok = login.digest(text("challenge"), &self.instance_password()) == text("digest");
        json!({"mt": "AppCheckLoginResult", "ok": ok}).as_object().cloned().unwrap()
    }
}

impl Transport for Simulated {
    fn send(&self, to: Peer, mt: &'static str, body: Message) -> Reply<'_> {
        let answer = self.answer(to, mt, body);
        Box::pin(async move { answer })
    }

    fn new_password(&self) -> Option<String> {
        self.passwords.set(self.passwords.get() + 1);
        Some(format!("password {}", self.passwords.get()))
    }
}

pub fn addresses() -> Addresses {
    Addresses::new(None, FOLDER.to_owned())
}
