//! How it ends.

use serde_json::json;

use super::{KINDS, Site};

#[tokio::test(flavor = "multi_thread")]
async fn subscriptions_are_ended_with_the_service() {
    for kind in KINDS {
        let mut site = Site::new(kind, &["anna", "bert"], json!({})).await;
        site.world.until_status("streams", |status| status["source"]["watching"] == "streaming").await;
        assert_eq!(site.exchange.subscriptions(), 2, "{kind:?}");
        site.world.service.take().unwrap().stop().await;
        assert_eq!(site.exchange.subscriptions(), 0, "{kind:?}");
        assert_eq!(site.exchange.violations(), []);
    }
}
