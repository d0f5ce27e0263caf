//! `StartSignIn`: an administrator is about to sign in to Exchange Online.

use calendar::settings::SyncType;
use serde::Serialize;

use super::Session;
use super::reply::{Failure, Request};

#[derive(Serialize)]
struct SignIn {
    /// Where the browser is to go.
    url: String,
}

impl Session {
    /// Answers with the address at which to sign in.
    pub(super) async fn start_sign_in(&self, request: Request<'_>) {
        let settings = self.service.configuration.watch().borrow().settings.clone();
        let desk = self.service.desk.get().filter(|_| settings.sync_type == SyncType::Cloud);
        let Some(desk) = desk else { return self.reply(request, Failure { error: "notAvailable" }) };
        let Ok(secrets) = self.service.configuration.store().secrets().await else {
            return self.reply(request, Failure { error: "database" });
        };
        match desk.start(&settings, &secrets) {
            Ok(url) => self.reply(request, SignIn { url: url.into() }),
            Err(advice) => self.reply(request, Failure { error: advice.code }),
        }
    }
}
