//! What the administrator has typed, beside what the service has. Knows no browser.

use calendar::Platform;
use calendar::settings::{Code, Item, Kind, Secret, Settings, Value};
use serde_json::{Map, Value as Json};

/// The settings as the service has them, as they stand in the form, and what lies between.
#[derive(Clone, Default)]
pub struct Draft {
    base: Settings,
    typed: Settings,
    revision: Option<u64>,
    marks: Vec<(Item, Mark)>,
    problems: Vec<(Item, Code)>,
}

/// What is to be remembered of an item beside its value.
#[derive(Clone, Default)]
struct Mark {
    /// What stands in the field of a number, where that is none.
    unreadable: Option<String>,
    /// What somebody else has made of an item that was changed here too.
    theirs: Option<Value>,
    /// What the service has found wrong, until the item is changed.
    refused: Option<Code>,
    /// Whether problems are shown: the administrator has left the field, or has tried to save.
    touched: bool,
}

/// Which side of a conflict wins.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// What was typed here.
    Mine,
    /// What somebody else has saved.
    Theirs,
}

/// What a save sends.
pub type Changes = Vec<(Item, Value)>;

impl Draft {
    /// Takes over what the service has now. Items not changed here follow. One that was changed both here and
    /// elsewhere becomes a conflict: it keeps its old base until that is [settled](Self::settle).
    pub fn update(&mut self, items: &Map<String, Json>, revision: Option<u64>) {
        self.revision = revision;
        for &item in Item::ALL {
            if let Some(value) = items.get(item.name()).and_then(|json| stored_value(item, json)) {
                self.follow(item, value);
            }
        }
    }

    /// Takes over whether a password is stored, which the values do not tell.
    pub fn update_secret(&mut self, item: Item, is_stored: bool) {
        if item.kind() == Kind::Password {
            self.follow(item, Value::Secret(if is_stored { Secret::Stored } else { Secret::Absent }));
        }
    }

    fn follow(&mut self, item: Item, stored: Value) {
        let is_news = stored != self.base.get(item);
        if is_news && (!self.is_changed(item) || self.typed.get(item) == stored) {
            self.store(item, stored.clone());
            self.put(item, stored);
            self.mark(item, |mark| mark.theirs = None);
        } else if is_news || self.theirs(item).is_some() {
            self.mark(item, |mark| mark.theirs = is_news.then_some(stored));
        }
    }

    /// Ends a conflict: from now on the item builds on what somebody else has saved.
    pub fn settle(&mut self, item: Item, side: Side) {
        let Some(theirs) = self.theirs(item).cloned() else { return };
        self.mark(item, |mark| mark.theirs = None);
        self.store(item, theirs.clone());
        if side == Side::Theirs {
            self.put(item, theirs);
        }
    }

    /// Changes an item. An empty secret is none: the stored one stays.
    pub fn set(&mut self, item: Item, value: Value) {
        let is_nothing = value == Value::Secret(Secret::Given(String::new()));
        let value = if is_nothing { self.base.get(item) } else { value };
        self.put(item, value);
    }

    /// Changes a number by the text of its field.
    pub fn set_number(&mut self, item: Item, text: &str) {
        match text.trim().parse() {
            Ok(number) => self.put(item, Value::Int(number)),
            Err(_) => self.mark(item, |mark| mark.unreadable = Some(text.to_owned())),
        }
    }

    /// Brings a text into its normal form and shows its problems, now that the administrator has left the field.
    pub fn leave(&mut self, item: Item, platform: &dyn Platform) {
        self.mark(item, |mark| mark.touched = true);
        if let Value::Text(text) = self.typed.get(item)
            && let Ok(normal) = item.normal_form(text.trim(), platform)
            && normal != text
        {
            self.put(item, Value::Text(normal));
        }
    }

    /// Forgets everything typed. Conflicts end with what somebody else has saved.
    pub fn discard(&mut self) {
        for &item in Item::ALL {
            self.settle(item, Side::Theirs);
        }
        self.typed = self.base.clone();
        self.marks.clear();
    }

    /// Notes that the service has stored what was sent. Whatever was typed in the meantime stays.
    pub fn saved(&mut self, sent: Changes, items: &Map<String, Json>, revision: Option<u64>) {
        for (item, value) in sent {
            let stored = match &value {
                Value::Secret(Secret::Given(_)) => Value::Secret(Secret::Stored),
                other => other.clone(),
            };
            if self.typed.get(item) == value {
                self.put(item, stored.clone());
            }
            self.store(item, stored);
            self.marks.retain(|(marked, _)| *marked != item);
        }
        self.update(items, revision);
    }

