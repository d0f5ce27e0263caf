//! Being told of changes.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `groups` | which mailboxes share a stream |
//! | `group` | the subscriptions of one group |
//! | `stream` | the stream of one group, again and again |
//! | `end` | how streams end, and what follows |
//! | `envelopes` | cuts envelopes out of an answer that does not end |
//! | `timing` | how long it waits for what |

mod end;
mod envelopes;
mod group;
mod groups;
mod stream;
mod timing;

pub use envelopes::Envelopes;
pub use group::subscribe;
pub use groups::Groups;
pub use timing::Timing;
