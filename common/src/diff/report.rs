//! From the objects of two sides to what a person wants to know of the change.

use serde::Serialize;

use super::content::{Embedded, open};
use super::fields::{FieldChange, changes};
use super::objects::{Identity, Pair, pairs};
use super::reach::{Clusters, Fleet, Reach, fleet};
use super::risk::{self, Level, Risk};
use crate::generate::Object;
use crate::yaml::Value;

const WAVE: &str = "ran.openshift.io/ztp-deploy-wave";

/// What is compared.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'f> {
    /// The objects before.
    pub old: &'f [Object],
    /// The objects after.
    pub new: &'f [Object],
    /// Clusters of files that were not rendered, before and after.
    pub others: [&'f Fleet; 2],
}

/// What became of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Fields of it differ.
    Changed,
    /// It has another name.
    Renamed,
}

/// What stays on the clusters when a policy stops asking for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Left {
    /// The object stays as it was last applied; nobody looks after it any more.
    Orphan,
}

/// A CR inside an object.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CrChange {
    /// What became of it.
    pub change: Kind,
    /// Its identity.
    pub object: Identity,
    /// Its identity before, for a renamed one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<Identity>,
    /// The entry of the ConfigMap it is in.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub entry: String,
    /// The fields that differ.
    pub fields: Vec<FieldChange>,
    /// How hard that is.
    pub risk: Risk,
    /// What becomes of it on the clusters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left: Option<Left>,
}

/// An object that differs, or a policy that reaches other clusters.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// What became of it.
    pub change: Kind,
    /// Its identity.
    pub object: Identity,
    /// Its identity before, for a renamed one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<Identity>,
    /// The file it is generated from.
    pub origin: String,
    /// The deploy wave of a policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wave: Option<String>,
    /// Fields of the object itself.
    pub fields: Vec<FieldChange>,
    /// The CRs it carries that differ.
    pub crs: Vec<CrChange>,
    /// The clusters it reaches, before or after.
    pub clusters: Clusters,
    /// Clusters it did not reach before.
    #[serde(skip_serializing_if = "Clusters::is_empty")]
    pub joined: Clusters,
    /// Clusters it no longer reaches.
    #[serde(skip_serializing_if = "Clusters::is_empty")]
    pub left: Clusters,
    /// The hardest of its risks.
    pub risk: Risk,
}

/// Everything about a change.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Report {
    /// The hardest change first.
    pub changes: Vec<Change>,
    /// All clusters that a change reaches.
    pub clusters: Clusters,
    /// How many clusters the files of both sides know.
    pub known_clusters: usize,
    /// The hardest risk of all; nothing when nothing changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub risk: Option<Risk>,
}

struct Sides<'f> {
    facts: Facts<'f>,
    old: Reach,
    new: Reach,
    clusters: Fleet,
}

/// Compares two sides.
pub fn compare(facts: Facts<'_>) -> Report {
    let values = |objects: &'_ [Object]| objects.iter().map(|object| object.value.clone()).collect::<Vec<_>>();
    let (old, new) = (values(facts.old), values(facts.new));
    let known = |side: &[Value], others: &Fleet| {
        let mut all = others.clone();
        all.extend(fleet(side.iter()));
        all
    };
    let (old_fleet, new_fleet) = (known(&old, facts.others[0]), known(&new, facts.others[1]));
    let reach = (Reach::of(old.iter(), &old_fleet), Reach::of(new.iter(), &new_fleet));
    let mut clusters = old_fleet;
    clusters.extend(new_fleet);
    let sides = Sides { facts, old: reach.0, new: reach.1, clusters };
    let mut changes = sides.changes();
    // Policies before the placements that choose their clusters.
    let key = |change: &Change| (std::cmp::Reverse(change.risk.level), rank(&change.object), change.object.clone());
    changes.sort_by_cached_key(key);
    let risk = changes.first().map(|change| change.risk.clone());
    let reached = changes.iter().flat_map(|change| change.clusters.iter().cloned()).collect();
    Report { changes, clusters: reached, known_clusters: sides.clusters.len(), risk }
}

fn rank(object: &Identity) -> u8 {
    match object.kind.as_str() {
        "Policy" => 0,
        "Placement" | "PlacementRule" | "PlacementBinding" => 2,
        _ => 1,
    }
}

