//! The project's own commands: `cargo xtask build | serve | test | bench | package | fuzz | soak`.
//!
//! Layout: one file per command, and beneath them
//!
//! - `project`: the folders of the checkout
//! - `process`: running other programs, with time limits
//! - `tools`: what must be on the machine, and how it gets there
//! - `wasm`, `script`, `compress`: the stages of a build
//! - `remap`: builds that name no folder of this machine
//! - `plugin`, `presence`: what stands in `pkg/plugin` and `pkg/presence`
//! - `licences`: the licences of what a release contains
//! - `stamp`, `sizes`: is it up to date, is it small enough

mod bench;
mod build;
mod catalogue;
mod compress;
mod example;
mod fuzz;
mod glue;
mod licences;
mod new_item;
mod package;
mod plugin;
mod presence;
mod process;
mod project;
mod remap;
mod script;
mod serve;
mod sizes;
mod soak;
mod stamp;
mod tally;
mod test;
mod tools;
mod wasm;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    about = "Builds, serves, tests, measures and packages the project"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make pkg/presence and pkg/plugin and print their sizes against the budgets
    Build(build::Args),
    /// Build what is stale and start the service with the try-out page
    Serve(serve::Args),
    /// Run every check and test; the last line is "N passed, N failed"
    Test(test::Args),
    /// Measure speed
    Bench(bench::Args),
    /// Make a release tarball under target/package
    Package(package::Args),
    /// Run the fuzz targets under libFuzzer (needs the nightly toolchain)
    Fuzz(fuzz::Args),
    /// Let PBX, network and calendars fail at random for a long time
    Soak(soak::Args),
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Build(args) => build::run(&args),
        Command::Serve(args) => serve::run(&args),
        Command::Test(args) => test::run(&args),
        Command::Bench(args) => bench::run(&args),
        Command::Package(args) => package::run(&args),
        Command::Fuzz(args) => fuzz::run(&args),
        Command::Soak(args) => soak::run(&args),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Cli;
    use clap::CommandFactory as _;

    #[test]
    fn every_command_and_option_goes_with_the_others() {
        Cli::command().debug_assert();
    }
}
