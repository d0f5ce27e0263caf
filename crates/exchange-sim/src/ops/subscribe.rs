//! `Subscribe` with streaming, and `Unsubscribe`.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use uuid::Uuid;

use super::folder::folder_named;
use super::success;
use crate::ews::{Context, Refusal};
use crate::sim::Sim;
use crate::subscriptions::Subscription;
use crate::xml::{Element, m};

/// So long a subscription lives that no stream reads.
pub(super) const LIFETIME: Duration = Duration::from_mins(30);

pub(super) fn subscribe(sim: &Sim, context: &Context, operation: &Element) -> Result<Element, Refusal> {
    let request = operation.m("StreamingSubscriptionRequest");
    let request = request.ok_or_else(|| Refusal::left_out("subscriptions that do not stream"))?;
    let target = context.need_target()?;
    let all = matches!(request.attribute("SubscribeToAllFolders"), Some("true" | "1"));
    let folders = request.t("FolderIds");
    match (all, folders) {
        (true, Some(_)) | (false, None) => {
            let text = "Either folders or all folders are subscribed to.";
            return Err(Refusal::message("ErrorInvalidSubscriptionRequest", text));
        }
        (false, Some(folders)) => {
            for folder in &folders.children {
                folder_named(sim, context, folder)?;
            }
        }
        (true, None) => {}
    }
    check_server(sim, context)?;
    let mailbox = target.mailbox.address.to_lowercase();
    let most = sim.state.read().limits.subscriptions.unwrap_or(context.version.most_subscriptions());
    let mut subscriptions = sim.subscriptions.lock();
    subscriptions.expire(sim.pace(LIFETIME));
    if subscriptions.ids(Some(&mailbox)).len() >= most {
        let text = "You have exceeded the available subscriptions for your account.";
        return Err(Refusal::message("ErrorExceededSubscriptionCount", text));
    }
    let types = request.t("EventTypes").map_or(&[][..], |types| &types.children);
    let mut made =
        Subscription::new(context.caller.name(), mailbox, context.server.clone(), target.grouping.clone());
    made.types = types.iter().map(|kind| kind.text().to_owned()).collect();
    // Real ones begin with the server's name, too.
    let id = STANDARD.encode(format!("{}|{}", context.server, Uuid::new_v4()));
    subscriptions.add(id.clone(), made);
    Ok(success("Subscribe").with(m("SubscriptionId").says(id)))
}

/// A cookie or an anchor of another group leads to a server that does not have the mailbox.
fn check_server(sim: &Sim, context: &Context) -> Result<(), Refusal> {
    let target = context.need_target()?;
    let state = sim.state.read();
    let site = state.site(&target.mailbox.site);
    if site.is_some_and(|site| site.servers.contains(&context.server)) {
        return Ok(());
    }
    let text = "The mailbox belongs to another group than the server that the request was routed to.";
    Err(Refusal::message("ErrorProxyRequestNotAllowed", text))
}

pub(super) fn unsubscribe(sim: &Sim, context: &Context, operation: &Element) -> Result<Element, Refusal> {
    let id = operation.m("SubscriptionId").map_or("", Element::text);
    let mut subscriptions = sim.subscriptions.lock();
    match subscriptions.get(id) {
        Some(it) if it.owner != context.caller.name() => {
            let text = "The subscription was made by another account.";
            Err(Refusal::message("ErrorSubscriptionAccessDenied", text))
        }
        Some(it) if it.server == context.server => {
            subscriptions.remove(id);
            Ok(success("Unsubscribe"))
        }
        _ => {
            let text = "The specified subscription was not found.";
            Err(Refusal::message("ErrorSubscriptionNotFound", text))
        }
    }
}
