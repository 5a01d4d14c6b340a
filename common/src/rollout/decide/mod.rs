//! Decisions about rollouts, before anything is written: what a new CGU says, what speaks against it or against starting
//! it, and what a second attempt is made of. All pure: facts and the clock in, objects and findings out.

mod copy;
mod draft;
mod effect;
mod enable;
mod fields;
mod harm;
mod job_report;
mod left_behind;
mod pick;
mod precache_lint;
mod retry;
mod still_enforced;
mod window;
mod ztp;

pub use copy::{ABORT_TIMEOUT, TIMEOUT_BEFORE_ABORT, clone};
pub use draft::{Draft, next_name, plan_digest, same_spec};
pub use effect::effects;
pub use enable::{Standing, argo_cd_application, before_enable, plan_changes, standing};
pub use fields::{missing_size, unknown_fields};
pub use harm::{Verdict, before_create, judge};
pub use job_report::{JobKind, JobLine, job_lines, recognised, view_message};
pub use left_behind::Why;
pub use pick::{Pick, Picked, pick};
pub use precache_lint::{NodeSpace, lint_precaching};
pub use retry::{DeleteOld, Retry, RetryError, RetryOptions, retry};
pub use window::{Window, WindowState};
pub use ztp::{ZtpRefusal, ZtpRestart, ztp_restart};
