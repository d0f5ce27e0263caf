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
    let ending = move || match form.draft.with(|draft| draft.settings().sync_type) {
        SyncType::Cloud => Some(Text::CloudIsGone),
        SyncType::CloudAppOnly => Some(Text::EwsEnds),
        SyncType::Disabled | SyncType::OnPremises | SyncType::Graph => None,
    };
    view! {
        <Card form id="exchange" heading=Text::Section(Section::Exchange) about=Text::SectionHelp(Section::Exchange)>
            <div class="warnings" role="status">
                {move || ending().map(|text| view! { <p class="warning">{form.text(text)}</p> })}
            </div>
            <Fields form section=Section::Exchange />
        </Card>
    }
}
