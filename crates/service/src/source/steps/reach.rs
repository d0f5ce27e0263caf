//! Whether hosts can be reached: name, connection, proxy, TLS, and what time it is there.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use hyper::header::DATE;
use tokio::net::lookup_host;
use tokio::time::timeout;
use url::Url;

use super::{Outcome, Parts, Verdict, shown};
use crate::source::Advice;
use crate::source::exchange::{Trouble, Way};

const LIMIT: Duration = Duration::from_secs(10);
/// By more than so much no clock may be wrong: tokens and logins carry the time.
const SKEW: TimeDelta = TimeDelta::minutes(5);

/// Now. Tests of the service never move this clock.
pub fn today() -> DateTime<Utc> {
    Utc::now()
}

/// Looks at each host. It is well if all answer, or `any` where that is enough.
pub async fn reach(way: &Way, urls: &[Url], any: bool, parts: &Parts<'_>) -> Outcome {
    let mut outcomes: Vec<(String, Outcome)> = Vec::new();
    for url in urls {
        let part = label(url);
        if outcomes.iter().any(|(known, _)| *known == part) {
            continue;
        }
        parts.begin(&part);
        let outcome = timeout(LIMIT, host(way, url)).await;
        let outcome = outcome.unwrap_or_else(|_| Outcome::slow(&part, LIMIT.as_secs()));
        parts.end(&part, &outcome);
        outcomes.push((part, outcome));
    }
    let hosts = outcomes.iter().map(|(part, _)| part.as_str()).collect::<Vec<_>>().join(", ");
    let is_enough = any && outcomes.iter().any(|(_, outcome)| outcome.carries());
    let graded = |(_, outcome): &&(String, Outcome)| outcome.verdict;
    match outcomes.iter().filter(|(_, outcome)| !is_enough || outcome.carries()).max_by_key(graded) {
        Some((part, worst)) if worst.verdict > Verdict::Ok => worst.clone().fact("host", part.as_str()),
        _ => Outcome::ok(format!("{hosts} can be reached.")).fact("hosts", hosts),
    }
}

/// Host, with the port where that is not the usual one.
fn label(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

async fn host(way: &Way, url: &Url) -> Outcome {
    let addresses = match addresses(way, url).await {
        Ok(addresses) => addresses,
        Err(outcome) => return outcome,
    };
    let outcome = connect(way, url).await.fact("addresses", addresses).fact("host", label(url));
    match way.proxy_shown() {
        Some(proxy) => outcome.fact("proxy", proxy),
        None => outcome,
    }
}

/// The addresses of the host, or of the proxy, which looks up the others.
async fn addresses(way: &Way, url: &Url) -> Result<String, Outcome> {
    let (name, port, is_proxy) = way.next_hop(url);
    let mut found = match lookup_host((name.as_str(), port)).await {
        Ok(found) => found.map(|address| address.ip().to_string()).collect::<Vec<_>>(),
        Err(_) => Vec::new(),
    };
    found.dedup();
    if !found.is_empty() {
        return Ok(found.join(", "));
    }
    let (word, what) = if is_proxy { ("proxy", "The proxy") } else { ("dns", "The host") };
    let text = format!("{what} {name} has no address. Check its name, and the DNS server of this machine.");
    Err(Outcome::failed(&Advice::new(word, text)).fact("host", name))
}

async fn connect(way: &Way, url: &Url) -> Outcome {
    let mut wire = match way.connect(url).await {
        Ok(wire) => wire,
        Err(Trouble::Unreachable(advice)) if advice.code == "certificate" => {
            let chain = way.show(url).await.unwrap_or_default();
            return shown::add(Outcome::failed(&advice), &chain);
        }
        Err(Trouble::Unreachable(advice) | Trouble::Cut(advice) | Trouble::NoAccess(advice)) => {
            return Outcome::failed(&advice);
        }
        Err(_) => return Outcome::row(Verdict::Failed, "network"),
    };
    let response = match wire.send(way.get(url)).await {
        Ok(response) => response,
        Err(no_answer) => {
            return match no_answer.trouble(url) {
                Trouble::Cut(advice) => Outcome::failed(&advice),
                _ => Outcome::row(Verdict::Failed, "network"),
            };
        }
    };
    let date = response.headers().get(DATE).and_then(|date| date.to_str().ok());
    let there = date.and_then(|date| DateTime::parse_from_rfc2822(date).ok());
    let ahead = there.map(|there| today() - there.to_utc()).filter(|ahead| ahead.abs() > SKEW);
    match ahead {
        None => Outcome::ok(format!("{} answers.", label(url))),
        Some(ahead) => {
            let minutes = ahead.num_minutes().to_string();
            let text = format!(
                "{} answers, but its clock and that of this machine differ by {} minutes. Set this one by NTP.",
                label(url),
                minutes.trim_start_matches('-')
            );
            Outcome::warning(&Advice::new("clock", text)).fact("minutes", minutes)
        }
    }
}
