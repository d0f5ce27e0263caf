//! Which of the compressed files beside a file a client takes.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_ENCODING;

/// How a file is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Brotli,
    Gzip,
    Identity,
}

impl Encoding {
    /// In the order of their size.
    pub const ALL: [Self; 3] = [Self::Brotli, Self::Gzip, Self::Identity];

    /// Name in HTTP, none for the file as it is.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
            Self::Identity => None,
        }
    }

    /// What the build appends to the name of the file.
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Gzip => ".gz",
            Self::Identity => "",
        }
    }

    /// Whether the client takes it: named, or covered by `*`, and not with a quality of 0. The file as it is goes
    /// to everybody.
    pub fn is_accepted(self, headers: &HeaderMap) -> bool {
        let Some(name) = self.name() else { return true };
        let values = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
        let offers: Vec<(&str, bool)> = values.flat_map(|value| value.split(',')).map(offer).collect();
        let find = |wanted: &str| offers.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
        find(name).or_else(|| find("*")).is_some_and(|(_, wanted)| *wanted)
    }
}

/// Name and whether it is wanted: `br;q=0.5`.
fn offer(text: &str) -> (&str, bool) {
    let (name, parameters) = text.split_once(';').unwrap_or((text, ""));
    let quality = parameters.trim().strip_prefix("q=").and_then(|quality| quality.trim().parse::<f32>().ok());
    (name.trim(), quality.is_none_or(|quality| quality > 0.0))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn accepted(header: &'static str) -> Vec<Encoding> {
        let headers = HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(header))]);
        Encoding::ALL.into_iter().filter(|encoding| encoding.is_accepted(&headers)).collect()
    }

    #[test]
    fn only_what_is_named_and_wanted() {
        use Encoding::{Brotli, Gzip, Identity};
        assert_eq!(accepted("gzip, deflate, br, zstd"), [Brotli, Gzip, Identity]);
        assert_eq!(accepted("br;q=0, gzip;q=0.5"), [Gzip, Identity]);
        assert_eq!(accepted("*"), [Brotli, Gzip, Identity]);
        assert_eq!(accepted("*, br;q=0"), [Gzip, Identity]);
        assert_eq!(accepted("brotli"), [Identity]);
        assert_eq!(accepted(""), [Identity]);
    }
}
