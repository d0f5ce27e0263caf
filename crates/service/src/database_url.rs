//! The value of `--database`.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use anyhow::{Context, Result, bail};
use secrecy::{ExposeSecret, SecretString};
use sqlx::postgres::PgConnectOptions;
use url::Url;

/// Which database holds the state.
#[derive(Clone)]
pub enum DatabaseUrl {
    /// A file.
    Sqlite(PathBuf),
    /// A server. The options may hold a password.
    Postgres(Box<PgConnectOptions>),
}

/// The value as it was given. It may hold a password, so it is not looked at before it can no longer end up in
/// an error message that repeats it.
#[derive(Clone, Debug)]
pub struct DatabaseArgument(SecretString);

impl FromStr for DatabaseArgument {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.into()))
    }
}

impl DatabaseArgument {
    /// Whether it holds a password.
    pub fn has_password(&self) -> bool {
        let Ok(url) = Url::parse(self.0.expose_secret()) else { return false };
        url.password().is_some_and(|password| !password.is_empty())
            || url.query_pairs().any(|(name, value)| name == "password" && !value.is_empty())
    }

    /// What the value names. The error does not repeat it.
    pub fn parse(&self) -> Result<DatabaseUrl> {
        let text = self.0.expose_secret();
        if let Some(path) = text.strip_prefix("sqlite://").or_else(|| text.strip_prefix("sqlite:")) {
            return Ok(DatabaseUrl::Sqlite(path.into()));
        }
        if !(text.starts_with("postgres://") || text.starts_with("postgresql://")) {
            bail!("--database must begin with postgres:// or sqlite://");
        }
        let options = text.parse().context("--database is no valid address of a PostgreSQL database")?;
        Ok(DatabaseUrl::Postgres(Box::new(options)))
    }
}

/// A password in the address stays out of logs.
impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => f.debug_tuple("Sqlite").field(path).finish(),
            Self::Postgres(options) => f.debug_tuple("Postgres").field(&options.get_host()).finish(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<DatabaseUrl> {
        text.parse::<DatabaseArgument>().unwrap().parse()
    }

    #[test]
    fn both_databases_have_their_scheme() {
        assert!(
            matches!(parse("sqlite:///var/x.db").unwrap(), DatabaseUrl::Sqlite(path) if path.as_os_str() == "/var/x.db")
        );
        assert!(
            matches!(parse("postgres://u@h/d").unwrap(), DatabaseUrl::Postgres(options) if options.get_host() == "h")
        );
        assert!(matches!(parse("postgresql:///d?host=/run/pg").unwrap(), DatabaseUrl::Postgres(_)));
    }

    #[test]
    fn a_password_is_found_wherever_it_may_stand() {
        let has_password = |text: &str| text.parse::<DatabaseArgument>().unwrap().has_password();
        for text in
            ["postgres://u:p@h/d", "postgresql://h/d?user=u&password=p", "postgres://u:p@h:5432/d?x=y"]
        {
            assert!(has_password(text), "{text}");
        }
        for text in ["postgres://u@h/d", "postgres://u:@h/d", "postgres:///d?host=/run", "sqlite:/a:b@c", "x"]
        {
            assert!(!has_password(text), "{text}");
        }
    }

    #[test]
    fn neither_errors_nor_debug_output_repeat_a_password() {
        for text in ["mysql://u:geheim@h/d", "postgres://u:geheim@h:port/d", "geheim"] {
            assert!(!format!("{:#}", parse(text).unwrap_err()).contains("geheim"));
        }
        assert_eq!(format!("{:?}", parse("postgres://u:geheim@h/d").unwrap()), "Postgres(\"h\")");
    }
}
