//! The token endpoint: what it gives out and every refusal.

use crate::common::{ANNA, Answer, CLIENT, TENANT, credentials, instant, start, start_with};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use graph_sim::{Cloud, Effect, Endpoint, Fault, Secret, Settings};
use serde_json::{Value, json};
use uuid::Uuid;

fn client() -> Uuid {
    CLIENT.parse().unwrap()
}

/// HTTP status, OAuth error, AADSTS number and the beginning of the description.
fn denial(answer: &Answer) -> (u16, &str, u64, &str) {
    let description = answer.body["error_description"].as_str().unwrap();
    let text = description.split_once(": ").unwrap().1.split(" Trace ID").next().unwrap();
    let code = answer.body["error_codes"][0].as_u64().unwrap();
    assert!(description.starts_with(&format!("AADSTS{code}: ")), "{description}");
    (answer.status, answer.body["error"].as_str().unwrap(), code, text)
}

#[tokio::test]
async fn a_token_names_its_audience_application_and_roles() {
    let (_sim, asker) = start().await;
    let answer = asker.token(TENANT, &credentials()).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "application/json; charset=utf-8");
    let mut body = answer.body.clone();
    let token = body["access_token"].take();
    let expected =
        json!({"token_type": "Bearer", "expires_in": 3599, "ext_expires_in": 3599, "access_token": null});
    assert_eq!(body, expected);
    let payload = token.as_str().unwrap().split('.').nth(1).unwrap();
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap();
    let now = instant("2026-11-21T09:00:00Z").timestamp();
    assert_eq!(
        claims,
        json!({
            "aud": "https://graph.microsoft.com",
            "iss": format!("https://sts.windows.net/{TENANT}/"),
            "iat": now, "nbf": now, "exp": now + 3600,
            "appid": CLIENT, "idtyp": "app", "tid": TENANT, "ver": "1.0",
            "roles": ["Calendars.Read", "MailboxSettings.Read", "User.Read.All"],
        })
    );
}

#[tokio::test]
async fn a_domain_stands_for_the_tenant_and_basic_for_the_fields() {
    let (sim, asker) = start().await;
    assert_eq!(asker.token("CONTOSO.example", &credentials()).await.status, 200);
    let request = asker
        .http
        .post(format!("{}/{TENANT}/oauth2/v2.0/token", sim.url()))
        .basic_auth(CLIENT, Some("graph-sim-secret"))
        .header("content-type", "application/x-www-form-urlencoded")
        .body("grant_type=client_credentials&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default");
    assert_eq!(Answer::of(request.send().await.unwrap()).await.status, 200);
}

#[tokio::test]
async fn a_refusal_has_the_published_form() {
    let (sim, asker) = start().await;
    let mut form = credentials();
    form[2].1 = "wrong";
    let answer = asker.token(TENANT, &form).await;
    assert_eq!(answer.status, 401);
    let (trace, correlation) =
        (answer.body["trace_id"].as_str().unwrap(), answer.body["correlation_id"].as_str().unwrap());
    assert_eq!(
        answer.body,
        json!({
            "error": "invalid_client",
            "error_description": format!(
                "AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the \
                 client secret value, not the client secret ID, for a secret added to app '{CLIENT}'. Trace ID: {trace} \
                 Correlation ID: {correlation} Timestamp: 2026-11-21 09:00:00Z"
            ),
            "error_codes": [7_000_215],
            "timestamp": "2026-11-21 09:00:00Z",
            "trace_id": trace,
            "correlation_id": correlation,
            "error_uri": "https://login.microsoftonline.com/error?code=7000215",
        })
    );
    assert_eq!(sim.counts().of(Endpoint::Token), 2);
}

