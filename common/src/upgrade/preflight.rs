//! Everything the agent will check at Prep, and what it should, before Prep is asked for: all of it at once.
//!
//! The object as it would be, and the cluster's own objects, go in. What only the host or the registry tells (container
//! partition, labels of the seed image) is not looked at.

use std::collections::{BTreeSet, HashSet};

use semver::Version;
use serde_json::Value;

use super::annotation::MANIFEST_COUNT;
use super::extra_manifests::{self, Cluster};
use super::manifest::{Manifest, config_map_texts, read};
use super::oadp::{self, Context, Storage};
use super::object::LCA_NAMESPACE;
use super::symptom::explain;
use super::{files, health, kinds, object_check, target_version};
use crate::finding::{Finding, Level};
use crate::inventory::{Inventory, Query};
use crate::resource::Resource;

/// The kinds that a preflight looks at, beside the upgrade itself.
pub const KINDS: &[Resource] = &[
    kinds::CLUSTER_VERSION,
    kinds::INFRASTRUCTURE,
    kinds::IP_CONFIG,
    kinds::CLUSTER_OPERATOR,
    kinds::MACHINE_CONFIG_POOL,
    kinds::NODE,
    kinds::NAMESPACE,
    kinds::CRD,
    kinds::SIGNING_REQUEST,
    kinds::CSV,
    kinds::DPA,
    kinds::BACKUP_STORAGE,
    kinds::SRIOV_STATE,
    kinds::LOCAL_VOLUME,
    kinds::LVM_CLUSTER,
    Resource::POLICY,
];

/// What a preflight found.
#[derive(Clone, Debug, Default)]
pub struct Preflight {
    /// How many things were looked at.
    pub checks: usize,
    /// What is wrong, errors first.
    pub findings: Vec<Finding>,
}

impl Preflight {
    fn add(&mut self, findings: impl IntoIterator<Item = Finding>) {
        self.checks += 1;
        self.findings.extend(findings);
    }
}

/// Kinds of an API server, as `apiVersion` and `kind`.
pub type Kinds = HashSet<(String, String)>;

/// The API versions in the extra manifests that an ImageBasedUpgrade names, to ask an API server for their kinds.
pub fn api_versions(wanted: &Value, source: &dyn Inventory) -> BTreeSet<String> {
    let refs = wanted.pointer("/spec/extraManifests").and_then(Value::as_array).cloned().unwrap_or_default();
    let texts: Vec<_> =
        refs.iter().filter_map(|item| named_map(item, source)).flat_map(|m| config_map_texts(&m)).collect();
    read(&texts, |manifests, _| manifests.iter().map(|m| m.api_version().to_owned()).collect())
}

/// Looks at everything. `wanted` is the ImageBasedUpgrade as it would be; `source` holds objects of [`KINDS`], the
/// ConfigMaps it names, and its pull secret, whose content is not looked at beyond its keys. `kinds` are those that the API server has of
/// [`api_versions`]; `None` when it could not be asked.
pub fn preflight(wanted: &Value, source: &dyn Inventory, kinds: Option<Kinds>) -> Preflight {
    let mut found = Preflight::default();
    let ibu = Manifest::from_value(wanted.clone());
    let release = one(source, kinds::CLUSTER_VERSION);
    let release = release.as_ref().and_then(|v| v.pointer("/status/desired/version")?.as_str());
    let mut own = object_check::check(&ibu, release).into_iter().map(|f| f.finding).collect::<Vec<_>>();
    for group in [&["ibu/seed-version", "ibu/seed-not-newer", "ibu/seed-too-far"][..], &["ibu/seed-image"], &[]] {
        let (here, rest): (Vec<Finding>, Vec<Finding>) =
            own.into_iter().partition(|f| group.is_empty() || group.contains(&f.id));
        found.add(here);
        own = rest;
    }
    found.add(pull_secret(&ibu, source));
    operators(&ibu, source, &mut found);
    content(&ibu, source, kinds, &mut found);
    found.add(manifest_count(&ibu, source));
    found.add(ip_config(source));
    for check in health_findings(source) {
        found.findings.push(check);
    }
    // The checks of health are eight.
    found.checks += 8;
    found.add(managed_elsewhere(&ibu));
    found.findings.sort_by_key(|f| std::cmp::Reverse(f.level));
    found
}

fn all(source: &dyn Inventory, query: Query<'_>) -> Vec<Value> {
    let mut objects = Vec::new();
    // Recorded objects can always be lent.
    let _ = source.each(&query, &mut |object| objects.push(object.clone()));
    objects
}

fn one(source: &dyn Inventory, resource: Resource) -> Option<Value> {
    all(source, Query::all(resource)).into_iter().next()
}

