//! `GetItem`, one response message for each id.

use super::calendar_item::{Writing, row_of};
use super::shape::Shape;
use super::success;
use crate::ews::{Context, Problem, Refusal};
use crate::faults::Operation;
use crate::id::ItemId;
use crate::mailbox::Entry;
use crate::sim::Sim;
use crate::xml::{Element, m};

pub(super) fn run(sim: &Sim, context: &Context, operation: &Element) -> Result<Vec<Element>, Refusal> {
    let shape = Shape::of(sim, context, operation, Operation::GetItem)?;
    let target = context.need_target()?;
    let state = sim.state.read();
    let entry = state.directory.primary(&target.mailbox.address);
    let writing = Writing {
        shape: &shape,
        directory: &state.directory,
        zone: context.zone.as_ref(),
        wall_clocks: state.wall_clocks,
        whole_organizer: true,
    };
    let ids = operation.m("ItemIds").map_or(&[][..], |ids| &ids.children);
    Ok(ids
        .iter()
        .map(|id| one(entry, id, &writing).unwrap_or_else(|problem| problem.message("GetItem")))
        .collect())
}

fn one(entry: Option<&Entry>, id: &Element, writing: &Writing) -> Result<Element, Problem> {
    let text = id.attribute("Id").unwrap_or_default();
    let malformed = || Problem::new("ErrorInvalidIdMalformed", "Id is malformed.");
    let id = ItemId::decode(text).ok_or_else(malformed)?;
    let gone = || Problem::new("ErrorItemNotFound", "The specified object was not found in the store.");
    let entry =
        entry.filter(|entry| entry.mailbox.address.eq_ignore_ascii_case(&id.mailbox)).ok_or_else(gone)?;
    let row = row_of(entry, &id).ok_or_else(gone)?;
    Ok(success("GetItem").with(m("Items").with(row.write(writing))))
}
