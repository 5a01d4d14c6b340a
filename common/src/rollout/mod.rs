//! ClusterGroupUpgrades: what TALM will do with one, and what has become of it.
//!
//! *Gather* fills a [`Hub`] from an inventory; everything else is a pure function of those facts and the clock.
//! The rules are those of TALM 5.0
//! (`openshift-kni/cluster-group-upgrades-operator`, main, commit dacf199e5); files named in comments are its files.

mod copies;
mod hub;
mod names;
mod select;
mod verdict;

pub use copies::{ChildPolicy, CopyReading};
pub use hub::{Hub, Key};
pub use names::{child_policy_name, safe_name};
pub use select::{SelectError, Selection, select};
pub use verdict::{ClusterCompliance, cluster_compliance};
