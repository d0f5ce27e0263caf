use serde_json::Value as Json;

use crate::kind::Kind;
use crate::transport::{Peer, Problem, Transport, ask, body, objects, text};

/// Under which addresses the pages of the apps are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addresses {
    /// The folder that objects are to name, with a slash at the end.
    pub current: String,
    /// Another one that objects made earlier may name.
    pub former: Option<String>,
}

impl Addresses {
    /// The public address of the service, where it has one; else the folder of the plugin.
    pub fn new(public: Option<&str>, plugin: String) -> Self {
        let Some(public) = public else { return Self { current: plugin, former: None } };
        let mut current = public.to_owned();
        if !current.ends_with('/') {
            current.push('/');
        }
        let former = (plugin != current).then_some(plugin);
        Self { current, former }
    }

    /// Where the page of a kind of objects is.
    pub fn page(&self, kind: Kind) -> String {
        [self.current.as_str(), kind.app()].concat()
    }
}

/// Whether an App object works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    /// It does.
    Works,
    /// The service does not take its password.
    WrongPassword,
    /// It names an address that the service no longer goes by.
    OldAddress,
    /// The PBX has no connection to the service over it.
    NotConnected,
    /// That could not be found out.
    Unknown,
}

/// An App object of this service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// What it is for.
    pub kind: Kind,
    /// Identifies it for ever.
    pub guid: String,
    /// Its `h323`.
    pub sip: String,
    /// What the PBX shows for it.
    pub title: String,
    /// Where its page is, without the ending.
    pub url: String,
    /// Whether it works.
    pub health: Health,
}

impl Object {
    /// Whether the service takes its password, so that other objects may have the same.
    pub fn has_password(&self) -> bool {
        !matches!(self.health, Health::WrongPassword | Health::Unknown)
    }
}

/// All App objects of this service.
pub async fn list(transport: &dyn Transport, addresses: &Addresses) -> Result<Vec<Object>, Problem> {
    let mut found = list_in(transport, &addresses.current, false).await?;
    if let Some(former) = &addresses.former {
        found.extend(list_in(transport, former, true).await?);
    }
    Ok(found)
}

/// Those in one folder. The PBX compares only how addresses begin; here the whole address has to fit.
async fn list_in(transport: &dyn Transport, folder: &str, is_former: bool) -> Result<Vec<Object>, Problem> {
    let reply = ask(transport, Peer::Pbx, "GetAppObjects", body([("uri", Json::from(folder))])).await?;
    let mut found = Vec::new();
    for object in objects(&reply) {
        let app = text(object, "url").strip_prefix(folder);
        let Some(kind) = Kind::ALL.into_iter().find(|kind| app == Some(kind.app())) else { continue };
        // `sip` came later than `app`, which holds the same.
        let sip = ["sip", "app"].map(|name| text(object, name)).into_iter().find(|sip| !sip.is_empty());
        let sip = sip.unwrap_or_default();
        let is_connected = object.get("connected").and_then(Json::as_bool) == Some(true);
        let health = match takes_password(transport, sip).await {
            Err(_) => Health::Unknown,
            Ok(false) => Health::WrongPassword,
            Ok(true) if is_former => Health::OldAddress,
            Ok(true) if kind == Kind::Calendar && !is_connected => Health::NotConnected,
            Ok(true) => Health::Works,
        };
        found.push(Object {
            kind,
            guid: text(object, "guid").to_owned(),
            sip: sip.to_owned(),
            title: text(object, "title").to_owned(),
            url: text(object, "url").to_owned(),
            health,
        });
    }
    Ok(found)
}

/// Whether the service takes a login that the PBX makes with the object's password.
async fn takes_password(transport: &dyn Transport, sip: &str) -> Result<bool, Problem> {
    // The plugins of the platform all ask with this one. What comes back opens nothing.
    const CHALLENGE: &str = "1234";
    let challenge = ("challenge", Json::from(CHALLENGE));
    let login =
        ask(transport, Peer::Pbx, "GetAppLogin", body([("app", Json::from(sip)), challenge.clone()])).await?;
    let [app, domain, digest] =
        ["app", "domain", "digest"].map(|name| (name, Json::from(text(&login, name))));
    let reply =
        ask(transport, Peer::Service, "AppCheckLogin", body([app, domain, challenge, digest])).await?;
    Ok(reply.get("ok").and_then(Json::as_bool) == Some(true))
}
