//! The steps of a connection test: which there are, what each needs, and what comes of one. A backend does its own with
//! the parts that the synchronization uses; in which order, within which limits and for whom is the test's business.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `hybrid` | two ways to the calendars in one test |
//! | `outcome` | what came of a step |
//! | `parts` | steps that have several parts tell of each |
//! | `reach` | whether hosts can be reached |
//! | `shown` | the certificate that a server shows |
//! | `tenant` | what Microsoft's login says of a tenant |
//! | `roles` | what a token allows |

mod hybrid;
mod outcome;
mod parts;
mod reach;
pub mod roles;
mod shown;
mod tenant;

use std::time::Duration;

use async_trait::async_trait;
use calendar::settings::{Settings, SyncType};

pub use hybrid::HybridSteps;
pub use outcome::{Outcome, Verdict};
pub use parts::{Parts, Tell};
pub(super) use reach::{reach, today};
pub(super) use tenant::tenant;

macro_rules! steps {
    ($($(#[$doc:meta])* $step:ident $word:literal,)*) => {
        /// A step.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Step {
            $($(#[$doc])* $step,)*
        }

        impl Step {
            /// All of them, in the order in which they are done.
            pub const ALL: &'static [Self] = &[$(Self::$step,)*];

            /// Its word.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$step => $word,)* }
            }
        }
    };
}

steps! {
    /// The settings are complete.
    Settings "settings",
    /// The hosts can be reached.
    Reach "reach",
    /// Microsoft's login knows the tenant.
    Tenant "tenant",
    /// Somebody has signed in.
    SignIn "signIn",
    /// There is a token.
    Token "token",
    /// The calendar of somebody can be read with Microsoft Graph.
    Mailbox "mailbox",
    /// Addresses can be looked up.
    Lookup "lookup",
    /// The time zone of a mailbox can be read.
    Zone "zone",
    /// The server is found.
    Autodiscover "autodiscover",
    /// The server offers a way to log in.
    Schemes "schemes",
    /// It takes user and password.
    Login "login",
    /// Exchange Web Services answer.
    Ews "ews",
    /// The account has a mailbox of its own.
    OwnMailbox "ownMailbox",
    /// It may act for others.
    Impersonation "impersonation",
    /// The calendar of somebody can be read.
    Appointments "appointments",
    /// Changes are told.
    Streaming "streaming",
    /// The server is not too old.
    Version "version",
    /// A mailbox that must not be read cannot be.
    Outside "outside",
    /// The application may do what it needs, and no more.
    Roles "roles",
    /// Waits that were met.
    Throttle "throttle",
    /// The PBX is connected.
    Pbx "pbx",
    /// It lets us work.
    PbxRights "pbxRights",
    /// Its users are known.
    PbxUsers "pbxUsers",
    /// They have mailboxes.
    Match "match",
}

/// How long most steps may take.
const LIMIT: Duration = Duration::from_secs(15);

impl Step {
    /// The step of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|step| step.name() == name)
    }

    /// How long it may take.
    pub const fn limit(self, watch: bool) -> Duration {
        match self {
            // Each host has its own 10 s.
            Self::Reach | Self::Autodiscover => Duration::from_secs(40),
            Self::Streaming if watch => Duration::from_secs(75),
            _ => LIMIT,
        }
    }

    /// Whether it is one of the PBX, which no backend does.
    pub const fn is_of_pbx(self) -> bool {
        matches!(self, Self::Pbx | Self::PbxRights | Self::PbxUsers | Self::Match)
    }

    /// Whether these settings have it.
    fn is_of(self, settings: &Settings) -> bool {
        use SyncType::{Cloud, CloudAppOnly, Graph, OnPremises};
        if settings.sync_type == SyncType::Hybrid {
            return settings.ways().iter().any(|way| self.is_of(way));
        }
        let among = |types: &[SyncType]| types.contains(&settings.sync_type);
        match self {
            Self::Settings | Self::Reach | Self::Outside | Self::Throttle => true,
            step if step.is_of_pbx() => true,
            Self::Tenant | Self::Token => among(&[Cloud, CloudAppOnly, Graph]),
            Self::SignIn => among(&[Cloud]),
            Self::Mailbox | Self::Lookup | Self::Zone => among(&[Graph]),
            Self::Autodiscover => among(&[OnPremises, Cloud, CloudAppOnly]) && settings.ews_url.is_empty(),
            Self::Schemes | Self::Login => among(&[OnPremises]),
            Self::Ews => among(&[Cloud, CloudAppOnly]),
            Self::OwnMailbox => among(&[OnPremises, Cloud]),
            Self::Impersonation | Self::Appointments | Self::Streaming | Self::Version => {
                among(&[OnPremises, Cloud, CloudAppOnly])
            }
            // The last of them.
            _ => among(&[CloudAppOnly, Graph]),
        }
    }

    /// What it cannot do without, whatever the settings; those that they do not have count as done. Where the server is
    /// searched for, it may be found though the usual hosts cannot be reached.
    pub const fn needs(self, searches: bool) -> &'static [Self] {
        match self {
            Self::Settings | Self::Pbx => &[],
            Self::Reach | Self::SignIn => &[Self::Settings],
            Self::Tenant | Self::Throttle => &[Self::Reach],
            Self::Schemes if !searches => &[Self::Reach],
            Self::Token => &[Self::Tenant, Self::SignIn],
            Self::Mailbox | Self::Lookup | Self::Roles => &[Self::Token],
            Self::Zone => &[Self::Mailbox],
            Self::Autodiscover => &[Self::Settings, Self::Token],
            Self::Schemes => &[Self::Autodiscover],
            Self::Login => &[Self::Schemes],
            Self::Ews => &[Self::Token, Self::Autodiscover],
            Self::OwnMailbox | Self::Impersonation | Self::Version => &[Self::Login, Self::Ews],
            Self::Outside => &[Self::Token, Self::Login, Self::Ews],
            Self::Appointments | Self::Streaming => &[Self::Impersonation],
            Self::PbxRights => &[Self::Pbx],
            Self::PbxUsers => &[Self::PbxRights],
            Self::Match => &[Self::PbxUsers],
        }
    }

    /// The same among the steps of a test. With several ways to the calendars each needs its own.
    pub fn needs_among(self, all: &[Self]) -> Vec<Self> {
        let needs = self.needs(all.contains(&Self::Autodiscover)).iter().copied();
        let is_local = self == Self::Autodiscover && all.contains(&Self::Schemes);
        needs.filter(|need| !is_local || *need != Self::Token).collect()
    }
}

