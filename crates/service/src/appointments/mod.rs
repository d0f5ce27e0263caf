//! The Calendar API: appointments for other programs, each let in by name. What it can do stands here once, whatever
//! door it comes through.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `caller` | who may do what, in which mailboxes |
//! | `callers` | the callers in the database, and their tokens |
//! | `office` | what all requests share |
//! | `limits` | how much a caller may write, and how much at once |
//! | `draft` | what callers send |
//! | `time` | from their times to instants |
//! | `once` | what is kept so that nothing is written twice |
//! | `free` | whether somebody is free |
//! | `create`, `change` | writing |
//! | `busy` | when mailboxes are busy |
//! | `receipt` | what callers are told |
//! | `problem` | why something is not done |
//! | `audit` | the record of who wrote what |

mod audit;
mod busy;
mod caller;
mod callers;
mod change;
mod create;
mod draft;
mod free;
mod limits;
mod office;
mod once;
mod problem;
mod receipt;
mod time;

pub(crate) use audit::Page;
pub(crate) use busy::BusyTime;
pub(crate) use caller::{Caller, Draft, Refusal};
pub(crate) use callers::{Callers, Saved};
pub(crate) use draft::{ChangeDraft, NewDraft};
pub(crate) use office::Appointments;
pub(crate) use once::{hash, is_key};
pub(crate) use problem::{Problem, Why};
