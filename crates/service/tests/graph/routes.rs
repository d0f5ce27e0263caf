//! Which way requests take.

use graph_sim::{GraphSim, Settings, User};
use pbx_calendar::source::MailboxState;

use crate::support::{Source, Start, address, meeting, sim};

#[tokio::test]
async fn a_prefix_is_kept_and_links_are_followed_there() {
    for prefix in ["", "/pre/fix"] {
        let sim =
            GraphSim::start(Settings { prefix: prefix.to_owned(), ..Settings::default() }).await.unwrap();
        sim.add_user(User::new(address("anna"))).unwrap();
        let mut start = Start::of(&sim);
        start.url.push('/');
        let mut source = Source::with(sim, start, &["anna"]).await;
        source.until_titles("anna", &[]).await;
        source.sim.add(&address("anna"), meeting("x", 1)).unwrap();
        source.until_titles("anna", &["x"]).await;
    }
}

#[tokio::test]
async fn a_proxy_is_asked_for_everything() {
    let sim = sim(&["anna"]).await;
    let mut start = Start::of(&sim);
    // Nobody else could answer for this host. The stand-in takes addresses as proxies get them.
    start.url = "http://graph.invalid".to_owned();
    start.settings.http_proxy = sim.url().replace("//", "//user:password@");
    let mut source = Source::with(sim, start, &["anna"]).await;
    source.until_state("anna", MailboxState::Matched).await;
}