impl Sides<'_> {
    fn changes(&self) -> Vec<Change> {
        let (old, new): (Vec<&Object>, Vec<&Object>) =
            (self.facts.old.iter().collect(), self.facts.new.iter().collect());
        let mut found: Vec<Change> =
            pairs(&old, &new, |object| &object.value).into_iter().map(|pair| self.change(pair)).collect();
        let seen: std::collections::BTreeSet<Identity> = found.iter().map(|change| change.object.clone()).collect();
        let policies = new.iter().filter(|object| object.kind() == "Policy");
        found.extend(policies.filter(|o| !seen.contains(&Identity::of(&o.value))).filter_map(|o| self.moved(o)));
        found
    }

    fn change(&self, pair: Pair<&Object>) -> Change {
        let (change, old, new) = match pair {
            Pair::Added(new) => (Kind::Added, None, Some(new)),
            Pair::Removed(old) => (Kind::Removed, Some(old), None),
            Pair::Changed(old, new) => (Kind::Changed, Some(old), Some(new)),
            Pair::Renamed(old, new) => (Kind::Renamed, Some(old), Some(new)),
        };
        let identities = [old, new].map(|object| object.map(|object| Identity::of(&object.value)));
        let object = identities[1].clone().or(identities[0].clone()).unwrap_or_default();
        let was = identities[0].clone().filter(|_| change == Kind::Renamed);
        let (before, after) = (old.map(|o| open(&o.value)), new.map(|o| open(&o.value)));
        let fields = match (&before, &after) {
            (Some((a, _)), Some((b, _))) => own_fields(changes(a, b), was.as_ref().map(|was| (was, &object))),
            _ => Vec::new(),
        };
        let (a, b) = (before.map(|b| b.1).unwrap_or_default(), after.map(|a| a.1).unwrap_or_default());
        let crs = cr_changes(&a, &b, change);
        let reached = identities.map(|identity| identity);
        let clusters = [(&self.old, &reached[0]), (&self.new, &reached[1])].map(|(reach, identity)| {
            identity.as_ref().map(|identity| self.reached(reach, identity)).unwrap_or_default()
        });
        let risk = object_risk(change, &object, &fields, &crs, new.or(old));
        let both = old.is_some() && new.is_some();
        let difference =
            |a: &Clusters, b: &Clusters| if both { a.difference(b).cloned().collect() } else { Clusters::new() };
        Change {
            change,
            joined: difference(&clusters[1], &clusters[0]),
            left: difference(&clusters[0], &clusters[1]),
            clusters: clusters.into_iter().flatten().collect(),
            origin: new.or(old).map(|o| o.origin.to_string()).unwrap_or_default(),
            wave: new.or(old).and_then(|o| wave(&o.value)),
            object,
            was,
            fields,
            crs,
            risk,
        }
    }

    /// A policy that is the same but reaches other clusters.
    fn moved(&self, policy: &Object) -> Option<Change> {
        let object = Identity::of(&policy.value);
        let (old, new) = (self.old.policy(&object), self.new.policy(&object));
        if old == new {
            return None;
        }
        let joined: Clusters = new.difference(&old).cloned().collect();
        let risk = match joined.is_empty() {
            true => Risk {
                level: Level::Config,
                reason: "clusters leave the policy and keep what it applied".into(),
                source: String::new(),
            },
            false => hardest_content(&open(&policy.value).1),
        };
        Some(Change {
            change: Kind::Changed,
            origin: policy.origin.to_string(),
            wave: wave(&policy.value),
            fields: Vec::new(),
            crs: Vec::new(),
            clusters: old.symmetric_difference(&new).cloned().collect(),
            left: old.difference(&new).cloned().collect(),
            joined,
            was: None,
            risk,
            object,
        })
    }

    fn reached(&self, reach: &Reach, object: &Identity) -> Clusters {
        match object.kind.as_str() {
            "Policy" => reach.policy(object),
            "Placement" | "PlacementRule" | "PlacementBinding" => reach.decided(object),
            "ManagedCluster" | "Namespace" => self.own(&object.name),
            _ => self.own(&object.namespace),
        }
    }

    /// An object of a cluster's own namespace.
    fn own(&self, cluster: &str) -> Clusters {
        self.clusters.get_key_value(cluster).map(|(name, _)| name.clone()).into_iter().collect()
    }
}

fn wave(value: &Value) -> Option<String> {
    value.at(&["metadata", "annotations", WAVE]).and_then(Value::as_str).map(str::to_owned)
}

