//! Who may use the Calendar API: the switches, the callers with their rights and mailboxes, and who wrote what.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `callers` | the list of callers |
//! | `editor` | one caller, new or changed, and its token |
//! | `audit` | the record of what was written |
//! | `wire` | what the service is asked and answers |

mod audit;
mod callers;
mod editor;
mod wire;

use calendar::settings::{Item, SyncType};
use kit::{CopyButton, Switch, Texts, live};
use leptos::prelude::*;
use texts::api as text;

use crate::frame::{Frame, object, spawn};
use crate::told::Told;
use audit::Audit;
use callers::Callers;

/// What the parts of the page share. Handles to signals, so it is copied freely.
#[derive(Clone, Copy)]
pub struct Desk {
    frame: Frame,
    texts: Texts,
    /// Grows when callers have to be read again.
    changes: RwSignal<u32>,
    /// Address under which others reach the service.
    address: Memo<String>,
}

/// The page.
#[component]
pub fn Api(
    /// What it has of the form.
    frame: Frame,
    /// What the form is told by the service.
    told: RwSignal<Told>,
) -> impl IntoView {
    let address = Memo::new(move |_| {
        let known = told.with(|told| told.public_url.clone());
        known.unwrap_or_else(|| "https://calendar.example.com".to_owned())
    });
    let desk = Desk { frame, texts: Texts(frame.language), changes: RwSignal::new(0), address };
    view! {
        <div class="api" lang=live(move || desk.texts.language().code())>
            <Switches desk=desk />
            <Callers desk=desk />
            <Audit desk=desk />
        </div>
    }
}

/// The switches. What they change is input of the form, saved with it.
#[component]
fn Switches(desk: Desk) -> impl IntoView {
    let Desk { frame, texts, .. } = desk;
    let is_on = move || frame.typed.with(|typed| typed.calendar_api);
    let writes = move || frame.typed.with(|typed| typed.calendar_api && typed.calendar_api_write);
    let is_graph =
        move || frame.typed.with(|typed| matches!(typed.sync_type, SyncType::Graph | SyncType::Hybrid));
    view! {
        <div class="switches">
            <Switch label=texts.say(text::ON) on=is_on set=move |on| put(frame, Item::CalendarApi, on) />
            <p class="help">{live(texts.say(text::ON_HELP))}</p>
            <Show when=move || is_on() && !is_graph()>
                <p class="notice" data-tone="bad">{live(texts.say(text::NOT_GRAPH))}</p>
            </Show>
            <Show when=is_on>
                <Switch label=texts.say(text::WRITE) on=writes set=move |on| put(frame, Item::CalendarApiWrite, on) />
                <p class="help">{live(texts.say(text::WRITE_HELP))}</p>
            </Show>
            <Show when=move || writes() && is_graph()>
                <Script desk=desk about=text::MANIFEST script=manifest />
                <Script desk=desk about=text::GRANT script=grant />
                <Script desk=desk about=text::TAKE_AWAY script=take_away />
            </Show>
        </div>
    }
}

#[component]
fn Script(desk: Desk, about: kit::Words, script: fn() -> &'static str) -> impl IntoView {
    let texts = desk.texts;
    view! {
        <div class="script">
            <p class="help">{live(texts.say(about))}</p>
            <pre tabindex="0" translate="no">{script()}</pre>
            <CopyButton label=texts.say(text::COPY) copied=texts.say(text::COPIED) text=script />
        </div>
    }
}

/// The application permission in the place of that to read. Both ids are Microsoft's.
fn manifest() -> &'static str {
    "\"requiredResourceAccess\": [{\"resourceAppId\": \"00000003-0000-0000-c000-000000000000\", \"resourceAccess\": \
     [{\"id\": \"ef54d2bf-783f-4e0f-bca1-3210c0444d99\", \"type\": \"Role\"}]}]"
}

/// Limits writing to a group, in Exchange Online.
fn grant() -> &'static str {
    "New-ManagementRoleAssignment -App <object ID> -Role \"Application Calendars.ReadWrite\" -CustomResourceScope \"Calendar presence\""
}

/// What is too much then.
fn take_away() -> &'static str {
    "Get-ManagementRoleAssignment -RoleAssignee <object ID> -Role \"Application Calendars.Read\" | Remove-ManagementRoleAssignment"
}

fn put(frame: Frame, item: Item, on: bool) {
    spawn(async move {
        // It becomes input of the form, which tells what it makes of it.
        let _ = frame.request("take", object(&[(item.name(), on.into())])).await;
    });
}
