//! ClusterGroupUpgrades: what TALM will do with one, and what has become of it.
//!
//! *Gather* fills a [`Hub`] from an inventory; everything else is a pure function of those facts and the clock.
//! [`plan()`] is one pass of TALM up to the start of the rollout, to the letter. The rules are those of TALM 5.0
//! (`openshift-kni/cluster-group-upgrades-operator`, main, commit dacf199e5); files named in comments are its files.

mod batches;
mod budget;
mod clock;
mod copies;
pub mod decide;
mod diagnose;
#[cfg(test)]
mod example;
mod gate;
mod history;
mod hub;
mod jobs;
mod made;
mod message;
mod names;
mod pass;
mod plan;
mod platform;
mod policies;
mod policy_objects;
mod precaching;
pub mod rehearse;
mod select;
mod space;
pub mod status;
mod stored;
mod unreadable;
pub mod upgrade_policy;
mod validate;
mod verdict;
mod views;
mod waiting;
mod wording;

pub use batches::{RemediationPlan, computed_max_concurrency, remediation_plan};
pub use budget::{BatchBudget, budgets, current_batch_budget};
pub use clock::{judged_at, newest_change};
pub use copies::{ChildPolicy, CopyReading, ReadCopies};
pub use diagnose::{diagnose, diagnose_ztp};
pub use gate::{Blocker, BlockerState, blockers};
pub use history::{Earlier, earlier};
pub use hub::{Hub, Key};
pub use names::{child_policy_name, safe_name};
pub use plan::{Batch, Outcome, Plan, plan};
pub use platform::{NoGraph, ReleaseLookup, UpdateGraph};
pub use policies::{ManagedPolicies, PolicyVerdict, resolve};
pub use policy_objects::{PolicyObject, StructureError, inspect};
pub use select::{SelectError, Selection, select};
pub use space::required_gib;
pub use unreadable::{unreadable_cgu, unreadable_cgus};
pub use verdict::{ClusterCompliance, cluster_compliance};
pub use waiting::{DeadEnd, Link, LinkState, blocker_graph};