    /// Finds everything wrong with what is shown, in the order of the form. To be done after each change.
    pub fn check(&mut self, platform: &dyn Platform) {
        let found = self.typed.check(platform);
        let problem = |item: Item| {
            let checked =
                found.iter().find(|problem| problem.item == item.name()).map(|problem| problem.code);
            let mark = self.mark_of(item);
            let unreadable = mark.and_then(|mark| mark.unreadable.as_ref()).map(|_| Code::Range);
            Some((item, unreadable.or(checked).or(mark.and_then(|mark| mark.refused))?))
        };
        self.problems = self.shown().filter_map(problem).collect();
    }

    /// Notes what the service has found wrong with an item.
    pub fn refuse(&mut self, item: Item, code: Code) {
        self.mark(item, |mark| mark.refused = Some(code));
    }

    /// Shows the problems of all items, because the administrator has tried to save.
    pub fn touch_all(&mut self) {
        for &item in Item::ALL {
            self.mark(item, |mark| mark.touched = true);
        }
    }

    // The values fit their items: they come from `get` of the same item, or were made for its kind. A choice that is
    // not known here, stored by a newer version, leaves the item as it is.
    fn put(&mut self, item: Item, value: Value) {
        self.mark(item, |mark| (mark.unreadable, mark.refused) = (None, None));
        let _ = self.typed.set(item, value);
    }

    fn store(&mut self, item: Item, value: Value) {
        let _ = self.base.set(item, value);
    }

    /// Changes the mark of an item.
    fn mark(&mut self, item: Item, change: impl FnOnce(&mut Mark)) {
        if let Some((_, mark)) = self.marks.iter_mut().find(|(marked, _)| *marked == item) {
            change(mark);
        } else {
            let mut mark = Mark::default();
            change(&mut mark);
            self.marks.push((item, mark));
        }
    }
}

impl Draft {
    /// The settings as they stand in the form.
    pub fn settings(&self) -> &Settings {
        &self.typed
    }

    /// Revision that the next write names.
    pub fn revision(&self) -> Option<u64> {
        self.revision
    }

    /// Name of the PBX that the service has.
    pub fn stored_pbx(&self) -> &str {
        &self.base.pbx_name
    }

    /// What stands in the field of a number.
    pub fn number_text(&self, item: Item) -> String {
        match (self.mark_of(item).and_then(|mark| mark.unreadable.as_ref()), self.typed.get(item)) {
            (Some(text), _) => text.clone(),
            (None, Value::Int(number)) => number.to_string(),
            (None, _) => String::new(),
        }
    }

    /// Whether the service has a password for the item.
    pub fn is_stored(&self, item: Item) -> bool {
        self.base.get(item) == Value::Secret(Secret::Stored)
    }

    /// Whether the item differs from what the service has.
    pub fn is_changed(&self, item: Item) -> bool {
        let is_unreadable = || self.mark_of(item).is_some_and(|mark| mark.unreadable.is_some());
        self.typed.get(item) != self.base.get(item) || is_unreadable()
    }

    /// What a save sends. Items that are hidden now keep what was typed into them, but are not sent.
    pub fn changes(&self) -> Changes {
        let changed = self.shown().filter(|&item| self.is_changed(item));
        changed.map(|item| (item, self.typed.get(item))).collect()
    }

    /// What somebody else has made of an item that was changed here too.
    pub fn theirs(&self, item: Item) -> Option<&Value> {
        self.mark_of(item)?.theirs.as_ref()
    }

    /// The first item whose conflict keeps the form from being saved.
    pub fn first_conflict(&self) -> Option<Item> {
        self.shown().find(|&item| self.theirs(item).is_some())
    }

    /// Everything that was wrong at the last [check](Self::check).
    pub fn problems(&self) -> &[(Item, Code)] {
        &self.problems
    }

    /// What is wrong with an item, where that is to be shown: the administrator has left it, or has tried to save.
    pub fn shown_problem(&self, item: Item) -> Option<Code> {
        let mark = self.mark_of(item)?;
        let (_, code) = self.problems.iter().find(|(wrong, _)| *wrong == item)?;
        (mark.touched || mark.refused.is_some()).then_some(*code)
    }

