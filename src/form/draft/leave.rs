use calendar::Platform;
use calendar::settings::mixup::{self, Mixup};
use calendar::settings::{Item, Secret, Value, paste};

use super::Draft;

impl Draft {
    /// Makes of an input what is meant by it, in its normal form, and shows its problems, now that the administrator
    /// has left the field.
    pub fn leave(&mut self, item: Item, platform: &dyn Platform) {
        self.mark(item, |mark| mark.touched = true);
        if !self.is_changed(item) {
            return;
        }
        match self.typed.get(item) {
            Value::Text(text) => self.leave_text(item, &text, platform),
            Value::Secret(Secret::Given(text)) => {
                let clean = item.clean(&text);
                if clean != text {
                    self.set(item, Value::Secret(Secret::Given(clean)));
                }
            }
            _ => {}
        }
    }

    fn leave_text(&mut self, item: Item, text: &str, platform: &dyn Platform) {
        if let Ok(normal) = item.normal_form(&item.pasted(text.trim()), platform)
            && normal != text
        {
            self.put(item, Value::Text(normal));
        }
        if let Some(called) = paste::call(item, text) {
            self.mark(item, |mark| mark.called = Some(called));
        }
        if let Some((neighbour, rest)) = paste::rest(item, text)
            && self.typed.get(neighbour) == Value::Text(String::new())
        {
            self.put(neighbour, Value::Text(rest));
        }
    }

    /// What an item probably holds in place of what it should, once its field has been left.
    pub fn mixup(&self, item: Item) -> Option<Mixup> {
        let is_touched = self.mark_of(item).is_some_and(|mark| mark.touched);
        let call = |item| Some((item, self.mark_of(item)?.called?));
        let calls: Vec<_> = [Item::ClientId, Item::TenantId].into_iter().filter_map(call).collect();
        mixup::mixup(item, &self.typed, &calls).filter(|_| is_touched)
    }

    /// The first of the changes that is probably mixed up, to be asked about before it is saved. Once for each value.
    /// That a secret looks unusual is no reason to ask: it may be as Microsoft makes them tomorrow.
    pub fn doubt(&mut self) -> Option<Item> {
        let is_doubtful = |&item: &Item| {
            let is_asked = self.mark_of(item).is_some_and(|mark| mark.asked);
            let is_certain = self.mixup(item).is_some_and(|mixup| mixup != Mixup::OddSecret);
            self.is_changed(item) && !is_asked && is_certain
        };
        let items = [Item::ClientId, Item::TenantId, Item::ClientSecret];
        let doubtful: Vec<Item> = items.into_iter().filter(is_doubtful).collect();
        for &item in &doubtful {
            self.mark(item, |mark| mark.asked = true);
        }
        doubtful.first().copied()
    }

    /// Puts client and tenant into each other's place.
    pub fn swap_ids(&mut self) {
        let (client, tenant) = (self.typed.get(Item::ClientId), self.typed.get(Item::TenantId));
        self.put(Item::ClientId, tenant);
        self.put(Item::TenantId, client);
    }
}
