use calendar::settings::Section;
use leptos::prelude::*;

use super::guidance::{FirstSteps, Guide};
use super::leaving::KeptInput;
use super::pages::{Aids, Opened, Users};
use super::section::{Card, Rows};
use super::session::Form;
use crate::text;

/// Everything below the header, in the order of the form.
#[component]
pub fn Sections(form: Form) -> impl IntoView {
    view! {
        <div class="sections">
            <KeptInput form=form />
            <Show when=move || form.state.is_new.get()>
                <FirstSteps form=form />
            </Show>
            <Pbx form=form />
            <Exchange form=form />
            <Mapping form=form />
            <Users form=form />
            <Card form=form id="objects" heading=text::APP_OBJECTS about=text::APP_OBJECTS_HELP>
                <Opened form=form view="objects" title=text::SHOW_OBJECTS />
            </Card>
            <Card form=form id="api" heading=text::heading(Section::Api) about=text::about(Section::Api)>
                <Opened form=form view="api" title=text::API />
            </Card>
            <section class="card">
                <Opened form=form view="transfer" title=text::TRANSFER />
            </section>
        </div>
    }
}

/// PBX & Presence.
#[component]
fn Pbx(form: Form) -> impl IntoView {
    let section = Section::Pbx;
    view! {
        <Card form=form id="pbx" heading=text::heading(section) about=text::about(section)>
            <Rows form=form section=section />
        </Card>
    }
}

/// Exchange Sync.
#[component]
fn Exchange(form: Form) -> impl IntoView {
    let section = Section::Exchange;
    view! {
        <Card form=form id="exchange" heading=text::heading(section) about=text::about(section)>
            <Guide form=form />
            <Aids form=form />
            <Rows form=form section=section />
        </Card>
    }
}

/// Presence mapping, with the preview of an example day and the users for whom the settings as typed would change
/// something.
#[component]
fn Mapping(form: Form) -> impl IntoView {
    let section = Section::Mapping;
    view! {
        <Card form=form id="mapping" heading=text::heading(section) about=text::about(section)>
            <Rows form=form section=section />
            <Opened form=form view="preview" title=text::PREVIEW />
            <Opened form=form view="dryRun" title=text::DRY_RUN />
        </Card>
    }
}
