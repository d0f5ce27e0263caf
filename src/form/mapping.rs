use calendar::settings::Section;
use ui::El;

use super::pages;
use super::section::{card, rows};
use super::session::Form;
use crate::text;

/// Presence mapping.
pub fn mapping(form: Form) -> El {
    let section = Section::Mapping;
    card(form, "mapping", text::heading(section), text::about(section))
        .child(rows(form, section))
        .child(pages::preview(form))
        .child(pages::dry_run(form))
}
