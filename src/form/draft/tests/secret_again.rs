//! Secrets that a change would send elsewhere.

use super::*;

const PROXY: &str = "http://proxy.example.com:3128";

/// A configuration with a stored secret, as a form shows it.
fn stored(sync_type: SyncType) -> Draft {
    let mut draft = loaded(json!({
        "syncType": sync_type as usize, "pbxName": "hq", "clientId": CLIENT, "tenantId": "example.com",
        "user": "sync@example.com",
    }));
    for item in [Item::ClientSecret, Item::Password] {
        draft.update_secret(item, true);
    }
    draft.check(&Native);
    assert_eq!(draft.problems(), []);
    draft
}

fn type_in(draft: &mut Draft, item: Item, value: Value) {
    draft.set(item, value);
    draft.check(&Native);
}

fn asked(draft: &Draft, item: Item) -> bool {
    draft.shown_problem(item) == Some(Code::SecretAgain)
}

#[test]
fn it_is_asked_for_once_the_field_is_left_that_decides_where_it_goes() {
    let mut draft = stored(SyncType::Graph);
    type_in(&mut draft, Item::HttpProxy, text(PROXY));
    assert_eq!(draft.problems(), [(Item::ClientSecret, Code::SecretAgain)]);
    assert!(!asked(&draft, Item::ClientSecret), "while typing");
    draft.leave(Item::HttpProxy, &Native);
    draft.check(&Native);
    assert!(asked(&draft, Item::ClientSecret));
    type_in(&mut draft, Item::ClientSecret, given("s3cret"));
    assert_eq!(draft.problems(), []);
    type_in(&mut draft, Item::ClientSecret, given(""));
    assert!(asked(&draft, Item::ClientSecret));
    type_in(&mut draft, Item::HttpProxy, text(""));
    assert_eq!(draft.problems(), []);
}

#[test]
fn it_is_asked_for_when_saving_from_the_very_field() {
    let mut draft = stored(SyncType::OnPremises);
    type_in(&mut draft, Item::EwsUrl, text("mail.example.com"));
    draft.touch_all();
    draft.check(&Native);
    assert_eq!(draft.to_be_corrected(), [Item::Password]);
}

#[test]
fn another_spelling_of_the_same_and_other_items_ask_for_nothing() {
    let mut draft = stored(SyncType::OnPremises);
    draft.update(&items(json!({"ewsUrl": "https://mail.example.com/EWS/Exchange.asmx"})), Some(2));
    type_in(&mut draft, Item::EwsUrl, text(" mail.example.com"));
    type_in(&mut draft, Item::PriorityWords, text("x"));
    assert_eq!(draft.problems(), []);
}

#[test]
fn what_is_hidden_and_so_not_saved_asks_for_nothing() {
    let mut draft = stored(SyncType::Graph);
    draft.set(Item::SyncType, Value::Choice(SyncType::CloudAppOnly as usize));
    draft.set(Item::EwsUrl, text("https://mail.example.com/EWS/Exchange.asmx"));
    type_in(&mut draft, Item::SyncType, Value::Choice(SyncType::Graph as usize));
    assert_eq!(draft.problems(), []);
}

#[test]
fn the_move_to_graph_asks_for_nothing() {
    for (sync_type, tenant) in
        [(SyncType::CloudAppOnly, "example.com"), (SyncType::Cloud, "example.com"), (SyncType::Cloud, "")]
    {
        let mut draft = stored(sync_type);
        draft.update(&items(json!({"tenantId": tenant})), Some(2));
        draft.take(move_to_graph(draft.settings()).unwrap().changes);
        draft.check(&Native);
        assert_eq!(draft.problems(), [], "{sync_type:?} {tenant}");
    }
}

#[test]
fn what_an_import_brings_asks_at_once() {
    let mut draft = stored(SyncType::Graph);
    draft.restore(&items(json!({"httpProxy": PROXY})));
    draft.check(&Native);
    assert!(asked(&draft, Item::ClientSecret));
}

#[test]
fn undoing_a_save_asks_again_because_the_secret_goes_back() {
    let mut draft = stored(SyncType::Graph);
    draft.set(Item::HttpProxy, text(PROXY));
    draft.set(Item::ClientSecret, given("s3cret"));
    save(&mut draft, 2);
    draft.undo();
    draft.check(&Native);
    assert_eq!(draft.changes(), [(Item::HttpProxy, text(""))]);
    assert!(asked(&draft, Item::ClientSecret));
    type_in(&mut draft, Item::ClientSecret, given("s3cret"));
    assert_eq!(draft.problems(), []);
    draft.discard();
    draft.check(&Native);
    assert_eq!((draft.changes(), draft.problems()), (vec![], &[][..]));
}

#[test]
fn what_the_service_says_of_it_holds_until_anything_is_changed() {
    let mut draft = stored(SyncType::Graph);
    draft.set(Item::PriorityWords, text("x"));
    draft.refuse(Item::ClientSecret, Code::SecretAgain);
    draft.check(&Native);
    assert!(asked(&draft, Item::ClientSecret));
    type_in(&mut draft, Item::PriorityWords, text(""));
    assert_eq!(draft.problems(), []);
}
