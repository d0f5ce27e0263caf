//! What takes long is done beside the other tasks, which would have to wait for it.

use std::panic::resume_unwind;

/// Does some work, on a thread of its own if it is long.
pub(super) async fn aside<T: Send + 'static>(is_long: bool, work: impl FnOnce() -> T + Send + 'static) -> T {
    if !is_long {
        return work();
    }
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        // A panic counts as one of the caller.
        Err(error) => resume_unwind(error.try_into_panic().unwrap_or_else(|error| Box::new(error))),
    }
}
