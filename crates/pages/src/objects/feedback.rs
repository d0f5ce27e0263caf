use app_objects::{Failed, Health, Peer, Problem, Step};
use kit::{Words, fill};
use texts::objects as text;

use super::desk::Desk;
use super::state::Feedback;

/// Whether an object works.
pub fn health(health: Health) -> Words {
    match health {
        Health::Works => text::OBJECT_WORKS,
        Health::WrongPassword => text::WRONG_PASSWORD,
        Health::OldAddress => text::OLD_ADDRESS,
        Health::NotConnected => text::NO_CONNECTION,
        Health::Unknown => text::NOT_CHECKED,
    }
}

/// Why nobody knows which objects there are.
pub fn trouble(desk: Desk) -> String {
    desk.of(|objects| match &objects.found {
        Some(Err(error)) => problem(desk, error),
        _ => String::new(),
    })
}

/// What became of the last change.
pub fn last(desk: Desk) -> String {
    desk.of(|objects| match &objects.feedback {
        None => String::new(),
        Some(Feedback::Working) => desk.texts.text(text::WORKING).to_owned(),
        Some(Feedback::Done(words, name)) => desk.filled(*words, name),
        Some(Feedback::NamesMissing) => desk.texts.text(text::NAMES_MISSING).to_owned(),
        Some(Feedback::Failed(Failed { step, problem: why })) => {
            let left = match step {
                Step::Object => text::OBJECT_UNCHANGED,
                Step::Templates => text::TEMPLATES_LEFT,
                Step::Password => text::PASSWORD_LEFT,
            };
            [&problem(desk, why), " ", desk.texts.text(left)].concat()
        }
        Some(Feedback::NotDeleted(why)) => {
            [&problem(desk, why), " ", desk.texts.text(text::OBJECT_LEFT)].concat()
        }
    })
}

/// How it looks.
pub fn tone(feedback: &Feedback) -> &'static str {
    match feedback {
        Feedback::Working => "",
        Feedback::Done(..) => "good",
        _ => "bad",
    }
}

fn problem(desk: Desk, problem: &Problem) -> String {
    let (words, peer, said) = match problem {
        Problem::Unchecked => return desk.texts.text(text::UNCHECKED).to_owned(),
        Problem::NoPbx => (text::SILENT, Peer::Pbx, ""),
        Problem::Silent(peer) => (text::SILENT, *peer, ""),
        Problem::Refused(peer, said) => (text::REFUSED, *peer, said.as_str()),
    };
    let peer = match peer {
        Peer::Pbx => text::THE_PBX,
        Peer::Platform => text::THE_PLATFORM,
        Peer::Service => text::THE_SERVICE,
    };
    fill(desk.texts.text(words), &[desk.texts.text(peer), said])
}
