//! The order in which the resources of a tree are printed.
//!
//! Copied from kustomize api 0.18 `internal/builtins/SortOrderTransformer.go`; without `sortOptions` the order is
//! `legacy`, as on the command line of kustomize 5.

use super::id::Gvk;
use super::resource::Resource;

/// `sortOptions`.
#[derive(Clone, Debug, PartialEq)]
pub enum SortOrder {
    /// As accumulated.
    Fifo,
    /// Some kinds first, some last, the others by group, version, kind, namespace and name.
    Legacy { first: Vec<String>, last: Vec<String> },
}

impl Default for SortOrder {
    fn default() -> Self {
        let texts = |list: &[&str]| list.iter().map(|t| (*t).to_owned()).collect();
        Self::Legacy { first: texts(FIRST), last: texts(LAST) }
    }
}

/// Sorts resources.
pub fn sort(resources: &mut [Resource], order: &SortOrder) {
    let SortOrder::Legacy { first, last } = order else { return };
    let rank = |kind: &str| match (first.iter().rposition(|k| k == kind), last.iter().rposition(|k| k == kind)) {
        (_, Some(at)) => 1 + at as i64,
        (Some(at), None) => at as i64 - first.len() as i64,
        (None, None) => 0,
    };
    resources.sort_by_cached_key(|resource| {
        let id = resource.id();
        let named = (or(resource.namespace(), "~X"), or(resource.name(), "~N"));
        (rank(&id.gvk.kind), gvk_key(&id.gvk), named)
    });
}

fn or(text: &str, otherwise: &str) -> String {
    if text.is_empty() { otherwise.into() } else { text.into() }
}

fn gvk_key(gvk: &Gvk) -> String {
    format!("{}_{}_{}", or(&gvk.group, "~G"), or(&gvk.version, "~V"), or(&gvk.kind, "~K"))
}

const FIRST: &[&str] = &[
    "Namespace",
    "ResourceQuota",
    "StorageClass",
    "CustomResourceDefinition",
    "ServiceAccount",
    "PodSecurityPolicy",
    "Role",
    "ClusterRole",
    "RoleBinding",
    "ClusterRoleBinding",
    "ConfigMap",
    "Secret",
    "Endpoints",
    "Service",
    "LimitRange",
    "PriorityClass",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "Deployment",
    "StatefulSet",
    "CronJob",
    "PodDisruptionBudget",
];

const LAST: &[&str] = &["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::{Map, Value};

    #[test]
    fn namespaces_come_first_and_webhooks_last() {
        let resource = |kind: &str| {
            let entries: Map = [("apiVersion", "v1"), ("kind", kind)].into_iter().collect();
            Resource::new(Value::Map(entries), "".into(), None)
        };
        let mut list: Vec<_> =
            ["MutatingWebhookConfiguration", "Zebra", "Apple", "Namespace"].map(resource).into_iter().collect();
        sort(&mut list, &SortOrder::default());
        let kinds: Vec<_> = list.iter().map(Resource::kind).collect();
        assert_eq!(kinds, ["Namespace", "Apple", "Zebra", "MutatingWebhookConfiguration"]);
    }
}
