use ui::{Words, fill};

use super::state::Feedback;
use super::text;
use crate::form::session::Form;
use app_objects::{Failed, Health, Peer, Problem, Step};

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
pub fn trouble(form: Form) -> String {
    form.of_objects(|objects| match &objects.found {
        Some(Err(error)) => problem(form, error),
        _ => String::new(),
    })
}

/// What became of the last change.
pub fn last(form: Form) -> String {
    form.of_objects(|objects| match &objects.feedback {
        None => String::new(),
        Some(Feedback::Working) => form.text(text::WORKING).to_owned(),
        Some(Feedback::Done(words, name)) => form.filled(*words, name),
        Some(Feedback::NamesMissing) => form.text(text::NAMES_MISSING).to_owned(),
        Some(Feedback::Failed(Failed { step, problem: why })) => {
            let left = match step {
                Step::Object => text::OBJECT_UNCHANGED,
                Step::Templates => text::TEMPLATES_LEFT,
                Step::Password => text::PASSWORD_LEFT,
            };
            [&problem(form, why), " ", form.text(left)].concat()
        }
        Some(Feedback::NotDeleted(why)) => [&problem(form, why), " ", form.text(text::OBJECT_LEFT)].concat(),
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

fn problem(form: Form, problem: &Problem) -> String {
    let (words, peer, said) = match problem {
        Problem::Unchecked => return form.text(text::UNCHECKED).to_owned(),
        Problem::NoPbx => (text::SILENT, Peer::Pbx, ""),
        Problem::Silent(peer) => (text::SILENT, *peer, ""),
        Problem::Refused(peer, said) => (text::REFUSED, *peer, said.as_str()),
    };
    let peer = match peer {
        Peer::Pbx => text::THE_PBX,
        Peer::Platform => text::THE_PLATFORM,
        Peer::Service => text::THE_SERVICE,
    };
    fill(form.text(words), &[form.text(peer), said])
}
