//! The smallest proxy there is: it knows `CONNECT`, and finds every name on this machine.
#![allow(clippy::unwrap_used, clippy::panic, reason = "only tests call what stands here")]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A proxy that lives as long as its process.
pub struct ConnectProxy {
    address: String,
    asked_for: Arc<Mutex<Vec<String>>>,
}

impl ConnectProxy {
    pub fn start() -> Self {
        Self::answering(200)
    }

    /// One that lets nobody through, unless the code is 200.
    pub fn answering(code: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let asked_for = Arc::new(Mutex::new(vec![]));
        let asked = Arc::clone(&asked_for);
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let asked = Arc::clone(&asked);
                std::thread::spawn(move || relay(client, &asked, code));
            }
        });
        Self { address, asked_for }
    }

    /// Host and port.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Where connections were wanted to, in their order.
    pub fn asked_for(&self) -> Vec<String> {
        self.asked_for.lock().unwrap().clone()
    }
}

fn relay(mut client: TcpStream, asked: &Mutex<Vec<String>>, code: u16) {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && client.read(&mut byte).unwrap_or(0) == 1 {
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let Some(target) = head.strip_prefix("CONNECT ").and_then(|rest| rest.split(' ').next()) else { return };
    asked.lock().unwrap().push(target.to_owned());
    if code != 200 {
        write!(client, "HTTP/1.1 {code} No\r\nContent-Length: 0\r\n\r\n").unwrap();
        return;
    }
    let port: u16 = target.rsplit(':').next().unwrap().parse().unwrap();
    let mut server = TcpStream::connect(("127.0.0.1", port)).unwrap();
    client.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
    let (mut from_client, mut to_server) = (client.try_clone().unwrap(), server.try_clone().unwrap());
    std::thread::spawn(move || {
        std::io::copy(&mut from_client, &mut to_server).ok();
        to_server.shutdown(std::net::Shutdown::Write).ok();
    });
    std::io::copy(&mut server, &mut client).ok();
    client.shutdown(std::net::Shutdown::Both).ok();
}