/// The steps for these settings, in their order.
pub fn plan(settings: &Settings) -> Vec<Step> {
    Step::ALL.iter().copied().filter(|step| step.is_of(settings)).collect()
}

/// On whom it is tried.
#[derive(Clone, Debug, Default)]
pub struct Subject {
    /// Whose calendar is read.
    pub mailbox: Option<String>,
    /// Whose must not be readable.
    pub outside: Option<String>,
    /// Whether somebody will change an appointment, to see that it is told.
    pub watch: bool,
}

/// The steps of a backend.
#[async_trait]
pub trait Steps: Send {
    /// Does a step. What it finds out is there for those that follow.
    async fn run(&mut self, step: Step, subject: &Subject, parts: &Parts<'_>) -> Outcome;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(sync_type: SyncType, ews_url: &str) -> Vec<&'static str> {
        let settings = Settings { sync_type, ews_url: ews_url.to_owned(), ..Settings::default() };
        plan(&settings).into_iter().map(Step::name).collect()
    }

    #[test]
    fn every_way_has_its_steps() {
        let pbx = ["pbx", "pbxRights", "pbxUsers", "match"];
        let graph = [
            "settings", "reach", "tenant", "token", "mailbox", "lookup", "zone", "outside", "roles",
            "throttle",
        ];
        assert_eq!(names(SyncType::Graph, ""), [&graph[..], &pbx].concat());
        let local = [
            "settings",
            "reach",
            "autodiscover",
            "schemes",
            "login",
            "ownMailbox",
            "impersonation",
            "appointments",
            "streaming",
            "version",
            "outside",
            "throttle",
        ];
        assert_eq!(names(SyncType::OnPremises, ""), [&local[..], &pbx].concat());
        assert!(!names(SyncType::OnPremises, "https://x/").contains(&"autodiscover"));
        let cloud = names(SyncType::Cloud, "");
        assert!(cloud.contains(&"signIn") && cloud.contains(&"ews") && !cloud.contains(&"roles"));
        let app_only = names(SyncType::CloudAppOnly, "");
        assert!(
            !app_only.contains(&"signIn") && !app_only.contains(&"ownMailbox") && app_only.contains(&"roles")
        );
    }

    #[test]
    fn what_a_step_needs_comes_before_it() {
        for step in Step::ALL {
            assert!(step.needs(true).iter().chain(step.needs(false)).all(|need| need < step), "{step:?}");
            assert_eq!(Step::from_name(step.name()), Some(*step));
        }
    }
}
