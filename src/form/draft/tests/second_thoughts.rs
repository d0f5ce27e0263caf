//! What is discarded and taken up again, and what is asked about before it is saved.

use super::*;

fn graph() -> Draft {
    let mut draft = Draft::default();
    let sync_type = Value::Choice(SyncType::Graph as usize);
    draft.set(Item::SyncType, sync_type);
    draft
}

#[test]
fn what_was_discarded_is_taken_up_again_until_something_is_typed() {
    let mut draft = graph();
    draft.set(Item::PbxName, Value::Text("master".to_owned()));
    draft.set(Item::ClientSecret, given("s3cret"));
    let changes = draft.changes();
    assert!(!draft.has_discarded());
    draft.discard();
    assert!(draft.has_discarded() && draft.changes().is_empty());
    draft.take_up();
    assert_eq!(draft.changes(), changes);
    assert!(!draft.has_discarded());
    draft.discard();
    draft.forget_discarded();
    draft.take_up();
    assert!(draft.changes().is_empty());
}

#[test]
fn a_probable_mix_up_is_asked_about_once_for_each_value() {
    let id = "0123abcd-89ab-4def-8123-456789abcdef";
    let mut draft = graph();
    for (item, value) in [
        (Item::ClientSecret, given(id)),
        (Item::ClientId, Value::Text(id.to_owned())),
        (Item::TenantId, Value::Text(id.to_owned())),
    ] {
        draft.set(item, value);
    }
    draft.touch_all();
    assert_eq!(draft.doubt(), Some(Item::TenantId));
    assert_eq!(draft.doubt(), None);
    // Typed anew, it is another question.
    draft.set(Item::ClientSecret, given(&id.to_uppercase()));
    draft.touch_all();
    assert_eq!(draft.doubt(), Some(Item::ClientSecret));
    assert_eq!(draft.doubt(), None);
}

#[test]
fn a_secret_of_unusual_length_is_no_question() {
    let mut draft = graph();
    draft.set(Item::ClientSecret, given("s3cret"));
    draft.touch_all();
    assert!(draft.mixup(Item::ClientSecret).is_some());
    assert_eq!(draft.doubt(), None);
}
