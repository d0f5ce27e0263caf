//! What is measured: the first synchronization, the steady state, restarts.

use super::calendars::{Appointment, Connections};
use super::shown::Written;
use super::usage;
use super::world::World;
use anyhow::{Context as _, Result, bail};
use chrono::{DurationRound as _, TimeDelta, Utc};
use std::collections::HashMap;
use std::time::{Duration, Instant};

/// Longer than anything takes that is still to be called working.
const PATIENCE: Duration = Duration::from_mins(20);
/// A round over all mailboxes, with a tenth more at random.
const ROUND: Duration = Duration::from_mins(1);
/// How long the steady state is looked at: two rounds.
const STEADY: Duration = Duration::from_mins(2);
/// Until everybody is watched and the machine has settled.
const SETTLE: Duration = Duration::from_secs(30);
/// Everybody changes a calendar ten times in a working day: this many users make one change a second.
const USERS_PER_CHANGE: u32 = 3000;
/// An appointment of every tenth user begins at the same instant, as at nine in the morning.
const BEGINNERS: u32 = 10;
/// Of this many users one has a change while the service is down.
const ABSENT: u32 = 100;

/// The results for one number of users.
pub struct Measured {
    /// From the settings to the last presence, and the processor time for it.
    pub first: (Duration, Duration),
    /// Of one core, while nothing happens in calendars.
    pub idle_percent: f64,
    pub steady: Steady,
    /// From the start after `kill -9` until all is right, and the presences written for it.
    pub restart: (Duration, usize),
    /// From the restart of the PBX until all is shown again.
    pub pbx_restart: Duration,
    /// Logins and streams of the service that was killed.
    pub connections: Option<Connections>,
}

/// What an ordinary working hour costs.
pub struct Steady {
    /// Requests for calendars a second.
    pub requests: f64,
    /// Of one core.
    pub processor_percent: f64,
    /// In memory at the end, and at most.
    pub megabytes: (u64, u64),
    /// Calendar changes in the steady state, and the longest time from one to its presence.
    pub change: (usize, Duration),
    /// The longest time for 99 of 100 of them.
    pub most_changes: Duration,
    /// Changes at one instant, and how late the last was.
    pub timed: (usize, Duration),
}

/// Measures everything, one after the other.
pub fn all(world: &mut World) -> Result<Measured> {
    let first = first(world)?;
    println!(
        "  first synchronization {:.1} s, {:.1} s of a processor",
        first.0.as_secs_f32(),
        first.1.as_secs_f32()
    );
    let idle_percent = idle(world)?;
    let steady = steady(world)?;
    println!("  {idle_percent:.1} % of a core idle, {:.1} % steady", steady.processor_percent);
    let connections = world.calendars.connections()?;
    let restart = restart(world)?;
    let pbx_restart = pbx_restart(world)?;
    Ok(Measured { first, idle_percent, steady, restart, pbx_restart, connections })
}

fn first(world: &World) -> Result<(Duration, Duration)> {
    let before = usage::processor(world.service_id()?)?;
    let begin = Instant::now();
    world.configure()?;
    let end = world.shown.until_users(world.users, PATIENCE)?;
    Ok((end - begin, usage::processor(world.service_id()?)?.saturating_sub(before)))
}

/// What the service needs while no calendar changes. Presences may still change where made-up appointments begin.
fn idle(world: &World) -> Result<f64> {
    let (settled, end) = (Instant::now() + SETTLE, Instant::now() + SETTLE + ROUND);
    while world.shown.next(settled)?.is_some() {}
    let before = usage::processor(world.service_id()?)?;
    while world.shown.next(end)?.is_some() {}
    let used = usage::processor(world.service_id()?)?.saturating_sub(before);
    Ok(used.as_secs_f64() * 100.0 / ROUND.as_secs_f64())
}

/// Presences that are to come, and when they became right.
#[derive(Default)]
struct Expected(HashMap<u32, (String, Instant)>);

impl Expected {
    fn add(&mut self, appointment: &Appointment, at: Instant) {
        // The note of an appointment that runs begins with its title.
        self.0.insert(appointment.user, (format!("{} until ", appointment.title), at));
    }

    /// How long it took, if this was expected.
    fn take(&mut self, written: &Written) -> Option<Duration> {
        let (_, at) = self.0.get(&written.user).filter(|(begin, _)| written.note.starts_with(begin))?;
        let took = written.at.saturating_duration_since(*at);
        self.0.remove(&written.user);
        Some(took)
    }
}

/// What of the steady state comes by and by.
#[derive(Default)]
struct Watch {
    changes: Expected,
    timed: Expected,
    changed: Vec<Duration>,
    latest_timed: Duration,
}

impl Watch {
    fn see(&mut self, written: &Written) {
        if let Some(took) = self.changes.take(written) {
            self.changed.push(took);
        }
        if let Some(late) = self.timed.take(written) {
            self.latest_timed = self.latest_timed.max(late);
        }
    }
}