fn pull_secret(ibu: &Manifest<'_>, source: &dyn Inventory) -> Option<Finding> {
    let name = ibu.text(&["spec", "seedImageRef", "pullSecretRef", "name"]);
    if name.is_empty() {
        return None;
    }
    let query = Query::all(kinds::SECRET).in_namespace(LCA_NAMESPACE).named(name);
    let fact = match all(source, query).first() {
        None => format!("pull secret \"{name}\" does not exist in {LCA_NAMESPACE}"),
        Some(secret) if secret.pointer("/data").and_then(|d| d.get(".dockerconfigjson")).is_none() => {
            format!("pull secret \"{name}\" has no key .dockerconfigjson")
        }
        Some(_) => return None,
    };
    let fix = format!(
        "oc create secret generic {name} -n {LCA_NAMESPACE} --type kubernetes.io/dockerconfigjson \
         --from-file=.dockerconfigjson=FILE"
    );
    Some(Finding::error("ibu/pull-secret-missing", fact).fix(fix))
}

fn version(csvs: &[Value], operator: &str) -> Option<Version> {
    let named = |csv: &&Value| csv.pointer("/metadata/name").and_then(Value::as_str).unwrap_or("").contains(operator);
    Version::parse(csvs.iter().find(named)?.pointer("/spec/version")?.as_str()?).ok()
}

/// Which operators are there and new enough: OADP as the agent asks for it, versions as the documentation does.
fn operators(ibu: &Manifest<'_>, source: &dyn Inventory, found: &mut Preflight) {
    let csvs = all(source, Query::all(kinds::CSV));
    let old = |name: &str, version: Option<Version>, least: Version| {
        let version = version.filter(|v| *v < least)?;
        let finding = Finding::warning("ibu/operator-version", format!("{name} is {version}, below {least}"));
        Some(finding.note("the agent does not check it; the documentation asks for it").fix("update the operator"))
    };
    found.add(old("the Lifecycle Agent", version(&csvs, "lifecycle-agent"), Version::new(4, 16, 0)));
    if ibu.at(&["spec", "oadpContent"]).and_then(Value::as_array).is_none_or(Vec::is_empty) {
        return;
    }
    let oadp: Vec<Value> = csvs
        .iter()
        .filter(|c| c.pointer("/metadata/namespace").and_then(Value::as_str) == Some("openshift-adp"))
        .cloned()
        .collect();
    let installed = oadp.iter().any(|c| c["metadata"]["name"].as_str().unwrap_or("").contains("oadp-operator"));
    found.add((!installed).then(|| {
        let finding = Finding::error("ibu/oadp-missing", "OADP is not installed in openshift-adp");
        finding.note("Prep fails").fix("oc ibu operators | oc apply -f -, or leave out the OADP content")
    }));
    found.add(old("OADP", version(&oadp, "oadp-operator"), Version::new(1, 4, 1)));
    let dpas = all(source, Query::all(kinds::DPA).in_namespace("openshift-adp"));
    found.add(dpas.is_empty().then(|| {
        let finding = Finding::error("dpa/missing", "openshift-adp has no DataProtectionApplication");
        finding.note("Prep fails unless there is exactly one").fix("oc ibu operators --s3-url URL --bucket BUCKET")
    }));
    let manifests: Vec<Manifest<'_>> = dpas.into_iter().map(Manifest::from_value).collect();
    let checked = oadp::check(&manifests, Context::default());
    found.add(checked.into_iter().map(|f| f.finding).filter(|f| f.id.starts_with("dpa/")));
}

/// The ConfigMaps: that they exist, and what is in them.
fn content(ibu: &Manifest<'_>, source: &dyn Inventory, kinds: Option<Kinds>, found: &mut Preflight) {
    let surroundings = Cluster { namespaces: namespaces(source), kinds };
    let context = context(source);
    let named = |field: &str| ibu.at(&["spec", field]).and_then(Value::as_array).is_some_and(|items| !items.is_empty());
    found.add((context.rhacm_managed && !named("oadpContent")).then(|| {
        Finding::error("oadp/klusterlet-missing", "no Backup takes the klusterlet of a managed cluster")
            .note("the upgrade completes on the node, but the hub never sees the cluster again")
            .fix("add the acm-klusterlet Backup and Restore: oc ibu configmap oadp, then --oadp NAMESPACE/NAME")
    }));
    for (field, check) in [("oadpContent", Content::Oadp), ("extraManifests", Content::Manifests)] {
        let refs = ibu.at(&["spec", field]).and_then(Value::as_array).cloned().unwrap_or_default();
        let mut maps = Vec::new();
        for item in &refs {
            let text = |key: &str| item.get(key).and_then(Value::as_str).unwrap_or_default();
            let map = named_map(item, source);
            let missing = map.is_none().then(|| missing(field, text("namespace"), text("name")));
            found.add(missing);
            maps.extend(map);
        }
        if maps.is_empty() {
            continue;
        }
        let texts: Vec<_> = maps.iter().flat_map(config_map_texts).collect();
        let findings = match check {
            Content::Oadp => oadp::check_sources(&texts, context),
            Content::Manifests => extra_manifests::check_sources(&texts, &surroundings),
        };
        found.add(findings.into_iter().map(|f| f.finding));
    }
}

