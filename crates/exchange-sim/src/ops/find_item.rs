//! `FindItem` with a `CalendarView`.

use chrono::TimeDelta;
use graph_sim::recurrence::Window;

use super::calendar_item::{Writing, rows_in};
use super::folder::{Folder, folder_named};
use super::shape::Shape;
use super::success;
use crate::ews::{Context, Refusal};
use crate::faults::Operation;
use crate::sim::Sim;
use crate::time::instant;
use crate::xml::{Element, m, t};

pub(super) fn run(sim: &Sim, context: &Context, operation: &Element) -> Result<Element, Refusal> {
    let shape = Shape::of(sim, context, operation, Operation::FindItem)?;
    let view = operation.m("CalendarView");
    if let Some(with) = ["Restriction", "SortOrder"].iter().find(|name| operation.m(name).is_some()) {
        return Err(match view {
            Some(_) => Refusal::message(
                "ErrorUnsupportedPathForSortGroup",
                "A calendar view has neither a restriction nor a sort order.",
            ),
            None => Refusal::left_out(&format!("FindItem with {with}")),
        });
    }
    if operation.attribute("Traversal") != Some("Shallow") && view.is_some() {
        return Err(Refusal::message("ErrorInvalidOperation", "A calendar view is shallow."));
    }
    let parents = operation.m("ParentFolderIds").map_or(&[][..], |parents| &parents.children);
    let [parent] = parents else { return Err(Refusal::left_out("FindItem in several folders")) };
    let folder = folder_named(sim, context, parent)?;
    let Some(view) = view else { return Err(Refusal::left_out("FindItem without a CalendarView")) };
    if folder.name != "calendar" {
        return Err(Refusal::message("ErrorCalendarViewNotAllowed", "Only calendars have a calendar view."));
    }
    let window = window_of(context, view)?;
    let most = view.attribute("MaxEntriesReturned").and_then(|most| most.parse().ok());
    Ok(answer(sim, context, &shape, &folder, window, most))
}

fn window_of(context: &Context, view: &Element) -> Result<Window, Refusal> {
    let at = |name: &str| view.attribute(name).and_then(|text| instant(text, context.zone.as_ref()));
    let (Some(start), Some(end)) = (at("StartDate"), at("EndDate")) else {
        return Err(Refusal::schema("a calendar view begins and ends"));
    };
    if end < start {
        let text = "EndDate is earlier than StartDate.";
        return Err(Refusal::message("ErrorCalendarEndDateIsEarlierThanStartDate", text));
    }
    if end - start > TimeDelta::days(731) {
        let text = "The specified view range exceeds the maximum range of two years.";
        return Err(Refusal::message("ErrorCalendarViewRangeTooBig", text));
    }
    Ok(Window { start, end })
}

fn answer(
    sim: &Sim,
    context: &Context,
    shape: &Shape,
    folder: &Folder,
    window: Window,
    most: Option<usize>,
) -> Element {
    let state = sim.state.read();
    let writing = Writing {
        shape,
        directory: &state.directory,
        zone: context.zone.as_ref(),
        wall_clocks: state.wall_clocks,
        whole_organizer: false,
    };
    let rows =
        state.directory.primary(&folder.mailbox).map(|entry| rows_in(entry, window)).unwrap_or_default();
    let most = most.unwrap_or(usize::MAX).min(state.limits.items);
    let last = rows.len() <= most;
    let items: Vec<Element> = rows.iter().take(most).map(|row| row.write(&writing)).collect();
    // What was cut off is not counted.
    let root = m("RootFolder")
        .set("TotalItemsInView", items.len().to_string())
        .set("IncludesLastItemInRange", last.to_string())
        .with(t("Items").with_all(items));
    success("FindItem").with(root)
}
