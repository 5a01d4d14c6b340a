//! What has become of a CGU: a report computed from the hub's facts and the clock.
//!
//! It adds what TALM leaves out of its status: clusters that vanished before the start, that were never reached, that
//! drifted after completion, or that hold the last batch.

mod batch;
mod chosen;
mod cluster;
mod report;
mod state;
mod story;
mod time;
mod work;

pub use batch::{BatchReport, BatchState};
pub use chosen::{Attention, Chosen, ClusterRow, cluster_rows, narrow};
pub use cluster::{ClusterProgress, ClusterReport};
pub use report::{JobReport, PolicyReport, StatusReport, assess, assess_all};
pub use state::CguState;
pub(super) use state::state;
pub(super) use time::PATIENCE_SECONDS;
pub use time::{Due, Overdue, TimeReport};
