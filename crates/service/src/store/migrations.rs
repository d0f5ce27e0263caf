//! The tables, and how they came to be: the files in `migrations/`.
//!
//! Not by `sqlx::migrate!`: for that macro alone everything that speaks to a database would be compiled a second time.

use anyhow::{Context, Result};
use rust_embed::Embed;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AssertSqlSafe, SqlSafeStr};

#[derive(Embed)]
#[folder = "migrations"]
struct Files;

/// All migrations in a folder of `migrations/`, the name of a database.
pub(super) fn of(folder: &str) -> Result<Migrator> {
    let names = Files::iter().filter(|name| name.split_once('/').is_some_and(|(parent, _)| parent == folder));
    let migrations = names.map(|name| read(&name).with_context(|| format!("migration {name}")));
    Ok(Migrator::with_migrations(migrations.collect::<Result<_>>()?))
}

/// `sqlite/0002_calendar.sql` is the second. Number, description and checksum are in every database: they stay.
fn read(name: &str) -> Result<Migration> {
    let stem = name.split('/').next_back().and_then(|file| file.strip_suffix(".sql"));
    let (number, description) =
        stem.and_then(|stem| stem.split_once('_')).context("is not called 0001_x.sql")?;
    let file = Files::get(name).context("is gone")?;
    let sql = String::from_utf8(file.data.into_owned()).context("is not UTF-8")?;
    Ok(Migration::new(
        number.parse().context("has no number")?,
        description.replace('_', " ").into(),
        MigrationType::Simple,
        AssertSqlSafe(sql).into_sql_str(),
        false,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_databases_have_the_same_migrations() {
        let names = |folder| {
            let migrator = of(folder).unwrap();
            migrator.iter().map(|one| (one.version, one.description.to_string())).collect::<Vec<_>>()
        };
        let sqlite = names("sqlite");
        assert_eq!(sqlite, names("postgres"));
        let numbers = sqlite.iter().map(|(number, _)| *number);
        assert!(numbers.eq(1..=i64::try_from(sqlite.len()).unwrap()), "{sqlite:?}");
    }

    #[test]
    fn a_database_of_any_version_knows_them_again() {
        let migrator = of("sqlite").unwrap();
        let first = migrator.iter().next().unwrap();
        assert_eq!((first.version, &*first.description), (1, "settings"));
        // The start of its SHA-384.
        assert!(hex::encode(&*first.checksum).starts_with("283531c4db83ddcc1c8790a7a41edb9b"));
    }
}
