//! Watches: a picture of some objects that is kept up to date, and a call back for whoever looks at it.

use std::ops::ControlFlow;
use std::time::Duration;

use futures::stream::{FuturesUnordered, StreamExt};
use jiff::Timestamp;
use tokio::sync::Notify;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until};

use super::follow::{Follower, News};
use super::picture::Picture;
use super::{ApiError, Server};
use crate::inventory::{Query, Recorded};

/// What a watcher is told. The picture is empty as long as the first lists are not complete.
#[derive(Debug)]
pub enum Moment<'a> {
    /// Objects have changed; also the first time that all are there, and when the server is back. At most five times a
    /// second.
    Changed(&'a Recorded),
    /// A second has passed; clocks move.
    Tick(&'a Recorded),
    /// The server does not answer as it should; it is asked again in a while, unless this call back ends the watch. What
    /// is no [`ApiError::is_away`], such as a missing right, is not likely to pass by itself. The picture is as of the
    /// time beside the error, when all was well for the last time.
    Away(&'a ApiError, Timestamp),
    /// The server answers everything again, after at least one [`Moment::Away`]; [`Moment::Changed`] follows.
    Back,
}

/// How often changes are told.
const FRAME: Duration = Duration::from_millis(200);

/// Frames between two ticks of the clock.
const FRAMES_A_SECOND: u32 = 5;

/// What happens next.
enum Step<'s> {
    News(News, Follower<'s>),
    Pulse(Result<(), ApiError>),
    Frame,
    Over,
}

impl Server {
    /// Lists the objects of the queries, then watches them. `on` is called with each moment until it breaks; its value is
    /// returned. `None`: the time was over first. Lost connections and lists that have become too old are taken up again;
    /// a kind that the server does not have has no objects. `on` may ask the server other things.
    ///
    /// # Errors
    /// The server cannot be asked at all.
    pub fn watch<T>(
        &self,
        queries: &[Query<'_>],
        until: Option<Duration>,
        on: &mut dyn FnMut(Moment<'_>) -> ControlFlow<T>,
    ) -> Result<Option<T>, ApiError> {
        let anew = Notify::new();
        let follower = |(number, query)| Follower::new(self, number, query, &anew).step();
        let mut followed: FuturesUnordered<_> = queries.iter().enumerate().map(follower).collect();
        let mut pulse = Box::pin(self.pulse());
        let mut picture = Picture::new(queries, self.host());
        let mut frames = self.runtime.block_on(async { interval(FRAME) });
        frames.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let end = until.and_then(|until| Instant::now().checked_add(until));
        let mut trouble = Trouble::new(queries.len() + 1);
        let mut frame: u32 = 0;
        loop {
            let step = self.runtime.block_on(async {
                tokio::select! {
                    Some((news, follower)) = followed.next() => Step::News(news, follower),
                    beat = &mut pulse => Step::Pulse(beat),
                    _ = frames.tick() => Step::Frame,
                    () = over(end) => Step::Over,
                }
            });
            match step {
                Step::News(news, follower) => {
                    let error = if let News::Trouble(error) = &news { Some(error) } else { None };
                    trouble.take(follower.number(), error);
                    picture.take(follower.number(), news);
                    followed.push(follower.step());
                }
                Step::Pulse(beat) => {
                    pulse.set(self.pulse());
                    if trouble.take(queries.len(), beat.as_ref().err()) {
                        anew.notify_waiters();
                    }
                }
                Step::Frame => {
                    frame = frame.wrapping_add(1);
                    if let ControlFlow::Break(value) = tell(&mut picture, &mut trouble, frame, on) {
                        return Ok(Some(value));
                    }
                }
                Step::Over => return Ok(None),
            }
        }
    }
}

fn tell<T>(
    picture: &mut Picture,
    trouble: &mut Trouble,
    frame: u32,
    on: &mut dyn FnMut(Moment<'_>) -> ControlFlow<T>,
) -> ControlFlow<T> {
    if let Some(error) = trouble.news.take() {
        on(Moment::Away(&error, trouble.well))?;
        trouble.told = true;
    } else if trouble.told && !trouble.is() {
        on(Moment::Back)?;
        trouble.told = false;
        picture.touch();
    }
    if picture.is_new() {
        return on(Moment::Changed(picture.recorded()));
    }
    if frame.is_multiple_of(FRAMES_A_SECOND) { on(Moment::Tick(picture.recorded())) } else { ControlFlow::Continue(()) }
}

/// Which queries get no answer now, the pulse being the last of them, and what was not told of it yet.
struct Trouble {
    with: Vec<bool>,
    news: Option<ApiError>,
    /// Whether the watcher knows of it.
    told: bool,
    /// When there was none for the last time.
    well: Timestamp,
}

impl Trouble {
    fn new(queries: usize) -> Self {
        Self { with: vec![false; queries], news: None, told: false, well: Timestamp::now() }
    }

    fn is(&self) -> bool {
        self.with.contains(&true)
    }

    /// Takes note of an answer or an error; whether this query was in trouble and is no more.
    fn take(&mut self, number: usize, error: Option<&ApiError>) -> bool {
        let Some(with) = self.with.get_mut(number) else { return false };
        let was = std::mem::replace(with, error.is_some());
        if let Some(error) = error {
            self.news = Some(error.clone());
        } else if !self.is() {
            self.news = None;
            self.well = Timestamp::now();
        }
        was && error.is_none()
    }
}

async fn over(end: Option<Instant>) {
    match end {
        Some(end) => sleep_until(end).await,
        None => futures::future::pending().await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trouble_is_over_when_each_query_answers_and_began_when_all_was_well() {
        let mut trouble = Trouble::new(2);
        let well = trouble.well;
        let error = ApiError::new("away");
        assert!(!trouble.take(0, Some(&error)) && !trouble.take(1, Some(&error)));
        assert!(trouble.take(0, None) && !trouble.take(0, None));
        assert!(trouble.is() && trouble.news.is_some());
        assert_eq!(trouble.well, well);
        assert!(trouble.take(1, None));
        assert!(!trouble.is() && trouble.news.is_none());
        assert!(trouble.well > well);
    }
}
