//! Runs the rules that look at the repository as a fleet, which is built once for all of them.

use super::fleet::Fleet;
use super::repository::Repository;
use super::{check::Check, performance, placement, policy, ptp, sriov};
use crate::finding::Finding;

/// A rule, or a small family of them, on a fleet.
pub type FleetCheck = fn(&Fleet<'_>, &mut Vec<Finding>);

/// The one entry for [`super::check`].
pub const CHECKS: &[Check] = &[check];

const GROUPS: &[&[FleetCheck]] = &[policy::CHECKS, placement::CHECKS, sriov::CHECKS, ptp::CHECKS, performance::CHECKS];

fn check(repository: &Repository<'_>, findings: &mut Vec<Finding>) {
    let fleet = Fleet::new(repository);
    GROUPS.iter().copied().flatten().for_each(|check| check(&fleet, findings));
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::lint::{Files, Lookup};

    /// The findings of one rule on files below a new folder, as "id line".
    pub fn found(rule: FleetCheck, files: &[(&str, &str)]) -> Vec<String> {
        on_files(files, |repository, findings| rule(&Fleet::new(repository), findings))
    }

    /// The same for a rule that looks at the repository.
    pub fn found_in(rule: Check, files: &[(&str, &str)]) -> Vec<String> {
        on_files(files, rule)
    }

    fn on_files(files: &[(&str, &str)], rule: impl Fn(&Repository<'_>, &mut Vec<Finding>)) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let read = Files::read(&[folder.path().to_path_buf()], &[]);
        let source_crs = vec![folder.path().join("source-crs")];
        let repository = Repository::new(&read, &Lookup { source_crs, ..Lookup::default() });
        let mut findings = Vec::new();
        rule(&repository, &mut findings);
        findings.iter().map(|f| format!("{} {}", f.id, f.place.as_ref().map_or(0, |place| place.line))).collect()
    }

    /// A PolicyGenTemplate whose entries begin on line 5.
    pub fn template(name: &str, namespace: &str, rules: &str, entries: &str) -> String {
        format!(
            "kind: PolicyGenTemplate\nmetadata: {{name: {name}, namespace: {namespace}}}\nspec: {{bindingRules: {rules},\n \
             sourceFiles: [\n{entries}]}}\n"
        )
    }

    /// A SiteConfig with one cluster, named on line 1.
    pub fn site(name: &str, labels: &str, cpuset: &str) -> String {
        format!(
            "{{kind: SiteConfig, spec: {{clusters: [{{clusterName: {name}, \nclusterLabels: {labels}, nodes: [\n\
             {{hostName: h, cpuset: \"{cpuset}\"}}]}}]}}}}\n"
        )
    }
}
