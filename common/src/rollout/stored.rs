//! What becomes of a new CGU when TALM adds its finalizer: it writes the whole object back, and Go's `omitempty` leaves
//! out empty lists and zeros (TALM 5.0 `pkg/api/clustergroupupgrades/v1alpha1/types.go`, `handleCguFinalizer`).

use std::borrow::Cow;

use crate::resource::{ClusterGroupUpgrade, ClusterGroupUpgradeStatus};

/// The CGU as TALM judges it. One that has a status is as it is: what was written into it later stays.
pub(super) fn as_stored(cgu: &ClusterGroupUpgrade) -> Cow<'_, ClusterGroupUpgrade> {
    if cgu.status != ClusterGroupUpgradeStatus::default() {
        return Cow::Borrowed(cgu);
    }
    let mut cgu = cgu.clone();
    let spec = &mut cgu.spec;
    spec.clusters.take_if(|list| list.is_empty());
    spec.cluster_selector.take_if(|list| list.is_empty());
    spec.cluster_label_selectors.take_if(|list| list.is_empty());
    // The API server then fills in the default again.
    spec.remediation_strategy.timeout.take_if(|timeout| *timeout == 0);
    Cow::Owned(cgu)
}
