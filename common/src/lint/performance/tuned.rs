//! The Tuned profile that builds on a performance profile.

use std::collections::{BTreeSet, HashSet};

use super::is_profile;
use crate::finding::Finding;
use crate::lint::fleet::{Cr, Fleet};
use crate::yaml::Value;

const PREFIX: &str = "openshift-node-performance-";

/// `performance/tuned-include`: said only where a performance profile of another name is, on the same clusters.
pub fn check(fleet: &Fleet<'_>, findings: &mut Vec<Finding>) {
    let mut said = HashSet::new();
    for scope in fleet.scopes() {
        let names: BTreeSet<&str> = fleet.crs(&scope).filter(|cr| is_profile(cr)).map(Cr::name).collect();
        if names.is_empty() || names.iter().any(|name| name.contains("{{") || name.starts_with('$')) {
            continue;
        }
        for cr in fleet.crs(&scope).filter(|cr| cr.kind() == "Tuned" && cr.is_demanded()) {
            for name in included(cr).filter(|name| !names.contains(name) && !name.contains(['$', '{'])) {
                if !said.insert(std::ptr::from_ref(cr)) {
                    continue;
                }
                let own = names.iter().copied().collect::<Vec<_>>().join(", ");
                let fact =
                    format!("{} includes the performance profile {name:?}, the profile here is {own}", cr.shown());
                findings.push(
                    Finding::warning("performance/tuned-include", fact)
                        .at(cr.place())
                        .note("Tuned cannot find what it includes, and the node gets neither of them")
                        .fix(format!(
                            "overlay the profile's data with include={PREFIX}{}",
                            names.first().unwrap_or(&"")
                        )),
                );
            }
        }
    }
}

/// The performance profiles that the `include` lines of a Tuned name.
fn included<'r>(cr: &Cr<'r>) -> impl Iterator<Item = &'r str> {
    let profiles = cr.value.at(&["spec", "profile"]).and_then(Value::as_seq).unwrap_or_default();
    let data = profiles.iter().filter_map(|profile| profile.get("data")?.as_str());
    let lines = data.flat_map(str::lines).filter_map(|line| line.trim().strip_prefix("include="));
    lines.flat_map(|names| names.split(',')).filter_map(|name| name.trim().strip_prefix(PREFIX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::fleet_check::tests::{found, template};

    #[test]
    fn the_include_follows_the_name() {
        let profile = "kind: PerformanceProfile\nmetadata: {name: p}\n";
        let tuned = "kind: Tuned\nmetadata: {name: t}\nspec:\n  profile:\n  - data: |\n      [main]\n      include=openshift-node-performance-p\n";
        let run = |name: &str| {
            let entries = format!(
                "{{fileName: P.yaml, policyName: p, metadata: {{name: {name}}}}},\n{{fileName: T.yaml, policyName: p}}"
            );
            let text = template("t", "ns", "{a: b}", &entries);
            found(check, &[("source-crs/P.yaml", profile), ("source-crs/T.yaml", tuned), ("1.yaml", &text)])
        };
        assert_eq!(run("other"), ["performance/tuned-include 6"]);
        assert!(run("p").is_empty());
    }
}
