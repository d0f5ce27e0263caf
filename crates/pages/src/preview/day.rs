use browser::Browser;
use calendar::appointment::{Appointment, ShowAs};
use calendar::instant::{day_begins, instant_of, local_time};
use calendar::settings::Settings;
use calendar::viewer::ZoneViewer;
use calendar_presence::Language as Reads;
use chrono::NaiveDate;
use leptos::prelude::*;

use super::example::Example;
use super::outcome::{Outcome, Stretch, course, differences};
use super::preset::Preset;
use crate::frame::{Frame, now};
use crate::text::examples;

/// What the parts of a preview share. Handles to signals, so it is copied freely.
#[derive(Clone, Copy)]
pub struct Day {
    /// What it has of the form.
    pub frame: Frame,
    /// The day that was chosen, while nothing of it was changed.
    pub preset: RwSignal<Option<Preset>>,
    /// The appointments.
    pub examples: RwSignal<Vec<Example>>,
    /// The number of the appointment whose fields are shown.
    pub chosen: RwSignal<u32>,
    /// The minute of the day that is looked at.
    pub minute: RwSignal<u16>,
    /// Language of who looks.
    pub reads: RwSignal<Reads>,
    /// Time zone of who looks.
    pub zone: RwSignal<String>,
    /// What is seen at that minute.
    pub seen: Memo<Pair<Outcome>>,
    /// What is seen during the day.
    pub courses: Memo<Pair<Vec<Stretch>>>,
    next_number: StoredValue<u32>,
}

/// The same with the stored settings and with those as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair<T> {
    /// With the stored settings.
    pub before: T,
    /// With the settings as typed.
    pub after: T,
}

impl Pair<Vec<Stretch>> {
    /// Where colleagues see something else: starts and ends in minutes of the day.
    pub fn differences(&self) -> Vec<(u16, u16)> {
        differences(&self.before, &self.after)
    }
}

impl Day {
    /// A usual day, looked at by somebody with the language of the form and the zone of the settings.
    pub fn new(frame: Frame) -> Self {
        let zone = frame.typed.with_untracked(|typed| typed.presence_time_zone.clone());
        let examples = RwSignal::new(Vec::new());
        let minute = RwSignal::new(0);
        let reads = RwSignal::new(untrack(|| frame.reads()));
        let viewer_zone = RwSignal::new(zone);
        let seen = move || {
            examples.with(|examples| {
                viewer_zone.with(|zone| {
                    let viewer = ZoneViewer { language: reads.get(), zone, zones: &Browser };
                    both(frame, examples, |settings, today| {
                        let now = instant_of(today.date, minute.get(), today.zone, &Browser);
                        Outcome::new(settings, &today.appointments, now, &viewer, &Browser)
                    })
                })
            })
        };
        let courses = move || {
            examples.with(|examples| {
                both(frame, examples, |settings, today| {
                    let [begins, ends] = [Some(today.date), today.date.succ_opt()]
                        .map(|date| day_begins(date.unwrap_or(today.date), today.zone, &Browser));
                    course(settings, &today.appointments, (begins, ends), today.zone, &Browser)
                })
            })
        };
        let day = Self {
            frame,
            preset: RwSignal::new(None),
            examples,
            chosen: RwSignal::new(0),
            minute,
            reads,
            zone: viewer_zone,
            seen: Memo::new(move |_| seen()),
            courses: Memo::new(move |_| courses()),
            next_number: StoredValue::new(1),
        };
        day.show(Preset::Usual);
        day.translate();
        day
    }

    /// Titles that nobody has typed follow the language.
    fn translate(self) {
        let effect = RenderEffect::new(move |shown: Option<()>| {
            self.frame.language.get();
            if let (Some(()), Some(preset)) = (shown, self.preset.get_untracked()) {
                let minute = self.minute.get_untracked();
                self.show(preset);
                self.minute.set(minute);
            }
        });
        // It lives as long as the page.
        StoredValue::new_local(effect);
    }

    /// Shows another day.
    pub fn show(self, preset: Preset) {
        let number = self.next_number.get_value();
        let examples = preset.examples(number, self.frame.language.get_untracked());
        self.next_number.set_value(number + u32::try_from(examples.len()).unwrap_or_default());
        self.examples.set(examples);
        self.chosen.set(number);
        self.minute.set(preset.minute());
        self.preset.set(Some(preset));
    }

    /// Adds an appointment.
    pub fn add(self) {
        let number = self.next_number.get_value();
        self.next_number.set_value(number + 1);
        let title = examples::NEW.in_language(self.frame.language.get_untracked());
        let example = Example::new(number, title, ShowAs::Busy, (12 * 60, 13 * 60));
        self.examples.update(|examples| examples.push(example));
        self.chosen.set(number);
        self.preset.set(None);
    }

    /// Removes an appointment.
    pub fn remove(self, number: u32) {
        self.examples.update(|examples| examples.retain(|example| example.number != number));
        if self.chosen.get_untracked() == number {
            let other = self.examples.with_untracked(|examples| examples.first().map(|one| one.number));
            self.chosen.set(other.unwrap_or_default());
        }
        self.preset.set(None);
    }

    /// Changes an appointment.
    pub fn change(self, number: u32, change: impl FnOnce(&mut Example)) {
        self.examples.update(|examples| {
            if let Some(example) = examples.iter_mut().find(|example| example.number == number) {
                change(example);
            }
        });
        self.preset.set(None);
    }

    /// Something of an appointment; `None` once it is removed.
    pub fn of<T>(self, number: u32, read: impl FnOnce(&Example) -> T) -> Option<T> {
        self.examples.with(|examples| examples.iter().find(|example| example.number == number).map(read))
    }

    /// The first address of those whose tentative appointments are exceptions; empty if there is none.
    pub fn exceptional(self) -> String {
        self.frame.typed.with(|typed| self.frame.stored.with(|stored| exceptional(typed, stored)))
    }
}

/// The day as the settings as typed have it.
struct Today<'a> {
    date: NaiveDate,
    zone: &'a str,
    appointments: Vec<Appointment>,
}

/// Both settings see the same appointments: those of the zone as typed.
fn both<T>(frame: Frame, examples: &[Example], look: impl Fn(&Settings, &Today<'_>) -> T) -> Pair<T> {
    frame.typed.with(|typed| {
        frame.stored.with(|stored| {
            let zone = typed.presence_time_zone.as_str();
            let date = today(zone);
            let organizer = exceptional(typed, stored);
            let appointments = examples
                .iter()
                .map(|example| example.appointment(date, zone, &organizer, &Browser))
                .collect();
            let today = Today { date, zone, appointments };
            Pair { before: look(stored, &today), after: look(typed, &today) }
        })
    })
}

fn exceptional(typed: &Settings, stored: &Settings) -> String {
    let lists = [&typed.tentative_organizer, &stored.tentative_organizer];
    let addresses = lists.into_iter().flat_map(|list| list.split([',', ';'])).map(str::trim);
    addresses.filter(|address| !address.is_empty()).map(str::to_owned).next().unwrap_or_default()
}

/// Today, by clocks in `zone`.
fn today(zone: &str) -> NaiveDate {
    local_time(now(), zone, &Browser).date()
}
