use calendar::settings::Section;
use ui::El;

use super::section::{card, rows};
use super::session::Form;
use crate::text;

/// PBX & Presence.
pub fn pbx(form: Form) -> El {
    let section = Section::Pbx;
    card(form, "pbx", text::heading(section), text::about(section)).child(rows(form, section))
}
