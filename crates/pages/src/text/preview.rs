//! What the preview says.

use calendar::appointment::ShowAs;
use kit::Words;

pub use texts::preview::*;

use crate::preview::Preset;

/// Name of a preset.
pub fn preset(preset: Preset) -> Words {
    match preset {
        Preset::Usual => preset::USUAL,
        Preset::Holiday => preset::HOLIDAY,
        Preset::SickNote => preset::SICK_NOTE,
        Preset::HomeOffice => preset::HOME_OFFICE,
        Preset::BackToBack => preset::BACK_TO_BACK,
    }
}

/// A choice of that, as Outlook calls it.
pub fn show_as(show_as: ShowAs) -> Words {
    match show_as {
        ShowAs::Free => show_as_choice::FREE,
        ShowAs::Tentative => show_as_choice::TENTATIVE,
        ShowAs::Busy => show_as_choice::BUSY,
        ShowAs::Oof => show_as_choice::OOF,
        ShowAs::WorkingElsewhere => show_as_choice::WORKING_ELSEWHERE,
        ShowAs::NoData => show_as_choice::NO_DATA,
    }
}
