//! The proxy's own thread: it accepts, carries bytes both ways and does what was planned.

use std::future::poll_fn;
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, Error, RootCertStore, ServerConfig};
use tokio_rustls::{TlsAcceptor, TlsConnector};

use super::super::process::Processes;
use super::{Fault, Link, Plan, lock};

/// What every connection needs.
struct Ends {
    acceptor: TlsAcceptor,
    connector: TlsConnector,
    server: u16,
    plan: Arc<Mutex<Plan>>,
}

/// Starts the thread and says at which port it listens.
pub(super) fn start(server: &Processes, plan: Arc<Mutex<Plan>>, link: watch::Receiver<Link>) -> Result<u16, String> {
    let (acceptor, connector) = tls(&server.certificates(), &server.key())?;
    let ends = Arc::new(Ends { acceptor, connector, server: server.port, plan });
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).map_err(|error| error.to_string())?;
    let port = listener.local_addr().map_err(|error| error.to_string())?.port();
    listener.set_nonblocking(true).map_err(|error| error.to_string())?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    std::thread::spawn(move || {
        let outcome = runtime.block_on(async {
            let listener = TcpListener::from_std(listener)?;
            serve(&ends, listener, port, link).await
        });
        if let Err(error) = outcome {
            eprintln!("fault proxy: {error}");
        }
    });
    Ok(port)
}

/// Both speak HTTP/1.1 only: there a request begins with its line, and one answer follows another.
fn tls(certificates: &Path, key: &Path) -> Result<(TlsAcceptor, TlsConnector), String> {
    let read = |error: &dyn std::fmt::Display| format!("cannot read {}: {error}", certificates.display());
    let chain = CertificateDer::pem_file_iter(certificates).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let chain = chain.map_err(|error| read(&error))?;
    let key = PrivateKeyDer::from_pem_file(key).map_err(|error| read(&error))?;
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(chain.clone());
    let configs = || -> Result<(ServerConfig, ClientConfig), Error> {
        let provider = Arc::new(default_provider());
        let server =
            ServerConfig::builder_with_provider(Arc::clone(&provider)).with_safe_default_protocol_versions()?;
        let mut server = server.with_no_client_auth().with_single_cert(chain, key)?;
        let client = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
        let mut client = client.with_root_certificates(roots).with_no_client_auth();
        server.alpn_protocols = vec![b"http/1.1".to_vec()];
        client.alpn_protocols.clone_from(&server.alpn_protocols);
        Ok((server, client))
    };
    let (server, client) = configs().map_err(|error| error.to_string())?;
    Ok((TlsAcceptor::from(Arc::new(server)), TlsConnector::from(Arc::new(client))))
}

async fn serve(ends: &Arc<Ends>, listener: TcpListener, port: u16, mut link: watch::Receiver<Link>) -> io::Result<()> {
    let mut listener = Some(listener);
    loop {
        let Link { away, ended, .. } = *link.borrow_and_update();
        if ended {
            return Ok(());
        }
        if away {
            listener = None;
        } else if listener.is_none() {
            listener = Some(TcpListener::bind(("127.0.0.1", port)).await?);
        }
        tokio::select! {
            changed = link.changed() => if changed.is_err() { return Ok(()) },
            Ok((client, _)) = accept(listener.as_ref()) => {
                let (ends, mut link) = (Arc::clone(ends), link.clone());
                tokio::spawn(async move {
                    tokio::select! {
                        _ = link.changed() => {}
                        // A connection that fails is what this is for.
                        _ = relay(&ends, client) => {}
                    }
                });
            }
        }
    }
}

async fn accept(listener: Option<&TcpListener>) -> io::Result<(TcpStream, std::net::SocketAddr)> {
    match listener {
        Some(listener) => listener.accept().await,
        None => std::future::pending().await,
    }
}

