use super::simulated::{FOLDER, OLD_PASSWORD, Simulated};
use crate::{Peer, Problem, delete};

async fn with_object() -> Simulated {
    let transport = Simulated::start().await;
    transport.manager.add_app("Calendar", "calendar", &format!("{FOLDER}pbxcalendar-calendar"), OLD_PASSWORD);
    transport.manager.add_app("Other", "calendar2", "https://ap.example.com/other/x", "");
    for (cn, apps) in [("A", "users,calendar,phone"), ("B", "calendar"), ("C", "calendar2")] {
        transport.manager.add_template(cn, apps);
    }
    transport
}

#[tokio::test]
async fn an_object_is_deleted_also_from_the_templates() {
    let transport = with_object().await;
    assert_eq!(delete(&transport, &transport.only().await).await, Ok(()));
    assert_eq!(
        (transport.apps("A"), transport.apps("B"), transport.apps("C")),
        ("users,phone".into(), String::new(), "calendar2".into())
    );
    assert!(transport.list().await.is_empty());
    assert_eq!(
        (transport.manager.object_count(), transport.instance_password()),
        (4, OLD_PASSWORD.to_owned())
    );
    assert_eq!(transport.manager.violations(), []);
}

#[tokio::test]
async fn a_deletion_that_failed_anywhere_can_be_repeated() {
    for (mt, after) in [("GetConfigObjects", 0), ("GetObject", 2), ("UpdateObject", 1), ("DeleteObject", 0)] {
        let transport = with_object().await;
        transport.fail(mt, after);
        let object = transport.only().await;
        let refused = Problem::Refused(Peer::Pbx, "it failed because it was told to".to_owned());
        assert_eq!(delete(&transport, &object).await, Err(refused), "{mt}");
        assert_eq!(transport.only().await.sip, "calendar", "{mt}");
        assert_eq!(delete(&transport, &object).await, Ok(()), "{mt}");
        assert_eq!(
            (transport.apps("A"), transport.apps("B")),
            ("users,phone".to_owned(), String::new()),
            "{mt}"
        );
        assert!(transport.list().await.is_empty());
    }
}
