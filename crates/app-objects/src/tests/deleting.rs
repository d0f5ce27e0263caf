use super::simulated::{FOLDER, OLD_PASSWORD, Simulated};
use crate::{Peer, Problem, delete};

async fn with_object() -> Simulated {
    let way = Simulated::start().await;
    way.manager.add_app("Calendar", "calendar", &format!("{FOLDER}pbxcalendar-calendar"), OLD_PASSWORD);
    way.manager.add_app("Other", "calendar2", "https://ap.example.com/other/x", "");
    for (cn, apps) in [("A", "users,calendar,phone"), ("B", "calendar"), ("C", "calendar2")] {
        way.manager.add_template(cn, apps);
    }
    way
}

#[tokio::test]
async fn an_object_is_deleted_also_from_the_templates() {
    let way = with_object().await;
    assert_eq!(delete(&way, &way.only().await).await, Ok(()));
    assert_eq!(
        (way.apps("A"), way.apps("B"), way.apps("C")),
        ("users,phone".into(), String::new(), "calendar2".into())
    );
    assert!(way.list().await.is_empty());
    assert_eq!((way.manager.object_count(), way.instance_password()), (4, OLD_PASSWORD.to_owned()));
    assert_eq!(way.manager.violations(), []);
}

#[tokio::test]
async fn a_deletion_that_failed_anywhere_can_be_repeated() {
    for (mt, after) in [("GetConfigObjects", 0), ("GetObject", 2), ("UpdateObject", 1), ("DeleteObject", 0)] {
        let way = with_object().await;
        way.fail(mt, after);
        let object = way.only().await;
        let refused = Problem::Refused(Peer::Pbx, "it failed because it was told to".to_owned());
        assert_eq!(delete(&way, &object).await, Err(refused), "{mt}");
        assert_eq!(way.only().await.sip, "calendar", "{mt}");
        assert_eq!(delete(&way, &object).await, Ok(()), "{mt}");
        assert_eq!((way.apps("A"), way.apps("B")), ("users,phone".to_owned(), String::new()), "{mt}");
        assert!(way.list().await.is_empty());
    }
}
