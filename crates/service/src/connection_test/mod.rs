//! The connection test: step by step from the settings to the presences, with what does not work, why, and where it is
//! set right. Nothing is written, and what it makes of settings is for itself alone.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `run` | which steps are done, within which limits |
//! | `message` | what is told of each |
//! | `settings` | the first step |
//! | `pbx` | the steps of the PBX |
//! | `report` | the same for a ticket, without names |

mod message;
mod pbx;
mod report;
mod run;
mod settings;

use calendar::settings::{Problem, Settings};

pub(crate) use message::{Finished, StepMessage};
pub(crate) use pbx::{PbxSide, survey};
pub(crate) use run::run;
pub(crate) use settings::account;

use crate::source::Advice;
use crate::source::steps::{Step, Steps, Subject};

/// A test that is to be done.
pub(crate) struct Test {
    /// What is tested.
    pub settings: Settings,
    /// What these settings lack.
    pub incomplete: Vec<Problem>,
    /// The steps of the backend, unless the settings cannot be used.
    pub steps: Result<Box<dyn Steps>, Advice>,
    pub subject: Subject,
    /// The steps that are wanted; none means all.
    pub only: Vec<Step>,
    /// The PBX, where there is one to look at.
    pub pbx: PbxSide,
}
