use calendar::settings::Section;
use leptos::prelude::*;

use super::section::{Card, Fields};
use super::session::Form;
use crate::text::Text;

/// Presence mapping.
#[component]
pub fn Mapping(
    /// What the parts of the form share.
    form: Form,
) -> impl IntoView {
    view! {
        <Card form id="mapping" heading=Text::Section(Section::Mapping) about=Text::SectionHelp(Section::Mapping)>
            <Fields form section=Section::Mapping />
        </Card>
    }
}
