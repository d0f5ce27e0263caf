use calendar::Native;
use calendar::settings::guidance::move_to_graph;
use calendar::settings::mixup::Mixup;
use calendar::settings::transfer::{self, File};
use calendar::settings::{Section, SyncType};
use serde_json::json;

use super::*;

mod second_thoughts;
mod secret_again;

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
    draft.set(Item::PresenceTimeZone, text("europe/berlin\u{a0}"));
    draft.check(&Native);
    assert!(draft.problems().iter().all(|(item, _)| *item != Item::PresenceTimeZone));
    draft.leave(Item::PresenceTimeZone, &Native);
    assert_eq!(draft.settings().presence_time_zone, "Europe/Berlin");
}

#[test]
fn a_secret_of_blanks_alone_is_none() {
    let mut draft = loaded(json!({}));
    draft.update_secret(Item::Password, true);
    draft.set(Item::Password, given(" \u{200b}"));
    assert_eq!(draft.settings().password, Secret::Stored);
    draft.set(Item::Password, given("\u{feff}p "));
    draft.leave(Item::Password, &Native);
    assert_eq!(draft.settings().password, Secret::Given("p".to_owned()));
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
fn what_the_service_refused_is_shown_after_its_field_was_left() {
    let mut draft = loaded(json!({"syncType": 4}));
    for (item, value) in [(Item::ClientSecret, given("s3cret")), (Item::TenantId, text("example.com"))] {
        draft.set(item, value);
        draft.refuse(item, Code::Encryption);
        draft.leave(item, &Native);
        draft.check(&Native);
        assert_eq!(draft.shown_problem(item), Some(Code::Encryption), "{}", item.name());
    }
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
    let draft = loaded(json!({"pbxName": "not.a/name", "mapBusy": 99, "presenceLanguage": "de", "new": 1}));
    assert_eq!(draft.settings().pbx_name, "not.a/name");
    assert_eq!(draft.settings().get(Item::MapBusy), Settings::default().get(Item::MapBusy));
    assert_eq!(draft.changes(), []);
}

const CLIENT: &str = "0123abcd-89ab-4def-8123-456789abcdef";
const TENANT: &str = "99999999-89ab-4def-8123-456789abcdef";

/// A draft into whose fields these texts were pasted one after the other.
fn pasted(texts: &[(Item, &str)]) -> Draft {
    let mut draft = loaded(json!({"syncType": 4}));
    for (item, pasted) in texts {
        draft.set(*item, text(pasted));
        draft.leave(*item, &Native);
    }
    draft
}

fn ids(draft: &Draft) -> [&str; 2] {
    [&draft.settings().client_id, &draft.settings().tenant_id]
}

fn mixups(draft: &Draft) -> [Option<Mixup>; 2] {
    [Item::ClientId, Item::TenantId].map(|item| draft.mixup(item))
}

#[test]
fn pasted_lines_become_the_ids_in_them() {
    let client = CLIENT.to_uppercase();
    let draft =
        pasted(&[(Item::ClientId, &format!("clientId={{{client}}}")), (Item::TenantId, " Contoso.com ")]);
    assert_eq!(ids(&draft), [CLIENT, "contoso.com"]);
    assert_eq!(mixups(&draft), [None, None]);
}

#[test]
fn a_pasted_overview_fills_both_ids_and_overwrites_none() {
    let overview = format!("Application (client) ID: {CLIENT} Directory (tenant) ID: {TENANT}");
    for item in [Item::ClientId, Item::TenantId] {
        let draft = pasted(&[(item, &overview)]);
        assert_eq!((ids(&draft), mixups(&draft)), ([CLIENT, TENANT], [None, None]));
    }
    let draft = pasted(&[(Item::TenantId, "contoso.com"), (Item::ClientId, &overview)]);
    assert_eq!(ids(&draft), [CLIENT, "contoso.com"]);
}

#[test]
fn ids_in_each_others_place_are_told_and_swapped() {
    let lines =
        [(Item::ClientId, format!("tenantId={TENANT}")), (Item::TenantId, format!("clientId={CLIENT}"))];
    let mut draft = pasted(&lines.each_ref().map(|(item, line)| (*item, line.as_str())));
    assert_eq!(mixups(&draft), [Some(Mixup::Swapped); 2]);
    draft.swap_ids();
    assert_eq!((ids(&draft), mixups(&draft)), ([CLIENT, TENANT], [None, None]));
}

#[test]
fn a_mix_up_is_told_when_the_field_is_left_and_until_it_is_changed() {
    let mut draft = pasted(&[(Item::ClientId, &format!("Object ID: {CLIENT}"))]);
    assert_eq!(mixups(&draft), [Some(Mixup::ObjectId), None]);
    draft.leave(Item::ClientId, &Native);
    assert_eq!(mixups(&draft), [Some(Mixup::ObjectId), None]);
    draft.set(Item::ClientId, text(TENANT));
    assert_eq!(mixups(&draft), [None, None]);

    draft.set(Item::ClientSecret, given(&format!(" {CLIENT}")));
    assert_eq!(draft.mixup(Item::ClientSecret), None);
    draft.leave(Item::ClientSecret, &Native);
    assert_eq!(draft.mixup(Item::ClientSecret), Some(Mixup::SecretId));
    assert_eq!(draft.settings().client_secret, Secret::Given(CLIENT.to_owned()));
}

#[test]
fn leaving_a_field_that_was_not_changed_leaves_it() {
    let mut draft = loaded(json!({"syncType": 4, "clientId": CLIENT.to_uppercase()}));
    draft.leave(Item::ClientId, &Native);
    assert_eq!(draft.changes(), []);
}

/// Saves what was typed, as the service does it.
fn save(draft: &mut Draft, revision: u64) {
    let sent = draft.changes();
    let mut stored = draft.stored().clone();
    for (item, value) in &sent {
        stored.set(*item, value.clone()).unwrap();
    }
    draft.saved(sent, &stored.to_items(), Some(revision));
}

fn difference(item: Item, now: Value, then: Value) -> Difference {
    Difference { item, now, then }
}

#[test]
fn a_save_tells_what_it_changed_in_the_form_the_service_gave_it() {
    let mut draft = loaded(json!({"syncType": 1, "user": "a@example.com"}));
    draft.update_secret(Item::Password, true);
    draft.set(Item::EwsUrl, text("mail.example.com"));
    draft.set(Item::Password, given("s3cret"));
    let stored = json!({"ewsUrl": "https://mail.example.com/EWS/Exchange.asmx", "user": "b@example.com"});
    draft.saved(draft.changes(), &items(stored), Some(2));
    let secret = Value::Secret(Secret::Stored);
    let url = text("https://mail.example.com/EWS/Exchange.asmx");
    assert_eq!(
        draft.last_save(),
        [difference(Item::Password, secret.clone(), secret), difference(Item::EwsUrl, text(""), url.clone()),]
    );
    assert_eq!(draft.settings().get(Item::EwsUrl), url);
    assert_eq!(draft.changes(), []);
}

#[test]
fn the_normal_form_of_a_saved_text_is_no_conflict_with_what_was_typed_since() {
    let mut draft = loaded(json!({"syncType": 1}));
    draft.set(Item::EwsUrl, text("a.example.com"));
    let sent = draft.changes();
    draft.set(Item::EwsUrl, text("b.example.com"));
    let stored = items(json!({"ewsUrl": "https://a.example.com/EWS/Exchange.asmx"}));
    draft.saved(sent, &stored, Some(2));
    assert_eq!(draft.first_conflict(), None);
    assert_eq!(draft.changes(), [(Item::EwsUrl, text("b.example.com"))]);
}

#[test]
fn the_last_save_is_undone_also_where_it_hides_items_and_can_be_done_again() {
    let mut draft = loaded(json!({"syncType": 0, "pbxName": "hq"}));
    let typed = [(Item::SyncType, Value::Choice(4)), (Item::ClientId, text(CLIENT))];
    for (item, value) in typed.clone() {
        draft.set(item, value);
    }
    draft.set(Item::ClientSecret, given("s3cret"));
    save(&mut draft, 2);

    draft.undo();
    assert_eq!(draft.changes(), [(Item::SyncType, Value::Choice(0)), (Item::ClientId, text(""))]);
    assert!(draft.is_stored(Item::ClientSecret));
    assert_eq!(draft.last_save(), []);

    save(&mut draft, 3);
    assert_eq!(draft.stored().client_id, "");
    draft.undo();
    assert_eq!(draft.changes(), typed);
}

#[test]
fn undo_leaves_what_was_changed_since() {
    let mut draft = loaded(json!({"pbxName": "old", "mapBusy": 1, "mapNoData": 1}));
    draft.set(Item::PbxName, text("new"));
    draft.set(Item::MapBusy, Value::Choice(2));
    draft.set(Item::MapNoData, Value::Choice(2));
    save(&mut draft, 2);
    draft.set(Item::PbxName, text("newer"));
    draft.update(&items(json!({"mapNoData": 3})), Some(3));
    draft.undo();
    assert_eq!(draft.changes(), [(Item::PbxName, text("newer")), (Item::MapBusy, Value::Choice(1))]);
}

#[test]
fn what_somebody_else_saved_in_a_hidden_item_is_not_overwritten() {
    let mut draft = loaded(json!({"syncType": 0}));
    draft.take(vec![(Item::User, text("a@example.com"))]);
    assert_eq!(draft.changes(), [(Item::User, text("a@example.com"))]);
    draft.update(&items(json!({"user": "b@example.com"})), Some(2));
    assert_eq!(draft.changes(), []);
}

#[test]
fn an_exported_configuration_is_imported_elsewhere_after_a_look() {
    let mut draft = loaded(json!({"syncType": 4, "clientId": CLIENT, "user": "hidden@example.com"}));
    draft.set(Item::PbxName, text("not saved"));
    let file = File::from(&transfer::export(draft.stored()));

    let mut other = loaded(json!({"pbxName": "hq", "syncType": 4}));
    let differences = transfer::import(&file, other.settings(), &Native).unwrap();
    assert_eq!(
        differences,
        [
            difference(Item::PbxName, text("hq"), text("")),
            difference(Item::User, text(""), text("hidden@example.com")),
            difference(Item::ClientId, text(""), text(CLIENT)),
        ]
    );
    assert_eq!(other.changes(), []);

    other.take(differences.into_iter().map(|one| (one.item, one.then)).collect());
    other.check(&Native);
    assert_eq!(other.changes().len(), 3);
    assert_eq!(other.shown_problem(Item::PbxName), Some(Code::Required));
    assert_eq!(transfer::import(&file, other.settings(), &Native), Ok(Vec::new()));
}

#[test]
fn the_move_to_graph_is_a_change_to_be_saved() {
    let mut draft = loaded(json!({"syncType": 2, "user": "sync@example.com", "clientId": CLIENT}));
    let change = move_to_graph(draft.settings()).unwrap();
    draft.take(change.changes);
    assert_eq!(draft.changes(), [(Item::SyncType, Value::Choice(4)), (Item::TenantId, text("example.com"))]);
}

/// Another value than an item has by default.
fn other(item: Item) -> Value {
    match Settings::default().get(item) {
        Value::Bool(value) => Value::Bool(!value),
        Value::Int(number) => Value::Int(number - 1),
        Value::Text(_) => text("other"),
        Value::Choice(index) => Value::Choice(1 - index.min(1)),
        Value::Secret(_) => given("s3cret"),
    }
}

#[test]
fn every_item_can_be_changed_saved_exported_and_undone() {
    for &item in Item::ALL {
        let mut draft = Draft::default();
        draft.take(vec![(item, other(item))]);
        assert_eq!(draft.changes(), [(item, other(item))], "{}", item.name());
        let before = transfer::export(draft.stored());
        save(&mut draft, 1);
        assert_eq!(draft.changes(), [], "{}", item.name());
        assert_eq!(transfer::export(draft.stored()) != before, item.is_exported(), "{}", item.name());
        draft.undo();
        assert_eq!(draft.changes().is_empty(), item.kind() == Kind::Password, "{}", item.name());
    }
}

#[test]
fn an_advanced_item_stands_out_once_it_is_not_the_default_or_wrong_or_in_conflict() {
    let advanced = |draft: &Draft| draft.outstanding(Section::Exchange);
    let mut draft = loaded(json!({"syncType": 1, "ewsUrl": ""}));
    draft.check(&Native);
    assert_eq!(advanced(&draft), []);
    draft.set(Item::MaxSubscriptions, Value::Int(100));
    assert_eq!(advanced(&draft), [(Item::MaxSubscriptions, false)]);
    draft.update(&items(json!({"maxSubscriptions": 50, "httpProxy": "http://proxy"})), Some(2));
    assert_eq!(advanced(&draft), [(Item::MaxSubscriptions, true), (Item::HttpProxy, false)]);
    draft.settle(Item::MaxSubscriptions, Side::Mine);
    draft.set(Item::MaxSubscriptions, Value::Int(200));
    draft.set(Item::HttpProxy, text(""));
    assert_eq!(advanced(&draft), []);
    // Missing, but nobody has tried to save yet.
    draft.touch_all();
    assert_eq!(advanced(&draft), [(Item::DiscoveryMailbox, true)]);
    // What is hidden stands out of nothing.
    draft.set(Item::SyncType, Value::Choice(4));
    draft.set(Item::EwsUrl, text("https://exchange"));
    draft.check(&Native);
    assert_eq!(advanced(&draft), []);
    assert_eq!(draft.outstanding(Section::Pbx), []);
}
