//! `PbxInfo`: a PBX introduces itself. What it says from then on goes to the synchronization.

use appwebsocket::PbxInfo;
use tracing::{info, warn};

use super::Session;
use super::reply::Request;
use super::rights::Rights;

impl Session {
    /// Takes the connection for one of the PBX. Anybody else who says so is denied and remembered in the log: a
    /// user of an app must not be able to pose as the PBX.
    pub(super) fn pbx_info(&mut self, request: Request<'_>, text: &str) {
        let pbx = serde_json::from_str::<PbxInfo>(text).ok().filter(|_| self.rights == Rights::PbxToBe);
        let Some(pbx) = pbx else {
            warn!(address = %self.client.address, rights = ?self.rights, "PbxInfo refused");
            return self.denied(request);
        };
        info!(address = %self.client.address, pbx = ?pbx.pbx, version = ?pbx.version, "PBX connected");
        self.rights = Rights::Pbx;
        self.pbx = Some(self.service.pbxs.connect(pbx, self.client.address, self.outbox.clone()));
        self.refresh_status();
    }

    /// Hands a message of the PBX on, unless the service ends meanwhile.
    pub(super) async fn hear_pbx(&self, text: &str) {
        let Some(pbx) = &self.pbx else { return };
        tokio::select! {
            () = self.service.stop.cancelled() => {}
            () = pbx.hear(text) => {}
        }
    }
}
