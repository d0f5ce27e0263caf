//! What happens while somebody watches: every few seconds a colleague gets an appointment, or moves or loses one.

use std::collections::VecDeque;
use std::time::Duration;

use chrono::{TimeDelta, Utc};
use graph_sim::{Appointment, Change, Control, ControlError, ShowAs};
use tracing::debug;

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
pub(super) async fn run(graph: Control) {
    let mut open = VecDeque::new();
    for number in 0.. {
        if let Err(error) = happen(&graph, &mut open, number) {
            // Somebody has changed the calendars by hand; the next event is another one.
            debug!(%error, "demo");
        }
        tokio::time::sleep(PAUSE).await;
    }
}

fn happen(graph: &Control, open: &mut VecDeque<Event>, number: usize) -> Result<(), ControlError> {
    if number % 4 == 3
        && let Some(event) = open.back()
    {
        return graph.change(&event.user, &event.id, another_thought(number));
    }
    if open.len() >= OPEN
        && let Some(event) = open.pop_front()
    {
        graph.delete(&event.user, &event.id)?;
    }
    let pick = |from: &[&'static str]| from.get(number % from.len()).copied().unwrap_or_default();
    let user = address(pick(&LIVELY));
    let start = Utc::now() + TimeDelta::seconds(5);
    let length = TimeDelta::minutes(2 + i64::try_from(number % 3).unwrap_or_default());
    let id = graph.add(&user, Appointment::new(pick(&SUBJECTS), start, start + length))?;
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
    use super::*;

    #[tokio::test]
    async fn a_long_time_passes_without_an_error_or_a_pile_of_appointments() {
        let graph = graph_sim::GraphSim::start(graph_sim::Settings::default()).await.unwrap();
        for user in LIVELY {
            graph.add_user(graph_sim::User::new(address(user))).unwrap();
        }
        let mut open = VecDeque::new();
        for number in 0..200 {
            happen(&graph, &mut open, number).unwrap();
            assert!(open.len() <= OPEN);
        }
    }
}
