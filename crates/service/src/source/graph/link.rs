//! Next and delta links. A link names a host, but a token goes to none but the one that was configured: only
//! path and query of a link are kept.

use std::fmt;

use url::Url;

use super::endpoints::Endpoints;
use crate::source::backend::Cursor;

/// What follows the version of Graph in a next or delta link.
#[derive(Clone, PartialEq, Eq)]
pub struct Link(String);

impl Link {
    /// Takes a link over from an answer. `None` if it cannot be one of Graph.
    pub(super) fn from_answer(text: &str, endpoints: &Endpoints) -> Option<Self> {
        let url = Url::parse(text).ok()?;
        let path = endpoints.path_of(url.path()).filter(|path| !path.is_empty())?;
        Some(Self(match url.query() {
            Some(query) => format!("{path}?{query}"),
            None => path.to_owned(),
        }))
    }

    /// A link as [`as_str`](Self::as_str) gave it, from the database.
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// As the scheduler keeps it.
    pub(super) fn into_cursor(self) -> Cursor {
        Cursor::new(self.0)
    }

    /// The request that it stands for.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A link names a mailbox, so it stays out of logs.
impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Link(…)")
    }
}

#[cfg(test)]
mod tests {
    use calendar::settings::NationalCloud;

    use super::super::endpoints::Overrides;
    use super::*;

    fn endpoints(graph: &str) -> Endpoints {
        let overrides = Overrides { graph: Url::parse(graph).ok(), ..Overrides::default() };
        Endpoints::new(NationalCloud::Global, &overrides)
    }

    fn followed(text: &str, graph: &str) -> Option<String> {
        let endpoints = endpoints(graph);
        Link::from_answer(text, &endpoints).map(|link| endpoints.request(link.as_str()))
    }

    #[test]
    fn a_link_is_followed_on_the_configured_host_alone() {
        let link = "https://evil.example/v1.0/users/a@b.c/calendarView/delta?$deltatoken=x%2By";
        assert_eq!(
            followed(link, "https://graph.microsoft.com").unwrap(),
            "https://graph.microsoft.com/v1.0/users/a@b.c/calendarView/delta?$deltatoken=x%2By"
        );
    }

    #[test]
    fn a_prefix_is_kept_once_whether_the_link_names_it_or_not() {
        for link in
            ["https://graph.microsoft.com/v1.0/users/a?$x=1", "http://localhost:1/pre/fix/v1.0/users/a?$x=1"]
        {
            assert_eq!(
                followed(link, "http://localhost:1/pre/fix").unwrap(),
                "http://localhost:1/pre/fix/v1.0/users/a?$x=1"
            );
        }
    }

    #[test]
    fn what_is_no_link_of_graph_is_none() {
        for link in [
            "",
            "users",
            "/v1.0/users",
            "https://h/beta/users",
            "https://h/v1.0/",
            "https://h/v1.0/../x",
            "data:,x",
        ] {
            assert_eq!(followed(link, "https://graph.microsoft.com"), None, "{link}");
        }
    }

    #[test]
    fn a_path_cannot_leave_the_version() {
        let link = "https://h/v1.0/users/%2e%2e/%2E%2E/v1.0/x@evil.example/../users";
        assert_eq!(followed(link, "https://g").unwrap(), "https://g/v1.0/users");
    }
}
