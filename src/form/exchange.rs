use calendar::settings::Section;
use ui::El;

use super::guidance::guide;
use super::section::{card, rows};
use super::session::Form;
use crate::text;

/// Exchange Sync.
pub fn exchange(form: Form) -> El {
    let section = Section::Exchange;
    card(form, "exchange", text::heading(section), text::about(section))
        .child(guide(form))
        .child(rows(form, section))
}
