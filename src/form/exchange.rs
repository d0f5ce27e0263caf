use calendar::settings::{Section, SyncType};
use leptos::prelude::*;

use super::section::{Card, Fields};
use super::session::Form;
use crate::text::Text;

/// Exchange Sync.
#[component]
pub fn Exchange(
    /// What the parts of the form share.
    form: Form,
) -> impl IntoView {
    let ending = form.show(|form| {
        let text = match form.draft.with(|draft| draft.settings().sync_type) {
            SyncType::Cloud => Text::CloudIsGone,
            SyncType::CloudAppOnly => Text::EwsEnds,
            SyncType::Disabled | SyncType::OnPremises | SyncType::Graph => return String::new(),
        };
        form.text(text).to_owned()
    });
    view! {
        <Card form id="exchange" heading=Text::Section(Section::Exchange) about=Text::SectionHelp(Section::Exchange)>
            <div role="status"><p class="warning">{ending}</p></div>
            <Fields form section=Section::Exchange />
        </Card>
    }
}
