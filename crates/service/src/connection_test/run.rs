//! Does one step after the other. A failed step skips what needs it; the others are done.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use calendar::settings::Settings;
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;

use super::{Finished, StepMessage, Test, report, settings};
use crate::source::steps::{Outcome, Parts, Step, Subject, Tell, Verdict, plan};

/// The limit of a test.
const LONGEST: Duration = Duration::from_mins(2);
/// The same where somebody is to change an appointment.
const LONGEST_WATCHING: Duration = Duration::from_mins(3);

/// Does a test and tells how it goes on.
pub(crate) async fn run(
    test: Test,
    cancel: CancellationToken,
    tell: impl Fn(&StepMessage) + Send + Sync,
) -> Finished {
    let longest = longest(test.subject.watch);
    run_within(longest, test, cancel, tell).await
}

/// How long a test may take in all.
const fn longest(watch: bool) -> Duration {
    if watch { LONGEST_WATCHING } else { LONGEST }
}

async fn run_within(
    longest: Duration,
    mut test: Test,
    cancel: CancellationToken,
    tell: impl Fn(&StepMessage) + Send + Sync,
) -> Finished {
    let recorder = Recorder { tell, messages: Mutex::default(), settings: &test.settings.clone() };
    let end = Instant::now() + longest;
    let all = plan(&test.settings);
    let mut outcomes: BTreeMap<Step, Outcome> = BTreeMap::new();
    for step in chosen(&all, &test.only, &test.subject) {
        let began = Instant::now();
        let outcome = if cancel.is_cancelled() {
            Outcome::skipped("cancelled", "The test was cancelled.")
        } else if let Some(need) = missing(step, &outcomes, &all) {
            Outcome::skipped("needs", format!("Needs the step {}.", need.name())).fact("needs", need.name())
        } else if Instant::now() >= end {
            Outcome::slow("The test", longest.as_secs())
        } else {
            recorder.begins(step, None, None);
            let parts = Parts::of(step, &recorder);
            let limit = step.limit(test.subject.watch).min(end - Instant::now());
            let done = tokio::select! {
                biased;
                () = cancel.cancelled() => Outcome::skipped("cancelled", "The test was cancelled."),
                done = timeout(limit, one(&mut test, step, &parts)) => {
                    done.unwrap_or_else(|_| Outcome::slow("The step", limit.as_secs()))
                }
            };
            parts.end_all(&done);
            done
        };
        recorder.ended(step, None, began.elapsed(), &outcome);
        outcomes.insert(step, outcome);
    }
    let cancelled = cancel.is_cancelled();
    let failed = outcomes.values().any(|outcome| outcome.verdict == Verdict::Failed);
    let report = report::write(&test.settings, &test.subject, &recorder.messages());
    Finished { ok: !failed && !cancelled, cancelled: cancelled.then_some(true), report }
}

async fn one(test: &mut Test, step: Step, parts: &Parts<'_>) -> Outcome {
    if step == Step::Settings {
        return settings::check(&test.settings, &test.incomplete, test.steps.as_ref().map(drop));
    }
    if step.is_of_pbx() {
        return test.pbx.run(step, &test.settings, &test.subject).await;
    }
    match &mut test.steps {
        Ok(steps) => steps.run(step, &test.subject, parts).await,
        Err(advice) => Outcome::failed(advice),
    }
}

/// The steps that are done: all, or those that are wanted with what they need.
fn chosen(all: &[Step], only: &[Step], subject: &Subject) -> Vec<Step> {
    let mut wanted: BTreeSet<Step> =
        if only.is_empty() { all.iter().copied().collect() } else { BTreeSet::new() };
    let mut open = only.to_vec();
    while let Some(step) = open.pop() {
        if wanted.insert(step) {
            open.extend(step.needs_among(all));
        }
    }
    let is_done =
        |step: &Step| wanted.contains(step) && (*step != Step::Outside || subject.outside.is_some());
    all.iter().copied().filter(is_done).collect()
}

/// What a step needs and does not have.
fn missing(step: Step, outcomes: &BTreeMap<Step, Outcome>, all: &[Step]) -> Option<Step> {
    let needed = step.needs_among(all).into_iter().filter(|need| all.contains(need));
    needed.into_iter().find(|need| !outcomes.get(need).is_some_and(Outcome::carries))
}

/// Tells, and keeps what was told for the report.
struct Recorder<'a, F> {
    tell: F,
    messages: Mutex<Vec<StepMessage>>,
    settings: &'a Settings,
}

impl<F: Fn(&StepMessage)> Recorder<'_, F> {
    fn record(&self, message: StepMessage) {
        (self.tell)(&message);
        self.messages.lock().unwrap_or_else(PoisonError::into_inner).push(message);
    }

    fn messages(&self) -> Vec<StepMessage> {
        self.messages.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl<F: Fn(&StepMessage) + Send + Sync> Tell for Recorder<'_, F> {
    fn begins(&self, step: Step, part: Option<&str>, hint: Option<&Outcome>) {
        self.record(StepMessage::begins(step, part, hint));
    }

    fn ended(&self, step: Step, part: Option<&str>, took: Duration, outcome: &Outcome) {
        self.record(StepMessage::ended(step, part, took, outcome, self.settings.sync_type));
    }
}

