//! `people.md` 1: local Exchange and Microsoft 365 at once.

use graph_sim::{Endpoint, Mailbox as CloudMailbox};
use serde_json::{Value, json};

use super::super::world::{SECRET, World, address, busy, running};
use super::{Kind, Site};

/// Whoever is `local` has a mailbox at Exchange, all others have one in the cloud.
async fn hybrid(users: &[&str], local: &[&str]) -> Site {
    let mut site = Site::unconfigured(Kind::OnPremises, users).await;
    for user in users {
        if local.contains(user) {
            leave_cloud(&site.world, user);
        } else {
            site.exchange.remove_mailbox(&address(user)).unwrap();
        }
    }
    let settings = settings(&site);
    site.world.write(settings).await;
    for user in users {
        site.world.until(user, "Free").await;
    }
    site
}

fn settings(site: &Site) -> Value {
    let application = &site.world.graph.settings().applications[0];
    let mut settings = site.settings();
    let more = json!({
        "syncType": 5, "httpProxy": "", "ewsUrl": site.exchange.ews_url(), "clientSecret": SECRET,
        "clientId": application.client_id.to_string(), "tenantId": site.world.graph.settings().tenant.to_string(),
    });
    settings.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    settings
}

fn leave_cloud(world: &World, user: &str) {
    world.graph.change_user(&address(user), |user| user.mailbox = CloudMailbox::OnPremises).unwrap();
}

fn join_cloud(world: &World, user: &str) {
    world.graph.change_user(&address(user), |user| user.mailbox = CloudMailbox::Online).unwrap();
}

fn join_local(site: &Site, user: &str) {
    let mailbox = exchange_sim::Mailbox::new(address(user));
    site.exchange.add_mailbox(exchange_sim::Mailbox { time_zone: "UTC".to_owned(), ..mailbox }).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn people_1_each_user_is_read_where_the_mailbox_is_and_both_sources_are_named() {
    let mut site = hybrid(&["anna", "bert"], &["bert"]).await;
    let (there, end) = running("There", 30);
    site.world.add("anna", there);
    let (other, until) = running("Here", 20);
    site.add("bert", other);
    site.world.until("anna", &busy("There", end)).await;
    site.world.until("bert", &busy("Here", until)).await;
    let is_all = |status: &Value| status["matched"] == 2;
    let status = site.world.until_status("both", is_all).await;
    let sources = json!([
        {"type": "graph", "state": "running", "users": 1}, {"type": "onPremises", "state": "running", "users": 1},
    ]);
    assert_eq!((&status["sources"], &status["sync"]), (&sources, &json!("running")));
    site.no_violations();
}

#[tokio::test(flavor = "multi_thread")]
async fn people_1_found_at_both_it_is_graph() {
    let mut site = Site::unconfigured(Kind::OnPremises, &["anna"]).await;
    let (there, end) = running("There", 30);
    site.world.add("anna", there);
    let (here, _) = running("Here", 20);
    site.add("anna", here);
    let settings = settings(&site);
    site.world.write(settings).await;
    site.world.until("anna", &busy("There", end)).await;
    let status = site.world.until_status("one user", |status| status["matched"] == 1).await;
    assert_eq!((&status["sources"][0]["users"], &status["sources"][1]["users"]), (&json!(1), &json!(0)));
}

#[tokio::test(flavor = "multi_thread")]
async fn people_1_a_mailbox_that_moves_is_followed_there_and_back_without_a_gap() {
    let mut site = hybrid(&["anna"], &[]).await;
    let (there, end) = running("There", 30);
    let id = site.world.add("anna", there.clone());
    site.world.until("anna", &busy("There", end)).await;
    let mut writes = site.world.pbx.watch_writes();
    // Nobody waits the five minutes after which a mailbox is believed to be gone.
    join_local(&site, "anna");
    let (local, until) = running("Here", 20);
    site.add("anna", local);
    leave_cloud(&site.world, "anna");
    site.world.until("anna", &busy("Here", until)).await;
    site.world.until_status("at Exchange", |status| status["sources"][1]["users"] == 1).await;

    site.world.graph.delete(&address("anna"), &id).unwrap();
    let (again, later) = running("Again", 40);
    site.world.add("anna", again);
    join_cloud(&site.world, "anna");
    site.exchange.remove_mailbox(&address("anna")).unwrap();
    site.world.until("anna", &busy("Again", later)).await;
    site.world.until_status("at Graph", |status| status["sources"][0]["users"] == 1).await;
    let mut notes = Vec::new();
    while let Ok(written) = writes.try_recv() {
        notes.push(written.presence.note);
    }
    assert_eq!(notes, [busy("Here", until), busy("Again", later)], "nothing else was shown in between");
    site.world.no_violations();
}

#[tokio::test(flavor = "multi_thread")]
async fn people_1_one_that_is_down_leaves_the_users_of_the_other_alone() {
    let mut site = hybrid(&["anna", "bert"], &["bert"]).await;
    site.world.graph.down().await;
    let is_down = |status: &Value| status["sources"][0]["state"] == "error";
    let status = site.world.until_status("Graph is down", is_down).await;
    assert_eq!(status["sources"][1]["state"], "running");
    assert_eq!(
        (&status["sync"], &status["source"]["type"]),
        (&json!("error"), &json!("graph")),
        "the worst leads"
    );
    let (here, end) = running("Here", 30);
    site.add("bert", here);
    site.world.until("bert", &busy("Here", end)).await;
    assert_eq!(site.world.pbx.note("anna").as_deref(), Some("Free"), "what is shown stays");
    // Somebody who was never found waits until both have answered.
    site.world.pbx.add_user(pbx_sim::User::new("0000000000000000000000000000000c", "carl"));
    site.world.until_status("carl", |status| status["users"] == 3).await;
    let users = site.world.users().await;
    assert!(users.iter().any(|user| user["state"] == "waiting"), "{users:?}");
    site.world.graph.up().await;
    site.world.until_status("carl has none", |status| status["unmatched"] == 1).await;
    site.exchange.down().await;
    let is_down = |status: &Value| status["sources"][1]["state"] == "error";
    let status = site.world.until_status("Exchange is down", is_down).await;
    assert_eq!(
        (&status["sources"][0]["state"], &status["source"]["type"]),
        (&json!("running"), &json!("onPremises"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn people_1_from_graph_to_hybrid_and_back_nothing_is_read_anew_at_graph() {
    let mut site = hybrid(&["anna"], &[]).await;
    let (there, end) = running("There", 30);
    site.world.add("anna", there);
    site.world.until("anna", &busy("There", end)).await;
    for sync_type in [4, 5, 4] {
        let before = site.world.graph.counts();
        site.world.write(json!({"syncType": sync_type})).await;
        let control = site.world.graph.control();
        let is_so = |status: &Value| {
            let asked = control.counts().of(Endpoint::Delta) > before.of(Endpoint::Delta);
            asked && status["matched"] == 1 && status["sync"] == "running"
        };
        site.world.until_status("a round later", is_so).await;
        assert_eq!(control.counts().rows, before.rows, "no event is sent again");
    }
}
