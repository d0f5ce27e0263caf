//! With Microsoft Graph: each code ends in its step, with its advice and page.

use graph_sim::{Appointment, Effect, Endpoint, Fault};
use serde_json::{Value, json};

use super::{Told, test};
use crate::sync::world::{SECRET, World, address, now, settings};

fn typed(world: &World, change: &Value) -> Value {
    let mut items = settings(&world.graph);
    items.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    json!({"ConfigItems": items, "mailbox": address("anna")})
}

fn denial(code: u32) -> Fault {
    Fault::new(Effect::SignIn { code }).at(Endpoint::Token)
}

fn status(status: u16, code: &str) -> Fault {
    Fault::new(Effect::Status { status, code: Some(code.to_owned()), retry_after: None })
}

/// A test during which this happens.
async fn during(world: &mut World, fault: Fault) -> Told {
    world.graph.fault(fault).unwrap();
    let message = typed(world, &json!({}));
    let told = test(world, message).await;
    world.graph.clear_faults();
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn what_works_is_said_step_by_step_though_nothing_is_saved() {
    let mut world = World::unconfigured(&["anna", "bert"]).await;
    for title in ["Geheim 1", "Geheim 2", "Geheim 3"] {
        let start = now() + chrono::TimeDelta::hours(2);
        world.add("anna", Appointment::new(title, start, start + chrono::TimeDelta::hours(1)));
    }
    let before = world.ask("ReadConfig", json!({})).await;
    let message = typed(&world, &json!({}));
    let told = test(&mut world, message).await;
    for step in [
        "settings",
        "reach",
        "tenant",
        "token",
        "mailbox",
        "lookup",
        "zone",
        "roles",
        "throttle",
        "pbx",
        "pbxRights",
    ] {
        assert_eq!(told.state(step), "ok", "{}", told.step(step));
    }
    let mailbox = told.step("mailbox");
    assert_eq!(mailbox["facts"]["appointments"], "3");
    assert!(mailbox["detail"].as_str().unwrap().contains("3 appointments within 48 hours"), "{mailbox}");
    assert_eq!(told.verdict("pbxUsers")[..2], ["failed", "pbxWaiting"], "nothing is saved");
    assert!(told.steps.iter().all(|step| step["api"] == "Calendar" && step["src"] == "t"));
    assert_eq!(world.ask("ReadConfig", json!({})).await, before);
    let report = told.result["report"].as_str().unwrap();
    assert!(report.contains("mailbox-1") && !report.contains("contoso.example"), "{report}");
}

#[tokio::test(flavor = "multi_thread")]
async fn once_it_runs_everything_is_well() {
    let mut world = World::new(&["anna"]).await;
    let told = test(&mut world, json!({})).await;
    assert_eq!(told.result["ok"], true, "{}", told.text());
    for step in ["pbx", "pbxRights", "pbxUsers", "match", "mailbox"] {
        assert_eq!(told.state(step), "ok", "{}", told.step(step));
    }
    let told = test(&mut world, json!({"only": ["pbxRights"]})).await;
    let steps: Vec<&str> = told.steps.iter().map(|step| step["step"].as_str().unwrap()).collect();
    assert_eq!(steps, ["pbx", "pbx", "pbxRights", "pbxRights"], "running, and how it ended");
    world.no_violations();
}

#[tokio::test(flavor = "multi_thread")]
async fn each_number_of_the_login_has_its_advice_and_page() {
    let rows: [(&str, &str, &[u32]); 13] = [
        ("wrongSecret", "graph/secret", &[7_000_215, 70_002]),
        ("expiredSecret", "graph/secret", &[7_000_222]),
        ("publicClient", "graph/ids", &[700_025]),
        ("tenantUnknown", "graph/ids", &[90_002, 900_021, 900_023, 50_059, 50_128]),
        ("wrongCloud", "graph/ids", &[90_038, 900_382, 900_432]),
        ("applicationUnknown", "graph/ids", &[700_016, 700_011]),
        ("principalMissing", "graph/ids", &[7_000_229]),
        ("applicationDisabled", "graph/ids", &[7_000_112, 70_001]),
        ("resourceMissing", "graph/ids", &[500_011, 50_001, 650_052]),
        ("consentMissing", "graph/permissions", &[65_001, 65_005, 650_056, 650_057, 90_094]),
        ("conditionalAccess", "", &[53_003, 530_032, 530_035]),
        ("loginBusy", "", &[90_006, 90_024, 90_033, 90_055, 50_196]),
        ("", "", &[4_711]),
    ];
    let mut world = World::unconfigured(&["anna"]).await;
    for (advice, page, numbers) in rows {
        for number in numbers {
            let told = during(&mut world, denial(*number)).await;
            let said = number.to_string();
            assert_eq!(told.verdict("token"), ["failed", &said, advice, page]);
            assert_eq!(told.state("mailbox"), "skipped");
            assert_eq!(told.state("pbx"), "ok", "the others are done");
            assert_eq!(told.result["ok"], false);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_code_of_graph_has_its_advice_and_page() {
    let mut world = World::unconfigured(&["anna"]).await;
    for (status_code, code, advice, page) in [
        (403, "ErrorAccessDenied", "permissionMissing", "graph/permissions"),
        (401, "InvalidAuthenticationToken", "tokenRefused", "graph/ids"),
        (401, "OrganizationFromTenantGuidNotFound", "resourceMissing", "graph/ids"),
        (401, "NoPermissionsInAccessToken", "consentMissing", "graph/permissions"),
        (401, "Authorization_IdentityNotFound", "consentMissing", "graph/permissions"),
        (404, "ErrorInvalidUser", "noMailbox", ""),
        (404, "MailboxNotEnabledForRESTAPI", "mailboxElsewhere", ""),
        (404, "MailboxNotHostedInExchangeOnline", "mailboxElsewhere", ""),
        (429, "ApplicationThrottled", "throttled", ""),
        (503, "ServiceUnavailable", "throttled", ""),
        (403, "Some thing\nNew", "", ""),
    ] {
        let told = during(&mut world, status(status_code, code).at(Endpoint::Delta)).await;
        let said = code.replace([' ', '\n'], "");
        assert_eq!(told.verdict("mailbox"), ["failed", &said, advice, page], "{code}");
    }
    let told = during(&mut world, Fault::new(Effect::UserAgent).at(Endpoint::Delta)).await;
    assert_eq!(
        told.verdict("mailbox"),
        ["failed", "ErrorAccessDenied", "userAgent", "cloudAppOnly/allowList"]
    );
    let told = during(&mut world, status(403, "Authorization_RequestDenied").at(Endpoint::Users)).await;
    assert_eq!(
        told.verdict("lookup"),
        ["warning", "Authorization_RequestDenied", "userReadAll", "graph/permissions"]
    );
    let told = during(&mut world, status(403, "ErrorAccessDenied").at(Endpoint::MailboxSettings)).await;
    assert_eq!(
        told.verdict("zone"),
        ["warning", "ErrorAccessDenied", "mailboxSettings", "graph/permissions"]
    );
    let told = during(&mut world, Fault::throttled(1).at(Endpoint::Delta).times(1)).await;
    assert_eq!(told.state("mailbox"), "ok", "a wait is waited for");
    assert_eq!(told.verdict("throttle")[..3], ["warning", "throttled", "throttled"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_be_read_is_limited_or_not() {
    let mut world = World::unconfigured(&["anna", "chef"]).await;
    let mut message = typed(&world, &json!({}));
    message["outside"] = json!(address("chef"));
    let told = test(&mut world, message.clone()).await;
    assert_eq!(told.verdict("outside"), ["warning", "tooBroad", "tooBroad", "graph/limit"]);
    assert_eq!(told.verdict("roles")[..3], ["warning", "tooBroad", "tooBroad"]);
    world.graph.change_user(&address("chef"), |user| user.in_scope = false).unwrap();
    let told = test(&mut world, message.clone()).await;
    assert_eq!([told.state("outside"), told.state("roles")], ["ok", "ok"], "only that proves a limit");
    // The mailbox itself is outside.
    message["mailbox"] = json!(address("chef"));
    message.as_object_mut().unwrap().remove("outside");
    let told = test(&mut world, message).await;
    assert_eq!(told.verdict("mailbox"), ["failed", "ErrorAccessDenied", "accessPolicy", "graph/limit"]);
    let client = world.graph.settings().applications[0].client_id;
    world
        .graph
        .change_application(client, |app| {
            app.roles.extend(["Calendars.ReadWrite".into(), "full_access_as_app".into()]);
        })
        .unwrap();
    let message = typed(&world, &json!({}));
    let told = test(&mut world, message).await;
    let excess = told.step("roles")["facts"]["excess"].as_str().unwrap();
    assert_eq!(excess, "Calendars.ReadWrite, full_access_as_app", "of both tokens");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tenant_of_another_cloud_is_told_before_a_secret_is_sent() {
    let mut world = World::unconfigured(&["anna"]).await;
    let message = typed(&world, &json!({"nationalCloud": 1}));
    let told = test(&mut world, message).await;
    assert_eq!(told.verdict("tenant"), ["failed", "wrongCloud", "wrongCloud", "graph/ids"]);
    assert_eq!(told.step("tenant")["facts"]["cloud"], "global");
    assert_eq!(world.graph.counts().of(Endpoint::Token), 0, "no secret has been sent");
    let message = typed(&world, &json!({"tenantId": "unknown.example"}));
    let told = test(&mut world, message).await;
    assert_eq!(told.verdict("tenant"), ["failed", "90002", "tenantUnknown", "graph/ids"]);
    assert_eq!(told.state("token"), "skipped");
}

#[tokio::test(flavor = "multi_thread")]
async fn typed_settings_are_checked_and_a_typed_secret_counts() {
    let mut world = World::new(&["anna"]).await;
    let refused = |told: Told| (told.steps.len(), told.result["errors"].clone());
    let told = test(&mut world, json!({"ConfigItems": {"clientId": "none"}})).await;
    assert_eq!(refused(told), (0, json!([{"item": "clientId", "error": "guid"}])));
    let told = test(&mut world, json!({"ConfigItems": {"tenantId": "evil.example"}})).await;
    assert_eq!(refused(told), (0, json!([{"item": "clientSecret", "error": "secretAgain"}])));
    let told = test(&mut world, json!({"ConfigItems": {"clientSecret": "wrong"}})).await;
    assert_eq!(told.verdict("token")[2], "wrongSecret", "the stored one works");
    let encrypted = world.manager.encrypted(SECRET);
    let told = test(&mut world, json!({"ConfigItems": {"clientSecret": encrypted}})).await;
    assert_eq!(told.state("token"), "ok");
    let told = test(&mut world, json!({"ConfigItems": {"clientSecret": null}})).await;
    assert_eq!(told.verdict("settings")[..3], ["failed", "invalid", "invalid"]);
    assert_eq!([told.state("reach"), told.state("token")], ["skipped", "skipped"]);
    let told = test(&mut world, json!({"only": ["token"]})).await;
    assert_eq!(told.result["ok"], true, "{}", told.text());
}
