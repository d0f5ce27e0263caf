//! The connection to the App Service: open, log in, serve, and again.

mod app_info;
mod login;
mod pbx_api;
mod session;
mod socket;
mod table_users;

use std::sync::Arc;

use crate::frame::Fault;
use crate::pbx::Shared;
use crate::violation::Rule;
use socket::Socket;

/// How often the wait doubles while attempts fail.
const MAX_DOUBLINGS: u32 = 6;

/// Runs until it is dropped.
pub(crate) async fn run(shared: Arc<Shared>) {
    let mut failures = 0;
    loop {
        let mut plugged = shared.plugged.subscribe();
        // The sender lives in `shared`.
        let _ = plugged.wait_for(|plugged| *plugged).await;
        match connect(&shared).await {
            Ok(()) => failures = 0,
            Err(fault) => {
                failures += 1;
                match fault {
                    Fault::Violation(rule, detail) => shared.report(rule, detail),
                    Fault::Unreachable(why) => shared.change(|state| state.unreachable = Some(why)),
                    Fault::Gone | Fault::Closed => {}
                }
            }
        }
        tokio::time::sleep(shared.options.reconnect * 2_u32.pow(MAX_DOUBLINGS.min(failures))).await;
    }
}

/// One connection from beginning to end; an error if it does not come to a login.
async fn connect(shared: &Arc<Shared>) -> Result<(), Fault> {
    let mut socket = Socket::open(&shared.options).await?;
    let login = login::log_in(&mut socket, shared);
    match tokio::time::timeout(login::PATIENCE, login).await {
        Ok(Ok(())) => {}
        Ok(Err(fault)) => {
            if let Fault::Violation(_, detail) = &fault {
                socket.refuse(detail).await;
            }
            return Err(fault);
        }
        Err(_) => return Err(Fault::Violation(Rule::Login, "no answer to the login".into())),
    }
    session::run(socket, shared).await;
    Ok(())
}
