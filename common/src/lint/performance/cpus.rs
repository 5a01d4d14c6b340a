//! Reserved and isolated CPUs, in the profile and at installation.

use std::collections::HashSet;

use super::{cpu_set, is_profile, profiles};
use crate::finding::Finding;
use crate::lint::fleet::{Cr, Fleet};
use crate::yaml::NodeRef;

const RESERVED: [&str; 3] = ["spec", "cpu", "reserved"];
const ISOLATED: [&str; 3] = ["spec", "cpu", "isolated"];

/// `performance/cpu-overlap`: refused by the webhook of the node tuning operator (4.20
/// `performanceprofile_validation.go`).
pub fn check(fleet: &Fleet<'_>, findings: &mut Vec<Finding>) {
    for cr in profiles(fleet) {
        let (Some(reserved), Some(isolated)) =
            (cpu_set::of(cr.value.at(&RESERVED)), cpu_set::of(cr.value.at(&ISOLATED)))
        else {
            continue;
        };
        let both = reserved.intersection(&isolated).copied().collect();
        if reserved.is_disjoint(&isolated) {
            continue;
        }
        findings.push(
            Finding::warning(
                "performance/cpu-overlap",
                format!("CPUs {} are both reserved and isolated", cpu_set::shown(&both)),
            )
            .at(cr.place_of(&ISOLATED))
            .note(format!("reserved: {}, isolated: {}", cpu_set::shown(&reserved), cpu_set::shown(&isolated)))
            .note("the cluster refuses the PerformanceProfile")
            .fix("take them out of one of the two"),
        );
    }
}

/// `performance/reserved-cpuset`: the CPUs that workload partitioning pins to at installation are the reserved ones.
pub fn reserved(fleet: &Fleet<'_>, findings: &mut Vec<Finding>) {
    let mut profile_of: Vec<Vec<&Cr<'_>>> = vec![Vec::new(); fleet.clusters.len()];
    for template in &fleet.templates {
        let profiles: Vec<_> = template.crs.iter().filter(|cr| is_profile(cr)).collect();
        for i in &template.reach {
            if let Some(all) = profile_of.get_mut(*i) {
                all.extend(profiles.iter().copied());
            }
        }
    }
    for (cluster, profiles) in fleet.clusters.iter().zip(profile_of) {
        let [profile] = profiles.as_slice() else { continue };
        let Some(reserved) = cpu_set::of(profile.value.at(&RESERVED)) else { continue };
        let mut said = HashSet::new();
        for node in &cluster.cpusets {
            let Some(cpus) = node.text().and_then(cpu_set::parse).filter(|cpus| *cpus != reserved) else { continue };
            if said.insert(cpus) {
                findings.push(unequal(*node, profile, &cpu_set::shown(&reserved)));
            }
        }
    }
}

fn unequal(node: NodeRef<'_>, profile: &Cr<'_>, reserved: &str) -> Finding {
    let fact = format!("cpuset is {}, but {} reserves {reserved}", node.text().unwrap_or_default(), profile.shown());
    Finding::warning("performance/reserved-cpuset", fact)
        .at(node.place())
        .note(format!("the profile is at {}", profile.place_of(&RESERVED)))
        .note("platform pods are pinned to CPUs that the profile gives to workloads, or may not use all reserved ones")
        .fix("use the same CPUs in both")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::fleet_check::{
        FleetCheck,
        tests::{found, site, template},
    };

    fn run(rule: FleetCheck, cpuset: &str, isolated: &str) -> Vec<String> {
        let cr = "kind: PerformanceProfile\nmetadata: {name: p}\nspec: {cpu: {isolated: $i, reserved: $r}}\n";
        let entry =
            format!("{{fileName: P.yaml, policyName: p, spec: {{cpu: {{reserved: \"0-1\",\nisolated: {isolated}}}}}}}");
        let (text, site) = (template("t", "ns", "{a: b}", &entry), site("s", "{a: b}", cpuset));
        found(rule, &[("source-crs/P.yaml", cr), ("1.yaml", &text), ("s.yaml", &site)])
    }

    #[test]
    fn overlapping_sets() {
        assert_eq!(run(check, "", "1-7"), ["performance/cpu-overlap 6"]);
        assert!(run(check, "", "2-7").is_empty());
    }

    #[test]
    fn the_cpuset_of_the_installation() {
        assert_eq!(run(reserved, "0-3", "4-7"), ["performance/reserved-cpuset 3"]);
        assert!(run(reserved, "0,1", "2-7").is_empty());
        assert!(run(reserved, "", "2-7").is_empty());
    }
}