fn named_map(item: &Value, source: &dyn Inventory) -> Option<Manifest<'static>> {
    let text = |key: &str| item.get(key).and_then(Value::as_str).unwrap_or_default();
    let query = Query::all(Resource::CONFIG_MAP).in_namespace(text("namespace")).named(text("name"));
    all(source, query).into_iter().next().map(Manifest::from_value)
}

enum Content {
    Oadp,
    Manifests,
}

fn missing(field: &str, namespace: &str, name: &str) -> Finding {
    let verb = if field == "oadpContent" { "oadp" } else { "extra-manifests" };
    Finding::error("ibu/config-map-missing", format!("ConfigMap {namespace}/{name} of {field} does not exist"))
        .note("Prep fails")
        .fix(format!("oc ibu configmap {verb} FILE… --namespace {namespace} --name {name} | oc apply -f -"))
}

/// How the cluster stores volumes, and whether a hub manages it.
fn context(source: &dyn Inventory) -> Context {
    let storage = match (one(source, kinds::LVM_CLUSTER), one(source, kinds::LOCAL_VOLUME)) {
        (Some(_), _) => Storage::Lvms,
        (None, Some(_)) => Storage::Lso,
        (None, None) => Storage::None,
    };
    let klusterlet = Query::all(kinds::CRD).named(kinds::KLUSTERLET_CRD);
    Context { storage, rhacm_managed: !all(source, klusterlet).is_empty(), ibgu: false }
}

/// The cluster's namespaces; `None` when they could not be read.
fn namespaces(source: &dyn Inventory) -> Option<HashSet<String>> {
    let namespaces: HashSet<String> = all(source, Query::all(kinds::NAMESPACE))
        .iter()
        .filter_map(|n| Some(n.pointer("/metadata/name")?.as_str()?.to_owned()))
        .collect();
    (!namespaces.is_empty()).then_some(namespaces)
}

fn manifest_count(ibu: &Manifest<'_>, source: &dyn Inventory) -> Option<Finding> {
    let expected = ibu.annotation(MANIFEST_COUNT)?;
    let policies: Vec<Manifest<'_>> =
        all(source, Query::all(Resource::POLICY)).into_iter().map(Manifest::from_value).collect();
    if policies.is_empty() {
        return target_version::count_finding(Some(expected), 0);
    }
    files::labelled(ibu, &policies.iter().collect::<Vec<_>>())
}

fn ip_config(source: &dyn Inventory) -> Option<Finding> {
    let object = one(source, kinds::IP_CONFIG)?;
    let conditions = object.pointer("/status/conditions").and_then(Value::as_array);
    let busy = conditions.into_iter().flatten().any(|c| c["type"] == "Idle" && c["status"] != "True");
    busy.then(|| {
        let finding = Finding::error("ibu/ip-config-busy", "an IPConfig is busy");
        finding.note("the agent blocks Prep until it is idle").fix("wait until it is idle: oc get ipconfig")
    })
}

/// Failed health checks: the agent waits for them without limit, so none of them refuses anything.
fn health_findings(source: &dyn Inventory) -> Vec<Finding> {
    let finding = |check: &String| {
        let mut finding = explain(check).unwrap_or_else(|| Finding::warning("ibu/unhealthy", check.as_str()));
        finding.level = Level::Warning;
        finding.note("Prep waits for it, without limit")
    };
    health::failed(source).unwrap_or_default().iter().map(finding).collect()
}

