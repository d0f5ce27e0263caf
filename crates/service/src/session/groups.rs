//! `GetGroups`: what `onlyGroups` and `exceptGroups` may name, and whom they would choose.

use calendar::Membership;
use serde::Deserialize;

use super::Session;
use super::reply::{Failure, Request};
use crate::sync::Request as Question;
use crate::zones::System;

/// Lists to be tried; both absent where only the groups are asked for.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Asked {
    #[serde(default)]
    only_groups: Option<String>,
    #[serde(default)]
    except_groups: Option<String>,
}

impl Session {
    /// `GetGroups`.
    pub(super) async fn get_groups(&self, request: Request<'_>, text: &str) {
        let Ok(Asked { only_groups, except_groups }) = serde_json::from_str(text) else {
            return self.reply(request, Failure { error: "invalidQuery" });
        };
        let tried = only_groups.is_some() || except_groups.is_some();
        let (only, except) = (only_groups.unwrap_or_default(), except_groups.unwrap_or_default());
        let membership = tried.then(|| Membership::of(&only, &except, &System));
        if let Some(list) = self.service.sync.ask(|reply| Question::Groups(membership, reply)).await {
            self.reply(request, list);
        }
    }
}
