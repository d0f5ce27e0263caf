//! What stands below the field of certificates: whose they are, until when they hold, and what in it is none.

mod contents;

use browser::{date, distance, today};
use calendar::settings::certificate::Certificate;
use calendar::settings::guidance::Day;
use kit::EachOf;
use leptos::prelude::*;

use crate::frame::Frame;
use crate::text::certificate as text;
use contents::{Fault, Validity, contents, in_words, validity};

/// The certificates as they stand in the form. Its problem with them stands below its field already.
#[component]
pub fn Certificates(
    /// What it has of the form.
    frame: Frame,
) -> impl IntoView {
    let lines = move || frame.typed.with(|typed| lines(frame, &typed.ca_certificate));
    view! {
        <div class="certificates" role="status">
            <EachOf
                of=lines
                key=|(_, line)| line.clone()
                children=|(tone, line)| view! { <p data-tone=tone>{line}</p> }
            />
        </div>
    }
}

/// A line for each certificate and one for what is wrong, each with the word for its tone.
fn lines(frame: Frame, pem: &str) -> Vec<(&'static str, String)> {
    let (found, fault) = contents(pem);
    let mut lines = Vec::new();
    for certificate in found {
        let line = told(frame, &certificate);
        // The same certificate twice is told once.
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    let fault = fault.map(|fault| match fault {
        Fault::PrivateKey => text::PRIVATE_KEY,
        Fault::Damaged => text::DAMAGED,
        Fault::Binary => text::BINARY,
        Fault::Nothing => text::NONE,
    });
    lines.extend(fault.map(|words| ("bad", frame.text(words).to_owned())));
    lines
}

fn told(frame: Frame, certificate: &Certificate) -> (&'static str, String) {
    let language = frame.language.get().code();
    #[expect(clippy::cast_possible_truncation, reason = "a whole number of days")]
    let today = today() as Day;
    let (tone, words, day) = match validity(certificate, today) {
        Validity::Valid => ("good", text::VALID, certificate.ends),
        Validity::Expired => ("bad", text::EXPIRED, certificate.ends),
        Validity::NotYet => ("fair", text::NOT_YET, certificate.begins),
    };
    let subject = &*certificate.subject;
    let subject = if subject.is_empty() { frame.text(text::NAMELESS) } else { subject };
    let (count, unit) = in_words(day - today);
    #[expect(clippy::cast_precision_loss, reason = "days are few")]
    let (day, distance) = (date(language, day as f64), distance(language, count as f64, unit));
    (tone, frame.filled(words, &[subject, &day, &distance]))
}