#[tokio::test]
async fn everything_wrong_with_a_request_is_told_apart() {
    let (_sim, asker) = start().await;
    let with = |field: &'static str, value: &'static str| {
        let replaced = |(name, old)| (name, if name == field { value } else { old });
        credentials().map(replaced)
    };
    let unknown = "00000000-0000-4000-8000-00000000000f";
    let cases = [
        (unknown, credentials(), (400, "invalid_request", 90002)),
        ("elsewhere.example", credentials(), (400, "invalid_request", 90002)),
        ("x", credentials(), (400, "invalid_request", 900_023)),
        (TENANT, with("grant_type", "password"), (400, "unsupported_grant_type", 70003)),
        (TENANT, with("grant_type", ""), (400, "invalid_request", 900_144)),
        (TENANT, with("client_id", unknown), (400, "unauthorized_client", 700_016)),
        (TENANT, with("client_id", "me"), (400, "unauthorized_client", 700_016)),
        (TENANT, with("client_secret", ""), (400, "invalid_request", 900_144)),
        (TENANT, with("client_secret", "Graph-sim-secret"), (401, "invalid_client", 7_000_215)),
        (
            TENANT,
            with("scope", "https://graph.microsoft.com/Calendars.Read"),
            (400, "invalid_scope", 1_002_012),
        ),
        (TENANT, with("scope", "Calendars.Read"), (400, "invalid_scope", 1_002_012)),
        (
            TENANT,
            with("scope", "https://graph.microsoft.com/.default https://outlook.office.com/.default"),
            (400, "invalid_scope", 70011),
        ),
        // The resource stays the real one when the address is moved.
        (TENANT, with("scope", "http://127.0.0.1:8090/.default"), (400, "invalid_resource", 500_011)),
    ];
    for (tenant, form, expected) in cases {
        let answer = asker.token(tenant, &form).await;
        let (status, error, code, _) = denial(&answer);
        assert_eq!((status, error, code), expected, "{tenant} {form:?}");
    }
}

#[tokio::test]
async fn only_a_form_by_post_is_taken() {
    let (sim, asker) = start().await;
    let url = format!("{}/{TENANT}/oauth2/v2.0/token", sim.url());
    let answer = Answer::of(asker.http.get(&url).send().await.unwrap()).await;
    let expected = "The endpoint only accepts POST requests. Received a GET request.";
    assert_eq!(denial(&answer), (400, "invalid_request", 900_561, expected));
    let json = asker.http.post(&url).header("content-type", "application/json").body("{}");
    let answer = Answer::of(json.send().await.unwrap()).await;
    let expected = "The request body must contain the following parameter: 'grant_type'.";
    assert_eq!(denial(&answer), (400, "invalid_request", 900_144, expected));
}

#[tokio::test]
async fn secrets_expire_and_are_renewed() {
    let (sim, asker) = start().await;
    let expires = instant("2026-11-21T10:00:00Z");
    sim.change_application(client(), |app| app.secrets[0].expires = Some(expires)).unwrap();
    assert_eq!(asker.token(TENANT, &credentials()).await.status, 200);
    sim.advance(TimeDelta::hours(1));
    let answer = asker.token(TENANT, &credentials()).await;
    let (status, error, code, text) = denial(&answer);
    assert_eq!((status, error, code), (401, "invalid_client", 7_000_222));
    assert!(text.starts_with(&format!("The provided client secret keys for app '{CLIENT}' are expired.")));
    let renewed = Secret { value: "another".into(), expires: None };
    sim.change_application(client(), |app| app.secrets.push(renewed)).unwrap();
    let mut form = credentials();
    form[2].1 = "another";
    assert_eq!(asker.token(TENANT, &form).await.status, 200);
}

