//! The installation CRs of one cluster: built-in templates, the user's templates in their place, annotations and
//! suppression (ZTP 4.20 `siteConfigBuilder.go`, `getClusterCRs` and `instantiateCR`).

use std::path::Path;

use super::builtin::{BuiltIn, Role, Version};
use super::files::{Files, annotate};
use super::finish::is_accelerated;
use super::record::{Record, Typed};
use super::substitute::{Scope, is_reference};
use crate::yaml::{Map, Span, Value};

const GENERATED: &str = "ran.openshift.io/ztp-gitops-generated";
const WAVE: &str = "argocd.argoproj.io/sync-wave";
const INSPECT: &str = "inspect.metal3.io";
const NODE_LABEL: &str = "bmac.agent-install.openshift.io.node-label";
const CPUSET_WARNING: (&str, &str) = (
    "ran.openshift.io/ztp-warning-field-deprecation-cpuset",
    "cpuset will be deprecated after OCP 4.15, please use cpuPartitioningMode for OCP versions >= 4.14",
);
const PATH_WARNING: (&str, &str) = (
    "ran.openshift.io/ztp-warning-field-deprecation-extraManifestPath",
    "extraManifestPath will be deprecated after OCP 4.15, please use ExtraManifests.SearchPaths for OCP versions >= 4.14",
);

/// A problem with a CR: what, and where in the SiteConfig.
pub type Problem = (String, Span);

/// Makes the CRs of one cluster.
#[derive(Debug)]
pub struct Builder<'r> {
    /// The files that templates and settings come from.
    pub files: &'r Files,
    /// The API version of the SiteConfig.
    pub version: Version,
    /// The `spec` of the SiteConfig.
    pub spec: &'r Record,
    /// The cluster; what CRs change about it is seen by later CRs.
    pub cluster: Record,
    /// What is worth a warning.
    pub warnings: Vec<(&'static str, String, Span)>,
}

