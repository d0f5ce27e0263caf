//! Reading a calendar.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};

use calendar::appointment::ShowAs;
use tracing::warn;

use super::convert::{record, show_as};
use super::days::lacks_zone;
use super::ews::Call;
use super::servers::Place;
use super::soap::{self, Item, Items, OofSettings, Resolutions, Who};
use super::trouble::Trouble;
use crate::source::Replies;
use crate::source::pseudonym::pseudonym;
use crate::source::record::Record;

/// Items are asked for so many at once.
const MAX_IDS: usize = 50;
/// A view is not cut into shorter pieces: more than a thousand appointments in an hour are no calendar.
const SHORTEST_MS: i64 = 3_600_000;
/// Zones are asked for of so many items: one that lacks them all has nothing to tell.
const MAX_ZONELESS: usize = 200;

/// Reads calendars.
pub struct Reader {
    /// Whether organizers matter.
    wants_organizers: bool,
    /// Addresses that only the directory understands, with those that everybody does. Empty for people who are gone.
    resolved: Mutex<HashMap<String, String>>,
}

impl Reader {
    /// `wants_organizers`: whether tentative appointments are told apart by them.
    pub fn new(wants_organizers: bool) -> Self {
        Self { wants_organizers, resolved: Mutex::default() }
    }

    /// All appointments of a mailbox in a span of time.
    pub async fn read(&self, place: &Place, who: &Who, window: (i64, i64)) -> Result<Vec<Record>, Trouble> {
        let mut items = view(place, who, window).await?;
        zones(place, who, &mut items).await?;
        let organizers = self.organizers(place, who, &items).await?;
        let organizer = |item: &Item| organizers.get(&item.id).map_or("", String::as_str);
        Ok(items.values().filter_map(|item| record(item, organizer(item))).collect())
    }

    async fn organizers(
        &self,
        place: &Place,
        who: &Who,
        items: &BTreeMap<String, Item>,
    ) -> Result<HashMap<String, String>, Trouble> {
        let is_tentative = |item: &&Item| show_as(item.show_as.as_deref()) == ShowAs::Tentative;
        let tentative = items.values().filter(is_tentative).filter(|_| self.wants_organizers);
        let ids: Vec<&str> = tentative.map(|item| item.id.as_str()).collect();
        let mut organizers = HashMap::new();
        for item in details(place, who, &ids, soap::get_organizers).await? {
            let Some(organizer) = item.organizer else { continue };
            let address = if organizer.routing.eq_ignore_ascii_case("EX") {
                self.resolve(place, who, &organizer.address).await?
            } else {
                organizer.address
            };
            organizers.insert(item.id, address);
        }
        Ok(organizers)
    }

    /// The address behind one that only the directory understands; empty if it does not any more.
    async fn resolve(&self, place: &Place, who: &Who, address: &str) -> Result<String, Trouble> {
        let known = self.resolved.lock().unwrap_or_else(PoisonError::into_inner).get(address).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let body = soap::resolve_names(Some(who), address);
        let call = Call { operation: "ResolveNames", body: &body, anchor: who.address(), jar: None };
        let found = match place.ews.one::<Resolutions>(call).await {
            Ok(Resolutions(found)) => found,
            Err(trouble) if trouble.code() == Some("ErrorNameResolutionNoResults") => Vec::new(),
            Err(trouble) => return Err(trouble),
        };
        let found = match found.as_slice() {
            [only] if only.mailbox.routing.eq_ignore_ascii_case("SMTP") => only.mailbox.address.clone(),
            _ => String::new(),
        };
        self.resolved
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(address.to_owned(), found.clone());
        Ok(found)
    }
}

/// Whether a mailbox answers automatically.
pub async fn replies(place: &Place, who: &Who) -> Result<Replies, Trouble> {
    let body = soap::get_oof_settings(who);
    let call = Call { operation: "GetUserOofSettings", body: &body, anchor: who.address(), jar: None };
    let OofSettings { state, start, end } = place.ews.one::<OofSettings>(call).await?;
    Ok(match (state.as_str(), start, end) {
        ("Scheduled", Some(start), Some(end)) => Replies::Scheduled(start, end),
        // Without times that can be read it is better to say too much than too little.
        ("Enabled" | "Scheduled", ..) => Replies::On,
        _ => Replies::Off,
    })
}

/// What a calendar has in a span of time, by id. Where that is more than an answer holds, in halves.
async fn view(place: &Place, who: &Who, window: (i64, i64)) -> Result<BTreeMap<String, Item>, Trouble> {
    let mut found = BTreeMap::new();
    let mut open = vec![window];
    while let Some((start, end)) = open.pop() {
        let body = soap::find_items(who, (start, end));
        let call = Call { operation: "FindItem", body: &body, anchor: who.address(), jar: None };
        let Items { items, complete } = place.ews.one::<Items>(call).await?;
        if !complete && end - start > SHORTEST_MS {
            let middle = start + (end - start) / 2;
            open.extend([(middle, end), (start, middle)]);
            continue;
        }
        if !complete {
            warn!(
                mailbox = pseudonym(who.address()),
                "more appointments than Exchange lists; some are missing"
            );
        }
        found.extend(items.into_iter().map(|item| (item.id.clone(), item)));
    }
    Ok(found)
}

/// Completes whole days that do not tell where they were made.
async fn zones(place: &Place, who: &Who, items: &mut BTreeMap<String, Item>) -> Result<(), Trouble> {
    let zoneless: Vec<String> = items
        .values()
        .filter(|item| lacks_zone(item))
        .map(|item| item.id.clone())
        .take(MAX_ZONELESS)
        .collect();
    let ids: Vec<&str> = zoneless.iter().map(String::as_str).collect();
    for detail in details(place, who, &ids, soap::get_time_zones).await? {
        if let Some(item) = items.get_mut(&detail.id)
            && detail.zone.is_some()
        {
            item.zone = detail.zone;
        }
    }
    Ok(())
}

/// More of some items. Those that are gone meanwhile are left out.
async fn details(
    place: &Place,
    who: &Who,
    ids: &[&str],
    request: fn(&Who, &[&str]) -> bytes::Bytes,
) -> Result<Vec<Item>, Trouble> {
    let mut found = Vec::new();
    for ids in ids.chunks(MAX_IDS) {
        let body = request(who, ids);
        let call = Call { operation: "GetItem", body: &body, anchor: who.address(), jar: None };
        let responses = place.ews.all::<Items>(call).await?;
        found.extend(
            responses.into_iter().filter_map(|response| response.into_result().ok()).flat_map(|i| i.items),
        );
    }
    Ok(found)
}
