//! Which message goes where, and who may send it.

use appwebsocket::Envelope;

use super::Session;
use super::reply::{Failure, Outcome, Outgoing, Request};
use super::rights::Rights;
use crate::pbx::{PBX_API, TABLE_USERS};

/// Who may send a message.
#[derive(Clone, Copy, PartialEq, Eq)]
enum For {
    /// Everybody, also before the login.
    All,
    /// Everybody who has logged in.
    LoggedIn,
    /// Managers.
    Managers,
    /// Users, each of himself.
    Users,
    /// PBXs. To others it is as if there were no such message.
    Pbxs,
}

/// What is to be done with a message.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Challenge,
    Login,
    CheckBuild,
    KeepAlive,
    AppInfo,
    PbxInfo,
    CheckLogin,
    ConfigItems,
    ReadConfig,
    WriteConfig,
    Status,
    Users,
    Groups,
    Explain,
    DryRun,
    Resync,
    StartSignIn,
    SetPassword,
    TestConnection,
    CancelTest,
    Callers,
    SaveCaller,
    DeleteCaller,
    Audit,
    GetMine,
    SetMine,
    /// Of an API of the PBX.
    Pbx,
}

impl Kind {
    fn of(api: Option<&str>, mt: &str) -> Option<Self> {
        Some(match (api, mt) {
            (None, "AppChallenge") => Self::Challenge,
            (None, "AppLogin") => Self::Login,
            (None, "CheckBuild") => Self::CheckBuild,
            (None, "KeepAlive") => Self::KeepAlive,
            (None, "AppInfo") => Self::AppInfo,
            (None, "PbxInfo") => Self::PbxInfo,
            // Through a relay it comes with our API: the bare one is answered by the App Platform, of its own password.
            (None | Some("Calendar"), "AppCheckLogin") => Self::CheckLogin,
            (Some("Config" | "Calendar"), "GetConfigItems") => Self::ConfigItems,
            (Some("Config" | "Calendar"), "ReadConfig") => Self::ReadConfig,
            (Some("Config" | "Calendar"), "WriteConfig") => Self::WriteConfig,
            (Some("Calendar"), "GetStatus") => Self::Status,
            (Some("Calendar"), "GetUsers") => Self::Users,
            (Some("Calendar"), "GetGroups") => Self::Groups,
            (Some("Calendar"), "Explain") => Self::Explain,
            (Some("Calendar"), "DryRun") => Self::DryRun,
            (Some("Calendar"), "Resync") => Self::Resync,
            (Some("Calendar"), "StartSignIn") => Self::StartSignIn,
            (Some("Calendar"), "SetInstancePassword") => Self::SetPassword,
            (Some("Calendar"), "GetMine") => Self::GetMine,
            (Some("Calendar"), "SetMine") => Self::SetMine,
            (Some(PBX_API | TABLE_USERS), _) => Self::Pbx,
            (Some("Calendar"), "TestConnection") => Self::TestConnection,
            (Some("Calendar"), "CancelTest") => Self::CancelTest,
            (Some("Calendar"), "GetCallers") => Self::Callers,
            (Some("Calendar"), "SaveCaller") => Self::SaveCaller,
            (Some("Calendar"), "DeleteCaller") => Self::DeleteCaller,
            (Some("Calendar"), "GetAudit") => Self::Audit,
            _ => return None,
        })
    }

    fn is_for(self) -> For {
        match self {
            Self::Challenge | Self::Login | Self::CheckBuild | Self::KeepAlive => For::All,
            // Whether a `PbxInfo` is welcome is decided where it is read.
            Self::AppInfo | Self::PbxInfo => For::LoggedIn,
            Self::CheckLogin
            | Self::ConfigItems
            | Self::ReadConfig
            | Self::WriteConfig
            | Self::Status
            | Self::Users
            | Self::Groups
            | Self::Explain
            | Self::DryRun
            | Self::Resync
            | Self::StartSignIn
            | Self::SetPassword
            | Self::TestConnection
            | Self::CancelTest
            | Self::Callers
            | Self::SaveCaller
            | Self::DeleteCaller
            | Self::Audit => For::Managers,
            Self::GetMine | Self::SetMine => For::Users,
            Self::Pbx => For::Pbxs,
        }
    }
}

