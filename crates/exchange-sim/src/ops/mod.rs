//! The operations of EWS.

mod calendar_item;
mod find_item;
mod folder;
mod get_item;
mod oof;
mod resolve_names;
mod shape;
mod stream;
mod subscribe;

use std::sync::Arc;

pub(crate) use calendar_item::item_id;
pub(crate) use stream::Chunks;

use crate::ews::{Answer, Call, Charged, Context, Refusal};
use crate::faults::Operation;
use crate::sim::Sim;
use crate::xml::{Element, m};

/// Does what an envelope asks for.
pub(crate) fn run(
    sim: &Arc<Sim>,
    context: &Context,
    call: &Call,
    charged: Charged,
) -> Result<Answer, Refusal> {
    let operation = &call.operation;
    let name = operation.name.as_str();
    let one = |message: Element| Answer::Messages(response(name, [message]));
    Ok(match call.kind {
        Operation::FindItem => one(find_item::run(sim, context, operation)?),
        Operation::GetItem => Answer::Messages(response(name, get_item::run(sim, context, operation)?)),
        Operation::GetFolder => Answer::Messages(response(name, folder::run(sim, context, operation)?)),
        Operation::GetUserOofSettings => Answer::Messages(oof::run(sim, context, operation)?),
        Operation::ResolveNames => one(resolve_names::run(sim, context, operation)?),
        Operation::Subscribe => one(subscribe::subscribe(sim, context, operation)?),
        Operation::Unsubscribe => one(subscribe::unsubscribe(sim, context, operation)?),
        Operation::GetStreamingEvents => Answer::Stream(stream::run(sim, context, operation, charged)?),
        _ => return Err(Refusal::left_out(name)),
    })
}

/// The element of an answer: response messages one after another.
pub(crate) fn response(operation: &str, messages: impl IntoIterator<Item = Element>) -> Element {
    if operation == oof::REQUEST {
        return oof::refusal(messages);
    }
    m(&format!("{operation}Response")).with(m("ResponseMessages").with_all(messages))
}

/// A response message that went well; what it brings is still missing.
pub(crate) fn success(operation: &str) -> Element {
    m(&format!("{operation}ResponseMessage"))
        .set("ResponseClass", "Success")
        .with(m("ResponseCode").says("NoError"))
}

/// How many response messages an operation has: one for each item or folder it names.
pub(crate) fn messages_of(kind: Operation, operation: &Element) -> usize {
    let parts = match kind {
        Operation::GetItem => operation.m("ItemIds"),
        Operation::GetFolder => operation.m("FolderIds"),
        Operation::FindItem => operation.m("ParentFolderIds"),
        _ => None,
    };
    parts.map_or(1, |parts| parts.children.len())
}
