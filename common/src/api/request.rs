//! The way of every request: sent, logged, waited for no longer than was said, and tried again where that is safe.

use std::future::Future;
use std::time::{Duration, Instant};

use http::Request;
use http::header::AUTHORIZATION;
use kube::client::Body;
use serde::de::DeserializeOwned;

use super::error::{Attempt, Problem, sentence, too_slow};
use super::{ApiError, Server, answer};
use crate::resource::Resource;

/// How often a request is tried when the server is away.
const TRIES: u32 = 4;

/// The longest pause between two tries, unless the server asks for a longer one.
const LONGEST: Duration = Duration::from_secs(10);

impl Server {
    /// Sends a request about a kind and reads the answer.
    pub(super) async fn send<T: DeserializeOwned>(
        &self,
        verb: &str,
        what: &str,
        resource: Resource,
        request: Result<Request<Vec<u8>>, kube::core::request::Error>,
    ) -> Result<T, ApiError> {
        let name = resource.api_name();
        let attempt = self.attempt(verb, what, &name);
        let request = request.map_err(|error| sentence(attempt, &kube::Error::BuildRequest(error)))?;
        self.json(attempt, Ok(request)).await
    }

    pub(super) async fn json<T: DeserializeOwned>(
        &self,
        attempt: Attempt<'_>,
        request: http::Result<Request<Vec<u8>>>,
    ) -> Result<T, ApiError> {
        let bytes = self.bytes(attempt, request).await?;
        serde_json::from_slice(&bytes).map_err(|error| sentence(attempt, &kube::Error::SerdeError(error)))
    }

    /// Sends a request; the answer must be there in time as a whole.
    pub(super) async fn bytes(
        &self,
        attempt: Attempt<'_>,
        request: http::Result<Request<Vec<u8>>>,
    ) -> Result<Vec<u8>, ApiError> {
        let request = request.map_err(|error| sentence(attempt, &kube::Error::HttpError(error)))?;
        self.logged(&request, async |request| {
            let call = async {
                let answer = self.client.send(request.map(Body::from)).await;
                let answer = answer.map_err(|error| sentence(attempt, &error))?;
                let pause = answer::wanted_pause(answer.status(), answer.headers());
                answer::read(answer).await.map_err(|error| sentence(attempt, &error).with_pause(pause))
            };
            match tokio::time::timeout(self.patience, call).await {
                Ok(answer) => answer,
                Err(_) => Err(too_slow(attempt, self.patience)),
            }
        })
        .await
    }

    /// Says on standard error what was asked and how it ended, for those who want every request. Nothing of a request but
    /// method and path is shown: the rest may be secret.
    pub(super) async fn logged<T>(
        &self,
        request: &Request<Vec<u8>>,
        call: impl AsyncFnOnce(Request<Vec<u8>>) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        let shown = (self.verbose >= 6).then(|| format!("{} {}", request.method(), request.uri()));
        let began = Instant::now();
        let answer = call(self.authorized(request)?).await;
        if let Some(shown) = shown {
            let ended = answer.as_ref().map_or_else(|error| error.message.as_str(), |_| "ok");
            eprintln!("{shown} {ended} in {}ms", began.elapsed().as_millis());
        }
        answer.map_err(|error| {
            let is_away = error.problem == Problem::Away;
            error.or_recorded(self.or_recorded && is_away)
        })
    }

    /// The request as it is sent: with the token of a credential plugin, which is run again when that has expired.
    fn authorized(&self, request: &Request<Vec<u8>>) -> Result<Request<Vec<u8>>, ApiError> {
        let mut request = request.clone();
        if let Some(login) = &self.login
            && let Some(token) = login.credential()?.token
        {
            request.headers_mut().insert(AUTHORIZATION, token);
        }
        Ok(request)
    }

    /// Tries again while the server is away, for requests that may be repeated.
    pub(super) async fn again<T, F>(&self, call: impl Fn() -> F) -> Result<T, ApiError>
    where
        F: Future<Output = Result<T, ApiError>>,
    {
        self.tries(call).await.answer
    }

    /// The same, and whether there was a try before the one that was answered. A server with too many requests is asked
    /// again as it says. Stops when one request could have taken as long: whoever gives a time limit does not want four
    /// of it.
    pub(super) async fn tries<T, F>(&self, call: impl Fn() -> F) -> Tried<T>
    where
        F: Future<Output = Result<T, ApiError>>,
    {
        let began = Instant::now();
        let mut pause = Duration::from_millis(300);
        let mut answer = call().await;
        let mut repeated = false;
        for tried in 1.. {
            let Err(error) = &answer else { break };
            let wait = error.pause.unwrap_or_default().max(pause);
            let is_worth = error.pause.is_some() || error.problem == Problem::Away && tried < TRIES;
            if !is_worth || began.elapsed() + wait > self.patience {
                break;
            }
            tokio::time::sleep(wait).await;
            pause = LONGEST.min(pause * 3);
            repeated = true;
            answer = call().await;
        }
        Tried { answer, repeated }
    }
}

/// What became of a request that was tried several times.
pub(super) struct Tried<T> {
    pub(super) answer: Result<T, ApiError>,
    /// Whether an earlier try may have been carried out although its answer was lost.
    pub(super) repeated: bool,
}
