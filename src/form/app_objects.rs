use leptos::prelude::*;

use super::section::Card;
use super::session::Form;
use crate::text::Text;

/// The addresses that the App objects in the PBX need.
#[component]
pub fn AppObjects(
    /// What the parts of the form share.
    form: Form,
) -> impl IntoView {
    let object = move |name, page| {
        view! {
            <dt>{form.say(name)}</dt>
            <dd><code>{form.page(page)}</code></dd>
        }
    };
    view! {
        <Card form id="objects" heading=Text::AppObjects about=Text::AppObjectsHelp>
            <dl>
                {object(Text::CalendarObject, "pbxcalendar-calendar")}
                {object(Text::AdminObject, "pbxcalendar-calendaradmin")}
            </dl>
        </Card>
    }
}
