//! Whose mailbox is whose, and what becomes of those that are not there.

use std::time::Duration;

use graph_sim::{Effect, Endpoint, Fault, Mailbox, User};
use pbx_calendar::source::{MailboxState, Timing, Wanted};

use crate::support::{Source, Start, address, meeting, sim, user};

fn wanted(guid: &str, addresses: &[&str]) -> Wanted {
    let addresses = addresses.iter().map(|name| address(name)).collect();
    Wanted { addresses, ..user(guid) }
}

async fn with(users: Vec<User>, want: &[Wanted]) -> Source {
    let sim = sim(&[]).await;
    for user in users {
        sim.add_user(user).unwrap();
    }
    let source = Source::new(sim, &[]).await;
    source.want(want);
    source
}

fn anna_with_addresses() -> User {
    User {
        mail: Some(address("anna.b")),
        proxy_addresses: vec![format!("SMTP:{}", address("anna.b")), format!("smtp:{}", address("annie"))],
        ..User::new(address("anna"))
    }
}

#[tokio::test]
async fn an_address_that_is_no_sign_in_name_is_looked_up() {
    for name in ["anna.b", "annie"] {
        let mut source = with(vec![anna_with_addresses()], &[wanted("1", &[name])]).await;
        let seen = source.until_state("1", MailboxState::Matched).await;
        assert_eq!(seen.mailbox, Some(address("anna")));
        assert!(seen.last_sync.is_some());
        assert_eq!(seen.error, None);
    }
}

#[tokio::test]
async fn a_sign_in_name_needs_no_directory() {
    let mut source = with(vec![User::new(address("anna"))], &[wanted("1", &["anna"])]).await;
    let seen = source.until_state("1", MailboxState::Matched).await;
    assert_eq!(seen.mailbox, Some(address("anna")));
    assert_eq!(source.sim.counts().of(Endpoint::Users), 0);
}

#[tokio::test]
async fn where_the_directory_is_forbidden_that_is_said_and_not_asked_again_for_everybody() {
    let sim = sim(&["ben"]).await;
    sim.add_user(anna_with_addresses()).unwrap();
    let client = sim.settings().applications[0].client_id;
    sim.change_application(client, |application| application.roles.retain(|role| role != "User.Read.All"))
        .unwrap();
    let mut source = Source::new(sim, &[]).await;
    source.want(&[wanted("1", &["annie"]), wanted("2", &["nobody"]), wanted("3", &["ben"])]);
    for guid in ["1", "2"] {
        let seen = source.until_state(guid, MailboxState::NoMailbox).await;
        assert_eq!(seen.code(), Some("directoryForbidden"));
        assert!(seen.error.unwrap().text.contains("User.Read.All"));
    }
    source.until_state("3", MailboxState::Matched).await;
    assert!(source.sim.counts().of(Endpoint::Users) <= 2);

    // Granted, and asked for.
    source
        .sim
        .change_application(client, |application| application.roles.push("User.Read.All".to_owned()))
        .unwrap();
    source.resync(None).await;
    source.until_state("1", MailboxState::Matched).await;
    let seen = source.until_of("2", "unknown", |seen| seen.code() == Some("mailboxUnknown")).await;
    assert_eq!(seen.state, Some(MailboxState::NoMailbox));
}

#[tokio::test]
async fn several_addresses_of_one_mailbox_are_one_match() {
    let mut source = with(vec![anna_with_addresses()], &[wanted("1", &["nobody", "annie", "anna"])]).await;
    let seen = source.until_state("1", MailboxState::Matched).await;
    assert_eq!(seen.error, None);
}

#[tokio::test]
async fn of_several_mailboxes_the_first_is_used_with_a_warning() {
    let users = vec![User::new(address("anna")), User::new(address("ben"))];
    let mut source = with(users, &[wanted("1", &["ben", "anna"])]).await;
    let seen = source.until_state("1", MailboxState::Matched).await;
    assert_eq!(seen.mailbox, Some(address("ben")));
    assert_eq!(seen.code(), Some("severalMailboxes"));
}

#[tokio::test]
async fn a_mailbox_outside_of_the_scope_is_told_from_a_missing_permission() {
    let hidden = User { in_scope: false, ..User::new(address("hidden")) };
    let users = vec![hidden, User::new(address("anna"))];
    let mut source = with(users, &[wanted("1", &["hidden"]), wanted("2", &["anna"])]).await;
    let seen = source.until_state("1", MailboxState::NotInScope).await;
    assert_eq!(seen.code(), Some("notInScope"));
    source.until_healthy().await;
    source.until_state("2", MailboxState::Matched).await;

    source.sim.change_user(&address("hidden"), |user| user.in_scope = true).unwrap();
    source.resync(Some("1")).await;
    source.until_state("1", MailboxState::Matched).await;
}

#[tokio::test]
async fn a_refusal_that_comes_before_all_answers_is_no_missing_permission() {
    let hidden = User { in_scope: false, ..User::new(address("hidden")) };
    let mut source = with(vec![hidden, User::new(address("anna"))], &[]).await;
    source
        .sim
        .fault(Fault { user: Some(address("anna")), times: Some(1), ..Fault::new(Effect::Slow { ms: 30 }) })
        .unwrap();
    source.want(&[user("hidden"), user("anna")]);
    source
        .until("the state of both", |source| {
            assert!(!matches!(source.health, Some(Err(_))), "{:?}", source.health);
            let state = |guid| source.seen.get(guid).and_then(|seen| seen.state);
            (state("hidden"), state("anna")) == (Some(MailboxState::NotInScope), Some(MailboxState::Matched))
        })
        .await;
}

