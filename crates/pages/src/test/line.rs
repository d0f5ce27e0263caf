//! What is told of a step, or of a part of one, and in which order they stand.

use std::collections::BTreeMap;

use kit::Words;
use serde::Deserialize;
use texts::test::step;

/// Stands between step and part in a key, because nobody types it.
const BETWEEN: char = '\u{1f}';

/// What is told of a step, or of a part of one.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Line {
    /// Its word.
    pub step: String,
    /// Which part of it: a host, a candidate.
    pub part: Option<String>,
    /// `running`, `ok`, `warning`, `failed` or `skipped`.
    pub state: String,
    /// How long it took.
    pub ms: f64,
    /// What the other side said.
    pub code: Option<String>,
    /// What a sentence is filled with.
    pub facts: BTreeMap<String, String>,
    /// The sentence in English.
    pub detail: String,
    /// The word for what to do.
    pub advice: Option<String>,
    /// Where it is set right.
    pub page: Option<String>,
}

impl Line {
    /// Tells it from others.
    pub fn key(&self) -> String {
        let mut key = self.step.clone();
        if let Some(part) = &self.part {
            key.push(BETWEEN);
            key.push_str(part);
        }
        key
    }

    /// Whether something is wrong.
    pub fn is_problem(&self) -> bool {
        matches!(&*self.state, "failed" | "warning")
    }

    /// A fact, empty where it is not told.
    pub fn fact(&self, name: &str) -> &str {
        self.facts.get(name).map(String::as_str).unwrap_or_default()
    }
}

/// Puts what is told into its place. A step that begins again begins without its parts.
pub fn put(lines: &mut Vec<Line>, line: Line) {
    if line.state == "running" && line.part.is_none() {
        lines.retain(|known| known.step != line.step || known.part.is_none());
    }
    if let Some(known) = lines.iter_mut().find(|known| known.step == line.step && known.part == line.part) {
        *known = line;
        return;
    }
    let place = order(&line.step);
    let after = lines.iter().position(|known| order(&known.step) > place);
    lines.insert(after.unwrap_or(lines.len()), line);
}

/// The steps, in the order in which they are done.
static STEPS: [(&str, Words); 24] = [
    ("settings", step::SETTINGS),
    ("reach", step::REACH),
    ("tenant", step::TENANT),
    ("signIn", step::SIGN_IN),
    ("token", step::TOKEN),
    ("mailbox", step::MAILBOX),
    ("lookup", step::LOOKUP),
    ("zone", step::ZONE),
    ("autodiscover", step::AUTODISCOVER),
    ("schemes", step::SCHEMES),
    ("login", step::LOGIN),
    ("ews", step::EWS),
    ("ownMailbox", step::OWN_MAILBOX),
    ("impersonation", step::IMPERSONATION),
    ("appointments", step::APPOINTMENTS),
    ("streaming", step::STREAMING),
    ("version", step::VERSION),
    ("outside", step::OUTSIDE),
    ("roles", step::ROLES),
    ("throttle", step::THROTTLE),
    ("pbx", step::PBX),
    ("pbxRights", step::PBX_RIGHTS),
    ("pbxUsers", step::PBX_USERS),
    ("match", step::MATCH),
];

/// What a step is called.
pub fn name(step: &str) -> Option<Words> {
    STEPS.iter().find(|(word, _)| *word == step).map(|(_, words)| *words)
}

/// A step that nobody knows here stands at the end.
fn order(step: &str) -> usize {
    STEPS.iter().position(|(word, _)| *word == step).unwrap_or(STEPS.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(step: &str, part: Option<&str>, state: &str) -> Line {
        let text = str::to_owned;
        Line { step: text(step), part: part.map(text), state: text(state), ..Line::default() }
    }

    #[test]
    fn parts_follow_their_step_and_begin_anew_with_it() {
        let mut lines = Vec::new();
        for (step, part, state) in [
            ("settings", None, "ok"),
            ("reach", None, "running"),
            ("reach", Some("a"), "running"),
            ("reach", Some("a"), "ok"),
            ("reach", Some("b"), "failed"),
            ("reach", None, "failed"),
            ("pbx", None, "ok"),
            ("new", None, "ok"),
            ("token", None, "skipped"),
        ] {
            put(&mut lines, line(step, part, state));
        }
        let shown = |lines: &[Line]| lines.iter().map(Line::key).collect::<Vec<_>>().join(" ");
        assert_eq!(shown(&lines), "settings reach reach\u{1f}a reach\u{1f}b token pbx new");
        put(&mut lines, line("reach", None, "running"));
        assert_eq!(shown(&lines), "settings reach token pbx new");
    }
}
