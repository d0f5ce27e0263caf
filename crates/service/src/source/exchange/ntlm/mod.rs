//! NTLM (MS-NLMP) as a client of HTTP needs it: three messages, `NTLMv2` alone, no signing of what follows. The
//! cryptography is that of the crates; why none of them does the whole is told in docs/design.md.

mod login;
mod message;
mod pairs;
mod proof;

pub use login::Login;
pub use message::{Challenge, Negotiate};

/// A message of the server that is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no NTLM challenge")]
pub struct NotNtlm;
