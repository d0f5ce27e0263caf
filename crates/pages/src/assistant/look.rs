use calendar::settings::Item;
use kit::{Button, live};
use leptos::prelude::*;
use texts::assistant as text;

use super::desk::Desk;
use crate::test::{Desk as Trial, Said, Steps};

/// Some steps of the connection test, within a page.
#[component]
pub fn Look(desk: Desk, steps: &'static [&'static str]) -> impl IntoView {
    let trial = Trial::new(desk.frame);
    view! { <Looking desk=desk trial=trial steps=steps /> }
}

#[component]
fn Looking(desk: Desk, trial: Trial, steps: &'static [&'static str]) -> impl IntoView {
    on_cleanup(move || trial.leave());
    view! {
        <div class="test">
            <div class="said">
                <Button label=desk.texts.say(text::LOOK) on_press=move || trial.start(steps) />
                <p class="notice" role="status" data-tone=live(move || trial.said.with(Said::tone))>
                    {live(move || trial.said.with(|said| said.sentence(desk.texts)))}
                </p>
            </div>
            <Steps desk=trial />
        </div>
    }
}

/// The certificate that the server shows. Taking it is a click of its own.
#[component]
pub fn Certificate(desk: Desk) -> impl IntoView {
    let trial = Trial::new(desk.frame);
    let fact = move |name: &'static str| {
        trial.lines.with(|lines| {
            lines.iter().map(|line| line.fact(name)).find(|fact| !fact.is_empty()).map(str::to_owned)
        })
    };
    let is_shown = Memo::new(move |_| fact("pem").is_some());
    let print = move || {
        let print = fact("fingerprint").unwrap_or_default();
        desk.texts.filled(text::FINGERPRINT, &[&grouped(&print)])
    };
    let take = move || {
        let Some(pem) = untrack(|| fact("pem")) else { return };
        let known = desk.frame.typed.with_untracked(|typed| typed.ca_certificate.trim().to_owned());
        let all = [&*known, "\n", &pem].concat().trim().to_owned();
        desk.take(&[(Item::CaCertificate, all.into())]);
    };
    view! {
        <Looking desk=desk trial=trial steps=&["reach"] />
        <Show when=move || is_shown.get()>
            <p>{live(print)}</p>
            <div class="buttons">
                <Button label=desk.texts.say(text::TRUST) on_press=take />
            </div>
        </Show>
    }
}

/// In pairs of digits, as administrators compare them.
fn grouped(print: &str) -> String {
    let digits: Vec<char> = print.to_uppercase().chars().collect();
    digits.chunks(2).map(|pair| pair.iter().collect::<String>()).collect::<Vec<_>>().join(":")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_fingerprint_is_told_in_pairs() {
        assert_eq!(super::grouped("0aff1"), "0A:FF:1");
    }
}
