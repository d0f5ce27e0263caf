use kit::{Button, live};
use leptos::prelude::*;
use texts::test as text;

use super::line::Line;
use super::run::Desk;
use super::sentence;

/// A step, or a part of one: how it stands as word and sign, how long it took, what it says, and what can be done.
#[component]
pub fn Row(
    /// What the parts of the page share.
    desk: Desk,
    /// Which.
    key: String,
) -> impl IntoView {
    let texts = desk.texts;
    let line = Memo::new(move |last: Option<&Line>| {
        let found = desk.lines.with(|lines| lines.iter().find(|line| line.key() == key).cloned());
        // What is taken out shows what it was until it is gone.
        found.or_else(|| last.cloned()).unwrap_or_default()
    });
    let of = move || line.with(|line| in_brackets(&sentence::name(texts.language(), line)));
    let again = move || line.with_untracked(|line| desk.start(&[&line.step]));
    // A button that was pressed stays: it has the focus.
    let was_pressed = RwSignal::new(false);
    let press = move || {
        was_pressed.set(true);
        again();
    };
    let is_open = Memo::new(move |_| {
        line.with(|line| line.part.is_none() && (line.is_problem() || line.state == "skipped"))
            || was_pressed.get()
    });
    let page = Memo::new(move |_| line.with(|line| line.page.clone().filter(|_| line.part.is_none())));
    let go = move || {
        if let Some(page) = page.get_untracked() {
            desk.go(&page);
        }
    };
    view! {
        <li
            data-state=live(move || line.with(|line| line.state.clone()))
            data-step=line.with_untracked(|line| line.step.clone())
            class:part=line.with_untracked(|line| line.part.is_some())
        >
            <p class="head">
                <span class="sign" aria-hidden="true">
                    {live(move || line.with(|line| sign(&line.state)))}
                </span>
                <b>{live(move || line.with(|line| sentence::name(texts.language(), line)))}</b>
                <span class="word">{live(move || line.with(|line| texts.text(sentence::state(&line.state))))}</span>
                <span class="time">{live(move || line.with(|line| time(desk, line)))}</span>
            </p>
            <p class="sentence">{live(move || line.with(|line| sentence::sentence(texts.language(), line)))}</p>
            <p class="sentence" lang="en">
                {live(move || line.with(foreign))}
            </p>
            <div class="buttons" prop:hidden=live(move || !is_open.get())>
                <Button
                    class="main"
                    label=texts.say(text::SET_RIGHT)
                    of=of
                    hidden=move || page.get().is_none()
                    on_press=go
                />
                <Button label=texts.say(text::AGAIN) of=of on_press=press />
            </div>
        </li>
    }
}

/// What the service says in English, where nothing better is known here.
fn foreign(line: &Line) -> String {
    if sentence::is_unknown(line) { line.detail.clone() } else { String::new() }
}

fn time(desk: Desk, line: &Line) -> String {
    if matches!(&*line.state, "running" | "skipped") {
        return String::new();
    }
    // In the way of the language: 0,4 s.
    let seconds = js_sys::Number::from((line.ms / 100.0).round() / 10.0);
    let seconds = String::from(seconds.to_locale_string(desk.texts.language().code()));
    desk.texts.filled(text::SECONDS, &[&seconds])
}

fn sign(state: &str) -> &'static str {
    match state {
        "ok" => "✓",
        "warning" => "!",
        "failed" => "✕",
        "skipped" => "–",
        _ => "…",
    }
}

fn in_brackets(text: &str) -> String {
    [" (", text, ")"].concat()
}
