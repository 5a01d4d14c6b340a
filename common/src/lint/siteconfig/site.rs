//! The clusters and hosts of all SiteConfigs, as nodes with their places.

use std::path::Path;

use crate::generate::run::{InputKind, KUSTOMIZATION_FILES};
use crate::lint::repository::{File, Repository};
use crate::yaml::NodeRef;

/// One cluster of a SiteConfig.
pub struct Cluster<'r> {
    /// The document.
    pub site: NodeRef<'r>,
    /// The entry of `clusters`.
    pub node: NodeRef<'r>,
    /// `clusterName`, "" when it is missing.
    pub name: &'r str,
    /// The entries of `nodes`.
    pub hosts: Vec<NodeRef<'r>>,
    /// Where relative paths of its file start.
    pub folder: &'r Path,
    /// Whether it is in use: listed by a kustomization, or there is none that could list it.
    pub is_live: bool,
}

/// The clusters of all SiteConfigs, in the order of their files.
pub fn clusters<'r>(repository: &'r Repository<'_>) -> Vec<Cluster<'r>> {
    let mut clusters = Vec::new();
    for (file, site, generator) in repository.inputs(InputKind::SiteConfig) {
        let is_live = is_live(file);
        for node in field(site, "spec").and_then(|spec| field(spec, "clusters")).into_iter().flat_map(NodeRef::items) {
            let name = text(node, "clusterName").map_or("", |(name, _)| name);
            let hosts =
                field(node, "nodes").into_iter().flat_map(NodeRef::items).filter(|host| host.is_map()).collect();
            clusters.push(Cluster { site, node, name, hosts, folder: &generator.folder, is_live });
        }
    }
    clusters
}

fn is_live(file: &File<'_>) -> bool {
    file.listed || !KUSTOMIZATION_FILES.iter().any(|name| file.raw.folder().join(name).is_file())
}

impl<'r> Cluster<'r> {
    /// How many hosts are masters, as the generator counts.
    pub fn masters(&self) -> usize {
        self.hosts.iter().filter(|host| matches!(text(**host, "role"), None | Some(("master", _)))).count()
    }

    /// Where to point at for the cluster as a whole.
    pub fn anchor(&self) -> NodeRef<'r> {
        field(self.node, "clusterName").unwrap_or(self.node)
    }
}

/// The value of a field, merge keys included; `None` for null.
pub fn field<'d>(node: NodeRef<'d>, name: &str) -> Option<NodeRef<'d>> {
    let fields = node.is_map().then(|| node.fields().ok()).flatten()?;
    fields
        .into_iter()
        .find(|(key, _)| key.text() == Some(name))
        .map(|(_, value)| value)
        .filter(|value| !value.is_null())
}

/// A text field that is not empty, with its node.
pub fn text<'d>(node: NodeRef<'d>, name: &str) -> Option<(&'d str, NodeRef<'d>)> {
    let value = field(node, name)?;
    value.text().filter(|text| !text.is_empty()).map(|text| (text, value))
}

/// The texts of a list field that are not empty, with their nodes.
pub fn texts<'d>(node: NodeRef<'d>, name: &str) -> impl Iterator<Item = (&'d str, NodeRef<'d>)> {
    let items = field(node, name).into_iter().flat_map(NodeRef::items);
    items.filter_map(|item| Some((item.text().filter(|text| !text.is_empty())?, item)))
}

/// Whether a text is to be filled in by something later.
pub fn is_template(text: &str) -> bool {
    text.contains("{{") || text.contains('$') || text.contains('<')
}

/// A host in words.
pub fn host_name(host: NodeRef<'_>) -> &str {
    text(host, "hostName").map_or("a host without name", |(name, _)| name)
}

/// Findings for the tests of this group: each rule's ids for the text of one SiteConfig.
#[cfg(test)]
pub fn found(check: crate::lint::check::Check, text: &str) -> Vec<(&'static str, u32)> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("site.yaml");
    std::fs::write(&path, text).unwrap();
    let files = crate::lint::Files::read(&[path], &[]);
    let repository = Repository::new(&files, &Default::default());
    let mut findings = Vec::new();
    check(&repository, &mut findings);
    findings.iter().map(|f: &crate::finding::Finding| (f.id, f.place.as_ref().map_or(0, |p| p.line))).collect()
}
