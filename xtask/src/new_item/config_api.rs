//! Goes into the copy with the new item: the running service knows it like any other.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, dead_code, unused_imports)]

#[path = "service/support/mod.rs"]
mod support;

use serde_json::json;
use support::{Server, Socket};

#[tokio::test]
async fn a_new_item_is_described_checked_written_and_read() {
    let server = Server::start(&[]);
    let mut socket = server.manager().await;

    let described = socket.ask(json!({"mt": "GetConfigItems", "api": "Config"})).await;
    let items = described["ConfigItems"].as_array().unwrap();
    let item = items.iter().find(|item| item["name"] == "newItem").unwrap();
    assert_eq!(*item, json!({"name": "newItem", "type": "INT", "minVal": 0, "maxVal": 9}));

    assert_eq!(socket.read().await["ConfigItems"]["newItem"], 3);
    let refused = socket.write(json!({"newItem": 10})).await;
    assert_eq!(refused["errors"], json!([{"item": "newItem", "error": "range"}]));
    let written = socket.write(json!({"newItem": 7})).await;
    assert_eq!(written["result"], "ok");
    assert_eq!(socket.read().await["ConfigItems"]["newItem"], 7);
}