/// The changed fields without those that only follow a new name.
fn own_fields(fields: Vec<FieldChange>, renamed: Option<(&Identity, &Identity)>) -> Vec<FieldChange> {
    let Some((was, is)) = renamed else { return fields };
    let follows = |change: &FieldChange| {
        let text = |value: &Option<Value>| value.as_ref().and_then(Value::as_str).map(str::to_owned);
        let (Some(old), Some(new)) = (text(&change.old), text(&change.new)) else { return false };
        matches!(change.path.as_str(), "metadata.name" | "metadata.namespace")
            || old.replace(&was.name, &is.name) == new
    };
    fields.into_iter().filter(|change| !follows(change)).collect()
}

fn cr_changes(old: &[Embedded], new: &[Embedded], of: Kind) -> Vec<CrChange> {
    let (old, new): (Vec<&Embedded>, Vec<&Embedded>) = (old.iter().collect(), new.iter().collect());
    let mut found: Vec<CrChange> =
        pairs(&old, &new, |cr| &cr.value).into_iter().map(|pair| cr_change(pair, of)).collect();
    // The same CR, wanted in another way.
    for cr in &new {
        let identity = Identity::of(&cr.value);
        let before = old.iter().find(|o| o.compliance != cr.compliance && Identity::of(&o.value) == identity);
        if let Some(before) = before {
            let change = compliance(before, cr);
            match found.iter_mut().find(|f| f.object == identity) {
                Some(known) => known.fields.insert(0, change),
                None => found.push(CrChange { fields: vec![change], ..cr_change(Pair::Changed(before, cr), of) }),
            }
        }
    }
    found
}

fn compliance(old: &Embedded, new: &Embedded) -> FieldChange {
    let text = |cr: &Embedded| Some(Value::from(cr.compliance.as_str()));
    FieldChange::plain("complianceType", text(old), text(new))
}

fn cr_change(pair: Pair<&Embedded>, of: Kind) -> CrChange {
    let (change, old, cr) = match pair {
        Pair::Added(new) => (Kind::Added, None, new),
        Pair::Removed(old) => (Kind::Removed, None, old),
        Pair::Changed(old, new) => (Kind::Changed, Some(old), new),
        Pair::Renamed(old, new) => (Kind::Renamed, Some(old), new),
    };
    let object = Identity::of(&cr.value);
    let was = old.map(|old| Identity::of(&old.value)).filter(|_| change == Kind::Renamed);
    let fields = old.map(|old| changes(&old.value, &cr.value)).unwrap_or_default();
    let fields = own_fields(fields, was.as_ref().map(|was| (was, &object)));
    let stays = cr.entry.is_empty() && cr.compliance != "mustnothave";
    let left =
        (matches!(change, Kind::Removed | Kind::Renamed) && of != Kind::Renamed && stays).then_some(Left::Orphan);
    let risk = match change {
        _ if !cr.entry.is_empty() && matches!(of, Kind::Added | Kind::Removed) => Risk {
            level: Level::Config,
            reason: "the extra manifests come or go with their ConfigMap".into(),
            source: String::new(),
        },
        _ if !cr.entry.is_empty() => Risk {
            level: Level::Reinstall,
            reason: "extra manifests are applied during installation only".into(),
            source: String::new(),
        },
        Kind::Removed => Risk {
            level: Level::Config,
            reason: "the object stays on the clusters as it is; nothing looks after it any more".into(),
            source: String::new(),
        },
        Kind::Changed => risk::hardest(&object, &fields),
        Kind::Added | Kind::Renamed => risk::of_object(&object, &cr.value),
    };
    CrChange { change, object, was, entry: cr.entry.clone(), fields, risk, left }
}

fn hardest_content(crs: &[Embedded]) -> Risk {
    let risks = crs.iter().map(|cr| risk::of_object(&Identity::of(&cr.value), &cr.value));
    risks.max_by_key(|risk| risk.level).unwrap_or_default()
}

