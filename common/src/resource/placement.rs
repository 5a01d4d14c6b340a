//! What decides which policy reaches which cluster: Placements and their decisions, PlacementRules, PlacementBindings
//! and ManagedClusterSetBindings.

use serde::Deserialize;

use super::{Condition, LabelSelector, Metadata, or_default};

/// `Placement` (`cluster.open-cluster-management.io`).
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, expecting = "a map")]
pub struct Placement {
    /// Name and namespace.
    #[serde(deserialize_with = "or_default")]
    pub metadata: Metadata,
    #[serde(deserialize_with = "or_default")]
    spec: PlacementSpec,
    #[serde(deserialize_with = "or_default")]
    status: ConditionsOnly,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, expecting = "a map")]
struct PlacementSpec {
    #[serde(deserialize_with = "or_default")]
    cluster_sets: Vec<String>,
    #[serde(deserialize_with = "or_default")]
    predicates: Vec<Predicate>,
}

/// One predicate of a Placement; they are ORed.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, expecting = "a map")]
pub struct Predicate {
    #[serde(deserialize_with = "or_default")]
    required_cluster_selector: RequiredSelector,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, expecting = "a map")]
struct RequiredSelector {
    #[serde(deserialize_with = "or_default")]
    label_selector: LabelSelector,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, expecting = "a map")]
struct ConditionsOnly {
    #[serde(deserialize_with = "or_default")]
    conditions: Vec<Condition>,
}

impl Placement {
    /// The label selectors of its predicates; any may match, and none at all matches every cluster.
    pub fn label_selectors(&self) -> impl Iterator<Item = &LabelSelector> {
        self.spec.predicates.iter().map(|p| &p.required_cluster_selector.label_selector)
    }

    /// The cluster sets it is limited to; empty means all that are bound to its namespace.
    pub fn cluster_sets(&self) -> &[String] {
        &self.spec.cluster_sets
    }

    /// The conditions of its status.
    pub fn conditions(&self) -> &[Condition] {
        &self.status.conditions
    }
}

/// `PlacementDecision`: the clusters a Placement chose.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, expecting = "a map")]
pub struct PlacementDecision {
    /// Name and namespace; a label names the Placement.
    #[serde(deserialize_with = "or_default")]
    pub metadata: Metadata,
    #[serde(deserialize_with = "or_default")]
    status: Decisions,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, expecting = "a map")]
struct Decisions {
    #[serde(deserialize_with = "or_default")]
    decisions: Vec<Decision>,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, expecting = "a map")]
struct Decision {
    #[serde(deserialize_with = "or_default")]
    cluster_name: String,
}

impl PlacementDecision {
    /// The Placement it belongs to.
    pub fn placement(&self) -> Option<&str> {
        self.metadata.label("cluster.open-cluster-management.io/placement")
    }

    /// The chosen clusters.
    pub fn clusters(&self) -> impl Iterator<Item = &str> {
        self.status.decisions.iter().map(|d| d.cluster_name.as_str())
    }
}

/// `PlacementRule` (`apps.open-cluster-management.io`), what hubs used before Placements.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, expecting = "a map")]
pub struct PlacementRule {
    /// Name and namespace.
    #[serde(deserialize_with = "or_default")]
    pub metadata: Metadata,
    #[serde(deserialize_with = "or_default")]
    status: Decisions,
}

impl PlacementRule {
    /// The chosen clusters.
    pub fn clusters(&self) -> impl Iterator<Item = &str> {
        self.status.decisions.iter().map(|d| d.cluster_name.as_str())
    }
}

/// `PlacementBinding`: binds policies to a placement, perhaps with enforcement.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, expecting = "a map")]
pub struct PlacementBinding {
    /// Name and namespace.
    #[serde(deserialize_with = "or_default")]
    pub metadata: Metadata,
    /// What is bound.
    #[serde(deserialize_with = "or_default")]
    pub subjects: Vec<Reference>,
    /// To which clusters.
    #[serde(deserialize_with = "or_default")]
    pub placement_ref: Reference,
    /// What it changes in the copies.
    #[serde(deserialize_with = "or_default")]
    pub binding_overrides: BindingOverrides,
}

/// A Policy, PolicySet, Placement or PlacementRule of the same namespace.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, expecting = "a map")]
pub struct Reference {
    /// Its kind.
    #[serde(deserialize_with = "or_default")]
    pub kind: String,
    /// Its name.
    #[serde(deserialize_with = "or_default")]
    pub name: String,
}

/// What a binding changes in the copies it makes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default, expecting = "a map")]
pub struct BindingOverrides {
    /// `enforce` while a CGU works.
    #[serde(deserialize_with = "or_default")]
    pub remediation_action: String,
}

impl PlacementBinding {
    /// Whether it turns copies to enforce.
    pub fn enforces(&self) -> bool {
        self.binding_overrides.remediation_action.eq_ignore_ascii_case("enforce")
    }

    /// The names of the policies it binds.
    pub fn policies(&self) -> impl Iterator<Item = &str> {
        self.subjects.iter().filter(|s| s.kind == "Policy").map(|s| s.name.as_str())
    }
}

/// `ManagedClusterSetBinding`: lets placements of a namespace select from a cluster set.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, expecting = "a map")]
pub struct ManagedClusterSetBinding {
    /// Name and namespace.
    #[serde(deserialize_with = "or_default")]
    pub metadata: Metadata,
    #[serde(deserialize_with = "or_default")]
    spec: SetBindingSpec,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, expecting = "a map")]
struct SetBindingSpec {
    #[serde(deserialize_with = "or_default")]
    cluster_set: String,
}

impl ManagedClusterSetBinding {
    /// The set it binds.
    pub fn cluster_set(&self) -> &str {
        &self.spec.cluster_set
    }
}
