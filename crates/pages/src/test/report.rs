//! The report for a ticket: as the service writes it, without names, and the same with them.

use std::fmt::Write;

use kit::CopyButton;
use leptos::prelude::*;
use texts::test as text;

use super::line::Line;
use super::run::Desk;

/// The buttons that copy it, once there is one.
#[component]
pub fn Report(desk: Desk) -> impl IntoView {
    let texts = desk.texts;
    let named = move || desk.report.with(|report| desk.lines.with(|lines| named(report, lines)));
    view! {
        <Show when=move || desk.report.with(|report| !report.is_empty())>
            <div class="buttons">
                <CopyButton
                    label=texts.say(text::COPY_REPORT)
                    copied=texts.say(text::COPIED)
                    text=move || desk.report.get()
                />
                <CopyButton label=texts.say(text::COPY_NAMED) copied=texts.say(text::COPIED) text=named />
            </div>
        </Show>
    }
}

/// With names, as the steps were told. What was tested stands in the first line of the other report.
fn named(report: &str, lines: &[Line]) -> String {
    let mut named = report.lines().next().unwrap_or_default().to_owned();
    for line in lines {
        let Line { step, part, state, ms, code, detail, .. } = line;
        let part = part.as_deref().map(|part| format!(" {part}")).unwrap_or_default();
        let code = code.as_deref().map(|code| format!(" [{code}]")).unwrap_or_default();
        // Writing to a text cannot fail.
        let _ = write!(named, "\n{step}{part}: {state}, {ms} ms{code} {detail}");
    }
    named.push('\n');
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_named_report_has_a_line_for_each_step() {
        let line = Line {
            step: "reach".to_owned(),
            part: Some("mail.example".to_owned()),
            state: "failed".to_owned(),
            ms: 12.0,
            code: Some("dns".to_owned()),
            detail: "No address.".to_owned(),
            ..Line::default()
        };
        assert_eq!(
            named("pbx-calendar 1, graph\nreach host-1: failed\n", &[line]),
            "pbx-calendar 1, graph\nreach mail.example: failed, 12 ms [dns] No address.\n"
        );
    }
}
