//! Names are cut, and a status fits into a message.

use serde_json::json;

use super::{pbx, status};
use crate::support::Server;

#[tokio::test]
async fn hardening_15_names_of_pbxs_are_cut_and_the_status_fits() {
    let server = Server::start(&[]);
    let mut manager = server.manager().await;
    assert_eq!(manager.write(json!({"pbxName": "x".repeat(20_000)})).await["result"], "ok");
    let mut pbxs = Vec::new();
    for number in 0..100 {
        let mut pbx = pbx(&server, &format!("{number:03}{}", "ü".repeat(10_000))).await;
        pbx.received().await;
        pbxs.push(pbx);
    }
    let status = status(&mut manager).await;
    let others = status["pbx"]["others"].as_array().unwrap();
    assert_eq!(others[0], format!("000{}", "ü".repeat(252)));
    assert!(others.len() > 20);
    assert!(status.to_string().len() < 65_535);
}
