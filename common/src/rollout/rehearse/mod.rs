//! Rehearsals: a rollout played through many times before the night it is for.
//!
//! A [`Model`] says how long policies take and how often they fail; a [`Scenario`] is a plan with that model; a
//! [`Rehearsal`] is what came out of thousands of runs. One run is a walk through the events that TALM would see, on
//! TALM's own rules (`controllers/clustergroupupgrade_controller.go`, `controllers/utils/batches.go`). It depends on
//! the seed and its number only, so that answers do not depend on threads.

mod distribution;
mod learn;
mod model;
mod rehearsal;
mod run;
mod scenario;
mod suggest;
mod tally;
#[cfg(test)]
mod tests;
mod window;

pub use distribution::{Spread, span_text};
pub use learn::{Learned, LearnedFailure, LearnedTime, learn};
pub use model::{Model, ModelError, Origin, PolicyModel};
pub use rehearsal::{Options, Rehearsal, rehearse};
pub use run::{End, Run};
pub use scenario::{Goal, Scenario, ScenarioBatch, ScenarioError};
pub use suggest::{Suggestion, SuggestionKind, suggest};
pub use tally::{BatchTally, Bin, Ends, Quantiles};
pub use window::{ClockTime, Window};
