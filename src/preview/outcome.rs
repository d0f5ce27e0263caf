use calendar::decide::{Match, Why, decide};
use calendar::settings::Settings;
use calendar::viewer::ZoneViewer;
use calendar_presence::{Activity, Language as Words, Note};

use super::day::{instant, today};
use super::example::Example;
use super::text::{Language, Text};
use crate::platform::Browser;
use crate::text::fill;

/// What the rules make of the example day at an instant.
#[derive(Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The presence.
    pub activity: Activity,
    /// The line that the PBX gets.
    pub line: String,
    /// What the viewer reads.
    pub seen: String,
    /// For each appointment its title and what became of it.
    pub reasons: Vec<Reason>,
}

/// What became of an appointment.
#[derive(Clone, PartialEq, Eq)]
pub struct Reason {
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    text: Text,
    /// The title of the one it stands behind, and why.
    behind: Option<(String, Text)>,
    /// The keyword that it contains, and where that puts it.
    keyword: Option<(String, Text)>,
}

impl Outcome {
    /// Decides for these appointments, today by the clocks of the settings.
    pub fn new(settings: &Settings, examples: &[Example], minute: u16, language: Words, zone: &str) -> Self {
        let presence_zone = settings.presence_time_zone.as_str();
        let date = today(presence_zone);
        let now = instant(date, minute, presence_zone);
        let organizer = settings.tentative_organizer.split([',', ';']).next().unwrap_or_default().trim();
        let appointment = |example: &Example| example.appointment(date, presence_zone, organizer, &Browser);
        let appointments: Vec<_> = examples.iter().map(appointment).collect();
        let decision = decide(settings, &appointments, now, &Browser);
        let viewer = ZoneViewer { language, zone, zones: &Browser };
        let seen = Note::parse(&decision.note).format(&viewer, now);
        let reasons = decision.reasons.iter().map(Reason::new).collect();
        Self { activity: decision.activity, seen, reasons, line: decision.note }
    }
}

impl Reason {
    fn new(reason: &calendar::decide::Reason<'_>) -> Self {
        let (text, behind) = match reason.why {
            Why::Leads => (Text::Leads, None),
            Why::Next => (Text::Next, None),
            Why::Waits => (Text::Waits, None),
            Why::Behind { leading, by } => {
                (Text::Behind, Some((leading.subject.clone(), Text::Criterion(by))))
            }
            Why::LeftOut(left_out) => (Text::LeftOut(left_out), None),
        };
        let place = |found: &Match| if found.first { Text::PutsFirst } else { Text::PutsLast };
        Self {
            number: reason.appointment.id.clone(),
            title: reason.appointment.subject.clone(),
            text,
            behind,
            keyword: reason.keyword.as_ref().map(|found| (found.keyword.clone(), place(found))),
        }
    }

    /// The reason in words.
    pub fn words(&self, language: Language) -> String {
        let mut words = match &self.behind {
            Some((title, by)) => fill(language.preview(self.text), &[title, language.preview(*by)]),
            None => language.preview(self.text).to_owned(),
        };
        if let Some((keyword, place)) = &self.keyword {
            words += "; ";
            words += &fill(language.preview(*place), &[keyword]);
        }
        words
    }
}
