//! What the rules make of the example day: at an instant, and over the whole day.

use calendar::Platform;
use calendar::appointment::Appointment;
use calendar::decide::{Criterion, Decision, Explained, LeftOut, Match, Rules, Why, explain};
use calendar::instant::{Instant, Zones, local_time};
use calendar::settings::Settings;
use calendar::viewer::ZoneViewer;
use calendar_presence::{Activity, Note};
use chrono::Timelike as _;

use super::example::DAY;

/// What holds at an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The presence.
    pub activity: Activity,
    /// The line that the PBX gets.
    pub note: String,
    /// What the viewer reads.
    pub seen: String,
    /// For each appointment, in the order given, what became of it.
    pub reasons: Vec<Reason>,
}

/// What became of an appointment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// What.
    pub verdict: Verdict,
    /// The keyword that its title contains.
    pub keyword: Option<Match>,
}

/// See [`Why`]; the appointments by their places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It gives activity and title.
    Leads,
    /// It is announced.
    Next,
    /// It starts when this state is over, or later.
    Waits,
    /// Another comes first.
    Behind(usize, Criterion),
    /// It does not count.
    LeftOut(LeftOut),
}

/// A part of the day during which colleagues see the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Minute of the day at which it starts.
    pub start: u16,
    /// Minute of the day at which it ends.
    pub end: u16,
    /// The presence.
    pub activity: Activity,
    note: String,
}

impl Outcome {
    /// What `viewer` sees at `now`.
    pub fn new<P: Platform + Zones>(
        settings: &Settings,
        appointments: &[Appointment],
        now: Instant,
        viewer: &ZoneViewer<'_>,
        platform: &P,
    ) -> Self {
        let Explained { decision, reasons } = explain(settings, appointments, now, platform);
        let place = |one: &Appointment| appointments.iter().position(|other| std::ptr::eq(one, other));
        let verdict = |why: &Why<'_>| match *why {
            Why::Leads => Verdict::Leads,
            Why::Next => Verdict::Next,
            Why::Waits => Verdict::Waits,
            Why::Behind { leading, by } => Verdict::Behind(place(leading).unwrap_or_default(), by),
            Why::LeftOut(left_out) => Verdict::LeftOut(left_out),
        };
        Self {
            activity: decision.activity,
            seen: Note::parse(&decision.note).format(viewer, now),
            reasons: reasons
                .iter()
                .map(|reason| Reason { verdict: verdict(&reason.why), keyword: reason.keyword.clone() })
                .collect(),
            note: decision.note,
        }
    }
}

/// The whole day from the instant `begins` to the instant `ends`, by clocks in `zone`.
pub fn course<P: Platform + Zones>(
    settings: &Settings,
    appointments: &[Appointment],
    (begins, ends): (Instant, Instant),
    zone: &str,
    platform: &P,
) -> Vec<Stretch> {
    let minute = |at: Instant| {
        let time = local_time(at, zone, platform);
        u16::try_from(time.hour() * 60 + time.minute()).unwrap_or_default()
    };
    let rules = Rules::new(settings, platform);
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut at = begins;
    loop {
        let Decision { activity, note, changes_at, .. } = rules.decide(appointments, at);
        let next = changes_at.filter(|&next| next < ends);
        let end = next.map_or(DAY, minute);
        match stretches.last_mut() {
            Some(last) if last.activity == activity && last.note == note => last.end = end,
            _ => {
                let start = stretches.last().map_or(0, |last| last.end);
                stretches.push(Stretch { start, end, activity, note });
            }
        }
        match next {
            Some(next) => at = next,
            None => return stretches,
        }
    }
}

