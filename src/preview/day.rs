use calendar::instant::{Instant, instant_of, local_time};
use calendar::settings::Settings;
use calendar_presence::Language as Words;
use chrono::NaiveDate;
use leptos::prelude::*;

use super::example::{Example, Preset};
use super::outcome::Outcome;
use super::text::Text;
use crate::form::Form;
use crate::platform::Browser;

/// What the parts of a preview share. Handles to signals, so it is copied freely.
#[derive(Clone, Copy)]
pub struct Day {
    form: Form,
    /// The day that was chosen, while nothing of it was changed.
    pub preset: RwSignal<Option<Preset>>,
    /// The appointments.
    pub examples: RwSignal<Vec<Example>>,
    /// The minute of the day that is looked at.
    pub minute: RwSignal<u16>,
    /// Language of who looks.
    pub viewer_language: RwSignal<Words>,
    /// Time zone of who looks.
    pub viewer_zone: RwSignal<String>,
    /// What is seen with the saved settings.
    pub before: Memo<Outcome>,
    /// What is seen with the settings as typed.
    pub after: Memo<Outcome>,
    next_number: StoredValue<u32>,
}

impl Day {
    /// A usual day, looked at by somebody with the language and zone of the settings.
    pub fn new(form: Form) -> Self {
        let (language, zone) = form.draft.with_untracked(|draft| {
            (draft.settings().presence_language, draft.settings().presence_time_zone.clone())
        });
        let examples = RwSignal::new(Vec::new());
        let minute = RwSignal::new(0);
        let viewer_language = RwSignal::new(language);
        let viewer_zone = RwSignal::new(zone);
        let outcome = move |settings: &Settings| {
            examples.with(|examples| {
                viewer_zone.with(|zone| Outcome::new(settings, examples, minute.get(), viewer_language.get(), zone))
            })
        };
        let day = Self {
            form,
            preset: RwSignal::new(None),
            examples,
            minute,
            viewer_language,
            viewer_zone,
            before: Memo::new(move |_| form.draft.with(|draft| outcome(draft.stored()))),
            after: Memo::new(move |_| form.draft.with(|draft| outcome(draft.settings()))),
            next_number: StoredValue::new(1),
        };
        day.show(Preset::Usual);
        day
    }

    /// Shows another day.
    pub fn show(self, preset: Preset) {
        let number = self.next_number.get_value();
        let examples = preset.examples(number, self.form.language.get_untracked());
        self.next_number.update_value(|next| *next += u32::try_from(examples.len()).unwrap_or_default());
        self.examples.set(examples);
        self.minute.set(preset.minute());
        self.preset.set(Some(preset));
    }

    /// Adds an appointment.
    pub fn add(self) {
        let number = self.next_number.get_value();
        self.next_number.set_value(number + 1);
        let title = self.form.language.get_untracked().preview(Text::NewTitle);
        self.examples.update(|examples| examples.push(Example::new(number, title)));
        self.preset.set(None);
    }

    /// Removes an appointment.
    pub fn remove(self, number: u32) {
        self.examples.update(|examples| examples.retain(|example| example.number != number));
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

    /// A text in the form's language.
    pub fn text(self, text: Text) -> &'static str {
        self.form.language.get().preview(text)
    }

    /// Language of the form.
    pub fn language(self) -> super::text::Language {
        self.form.language.get()
    }
}

/// Today, by clocks in `zone`.
#[expect(clippy::cast_possible_truncation, reason = "a date holds whole milliseconds")]
pub fn today(zone: &str) -> NaiveDate {
    local_time(js_sys::Date::now() as Instant, zone, &Browser).date()
}

/// The instant at which clocks in `zone` show this minute of the day.
pub fn instant(date: NaiveDate, minute: u16, zone: &str) -> Instant {
    instant_of(date, minute, zone, &Browser)
}
