//! From each type to Microsoft Graph by one write of the settings.

use serde_json::json;

use super::{KINDS, Site};
use crate::sync::world::{busy, running, settings};

#[tokio::test(flavor = "multi_thread")]
async fn from_each_type_to_graph_is_one_click() {
    for kind in KINDS {
        let mut site = Site::new(kind, &["anna", "bert", "carl"], json!({})).await;
        let (here, end) = running("Here", 30);
        site.add("anna", here.clone());
        site.add("bert", here);
        for user in ["anna", "bert"] {
            site.world.until(user, &busy("Here", end)).await;
        }
        // What only one of the two knows must not be seen beside the other's.
        let (there, end) = running("There", 40);
        site.world.add("anna", there.clone());
        site.world.add("carl", there);
        let mut graph = settings(&site.world.graph);
        graph["caCertificate"] = json!("");
        graph["httpProxy"] = json!("");
        site.world.write(graph).await;
        for user in ["anna", "carl"] {
            site.world.until(user, &busy("There", end)).await;
        }
        site.world.until("bert", "Free").await;
        site.world
            .until_status("graph, with everybody in it", |status| {
                status["source"]["type"] == "graph" && status["sync"] == "running" && status["matched"] == 3
            })
            .await;
        site.exchange.down().await;
        let (last, end) = running("Last", 50);
        site.world.add("bert", last);
        site.world.until("bert", &busy("Last", end)).await;
        site.world.no_violations();
    }
}
