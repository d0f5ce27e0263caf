use fluent_uri::Uri;
use fluent_uri::component::Host;

/// An absolute http or https address with a host that can exist, without user, password and fragment.
pub(super) struct HttpUri<'a> {
    /// `http` or `https`.
    pub scheme: &'static str,
    /// Host and port as typed.
    pub authority: &'a str,
    /// Path and query as typed; empty if there are none.
    pub path_and_query: &'a str,
}

impl<'a> HttpUri<'a> {
    pub fn parse(text: &'a str) -> Option<Self> {
        let uri = Uri::parse(text).ok()?;
        let scheme =
            ["http", "https"].into_iter().find(|name| uri.scheme().as_str().eq_ignore_ascii_case(name))?;
        let authority = uri.authority()?;
        let host_exists = match authority.host_parsed() {
            Host::RegName(name) => is_host_name(name.as_str()),
            _ => authority.host().starts_with(|c: char| c == '[' || c.is_ascii_digit()),
        };
        let port_exists =
            authority.port().is_none_or(|port| port.as_str().parse::<u16>().is_ok_and(|port| port > 0));
        if !host_exists || !port_exists || authority.userinfo().is_some() || uri.fragment().is_some() {
            return None;
        }
        let path_and_query = text.get(scheme.len() + "://".len() + authority.as_str().len()..)?;
        Some(Self { scheme, authority: authority.as_str(), path_and_query })
    }
}

/// Whether this is a domain name of two labels or more.
pub(super) fn is_domain(text: &str) -> bool {
    text.contains('.') && is_host_name(text)
}

/// Labels of letters, digits and hyphens. Underscores pass too: Windows networks have hosts named so.
fn is_host_name(text: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    text.len() <= 253 && text.split('.').all(is_label)
}
