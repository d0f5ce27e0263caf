//! What is no message ends the connection with a reason, and nothing else.

use std::io::{Read, Write};
use std::net::TcpStream;

use appwebsocket::MAX_MESSAGE_BYTES;
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;

use crate::support::{PATIENCE, Server};

#[tokio::test]
async fn broken_messages_close_the_connection_with_a_reason() {
    let server = Server::start(&[]);
    for (message, code, reason) in [
        (Message::text("{"), 1007, "not JSON"),
        (Message::text("nix"), 1007, "not JSON"),
        (Message::text(""), 1007, "not JSON"),
        (Message::text("[".repeat(60_000)), 1007, "not"),
        (Message::text("[1]"), 1007, "not a message"),
        (Message::text("null"), 1007, "not a message"),
        (Message::text("{}"), 1007, "not a message"),
        (Message::text(r#"{"mt":1}"#), 1007, "not a message"),
        (Message::text(r#"{"mt":"A","mt":"B"}"#), 1007, "not a message"),
        (Message::binary(&b"{}"[..]), 1003, "binary"),
    ] {
        for mut socket in [server.socket().await, server.manager().await] {
            socket.send_raw(message.clone()).await;
            let closed = socket.closed().await.unwrap_or_default();
            assert!(closed.0 == code && closed.1.starts_with(reason), "{message:?} {closed:?}");
        }
    }
    server.manager().await;
}

#[tokio::test]
async fn messages_have_a_limit() {
    let server = Server::start(&[]);
    let longest = format!(r#"{{"mt":"KeepAlive","x":"{}"}}"#, "x".repeat(MAX_MESSAGE_BYTES - 25));
    assert_eq!(longest.len(), MAX_MESSAGE_BYTES);
    let mut socket = server.manager().await;
    assert_eq!(socket.ask(&longest).await["mt"], "KeepAliveResult");
    socket.send(format!("{longest} ")).await;
    assert_eq!(socket.closed().await, Some((1009, "the message is longer than 65535 bytes".to_owned())));
    // Of a much longer one the reason may be lost, because nobody reads to its end.
    let mut socket = server.manager().await;
    socket.send("x".repeat(10_000_000)).await;
    assert!(socket.closed().await.is_none_or(|closed| closed.0 == 1009));
    server.manager().await;
}

#[tokio::test]
async fn fragments_count_together() {
    let server = Server::start(&[]);
    let mut stream = upgraded(&server);
    for fragment in 0..40 {
        let opcode = u8::from(fragment == 0);
        let mut frame = vec![opcode, 0xfe];
        frame.extend(4096u16.to_be_bytes());
        frame.extend([0; 4]);
        frame.extend([b' '; 4096]);
        if stream.write_all(&frame).is_err() {
            break;
        }
    }
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    server.manager().await.read().await;
}

#[tokio::test]
async fn frames_that_are_none() {
    let server = Server::start(&[]);
    let unmasked = b"\x81\x02{}".to_vec();
    let reserved = b"\xf1\x80\0\0\0\0".to_vec();
    let opcode = b"\x83\x80\0\0\0\0".to_vec();
    let not_utf8 = b"\x81\x82\0\0\0\0\xff\xfe".to_vec();
    let huge = b"\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff\0\0\0\0".to_vec();
    let noise: Vec<u8> =
        (0..5000u32).map(|number| number.wrapping_mul(2_654_435_761).to_be_bytes()[1]).collect();
    for (frame, code) in [
        (unmasked, Some(1002)),
        (reserved, Some(1002)),
        (opcode, Some(1002)),
        (not_utf8, Some(1007)),
        (huge, Some(1009)),
        (noise, None),
    ] {
        let mut stream = upgraded(&server);
        stream.write_all(&frame).unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        if let Some(code) = code {
            assert_eq!(answer.first(), Some(&0x88), "a close frame: {frame:?}");
            assert_eq!(u16::from_be_bytes([answer[2], answer[3]]), code, "{frame:?}");
        }
    }
    assert_eq!(server.manager().await.ask(json!({"mt": "KeepAlive"})).await["mt"], "KeepAliveResult");
}

/// A connection after its upgrade, byte by byte.
fn upgraded(server: &Server) -> TcpStream {
    let mut stream = TcpStream::connect(server.host()).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let request = format!(
        "GET / HTTP/1.1\r\nHost: {}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        server.host()
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).unwrap();
        head.push(byte[0]);
    }
    assert!(head.starts_with(b"HTTP/1.1 101"));
    stream
}
