//! Whether the server lives, asked while a watch has nothing to tell. A connection that is silent and one that leads
//! nowhere look the same for a minute.

use std::time::Duration;

use http::Request;

use super::error::{sentence, too_slow};
use super::{ApiError, Server};

/// How often to ask.
const EVERY: Duration = Duration::from_secs(5);

/// How long to wait for the answer.
const LIMIT: Duration = Duration::from_secs(10);

impl Server {
    /// After a pause asks for what everybody may ask for. Any answer is a sign of life, unless it says that the server
    /// cannot answer now.
    pub(super) async fn pulse(&self) -> Result<(), ApiError> {
        tokio::time::sleep(EVERY).await;
        let attempt = self.attempt("reach", "the API server", "");
        let request = Request::get("/version").body(Vec::new());
        let request = request.map_err(|error| sentence(attempt, &kube::Error::HttpError(error)))?;
        let limit = LIMIT.min(self.patience);
        let answer = self.logged(&request, async |request| {
            match tokio::time::timeout(limit, self.client.request_text(request)).await {
                Ok(answer) => answer.map_err(|error| sentence(attempt, &error)),
                Err(_) => Err(too_slow(attempt, limit)),
            }
        });
        match answer.await {
            Err(error) if error.is_away() => Err(error),
            _ => Ok(()),
        }
    }
}
