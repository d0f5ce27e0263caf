use serde_json::json;

use super::simulated::{FOLDER, OLD_PASSWORD, Simulated, addresses};
use crate::{Failed, Health, Kind, ObjectSpec, Peer, Problem, Step, repair, save};

const CALENDAR: (&str, &str) = ("Calendar", "calendar");
const ADMIN: (&str, &str) = ("Calendar Admin", "calendar-admin");

fn failed(step: Step, to: Peer) -> Result<(), Failed> {
    let problem = Problem::Refused(to, "it failed because it was told to".to_owned());
    Err(Failed { step, problem })
}

impl Simulated {
    async fn create(&self, kind: Kind, names: (&str, &str), ticked: &[&str]) -> Result<(), Failed> {
        save(self, &addresses(), &self.spec(kind, None, names, ticked).await).await
    }

    async fn health(&self) -> Vec<Health> {
        self.list().await.iter().map(|object| object.health).collect()
    }
}

#[tokio::test]
async fn the_first_object_sets_the_password_of_the_instance_and_later_ones_copy_it() {
    let transport = Simulated::start().await;
    transport.manager.add_template("Config Admin", "users");
    transport.manager.add_template("Config User", "users,phone");
    assert_eq!(transport.create(Kind::Calendar, CALENDAR, &[]).await, Ok(()));
    assert_eq!(transport.written(), ["UpdateObject Calendar", "SetInstancePassword password 1"]);
    let calendar = transport.object("calendar");
    let pseudo = json!({"type": "app", "app": {
        "url": format!("{FOLDER}pbxcalendar-calendar"),
        "web": false, "websocket": true, "hidden": false, "pbx": true, "pbxsignal": false, "epsignal": false,
        "messages": false, "tableusers": true, "admin": false, "services": false, "rcc": false,
    }});
    let expected =
        json!({"cn": "Calendar", "h323": "calendar", "hide": true, "critical": true, "pseudo": pseudo});
    assert_eq!((json!(calendar.properties), &*calendar.password), (expected, "password 1"));
    assert_eq!(transport.instance_password(), "password 1");
    assert_eq!(transport.health().await, [Health::NotConnected]);

    assert_eq!(transport.create(Kind::Admin, ADMIN, &["Config Admin"]).await, Ok(()));
    assert_eq!(transport.written(), ["UpdateObject Calendar Admin", "UpdateObject Config Admin"]);
    let admin = transport.object("calendar-admin");
    assert_eq!(
        (admin.url().unwrap(), &*admin.password),
        (&*format!("{FOLDER}pbxcalendar-calendaradmin"), "password 1")
    );
    let marks = admin.properties["pseudo"]["app"].as_object().unwrap();
    assert!(marks.iter().filter(|(name, _)| *name != "url").all(|(_, ticked)| ticked == &json!(false)));
    assert_eq!(
        (transport.apps("Config Admin"), transport.apps("Config User")),
        ("users,calendar-admin".into(), "users,phone".into())
    );
    assert_eq!(transport.health().await, [Health::NotConnected, Health::Works]);
    assert_eq!(transport.manager.violations(), []);
}

#[tokio::test]
async fn a_wish_begins_with_what_is_there() {
    let transport = Simulated::start().await;
    transport.manager.add_template("A", "users");
    let fresh = transport.spec(Kind::Admin, None, ADMIN, &[]).await;
    assert_eq!(ObjectSpec::new(&transport, Kind::Admin, None).await, Ok(fresh));
    transport.create(Kind::Admin, ("Anna's", "anna"), &["A"]).await.unwrap();
    let change =
        json!({"mt": "UpdateObject", "api": "PbxAdminApi", "guid": "*", "cn": "Anna's", "dn": "Display"});
    transport.manager.answer(&change).unwrap();
    let object = transport.only().await;
    let spec = ObjectSpec::new(&transport, Kind::Admin, Some(&object)).await.unwrap();
    assert_eq!(
        (&*object.title, &*spec.name, &*spec.sip, &*spec.old_sip),
        ("Display", "Anna's", "anna", "anna")
    );
    assert!(spec.templates[0].has_object && spec.templates[0].had_object);
}

