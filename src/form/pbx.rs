use calendar::settings::Section;
use leptos::prelude::*;

use super::section::{Card, Fields};
use super::session::Form;
use crate::text::Text;

/// PBX & Presence.
#[component]
pub fn Pbx(
    /// What the parts of the form share.
    form: Form,
) -> impl IntoView {
    view! {
        <Card form id="pbx" heading=Text::Section(Section::Pbx) about=Text::SectionHelp(Section::Pbx)>
            <Fields form section=Section::Pbx />
        </Card>
    }
}
