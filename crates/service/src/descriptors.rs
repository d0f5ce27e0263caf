//! How many files and connections the system lets this process have open.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tracing::{debug, info};

/// Takes all that the system grants for the asking. The limit that processes begin with is meant for those that count
/// their descriptors in a word.
pub(crate) fn raise() {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    if current == maximum {
        return;
    }
    match setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }) {
        Ok(()) => debug!(before = ?current, now = ?maximum, "descriptors"),
        Err(error) => info!(%error, limit = ?current, "cannot raise the limit of open files"),
    }
}

/// How many there may be now.
pub(crate) fn limit() -> usize {
    getrlimit(Resource::Nofile)
        .current
        .map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX))
}
