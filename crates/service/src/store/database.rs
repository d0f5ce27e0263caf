//! The one way of asking either database: a statement that both understand, and its values.

use std::fmt::Debug;

use anyhow::{Context, Result};
use sqlx::pool::PoolConnection;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, PgPool, Postgres, Sqlite, SqlitePool};

use super::trouble::Lookout;

/// The database.
#[derive(Clone)]
pub(super) struct Database {
    pub pool: Pool,
    pub lookout: Lookout,
}

/// Connections to it.
#[derive(Clone)]
pub(super) enum Pool {
    /// A file.
    Sqlite(SqlitePool),
    /// A server.
    Postgres(PgPool),
}

/// One of the values `$1`, `$2`… of a statement. `Null` is one of text.
#[derive(Clone, Copy, Debug)]
pub(super) enum Value<'a> {
    Text(&'a str),
    Integer(i64),
    Bytes(&'a [u8]),
    Null,
}

/// Several statements that count together or not at all. One that is dropped without [`commit`](Self::commit) takes
/// its connection along: a database that has failed may have left the transaction half open, and the next user of
/// the connection would stumble over it.
pub(super) struct Transaction {
    connection: Connection,
    lookout: Lookout,
    writes: bool,
    is_over: bool,
}

enum Connection {
    Sqlite(PoolConnection<Sqlite>),
    Postgres(PoolConnection<Postgres>),
}

/// What a row becomes. Tuples and structures of simple types are such.
pub(super) trait Row:
    for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{
}

impl<T> Row for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

/// Words that begin or end a transaction.
struct Control {
    sqlite: &'static str,
    postgres: &'static str,
}

/// Sees one moment, whatever others write meanwhile.
const SNAPSHOT: Control =
    Control { sqlite: "BEGIN", postgres: "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY" };

/// May write. SQLite takes the lock of writers at once: a transaction that first reads could not go on by writing
/// when another one has written in between. PostgreSQL waits for the disk, whatever its configuration says.
const WRITE: Control =
    Control { sqlite: "BEGIN IMMEDIATE", postgres: "BEGIN; SET LOCAL synchronous_commit = on" };

const COMMIT: Control = Control { sqlite: "COMMIT", postgres: "COMMIT" };

const CANNOT_READ: &str = "cannot read the database";

/// Gives the values to a query of either database.
macro_rules! bind {
    ($query:expr, $values:expr) => {
        $values.iter().fold($query, |query, value| match *value {
            Value::Text(text) => query.bind(text),
            Value::Integer(number) => query.bind(number),
            Value::Bytes(bytes) => query.bind(bytes),
            Value::Null => query.bind(None::<&str>),
        })
    };
}

impl Database {
    /// The rows of one query.
    pub async fn rows<T: Row>(&self, query: &'static str, values: &[Value<'_>]) -> Result<Vec<T>> {
        self.lookout.look()?;
        let rows = match &self.pool {
            Pool::Sqlite(pool) => bind!(sqlx::query_as(query), values).fetch_all(pool).await,
            Pool::Postgres(pool) => bind!(sqlx::query_as(query), values).fetch_all(pool).await,
        };
        rows.context(CANNOT_READ)
    }

    /// Begins to read several things as one moment has them.
    pub async fn snapshot(&self) -> Result<Transaction> {
        self.lookout.look()?;
        self.begin_with(SNAPSHOT, false).await.context(CANNOT_READ)
    }

    /// Begins to write.
    pub async fn begin(&self) -> Result<Transaction> {
        self.lookout.look()?;
        self.begin_with(WRITE, true).await.map_err(|error| self.lookout.failed(error))
    }

    async fn begin_with(&self, begin: Control, writes: bool) -> sqlx::Result<Transaction> {
        let connection = match &self.pool {
            Pool::Sqlite(pool) => Connection::Sqlite(pool.acquire().await?),
            Pool::Postgres(pool) => Connection::Postgres(pool.acquire().await?),
        };
        // From here on the connection does not go back by itself, also when nobody waits any more.
        let lookout = self.lookout.clone();
        let mut transaction = Transaction { connection, lookout, writes, is_over: false };
        transaction.control(begin).await?;
        Ok(transaction)
    }

    /// Closes all connections.
    pub async fn close(&self) {
        match &self.pool {
            Pool::Sqlite(pool) => pool.close().await,
            Pool::Postgres(pool) => pool.close().await,
        }
    }
}

impl Transaction {
    /// The rows of a query.
    pub async fn rows<T: Row>(&mut self, query: &'static str, values: &[Value<'_>]) -> Result<Vec<T>> {
        let rows = match &mut self.connection {
            Connection::Sqlite(connection) => {
                bind!(sqlx::query_as(query), values).fetch_all(&mut **connection).await
            }
            Connection::Postgres(connection) => {
                bind!(sqlx::query_as(query), values).fetch_all(&mut **connection).await
            }
        };
        rows.context(CANNOT_READ)
    }

    /// Changes something.
    pub async fn execute(&mut self, statement: &'static str, values: &[Value<'_>]) -> Result<()> {
        let executed = match &mut self.connection {
            Connection::Sqlite(connection) => {
                bind!(sqlx::query(statement), values).execute(&mut **connection).await.map(drop)
            }
            Connection::Postgres(connection) => {
                bind!(sqlx::query(statement), values).execute(&mut **connection).await.map(drop)
            }
        };
        executed.map_err(|error| self.lookout.failed(error))
    }

    /// Ends it. What was written has reached the disk.
    pub async fn commit(mut self) -> Result<()> {
        if self.writes {
            self.lookout.look()?;
        }
        let committed = self.control(COMMIT).await;
        committed.map_err(|error| if self.writes { self.lookout.failed(error) } else { error.into() })?;
        self.is_over = true;
        if self.writes {
            self.lookout.worked();
        }
        Ok(())
    }

    async fn control(&mut self, words: Control) -> sqlx::Result<()> {
        match &mut self.connection {
            Connection::Sqlite(connection) => {
                sqlx::raw_sql(words.sqlite).execute(&mut **connection).await.map(drop)
            }
            Connection::Postgres(connection) => {
                sqlx::raw_sql(words.postgres).execute(&mut **connection).await.map(drop)
            }
        }
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        if self.is_over {
            return;
        }
        match &mut self.connection {
            Connection::Sqlite(connection) => connection.close_on_drop(),
            Connection::Postgres(connection) => connection.close_on_drop(),
        }
    }
}
