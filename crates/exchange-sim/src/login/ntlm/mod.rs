//! NTLM as the accepting side sees it (MS-NLMP): the challenge, and whether an answer to it is good.
//!
//! Only what Exchange still takes: `NTLMv2` with a message integrity code. The cryptography is that of MS-NLMP 3.3.2 and
//! 4.2.4, whose vectors are the tests.

mod av_pairs;
mod challenge;
mod crypto;
mod message;
mod verify;

pub(crate) use challenge::{Challenge, Names};
pub(crate) use crypto::binding_of;
pub(crate) use message::{Kind, kind};
pub(crate) use verify::{Answer, Bindings};
