//! What the users page says.

use kit::Words;

pub use texts::users::*;

use crate::users::State;

/// A state.
pub fn state(state: State) -> Words {
    match state {
        State::Waiting => state_choice::WAITING,
        State::Matched => state_choice::MATCHED,
        State::NoMailbox => state_choice::NO_MAILBOX,
        State::NotInScope => state_choice::NOT_IN_SCOPE,
        State::HostedElsewhere => state_choice::HOSTED_ELSEWHERE,
        State::Failed => state_choice::FAILED,
        State::Excluded => state_choice::EXCLUDED,
        State::HiddenByUser => state_choice::HIDDEN_BY_USER,
    }
}

/// What to do about a state, where something is.
pub fn advice(state: State) -> Option<Words> {
    Some(match state {
        State::Waiting | State::Matched | State::Failed => return None,
        State::NoMailbox => advice::NO_MAILBOX,
        State::NotInScope => advice::NOT_IN_SCOPE,
        State::HostedElsewhere => advice::HOSTED_ELSEWHERE,
        State::Excluded => advice::EXCLUDED,
        State::HiddenByUser => advice::HIDDEN_BY_USER,
    })
}
