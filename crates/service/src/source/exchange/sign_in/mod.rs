//! Tokens in the name of a person, who signs in once with a browser.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `application` | the requests to Microsoft's login |
//! | `desk` | who is signing in at the moment |
//! | `keep` | what is kept of it: the refresh token |
//! | `delegated` | access tokens made of it |

mod application;
mod delegated;
mod desk;
mod keep;

pub use application::Application;
pub(super) use application::tenant as tenant_of;
pub use delegated::Delegated;
pub use desk::{Desk, SignedIn};
pub use keep::{Keep, Memory};
