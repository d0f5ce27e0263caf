//! What the preview says.

mod de;
mod en;

use calendar::appointment::ShowAs;
use calendar::decide::{Criterion, LeftOut};

pub use crate::text::Language;

use super::example::Preset;

/// Something the preview says. `$0` and `$1` stand for what is filled in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Text {
    /// Heading and button that opens the preview.
    Heading,
    /// What it is good for.
    About,
    /// Label of the presets.
    Presets,
    /// Name of a preset.
    Preset(Preset),
    /// Heading of the appointments.
    Appointments,
    /// Name of appointment `$0`.
    Appointment,
    /// Label: title.
    Title,
    /// Label: what the owner says it means.
    ShowAsLabel,
    /// A choice of that.
    ShowAs(ShowAs),
    /// Label: start.
    From,
    /// Label: end.
    To,
    /// Label: takes the whole day.
    AllDay,
    /// Label: the title is private.
    Private,
    /// Label: made by the exceptional organizer.
    ByOrganizer,
    /// Button: remove an appointment.
    Remove,
    /// Button: add one.
    Add,
    /// Title of an added one.
    NewTitle,
    /// Label of the slider.
    TimeOfDay,
    /// Label: language of who looks.
    ViewerLanguage,
    /// Label: time zone of who looks.
    ViewerZone,
    /// Heading: with the saved settings.
    Before,
    /// Heading: with the settings as typed.
    After,
    /// The settings as typed change nothing here.
    Same,
    /// Heading of the reasons.
    Why,
    /// An appointment leads.
    Leads,
    /// An appointment is announced.
    Next,
    /// An appointment starts later.
    Waits,
    /// `$0` comes first by `$1`.
    Behind,
    /// What decided.
    Criterion(Criterion),
    /// An appointment does not count.
    LeftOut(LeftOut),
    /// The keyword `$0` puts it first.
    PutsFirst,
    /// The keyword `$0` puts it last.
    PutsLast,
    /// What the PBX gets.
    Line,
    /// Title of an example.
    StandUp,
    /// Title of an example.
    Review,
    /// Title of an example.
    Doctor,
    /// Title of an example.
    Holiday,
    /// Title of an example.
    Sick,
    /// Title of an example.
    HomeOffice,
    /// Title of an example.
    Idea,
    /// Title of an example.
    Planning,
}

impl Language {
    /// A text of the preview in this language.
    pub fn preview(self, text: Text) -> &'static str {
        match self {
            Self::En => en::text(text),
            Self::De => de::text(text),
        }
    }
}
