use serde_json::json;

use super::simulated::{FOLDER, OLD_PASSWORD, Simulated, addresses};
use crate::{Failed, Health, Kind, Peer, Problem, Step, Wish, repair, save};

const CALENDAR: (&str, &str) = ("Calendar", "calendar");
const ADMIN: (&str, &str) = ("Calendar Admin", "calendar-admin");

fn failed(step: Step, to: Peer) -> Result<(), Failed> {
    let problem = Problem::Refused(to, "it failed because it was told to".to_owned());
    Err(Failed { step, problem })
}

impl Simulated {
    async fn create(&self, kind: Kind, names: (&str, &str), ticked: &[&str]) -> Result<(), Failed> {
        save(self, &addresses(), &self.wish(kind, None, names, ticked).await).await
    }

    async fn health(&self) -> Vec<Health> {
        self.list().await.iter().map(|object| object.health).collect()
    }
}

#[tokio::test]
async fn the_first_object_sets_the_password_of_the_instance_and_later_ones_copy_it() {
    let way = Simulated::start().await;
    way.manager.add_template("Config Admin", "users");
    way.manager.add_template("Config User", "users,phone");
    assert_eq!(way.create(Kind::Calendar, CALENDAR, &[]).await, Ok(()));
    assert_eq!(way.written(), ["UpdateObject Calendar", "SetInstancePassword password 1"]);
    let calendar = way.object("calendar");
    let pseudo = json!({"type": "app", "app": {
        "url": format!("{FOLDER}pbxcalendar-calendar"),
        "web": false, "websocket": true, "hidden": false, "pbx": true, "pbxsignal": false, "epsignal": false,
        "messages": false, "tableusers": true, "admin": false, "services": false, "rcc": false,
    }});
    let expected =
        json!({"cn": "Calendar", "h323": "calendar", "hide": true, "critical": true, "pseudo": pseudo});
    assert_eq!((json!(calendar.properties), &*calendar.password), (expected, "password 1"));
    assert_eq!(way.instance_password(), "password 1");
    assert_eq!(way.health().await, [Health::NotConnected]);

    assert_eq!(way.create(Kind::Admin, ADMIN, &["Config Admin"]).await, Ok(()));
    assert_eq!(way.written(), ["UpdateObject Calendar Admin", "UpdateObject Config Admin"]);
    let admin = way.object("calendar-admin");
    assert_eq!(
        (admin.url().unwrap(), &*admin.password),
        (&*format!("{FOLDER}pbxcalendar-calendaradmin"), "password 1")
    );
    let marks = admin.properties["pseudo"]["app"].as_object().unwrap();
    assert!(marks.iter().filter(|(name, _)| *name != "url").all(|(_, ticked)| ticked == &json!(false)));
    assert_eq!(
        (way.apps("Config Admin"), way.apps("Config User")),
        ("users,calendar-admin".into(), "users,phone".into())
    );
    assert_eq!(way.health().await, [Health::NotConnected, Health::Works]);
    assert_eq!(way.manager.violations(), []);
}

#[tokio::test]
async fn a_wish_begins_with_what_is_there() {
    let way = Simulated::start().await;
    way.manager.add_template("A", "users");
    let fresh = way.wish(Kind::Admin, None, ADMIN, &[]).await;
    assert_eq!(Wish::new(&way, Kind::Admin, None).await, Ok(fresh));
    way.create(Kind::Admin, ("Anna's", "anna"), &["A"]).await.unwrap();
    let change =
        json!({"mt": "UpdateObject", "api": "PbxAdminApi", "guid": "*", "cn": "Anna's", "dn": "Display"});
    way.manager.answer(&change).unwrap();
    let object = way.only().await;
    let wish = Wish::new(&way, Kind::Admin, Some(&object)).await.unwrap();
    assert_eq!(
        (&*object.title, &*wish.name, &*wish.sip, &*wish.old_sip),
        ("Display", "Anna's", "anna", "anna")
    );
    assert!(wish.templates[0].has_object && wish.templates[0].had_object);
}