    /// The changes as JSON without secrets, to be rescued should the form break.
    pub fn rescue(&self) -> Map<String, Json> {
        let mut rescue = Map::new();
        for (item, _) in self.changes().into_iter().filter(|(item, _)| item.kind() != Kind::Password) {
            rescue.insert(item.name().to_owned(), self.typed.item_to_json(item));
        }
        rescue
    }

    fn mark_of(&self, item: Item) -> Option<&Mark> {
        self.marks.iter().find(|(marked, _)| *marked == item).map(|(_, mark)| mark)
    }

    fn shown(&self) -> impl Iterator<Item = Item> {
        Item::ALL.iter().copied().filter(|item| item.shown(&self.typed))
    }
}

/// A value as the service sends it, taken as it is: what an older version has stored is to be shown, not refused.
/// Passwords are never sent.
fn stored_value(item: Item, json: &Json) -> Option<Value> {
    match (item.kind(), json) {
        (Kind::Bool, Json::Bool(value)) => Some(Value::Bool(*value)),
        (Kind::Int { .. }, Json::Number(number)) => number.as_i64().map(Value::Int),
        (Kind::Choice(_), Json::Number(number)) => {
            Some(Value::Choice(usize::try_from(number.as_u64()?).ok()?))
        }
        (Kind::Text, Json::String(text)) => Some(Value::Text(text.clone())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use calendar::Native;
    use serde_json::json;

    use super::*;

    fn items(json: Json) -> Map<String, Json> {
        serde_json::from_value(json).unwrap()
    }

    fn loaded(json: Json) -> Draft {
        let mut draft = Draft::default();
        draft.update(&items(json), Some(1));
        draft
    }

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    fn given(secret: &str) -> Value {
        Value::Secret(Secret::Given(secret.to_owned()))
    }

    #[test]
    fn what_was_not_typed_follows_the_service() {
        let mut draft = loaded(json!({"pbxName": "hq", "showSubject": true, "mapBusy": 2}));
        draft.set(Item::PbxName, text("mine"));
        draft.update(&items(json!({"pbxName": "hq", "showSubject": false, "mapBusy": 3})), Some(2));
        assert_eq!(draft.changes(), [(Item::PbxName, text("mine"))]);
        assert_eq!(draft.settings().get(Item::ShowSubject), Value::Bool(false));
        assert_eq!(draft.settings().get(Item::MapBusy), Value::Choice(3));
        assert_eq!(draft.first_conflict(), None);
        assert_eq!(draft.revision(), Some(2));
    }

    #[test]
    fn a_change_on_both_sides_is_a_conflict_until_one_is_chosen() {
        for (side, left) in [(Side::Mine, vec![(Item::PbxName, text("mine"))]), (Side::Theirs, vec![])] {
            let mut draft = loaded(json!({"pbxName": "old"}));
            draft.set(Item::PbxName, text("mine"));
            draft.update(&items(json!({"pbxName": "theirs"})), Some(2));
            assert_eq!(draft.theirs(Item::PbxName), Some(&text("theirs")));
            assert_eq!(draft.first_conflict(), Some(Item::PbxName));
            draft.settle(Item::PbxName, side);
            assert_eq!(draft.first_conflict(), None);
            assert_eq!(draft.changes(), left);
        }
    }

    #[test]
    fn a_conflict_ends_when_the_other_side_goes_back_or_comes_to_the_same() {
        for theirs in ["old", "mine"] {
            let mut draft = loaded(json!({"pbxName": "old"}));
            draft.set(Item::PbxName, text("mine"));
            draft.update(&items(json!({"pbxName": "theirs"})), Some(2));
            draft.update(&items(json!({"pbxName": theirs})), Some(3));
            assert_eq!(draft.first_conflict(), None, "{theirs}");
            assert_eq!(draft.changes().is_empty(), theirs == "mine");
        }
    }

    #[test]
    fn discarding_ends_with_what_the_service_has() {
        let mut draft = loaded(json!({"pbxName": "old"}));
        draft.set(Item::PbxName, text("mine"));
        draft.set_number(Item::MaxSubscriptions, "x");
        draft.update(&items(json!({"pbxName": "theirs"})), Some(2));
        draft.discard();
        assert_eq!(draft.changes(), []);
        assert_eq!(draft.settings().pbx_name, "theirs");
        assert_eq!(draft.number_text(Item::MaxSubscriptions), "200");
    }

    #[test]
    fn hidden_items_keep_their_input_and_are_not_sent() {
        let mut draft = loaded(json!({"syncType": 1}));
        draft.set(Item::User, text("a@example.com"));
        draft.set(Item::SyncType, Value::Choice(0));
        assert_eq!(draft.changes(), [(Item::SyncType, Value::Choice(0))]);
        draft.set(Item::SyncType, Value::Choice(1));
        assert_eq!(draft.changes(), [(Item::User, text("a@example.com"))]);
    }

    #[test]
    fn an_empty_secret_leaves_the_stored_one() {
        let mut draft = loaded(json!({"syncType": 1}));
        draft.update_secret(Item::Password, true);
        draft.set(Item::Password, given("x"));
        draft.set(Item::Password, given(""));
        assert_eq!(draft.changes(), []);
        draft.set(Item::Password, Value::Secret(Secret::Absent));
        assert_eq!(draft.changes(), [(Item::Password, Value::Secret(Secret::Absent))]);
    }

    #[test]
    fn a_saved_secret_counts_as_stored_and_a_later_one_stays() {
        let mut draft = loaded(json!({"syncType": 1}));
        draft.set(Item::Password, given("first"));
        let sent = draft.changes();
        draft.saved(sent.clone(), &Map::new(), Some(2));
        assert!(draft.is_stored(Item::Password));
        assert_eq!(draft.changes(), []);

        draft.set(Item::Password, given("second"));
        draft.saved(sent, &Map::new(), Some(3));
        assert_eq!(draft.changes(), [(Item::Password, given("second"))]);
    }

    #[test]
    fn a_saved_text_takes_the_form_that_the_service_gave_it() {
        let mut draft = loaded(json!({"syncType": 1}));
        draft.set(Item::EwsUrl, text("mail.example.com"));
        let sent = draft.changes();
        let stored = json!({"syncType": 1, "ewsUrl": "https://mail.example.com/EWS/Exchange.asmx"});
        draft.saved(sent, &items(stored), Some(2));
        assert_eq!(draft.changes(), []);
        assert_eq!(draft.settings().ews_url, "https://mail.example.com/EWS/Exchange.asmx");
    }

    #[test]
    fn a_number_that_is_none_is_kept_and_wrong() {
        let mut draft = loaded(json!({"syncType": 4, "maxSubscriptions": 50}));
        draft.set(Item::SyncType, Value::Choice(3));
        draft.set_number(Item::MaxSubscriptions, "many");
        draft.check(&Native);
        assert_eq!(draft.number_text(Item::MaxSubscriptions), "many");
        assert!(draft.problems().contains(&(Item::MaxSubscriptions, Code::Range)));
        draft.set_number(Item::MaxSubscriptions, " 50 ");
        assert!(!draft.is_changed(Item::MaxSubscriptions));
    }

    #[test]
    fn leaving_a_field_shows_its_problem_and_its_normal_form() {
        let mut draft = loaded(json!({"syncType": 1}));
        draft.check(&Native);
        assert_eq!(draft.shown_problem(Item::User), None);
        draft.leave(Item::User, &Native);
        assert_eq!(draft.shown_problem(Item::User), Some(Code::Required));
        draft.set(Item::EwsUrl, text(" mail.example.com "));
        draft.leave(Item::EwsUrl, &Native);
        assert_eq!(draft.settings().ews_url, "https://mail.example.com/EWS/Exchange.asmx");
    }

    #[test]
    fn what_the_service_refused_is_shown_until_it_is_changed() {
        let mut draft = loaded(json!({"pbxName": "a"}));
        draft.refuse(Item::PbxName, Code::PbxName);
        draft.check(&Native);
        assert_eq!(draft.problems(), [(Item::PbxName, Code::PbxName)]);
        assert_eq!(draft.shown_problem(Item::PbxName), Some(Code::PbxName));
        draft.set(Item::PbxName, text("b"));
        draft.check(&Native);
        assert_eq!(draft.problems(), []);
    }

    #[test]
    fn the_rescue_holds_no_secret() {
        let mut draft = loaded(json!({"syncType": 4}));
        draft.set(Item::ClientSecret, given("s3cret"));
        draft.set(Item::TenantId, text("example.com"));
        assert_eq!(draft.rescue(), items(json!({"tenantId": "example.com"})));
    }

    #[test]
    fn foreign_values_are_taken_as_they_are_or_left() {
        let draft =
            loaded(json!({"pbxName": "not.a/name", "mapBusy": 99, "presenceLanguage": "de", "new": 1}));
        assert_eq!(draft.settings().pbx_name, "not.a/name");
        assert_eq!(draft.settings().get(Item::MapBusy), Settings::default().get(Item::MapBusy));
        assert_eq!(draft.changes(), []);
    }
}
