//! Watches: a picture of some objects that is kept up to date, and a call back for whoever looks at it.

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::time::Duration;

use futures::stream::{BoxStream, StreamExt, select_all};
use kube::Api;
use kube::core::DynamicObject;
use kube::core::discovery::ApiResource;
use kube::runtime::WatchStreamExt;
use kube::runtime::utils::Backoff;
use kube::runtime::watcher::{self, Event};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until};

use super::error::{Attempt, sentence};
use super::list::{complete, many, params};
use super::{ApiError, Server};
use crate::inventory::{Query, Recorded};
use crate::resource::{Resource, Scope};

/// What a watcher is told. The picture is empty as long as the first lists are not complete.
#[derive(Debug)]
pub enum Moment<'a> {
    /// Objects have changed; also the first time that all are there. At most five times a second.
    Changed(&'a Recorded),
    /// A second has passed; clocks move.
    Tick(&'a Recorded),
    /// The server does not answer as it should; it is asked again in a while, unless this call back ends the watch.
    Away(&'a ApiError),
}

/// How often changes are told.
const FRAME: Duration = Duration::from_millis(200);

/// Frames between two ticks of the clock.
const FRAMES_A_SECOND: u32 = 5;

type Events = BoxStream<'static, (usize, Result<Event<DynamicObject>, watcher::Error>)>;

impl Server {
    /// Lists the objects of the queries, then watches them. `on` is called with each moment until it breaks; its value is
    /// returned. `None`: the time was over first. Lost connections and lists that have become too old are taken up again;
    /// a kind that the server does not have has no objects.
    ///
    /// # Errors
    /// The server cannot be asked at all.
    pub fn watch<T>(
        &self,
        queries: &[Query<'_>],
        until: Option<Duration>,
        on: &mut dyn FnMut(Moment<'_>) -> ControlFlow<T>,
    ) -> Result<Option<T>, ApiError> {
        self.runtime.block_on(self.follow(queries, until, on))
    }

    async fn follow<T>(
        &self,
        queries: &[Query<'_>],
        until: Option<Duration>,
        on: &mut dyn FnMut(Moment<'_>) -> ControlFlow<T>,
    ) -> Result<Option<T>, ApiError> {
        let mut events = select_all(queries.iter().enumerate().map(|(number, query)| self.events(number, query)));
        let mut picture = Picture::new(queries, self.host());
        let mut frames = interval(FRAME);
        frames.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let end = until.map(|until| Instant::now() + until);
        let mut frame: u32 = 0;
        loop {
            let moment = tokio::select! {
                Some((number, event)) = events.next() => match event {
                    Ok(event) => { picture.take(number, event); None }
                    Err(error) => self.trouble(&queries[number], &error).filter(|error| !picture.is_absent(number, error)),
                },
                _ = frames.tick() => {
                    frame = frame.wrapping_add(1);
                    let told = match picture.is_new() {
                        true => on(Moment::Changed(&picture.recorded)),
                        false if frame.is_multiple_of(FRAMES_A_SECOND) => on(Moment::Tick(&picture.recorded)),
                        false => ControlFlow::Continue(()),
                    };
                    if let ControlFlow::Break(value) = told { return Ok(Some(value)) }
                    None
                },
                () = over(end) => return Ok(None),
            };
            if let Some(error) = moment
                && let ControlFlow::Break(value) = on(Moment::Away(&error))
            {
                return Ok(Some(value));
            }
        }
    }

    fn events(&self, number: usize, query: &Query<'_>) -> Events {
        let resource = query.resource;
        let kind = ApiResource {
            group: resource.group.to_owned(),
            version: resource.version.to_owned(),
            api_version: resource.api_version(),
            kind: resource.kind.to_owned(),
            plural: resource.plural.to_owned(),
        };
        let api: Api<DynamicObject> = match query.namespace {
            Some(namespace) if resource.scope == Scope::Namespaced => {
                Api::namespaced_with(self.client.clone(), namespace, &kind)
            }
            _ => Api::all_with(self.client.clone(), &kind),
        };
        let selectors = params(query);
        let config = watcher::Config {
            label_selector: selectors.label_selector,
            field_selector: selectors.field_selector,
            ..watcher::Config::default()
        };
        watcher::watcher(api, config).backoff(Pause::default()).map(move |event| (number, event)).boxed()
    }

    /// The trouble of a watch as a sentence; `None` for what a watch does by itself, such as listing anew after a 410.
    fn trouble(&self, query: &Query<'_>, error: &watcher::Error) -> Option<ApiError> {
        let name = query.resource.api_name();
        let what = many(query);
        let attempt = Attempt { verb: "watch", what: &what, resource: &name, host: self.host() };
        match error {
            watcher::Error::InitialListFailed(error)
            | watcher::Error::WatchStartFailed(error)
            | watcher::Error::WatchFailed(error) => Some(sentence(attempt, error)),
            watcher::Error::WatchError(status) if status.code == 410 => None,
            watcher::Error::WatchError(status) => Some(sentence(attempt, &kube::Error::Api(status.clone()))),
            watcher::Error::NoResourceVersion => None,
        }
    }
}

/// Half a second, then twice as long each time, five seconds at most: somebody is waiting.
#[derive(Default)]
struct Pause(u32);

impl Iterator for Pause {
    type Item = Duration;

    fn next(&mut self) -> Option<Duration> {
        let pause = Duration::from_millis(500) * 2_u32.pow(self.0.min(4));
        self.0 = self.0.saturating_add(1);
        Some(pause.min(Duration::from_secs(5)))
    }
}

impl Backoff for Pause {
    fn reset(&mut self) {
        self.0 = 0;
    }
}

async fn over(end: Option<Instant>) {
    match end {
        Some(end) => sleep_until(end).await,
        None => futures::future::pending().await,
    }
}

/// The objects as they are known now.
struct Picture {
    recorded: Recorded,
    resources: Vec<Resource>,
    /// For each query, what is there; `None` until its first list is complete.
    known: Vec<Option<HashSet<Name>>>,
    /// For each query, what a list in progress has brought.
    listed: Vec<HashSet<Name>>,
    changed: bool,
}

/// Namespace and name.
type Name = (String, String);

impl Picture {
    fn new(queries: &[Query<'_>], name: &str) -> Self {
        Self {
            recorded: Recorded::named(name),
            resources: queries.iter().map(|query| query.resource).collect(),
            known: vec![None; queries.len()],
            listed: vec![HashSet::new(); queries.len()],
            changed: true,
        }
    }

    /// Whether there is something to tell, all lists being complete.
    fn is_new(&mut self) -> bool {
        let complete = self.known.iter().all(Option::is_some);
        complete && std::mem::take(&mut self.changed)
    }

    fn take(&mut self, number: usize, event: Event<DynamicObject>) {
        match event {
            Event::Init => self.listed[number].clear(),
            Event::InitApply(object) => {
                let name = self.put(number, object);
                self.listed[number].insert(name);
            }
            Event::InitDone => {
                let listed = std::mem::take(&mut self.listed[number]);
                let gone = self.known[number].take().unwrap_or_default();
                gone.difference(&listed).for_each(|(namespace, name)| {
                    self.recorded.remove(self.resources[number], namespace, name);
                });
                self.known[number] = Some(listed);
            }
            Event::Apply(object) => {
                let name = self.put(number, object);
                self.known[number].get_or_insert_default().insert(name);
            }
            Event::Delete(object) => {
                let name = name_of(&object);
                self.recorded.remove(self.resources[number], &name.0, &name.1);
                if let Some(known) = &mut self.known[number] {
                    known.remove(&name);
                }
            }
        }
        self.changed = true;
    }

    fn put(&mut self, number: usize, mut object: DynamicObject) -> Name {
        // Nobody reads who changed which field, and it is half of an object.
        object.metadata.managed_fields = None;
        let name = name_of(&object);
        if let Ok(mut value) = serde_json::to_value(object) {
            complete(&mut value, self.resources[number]);
            self.recorded.add(value);
        }
        name
    }

    /// Whether the trouble is that the server does not have the kind: then there is none of it.
    fn is_absent(&mut self, number: usize, error: &ApiError) -> bool {
        if error.is_not_found() && self.known[number].is_none() {
            self.known[number] = Some(HashSet::new());
            self.changed = true;
        }
        error.is_not_found()
    }
}

fn name_of(object: &DynamicObject) -> Name {
    let metadata = &object.metadata;
    (metadata.namespace.clone().unwrap_or_default(), metadata.name.clone().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inventory::Inventory;
    use serde_json::{Value, json};

    fn object(name: &str) -> DynamicObject {
        serde_json::from_value(json!({"metadata": {"name": name, "namespace": "n", "managedFields": []}})).unwrap()
    }

    fn names(picture: &Picture) -> Vec<Value> {
        let mut names = vec![];
        let all = Query::all(Resource::POLICY);
        picture.recorded.each(&all, &mut |object| names.push(object["metadata"]["name"].clone())).unwrap();
        names
    }

    #[test]
    fn a_list_that_starts_anew_takes_out_what_has_gone_meanwhile() {
        let mut picture = Picture::new(&[Query::all(Resource::POLICY)], "test");
        assert!(!picture.is_new());
        let first = [Event::Init, Event::InitApply(object("a")), Event::InitApply(object("b")), Event::InitDone];
        first.into_iter().for_each(|event| picture.take(0, event));
        assert!(picture.is_new() && !picture.is_new());
        let again = [Event::Init, Event::InitApply(object("b")), Event::InitDone, Event::Apply(object("c"))];
        again.into_iter().for_each(|event| picture.take(0, event));
        assert_eq!(names(&picture), ["b", "c"]);
        picture.take(0, Event::Delete(object("b")));
        assert_eq!(names(&picture), ["c"]);
    }

    #[test]
    fn a_kind_that_is_not_served_has_no_objects() {
        let mut picture = Picture::new(&[Query::all(Resource::POLICY)], "test");
        let missing = ApiError::new("x").of(super::super::Problem::NotFound);
        assert!(picture.is_absent(0, &missing) && picture.is_new());
    }
}
