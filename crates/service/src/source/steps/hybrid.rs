//! Two ways to the calendars in one test: Microsoft Graph, and the local Exchange for whoever is not there.

use async_trait::async_trait;

use super::{Outcome, Parts, Step, Steps, Subject, Verdict};

/// The steps of both.
pub struct HybridSteps {
    graph: Box<dyn Steps>,
    local: Box<dyn Steps>,
    /// Where the mailbox that is tried is, once that is known.
    is_in_cloud: Option<bool>,
}

/// What Graph says of a mailbox that it does not have.
const NOT_THERE: [&str; 4] = [
    "MailboxNotEnabledForRESTAPI",
    "MailboxNotHostedInExchangeOnline",
    "ErrorInvalidUser",
    "Request_ResourceNotFound",
];

impl HybridSteps {
    /// Steps over two backends that nobody else has.
    pub fn new(graph: Box<dyn Steps>, local: Box<dyn Steps>) -> Self {
        Self { graph, local, is_in_cloud: None }
    }

    /// What both of them do: the worse outcome is told.
    async fn both(&mut self, step: Step, subject: &Subject, parts: &Parts<'_>) -> Outcome {
        let graph = self.graph.run(step, subject, parts).await;
        let local = self.local.run(step, subject, parts).await;
        if local.verdict > graph.verdict { local } else { graph }
    }

    async fn mailbox(&mut self, subject: &Subject, parts: &Parts<'_>) -> Outcome {
        let outcome = self.graph.run(Step::Mailbox, subject, parts).await;
        let code = outcome.code.as_deref().unwrap_or_default();
        let is_elsewhere = outcome.verdict == Verdict::Failed && NOT_THERE.contains(&code);
        self.is_in_cloud = subject.mailbox.as_ref().map(|_| outcome.verdict == Verdict::Ok);
        if is_elsewhere {
            return Outcome::skipped(
                "local",
                "This mailbox is not in Microsoft 365. It is tried at the local Exchange.",
            );
        }
        outcome
    }
}

#[async_trait]
impl Steps for HybridSteps {
    async fn run(&mut self, step: Step, subject: &Subject, parts: &Parts<'_>) -> Outcome {
        match step {
            Step::Reach | Step::Throttle => self.both(step, subject, parts).await,
            Step::Mailbox => self.mailbox(subject, parts).await,
            Step::Impersonation | Step::Appointments | Step::Streaming if self.is_in_cloud == Some(true) => {
                Outcome::skipped(
                    "inCloud",
                    "This mailbox is in Microsoft 365. Name one of the local Exchange to try it there.",
                )
            }
            Step::Autodiscover
            | Step::Schemes
            | Step::Login
            | Step::Ews
            | Step::OwnMailbox
            | Step::Impersonation
            | Step::Appointments
            | Step::Streaming
            | Step::Version => self.local.run(step, subject, parts).await,
            _ => self.graph.run(step, subject, parts).await,
        }
    }
}