#[tokio::test]
async fn a_rename_keeps_the_password_and_follows_into_the_templates() {
    let way = Simulated::start().await;
    way.manager.add_template("A", "users");
    way.manager.add_template("B", "users");
    way.manager.add_template("C", "calendar");
    way.create(Kind::Calendar, CALENDAR, &["A", "B"]).await.unwrap();
    // Somebody else writes while the administrator types.
    let object = way.only().await;
    let wish = way.wish(Kind::Calendar, Some(&object), ("Kalender", "kalender"), &["A"]).await;
    let change = json!({"mt": "UpdateObject", "api": "PbxAdminApi", "guid": "*", "cn": "A", "apps": "calendar,phone,users"});
    way.manager.answer(&change).unwrap();
    way.written();

    assert_eq!(save(&way, &addresses(), &wish).await, Ok(()));
    // In C the name stood before; it was taken out with the tick.
    let written = ["UpdateObject Kalender", "UpdateObject A", "UpdateObject B", "UpdateObject C"];
    assert_eq!(way.written(), written);
    assert_eq!(way.apps("A"), "kalender,phone,users");
    assert_eq!((way.apps("B"), way.apps("C")), ("users".to_owned(), String::new()));
    let renamed = way.only().await;
    assert_eq!((&*renamed.title, &*renamed.sip, &renamed.guid), ("Kalender", "kalender", &object.guid));
    assert_eq!((&*way.object("kalender").password, &*way.instance_password()), ("password 1", "password 1"));
    assert_eq!(way.manager.violations(), []);
}

#[tokio::test]
async fn a_taken_name_is_refused_and_foreign_objects_stay_as_they_are() {
    let way = Simulated::start().await;
    way.manager.add_user("calendar", "secret");
    way.manager.add_app("Other", "other", "https://ap.example.com/example.com/other/x", "pwd");
    let before = (way.object("calendar"), way.object("other"));
    let said = "another object has the h323 \"calendar\"".to_owned();
    let refused = Err(Failed { step: Step::Object, problem: Problem::Refused(Peer::Pbx, said) });
    assert_eq!(way.create(Kind::Calendar, CALENDAR, &[]).await, refused);
    assert_eq!(way.instance_password(), OLD_PASSWORD);
    assert_eq!(way.create(Kind::Calendar, ("Calendar", "calendar1"), &[]).await, Ok(()));
    assert_eq!((way.object("calendar"), way.object("other")), before);
}

#[tokio::test]
async fn nothing_is_changed_when_the_object_is_refused() {
    let way = Simulated::start().await;
    way.manager.add_template("A", "users");
    way.fail("UpdateObject", 0);
    assert_eq!(way.create(Kind::Calendar, CALENDAR, &["A"]).await, failed(Step::Object, Peer::Pbx));
    assert_eq!(
        (way.list().await, way.apps("A"), way.instance_password()),
        (vec![], "users".into(), OLD_PASSWORD.into())
    );
}

#[tokio::test]
async fn a_refused_template_keeps_neither_the_others_nor_the_password_back() {
    let way = Simulated::start().await;
    way.manager.add_template("A", "users");
    way.manager.add_template("B", "users");
    way.fail("UpdateObject", 1);
    let created = way.create(Kind::Calendar, CALENDAR, &["A", "B"]).await;
    assert_eq!(created, failed(Step::Templates, Peer::Pbx));
    assert_eq!((way.apps("A"), way.apps("B")), ("users".to_owned(), "users,calendar".to_owned()));
    assert_eq!(way.health().await, [Health::NotConnected]);
    // The second time it is there, and only what is missing is done.
    let object = way.only().await;
    let wish = way.wish(Kind::Calendar, Some(&object), CALENDAR, &["A", "B"]).await;
    way.written();
    assert_eq!(save(&way, &addresses(), &wish).await, Ok(()));
    assert_eq!(way.written(), ["UpdateObject Calendar", "UpdateObject A"]);
    assert_eq!((way.apps("A"), way.apps("B")), ("users,calendar".to_owned(), "users,calendar".to_owned()));
}

