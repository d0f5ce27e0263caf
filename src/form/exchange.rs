use calendar::settings::{Section, SyncType};
use ui::{El, el};

use super::section::{card, rows};
use super::session::Form;
use crate::text;

/// Exchange Sync.
pub fn exchange(form: Form) -> El {
    let section = Section::Exchange;
    let ending = move || match form.draft(|draft| draft.settings().sync_type) {
        SyncType::Cloud => form.text(text::CLOUD_IS_GONE),
        SyncType::CloudAppOnly => form.text(text::EWS_ENDS),
        SyncType::Disabled | SyncType::OnPremises | SyncType::Graph => "",
    };
    let warning = el("div").attr("role", "status").child(el("p").class("warning").text(ending));
    card(form, "exchange", text::heading(section), text::about(section))
        .child(warning)
        .child(rows(form, section))
}
