//! Watches: a picture of some objects that is kept up to date, and a call back for whoever looks at it.

use std::ops::ControlFlow;
use std::time::Duration;

use futures::stream::{FuturesUnordered, StreamExt};
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
    /// is no [`ApiError::is_away`], such as a missing right, is not likely to pass by itself.
    Away(&'a ApiError),
}

/// How often changes are told.
const FRAME: Duration = Duration::from_millis(200);

/// Frames between two ticks of the clock.
const FRAMES_A_SECOND: u32 = 5;

/// What happens next.
enum Step<'s> {
    News(News, Follower<'s>),
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
        let mut followed: FuturesUnordered<_> =
            queries.iter().enumerate().map(|(number, query)| Follower::new(self, number, query).step()).collect();
        let mut picture = Picture::new(queries, self.host());
        let mut frames = self.runtime.block_on(async { interval(FRAME) });
        frames.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let end = until.and_then(|until| Instant::now().checked_add(until));
        let mut trouble = Trouble::new(queries.len());
        let mut frame: u32 = 0;
        loop {
            let step = self.runtime.block_on(async {
                tokio::select! {
                    Some((news, follower)) = followed.next() => Step::News(news, follower),
                    _ = frames.tick() => Step::Frame,
                    () = over(end) => Step::Over,
                }
            });
            match step {
                Step::News(news, follower) => {
                    if trouble.is_over(follower.number(), &news) {
                        picture.touch();
                    }
                    picture.take(follower.number(), news);
                    followed.push(follower.step());
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
        on(Moment::Away(&error))?;
    }
    if picture.is_new() {
        return on(Moment::Changed(picture.recorded()));
    }
    if frame.is_multiple_of(FRAMES_A_SECOND) { on(Moment::Tick(picture.recorded())) } else { ControlFlow::Continue(()) }
}

/// Which queries get no answer now, and what was not told of it yet.
struct Trouble {
    with: Vec<bool>,
    news: Option<ApiError>,
}

impl Trouble {
    fn new(queries: usize) -> Self {
        Self { with: vec![false; queries], news: None }
    }

    /// Takes note; whether this was the last of the trouble.
    fn is_over(&mut self, number: usize, news: &News) -> bool {
        let was = self.with.contains(&true);
        if let News::Trouble(error) = news {
            self.news = Some(error.clone());
        }
        if let Some(with) = self.with.get_mut(number) {
            *with = matches!(news, News::Trouble(_));
        }
        let is = self.with.contains(&true);
        if !is {
            self.news = None;
        }
        was && !is
    }
}

async fn over(end: Option<Instant>) {
    match end {
        Some(end) => sleep_until(end).await,
        None => futures::future::pending().await,
    }
}