#[tokio::test]
async fn a_rename_keeps_the_password_and_follows_into_the_templates() {
    let transport = Simulated::start().await;
    transport.manager.add_template("A", "users");
    transport.manager.add_template("B", "users");
    transport.manager.add_template("C", "calendar");
    transport.create(Kind::Calendar, CALENDAR, &["A", "B"]).await.unwrap();
    // Somebody else writes while the administrator types.
    let object = transport.only().await;
    let spec = transport.spec(Kind::Calendar, Some(&object), ("Kalender", "kalender"), &["A"]).await;
    let change = json!({"mt": "UpdateObject", "api": "PbxAdminApi", "guid": "*", "cn": "A", "apps": "calendar,phone,users"});
    transport.manager.answer(&change).unwrap();
    transport.written();

    assert_eq!(save(&transport, &addresses(), &spec).await, Ok(()));
    // In C the name stood before; it was taken out with the tick.
    let written = ["UpdateObject Kalender", "UpdateObject A", "UpdateObject B", "UpdateObject C"];
    assert_eq!(transport.written(), written);
    assert_eq!(transport.apps("A"), "kalender,phone,users");
    assert_eq!((transport.apps("B"), transport.apps("C")), ("users".to_owned(), String::new()));
    let renamed = transport.only().await;
    assert_eq!((&*renamed.title, &*renamed.sip, &renamed.guid), ("Kalender", "kalender", &object.guid));
    assert_eq!(
        (&*transport.object("kalender").password, &*transport.instance_password()),
        ("password 1", "password 1")
    );
    assert_eq!(transport.manager.violations(), []);
}

#[tokio::test]
async fn a_taken_name_is_refused_and_foreign_objects_stay_as_they_are() {
    let transport = Simulated::start().await;
    transport.manager.add_user("calendar", "secret");
    transport.manager.add_app("Other", "other", "https://ap.example.com/example.com/other/x", "pwd");
    let before = (transport.object("calendar"), transport.object("other"));
    let said = "another object has the h323 \"calendar\"".to_owned();
    let refused = Err(Failed { step: Step::Object, problem: Problem::Refused(Peer::Pbx, said) });
    assert_eq!(transport.create(Kind::Calendar, CALENDAR, &[]).await, refused);
    assert_eq!(transport.instance_password(), OLD_PASSWORD);
    assert_eq!(transport.create(Kind::Calendar, ("Calendar", "calendar1"), &[]).await, Ok(()));
    assert_eq!((transport.object("calendar"), transport.object("other")), before);
}

#[tokio::test]
async fn nothing_is_changed_when_the_object_is_refused() {
    let transport = Simulated::start().await;
    transport.manager.add_template("A", "users");
    transport.fail("UpdateObject", 0);
    assert_eq!(transport.create(Kind::Calendar, CALENDAR, &["A"]).await, failed(Step::Object, Peer::Pbx));
    assert_eq!(
        (transport.list().await, transport.apps("A"), transport.instance_password()),
        (vec![], "users".into(), OLD_PASSWORD.into())
    );
}

#[tokio::test]
async fn a_refused_template_keeps_neither_the_others_nor_the_password_back() {
    let transport = Simulated::start().await;
    transport.manager.add_template("A", "users");
    transport.manager.add_template("B", "users");
    transport.fail("UpdateObject", 1);
    let created = transport.create(Kind::Calendar, CALENDAR, &["A", "B"]).await;
    assert_eq!(created, failed(Step::Templates, Peer::Pbx));
    assert_eq!((transport.apps("A"), transport.apps("B")), ("users".to_owned(), "users,calendar".to_owned()));
    assert_eq!(transport.health().await, [Health::NotConnected]);
    // The second time it is there, and only what is missing is done.
    let object = transport.only().await;
    let spec = transport.spec(Kind::Calendar, Some(&object), CALENDAR, &["A", "B"]).await;
    transport.written();
    assert_eq!(save(&transport, &addresses(), &spec).await, Ok(()));
    assert_eq!(transport.written(), ["UpdateObject Calendar", "UpdateObject A"]);
    assert_eq!(
        (transport.apps("A"), transport.apps("B")),
        ("users,calendar".to_owned(), "users,calendar".to_owned())
    );
}

