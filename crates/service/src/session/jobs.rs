//! Questions that take a while: a session asks one at a time, all together a few, and they end with their session.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;
use serde_json::value::RawValue;
use tokio::sync::Semaphore;
use tokio_util::sync::{CancellationToken, DropGuard};
use tokio_util::task::AbortOnDropHandle;

use super::Session;
use super::outbox::Outbox;
use super::reply::{Failure, Outgoing, Request};

/// So many at the same time, whoever asks.
const MAX_JOBS: usize = 2;

/// The places for jobs.
pub(crate) struct Jobs(Arc<Semaphore>);

/// A job of a session. It ends when dropped.
pub(super) struct Job {
    is_running: Arc<AtomicBool>,
    /// What was asked for.
    mt: String,
    token: CancellationToken,
    _task: AbortOnDropHandle<()>,
    _cancel: DropGuard,
}

/// Where the answer of a job goes, and what it tells on the way.
pub(super) struct Addressee {
    outbox: Outbox,
    mt: String,
    api: Option<String>,
    src: Option<Box<RawValue>>,
}

impl Default for Jobs {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(MAX_JOBS)))
    }
}

impl Session {
    /// Begins a job, or answers `busy`. What it resolves to is the answer; without one there is nobody to answer.
    /// Work outside of the async threads has to look at the token.
    pub(super) fn start_job<T, F>(&mut self, request: Request<'_>, work: impl FnOnce(CancellationToken) -> F)
    where
        T: Serialize,
        F: Future<Output = Option<T>> + Send + 'static,
    {
        self.start_telling_job(request, |cancel, _| work(cancel));
    }

    /// The same with work that tells something on the way.
    pub(super) fn start_telling_job<T, F>(
        &mut self,
        request: Request<'_>,
        work: impl FnOnce(CancellationToken, Arc<Addressee>) -> F,
    ) where
        T: Serialize,
        F: Future<Output = Option<T>> + Send + 'static,
    {
        let addressee = Arc::new(Addressee::of(request, self.outbox.clone()));
        let teller = Arc::clone(&addressee);
        self.service.jobs.start(&mut self.job, addressee, |cancel| work(cancel, teller));
    }

    /// Wants a job of this name to end soon. Whether there is one.
    pub(super) fn cancel_job(&self, mt: &str) -> bool {
        let running = |job: &&Job| job.mt == mt && job.is_running.load(Ordering::Acquire);
        let Some(job) = self.job.as_ref().filter(running) else { return false };
        job.token.cancel();
        true
    }
}

impl Jobs {
    fn start<T, F>(
        &self,
        job: &mut Option<Job>,
        addressee: Arc<Addressee>,
        work: impl FnOnce(CancellationToken) -> F,
    ) where
        T: Serialize,
        F: Future<Output = Option<T>> + Send + 'static,
    {
        let is_busy = job.as_ref().is_some_and(|job| job.is_running.load(Ordering::Acquire));
        let place = Arc::clone(&self.0).try_acquire_owned();
        let (false, Ok(place)) = (is_busy, place) else { return addressee.answer(Failure { error: "busy" }) };
        let (cancel, mt) = (CancellationToken::new(), addressee.mt.clone());
        let is_running = Arc::new(AtomicBool::new(true));
        let (work, running) = (work(cancel.clone()), Arc::clone(&is_running));
        let task = tokio::spawn(async move {
            let answer = work.await;
            // Whoever has the answer may ask again.
            running.store(false, Ordering::Release);
            drop(place);
            if let Some(answer) = answer {
                addressee.answer(answer);
            }
        });
        let token = cancel.clone();
        let (task, cancel) = (AbortOnDropHandle::new(task), cancel.drop_guard());
        *job = Some(Job { is_running, mt, token, _task: task, _cancel: cancel });
    }
}

impl Addressee {
    fn of(request: Request<'_>, outbox: Outbox) -> Self {
        Self {
            outbox,
            mt: request.mt.to_owned(),
            api: request.api.map(str::to_owned),
            src: request.src.map(ToOwned::to_owned),
        }
    }

    fn answer(&self, body: impl Serialize) {
        self.tell(&format!("{}Result", self.mt), body);
    }

    /// Tells something that is not the answer yet.
    pub fn tell(&self, mt: &str, body: impl Serialize) {
        let message = Outgoing { mt, api: self.api.as_deref(), body, src: self.src.as_deref() };
        match message.to_text() {
            Ok(text) => self.outbox.send(text),
            Err(error) => tracing::error!(mt, %error, "cannot write a message"),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use tokio::sync::oneshot;

    use super::super::outbox::{Frame, Frames};
    use super::*;

    /// A session as far as jobs know one.
    struct Asking {
        outbox: Outbox,
        frames: Frames,
        job: Option<Job>,
    }

    impl Asking {
        fn new() -> Self {
            let (outbox, frames) = Outbox::new(usize::MAX);
            Self { outbox, frames, job: None }
        }

        /// Starts a job, which ends when the sender is used, and gives its token.
        fn start(&mut self, jobs: &Jobs) -> (oneshot::Sender<u8>, CancellationToken) {
            let request = Request { mt: "DryRun", api: Some("Calendar"), src: None };
            let (sender, receiver) = oneshot::channel();
            let mut token = CancellationToken::new();
            jobs.start(&mut self.job, Arc::new(Addressee::of(request, self.outbox.clone())), |cancel| {
                token = cancel;
                async { receiver.await.ok().map(|number| json!({"number": number})) }
            });
            (sender, token)
        }

        async fn answer(&mut self) -> Value {
            match self.frames.next().await {
                Some(Frame::Text(text)) => serde_json::from_str(&text).unwrap(),
                other => panic!("{other:?}"),
            }
        }
    }

    #[tokio::test]
    async fn hardening_14_a_session_has_one_job_and_all_have_two() {
        let jobs = Jobs::default();
        let busy = json!({"mt": "DryRunResult", "api": "Calendar", "error": "busy"});
        let [mut one, mut two, mut three] = [Asking::new(), Asking::new(), Asking::new()];
        let (first, _) = one.start(&jobs);
        one.start(&jobs);
        assert_eq!(one.answer().await, busy, "its own still runs");
        let (_second, _) = two.start(&jobs);
        three.start(&jobs);
        assert_eq!(three.answer().await, busy, "two of others run");
        first.send(7).unwrap();
        assert_eq!(one.answer().await, json!({"mt": "DryRunResult", "api": "Calendar", "number": 7}));
        let (third, _) = three.start(&jobs);
        third.send(8).unwrap();
        assert_eq!(three.answer().await["number"], 8);
        let (again, _) = one.start(&jobs);
        again.send(9).unwrap();
        assert_eq!(one.answer().await["number"], 9, "who has an answer may ask again");
    }

    #[tokio::test]
    async fn hardening_14_a_job_ends_with_its_session() {
        let jobs = Jobs::default();
        let mut asking = Asking::new();
        let (sender, token) = asking.start(&jobs);
        assert!(!token.is_cancelled());
        drop(asking.job.take());
        assert!(token.is_cancelled(), "what runs outside of the async threads is told");
        let mut sender = sender;
        sender.closed().await;
        while jobs.0.available_permits() < MAX_JOBS {
            tokio::task::yield_now().await;
        }
    }
}
