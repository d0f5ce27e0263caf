//! The steps of the PBX: whether it is connected, lets us work, and has users with mailboxes.

use std::sync::Arc;
use std::time::Duration;

use calendar::settings::Settings;
use tokio::time::sleep;

use crate::pbx::{PBX_API, Peer, TABLE_USERS, is_named};
use crate::service::Service;
use crate::source::Advice;
use crate::source::steps::{Outcome, Step, Subject};
use crate::sync::{Request, Survey};

/// Between two looks at users who are still being read.
const PAUSE: Duration = Duration::from_millis(200);
/// So many of other PBXs are named.
const MAX_NAMED: usize = 8;

/// What of the PBX can be looked at.
pub(crate) enum PbxSide {
    /// The running service.
    Here(Arc<Service>),
    /// Nothing: the service is not asked.
    Nowhere,
}

impl PbxSide {
    /// Does a step.
    pub async fn run(&self, step: Step, settings: &Settings, subject: &Subject) -> Outcome {
        let Self::Here(service) = self else {
            return Outcome::skipped(
                "notHere",
                "The PBX is connected to the running service, which this command does not ask.",
            );
        };
        match step {
            Step::Pbx => connected(service, settings),
            Step::PbxRights => rights(service, settings),
            Step::PbxUsers => users(service, settings).await,
            _ => matched(service, subject).await,
        }
    }
}

/// What is known of the users.
pub(crate) async fn survey(service: &Service, address: Option<&str>) -> Survey {
    let address = address.map(str::to_owned);
    service.sync.ask(|reply| Request::Survey(address, reply)).await.unwrap_or_default()
}

fn master(service: &Service, settings: &Settings) -> Option<Arc<Peer>> {
    service.pbxs.all().into_iter().find(|peer| is_named(&peer.info, &settings.pbx_name))
}

fn failed(word: &'static str, text: String) -> Outcome {
    Outcome::failed(&Advice::new(word, text))
}

fn connected(service: &Service, settings: &Settings) -> Outcome {
    let name = &settings.pbx_name;
    if let Some(peer) = master(service, settings) {
        let version = peer.info.version.clone().unwrap_or_default();
        return Outcome::ok(format!("The PBX {name} is connected."))
            .fact("pbx", name.as_str())
            .fact("version", version);
    }
    let others: Vec<String> =
        service.pbxs.all().iter().take(MAX_NAMED).map(|peer| peer.info.pbx.clone()).collect();
    if others.is_empty() {
        let text = format!(
            "The PBX {name} is not connected, nor is any other. Create the App object Calendar there, with \"websocket\" ticked and the password of this service."
        );
        return failed("pbxMissing", text).fact("pbx", name.as_str());
    }
    let others = others.join(", ");
    failed(
        "pbxOther",
        format!("The PBX {name} is not connected. Connected are: {others}. Check Master PBX Name."),
    )
    .fact("pbx", name.as_str())
    .fact("others", others)
}

fn rights(service: &Service, settings: &Settings) -> Outcome {
    let apis = master(service, settings).map(|peer| peer.info.apis.clone()).unwrap_or_default();
    let missing: Vec<&str> =
        [PBX_API, TABLE_USERS].into_iter().filter(|api| !apis.iter().any(|granted| granted == api)).collect();
    if missing.is_empty() {
        return Outcome::ok("The PBX grants PbxApi and PbxTableUsers.");
    }
    let text =
        format!("The PBX does not grant {0}. Tick {0} at its Calendar App object.", missing.join(" and "));
    failed("pbxApi", text).fact("apis", missing.join(", "))
}

/// Waits for those who are still being read; the step has a limit.
async fn users(service: &Service, settings: &Settings) -> Outcome {
    let is_same = |survey: &Survey| {
        survey.pbx.as_ref().is_some_and(|pbx| pbx.to_lowercase() == settings.pbx_name.to_lowercase())
    };
    // A little less than the limit of the step, so that it can still be said what is missing.
    for _ in 0..60 {
        let survey = survey(service, None).await;
        if !is_same(&survey) {
            break;
        }
        if survey.is_loaded {
            let users = survey.users.to_string();
            return match survey.users {
                0 => failed(
                    "pbxEmpty",
                    "The PBX has no users. Check that it is the master, and its replication.".to_owned(),
                ),
                _ => Outcome::ok(format!("The PBX has {users} users.")),
            }
            .fact("users", users);
        }
        sleep(PAUSE).await;
    }
    failed(
        "pbxWaiting",
        "The users of the PBX are not known yet. They are read once the settings are saved.".to_owned(),
    )
}

async fn matched(service: &Service, subject: &Subject) -> Outcome {
    let survey = survey(service, subject.mailbox.as_deref()).await;
    let (users, matched) = (survey.users.to_string(), survey.matched.to_string());
    let outcome = if survey.is_user && survey.matched > 0 {
        Outcome::ok(format!("{matched} of {users} users have a mailbox."))
    } else if survey.is_user || subject.mailbox.is_none() {
        let text = format!(
            "None of {users} users has a mailbox yet. Compare the addresses in the PBX with those of the mailboxes."
        );
        Outcome::warning(&Advice::new("unmatched", text))
    } else {
        let text = format!(
            "No user of the PBX has the address that was tried. {matched} of {users} users have a mailbox."
        );
        Outcome::warning(&Advice::new("unmatched", text))
    };
    outcome.fact("users", users).fact("matched", matched)
}
