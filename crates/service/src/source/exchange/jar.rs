//! Cookies of one group of mailboxes. A second group's would lead both to the wrong server.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use hyper::header::{HeaderMap, HeaderValue, SET_COOKIE};

const OVERRIDE: &str = "X-BackEndOverrideCookie";
/// Load balancers set a few.
const MAX_COOKIES: usize = 32;
const MAX_COOKIE_BYTES: usize = 4096;

/// The cookies.
#[derive(Debug, Default)]
pub struct Jar(Mutex<BTreeMap<String, String>>);

impl Jar {
    /// Takes the cookies of an answer. All requests of a group go to the same address, so their paths do not matter.
    pub fn take(&self, headers: &HeaderMap) {
        let mut cookies = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for header in headers.get_all(SET_COOKIE) {
            let Some((name, value)) = header.to_str().ok().and_then(pair) else { continue };
            if value.is_empty() {
                cookies.remove(name);
            } else if cookies.len() < MAX_COOKIES && value.len() <= MAX_COOKIE_BYTES {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    /// The cookies, as a request carries them.
    pub fn header(&self) -> Option<HeaderValue> {
        let cookies = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let cookies: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        HeaderValue::try_from(cookies.join("; ")).ok().filter(|header| !header.is_empty())
    }

    /// The server to which the cookies lead, if they name one.
    pub fn server(&self) -> Option<String> {
        let cookies = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let cookie = cookies.get(OVERRIDE)?;
        Some(cookie.split_once('~').map_or(cookie.as_str(), |(server, _)| server).to_owned())
    }
}

fn pair(cookie: &str) -> Option<(&str, &str)> {
    let (name, value) = cookie.split(';').next()?.split_once('=')?;
    Some((name.trim(), value.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_go_back_as_they_came() {
        let jar = Jar::default();
        assert_eq!((jar.header(), jar.server()), (None, None));
        let set = |text: &'static str| HeaderMap::from_iter([(SET_COOKIE, HeaderValue::from_static(text))]);
        jar.take(&set("X-BackEndOverrideCookie=mbx1.corp.example~1941962753; path=/; secure; HttpOnly"));
        jar.take(&set("exchangecookie=abc; expires=Sun, 21-Nov-2027 09:00:00 GMT; path=/"));
        let header = jar.header().unwrap();
        assert_eq!(header, "X-BackEndOverrideCookie=mbx1.corp.example~1941962753; exchangecookie=abc");
        assert_eq!(jar.server().as_deref(), Some("mbx1.corp.example"));
        jar.take(&set("exchangecookie=; path=/"));
        assert_eq!(jar.header().unwrap(), "X-BackEndOverrideCookie=mbx1.corp.example~1941962753");
    }
}
