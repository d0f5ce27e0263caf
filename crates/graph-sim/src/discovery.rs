//! `GET /{tenant}/v2.0/.well-known/openid-configuration`: what the login tells everybody of a tenant.

use axum::http::Method;
use serde_json::json;

use crate::cloud::Cloud;
use crate::message::Reply;
use crate::sign_in::{Denial, check_user_tenant};
use crate::sim::Sim;

/// Answers a request for the document.
pub(crate) fn answer(sim: &Sim, method: &Method, tenant: &str) -> Reply {
    if method != Method::GET {
        let message = format!("The endpoint only accepts GET requests. Received a {method} request.");
        return Denial::new(900_561, message).into_reply(sim);
    }
    if let Err(denial) = check_user_tenant(sim, tenant) {
        return denial.into_reply(sim);
    }
    let (cloud, id) = (sim.settings.cloud, sim.settings.tenant);
    let (login, instance) = (cloud.login(), instance(cloud));
    let (region, sub_scope) = region(cloud);
    let mut document = json!({
        "token_endpoint": format!("{login}/{id}/oauth2/v2.0/token"),
        "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt", "client_secret_basic"],
        "jwks_uri": format!("{login}/{id}/discovery/v2.0/keys"),
        "response_modes_supported": ["query", "fragment", "form_post"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "response_types_supported": ["code", "id_token", "code id_token", "id_token token"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "issuer": format!("{login}/{id}/v2.0"),
        "authorization_endpoint": format!("{login}/{id}/oauth2/v2.0/authorize"),
        "tenant_region_scope": region,
        "cloud_instance_name": instance,
        "cloud_graph_host_name": "graph.windows.net",
        "msgraph_host": cloud.graph().trim_start_matches("https://"),
    });
    if let Some(fields) = document.as_object_mut().filter(|_| !sub_scope.is_empty()) {
        fields.insert("tenant_region_sub_scope".into(), sub_scope.into());
    }
    Reply::json(200, &document)
}

fn instance(cloud: Cloud) -> &'static str {
    match cloud {
        Cloud::Global => "microsoftonline.com",
        Cloud::UsGov | Cloud::UsGovDod => "microsoftonline.us",
        Cloud::China => "partner.microsoftonline.cn",
    }
}

fn region(cloud: Cloud) -> (&'static str, &'static str) {
    match cloud {
        Cloud::Global => ("EU", ""),
        Cloud::UsGov => ("USGov", "DODCON"),
        Cloud::UsGovDod => ("USGov", "DOD"),
        Cloud::China => ("AS", ""),
    }
}
