//! What Microsoft's login says of a tenant to everybody, before a secret is sent there.

use calendar::settings::NationalCloud;
use reqwest::StatusCode;
use serde::Deserialize;

use super::{Outcome, Verdict};
use crate::json::lenient;
use crate::source::Error;
use crate::source::graph::{LoginError, foreign_login};
use crate::source::remedy::word;
use crate::source::transport::Transport;

const MAX_ANSWER_BYTES: usize = 1 << 20;

/// What is read of the document.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Document {
    cloud_instance_name: String,
    msgraph_host: String,
    tenant_region_sub_scope: Option<String>,
    tenant_region_scope: Option<String>,
}

/// Asks for the document at this address, which is that of a tenant in a cloud.
pub async fn tenant(transport: &Transport, address: &str, tenant: &str, cloud: NationalCloud) -> Outcome {
    match document(transport, address).await {
        Err(outcome) => outcome.fact("tenant", tenant),
        Ok(document) => verdict(&document, tenant, cloud).fact("tenant", tenant),
    }
}

async fn document(transport: &Transport, address: &str) -> Result<Document, Outcome> {
    let wrong = |error: Error| Outcome::refused(&error.into());
    let request = transport.http().get(address).build().map_err(|error| wrong(transport.error(&error)))?;
    let response = transport.send(request).await.map_err(wrong)?;
    let (status, headers) = (response.status(), response.headers().clone());
    let body = transport.read(response, MAX_ANSWER_BYTES).await.map_err(wrong)?.unwrap_or_default();
    if status == StatusCode::OK
        && let Ok(document) = serde_json::from_str::<Document>(&lenient(&body))
        && !document.cloud_instance_name.is_empty()
    {
        return Ok(document);
    }
    if let Some(error) = LoginError::read(&body) {
        return Err(Outcome::failed(&error.advice()));
    }
    Err(wrong(foreign_login(status, &headers, &body)))
}

fn verdict(document: &Document, tenant: &str, cloud: NationalCloud) -> Outcome {
    let region = document.tenant_region_scope.as_deref().map(word).unwrap_or_default();
    match document.cloud() {
        Some(other) if other != cloud => {
            let name = name(other);
            let text =
                format!("The tenant belongs to the Microsoft cloud {name}. Choose it in the settings.");
            Outcome::row(Verdict::Failed, "wrongCloud").saying(text).fact("cloud", name)
        }
        _ => Outcome::ok(format!("Microsoft's login knows the tenant {tenant}.")).fact("region", region),
    }
}

impl Document {
    /// The cloud of the tenant; `None` if this is none that we know.
    fn cloud(&self) -> Option<NationalCloud> {
        let sub_scope = self.tenant_region_sub_scope.as_deref().unwrap_or_default();
        if sub_scope.eq_ignore_ascii_case("DOD") || self.msgraph_host == "dod-graph.microsoft.us" {
            return Some(NationalCloud::UsGovDod);
        }
        if sub_scope.eq_ignore_ascii_case("DODCON") {
            return Some(NationalCloud::UsGov);
        }
        match (self.cloud_instance_name.as_str(), self.msgraph_host.as_str()) {
            ("microsoftonline.us", _) | (_, "graph.microsoft.us") => Some(NationalCloud::UsGov),
            ("partner.microsoftonline.cn" | "chinacloudapi.cn", _)
            | (_, "microsoftgraph.chinacloudapi.cn") => Some(NationalCloud::China),
            ("microsoftonline.com", _) => Some(NationalCloud::Global),
            _ => None,
        }
    }
}

/// The word of the settings.
const fn name(cloud: NationalCloud) -> &'static str {
    match cloud {
        NationalCloud::Global => "global",
        NationalCloud::UsGov => "usGov",
        NationalCloud::UsGovDod => "usGovDod",
        NationalCloud::China => "china",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(instance: &str, host: &str, sub_scope: &str) -> Option<NationalCloud> {
        let text = str::to_owned;
        Document {
            cloud_instance_name: text(instance),
            msgraph_host: text(host),
            tenant_region_sub_scope: Some(text(sub_scope)),
            tenant_region_scope: None,
        }
        .cloud()
    }

    #[test]
    fn clouds_are_told_apart() {
        use NationalCloud::{China, Global, UsGov, UsGovDod};
        for (instance, host, sub_scope, cloud) in [
            ("microsoftonline.com", "graph.microsoft.com", "", Some(Global)),
            ("microsoftonline.com", "graph.microsoft.com", "GCC", Some(Global)),
            ("microsoftonline.us", "graph.microsoft.us", "DODCON", Some(UsGov)),
            ("microsoftonline.us", "graph.microsoft.us", "", Some(UsGov)),
            ("microsoftonline.us", "dod-graph.microsoft.us", "", Some(UsGovDod)),
            ("microsoftonline.us", "graph.microsoft.us", "DOD", Some(UsGovDod)),
            ("partner.microsoftonline.cn", "microsoftgraph.chinacloudapi.cn", "", Some(China)),
            ("something.new", "graph.new", "", None),
        ] {
            assert_eq!(of(instance, host, sub_scope), cloud, "{instance} {host} {sub_scope}");
        }
    }

    #[test]
    fn another_cloud_is_named() {
        let document = Document {
            cloud_instance_name: "microsoftonline.us".to_owned(),
            tenant_region_sub_scope: Some("DOD".to_owned()),
            ..Document::default()
        };
        let outcome = verdict(&document, "t", NationalCloud::Global);
        assert_eq!((outcome.advice, outcome.facts["cloud"].as_str()), (Some("wrongCloud"), "usGovDod"));
        assert_eq!(verdict(&document, "t", NationalCloud::UsGovDod).verdict, Verdict::Ok);
    }
}