#[tokio::test]
async fn a_rename_that_stopped_at_a_template_is_completed_by_the_same_wish() {
    let way = Simulated::start().await;
    way.manager.add_template("A", "users");
    way.manager.add_template("B", "users");
    way.create(Kind::Calendar, CALENDAR, &["A", "B"]).await.unwrap();
    let wish = way.wish(Kind::Calendar, Some(&way.only().await), ("Calendar", "kalender"), &["A", "B"]).await;
    way.fail("GetObject", 1);
    assert_eq!(save(&way, &addresses(), &wish).await, failed(Step::Templates, Peer::Pbx));
    assert_eq!((way.apps("A"), way.apps("B")), ("users,kalender".to_owned(), "users,calendar".to_owned()));
    assert_eq!(save(&way, &addresses(), &wish).await, Ok(()));
    assert_eq!((way.apps("A"), way.apps("B")), ("users,kalender".to_owned(), "users,kalender".to_owned()));
}

#[tokio::test]
async fn an_object_whose_password_the_instance_never_got_is_repaired() {
    let way = Simulated::start().await;
    way.fail("SetInstancePassword", 0);
    let created = way.create(Kind::Calendar, CALENDAR, &[]).await;
    assert_eq!(created, failed(Step::Password, Peer::Platform));
    assert_eq!(way.health().await, [Health::WrongPassword]);

    // A repair that fails can be repeated.
    way.fail("SetInstancePassword", 0);
    let repaired = repair(&way, &addresses(), &way.only().await).await;
    assert_eq!(repaired, failed(Step::Password, Peer::Platform));
    assert_eq!(repair(&way, &addresses(), &way.only().await).await, Ok(()));
    assert_eq!(way.health().await, [Health::NotConnected]);
    assert_eq!((&*way.object("calendar").password, &*way.instance_password()), ("password 3", "password 3"));
    assert_eq!(way.manager.violations(), []);
}

#[tokio::test]
async fn a_repair_takes_the_password_of_an_object_that_works() {
    let way = Simulated::start().await;
    way.create(Kind::Admin, ADMIN, &[]).await.unwrap();
    way.manager.add_app("Calendar", "calendar", &format!("{FOLDER}pbxcalendar-calendar"), "wrong");
    way.written();
    let broken = way.list().await.remove(0);
    assert_eq!(broken.health, Health::WrongPassword);
    assert_eq!(repair(&way, &addresses(), &broken).await, Ok(()));
    assert_eq!(way.written(), ["UpdateObject Calendar"]);
    assert_eq!(way.health().await, [Health::NotConnected, Health::Works]);
    // What was missing for the connection came with it.
    assert_eq!(way.object("calendar").properties["pseudo"]["app"]["websocket"], json!(true));
}

#[tokio::test]
async fn a_repair_moves_an_object_to_the_public_address_and_leaves_its_password() {
    let way = Simulated::start().await;
    way.create(Kind::Admin, ADMIN, &[]).await.unwrap();
    let public = crate::Addresses::new(Some("https://calendar.example.com"), FOLDER.to_owned());
    let object = crate::list(&way, &public).await.unwrap().remove(0);
    assert_eq!(object.health, Health::OldAddress);
    assert_eq!(repair(&way, &public, &object).await, Ok(()));
    let url = "https://calendar.example.com/pbxcalendar-calendaradmin";
    assert_eq!(way.object("calendar-admin").url(), Some(url));
    let object = crate::list(&way, &public).await.unwrap().remove(0);
    assert_eq!((object.health, way.instance_password()), (Health::Works, "password 1".to_owned()));
}

#[tokio::test]
async fn no_new_password_while_nobody_knows_whether_the_old_one_works() {
    let way = Simulated::start().await;
    way.create(Kind::Calendar, CALENDAR, &[]).await.unwrap();
    way.silent.set(Some(Peer::Service));
    let unchecked = Err(Failed { step: Step::Object, problem: Problem::Unchecked });
    assert_eq!(way.create(Kind::Admin, ADMIN, &[]).await, unchecked);
    assert_eq!((way.instance_password(), way.list().await.len()), ("password 1".to_owned(), 1));
}

#[tokio::test]
async fn a_message_that_gets_lost_changes_no_more() {
    let way = Simulated::start().await;
    way.silent.set(Some(Peer::Platform));
    let created = way.create(Kind::Calendar, CALENDAR, &[]).await;
    assert_eq!(created, Err(Failed { step: Step::Password, problem: Problem::Silent(Peer::Platform) }));
    way.silent.set(None);
    assert_eq!(repair(&way, &addresses(), &way.only().await).await, Ok(()));
    assert_eq!(way.health().await, [Health::NotConnected]);
}
