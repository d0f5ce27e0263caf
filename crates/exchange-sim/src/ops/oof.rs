//! `GetUserOofSettings`: automatic replies. It is of Availability, whose answers look otherwise.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use graph_sim::AutomaticReplies;

use crate::ews::{Context, Refusal};
use crate::sim::Sim;
use crate::xml::{Element, m, t};

/// Name of the element that asks.
pub(super) const REQUEST: &str = "GetUserOofSettingsRequest";
const RESPONSE: &str = "GetUserOofSettingsResponse";
/// Clients have to drop messages; this one is easy to find in whatever kept it.
const MESSAGE: &str = "Message of exchange-sim that no client may keep.";

/// Only the owner may ask, under any of the addresses.
pub(super) fn run(sim: &Sim, context: &Context, operation: &Element) -> Result<Element, Refusal> {
    let target = context.need_target()?;
    let address = operation.t("Mailbox").and_then(|mailbox| mailbox.t("Address")).map_or("", Element::text);
    if !target.mailbox.all_addresses().any(|own| own.eq_ignore_ascii_case(address.trim())) {
        let text = "Microsoft Exchange Web Services could not get the automatic replies of another user.";
        return Err(Refusal::message("ErrorAccessDenied", text));
    }
    let now = sim.now();
    let (state, start, end) = match target.mailbox.automatic_replies {
        AutomaticReplies::Disabled => ("Disabled", now, now + TimeDelta::days(1)),
        AutomaticReplies::AlwaysEnabled => ("Enabled", now, now + TimeDelta::days(1)),
        AutomaticReplies::Scheduled { start, end } => ("Scheduled", start, end),
    };
    let time = |time: DateTime<Utc>| time.to_rfc3339_opts(SecondsFormat::Secs, true);
    let reply = |name: &str| t(name).with(t("Message").says(MESSAGE));
    let settings = t("OofSettings")
        .with(t("OofState").says(state))
        .with(t("ExternalAudience").says("All"))
        .with(t("Duration").with(t("StartTime").says(time(start))).with(t("EndTime").says(time(end))))
        .with(reply("InternalReply"))
        .with(reply("ExternalReply"));
    let message =
        m("ResponseMessage").set("ResponseClass", "Success").with(m("ResponseCode").says("NoError"));
    Ok(m(RESPONSE).with(message).with(settings).with(m("AllowExternalOof").says("All")))
}

/// What is refused, in the shape of this operation.
pub(super) fn refusal(messages: impl IntoIterator<Item = Element>) -> Element {
    let messages = messages.into_iter().map(|mut message| {
        message.name = "ResponseMessage".into();
        message
    });
    m(RESPONSE).with_all(messages)
}
