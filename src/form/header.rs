use leptos::prelude::*;

use super::session::{Access, Form};
use crate::connection::Status;
use crate::text::{Text, fill};

/// Title, and what the service does at the moment.
#[component]
pub fn Header(
    /// What the parts of the form share.
    form: Form,
) -> impl IntoView {
    let sentences =
        form.show(|form| form.status.get().map(|status| sentences(form, &status)).unwrap_or_default());
    let health = form.show(|form| form.status.with(|status| status.as_ref().map_or("", health)).to_owned());
    view! {
        <header>
            <h2>{form.say(Text::Title)}</h2>
            <p class="status" role="status" data-health=health>{sentences}</p>
        </header>
    }
}

fn sentences(form: Form, status: &Status) -> String {
    let sync = match &*status.sync {
        "off" => form.text(Text::SyncOff).to_owned(),
        "starting" => form.text(Text::SyncStarting).to_owned(),
        "running" => form.filled(Text::SyncRunning, &status.users.to_string()),
        "notSupported" => form.text(Text::SyncNotSupported).to_owned(),
        _ => form.text(Text::SyncError).to_owned(),
    };
    let configured = form.draft.with(|draft| draft.stored_pbx().to_owned());
    let pbx = match (status.is_pbx_connected, &*status.other_pbxs, &*configured) {
        (_, _, "") => return sync,
        (true, _, _) => form.filled(Text::PbxConnected, &configured),
        (false, [], _) => form.filled(Text::PbxMissing, &configured),
        (false, others, _) => fill(form.text(Text::PbxOther), &[&configured, &others.join(", ")]),
    };
    sync + " " + &pbx
}

fn health(status: &Status) -> &'static str {
    match &*status.sync {
        "running" if status.is_pbx_connected => "good",
        "off" => "",
        "error" => "bad",
        _ => "fair",
    }
}

/// Stands for the fields until there are settings.
#[component]
pub fn Waiting(
    /// What the parts of the form share.
    form: Form,
) -> impl IntoView {
    let denied = form.show(|form| match form.access.get() {
        Access::Denied => form.text(Text::NoAccess).to_owned(),
        Access::Awaited | Access::Granted => String::new(),
    });
    view! {
        <p class="warning" role="alert">{denied}</p>
        <div class="sections ghosts" aria-hidden="true"><div class="card"></div><div class="card"></div></div>
    }
}
