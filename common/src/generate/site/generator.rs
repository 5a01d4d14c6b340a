//! From one SiteConfig file to its objects.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::builtin::Version;
use super::crs::Builder;
use super::decode::{Decoder, PARSE};
use super::extra;
use super::files::Files;
use super::record::{Record, Typed};
use super::schema::SITE_CONFIG;
use super::{finish, install_config};
use crate::finding::Finding;
use crate::generate::{Generated, Object};
use crate::yaml::{self, Place, Source, Value};

const FOLDER: &str = "extra-manifest";

/// What is common to a run.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What relative paths start from; empty for the current folder.
    pub working_folder: PathBuf,
    /// The folder of the extra manifests; `extra-manifest` when not given.
    pub extra_manifests: Option<PathBuf>,
    /// Where that folder is looked for when the working folder does not have it.
    pub fallback_folder: Option<PathBuf>,
    /// Whether only extra manifests are wanted, as objects.
    pub extra_manifests_only: bool,
}

/// Generates the objects of SiteConfigs; can be used by many threads, which share what they read.
#[derive(Debug, Default)]
pub struct SiteGenerator {
    options: Options,
    files: Files,
    shared: extra::Shared,
}

impl SiteGenerator {
    /// A generator for one run.
    pub fn new(options: Options) -> Self {
        let files = Files::new(options.working_folder.clone());
        Self { options, files, shared: extra::Shared::default() }
    }

    /// The objects of a file, and what there is to say about it. Only the first document counts.
    pub fn generate(&self, source: &Source) -> Generated {
        let mut run = Run { generator: self, source, findings: Vec::new(), objects: Vec::new() };
        run.all();
        let mut generated = Generated { objects: run.objects, findings: run.findings };
        generated.findings.sort_by_key(|f| f.place.as_ref().map(|p| (p.file != *source.name(), p.line, p.column)));
        if generated.failed() {
            generated.objects.clear();
        }
        generated
    }

    /// The folder of the extra manifests: as a whole below the working folder, else beside the executable.
    fn folder(&self) -> Result<PathBuf, String> {
        let path = self.options.extra_manifests.as_deref().unwrap_or(Path::new(FOLDER));
        let fallback = self.options.fallback_folder.as_ref().map(|folder| folder.join(path));
        let candidates = [Some(path.to_owned()), fallback];
        let found = candidates.into_iter().flatten().find(|path| self.options.working_folder.join(path).exists());
        found.ok_or_else(|| format!("stat {}: no such file or directory", path.display()))
    }
}

/// One file on its way.
struct Run<'r> {
    generator: &'r SiteGenerator,
    source: &'r Source,
    findings: Vec<Finding>,
    objects: Vec<Object>,
}

