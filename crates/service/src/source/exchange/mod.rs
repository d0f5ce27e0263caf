//! Exchange Web Services: local servers, and Exchange Online until its end.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `backend` | Exchange as the scheduler sees it |
//! | `build` | a source, made of settings |
//! | `autodiscover` | finding the server |
//! | `servers` | which server has which mailbox |
//! | `users` | whose mailbox it is |
//! | `missing` | what is told of a user without one |
//! | `reading` | reading a calendar |
//! | `convert` | an appointment as the rest of the service knows it |
//! | `days` | whole days |
//! | `watch` | being told of changes |
//! | `ews` | a request, its answer, and what the answer means |
//! | `soap` | what is asked, and what answers say |
//! | `xml` | reading and writing |
//! | `session` | connections to one address, each with its own login |
//! | `token` | the login by token |
//! | `sign_in` | the login by token, in the name of a person |
//! | `gate` | keeps a refused password from being repeated |
//! | `offer` | which ways to log in a server offers |
//! | `ntlm` | the login by password |
//! | `binding` | what ties a login to a TLS connection |
//! | `jar` | cookies of a group of mailboxes |
//! | `way` | proxy and TLS |
//! | `peek` | looking at the certificate of a server that is not trusted |
//! | `wire` | one connection |
//! | `reach` | what is told where a server cannot be reached |
//! | `trouble` | why a request has no useful answer |
//! | `steps` | the steps of a connection test |
//! | `advice` | what administrators are told |
//! | `log` | what `ewsDebug` shows |
//! | `state` | what status and metrics show |

mod advice;
mod autodiscover;
mod backend;
mod binding;
mod build;
mod convert;
mod days;
mod ews;
mod gate;
mod jar;
mod log;
mod missing;
mod ntlm;
mod offer;
mod peek;
mod reach;
mod reading;
mod servers;
mod session;
pub mod sign_in;
mod soap;
mod state;
mod steps;
mod token;
mod trouble;
mod users;
mod watch;
mod way;
mod wire;
mod xml;

pub use backend::Exchange;
pub use build::Kit;
pub(in crate::source) use session::Tokens;
pub use steps::ExchangeSteps;
pub use token::Online;
pub(in crate::source) use trouble::Trouble;
pub use watch::Timing as StreamTiming;
pub(in crate::source) use way::Way;