fn steady(world: &World) -> Result<Steady> {
    let mut watch = Watch::default();
    let timed = begin_together(world, &mut watch)?;
    // Until all know of it and the machine has settled.
    let begin = Instant::now() + ROUND;
    while let Some(written) = world.shown.next(begin)? {
        watch.see(&written);
    }
    let ids = [world.service_id()?, world.calendars.id(), world.pbx_process.id()];
    let processors = || ids.iter().map(|id| usage::processor(*id)).collect::<Result<Vec<_>>>();
    let (requests, before) = (world.calendars.requests()?, processors()?);
    let begin = Instant::now();
    let changes = change_calendars(world, &mut watch, begin + STEADY)?;
    let seconds = begin.elapsed().as_secs_f64();
    let (after, requests) = (processors()?, world.calendars.requests()? - requests);
    let percent =
        |used: (&Duration, &Duration)| used.1.saturating_sub(*used.0).as_secs_f64() * 100.0 / seconds;
    let [service, calendars, pbx] =
        [0, 1, 2].map(|of| before.iter().zip(&after).nth(of).map_or(0.0, percent));
    // If one of them has no time left, it is not the service that is measured.
    println!("  stand-ins meanwhile: of calendars {calendars:.1} %, pbx-sim {pbx:.1} % of a core");
    until_seen(world, &mut watch)?;
    watch.changed.sort_unstable();
    Ok(Steady {
        #[expect(clippy::cast_precision_loss, reason = "some thousands")]
        requests: requests as f64 / seconds,
        processor_percent: service,
        megabytes: usage::memory(world.service_id()?)?,
        change: (changes, watch.changed.last().copied().unwrap_or_default()),
        most_changes: most(&watch.changed),
        timed: (timed, watch.latest_timed),
    })
}

/// Of sorted times, the one that 99 of 100 do not exceed.
fn most(sorted: &[Duration]) -> Duration {
    let place = (sorted.len() * 99).div_ceil(100).saturating_sub(1);
    sorted.get(place).copied().unwrap_or_default()
}

/// Enters appointments of many users that begin at the same instant, in the middle of the steady state.
fn begin_together(world: &World, watch: &mut Watch) -> Result<usize> {
    let start =
        (Utc::now() + TimeDelta::from_std(ROUND + STEADY / 2)?).duration_trunc(TimeDelta::seconds(1))?;
    let at = Instant::now() + (start - Utc::now()).to_std()?;
    let users = (1..=world.users).filter(|user| user % BEGINNERS == 0);
    let appointments: Vec<_> =
        users.map(|user| Appointment { user, title: "Together".to_owned(), start }).collect();
    world.calendars.add(&appointments)?;
    for appointment in &appointments {
        watch.timed.add(appointment, at);
    }
    Ok(appointments.len())
}

/// Lets people change their calendars until then. Gives how many did.
fn change_calendars(world: &World, watch: &mut Watch, end: Instant) -> Result<usize> {
    let begin = Instant::now();
    let mut others = (1..=world.users).filter(|user| user % BEGINNERS != 0);
    let mut changes = 0;
    while Instant::now() < end {
        let wanted = begin.elapsed().as_secs_f64() * f64::from(world.users) / f64::from(USERS_PER_CHANGE);
        while f64::from(changes) < wanted {
            let Some(user) = others.next() else { break };
            changes += 1;
            let appointment = Appointment {
                user,
                title: format!("Change {changes}"),
                start: Utc::now() - TimeDelta::minutes(1),
            };
            watch.changes.add(&appointment, Instant::now());
            world.calendars.add(&[appointment])?;
        }
        let pause = end.min(Instant::now() + Duration::from_millis(20));
        while let Some(written) = world.shown.next(pause)? {
            watch.see(&written);
        }
    }
    Ok(usize::try_from(changes)?)
}

/// Waits for what is still to come.
fn until_seen(world: &World, watch: &mut Watch) -> Result<()> {
    let end = Instant::now() + 3 * ROUND;
    while !(watch.changes.0.is_empty() && watch.timed.0.is_empty()) {
        let Some(written) = world.shown.next(end)? else {
            bail!("{} changes and {} timed changes do not come", watch.changes.0.len(), watch.timed.0.len());
        };
        watch.see(&written);
    }
    Ok(())
}

/// The service is killed, calendars change, and it is there again.
fn restart(world: &mut World) -> Result<(Duration, usize)> {
    world.kill_service();
    let users = (1..=world.users).filter(|user| user % ABSENT == 1);
    let start = Utc::now() - TimeDelta::seconds(1);
    let appointments: Vec<_> =
        users.map(|user| Appointment { user, title: "Meanwhile".to_owned(), start }).collect();
    world.calendars.add(&appointments)?;
    let begin = Instant::now();
    world.start_service_again()?;
    let mut expected = Expected::default();
    for appointment in &appointments {
        expected.add(appointment, begin);
    }
    let (mut last, mut writes) = (Duration::ZERO, 0);
    while !expected.0.is_empty() {
        let written = world.shown.next(begin + PATIENCE)?.context("what changed meanwhile is not shown")?;
        writes += 1;
        last = last.max(expected.take(&written).unwrap_or_default());
    }
    Ok((last, writes))
}

fn pbx_restart(world: &mut World) -> Result<Duration> {
    let begin = Instant::now();
    world.restart_pbx()?;
    Ok(world.shown.until_users(world.users, PATIENCE)? - begin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_in_a_hundred_may_take_longer() {
        let seconds =
            |numbers: std::ops::RangeInclusive<u64>| numbers.map(Duration::from_secs).collect::<Vec<_>>();
        assert_eq!(most(&seconds(1..=100)).as_secs(), 99);
        assert_eq!(most(&seconds(1..=200)).as_secs(), 198);
        assert_eq!(most(&seconds(1..=10)).as_secs(), 10);
        assert_eq!(most(&[]).as_secs(), 0);
    }
}