#[tokio::test]
async fn without_consent_there_is_a_token_that_opens_nothing() {
    let (sim, mut asker) = start().await;
    sim.change_application(client(), |app| app.roles.clear()).unwrap();
    asker.sign_in().await;
    let denied = (403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.");
    assert_eq!(asker.delta(ANNA).await.refusal(), denied);
    assert_eq!(asker.delta("nobody@contoso.example").await.refusal(), denied);
    assert_eq!(asker.get(&format!("/users/{ANNA}/mailboxSettings")).await.refusal(), denied);
    let refused = (403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
    assert_eq!(asker.get(&format!("/users/{ANNA}")).await.refusal(), refused);
    assert_eq!(asker.get("/users").await.refusal(), refused);
    sim.change_application(client(), |app| app.service_principal = false).unwrap();
    let answer = asker.token(TENANT, &credentials()).await;
    assert_eq!(denial(&answer).2, 7_000_229);
}

#[tokio::test]
async fn tokens_expire_and_can_be_made_to() {
    let (sim, mut asker) = start().await;
    let expired = (401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired.");
    sim.advance(TimeDelta::seconds(3599));
    assert_eq!(asker.delta(ANNA).await.status, 200);
    sim.advance(TimeDelta::seconds(1));
    let answer = asker.delta(ANNA).await;
    assert_eq!(answer.refusal(), expired);
    assert_eq!(
        answer.header("www-authenticate"),
        "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", \
         client_id=\"00000003-0000-0000-c000-000000000000\""
    );
    asker.sign_in().await;
    assert_eq!(asker.delta(ANNA).await.status, 200);
    sim.expire_access_tokens();
    assert_eq!(asker.delta(ANNA).await.refusal(), expired);
    sim.set_token_lifetime(TimeDelta::seconds(60));
    asker.sign_in().await;
    assert_eq!(asker.delta(ANNA).await.status, 200);
    sim.advance(TimeDelta::seconds(60));
    assert_eq!(asker.delta(ANNA).await.refusal(), expired);
}

#[tokio::test]
async fn tokens_of_others_are_refused() {
    let (_sim, mut asker) = start().await;
    let (_other, other) = start().await;
    let good = std::mem::take(&mut asker.token);
    let refused = |message| (401, "InvalidAuthenticationToken", message);
    assert_eq!(asker.delta(ANNA).await.refusal(), refused("Access token is empty."));
    asker.token = "opaque".into();
    let malformed = "CompactToken parsing failed with error code: 80049217";
    assert_eq!(asker.delta(ANNA).await.refusal(), refused(malformed));
    asker.token = other.token;
    let foreign = "Access token validation failure. Invalid signature.";
    assert_eq!(asker.delta(ANNA).await.refusal(), refused(foreign));
    let mut form = credentials();
    form[3].1 = "https://outlook.office365.com/.default";
    let exchange = asker.token(TENANT, &form).await;
    asker.token = crate::common::token_of(&exchange);
    let audience = "Access token validation failure. Invalid audience.";
    assert_eq!(asker.delta(ANNA).await.refusal(), refused(audience));
    asker.token = good;
    assert_eq!(asker.delta(ANNA).await.status, 200);
}

#[tokio::test]
async fn every_cloud_wants_its_own_resource() {
    let settings = Settings { cloud: Cloud::UsGov, ..Settings::default() };
    let sim = graph_sim::GraphSim::start(settings).await.unwrap();
    sim.add_user(graph_sim::User::new(ANNA)).unwrap();
    let mut asker =
        crate::common::Asker { http: crate::common::http(), url: sim.url(), token: String::new() };
    let mut form = credentials();
    for (scope, status) in
        [("https://graph.microsoft.com/.default", 401), ("https://graph.microsoft.us/.default", 200)]
    {
        form[3].1 = scope;
        let answer = asker.token(TENANT, &form).await;
        asker.token = crate::common::token_of(&answer);
        assert_eq!(asker.delta(ANNA).await.status, status, "{scope}");
    }
    assert!(asker.delta(ANNA).await.link().starts_with("https://graph.microsoft.us/v1.0/users/anna@"));
}

#[tokio::test]
async fn published_refusals_come_on_demand() {
    let (sim, asker) = start_with(Settings::default()).await;
    for (code, status, error) in [
        (65001, 400, "invalid_grant"),
        (7_000_222, 401, "invalid_client"),
        (90033, 503, "temporarily_unavailable"),
        (53003, 400, "invalid_grant"),
    ] {
        sim.fault(Fault::new(Effect::SignIn { code }).at(Endpoint::Token).times(1)).unwrap();
        let answer = asker.token(TENANT, &credentials()).await;
        let (found_status, found_error, found, _) = denial(&answer);
        assert_eq!((found_status, found_error, found), (status, error, u64::from(code)));
    }
    sim.fault(Fault::throttled(7).at(Endpoint::Token).times(1)).unwrap();
    let answer = asker.token(TENANT, &credentials()).await;
    assert_eq!((answer.status, answer.header("retry-after")), (429, "7"));
    assert_eq!(asker.token(TENANT, &credentials()).await.status, 200);
}