/// Where two courses of the same day differ: starts and ends in minutes of the day.
pub fn differences(one: &[Stretch], other: &[Stretch]) -> Vec<(u16, u16)> {
    let mut found: Vec<(u16, u16)> = Vec::new();
    for a in one {
        for b in other {
            let (start, end) = (a.start.max(b.start), a.end.min(b.end));
            if start >= end || (a.activity == b.activity && a.note == b.note) {
                continue;
            }
            match found.last_mut() {
                Some(last) if last.1 == start => last.1 = end,
                _ => found.push((start, end)),
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use calendar::Native;
    use calendar::instant::instant_of;
    use calendar::settings::Mapping;
    use calendar_presence::Language as Reads;
    use chrono::NaiveDate;
    use kit::Language;

    use super::super::preset::Preset;
    use super::*;

    const ZONE: &str = "Europe/Berlin";
    const VIEWER: ZoneViewer<'_> = ZoneViewer { language: Reads::De, zone: ZONE, zones: &Native };

    fn date() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
    }

    fn at(minute: u16) -> Instant {
        instant_of(date(), minute, ZONE, &Native)
    }

    fn appointments(preset: Preset) -> Vec<Appointment> {
        let examples = preset.examples(1, Language::En);
        examples.iter().map(|one| one.appointment(date(), ZONE, "hr@example.com", &Native)).collect()
    }

    fn settings() -> Settings {
        Settings { show_subject: true, presence_time_zone: ZONE.to_owned(), ..Settings::default() }
    }

    fn outcome(settings: &Settings, preset: Preset) -> Outcome {
        let appointments = appointments(preset);
        Outcome::new(settings, &appointments, at(preset.minute()), &VIEWER, &Native)
    }

    fn verdicts(outcome: &Outcome) -> Vec<Verdict> {
        outcome.reasons.iter().map(|reason| reason.verdict).collect()
    }

    fn whole_day(settings: &Settings, preset: Preset) -> Vec<Stretch> {
        course(settings, &appointments(preset), (at(0), at(0) + 24 * 3_600_000), ZONE, &Native)
    }

    fn spans(stretches: &[Stretch]) -> Vec<(u16, u16, Activity)> {
        stretches.iter().map(|one| (one.start, one.end, one.activity)).collect()
    }

    #[test]
    fn a_usual_day() {
        let outcome = outcome(&settings(), Preset::Usual);
        assert_eq!(outcome.seen, "Project review bis 11:00");
        let (ended, ignored) = (Verdict::LeftOut(LeftOut::Ended), Verdict::LeftOut(LeftOut::Ignored));
        assert_eq!(verdicts(&outcome), [ended, Verdict::Leads, ignored, Verdict::Waits]);
    }

    #[test]
    fn a_holiday_stands_before_a_meeting() {
        let outcome = outcome(&settings(), Preset::Holiday);
        assert_eq!((outcome.activity, &*outcome.seen), (Activity::Away, "Holiday bis 30.11.2026"));
        assert_eq!(verdicts(&outcome), [Verdict::Leads, Verdict::Behind(0, Criterion::Activity)]);
    }

    #[test]
    fn a_sick_note_needs_its_organizer() {
        let mut settings = settings();
        assert_eq!(outcome(&settings, Preset::SickNote).seen, "Project review bis 11:00");
        settings.tentative_organizer = "hr@example.com".to_owned();
        assert_eq!(outcome(&settings, Preset::SickNote).seen, "Abwesend bis 26.11.2026");
    }

    #[test]
    fn the_course_of_a_day_has_no_gaps() {
        let expected = [
            (0, 540, Activity::Free),
            (540, 570, Activity::Busy),
            (570, 600, Activity::Free),
            (600, 660, Activity::Busy),
            (660, 900, Activity::Free),
            (900, 990, Activity::Away),
            (990, 1440, Activity::Free),
        ];
        assert_eq!(spans(&whole_day(&settings(), Preset::Usual)), expected);
    }

    #[test]
    fn differences_are_where_another_setting_shows() {
        let before = whole_day(&settings(), Preset::Usual);
        assert_eq!(differences(&before, &before), []);
        let after = whole_day(&Settings { map_busy: Mapping::Away, ..settings() }, Preset::Usual);
        // While nothing runs the next activity is announced, so that differs as well.
        assert_eq!(differences(&before, &after), [(0, 660)]);
        let after = whole_day(&Settings { map_tentative: Mapping::Busy, ..settings() }, Preset::Usual);
        assert_eq!(differences(&before, &after), [(660, 840)]);
    }
}
