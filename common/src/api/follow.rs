//! The way of one query through a watch: list, then watch from there, again and again.

use std::time::Duration;

use futures::stream::{BoxStream, StreamExt};
use kube::core::params::WatchParams;
use kube::core::{Request as Build, WatchEvent};
use serde_json::Value;
use tokio::sync::Notify;

use super::config::SILENCE;
use super::error::{Attempt, Problem, sentence, too_slow};
use super::lean::Lean;
use super::list::{complete, many, params};
use super::{ApiError, Server};
use crate::inventory::Query;

/// What one step has brought.
#[derive(Debug)]
pub(super) enum News {
    /// All objects there are.
    Listed(Vec<Value>),
    /// An object is there or has changed.
    Put(Value),
    /// An object is gone.
    Gone(Value),
    /// Nothing has changed; the server answers.
    Alive,
    /// The server does not answer as it should.
    Trouble(ApiError),
}

/// Where the query stands.
enum Stage {
    /// Nothing is known, or what is known is too old.
    List,
    /// The server does not have the kind; it may get it.
    Absent,
    /// All is known up to this version.
    Watch(String),
    /// The server tells what has changed since.
    Reading(String, Changes),
}

type Changes = BoxStream<'static, kube::Result<WatchEvent<Lean>>>;

/// How long the server lets a watch live: a link that went silent without a word is noticed soon after.
const LIFE: u32 = 45;

/// How soon to look again for a kind that the server does not have.
const ABSENT: Duration = Duration::from_secs(30);

/// One query on its way.
pub(super) struct Follower<'s> {
    server: &'s Server,
    number: usize,
    query: &'s Query<'s>,
    stage: Stage,
    /// How often in a row there was trouble.
    failures: u32,
    /// Says that the server has been away: connections from before may lead nowhere.
    anew: &'s Notify,
}

impl<'s> Follower<'s> {
    pub(super) fn new(server: &'s Server, number: usize, query: &'s Query<'s>, anew: &'s Notify) -> Self {
        Self { server, number, query, stage: Stage::List, failures: 0, anew }
    }

    /// Which query this is.
    pub(super) fn number(&self) -> usize {
        self.number
    }

    /// Goes one step further, after a pause if the last one failed.
    pub(super) async fn step(mut self) -> (News, Self) {
        if self.failures > 0 {
            tokio::time::sleep(pause(self.failures)).await;
        }
        let (stage, outcome) = match std::mem::replace(&mut self.stage, Stage::List) {
            Stage::List => self.list().await,
            Stage::Absent => {
                tokio::time::sleep(ABSENT).await;
                self.list().await
            }
            Stage::Watch(version) => self.start(version).await,
            Stage::Reading(version, changes) => self.read(version, changes).await,
        };
        self.stage = stage;
        let news = outcome.unwrap_or_else(News::Trouble);
        self.failures = if matches!(news, News::Trouble(_)) { self.failures.saturating_add(1) } else { 0 };
        (news, self)
    }

    async fn list(&self) -> (Stage, Result<News, ApiError>) {
        let (mut objects, mut token) = (vec![], None);
        loop {
            let page = match self.server.page_once(self.query, token.as_deref()).await {
                Ok(page) => page,
                Err(error) => return (Stage::List, Err(error)),
            };
            token = page.next();
            let version = page.version().to_owned();
            objects.extend(page.items(self.query.resource));
            if token.is_none() {
                let stage = if version.is_empty() { Stage::Absent } else { Stage::Watch(version) };
                return (stage, Ok(News::Listed(objects)));
            }
        }
    }

    async fn start(&self, version: String) -> (Stage, Result<News, ApiError>) {
        let selectors = params(self.query);
        let watch = WatchParams {
            label_selector: selectors.label_selector,
            field_selector: selectors.field_selector,
            timeout: Some(LIFE),
            bookmarks: true,
            send_initial_events: false,
        };
        let path = Build::new(self.server.path(self.query.resource, self.query.namespace));
        let request = match path.watch(&watch, &version) {
            Ok(request) => request,
            Err(error) => return (Stage::Watch(version), Err(self.failed(&kube::Error::BuildRequest(error)))),
        };
        let started = self.server.logged(&request, async |request| {
            let limit = self.server.patience;
            match tokio::time::timeout(limit, self.server.client.request_events::<Lean>(request)).await {
                Ok(answer) => answer.map(|changes| changes.boxed()).map_err(|e| self.failed(&e)),
                Err(_) => Err(self.attempt(|attempt| too_slow(attempt, limit))),
            }
        });
        match started.await {
            Ok(changes) => (Stage::Reading(version, changes), Ok(News::Alive)),
            Err(error) if error.problem == Problem::Gone => (Stage::List, Ok(News::Alive)),
            Err(error) => (Stage::Watch(version), Err(error)),
        }
    }

    async fn read(&self, version: String, mut changes: Changes) -> (Stage, Result<News, ApiError>) {
        let event = tokio::select! {
            event = tokio::time::timeout(SILENCE, changes.next()) => event,
            () = self.anew.notified() => return (Stage::Watch(version), Ok(News::Alive)),
        };
        let event = match event {
            Ok(Some(Ok(event))) => event,
            // The end of a watch, expected or not, is no trouble: starting it again may be.
            Ok(Some(Err(kube::Error::Api(status)))) => return self.refused(version, kube::Error::Api(status)),
            Ok(None | Some(Err(_))) | Err(_) => {
                tokio::time::sleep(pause(0)).await;
                return (Stage::Watch(version), Ok(News::Alive));
            }
        };
        match event {
            WatchEvent::Added(Lean(object)) | WatchEvent::Modified(Lean(object)) => {
                let (version, object) = self.seen(version, object);
                (Stage::Reading(version, changes), Ok(News::Put(object)))
            }
            WatchEvent::Deleted(Lean(object)) => {
                let (version, object) = self.seen(version, object);
                (Stage::Reading(version, changes), Ok(News::Gone(object)))
            }
            WatchEvent::Bookmark(bookmark) => {
                (Stage::Reading(bookmark.metadata.resource_version, changes), Ok(News::Alive))
            }
            WatchEvent::Error(status) => self.refused(version, kube::Error::Api(status)),
        }
    }

    /// What the server says in the place of a change. A version that is too old is nobody's fault.
    fn refused(&self, version: String, error: kube::Error) -> (Stage, Result<News, ApiError>) {
        match self.failed(&error) {
            error if error.problem == Problem::Gone => (Stage::List, Ok(News::Alive)),
            error => (Stage::Watch(version), Err(error)),
        }
    }

    /// The version that is known now, and the object, complete in itself.
    fn seen(&self, version: String, mut object: Value) -> (String, Value) {
        complete(&mut object, self.query.resource);
        let version = object["metadata"]["resourceVersion"].as_str().map_or(version, str::to_owned);
        (version, object)
    }

    fn failed(&self, error: &kube::Error) -> ApiError {
        self.attempt(|attempt| sentence(attempt, error))
    }

    fn attempt(&self, say: impl FnOnce(Attempt<'_>) -> ApiError) -> ApiError {
        let (name, what) = (self.query.resource.api_name(), many(self.query));
        say(self.server.attempt("watch", &what, &name))
    }
}

/// Half a second, then twice as long each time, five seconds at most: somebody is waiting.
fn pause(failures: u32) -> Duration {
    let pause = Duration::from_millis(250) * 2_u32.pow(failures.min(5));
    pause.min(Duration::from_secs(5))
}
