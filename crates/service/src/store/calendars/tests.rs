use std::time::Duration;

use super::*;

/// A PostgreSQL server as the tests of the service have it, of which not all is used here.
#[allow(dead_code)]
#[path = "../../../tests/service/support/postgres.rs"]
pub(in crate::store) mod postgres;

use postgres::Postgres;

const PATIENCE: Duration = Duration::from_mins(1);

fn calendar(cursor: &str, renew_at: i64) -> StoredCalendar {
    StoredCalendar { cursor: cursor.to_owned(), renew_at, contents: format!("contents of {cursor}") }
}

fn guids(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

/// Cursors of what is stored, for each of these users and sources.
async fn cursors(calendars: &Calendars, rows: &[(&str, &str)]) -> Vec<Option<String>> {
    let mut found = Vec::new();
    for (guid, source) in rows {
        let calendar = calendars.read(guid, source).await.unwrap();
        found.push(calendar.map(|calendar| {
            assert!(calendar.contents.starts_with("contents of "));
            calendar.cursor
        }));
    }
    found
}

fn some(cursors: &[&str]) -> Vec<Option<String>> {
    cursors.iter().map(|&cursor| (!cursor.is_empty()).then(|| cursor.to_owned())).collect()
}

#[tokio::test]
async fn calendars_of_a_user_are_apart_by_source() {
    let data = tempfile::tempdir().unwrap();
    apart_by_source(&Calendars::open(data.path(), None).await.unwrap()).await;
}

#[tokio::test]
async fn calendars_of_a_user_are_apart_by_source_in_postgresql() {
    let Some(server) = Postgres::start() else { return };
    let data = tempfile::tempdir().unwrap();
    let url = DatabaseUrl::Postgres(Box::new(server.url().parse().unwrap()));
    apart_by_source(&Calendars::open(data.path(), Some(&url)).await.unwrap()).await;
}

async fn apart_by_source(calendars: &Calendars) {
    const ALL: [(&str, &str); 4] = [("anna", "one"), ("anna", "two"), ("ben", "one"), ("ben", "two")];
    calendars.write("one", &[("anna", &calendar("a1", 10)), ("ben", &calendar("b1", 20))]).await.unwrap();
    calendars.write("two", &[("anna", &calendar("a2", 30)), ("ben", &calendar("b2", 40))]).await.unwrap();
    assert_eq!(cursors(calendars, &ALL).await, some(&["a1", "a2", "b1", "b2"]));
    assert_eq!(calendars.read("anna", "two").await.unwrap(), Some(calendar("a2", 30)));

    // A later write replaces the row of its source alone, and so does a cursor.
    calendars.write("two", &[("anna", &calendar("a3", 30))]).await.unwrap();
    calendars.write_cursors("one", &[("ben".to_owned(), "b3".to_owned())]).await.unwrap();
    calendars.write_cursors("one", &[("nobody".to_owned(), "x".to_owned())]).await.unwrap();
    let found = calendars.read("ben", "one").await.unwrap().unwrap();
    assert_eq!((found.cursor.as_str(), found.contents.as_str()), ("b3", "contents of b1"));
    assert_eq!(cursors(calendars, &ALL).await, some(&["a1", "a3", "b3", "b2"]));

    calendars.remove("two", &guids(&["ben", "nobody"])).await.unwrap();
    assert_eq!(cursors(calendars, &ALL).await, some(&["a1", "a3", "b3", ""]));

    // What is configured stays, unless it is old.
    calendars.clean(&["one", "two", "three"], 10).await.unwrap();
    assert_eq!(cursors(calendars, &ALL).await, some(&["a1", "a3", "b3", ""]));
    calendars.clean(&["two", "one"], 11).await.unwrap();
    assert_eq!(cursors(calendars, &ALL).await, some(&["", "a3", "b3", ""]));
    calendars.clean(&["one"], 0).await.unwrap();
    assert_eq!(cursors(calendars, &ALL).await, some(&["", "", "b3", ""]));

    calendars.write("two", &[("ben", &calendar("b4", 50))]).await.unwrap();
    calendars.remove_everywhere(&guids(&["ben"])).await.unwrap();
    assert_eq!(cursors(calendars, &ALL).await, some(&["", "", "", ""]));
}

#[tokio::test]
async fn a_calendar_in_the_place_of_another_users_does_not_open() {
    let data = tempfile::tempdir().unwrap();
    let calendars = Calendars::open(data.path(), None).await.unwrap();
    calendars.write("one", &[("anna", &calendar("a", 1))]).await.unwrap();
    let mut transaction = calendars.database.begin().await.unwrap();
    transaction.execute("UPDATE calendar SET guid = 'ben'", &[]).await.unwrap();
    transaction.commit().await.unwrap();
    assert_eq!(calendars.read("ben", "one").await.unwrap(), None);
}
