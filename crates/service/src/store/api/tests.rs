use super::*;
use crate::database_url::DatabaseUrl;
use crate::store::calendars::tests::postgres::Postgres;

async fn store(data: &tempfile::TempDir, url: Option<&DatabaseUrl>) -> ApiStore {
    Store::open(data.path(), url).await.unwrap().api()
}

#[tokio::test]
async fn callers_appointments_and_audit_are_kept() {
    let data = tempfile::tempdir().unwrap();
    kept(&store(&data, None).await).await;
}

#[tokio::test]
async fn callers_appointments_and_audit_are_kept_in_postgresql() {
    let Some(server) = Postgres::start() else { return };
    let data = tempfile::tempdir().unwrap();
    let url = DatabaseUrl::Postgres(Box::new(server.url().parse().unwrap()));
    kept(&store(&data, Some(&url)).await).await;
}

async fn kept(store: &ApiStore) {
    callers(store).await;
    appointments(store).await;
    audit(store).await;
}

async fn callers(store: &ApiStore) {
    store.write_caller("a", "one", true, Some(b"hash")).await.unwrap();
    store.write_caller("b", "two", true, None).await.unwrap();
    store.write_caller("a", "three", false, None).await.unwrap();
    store.note_use("b", 7).await.unwrap();
    let mut tokens = store.tokens().await.unwrap();
    tokens.sort();
    assert_eq!(tokens, [("a".to_owned(), b"hash".to_vec()), ("b".to_owned(), Vec::new())]);
    let read: Vec<_> =
        store.callers().await.unwrap().into_iter().map(|c| (c.last_used, c.contents)).collect();
    assert_eq!(read, [(0, "three".to_owned()), (7, "two".to_owned())]);
    store.write_caller("a", "four", false, Some(b"other")).await.unwrap();
    assert!(store.tokens().await.unwrap().contains(&("a".to_owned(), b"other".to_vec())));
    assert!(store.remove_caller("a").await.unwrap() && !store.remove_caller("a").await.unwrap());
    assert_eq!(store.caller("a").await.unwrap(), None);
}

async fn appointments(store: &ApiStore) {
    let number = store.begin("a", Some("key"), 10, "begun").await.unwrap();
    assert!(store.begin("a", Some("key"), 10, "again").await.is_err(), "a key is good once");
    let other = store.begin("b", Some("key"), 10, "of another").await.unwrap();
    assert!(store.begin("b", None, 10, "x").await.unwrap() > other);
    assert!(store.begin("b", None, 10, "without a key as often as one likes").await.is_ok());
    let mut row = store.by_key("a", "key").await.unwrap().unwrap();
    assert_eq!((row.number, row.contents.as_str()), (number, "begun"));
    row.contents = "done".to_owned();
    store.change(&row, 20, Some("note")).await.unwrap();
    assert_eq!(store.by_number(number).await.unwrap(), Some(row));
    store.clean(15, 0, 0).await.unwrap();
    assert!(store.by_key("b", "key").await.unwrap().is_none(), "its key is forgotten");
    assert!(store.by_number(other).await.unwrap().is_some(), "it is not");
    store.forget(other, 20, None).await.unwrap();
    assert!(store.by_number(other).await.unwrap().is_none());
    let later = store.begin("b", None, 30, "x").await.unwrap();
    assert!(later > other + 1, "numbers are never used again");
}

async fn audit(store: &ApiStore) {
    for at in 100..105 {
        store.note(at, &format!("note {at}")).await.unwrap();
    }
    let page = store.audit(None, 2).await.unwrap();
    assert_eq!(page.iter().map(|entry| entry.at).collect::<Vec<_>>(), [104, 103]);
    let next = store.audit(Some(page[1].number - 1), 100).await.unwrap();
    assert_eq!(next.iter().map(|entry| entry.at).collect::<Vec<_>>(), [102, 101, 100, 20]);
    store.clean(0, 0, 103).await.unwrap();
    let left: Vec<String> =
        store.audit(None, 100).await.unwrap().into_iter().map(|entry| entry.contents).collect();
    assert_eq!(left, ["note 104", "note 103"]);
}
