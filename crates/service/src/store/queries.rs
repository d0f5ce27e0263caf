//! The statements that both databases understand. Only the type of the connection differs, which a generic
//! function could express but not legibly.

/// Defines `read` and `apply` for connections of one type.
macro_rules! queries {
    ($connection:ty) => {
        /// All rows. The caller sees to it that they are of one moment.
        pub(super) async fn read(connection: &mut $connection) -> sqlx::Result<Rows> {
            let revision =
                sqlx::query_scalar("SELECT revision FROM state").fetch_one(&mut *connection).await?;
            let settings: Vec<_> =
                sqlx::query_as("SELECT name, value FROM setting").fetch_all(&mut *connection).await?;
            let secrets: Vec<_> =
                sqlx::query_as("SELECT name, sealed FROM secret").fetch_all(connection).await?;
            Ok(Rows {
                revision,
                settings: settings.into_iter().collect(),
                secrets: secrets.into_iter().collect(),
            })
        }

        /// Writes and removes rows.
        pub(super) async fn apply(connection: &mut $connection, changes: &Changes) -> sqlx::Result<()> {
            const PUT_SETTING: &str = "INSERT INTO setting (name, value) VALUES ($1, $2) \
                                       ON CONFLICT (name) DO UPDATE SET value = excluded.value";
            const PUT_SECRET: &str = "INSERT INTO secret (name, sealed) VALUES ($1, $2) \
                                      ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed";
            for (name, value) in &changes.settings {
                let query = match value {
                    Some(value) => sqlx::query(PUT_SETTING).bind(name).bind(value),
                    None => sqlx::query("DELETE FROM setting WHERE name = $1").bind(name),
                };
                query.execute(&mut *connection).await?;
            }
            for (name, sealed) in &changes.secrets {
                let query = match sealed {
                    Some(sealed) => sqlx::query(PUT_SECRET).bind(name).bind(sealed),
                    None => sqlx::query("DELETE FROM secret WHERE name = $1").bind(name),
                };
                query.execute(&mut *connection).await?;
            }
            if changes.grow {
                sqlx::query("UPDATE state SET revision = revision + 1").execute(connection).await?;
            }
            Ok(())
        }
    };
}

pub(super) use queries;