/// Somebody else keeps the object as it is: what is written here would be undone.
pub fn managed_elsewhere(ibu: &Manifest<'_>) -> Option<Finding> {
    let tracked = ibu.annotation("argocd.argoproj.io/tracking-id").is_some();
    let labelled = ibu.at(&["metadata", "labels", "argocd.argoproj.io/instance"]).is_some();
    let owners = ibu.at(&["metadata", "ownerReferences"]).and_then(Value::as_array);
    let work = owners.into_iter().flatten().any(|o| o["kind"] == "AppliedManifestWork");
    let (who, fix) = match (tracked || labelled, work) {
        (true, _) => ("Argo CD", "change it in Git, or let Argo CD ignore spec.stage"),
        (false, true) => ("a ManifestWork of the hub", "let the group upgrade finish, or delete its ManifestWork"),
        (false, false) => return None,
    };
    let finding = Finding::warning("ibu/managed-elsewhere", format!("{who} manages the ImageBasedUpgrade"));
    Some(finding.note("it may put the stage back").fix(fix))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inventory::Recorded;
    use serde_json::json;

    fn wanted(spec: Value) -> Value {
        let mut object = json!({"apiVersion": "lca.openshift.io/v1", "kind": "ImageBasedUpgrade",
            "metadata": {"name": "upgrade"},
            "spec": {"stage": "Prep", "seedImageRef": {"image": "r/seed:4.20.3", "version": "4.20.3"}}});
        spec.as_object().unwrap().iter().for_each(|(key, value)| object["spec"][key] = value.clone());
        object
    }

    fn cluster(objects: &[Value]) -> Recorded {
        let mut source = Recorded::named("test");
        source.add(json!({"apiVersion": "config.openshift.io/v1", "kind": "ClusterVersion",
            "metadata": {"name": "version"}, "status": {"desired": {"version": "4.18.9"}}}));
        objects.iter().for_each(|object| source.add(object.clone()));
        source
    }

    fn ids(found: &Preflight) -> Vec<&'static str> {
        found.findings.iter().map(|f| f.id).collect()
    }

    #[test]
    fn a_cluster_in_order_has_no_findings() {
        let found = preflight(&wanted(json!({})), &cluster(&[]), None);
        assert!(found.findings.is_empty() && found.checks > 10, "{found:?}");
    }

    #[test]
    fn everything_that_is_missing_is_told_at_once() {
        let spec = json!({
            "seedImageRef": {"image": "r/seed:4.18.9", "version": "4.18.9", "pullSecretRef": {"name": "pull"}},
            "oadpContent": [{"name": "oadp-cm", "namespace": "openshift-adp"}],
            "extraManifests": [{"name": "extra", "namespace": "openshift-lifecycle-agent"}],
        });
        let subscription = "apiVersion: operators.coreos.com/v1alpha1\nkind: Subscription\nmetadata: {name: s}\n";
        let csr = json!({"apiVersion": "certificates.k8s.io/v1", "kind": "CertificateSigningRequest",
            "metadata": {"name": "csr-1"}});
        let operator = json!({"apiVersion": "config.openshift.io/v1", "kind": "ClusterOperator",
            "metadata": {"name": "dns"}, "status": {"conditions": [{"type": "Available", "status": "True"}]}});
        let map = json!({"apiVersion": "v1", "kind": "ConfigMap", "data": {"a.yaml": subscription},
            "metadata": {"name": "extra", "namespace": "openshift-lifecycle-agent"}});
        let found = preflight(&wanted(spec), &cluster(&[csr, operator, map]), None);
        let expected = [
            "ibu/seed-not-newer",
            "ibu/pull-secret-missing",
            "ibu/oadp-missing",
            "dpa/missing",
            "ibu/config-map-missing",
            "ibu/extra-manifest-forbidden",
            "ibu/unapproved-csr",
        ];
        assert_eq!(ids(&found), expected);
        assert_eq!(found.findings.last().map(|f| f.level), Some(Level::Warning));
    }

    #[test]
    fn a_managed_cluster_must_take_its_klusterlet_along() {
        let crd = json!({"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
            "metadata": {"name": kinds::KLUSTERLET_CRD}});
        assert_eq!(ids(&preflight(&wanted(json!({})), &cluster(&[crd]), None)), ["oadp/klusterlet-missing"]);
    }

    #[test]
    fn a_kind_that_the_cluster_lacks_is_told() {
        let spec = json!({"extraManifests": [{"name": "extra", "namespace": "n"}]});
        let map = json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "extra", "namespace": "n"},
            "data": {"a.yaml": "apiVersion: ptp.openshift.io/v1\nkind: PtpConfig\nmetadata: {name: a}\n"}});
        let (object, source) = (wanted(spec), cluster(&[map]));
        assert_eq!(api_versions(&object, &source), BTreeSet::from(["ptp.openshift.io/v1".to_owned()]));
        assert!(ids(&preflight(&object, &source, None)).is_empty());
        assert_eq!(ids(&preflight(&object, &source, Some(Kinds::new()))), ["ibu/extra-manifest-unknown-kind"]);
    }

    #[test]
    fn somebody_elses_object_is_told() {
        let mut object = wanted(json!({}));
        object["metadata"]["annotations"] = json!({"argocd.argoproj.io/tracking-id": "x"});
        assert_eq!(ids(&preflight(&object, &cluster(&[]), None)), ["ibu/managed-elsewhere"]);
    }
}
