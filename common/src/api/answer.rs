//! The answer to a request, read as the client library does, and how long it asks to wait, which that does not tell.

use std::time::Duration;

use http::{HeaderMap, Response, StatusCode, header::RETRY_AFTER};
use kube::client::Body;
use kube::core::Status;

/// The bytes of an answer, or what the server says against the request.
pub(super) async fn read(answer: Response<Body>) -> kube::Result<Vec<u8>> {
    let code = answer.status();
    let bytes: Vec<u8> = answer.into_body().collect_bytes().await?.into();
    if code.is_client_error() || code.is_server_error() {
        return Err(kube::Error::Api(refusal(code, &bytes).boxed()));
    }
    Ok(bytes)
}

/// Whatever stands between may answer with something else than a Status.
fn refusal(code: StatusCode, bytes: &[u8]) -> Status {
    let said = serde_json::from_slice(bytes).ok().filter(|status: &Status| status.code != 0);
    said.unwrap_or_else(|| Status::failure(String::from_utf8_lossy(bytes).trim(), "").with_code(code.as_u16()))
}

/// How long to leave a server alone that has too many requests; nothing at all when it does not say.
pub(super) fn wanted_pause(code: StatusCode, headers: &HeaderMap) -> Option<Duration> {
    if code != StatusCode::TOO_MANY_REQUESTS {
        return None;
    }
    let seconds = headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.trim().parse().ok());
    Some(Duration::from_secs(seconds.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_server_says_how_long_to_wait_or_not() {
        let asked = |code: StatusCode, value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, http::HeaderValue::from_static(value));
            wanted_pause(code, &headers)
        };
        assert_eq!(asked(StatusCode::TOO_MANY_REQUESTS, "5"), Some(Duration::from_secs(5)));
        assert_eq!(asked(StatusCode::TOO_MANY_REQUESTS, "Sat, 21 Nov 2026"), Some(Duration::ZERO));
        assert_eq!(asked(StatusCode::SERVICE_UNAVAILABLE, "5"), None);
        assert_eq!(wanted_pause(StatusCode::TOO_MANY_REQUESTS, &HeaderMap::new()), Some(Duration::ZERO));
    }

    #[test]
    fn what_is_no_status_is_told_by_its_code() {
        let text = |bytes: &[u8]| refusal(StatusCode::NOT_FOUND, bytes).message;
        assert_eq!(text(b"404 page not found\n"), "404 page not found");
        assert_eq!(refusal(StatusCode::NOT_FOUND, b"{}").code, 404);
        assert_eq!(text(br#"{"kind": "Status", "message": "x", "code": 404}"#), "x");
    }
}
