//! Writes the settings, as an administrator does.

use anyhow::{Context as _, Result, bail};
use appwebsocket::Credentials;
use serde_json::{Value, json};
use std::io::{Read, Write};
use tungstenite::{Message, WebSocket};

/// Logs in with the instance password and writes items.
pub fn write(url: &str, password: &str, items: &Value) -> Result<()> {
    let (mut socket, _) = tungstenite::connect(url.replacen("http", "ws", 1))?;
    let challenged = ask(&mut socket, &json!({"mt": "AppChallenge"}))?;
    let challenge = challenged.get("challenge").and_then(Value::as_str).context("no challenge")?;
    let credentials = Credentials { app: "-", ..Credentials::default() };
    let digest = credentials.digest(challenge, password);
    let login = json!({"mt": "AppLogin", "app": "-", "domain": "", "sip": "", "guid": "", "dn": "", "digest": digest});
    if ask(&mut socket, &login)?.get("ok") != Some(&json!(true)) {
        bail!("the service refuses the login");
    }
    let result = ask(&mut socket, &json!({"mt": "WriteConfig", "api": "Calendar", "ConfigItems": items}))?;
    if result.get("result") != Some(&json!("ok")) {
        bail!("the service refuses the settings: {result}");
    }
    Ok(())
}

/// Sends a message and gives the answer of its name.
fn ask<S: Read + Write>(socket: &mut WebSocket<S>, message: &Value) -> Result<Value> {
    let wanted = format!("{}Result", message.get("mt").and_then(Value::as_str).unwrap_or_default());
    socket.send(Message::text(message.to_string()))?;
    loop {
        let Message::Text(text) = socket.read()? else { continue };
        let answer: Value = serde_json::from_str(&text)?;
        if answer.get("mt").and_then(Value::as_str) == Some(&wanted) {
            return Ok(answer);
        }
    }
}