#[cfg(test)]
mod tests {
    use std::future::{Future, pending};
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use async_trait::async_trait;
    use calendar::settings::SyncType;

    use super::*;
    use crate::connection_test::PbxSide;
    use crate::source::steps::Steps;

    /// Nothing of it ever ends.
    struct Hanging;

    #[async_trait]
    impl Steps for Hanging {
        async fn run(&mut self, _: Step, _: &Subject, _: &Parts<'_>) -> Outcome {
            pending().await
        }
    }

    fn hanging() -> Test {
        Test {
            settings: Settings { sync_type: SyncType::Graph, ..Settings::default() },
            incomplete: Vec::new(),
            steps: Ok(Box::new(Hanging)),
            subject: Subject::default(),
            only: Vec::new(),
            pbx: PbxSide::Nowhere,
        }
    }

    /// What was told of how steps ended: step, state and code.
    type Told = Mutex<Vec<(String, String, String)>>;

    fn keep(told: &Told) -> impl Fn(&StepMessage) + Send + Sync + '_ {
        |message| {
            let json = serde_json::to_value(message).unwrap();
            let text = |name: &str| json[name].as_str().unwrap_or_default().to_owned();
            if json["state"] != "running" {
                told.lock().unwrap().push((text("step"), text("state"), text("code")));
            }
        }
    }

    fn of<'a>(told: &'a [(String, String, String)], step: &str) -> [&'a str; 2] {
        let (_, state, code) = told.iter().find(|(name, ..)| name == step).unwrap();
        [state, code]
    }

    #[test]
    fn a_test_takes_two_minutes_at_most_and_three_where_somebody_is_waited_for() {
        assert_eq!((longest(false).as_secs(), longest(true).as_secs()), (120, 180));
    }

    #[tokio::test]
    async fn a_step_ends_with_the_test_and_those_after_it_are_not_begun() {
        let told = Told::default();
        let time = Duration::from_millis(20);
        let finished = run_within(time, hanging(), CancellationToken::new(), keep(&told)).await;
        assert!(!finished.ok);
        let told = told.into_inner().unwrap();
        // The settings are looked at here. The hosts are the first who do not answer.
        assert_eq!(of(&told, "reach"), ["failed", "slow"]);
        assert_eq!(of(&told, "token")[0], "skipped");
        assert_eq!(of(&told, "pbx"), ["failed", "slow"], "it needs nobody, but its time is over");
    }

    #[tokio::test]
    async fn who_cancels_waits_for_nothing() {
        let (told, cancel) = (Told::default(), CancellationToken::new());
        let mut running = pin!(run(hanging(), cancel.clone(), keep(&told)));
        let mut context = Context::from_waker(Waker::noop());
        assert!(running.as_mut().poll(&mut context).is_pending());
        cancel.cancel();
        // At the next look, whatever hangs.
        let Poll::Ready(finished) = running.as_mut().poll(&mut context) else { panic!("it goes on") };
        assert_eq!((finished.ok, finished.cancelled), (false, Some(true)));
        assert_eq!(of(&told.lock().unwrap(), "reach")[0], "skipped");
    }

    fn steps(only: &[Step]) -> Vec<&'static str> {
        let settings = Settings { sync_type: SyncType::Graph, ..Settings::default() };
        chosen(&plan(&settings), only, &Subject::default()).into_iter().map(Step::name).collect()
    }

    #[test]
    fn a_wanted_step_brings_what_it_needs() {
        assert_eq!(steps(&[Step::Token]), ["settings", "reach", "tenant", "token"]);
        assert_eq!(steps(&[Step::PbxRights]), ["pbx", "pbxRights"]);
        assert_eq!(
            steps(&[Step::Roles, Step::Pbx]),
            ["settings", "reach", "tenant", "token", "roles", "pbx"]
        );
        assert!(!steps(&[]).contains(&"outside"), "nobody is named");
    }

    #[test]
    fn what_needs_a_failed_step_is_not_done() {
        let settings = Settings { sync_type: SyncType::Graph, ..Settings::default() };
        let all = plan(&settings);
        let mut outcomes = BTreeMap::from([(Step::Tenant, Outcome::ok(""))]);
        assert_eq!(missing(Step::Token, &outcomes, &all), None, "nobody signs in there");
        outcomes.insert(Step::Tenant, Outcome::row(Verdict::Failed, "tenantUnknown"));
        assert_eq!(missing(Step::Token, &outcomes, &all), Some(Step::Tenant));
        outcomes.insert(Step::Tenant, Outcome::row(Verdict::Warning, "clock"));
        assert_eq!(missing(Step::Token, &outcomes, &all), None);
    }
}