impl Run<'_> {
    fn all(&mut self) {
        let Some(mut site) = self.decode() else { return };
        let Some(version) = Version::of(site.text("ApiVersion")) else {
            let fact = match site.text("ApiVersion") {
                "" => "the SiteConfig has no apiVersion".to_owned(),
                given => format!("a SiteConfig of apiVersion {given} is not known"),
            };
            let place = self.source.place(site.span_of("ApiVersion"));
            let fix = "use ran.openshift.io/v1 or ran.openshift.io/v2";
            self.findings.push(Finding::error("siteconfig/api-version", fact).at(place).fix(fix));
            return;
        };
        self.validate(&mut site);
        if self.has_errors() {
            return;
        }
        let Some(spec) = site.record("Spec") else { return };
        for cluster in spec.records("Clusters") {
            self.cluster(&site, version, spec, cluster);
        }
        self.check_templates(version, spec);
        self.check_paths();
    }

    fn has_errors(&self) -> bool {
        self.findings.iter().any(|f| f.level == crate::finding::Level::Error)
    }

    fn decode(&mut self) -> Option<Record> {
        let mut documents = yaml::documents(self.source);
        let document = match documents.next() {
            None => return Some(Record::zero(&SITE_CONFIG)),
            Some(Ok(document)) => document,
            Some(Err(error)) => {
                self.findings.push(Finding::error(PARSE, error.message).at(error.place));
                return None;
            }
        };
        let Some(root) = document.root().filter(|root| !root.is_null()) else {
            return Some(Record::zero(&SITE_CONFIG));
        };
        let mut decoder = Decoder::default();
        let record = decoder.record(root, &SITE_CONFIG);
        self.findings.append(&mut decoder.findings);
        let mut record = record.filter(|_| !self.has_errors())?;
        if let Some(Ok(next)) = documents.next()
            && let Some(root) = next.root().filter(|root| !root.is_null())
        {
            let fact = "only the first document of a SiteConfig file counts; this one is ignored";
            let fix = "put it into a file of its own";
            self.findings.push(Finding::warning("siteconfig/further-document", fact).at(root.place()).fix(fix));
        }
        finish::finish(&mut record, self.source, &mut self.findings);
        (!self.has_errors()).then_some(record)
    }

    fn error(&mut self, id: &'static str, fact: String, place: Place, fix: &str) {
        self.findings.push(Finding::error(id, fact).at(place).fix(fix));
    }

    /// What is checked and completed before anything is generated.
    fn validate(&mut self, site: &mut Record) {
        let name = site.text_in("Metadata", "Name").to_owned();
        let Some(Typed::Record(spec)) = site.get_mut("Spec") else { return };
        let site_image = spec.text("ClusterImageSetNameRef").to_owned();
        let mut seen = HashSet::new();
        for cluster in spec.records_mut("Clusters") {
            let cluster_name = cluster.text("ClusterName").to_owned();
            let at = |run: &Self, field: &str| run.source.place(cluster.span_of(field));
            if cluster_name.is_empty() {
                let fact = format!("Error: Missing cluster name at site {name}");
                self.error("siteconfig/cluster-name", fact, at(self, "ClusterName"), "set clusterName");
            } else if !seen.insert(cluster_name.clone()) {
                let fact = format!("Error: Repeated Cluster Name {name}/{cluster_name}");
                self.error("siteconfig/cluster-name", fact, at(self, "ClusterName"), "give each cluster its own name");
            }
            for node in cluster.records("Nodes").filter(|n| !matches!(n.text("IronicInspect"), "enabled" | "disabled"))
            {
                let host = node.text("HostName");
                let fact =
                    format!("Error: ironicInspect must be either disabled or enabled {name}/{cluster_name}/{host}");
                let place = self.source.place(node.span_of("IronicInspect"));
                self.error("siteconfig/ironic-inspect", fact, place, "use enabled or disabled, or remove the field");
            }
            if site_image.is_empty() && cluster.text("ClusterImageSetNameRef").is_empty() {
                let fact =
                    format!("Error: Site and cluster clusterImageSetNameRef cannot be empty {name}/{cluster_name}");
                let fix = "set clusterImageSetNameRef on the site or on the cluster";
                self.error("siteconfig/image-set", fact, at(self, "ClusterName"), fix);
            }
            match install_config::annotation(cluster.text("NetworkType"), cluster.text("InstallConfigOverrides")) {
                Ok(text) => cluster.set("NetworkType", Typed::Text(text.into())),
                Err(fact) => {
                    let place = at(self, "InstallConfigOverrides");
                    let fix =
                        "installConfigOverrides must be one JSON object that is not empty, without text around it";
                    self.error(install_config::ID, format!("Error: {fact}"), place, fix);
                }
            }
            if cluster.text("ClusterImageSetNameRef").is_empty() {
                cluster.set("ClusterImageSetNameRef", Typed::Text(site_image.as_str().into()));
            }
        }
    }

    fn cluster(&mut self, site: &Record, version: Version, spec: &Record, cluster: &Record) {
        let generator = self.generator;
        let mut found = Vec::new();
        let extras = extra::collect(&generator.files, &generator.shared, &|| generator.folder(), cluster, &mut found);
        self.findings.append(&mut found);
        let extras = match extras {
            Ok(extras) => extras,
            Err(problems) => {
                let placed = problems.into_iter().map(|problem| problem.finding.at(self.source.place(problem.span)));
                return self.findings.extend(placed);
            }
        };
        self.warn_about(cluster, &extras);
        let names = (site.text_in("Metadata", "Name"), cluster.text("ClusterName"));
        if generator.options.extra_manifests_only || cluster.flag("ExtraManifestOnly") {
            for (file, extra) in &extras {
                self.push(names, extra.manifest.value.clone(), cluster, file);
            }
            return;
        }
        let data = extra::data(&generator.shared, &extras);
        let cluster = cluster.clone();
        let mut builder = Builder { files: &generator.files, version, spec, cluster, warnings: Vec::new() };
        let crs = builder.build(&data);
        for (id, fact, span) in std::mem::take(&mut builder.warnings) {
            self.findings.push(Finding::warning(id, fact).at(self.source.place(span)));
        }
        match crs {
            Ok(crs) => {
                crs.into_iter().for_each(|cr| self.push(names, Value::Map(cr), &builder.cluster, "its template"))
            }
            Err((fact, span)) => {
                let place = self.source.place(span);
                self.error("siteconfig/cr-template", fact, place, "correct the file or the reference to it");
            }
        }
    }

    fn warn_about(&mut self, cluster: &Record, extras: &extra::Extras) {
        let settings = cluster.record("ExtraManifests");
        let searched = settings.is_some_and(|s| matches!(s.get("SearchPaths"), Some(Typed::List(_))));
        if searched && !cluster.text("ExtraManifestPath").is_empty() {
            let fact = "extraManifestPath is ignored because extraManifests.searchPaths is set";
            let place = self.source.place(cluster.span_of("ExtraManifestPath"));
            let fix = "add the folder to searchPaths and remove extraManifestPath";
            self.findings.push(Finding::warning("siteconfig/ignored-path", fact).at(place).fix(fix));
        }
        for (name, _) in extras.iter().filter(|(_, extra)| extra.manifest.has_more) {
            let fact = format!("only the first document of the extra manifest {name:?} is used, the others are lost");
            let place = self.source.place(cluster.span_of("ExtraManifests"));
            let fix = "put each document into a file of its own";
            self.findings.push(Finding::warning("siteconfig/lost-documents", fact).at(place).fix(fix));
        }
    }

    fn push(&mut self, (site, cluster): (&str, &str), value: Value, record: &Record, file: &str) {
        let text = |path: &[&str]| value.at(path).and_then(Value::as_str);
        let (Some(kind), Some(name)) = (text(&["kind"]), text(&["metadata", "name"])) else {
            let fact = format!("an object from {file} has no kind or no metadata.name that is a text");
            let place = self.source.place(record.span_of("ClusterName"));
            return self.error(
                "siteconfig/object-identity",
                fact,
                place,
                "give it a kind and a name, in quotes if need be",
            );
        };
        let path = extra::path(site, cluster, kind, name);
        self.objects.push(Object { path, value, origin: self.source.name().clone() });
    }

    /// Kinds that cannot be replaced, annotated or suppressed where the file tries to.
    fn check_templates(&mut self, version: Version, spec: &Record) {
        let templates = version.templates();
        let is_known = |kind: &str| templates.iter().any(|t| t.kind == kind);
        let is_of_node = |kind: &str| templates.iter().any(|t| t.kind == kind && t.role.is_of_node());
        self.check_owner(spec, "SiteConfig.Spec", &is_known, &is_known);
        for (c, cluster) in spec.records("Clusters").enumerate() {
            let owner = format!("SiteConfig.Spec.Clusters[{c}]");
            self.check_owner(cluster, &owner, &is_known, &|kind| is_known(kind) && !is_of_node(kind));
            for (n, node) in cluster.records("Nodes").enumerate() {
                self.check_owner(node, &format!("{owner}.Nodes[{n}]"), &is_of_node, &is_of_node);
            }
        }
    }

    fn check_owner(
        &mut self,
        owner: &Record,
        name: &str,
        fits: &dyn Fn(&str) -> bool,
        is_suppressible: &dyn Fn(&str) -> bool,
    ) {
        for kind in owner.map("CrTemplates").into_iter().flatten().filter_map(|(kind, _)| kind.as_str()) {
            if !fits(kind) {
                let fact = format!("Invalid override in {name}: {kind:?} is not a valid CR type to override");
                let place = self.source.place(owner.span_of("CrTemplates"));
                self.error("siteconfig/cr-template", fact, place, "remove the entry or correct its kind");
            }
        }
        for kind in owner.texts("CrSuppression").filter(|kind| !is_suppressible(kind)) {
            let fact = format!("crSuppression of {kind:?} has no effect in {name}");
            let place = self.source.place(owner.span_of("CrSuppression"));
            let fix = "kinds of nodes are suppressed on a node, all others on the cluster";
            self.findings.push(Finding::warning("siteconfig/ignored-suppression", fact).at(place).fix(fix));
        }
        let add = owner.record("CrAnnotations").and_then(|a| a.map("Add"));
        for kind in add.into_iter().flatten().filter_map(|(kind, _)| kind.as_str()).filter(|kind| !fits(kind)) {
            let fact = format!("crAnnotations for {kind:?} have no effect in {name}");
            let place = self.source.place(owner.span_of("CrAnnotations"));
            self.findings.push(Finding::warning("siteconfig/ignored-annotations", fact).at(place));
        }
    }

    /// Objects that would be written to one file.
    fn check_paths(&mut self) {
        let mut seen = HashSet::new();
        let clashes = self.objects.iter().filter(|object| !seen.insert(object.path.as_path()));
        let facts: Vec<_> =
            clashes.map(|o| format!("two objects are written to {}; the last one wins", o.path.display())).collect();
        let place = self.source.place(Default::default());
        let findings = facts.into_iter().map(|fact| Finding::warning("siteconfig/same-file", fact).at(place.clone()));
        self.findings.extend(findings);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "apiVersion: ran.openshift.io/v1
metadata: {name: east}
spec:
  clusterImageSetNameRef: openshift-4.20
  clusters:
";
    const CLUSTER: &str = "  - clusterName: sno1
    extraManifests: {searchPaths: []}
    nodes:
    - {hostName: n1, nodeLabels: {rack: r7}}
";

    fn generate(text: &str) -> Generated {
        SiteGenerator::new(Options::default()).generate(&Source::from_text("site.yaml", text))
    }

    #[test]
    fn a_single_node_cluster_gets_its_objects() {
        let generated = generate(&format!("{HEAD}{CLUSTER}"));
        assert_eq!(generated.findings, []);
        let kinds: Vec<_> = generated.objects.iter().map(Object::kind).collect();
        let wanted = [
            "Namespace",
            "AgentClusterInstall",
            "ClusterDeployment",
            "InfraEnv",
            "BareMetalHost",
            "ConfigMap",
            "ManagedCluster",
            "KlusterletAddonConfig",
        ];
        assert_eq!(kinds, wanted);
        let host = generated.objects.iter().find(|o| o.kind() == "BareMetalHost").unwrap();
        assert_eq!(host.path, Path::new("east/sno1_baremetalhost_n1.yaml"));
        let label = ["metadata", "annotations", "bmac.agent-install.openshift.io.node-label.rack"];
        assert_eq!(host.value.at(&label).and_then(Value::as_str), Some("r7"));
    }

    #[test]
    fn all_problems_of_a_file_are_told_with_their_places() {
        let text =
            format!("{HEAD}{CLUSTER}{CLUSTER}    installConfigOverrides: no\n").replace("n1,", "n1, ironicInspect: x,");
        let generated = generate(&text);
        assert!(generated.objects.is_empty());
        let ids: Vec<_> = generated.findings.iter().map(|f| (f.id, f.place.as_ref().map_or(0, |p| p.line))).collect();
        let wanted = [
            ("siteconfig/ironic-inspect", 9),
            ("siteconfig/cluster-name", 10),
            ("siteconfig/ironic-inspect", 13),
            ("siteconfig/install-config-overrides", 14),
        ];
        assert_eq!(ids, wanted);
    }

    #[test]
    fn other_versions_are_refused() {
        let generated = generate("apiVersion: ran.openshift.io/v3\n");
        assert_eq!(generated.findings.first().map(|f| f.id), Some("siteconfig/api-version"));
    }
}
