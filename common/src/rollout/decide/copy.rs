//! What a new CGU takes over from an old one that has ended, and the same CGU once more.

use std::collections::BTreeMap;

use serde_json::json;

use super::super::Hub;
use super::draft::{is_bookkeeping, next_name, same_spec};
use super::retry::RetryError;
use crate::resource::{ClusterGroupUpgrade, Metadata, label};

/// Annotation of a CGU that was ended by shortening its timeout: the timeout it had before, in minutes.
pub const TIMEOUT_BEFORE_ABORT: &str = "ztp-plugins/timeout-before-abort";

/// Minutes, to end a CGU that runs. TALM drops a timeout of 0 when it writes the spec back, and the CRD's default of four
/// hours takes its place.
pub const ABORT_TIMEOUT: i64 = 1;

/// The old CGU's spec, disabled, under no name, with the timeout it had before it was aborted; marks of Argo CD and of
/// owners are left behind.
pub(super) fn afresh(old: &ClusterGroupUpgrade) -> ClusterGroupUpgrade {
    let left_behind = [label::IBGU, "app.kubernetes.io/instance", TIMEOUT_BEFORE_ABORT];
    let is_ours = |key: &String| !is_bookkeeping(key) && !left_behind.contains(&key.as_str());
    let kept = |map: &BTreeMap<String, String>| {
        map.iter().filter(|(key, _)| is_ours(key)).map(|(key, value)| (key.clone(), value.clone())).collect()
    };
    let metadata = Metadata {
        namespace: old.metadata.namespace.clone(),
        labels: kept(&old.metadata.labels),
        annotations: kept(&old.metadata.annotations),
        ..Metadata::default()
    };
    let mut cgu = ClusterGroupUpgrade { metadata, spec: old.spec.clone(), ..ClusterGroupUpgrade::default() };
    cgu.spec.enable = Some(false);
    let before = old.metadata.annotations.get(TIMEOUT_BEFORE_ABORT).and_then(|minutes| minutes.parse().ok());
    let strategy = &mut cgu.spec.remediation_strategy;
    if strategy.timeout == Some(ABORT_TIMEOUT) {
        strategy.timeout = before.or(strategy.timeout);
    }
    cgu
}

/// The same CGU once more, for one that has ended: disabled, under another name.
///
/// # Errors
/// It has not ended, or the name is taken by another CGU.
pub fn clone(
    hub: &Hub,
    old: &ClusterGroupUpgrade,
    name: Option<&str>,
    rollout_timeout: Option<i64>,
) -> Result<ClusterGroupUpgrade, RetryError> {
    let mut cgu = afresh(old);
    let strategy = &mut cgu.spec.remediation_strategy;
    strategy.timeout = rollout_timeout.or(strategy.timeout);
    let namespace = &old.metadata.namespace;
    let taken = |name: &str| {
        let mut spec = hub.cgu(namespace, name)?.spec.clone();
        spec.enable = Some(false);
        (!same_spec(&json!(spec), &json!(cgu.spec))).then(|| RetryError::Taken(format!("{namespace}/{name}")))
    };
    cgu.metadata.name = match name {
        Some(name) => match taken(name) {
            Some(error) => return Err(error),
            None => name.to_owned(),
        },
        None => {
            let base =
                format!("{}-copy-", old.metadata.name.rsplit_once("-copy-").map_or(&*old.metadata.name, |p| p.0));
            let open = hub.cgus.iter().find(|((ns, name), other)| {
                ns == namespace
                    && name.starts_with(&base)
                    && other.status.succeeded().is_none()
                    && taken(name).is_none()
            });
            open.map_or_else(|| next_name(hub, namespace, &old.metadata.name, "copy"), |((_, name), _)| name.clone())
        }
    };
    Ok(cgu)
}
