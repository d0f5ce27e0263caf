use calendar::settings::{Item, Kind, Section, SyncType};
use kit::live;
use leptos::prelude::*;

use super::field::{Head, is_matrix};
use super::guidance::{FirstSteps, Guide};
use super::leaving::KeptInput;
use super::navigation::Navigation;
use super::pages::{Aids, Opened, Overview, Users, While};
use super::section::{Card, List, Rows};
use super::session::Form;
use crate::text;

/// Everything below the header, in the order in which it is needed, and the ways to it.
#[component]
pub fn Sections(form: Form) -> impl IntoView {
    view! {
        <Navigation form=form />
        <div class="sections">
            <KeptInput form=form />
            <Overview form=form />
            <Show when=move || form.state.is_new.get()>
                <FirstSteps form=form />
            </Show>
            <Users form=form />
            <Pbx form=form />
            <Exchange form=form />
            <Mapping form=form />
            <Card form=form id="objects" heading=text::APP_OBJECTS about=text::APP_OBJECTS_HELP>
                <Opened form=form view="objects" title=text::SHOW_OBJECTS />
            </Card>
            <Card form=form id="api" heading=text::heading(Section::Api) about=text::about(Section::Api)>
                <Opened form=form view="api" title=text::API />
            </Card>
            <Card form=form id="tools" heading=text::TOOLS about=text::TOOLS_ABOUT>
                <Opened form=form view="transfer" title=text::TRANSFER />
            </Card>
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
    let is_cloud = move || form.sync_type() == SyncType::Cloud;
    view! {
        <Card form=form id="exchange" heading=text::heading(section) about=text::about(section)>
            <Guide form=form />
            <Aids form=form />
            <Rows form=form section=section />
            <div class="page" prop:hidden=live(move || !is_cloud())>
                <While form=form view="signIn" shown=is_cloud />
            </div>
        </Card>
    }
}

/// Presence mapping as a table: texts above it, switches below it. Beside it, where there is room, the preview of an example
/// day and the users for whom the settings as typed would change something.
#[component]
fn Mapping(form: Form) -> impl IntoView {
    let section = Section::Mapping;
    let list = move |is_here: fn(Item) -> bool| view! { <List form=form section=section is_here=is_here /> };
    view! {
        <Card form=form id="mapping" heading=text::heading(section) about=text::about(section)>
            <div class="beside">
                <div>
                    {list(|item| item.kind() == Kind::Text)} <div class="table">
                        <Head form=form />
                        {list(is_matrix)}
                    </div> {list(|item| item.kind() != Kind::Text && !is_matrix(item))}
                </div>
                <div class="aside">
                    <Opened form=form view="preview" title=text::PREVIEW />
                    <Opened form=form view="dryRun" title=text::DRY_RUN />
                </div>
            </div>
        </Card>
    }
}
