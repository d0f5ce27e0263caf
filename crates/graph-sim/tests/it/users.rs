//! The directory and mailbox settings.

use crate::common::{ANNA, BEN, start};
use graph_sim::{ControlError, User, UserError};
use serde_json::json;

async fn found(asker: &crate::common::Asker, filter: &str) -> Vec<String> {
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("$filter", filter)
        .append_pair("$select", "userPrincipalName")
        .finish();
    let answer = asker.get(&format!("/users?{query}")).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let users = answer.body["value"].as_array().unwrap();
    users.iter().map(|user| user["userPrincipalName"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_user_has_the_default_properties_or_those_selected() {
    let (sim, asker) = start().await;
    let carl = User {
        mail: None,
        proxy_addresses: vec!["smtp:c.carlsen@contoso.example".into()],
        ..User::new("carl@contoso.example")
    };
    let id = sim.add_user(carl).unwrap();
    let answer = asker.get("/users/Carl@contoso.example").await;
    assert_eq!(
        answer.body,
        json!({
            "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#users/$entity",
            "businessPhones": [], "displayName": "carl", "givenName": null, "jobTitle": null, "mail": null,
            "mobilePhone": null, "officeLocation": null, "preferredLanguage": null, "surname": null,
            "userPrincipalName": "carl@contoso.example", "id": id,
        })
    );
    let answer = asker.get(&format!("/users/{id}?$select=id,mail,proxyAddresses")).await;
    assert_eq!(
        answer.body,
        json!({
            "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#users(id,mail,proxyAddresses)/$entity",
            "id": id, "mail": null, "proxyAddresses": ["smtp:c.carlsen@contoso.example"],
        })
    );
}

#[tokio::test]
async fn an_address_is_found_in_the_directory_and_nowhere_else() {
    let (sim, asker) = start().await;
    let carl = User {
        mail: Some("carl.carlsen@contoso.example".into()),
        proxy_addresses: vec!["SMTP:carl.carlsen@contoso.example".into(), "smtp:cc@contoso.example".into()],
        ..User::new("carl@contoso.example")
    };
    sim.add_user(carl).unwrap();
    for address in ["cc@contoso.example", "carl.carlsen@contoso.example"] {
        assert_eq!(asker.delta(address).await.refusal().1, "ErrorInvalidUser");
        let message = format!(
            "Resource '{address}' does not exist or one of its queried reference-property objects are not present."
        );
        let answer = asker.get(&format!("/users/{address}")).await;
        assert_eq!(answer.refusal(), (404, "Request_ResourceNotFound", message.as_str()));
    }
    let carl = ["carl@contoso.example"];
    assert_eq!(found(&asker, "mail eq 'Carl.Carlsen@contoso.example'").await, carl);
    assert_eq!(found(&asker, "mail eq 'cc@contoso.example'").await, [""; 0]);
    assert_eq!(found(&asker, "proxyAddresses/any(p:p eq 'smtp:cc@contoso.example')").await, carl);
    assert_eq!(found(&asker, "proxyAddresses/any(p:p eq 'cc@contoso.example')").await, [""; 0]);
    let either = "mail eq 'carl.carlsen@contoso.example' or proxyAddresses/any(p:p eq \
                  'smtp:carl.carlsen@contoso.example') or userPrincipalName eq 'anna@contoso.example'";
    assert_eq!(found(&asker, either).await, ["carl@contoso.example", ANNA]);
    assert_eq!(found(&asker, "startswith(mail,'b')").await, [BEN]);
    sim.remove_user("carl@contoso.example").unwrap();
    assert_eq!(found(&asker, "mail eq 'carl.carlsen@contoso.example'").await, [""; 0]);
}

#[tokio::test]
async fn counting_needs_the_header_and_some_operators_need_counting() {
    let (_sim, asker) = start().await;
    let eventual = [("consistencylevel", "eventual")];
    let answer = asker.get_with("/users?$count=true&$select=id", &eventual).await;
    assert_eq!(answer.body["@odata.count"], 2);
    assert_eq!(asker.get("/users?$count=true").await.body.get("@odata.count"), None);
    let ends = "/users?$filter=endsWith(mail,'contoso.example')";
    for (target, headers) in [(ends.to_owned(), &eventual[..]), (format!("{ends}&$count=true"), &[])] {
        let answer = asker.get_with(&target, headers).await;
        assert_eq!((answer.refusal().0, answer.refusal().1), (400, "Request_UnsupportedQuery"));
    }
    let answer = asker.get_with(&format!("{ends}&$count=true"), &eventual).await;
    assert_eq!(answer.body["value"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn users_come_in_pages() {
    let (sim, asker) = start().await;
    sim.populate(5).unwrap();
    let mut answer = asker.get("/users?$top=3&$select=mail").await;
    let mut seen = Vec::new();
    loop {
        seen.extend(answer.body["value"].as_array().unwrap().clone());
        let Some(link) = answer.body["@odata.nextLink"].as_str() else { break };
        assert!(link.starts_with("https://graph.microsoft.com/v1.0/users?"), "{link}");
        answer = asker.get(link.strip_prefix("https://graph.microsoft.com/v1.0").unwrap()).await;
    }
    assert_eq!(seen.len(), 7);
    assert_eq!(seen[6], json!({"mail": "user00005@contoso.example"}));
}

#[tokio::test]
async fn queries_that_the_directory_refuses() {
    let (_sim, asker) = start().await;
    let cases = [
        ("$top=0", 400, "Request_BadRequest"),
        ("$top=1000", 400, "Request_BadRequest"),
        ("$skip=1", 400, "Request_BadRequest"),
        ("$select=nickname", 400, "BadRequest"),
        ("$filter=mail%20eq%20x", 400, "BadRequest"),
        ("$skiptoken=x", 400, "Directory_InvalidSkipToken"),
        ("$search=x", 501, "NotImplemented"),
        ("$orderby=mail", 501, "NotImplemented"),
    ];
    for (query, status, code) in cases {
        let answer = asker.get(&format!("/users?{query}")).await;
        assert_eq!((answer.refusal().0, answer.refusal().1), (status, code), "{query}");
    }
}

#[tokio::test]
async fn the_time_zone_of_a_mailbox_needs_a_permission_of_its_own() {
    let (sim, mut asker) = start().await;
    sim.change_user(ANNA, |user| user.time_zone = "Pacific/Auckland".into()).unwrap();
    let answer = asker.get(&format!("/users/{ANNA}/mailboxSettings/timeZone")).await;
    let id = asker.get(&format!("/users/{ANNA}?$select=id")).await.body["id"].take();
    let context = format!(
        "https://graph.microsoft.com/v1.0/$metadata#users('{}')/mailboxSettings",
        id.as_str().unwrap()
    );
    let expected = json!({"@odata.context": format!("{context}/timeZone"), "value": "Pacific/Auckland"});
    assert_eq!(answer.body, expected);
    let answer = asker.get(&format!("/users/{BEN}/mailboxSettings")).await;
    assert_eq!(answer.body["timeZone"], "W. Europe Standard Time");
    let answer = asker.get(&format!("/users/{ANNA}/mailboxSettings?$select=timeZone")).await;
    assert_eq!(answer.body, json!({"@odata.context": context, "timeZone": "Pacific/Auckland"}));
    let client = crate::common::CLIENT.parse().unwrap();
    sim.change_application(client, |app| app.roles = vec!["Calendars.Read".into()]).unwrap();
    asker.sign_in().await;
    let denied = (403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.");
    assert_eq!(asker.get(&format!("/users/{ANNA}/mailboxSettings")).await.refusal(), denied);
    assert_eq!(asker.delta(ANNA).await.status, 200);
    let nowhere = sim.change_user(ANNA, |user| user.time_zone = "Nowhere".into());
    assert_eq!(nowhere, Err(ControlError::NewUser(UserError::TimeZone("Nowhere".into()))));
}

#[tokio::test]
async fn grants_of_exchange_hold_for_mailboxes_in_scope() {
    let (sim, mut asker) = start().await;
    sim.change_user(BEN, |user| user.in_scope = false).unwrap();
    let client = crate::common::CLIENT.parse().unwrap();
    sim.change_application(client, |app| {
        app.roles.clear();
        app.exchange_roles = vec!["Calendars.Read".into()];
    })
    .unwrap();
    asker.sign_in().await;
    assert_eq!(asker.delta(ANNA).await.status, 200);
    let denied = (403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.");
    assert_eq!(asker.delta(BEN).await.refusal(), denied);
}

#[tokio::test]
async fn many_unknown_users_at_once_are_no_mailbox_asked_too_often() {
    let (sim, asker) = start().await;
    sim.set_limits(graph_sim::Limits { in_ten_minutes: 1, ..graph_sim::Limits::default() });
    for name in ["one", "two", "three"] {
        assert_eq!(asker.delta(&format!("{name}@contoso.example")).await.status, 404);
    }
}
