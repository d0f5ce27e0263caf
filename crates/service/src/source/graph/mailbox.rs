//! The requests: what we ask Graph about a mailbox.

use chrono::{DateTime, SecondsFormat};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use tracing::warn;

use super::answer::{self, Page};
use super::classify::unreadable;
use super::client::{Graph, PAGE_SIZES};
use super::event::{Properties, RawPoint};
use super::field::Field;
use super::link::Link;
use super::{work, zone};
use crate::json::lenient;
use crate::source::{Error, Refused, Replies};

/// What need not be escaped in a segment of a path or a value in a query.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'@');
/// Reading a longer answer takes more time than other tasks should wait.
const LONG: usize = 64 << 10;
/// The directory takes at most 15 comparisons in a filter; an address needs 3.
const MAX_ADDRESSES: usize = 5;

/// Somebody in the directory.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// Names the user in requests.
    pub id: String,
    /// The sign-in name.
    #[serde(default)]
    pub user_principal_name: Option<String>,
    /// The main address, where it was asked for.
    #[serde(default)]
    pub mail: Option<String>,
}

#[derive(Deserialize)]
struct Accounts {
    value: Vec<Account>,
}

#[derive(Deserialize)]
struct TimeZone {
    value: Option<String>,
}

/// One segment of a path.
pub(super) fn segment(text: &str) -> String {
    utf8_percent_encode(text, ESCAPED).to_string()
}

impl Graph {
    /// The first page of what a mailbox has between two instants. `user` is an id or a sign-in name.
    pub async fn calendar_view(&self, user: &str, start: i64, end: i64) -> Result<Page, Refused> {
        let (start, end) = (timestamp(start), timestamp(end));
        let request =
            format!("users/{}/calendarView/delta?startDateTime={start}&endDateTime={end}", segment(user));
        self.page(&request, PAGE_SIZES[0]).await
    }

    /// The page that a link stands for, with so many entries at most.
    pub async fn follow(&self, link: &Link, size: usize) -> Result<Page, Error> {
        Ok(self.page(link.as_str(), size).await?)
    }

    /// A page; a smaller one where it is too long. An entry that is too long by itself is cut, or left out alone.
    async fn page(&self, request: &str, most: usize) -> Result<Page, Refused> {
        for size in PAGE_SIZES.into_iter().filter(|size| *size <= most) {
            if let Some(body) = self.get_page(request, size).await? {
                return Ok(self.read_page(body, size).await?);
            }
        }
        let (body, is_left_out) = self.skim(request).await?;
        warn!(is_left_out, "Graph sent an event that is too long");
        Ok(self.read_page(body, 1).await?)
    }

    async fn read_page(&self, body: Vec<u8>, size: usize) -> Result<Page, Error> {
        let endpoints = self.endpoints.clone();
        let is_long = body.len() > LONG;
        let page = work::aside(is_long, move || answer::page(&body, &endpoints, size)).await;
        page.map_err(|_| unreadable())
    }

    /// What a series master says; `None` if the series is gone.
    pub async fn master(&self, user: &str, id: &str) -> Result<Option<Properties>, Error> {
        const FIELDS: &str =
            "subject,showAs,sensitivity,organizer,isAllDay,isCancelled,responseStatus,categories";
        let request = format!("users/{}/events/{}?$select={FIELDS}", segment(user), segment(id));
        match self.get(&request).await.map_err(Error::from) {
            Ok(body) => answer::properties(&body).map(Some).map_err(|_| unreadable()),
            Err(Error::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The accounts to which these addresses belong: as sign-in name, main address or further one.
    pub async fn accounts(&self, addresses: &[&str]) -> Result<Vec<Account>, Refused> {
        let filters: Vec<String> =
            addresses.iter().take(MAX_ADDRESSES).map(|address| filter(address)).collect();
        let filter = segment(&filters.join(" or "));
        let body = self.get(&format!("users?$filter={filter}&$select=id,userPrincipalName")).await?;
        serde_json::from_str::<Accounts>(&lenient(&body))
            .map(|accounts| accounts.value)
            .map_err(|_| unreadable().into())
    }

    /// The e-mail address of the account that is named so among X.500 names; `None` if there is none.
    pub async fn address_of(&self, x500: &str) -> Result<Option<String>, Error> {
        let filter = segment(&format!("proxyAddresses/any(p:p eq 'x500:{}')", quoted(x500)));
        let body = self.get(&format!("users?$filter={filter}&$select=id,userPrincipalName,mail")).await?;
        let found: Accounts = serde_json::from_str(&lenient(&body)).map_err(|_| unreadable())?;
        Ok(found.value.into_iter().find_map(|account| account.mail.or(account.user_principal_name)))
    }

    /// The IANA name of the zone in which a mailbox has its days; empty if it has none that we know.
    pub async fn time_zone(&self, user: &str) -> Result<String, Refused> {
        let body = self.get(&format!("users/{}/mailboxSettings/timeZone", segment(user))).await?;
        let answer: TimeZone = serde_json::from_str(&lenient(&body)).map_err(|_| unreadable())?;
        let zone = answer.value.and_then(|name| zone::zone(&name));
        Ok(zone.map_or_else(String::new, |zone| zone.name().to_owned()))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawReplies {
    status: Option<String>,
    #[serde(default)]
    scheduled_start_date_time: Field<RawPoint>,
    #[serde(default)]
    scheduled_end_date_time: Field<RawPoint>,
}

impl Graph {
    /// Whether a mailbox answers automatically.
    pub async fn automatic_replies(&self, user: &str) -> Result<Replies, Refused> {
        let request = format!("users/{}/mailboxSettings/automaticRepliesSetting", segment(user));
        let body = self.get(&request).await?;
        let answer: RawReplies = serde_json::from_str(&lenient(&body)).map_err(|_| unreadable())?;
        let instant = |field: Field<RawPoint>| field.ok()?.point()?.instant();
        let schedule = || {
            let start = instant(answer.scheduled_start_date_time)?;
            Some(Replies::Scheduled(start, instant(answer.scheduled_end_date_time)?))
        };
        Ok(match answer.status.as_deref() {
            Some("alwaysEnabled") => Replies::On,
            // Without times that can be read it is better to say too much than too little.
            Some("scheduled") => schedule().unwrap_or(Replies::On),
            _ => Replies::Off,
        })
    }
}

fn filter(address: &str) -> String {
    let address = quoted(address);
    format!(
        "userPrincipalName eq '{address}' or mail eq '{address}' or proxyAddresses/any(p:p eq 'smtp:{address}')"
    )
}

/// A quote within a text is written twice.
fn quoted(text: &str) -> String {
    text.replace('\'', "''")
}

fn timestamp(instant: i64) -> String {
    DateTime::from_timestamp_millis(instant).unwrap_or_default().to_rfc3339_opts(SecondsFormat::Secs, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_stays_within_its_segment() {
        assert_eq!(segment("anna@example.com"), "anna@example.com");
        assert_eq!(segment("a/../b?c#EXT#@x"), "a%2F..%2Fb%3Fc%23EXT%23@x");
    }

    #[test]
    fn an_address_stays_within_its_quotes() {
        assert_eq!(
            filter("o'neil@x.com"),
            "userPrincipalName eq 'o''neil@x.com' or mail eq 'o''neil@x.com' or proxyAddresses/any(p:p eq 'smtp:o''neil@x.com')"
        );
    }

    #[test]
    fn windows_begin_and_end_at_whole_seconds() {
        assert_eq!(timestamp(1_795_251_600_123), "2026-11-21T09:00:00Z");
    }
}
