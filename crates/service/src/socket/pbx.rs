//! `PbxInfo`: a PBX introduces itself.

use appwebsocket::PbxInfo;
use tracing::{info, warn};

use super::connection::Connection;
use super::reply::Request;
use super::rights::Rights;

impl Connection {
    /// Takes the connection for one of the PBX. Anybody else who says so is denied and remembered in the log: a
    /// user of an app must not be able to pose as the PBX.
    pub fn pbx_info(&mut self, request: Request<'_>, text: &str) {
        let pbx = serde_json::from_str::<PbxInfo>(text).ok().filter(|_| self.rights == Rights::PbxToBe);
        let Some(pbx) = pbx else {
            warn!(address = %self.client.address, rights = ?self.rights, "PbxInfo refused");
            return self.denied(request);
        };
        info!(address = %self.client.address, pbx = ?pbx.pbx, version = ?pbx.version, "PBX connected");
        self.rights = Rights::Pbx;
        self.pbx = Some(self.service.status.connect(pbx));
        self.refresh_status();
    }
}
