//! What happens while somebody watches: every few seconds a colleague gets an appointment, or moves or loses one.

use std::collections::VecDeque;
use std::time::Duration;

use anyhow::Result;
use chrono::{TimeDelta, Utc};
use graph_sim::{Appointment, Change, ShowAs};
use tracing::debug;

use super::calendars::Calendars;
use super::colleagues::{LIVELY, address};

/// Between two events.
const PAUSE: Duration = Duration::from_secs(12);
/// Appointments at once; older ones go.
const OPEN: usize = 6;

/// What may come up.
const SUBJECTS: [&str; 6] =
    ["Quick call", "Coffee break", "Interview", "Release planning", "Lunch", "Review of the #1 topic"];

/// An appointment that came up.
struct Event {
    user: String,
    id: String,
}

/// Lets things happen for ever.
pub(super) async fn run(calendars: Calendars) {
    let mut open = VecDeque::new();
    for number in 0.. {
        if let Err(error) = happen(&calendars, &mut open, number) {
            // Somebody has changed the calendars by hand; the next event is another one.
            debug!(%error, "demo");
        }
        tokio::time::sleep(PAUSE).await;
    }
}

fn happen(calendars: &Calendars, open: &mut VecDeque<Event>, number: usize) -> Result<()> {
    if number % 4 == 3
        && let Some(event) = open.back()
    {
        return calendars.change(&event.user, &event.id, another_thought(number));
    }
    if open.len() >= OPEN
        && let Some(event) = open.pop_front()
    {
        calendars.delete(&event.user, &event.id)?;
    }
    let pick = |from: &[&'static str]| from.get(number % from.len()).copied().unwrap_or_default();
    let user = address(pick(&LIVELY));
    let start = Utc::now() + TimeDelta::seconds(5);
    let length = TimeDelta::minutes(2 + i64::try_from(number % 3).unwrap_or_default());
    let id = calendars.add(&user, Appointment::new(pick(&SUBJECTS), start, start + length))?;
    open.push_back(Event { user, id });
    Ok(())
}

/// What becomes of an appointment soon after it was made.
fn another_thought(number: usize) -> Change {
    match number / 4 % 3 {
        0 => Change::private(),
        1 => Change { show_as: Some(ShowAs::Oof), ..Change::default() },
        _ => Change::cancel(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::calendars::Server;
    use super::super::colleagues::fill_calendars;
    use super::*;
    use crate::demo_kind::DemoKind;

    #[tokio::test]
    async fn a_long_time_passes_without_an_error_or_a_pile_of_appointments() {
        for kind in [DemoKind::Graph, DemoKind::Exchange] {
            let server = Server::start(kind).await.unwrap();
            let calendars = server.calendars();
            fill_calendars(&calendars).unwrap();
            let mut open = VecDeque::new();
            for number in 0..200 {
                happen(&calendars, &mut open, number).unwrap();
                assert!(open.len() <= OPEN);
            }
        }
    }
}
