//! The repository as a fleet: clusters with their labels, the PolicyGenTemplates that reach them, and the CRs that come
//! that way. What rules about more than one file look at; built once for all of them.
//!
//! Only files in use count: those that a kustomization lists, and those of folders without one.

mod binding;
mod cluster;
mod cr;
mod template;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::repository::{File, Repository};
use crate::generate::run::KUSTOMIZATION_FILES;
use crate::yaml::NodeRef;

pub use binding::{BindingRule, set_by_hub};
pub use cluster::Cluster;
pub use cr::Cr;
pub use template::{Template, wave};

/// Clusters, policies and manifests of a repository.
#[derive(Debug, Default)]
pub struct Fleet<'r> {
    /// Those of SiteConfigs.
    pub clusters: Vec<Cluster<'r>>,
    /// The PolicyGenTemplates.
    pub templates: Vec<Template<'r>>,
    /// The names of manifests by kind.
    pub manifests: BTreeMap<&'r str, BTreeSet<&'r str>>,
}

/// CRs that meet on one cluster.
#[derive(Debug)]
pub struct Scope<'f, 'r> {
    /// One of the clusters; `None` for a template that reaches no cluster of the repository.
    pub cluster: Option<&'f Cluster<'r>>,
    /// What reaches it, as indices into [`Fleet::templates`].
    pub templates: Vec<usize>,
}

impl<'r> Fleet<'r> {
    /// Reads it out of a repository.
    pub fn new(repository: &'r Repository<'_>) -> Self {
        let mut fleet = Self {
            clusters: cluster::clusters(repository),
            templates: template::templates(repository),
            manifests: BTreeMap::new(),
        };
        for (_, root) in repository.manifests() {
            let name = root.get("metadata").and_then(|metadata| metadata.get("name")?.text());
            if let (Some(kind), Some(name)) = (root.get("kind").and_then(NodeRef::text), name) {
                fleet.manifests.entry(kind).or_default().insert(name);
            }
        }
        let index = binding::Index::new(&fleet.clusters);
        for template in &mut fleet.templates {
            template.reach = index.reached(&fleet.clusters, &template.rules);
            let excludes = template.rules.iter().any(|rule| !rule.asks);
            if template.reach.is_empty() && excludes {
                let asks = template.rules.iter().filter(|rule| rule.asks);
                template.asked = index.reached(&fleet.clusters, asks);
            }
        }
        fleet
    }

    /// The clusters that a template reaches.
    pub fn reached(&self, template: &Template<'_>) -> impl Iterator<Item = &Cluster<'r>> {
        template.reach.iter().filter_map(|i| self.clusters.get(*i))
    }

    /// The sets of templates that meet on clusters, each once; then each template that reaches no cluster, alone.
    pub fn scopes(&self) -> Vec<Scope<'_, 'r>> {
        let mut on_cluster: Vec<Vec<usize>> = vec![Vec::new(); self.clusters.len()];
        let mut scopes = Vec::new();
        for (i, template) in self.templates.iter().enumerate() {
            for cluster in &template.reach {
                if let Some(templates) = on_cluster.get_mut(*cluster) {
                    templates.push(i);
                }
            }
            if template.reach.is_empty() {
                scopes.push(Scope { cluster: None, templates: vec![i] });
            }
        }
        let mut seen: HashMap<Vec<usize>, ()> = HashMap::new();
        for (cluster, templates) in self.clusters.iter().zip(on_cluster) {
            if !templates.is_empty() && seen.insert(templates.clone(), ()).is_none() {
                scopes.push(Scope { cluster: Some(cluster), templates });
            }
        }
        scopes
    }

    /// The CRs of a scope.
    pub fn crs<'f>(&'f self, scope: &'f Scope<'_, '_>) -> impl Iterator<Item = &'f Cr<'r>> {
        scope.templates.iter().filter_map(|i| self.templates.get(*i)).flat_map(|template| &template.crs)
    }

    /// All CRs of all templates.
    pub fn all_crs(&self) -> impl Iterator<Item = &Cr<'r>> {
        self.templates.iter().flat_map(|template| &template.crs)
    }
}

/// Whether a file is in use: listed by a kustomization, or there is none that could list it.
fn is_live(file: &File<'_>) -> bool {
    file.listed || !KUSTOMIZATION_FILES.iter().any(|name| file.raw.folder().join(name).is_file())
}

fn field<'d>(node: NodeRef<'d>, path: &[&str]) -> Option<NodeRef<'d>> {
    path.iter().try_fold(node, |node, key| node.get(key))
}

fn text<'d>(node: NodeRef<'d>, path: &[&str]) -> Option<&'d str> {
    field(node, path)?.text()
}