impl Builder<'_> {
    /// The CRs in order.
    ///
    /// # Errors
    /// The first thing that stops the generator.
    pub fn build(&mut self, manifests: &Map) -> Result<Vec<Map>, Problem> {
        let templates = self.version.templates();
        // Go shares the map of labels between all CRs, so those that come earlier see what the ManagedCluster adds.
        let is_first = |template: &BuiltIn| template.role == Role::ManagedCluster;
        let managed_cluster = match templates.iter().find(|t| is_first(t)) {
            Some(template) => self.cluster_cr(template, manifests)?,
            None => None,
        };
        let mut crs = Vec::new();
        for template in templates {
            if is_first(template) {
                crs.extend(managed_cluster.clone());
            } else if template.role.is_of_node() {
                for index in 0..self.cluster.list("Nodes").len() {
                    crs.extend(self.node_cr(template, index)?);
                }
            } else {
                crs.extend(self.cluster_cr(template, manifests)?);
            }
        }
        for cr in &mut crs {
            self.finish(cr)?;
        }
        Ok(crs)
    }

    fn cluster_cr(&mut self, template: &BuiltIn, manifests: &Map) -> Result<Option<Map>, Problem> {
        if self.cluster.texts("CrSuppression").any(|kind| **kind == *template.kind) {
            return Ok(None);
        }
        if template.role == Role::SiteMap && !self.name_site_map() {
            return Ok(None);
        }
        let (mut cr, labels) = self.instantiate(template, None)?;
        self.add_annotations(&mut cr, template, None)?;
        match template.role {
            Role::Manifests => self.add_manifests(&mut cr, manifests)?,
            Role::ManagedCluster => self.add_labels(&mut cr, labels),
            Role::Install => self.refer_to_accelerated(&mut cr),
            _ => {}
        }
        Ok(Some(cr))
    }

    fn node_cr(&mut self, template: &BuiltIn, index: usize) -> Result<Option<Map>, Problem> {
        let Some(Typed::Record(node)) = self.cluster.list("Nodes").get(index).cloned() else { return Ok(None) };
        if node.texts("CrSuppression").any(|kind| **kind == *template.kind) {
            return Ok(None);
        }
        if template.role == Role::Network && has_no_network(&node) && self.override_of(template, Some(&node)).is_none()
        {
            return Ok(None);
        }
        let (mut cr, _) = self.instantiate(template, Some(&node))?;
        self.add_annotations(&mut cr, template, Some(&node))?;
        match template.role {
            Role::Firmware => {
                let owners = [&node, &self.cluster, self.spec];
                let found = owners.into_iter().find(|o| !o.text_in("BiosConfigRef", "FilePath").is_empty());
                let Some(owner) = found else { return Ok(None) };
                let path = owner.text_in("BiosConfigRef", "FilePath");
                let settings = self.files.settings(Path::new(path)).map_err(|e| (e, owner.span_of("BiosConfigRef")))?;
                cr.insert("spec", Map::from_unsorted(vec![("settings".into(), Value::Map((*settings).clone()))]));
            }
            Role::Host => finish_host(&mut cr, &node),
            _ => {}
        }
        Ok(Some(cr))
    }

    /// The template of the most specific level that has one for the kind.
    fn override_of<'s>(&'s self, template: &BuiltIn, node: Option<&'s Record>) -> Option<(&'s str, Span)> {
        let owners = [node, Some(&self.cluster), Some(self.spec)];
        owners.into_iter().flatten().find_map(|owner| {
            let path = owner.map("CrTemplates")?.get(&template.kind)?.as_str()?;
            Some((path, owner.span_of("CrTemplates")))
        })
    }

    /// The CR, and what its template says under `metadata.labels`.
    fn instantiate(&mut self, template: &BuiltIn, node: Option<&Record>) -> Result<(Map, Option<Value>), Problem> {
        let scope = Scope { site: self.spec, cluster: &self.cluster, node };
        let original = scope.apply(&template.cr).map_err(|e| (e, self.cluster.span))?;
        let labels = |cr: &Map| cr.get("metadata").and_then(|m| m.get("labels")).cloned();
        let Some((path, span)) = self.override_of(template, node) else { return Ok((original, labels(&template.cr))) };
        let fail = |fact: String| (fact, span);
        let cr = self.files.cr(Path::new(path)).map_err(fail)?;
        let kind = &template.kind;
        if cr.get("kind").and_then(Value::as_str) != Some(kind) {
            let found = cr.get("kind").and_then(Value::as_str).unwrap_or_default();
            let fact = format!("Override template kind {found:?} in {path:?} does not match expected kind {kind:?}");
            return Err(fail(fact));
        }
        let instance = scope.apply(&cr).map_err(|fact| fail(format!("{path}: {fact}")))?;
        let Some(metadata) = instance.get("metadata").and_then(Value::as_map) else {
            return Err(fail(format!("Overriden template metadata in {path:?} is not specified!")));
        };
        let own = original.get("metadata").and_then(Value::as_map);
        let differs = |key: &&&str| own.and_then(|m| m.get(key)) != metadata.get(key);
        if let Some(key) = ["name", "namespace"].iter().find(differs) {
            if kind != "ConfigMap" {
                let fact = format!("the template {path:?} is not used: its metadata.{key} is not that of the {kind}");
                self.warnings.push(("siteconfig/unused-template", fact, span));
            }
            return Ok((original, labels(&template.cr)));
        }
        let Some(annotations) = metadata.get("annotations").and_then(Value::as_map) else {
            return Err(fail(format!("Overriden template metadata annotations in {path:?} is not specified!")));
        };
        let wave = |annotations: Option<&Map>| annotations.and_then(|a| a.get(WAVE)).cloned().unwrap_or_default();
        let expected = wave(own.and_then(|m| m.get("annotations")?.as_map()));
        let found = wave(Some(annotations));
        if found != expected {
            let text = |value: &Value| value.as_str().unwrap_or(value.type_name()).to_owned();
            let (found, expected) = (text(&found), text(&expected));
            return Err(fail(format!(
                "Overridden template metadata.annotations[{WAVE:?}] {found:?} does not match expected value {expected:?}"
            )));
        }
        Ok((instance, labels(&cr)))
    }

    /// Gives the user's ConfigMap a name; false when there is nothing to put into it.
    fn name_site_map(&mut self) -> bool {
        let name = format!("ztp-site-{}", self.cluster.text("ClusterName"));
        let Some(Typed::Record(map)) = self.cluster.get_mut("SiteConfigMap") else { return false };
        if !map.text("Name").is_empty() {
            return true;
        }
        if map.map("Data").is_none_or(Map::is_empty) {
            return false;
        }
        map.set("Name", Typed::Text(name.into()));
        true
    }

    fn add_manifests(&self, cr: &mut Map, manifests: &Map) -> Result<(), Problem> {
        let own = match cr.get("data") {
            None | Some(Value::Null) => None,
            Some(Value::Map(own)) => Some(own.clone()),
            Some(other) => {
                let fact = format!("data of the ConfigMap template is {}, not a map", other.type_name());
                return Err((fact, self.cluster.span_of("CrTemplates")));
            }
        };
        let mut data = manifests.clone();
        for (key, value) in own.iter().flatten() {
            data.insert_key(key.clone(), value.clone());
        }
        cr.insert("data", data);
        Ok(())
    }

    /// Labels that do not come from a field are lost; those that do are changed in the field.
    fn add_labels(&mut self, cr: &mut Map, template: Option<Value>) {
        let from_field = template.as_ref().and_then(Value::as_str).is_some_and(is_reference);
        let Some(metadata) = cr.get_mut("metadata").and_then(Value::as_map_mut) else { return };
        let given = metadata.get("labels").and_then(Value::as_map).filter(|_| from_field).cloned();
        if matches!(&template, Some(Value::Map(labels)) if !labels.is_empty()) {
            let fact = "labels of the ManagedCluster template are lost; only vendor and cloud remain".to_owned();
            self.warnings.push(("siteconfig/lost-labels", fact, self.cluster.span_of("CrTemplates")));
        }
        let is_shared = given.is_some();
        let mut labels = given.unwrap_or_default();
        for key in ["vendor", "cloud"] {
            if !labels.contains(key) {
                labels.insert(key, "auto-detect");
            }
        }
        metadata.insert("labels", labels.clone());
        if is_shared && self.cluster.map("ClusterLabels").is_some() {
            self.cluster.set("ClusterLabels", Typed::Texts(labels));
        }
    }

    fn refer_to_accelerated(&self, cr: &mut Map) {
        if self.version != Version::V1 || !is_accelerated(&self.cluster) {
            return;
        }
        if let Some(spec) = cr.get_mut("spec").and_then(Value::as_map_mut) {
            spec.remove("manifestsConfigMapRef");
            let refs = self.cluster.get("ManifestsConfigMapRefs").map(Typed::to_value).unwrap_or_default();
            spec.insert("manifestsConfigMapRefs", refs);
        }
    }

    fn add_annotations(&self, cr: &mut Map, template: &BuiltIn, node: Option<&Record>) -> Result<(), Problem> {
        let owners = [node, Some(&self.cluster), Some(self.spec)];
        let found = owners.into_iter().flatten().find_map(|owner| {
            let add = owner.record("CrAnnotations")?.map("Add")?.get(&template.kind)?.as_map()?;
            Some((add, owner.span_of("CrAnnotations")))
        });
        let Some((add, span)) = found else { return Ok(()) };
        let present = cr.get("metadata").and_then(|m| m.get("annotations")?.as_map()).cloned().unwrap_or_default();
        let new = add.iter().filter_map(|(key, value)| Some((key.as_str()?, value.as_str()?)));
        annotate(cr, new.filter(|(key, _)| !present.contains(key))).map_err(|e| (e, span))
    }

    fn finish(&self, cr: &mut Map) -> Result<(), Problem> {
        let kind = cr.get("kind").and_then(Value::as_str).unwrap_or_default();
        let is_install = kind == "AgentClusterInstall";
        let warn_cpuset = is_install && self.cluster.records("Nodes").any(|n| !n.text("Cpuset").is_empty());
        let warn_path = kind == "ConfigMap" && !self.cluster.text("ExtraManifestPath").is_empty();
        let warnings = [(warn_cpuset, CPUSET_WARNING), (warn_path, PATH_WARNING)];
        let warnings = warnings.into_iter().filter(|(is_due, _)| *is_due).map(|(_, warning)| warning);
        annotate(cr, [(GENERATED, "{}")].into_iter().chain(warnings)).map_err(|e| (e, self.cluster.span))
    }
}

fn has_no_network(node: &Record) -> bool {
    node.record("NodeNetwork")
        .is_none_or(|network| network.map("Config").is_none_or(Map::is_empty) && network.list("Interfaces").is_empty())
}

fn finish_host(cr: &mut Map, node: &Record) {
    let annotations = cr.get_mut("metadata").and_then(Value::as_map_mut).and_then(|m| m.get_mut("annotations"));
    let Some(annotations) = annotations.and_then(Value::as_map_mut) else { return };
    if annotations.get(INSPECT).is_some_and(|inspect| inspect.as_str() != Some("disabled")) {
        annotations.remove(INSPECT);
    }
    if node.map("NodeLabels").is_some_and(|labels| !labels.is_empty())
        && let Some(Value::Map(labels)) = annotations.get(NODE_LABEL).cloned()
    {
        annotations.remove(NODE_LABEL);
        for (key, value) in labels.iter().filter_map(|(key, value)| Some((key.as_str()?, value))) {
            annotations.insert(format!("{NODE_LABEL}.{key}"), value.clone());
        }
    }
}
