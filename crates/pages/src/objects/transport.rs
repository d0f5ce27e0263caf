use futures::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use serde_json::Value as Json;

use crate::connection::Message;
use crate::form::session::Form;
use crate::platform::random_password;
use app_objects::{Peer, Reply, Transport};

/// An answer that takes longer, in milliseconds, will not come.
const PATIENCE: u32 = 20_000;

/// What the page has: the connection of the PBX Manager, and that of the form.
pub struct Page(pub Form);

impl Transport for Page {
    fn send(&self, to: Peer, mt: &'static str, mut body: Message) -> Reply<'_> {
        Box::pin(async move {
            let api = match to {
                Peer::Service => return self.0.connection().request(mt, body).await.ok(),
                Peer::Pbx => "PbxAdminApi",
                Peer::Platform => "com.innovaphone.manager",
            };
            body.insert("mt".to_owned(), Json::from(mt));
            body.insert("api".to_owned(), Json::from(api));
            let (host, message) = (self.0.host(), Json::Object(body));
            match select(Box::pin(host.ask(&message)), TimeoutFuture::new(PATIENCE)).await {
                Either::Left((answer, _)) => answer,
                Either::Right(_) => None,
            }
        })
    }

    fn new_password(&self) -> Option<String> {
        random_password()
    }
}