#[tokio::test]
async fn a_rename_that_stopped_at_a_template_is_completed_by_the_same_spec() {
    let transport = Simulated::start().await;
    transport.manager.add_template("A", "users");
    transport.manager.add_template("B", "users");
    transport.create(Kind::Calendar, CALENDAR, &["A", "B"]).await.unwrap();
    let spec = transport
        .spec(Kind::Calendar, Some(&transport.only().await), ("Calendar", "kalender"), &["A", "B"])
        .await;
    transport.fail("GetObject", 1);
    assert_eq!(save(&transport, &addresses(), &spec).await, failed(Step::Templates, Peer::Pbx));
    assert_eq!(
        (transport.apps("A"), transport.apps("B")),
        ("users,kalender".to_owned(), "users,calendar".to_owned())
    );
    assert_eq!(save(&transport, &addresses(), &spec).await, Ok(()));
    assert_eq!(
        (transport.apps("A"), transport.apps("B")),
        ("users,kalender".to_owned(), "users,kalender".to_owned())
    );
}

#[tokio::test]
async fn an_object_whose_password_the_instance_never_got_is_repaired() {
    let transport = Simulated::start().await;
    transport.fail("SetInstancePassword", 0);
    let created = transport.create(Kind::Calendar, CALENDAR, &[]).await;
    assert_eq!(created, failed(Step::Password, Peer::Platform));
    assert_eq!(transport.health().await, [Health::WrongPassword]);

    // A repair that fails can be repeated.
    transport.fail("SetInstancePassword", 0);
    let repaired = repair(&transport, &addresses(), &transport.only().await).await;
    assert_eq!(repaired, failed(Step::Password, Peer::Platform));
    assert_eq!(repair(&transport, &addresses(), &transport.only().await).await, Ok(()));
    assert_eq!(transport.health().await, [Health::NotConnected]);
    assert_eq!(
        (&*transport.object("calendar").password, &*transport.instance_password()),
        ("password 3", "password 3")
    );
    assert_eq!(transport.manager.violations(), []);
}

#[tokio::test]
async fn a_repair_takes_the_password_of_an_object_that_works() {
    let transport = Simulated::start().await;
    transport.create(Kind::Admin, ADMIN, &[]).await.unwrap();
    transport.manager.add_app("Calendar", "calendar", &format!("{FOLDER}pbxcalendar-calendar"), "wrong");
    transport.written();
    let broken = transport.list().await.remove(0);
    assert_eq!(broken.health, Health::WrongPassword);
    assert_eq!(repair(&transport, &addresses(), &broken).await, Ok(()));
    assert_eq!(transport.written(), ["UpdateObject Calendar"]);
    assert_eq!(transport.health().await, [Health::NotConnected, Health::Works]);
    // What was missing for the connection came with it.
    assert_eq!(transport.object("calendar").properties["pseudo"]["app"]["websocket"], json!(true));
}

#[tokio::test]
async fn a_repair_moves_an_object_to_the_public_address_and_leaves_its_password() {
    let transport = Simulated::start().await;
    transport.create(Kind::Admin, ADMIN, &[]).await.unwrap();
    let public = crate::Addresses::new(Some("https://calendar.example.com"), FOLDER.to_owned());
    let object = crate::list(&transport, &public).await.unwrap().remove(0);
    assert_eq!(object.health, Health::OldAddress);
    assert_eq!(repair(&transport, &public, &object).await, Ok(()));
    let url = "https://calendar.example.com/pbxcalendar-calendaradmin";
    assert_eq!(transport.object("calendar-admin").url(), Some(url));
    let object = crate::list(&transport, &public).await.unwrap().remove(0);
    assert_eq!((object.health, transport.instance_password()), (Health::Works, "password 1".to_owned()));
}

#[tokio::test]
async fn no_new_password_while_nobody_knows_whether_the_old_one_works() {
    let transport = Simulated::start().await;
    transport.create(Kind::Calendar, CALENDAR, &[]).await.unwrap();
    transport.silent.set(Some(Peer::Service));
    let unchecked = Err(Failed { step: Step::Object, problem: Problem::Unchecked });
    assert_eq!(transport.create(Kind::Admin, ADMIN, &[]).await, unchecked);
    assert_eq!((transport.instance_password(), transport.list().await.len()), ("password 1".to_owned(), 1));
}

#[tokio::test]
async fn a_message_that_gets_lost_changes_no_more() {
    let transport = Simulated::start().await;
    transport.silent.set(Some(Peer::Platform));
    let created = transport.create(Kind::Calendar, CALENDAR, &[]).await;
    assert_eq!(created, Err(Failed { step: Step::Password, problem: Problem::Silent(Peer::Platform) }));
    transport.silent.set(None);
    assert_eq!(repair(&transport, &addresses(), &transport.only().await).await, Ok(()));
    assert_eq!(transport.health().await, [Health::NotConnected]);
}
