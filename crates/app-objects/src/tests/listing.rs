use super::simulated::{FOLDER, OLD_PASSWORD, Simulated, addresses};
use crate::templates::templates;
use crate::{Addresses, Health, Kind, Peer, Problem, list};

const CALENDAR: &str = "https://ap.example.com/example.com/calendar/pbxcalendar-calendar";

#[test]
fn the_public_address_counts_and_the_folder_of_the_plugin_is_looked_at_too() {
    let both = |current: &str, former: Option<&str>| Addresses {
        current: current.to_owned(),
        former: former.map(str::to_owned),
    };
    let plugin = || "https://a/plugin/".to_owned();
    assert_eq!(Addresses::new(None, plugin()), both("https://a/plugin/", None));
    let public = both("https://b/c/", Some("https://a/plugin/"));
    for address in ["https://b/c", "https://b/c/"] {
        assert_eq!(Addresses::new(Some(address), plugin()), public);
    }
    assert_eq!(Addresses::new(Some("https://a/plugin"), plugin()), both("https://a/plugin/", None));
    assert_eq!(public.page(Kind::Admin), "https://b/c/pbxcalendar-calendaradmin");
}

#[tokio::test]
async fn only_objects_with_exactly_the_address_of_a_page_are_listed() {
    let transport = Simulated::start().await;
    for (number, url) in [
        CALENDAR.to_owned(),
        format!("{FOLDER}pbxcalendar-calendaradmin"),
        format!("{FOLDER}pbxcalendar-calendaradmin2"),
        format!("{FOLDER}pbxcalendar"),
        format!("{FOLDER}x/pbxcalendar-calendar"),
        FOLDER.to_owned(),
        CALENDAR.replace("/calendar/", "/calendar2/"),
        CALENDAR.replace("https", "http"),
    ]
    .iter()
    .enumerate()
    {
        transport.manager.add_app(&format!("App {number}"), &format!("app{number}"), url, OLD_PASSWORD);
    }
    let found = transport.list().await;
    let found: Vec<_> = found.iter().map(|object| (object.kind, &*object.sip, &*object.title)).collect();
    assert_eq!(found, [(Kind::Calendar, "app0", "App 0"), (Kind::Admin, "app1", "App 1")]);
}

#[tokio::test]
async fn an_object_works_when_the_service_takes_its_password_and_the_pbx_is_connected() {
    let transport = Simulated::start().await;
    transport.manager.add_app("Calendar", "calendar", CALENDAR, "other");
    assert_eq!(transport.only().await.health, Health::WrongPassword);
    transport.manager.set_connected("calendar", true);
    assert_eq!(transport.only().await.health, Health::WrongPassword);

    transport.manager.add_app("Second", "second", CALENDAR, OLD_PASSWORD);
    let health =
        async || transport.list().await.into_iter().find(|object| object.sip == "second").unwrap().health;
    assert_eq!(health().await, Health::NotConnected);
    transport.manager.set_connected("second", true);
    assert_eq!(health().await, Health::Works);
    transport.silent.set(Some(Peer::Service));
    assert_eq!(health().await, Health::Unknown);
}

#[tokio::test]
async fn nobody_connects_over_the_admin_app() {
    let transport = Simulated::start().await;
    transport.manager.add_app("Admin", "admin", &format!("{FOLDER}pbxcalendar-calendaradmin"), OLD_PASSWORD);
    assert_eq!(transport.only().await.health, Health::Works);
}

#[tokio::test]
async fn objects_with_the_former_address_are_found_and_told_from_the_others() {
    let transport = Simulated::start().await;
    transport.manager.add_app("Old", "old", CALENDAR, OLD_PASSWORD);
    transport.manager.add_app(
        "New",
        "new",
        "https://calendar.example.com/pbxcalendar-calendaradmin",
        OLD_PASSWORD,
    );
    let addresses = Addresses::new(Some("https://calendar.example.com"), FOLDER.to_owned());
    let found = list(&transport, &addresses).await.unwrap();
    let found: Vec<_> = found.iter().map(|object| (&*object.sip, object.health)).collect();
    assert_eq!(found, [("new", Health::Works), ("old", Health::OldAddress)]);
}

#[tokio::test]
async fn a_pbx_that_does_not_answer_or_refuses_is_told_from_one_without_objects() {
    let transport = Simulated::start().await;
    assert_eq!(list(&transport, &addresses()).await, Ok(vec![]));
    transport.fail("GetAppObjects", 0);
    let refused = Problem::Refused(Peer::Pbx, "it failed because it was told to".to_owned());
    assert_eq!(list(&transport, &addresses()).await, Err(refused));
    transport.silent.set(Some(Peer::Pbx));
    assert_eq!(list(&transport, &addresses()).await, Err(Problem::Silent(Peer::Pbx)));
}

#[tokio::test]
async fn templates_are_read_over_all_pages() {
    let transport = Simulated::start().await;
    for number in 0..120 {
        let apps = if number % 60 == 0 { "users, calendar,phone" } else { "users,calendar2" };
        transport.manager.add_template(&format!("Config {number:03}"), apps);
    }
    let all = templates(&transport, "calendar").await.unwrap();
    assert_eq!(all.len(), 120);
    let with: Vec<_> =
        all.iter().filter(|template| template.has_object).map(|template| &*template.cn).collect();
    assert_eq!(with, ["Config 000", "Config 060"]);
    // A new object is in none, whatever its name will be.
    assert!(templates(&transport, "").await.unwrap().iter().all(|template| !template.has_object));
    assert_eq!(transport.manager.violations(), []);
}
