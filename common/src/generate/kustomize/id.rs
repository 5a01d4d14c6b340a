//! What kustomize knows a resource by: group, version, kind, name and namespace.
//!
//! Copied from kyaml 0.18 `resid/gvk.go` and `resid/resid.go`.

use std::fmt;

use super::tables::CLUSTER_SCOPED;

/// Group, version and kind. An empty text in a selector matches everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Gvk {
    pub group: String,
    pub version: String,
    pub kind: String,
}

impl Gvk {
    pub fn new(api_version: &str, kind: &str) -> Self {
        let (group, version) = api_version.split_once('/').unwrap_or(("", api_version));
        Self { group: group.into(), version: version.into(), kind: kind.into() }
    }

    /// Whether kustomize's built-in schema knows the kind as cluster-scoped; any other kind counts as namespaced.
    pub fn is_cluster_scoped(&self) -> bool {
        CLUSTER_SCOPED.iter().any(|(group, versions, kind)| {
            *group == self.group && *kind == self.kind && versions.contains(&self.version.as_str())
        })
    }

    /// Whether the filled parts of a selector are equal to those of this kind.
    pub fn is_selected(&self, group: &str, version: &str, kind: &str) -> bool {
        let matches = |wanted: &str, own: &str| wanted.is_empty() || wanted == own;
        matches(group, &self.group) && matches(version, &self.version) && matches(kind, &self.kind)
    }
}

impl fmt::Display for Gvk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.group.as_str(), self.version.as_str()) {
            ("", "") => write!(f, "{}", self.kind),
            ("", version) => write!(f, "{version} {}", self.kind),
            (group, version) => write!(f, "{group}/{version} {}", self.kind),
        }
    }
}

/// The identity of a resource. Two are equal when their effective namespaces are.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Id {
    pub gvk: Gvk,
    pub name: String,
    /// The effective namespace: `default` when none is given, `None` for cluster-scoped kinds.
    pub namespace: Option<String>,
}

impl Id {
    pub fn new(gvk: Gvk, name: &str, namespace: &str) -> Self {
        let namespace = match namespace {
            _ if gvk.is_cluster_scoped() => None,
            "" => Some("default".into()),
            given => Some(given.into()),
        };
        Self { gvk, name: name.into(), namespace }
    }

    /// What a selector's namespace pattern is matched against.
    pub fn effective_namespace(&self) -> &str {
        self.namespace.as_deref().unwrap_or("_non_namespaceable_")
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?}", self.gvk, self.name)?;
        match &self.namespace {
            Some(namespace) => write!(f, " in namespace {namespace:?}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_namespace_is_the_default_one_unless_the_kind_has_none() {
        let id = |kind, namespace| Id::new(Gvk::new("v1", kind), "a", namespace);
        assert_eq!(id("ConfigMap", ""), id("ConfigMap", "default"));
        assert_eq!(id("Namespace", ""), id("Namespace", "other"));
        assert_ne!(id("ConfigMap", ""), id("ConfigMap", "other"));
    }
}
