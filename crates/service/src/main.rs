//! The App Service `pbx-calendar`.

use std::process::ExitCode;

fn main() -> ExitCode {
    pbx_calendar::cli::main()
}
