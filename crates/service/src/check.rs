//! `pbx-calendar check`: the connection test of the stored settings, beside the service or without it.

use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result, bail};
use async_trait::async_trait;
use calendar::settings::{Settings, SyncType};
use clap::ArgAction;
use clap::builder::BoolishValueParser;
use prometheus::Registry;
use secrecy::SecretString;
use serde::Serialize;
use tokio_util::sync::CancellationToken;

use crate::connection_test::{self, Finished, PbxSide, StepMessage, Test};
use crate::database_url::DatabaseUrl;
use crate::source::exchange::sign_in::Keep;
use crate::source::steps::Subject;
use crate::source::{Overrides, Sources};
use crate::store::Store;
use crate::zones::System;

/// What is asked for beside the place of the state.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Whose calendar is read [default: one that the service has found]
    #[arg(long, env = "PBX_CALENDAR_MAILBOX", value_name = "ADDRESS")]
    pub mailbox: Option<String>,
    /// Whose calendar must not be readable
    #[arg(long, env = "PBX_CALENDAR_OUTSIDE", value_name = "ADDRESS")]
    pub outside: Option<String>,
    /// Wait for somebody to change an appointment, to see that it is told
    #[arg(long, env = "PBX_CALENDAR_WATCH", action = ArgAction::SetTrue, value_parser = BoolishValueParser::new())]
    pub watch: bool,
    /// Print the messages of the test, one JSON object a line
    #[arg(long, env = "PBX_CALENDAR_JSON", action = ArgAction::SetTrue, value_parser = BoolishValueParser::new())]
    pub json: bool,
    /// Print the report for a ticket at the end, without names
    #[arg(long, env = "PBX_CALENDAR_REPORT", action = ArgAction::SetTrue, value_parser = BoolishValueParser::new())]
    pub report: bool,
}

#[derive(Serialize)]
struct Line<'a, T> {
    mt: &'static str,
    #[serde(flatten)]
    body: &'a T,
}

/// Does the test. Whether no step has failed.
pub async fn run(data: &Path, database: Option<&DatabaseUrl>, args: &Args) -> Result<bool> {
    let store = Arc::new(Store::open_to_read(data, database).await?);
    let settings = store.read().await?.settings;
    if settings.sync_type == SyncType::Disabled {
        bail!("nothing to test: the sync type of the stored settings is disabled");
    }
    let secrets = store.secrets().await?;
    let registry = Registry::new();
    let sources = Sources::new(Overrides::from_env()?, &registry).context("metrics")?;
    let sources = sources.with_keep(Arc::new(Kept(Arc::clone(&store))));
    let subject = Subject {
        mailbox: mailbox(args, &store, &sources, &settings).await,
        outside: args.outside.clone(),
        watch: args.watch,
    };
    let test = Test {
        incomplete: settings.check(&System),
        steps: sources.steps(&settings, &secrets),
        settings,
        subject,
        only: Vec::new(),
        pbx: PbxSide::Nowhere,
    };
    let broken = Mutex::new(None);
    let tell = |message: &StepMessage| {
        if let Err(error) = print(message, args.json) {
            broken.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
        }
    };
    let finished = connection_test::run(test, CancellationToken::new(), tell).await;
    let broken = broken.into_inner().unwrap_or_else(PoisonError::into_inner);
    let ended = broken.map_or_else(|| end(&finished, args), Err);
    store.close().await;
    match ended {
        // Who closes the pipe early has seen enough.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error).context("cannot write"),
        _ => Ok(finished.ok),
    }
}

fn print(message: &StepMessage, json: bool) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if json {
        let line = Line { mt: "TestConnectionStep", body: message };
        return writeln!(out, "{}", serde_json::to_string(&line)?);
    }
    let part = message.part.as_deref().map(|part| format!(" {part}")).unwrap_or_default();
    if message.state == "running" {
        // What somebody has to do now cannot wait for the end.
        return if message.detail.is_empty() { Ok(()) } else { writeln!(out, "{}", message.detail) };
    }
    let StepMessage { step, state, ms, detail, .. } = message;
    let code = message.code.as_deref().map(|code| format!(" [{code}]")).unwrap_or_default();
    writeln!(out, "{step}{part}: {state}, {ms} ms{code} {detail}")
}

fn end(finished: &Finished, args: &Args) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if args.json {
        let line = Line { mt: "TestConnectionResult", body: finished };
        writeln!(out, "{}", serde_json::to_string(&line)?)?;
    } else if args.report {
        write!(out, "\n{}", finished.report)?;
    }
    out.flush()
}

/// Who is named, else somebody whose mailbox the service has found, else the account itself.
async fn mailbox(args: &Args, store: &Store, sources: &Sources, settings: &Settings) -> Option<String> {
    if args.mailbox.is_some() {
        return args.mailbox.clone();
    }
    // Without any of them it is said so in the step.
    let found = sources.stored_mailbox(settings, store.calendars()).await.ok().flatten();
    found.or_else(|| connection_test::account(settings))
}

/// A sign-in is read where the service keeps it, and never written.
struct Kept(Arc<Store>);

#[async_trait]
impl Keep for Kept {
    async fn read(&self) -> Result<Option<SecretString>> {
        self.0.sign_in().await
    }

    async fn write(&self, _: Option<SecretString>) -> Result<()> {
        Ok(())
    }
}
