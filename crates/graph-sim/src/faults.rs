//! Faults on demand: what the network and Microsoft do to a client once in a while.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::endpoint::Endpoint;
use crate::hash::{fraction, mix};

/// A fault, and which requests it befalls.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Fault {
    /// Requests to this endpoint alone.
    #[serde(default)]
    pub endpoint: Option<Endpoint>,
    /// Requests about this user alone: object id or sign-in name.
    #[serde(default)]
    pub user: Option<String>,
    /// How many more times it happens; without a number it goes on until it is cleared.
    #[serde(default)]
    pub times: Option<u32>,
    /// How likely it is for each request, from 0 to 1.
    #[serde(default = "always")]
    pub chance: f64,
    /// What happens.
    pub effect: Effect,
}

fn always() -> f64 {
    1.0
}

/// What befalls a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Effect {
    /// An answer of Graph with this HTTP status and error code, and `Retry-After` in seconds if there is one.
    Status {
        /// The HTTP status.
        status: u16,
        /// The error code; one that goes with the status when it is left out.
        #[serde(default)]
        code: Option<String>,
        /// Seconds to wait.
        #[serde(default)]
        retry_after: Option<u32>,
    },
    /// Exchange refuses Graph because of its list of user agents (*seen* in the field, undocumented).
    UserAgent,
    /// A refusal of the token endpoint by its AADSTS number.
    SignIn {
        /// The number.
        code: u32,
    },
    /// The answer comes after this many milliseconds.
    Slow {
        /// Milliseconds.
        ms: u64,
    },
    /// The connection is closed in the middle of the body.
    CutOff,
    /// The connection is closed without an answer, and nothing has been done.
    Drop,
    /// What was asked for is done, and the connection closed without an answer.
    Lost,
    /// What was asked for is done at once, and answered after this many milliseconds.
    Held {
        /// Milliseconds.
        ms: u64,
    },
}

impl Fault {
    /// Befalls every request until it is cleared.
    pub fn new(effect: Effect) -> Self {
        Self { endpoint: None, user: None, times: None, chance: 1.0, effect }
    }

    /// Every answer has this status, with the error code that goes with it.
    pub fn status(status: u16) -> Self {
        Self::new(Effect::Status { status, code: None, retry_after: None })
    }

    /// 429 with `Retry-After`.
    pub fn throttled(seconds: u32) -> Self {
        Self::new(Effect::Status { status: 429, code: None, retry_after: Some(seconds) })
    }

    /// Only at this endpoint.
    #[must_use]
    pub fn at(self, endpoint: Endpoint) -> Self {
        Self { endpoint: Some(endpoint), ..self }
    }

    /// Only for this user.
    #[must_use]
    pub fn of(self, user: impl Into<String>) -> Self {
        Self { user: Some(user.into()), ..self }
    }

    /// Only this many times.
    #[must_use]
    pub fn times(self, times: u32) -> Self {
        Self { times: Some(times), ..self }
    }

    /// With this likelihood.
    #[must_use]
    pub fn chance(self, chance: f64) -> Self {
        Self { chance, ..self }
    }
}

/// The error code that goes with a status when a fault names none.
pub(crate) fn usual_code(status: u16) -> &'static str {
    match status {
        400 => "BadRequest",
        401 => "InvalidAuthenticationToken",
        403 => "ErrorAccessDenied",
        404 => "ErrorItemNotFound",
        410 => "SyncStateNotFound",
        429 => "ApplicationThrottled",
        503 => "ServiceUnavailable",
        504 => "GatewayTimeout",
        _ => "InternalServerError",
    }
}

/// The faults in force; luck follows from the seed, so that a run can be repeated.
#[derive(Debug)]
pub(crate) struct Faults {
    armed: Vec<Armed>,
    luck: u64,
}

#[derive(Debug)]
struct Armed {
    fault: Fault,
    /// The user's id, or nil for a name nobody has.
    user: Option<Uuid>,
}

impl Faults {
    pub(crate) fn new(seed: u64) -> Self {
        Self { armed: Vec::new(), luck: seed }
    }

    pub(crate) fn arm(&mut self, fault: Fault, user: Option<Uuid>) {
        self.armed.push(Armed { fault, user });
    }

    pub(crate) fn clear(&mut self) {
        self.armed.clear();
    }

    /// What befalls this request: every slowness that fits, and of the rest the first.
    pub(crate) fn strike(&mut self, endpoint: Endpoint, user: Option<Uuid>) -> (u64, Option<Effect>) {
        let (mut slow, mut found) = (0, None);
        for Armed { fault, user: of } in &mut self.armed {
            let fits = fault.endpoint.is_none_or(|at| at == endpoint) && (of.is_none() || *of == user);
            let is_slow = matches!(fault.effect, Effect::Slow { .. });
            if !fits || fault.times == Some(0) || !is_slow && found.is_some() {
                continue;
            }
            self.luck = mix(self.luck);
            if fraction(self.luck) >= fault.chance {
                continue;
            }
            fault.times = fault.times.map(|times| times - 1);
            match fault.effect {
                Effect::Slow { ms } => slow += ms,
                ref effect => found = Some(effect.clone()),
            }
        }
        self.armed.retain(|armed| armed.fault.times != Some(0));
        (slow, found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANNA: Option<Uuid> = Some(Uuid::from_u128(1));
    const BEN: Option<Uuid> = Some(Uuid::from_u128(2));

    #[test]
    fn faults_befall_whom_they_name_as_often_as_they_say() {
        let mut faults = Faults::new(1);
        faults.arm(Fault::new(Effect::Drop).at(Endpoint::Delta).of("anna").times(2), ANNA);
        assert_eq!(faults.strike(Endpoint::Delta, BEN), (0, None));
        assert_eq!(faults.strike(Endpoint::Event, ANNA), (0, None));
        assert_eq!(faults.strike(Endpoint::Delta, ANNA), (0, Some(Effect::Drop)));
        assert_eq!(faults.strike(Endpoint::Delta, ANNA), (0, Some(Effect::Drop)));
        assert_eq!(faults.strike(Endpoint::Delta, ANNA), (0, None));
    }

    #[test]
    fn slowness_adds_up_and_goes_with_other_faults() {
        let mut faults = Faults::new(1);
        faults.arm(Fault::new(Effect::Slow { ms: 5 }), None);
        faults.arm(Fault::new(Effect::CutOff), None);
        faults.arm(Fault::new(Effect::Drop).times(1), None);
        faults.arm(Fault::new(Effect::Slow { ms: 7 }), None);
        assert_eq!(faults.strike(Endpoint::Users, None), (12, Some(Effect::CutOff)));
        faults.clear();
        assert_eq!(faults.strike(Endpoint::Users, None), (0, None));
    }

    #[test]
    fn luck_follows_from_the_seed() {
        let run = |seed| {
            let mut faults = Faults::new(seed);
            faults.arm(Fault::new(Effect::Drop).chance(0.3), None);
            (0..200).map(|_| faults.strike(Endpoint::Users, None).1.is_some()).collect::<Vec<_>>()
        };
        assert_eq!(run(5), run(5));
        assert_ne!(run(5), run(6));
        let struck = run(5).into_iter().filter(|struck| *struck).count();
        assert!((40..80).contains(&struck), "{struck} of 200 at a chance of 0.3");
    }
}