#[tokio::test]
async fn a_mailbox_outside_of_the_scope_is_asked_again() {
    let sim = sim(&["anna"]).await;
    sim.add_user(User { in_scope: false, ..User::new(address("hidden")) }).unwrap();
    let mut source = Source::new(sim, &["anna", "hidden"]).await;
    source.until_state("hidden", MailboxState::NotInScope).await;
    source.sim.change_user(&address("hidden"), |user| user.in_scope = true).unwrap();
    source.until_state("hidden", MailboxState::Matched).await;
}

#[tokio::test]
async fn a_mailbox_that_is_said_to_be_gone_is_not_believed_to_be_before_its_time() {
    let sim = sim(&["anna", "ben"]).await;
    sim.add(&address("anna"), meeting("x", 1)).unwrap();
    let start = Start::of(&sim);
    let timing = Timing { believe_after: Duration::from_hours(1), ..start.timing };
    let mut source = Source::with(sim, Start { timing, ..start }, &["anna", "ben"]).await;
    source.until_titles("anna", &["x"]).await;
    source.until_state("ben", MailboxState::Matched).await;
    for gone in [Mailbox::None, Mailbox::OnPremises] {
        source.sim.change_user(&address("anna"), |user| user.mailbox = gone).unwrap();
        let asked = source.rounds_of("ok");
        // Rounds of both, so that several of them said that it is gone.
        source.until("rounds", |source| source.rounds_of("ok") > asked + 20).await;
        let seen = source.seen["anna"].clone();
        assert_eq!((seen.state, seen.titles()), (Some(MailboxState::Matched), vec!["x"]));
    }
    source.sim.change_user(&address("anna"), |user| user.mailbox = Mailbox::Online).unwrap();
    source.sim.add(&address("anna"), meeting("y", 2)).unwrap();
    source.until_titles("anna", &["x", "y"]).await;
}

#[tokio::test]
async fn a_mailbox_that_leaves_the_scope_is_no_longer_shown() {
    let mut source =
        with(vec![User::new(address("anna")), User::new(address("ben"))], &[user("anna"), user("ben")]).await;
    source.sim.add(&address("anna"), meeting("x", 1)).unwrap();
    source.until_titles("anna", &["x"]).await;
    source.until_state("ben", MailboxState::Matched).await;
    source.sim.change_user(&address("anna"), |user| user.in_scope = false).unwrap();
    source.until_state("anna", MailboxState::NotInScope).await;
    source.until_titles("anna", &[]).await;
}

#[tokio::test]
async fn where_no_mailbox_may_be_read_the_permission_is_missing() {
    let sim = sim(&["anna", "ben"]).await;
    let client = sim.settings().applications[0].client_id;
    sim.change_application(client, |application| application.roles = vec!["User.Read.All".to_owned()])
        .unwrap();
    let mut source = Source::new(sim, &["anna", "ben"]).await;
    let advice = source.until_error("permissionMissing").await;
    assert!(advice.text.contains("Calendars.Read"));
    source.until_state("anna", MailboxState::Failed).await;
    source.until_state("ben", MailboxState::Failed).await;

    // A token keeps the permissions that it had, so a new one is needed.
    source
        .sim
        .change_application(client, |application| application.roles.push("Calendars.Read".to_owned()))
        .unwrap();
    source.until_healthy().await;
    source.until_state("anna", MailboxState::Matched).await;
    source.until_state("ben", MailboxState::Matched).await;
}

#[tokio::test]
async fn mailboxes_elsewhere_are_named() {
    let local = User { mailbox: Mailbox::OnPremises, ..User::new(address("local")) };
    let mut source = with(vec![local], &[wanted("1", &["local"])]).await;
    let seen = source.until_state("1", MailboxState::HostedElsewhere).await;
    assert_eq!(seen.code(), Some("hostedElsewhere"));
}

#[tokio::test]
async fn a_mailbox_that_is_deleted_takes_its_appointments_along_and_may_come_back() {
    let mut source = with(vec![User::new(address("anna"))], &[user("anna")]).await;
    source.sim.add(&address("anna"), meeting("x", 1)).unwrap();
    source.until_titles("anna", &["x"]).await;
    source.sim.remove_user(&address("anna")).unwrap();
    source.until_state("anna", MailboxState::NoMailbox).await;
    source.until_titles("anna", &[]).await;
    source.sim.add_user(User::new(address("anna"))).unwrap();
    source.until_state("anna", MailboxState::Matched).await;
}

#[tokio::test]
async fn other_addresses_are_another_search() {
    let users = vec![User::new(address("anna")), User::new(address("ben"))];
    let mut source = with(users, &[wanted("1", &["anna"])]).await;
    source.sim.add(&address("ben"), meeting("of ben", 1)).unwrap();
    source.until_state("1", MailboxState::Matched).await;
    source.want(&[wanted("1", &["ben"])]);
    source.until_titles("1", &["of ben"]).await;
    source.want(&[wanted("1", &["nobody"])]);
    source.until_state("1", MailboxState::NoMailbox).await;
    source.until_titles("1", &[]).await;
    source.want(&[wanted("1", &[])]);
    source.until_of("1", "no address", |seen| seen.code() == Some("noAddress")).await;
}