fn object_risk(
    change: Kind,
    object: &Identity,
    fields: &[FieldChange],
    crs: &[CrChange],
    value: Option<&Object>,
) -> Risk {
    let own = match change {
        Kind::Renamed if object.kind == "Policy" => Risk {
            level: Level::Config,
            reason: "ClusterGroupUpgrades know policies by name and do not find this one any more".into(),
            source: String::new(),
        },
        Kind::Changed | Kind::Renamed => risk::hardest(object, fields),
        Kind::Removed if matches!(object.kind.as_str(), "ManagedCluster" | "ClusterDeployment" | "BareMetalHost") => {
            Risk {
                level: Level::Reinstall,
                reason: "when Argo CD prunes it, the cluster is taken out of the hub and its hosts are released".into(),
                source: String::new(),
            }
        }
        Kind::Added if object.kind != "Policy" && risk::is_of_hub(object) => {
            Risk { level: Level::Config, reason: "the object is new on the hub".into(), source: String::new() }
        }
        Kind::Added | Kind::Removed if object.kind != "Policy" && !risk::is_of_hub(object) => {
            value.map(|object_| risk::of_object(object, &object_.value)).unwrap_or_default()
        }
        Kind::Added => Risk { level: Level::Config, reason: "the policy is new".into(), source: String::new() },
        Kind::Removed => Risk {
            level: Level::Config,
            reason: "the object is gone from the hub; what a policy applied stays on the clusters".into(),
            source: String::new(),
        },
    };
    // A CR decides over its policy, also when both are of one level: it is the reason.
    crs.iter().map(|cr| cr.risk.clone()).filter(|risk| risk.level >= own.level).max_by_key(|r| r.level).unwrap_or(own)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::{Source, documents};

    fn side(text: &str) -> Vec<Object> {
        let source = Source::from_text("", text);
        let value = |d: crate::yaml::Document<'_>| d.root().unwrap().to_value().unwrap();
        let object = |value| Object { value, path: Default::default(), origin: "a.yaml".into() };
        documents(&source).map(|d| object(value(d.unwrap()))).collect()
    }

    fn repository(zone: &str, crs: &str) -> Vec<Object> {
        side(&format!(
            "apiVersion: cluster.open-cluster-management.io/v1\nkind: ManagedCluster\nmetadata: {{name: sno1, labels: {{zone: \"{zone}\"}}}}\n---\n\
             kind: PlacementRule\nmetadata: {{name: r, namespace: n}}\n\
             spec: {{clusterSelector: {{matchExpressions: [{{key: zone, operator: In, values: [x]}}]}}}}\n---\n\
             kind: PlacementBinding\nmetadata: {{name: b, namespace: n}}\n\
             placementRef: {{kind: PlacementRule, name: r}}\nsubjects: [{{kind: Policy, name: p}}]\n---\n\
             apiVersion: policy.open-cluster-management.io/v1\nkind: Policy\nmetadata: {{name: p, namespace: n}}\n\
             spec: {{policy-templates: [{{objectDefinition: {{kind: ConfigurationPolicy, spec: {{object-templates: [{crs}]}}}}}}]}}\n"
        ))
    }

    fn profile(cpus: &str) -> String {
        format!(
            "{{complianceType: musthave, objectDefinition: {{apiVersion: performance.openshift.io/v2, kind: PerformanceProfile, \
             metadata: {{name: pp}}, spec: {{cpu: {{isolated: \"{cpus}\"}}}}}}}}"
        )
    }

    fn report(old: &[Object], new: &[Object]) -> Report {
        compare(Facts { old, new, others: [&Fleet::new(), &Fleet::new()] })
    }

    #[test]
    fn a_field_of_a_cr_in_a_policy_reaches_its_clusters() {
        let report = report(&repository("x", &profile("2-3")), &repository("x", &profile("4-5")));
        let [change] = report.changes.as_slice() else { panic!("{report:#?}") };
        assert_eq!((change.object.name.as_str(), change.fields.len()), ("p", 0));
        assert_eq!(change.crs[0].fields[0].path, "spec.cpu.isolated");
        assert_eq!((report.clusters.len(), change.risk.level), (1, Level::Reboot));
    }

    #[test]
    fn a_label_brings_a_cluster_to_a_policy() {
        let report = report(&repository("y", &profile("2-3")), &repository("x", &profile("2-3")));
        let names: Vec<_> = report.changes.iter().map(|c| (c.object.kind.as_str(), c.joined.len())).collect();
        assert_eq!(names, [("Policy", 1), ("ManagedCluster", 0)]);
        assert_eq!(report.changes[0].risk.level, Level::Reboot);
    }

    #[test]
    fn what_a_policy_no_longer_asks_for_stays() {
        let report = report(&repository("x", &profile("2-3")), &repository("x", ""));
        assert_eq!(report.changes[0].crs[0].left, Some(Left::Orphan));
    }
}