impl Session {
    /// Deals with one message. The error is the reason to close the connection.
    pub(super) async fn dispatch(&mut self, text: &str) -> Result<(), &'static str> {
        let envelope: Envelope<'_> = serde_json::from_str(text).map_err(|error| match error.classify() {
            serde_json::error::Category::Data => "not a message: an object with the text mt is expected",
            _ => "not JSON",
        })?;
        let request = Request { mt: &envelope.mt, api: envelope.api.as_deref(), src: envelope.src };
        // Only with its first message a PBX may introduce itself.
        let is_first = self.rights == Rights::PbxToBe;
        match Kind::of(request.api, request.mt) {
            None => self.unknown(request),
            Some(Kind::Pbx) if self.rights != Rights::Pbx => self.unknown(request),
            Some(kind) if !self.may(kind.is_for()) => self.denied(request),
            Some(kind) => self.handle(kind, request, text).await,
        }
        if is_first && self.rights == Rights::PbxToBe {
            self.rights = Rights::None;
        }
        Ok(())
    }

    async fn handle(&mut self, kind: Kind, request: Request<'_>, text: &str) {
        match kind {
            Kind::Challenge => self.app_challenge(request),
            Kind::Login => self.app_login(request, text).await,
            Kind::CheckBuild => self.check_build(request),
            Kind::KeepAlive => self.keep_alive(request),
            Kind::AppInfo => self.app_info(request, text),
            Kind::PbxInfo => self.pbx_info(request, text),
            Kind::CheckLogin => self.app_check_login(request, text).await,
            Kind::ConfigItems => self.get_config_items(request).await,
            Kind::ReadConfig => self.read_config(request).await,
            Kind::WriteConfig => self.write_config(request, text).await,
            Kind::Status => self.get_status(request),
            Kind::Users => self.get_users(request, text).await,
            Kind::Groups => self.get_groups(request, text).await,
            Kind::Explain => self.explain(request, text),
            Kind::DryRun => self.dry_run(request, text),
            Kind::Resync => self.resync(request, text).await,
            Kind::StartSignIn => self.start_sign_in(request).await,
            Kind::SetPassword => self.set_instance_password(request, text).await,
            Kind::Pbx => self.hear_pbx(text).await,
            Kind::TestConnection => self.test_connection(request, text).await,
            Kind::CancelTest => self.cancel_test(request),
            Kind::Callers => self.get_callers(request, text).await,
            Kind::SaveCaller => self.save_caller(request, text).await,
            Kind::DeleteCaller => self.delete_caller(request, text).await,
            Kind::Audit => self.get_audit(request, text).await,
            Kind::GetMine => self.get_mine(request).await,
            Kind::SetMine => self.set_mine(request, text).await,
        }
    }

    fn may(&self, who: For) -> bool {
        match who {
            For::All => true,
            For::LoggedIn => self.login.is_some(),
            For::Managers => self.rights == Rights::Manager,
            For::Users => self.rights == Rights::User,
            For::Pbxs => self.rights == Rights::Pbx,
        }
    }

    /// `AccessDenied`.
    pub(super) fn denied(&self, request: Request<'_>) {
        self.reply(request, Outcome { result: "AccessDenied" });
    }

    fn unknown(&self, request: Request<'_>) {
        // An error is never the answer to an error, or two services would go on for ever.
        if request.mt != "Error" {
            let body = Failure { error: "unknownMessage" };
            self.send(&Outgoing { mt: "Error", api: None, body, src: request.src });
        }
    }
}
