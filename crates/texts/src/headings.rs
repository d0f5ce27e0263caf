//! Headings of the sections, and what they are about.

use calendar::settings::Section;
use words::Words;

use crate::sections::{api, exchange, mapping, pbx};

/// Heading of a section.
pub fn heading(section: Section) -> Words {
    match section {
        Section::Pbx => pbx::HEADING,
        Section::Exchange => exchange::HEADING,
        Section::Mapping => mapping::HEADING,
        Section::Api => api::HEADING,
    }
}

/// What a section is about.
pub fn about(section: Section) -> Words {
    match section {
        Section::Pbx => pbx::ABOUT,
        Section::Exchange => exchange::ABOUT,
        Section::Mapping => mapping::ABOUT,
        Section::Api => api::ABOUT,
    }
}