/// Carries one connection until either end closes it or a fault does.
async fn relay(ends: &Ends, client: TcpStream) -> io::Result<()> {
    let mut client = ends.acceptor.accept(client).await?;
    let server = TcpStream::connect(("127.0.0.1", ends.server)).await?;
    let name = ServerName::try_from("127.0.0.1").map_err(io::Error::other)?;
    let mut server = ends.connector.connect(name, server).await?;
    let (mut asked, mut answered) = (vec![0; 32 * 1024], vec![0; 32 * 1024]);
    // How much of the present answer still passes.
    let mut passes = None;
    loop {
        tokio::select! {
            count = read(&mut client, &mut asked) => {
                let Some(bytes) = asked.get(..count?).filter(|bytes| !bytes.is_empty()) else { return Ok(()) };
                if let Some((method, path)) = request_line(bytes) {
                    let fault = lock(&ends.plan).arrived(method, path);
                    passes = None;
                    match fault {
                        Some(Fault::Drop) => return Ok(()),
                        Some(Fault::LoseAnswer) => passes = Some(0),
                        Some(Fault::CutAnswer(bytes)) => passes = Some(bytes),
                        Some(Fault::Hold(time)) => tokio::time::sleep(time).await,
                        Some(Fault::Answer(code)) => return write(&mut client, refusal(code).as_bytes()).await,
                        None => {}
                    }
                }
                write(&mut server, bytes).await?;
            }
            count = read(&mut server, &mut answered) => {
                let Some(mut bytes) = answered.get(..count?).filter(|bytes| !bytes.is_empty()) else { return Ok(()) };
                if let Some(left) = passes {
                    bytes = bytes.get(..left).unwrap_or(bytes);
                    passes = Some(left - bytes.len());
                }
                write(&mut client, bytes).await?;
                if passes == Some(0) {
                    return Ok(());
                }
            }
        }
    }
}

/// Method and path when a request begins here. No body of a request to this API begins like one.
fn request_line(bytes: &[u8]) -> Option<(&str, &str)> {
    let line = std::str::from_utf8(bytes.split(|byte| *byte == b'\r').next()?).ok()?;
    let (method, path) = line.strip_suffix(" HTTP/1.1")?.split_once(' ')?;
    (path.starts_with('/') && method.bytes().all(|byte| byte.is_ascii_uppercase())).then_some((method, path))
}

fn refusal(code: u16) -> String {
    let body = serde_json::json!({
        "kind": "Status", "apiVersion": "v1", "status": "Failure", "code": code,
        "message": "the fault proxy answers in the server's place", "reason": reason(code),
    })
    .to_string();
    let retry = if code == 429 { "Retry-After: 1\r\n" } else { "" };
    format!(
        "HTTP/1.1 {code} Fault\r\nContent-Type: application/json\r\nContent-Length: {}\r\n{retry}Connection: close\r\n\r\n{body}",
        body.len()
    )
}

/// The reasons of apimachinery, `pkg/apis/meta/v1/types.go`.
fn reason(code: u16) -> &'static str {
    match code {
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "NotFound",
        409 => "Conflict",
        410 => "Expired",
        429 => "TooManyRequests",
        500 => "InternalError",
        503 => "ServiceUnavailable",
        504 => "Timeout",
        _ => "",
    }
}

async fn read(stream: &mut (impl AsyncRead + Unpin), into: &mut [u8]) -> io::Result<usize> {
    let mut buffer = ReadBuf::new(into);
    poll_fn(|context| Pin::new(&mut *stream).poll_read(context, &mut buffer)).await?;
    Ok(buffer.filled().len())
}

async fn write(stream: &mut (impl AsyncWrite + Unpin), mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        let count = poll_fn(|context| Pin::new(&mut *stream).poll_write(context, bytes)).await?;
        bytes = bytes.get(count..).unwrap_or_default();
    }
    poll_fn(|context| Pin::new(&mut *stream).poll_flush(context)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_begins_with_its_line() {
        assert_eq!(request_line(b"PATCH /apis/a?b=c HTTP/1.1\r\nhost: x\r\n"), Some(("PATCH", "/apis/a?b=c")));
        assert_eq!(request_line(b"{\"spec\": \"GET /apis HTTP/1.1\"}"), None);
        assert_eq!(request_line(b"\x16\x03\x01"), None);
    }

    #[test]
    fn a_refusal_is_a_whole_answer() {
        let text = refusal(503);
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        assert!(head.contains(&format!("Content-Length: {}", body.len())), "{head}");
        assert!(body.contains("ServiceUnavailable"));
    }
}
