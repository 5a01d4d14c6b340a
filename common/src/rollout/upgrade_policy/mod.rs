//! Policies that upgrade OpenShift, in the form in which they live in Git.
//!
//! A policy sets `spec` of the ClusterVersion and demands that its history says Completed, so that it is compliant when
//! the upgrade is over and not when it has begun. The forms are those of the GitOps ZTP pipeline: `sourceFiles` of a
//! PolicyGenTemplate, or `manifests` of a PolicyGenerator, over the source CR `ClusterVersion.yaml`
//! (`openshift-kni/cnf-features-deploy`, `ztp/source-crs`, release 4.20).

mod form;
mod path;
mod release;

pub use form::{Form, PolicyFile};
pub use path::{Hop, VersionCount, hops};
pub use release::{Channel, Release, ReleaseError, Stream, UPDATE_GRAPH};
