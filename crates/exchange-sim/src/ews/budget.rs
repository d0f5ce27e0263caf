//! Throttling: connections are charged to the impersonated mailbox, else to the account.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::Mutex;

use super::context::{Context, is_ordinary};
use super::refusal::Refusal;
use crate::faults::Operation;
use crate::sim::Sim;

/// What is under way for each mailbox: ordinary requests and streams.
#[derive(Debug, Default, Clone)]
pub(crate) struct Budgets(Arc<Mutex<HashMap<(String, bool), usize>>>);

/// A connection that is charged until this is dropped.
#[derive(Debug)]
pub(crate) struct Charged {
    budgets: Budgets,
    key: (String, bool),
}

impl Drop for Charged {
    fn drop(&mut self) {
        let mut map = self.budgets.0.lock();
        if let Some(count) = map.get_mut(&self.key) {
            *count -= 1;
            if *count == 0 {
                map.remove(&self.key);
            }
        }
    }
}

/// Charges one connection, if there is room.
pub(super) fn charge(sim: &Sim, context: &Context, kind: Operation) -> Result<Charged, Refusal> {
    let ordinary = is_ordinary(kind);
    let who = context
        .target
        .as_ref()
        .map_or_else(|| context.caller.name(), |target| target.mailbox.address.clone());
    let limits = sim.state.read().limits;
    let most =
        if ordinary { limits.requests } else { limits.streams.unwrap_or(context.version.most_streams()) };
    let key = (who.to_lowercase(), ordinary);
    let mut map = sim.budgets.0.lock();
    let count = map.entry(key.clone()).or_default();
    if *count >= most {
        let text = "You have exceeded the available concurrent connections for your account. Try again once your other requests have completed.";
        return Err(Refusal::message("ErrorExceededConnectionCount", text));
    }
    *count += 1;
    drop(map);
    Ok(Charged { budgets: sim.budgets.clone(), key })
}
