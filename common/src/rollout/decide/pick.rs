//! Policies for a CGU that nobody wants to list by hand: those of a range of waves, or all that are not compliant.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::super::{ClusterCompliance, Hub, cluster_compliance};
use crate::resource::Compliance;

/// Which policies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pick {
    /// With a wave in this range.
    pub waves: Option<RangeInclusive<i64>>,
    /// Not compliant on one of the clusters at least.
    pub missing: bool,
}

/// What was picked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picked {
    /// Names in the order of their waves, then of their names, as TALM orders them for new clusters; those without a
    /// wave come last.
    pub policies: Vec<String>,
    /// Passed over: enforced already.
    pub enforced: Vec<String>,
    /// Passed over: a wave is asked for, and they have none.
    pub without_wave: Vec<String>,
}

/// Picks among the policies that reach the clusters.
pub fn pick(hub: &Hub, clusters: &[String], pick: &Pick) -> Picked {
    let mut found: BTreeMap<&str, Candidate> = BTreeMap::new();
    for cluster in clusters {
        for copy in hub.copies_on(cluster) {
            let candidate = found.entry(&copy.name).or_default();
            candidate.enforced |= copy.enforce;
            candidate.wave = candidate.wave.or_else(|| copy.wave.as_deref()?.parse().ok());
            candidate.open |= hub.policy(&copy.namespace, &copy.name).is_some_and(|policy| {
                cluster_compliance(policy, cluster) == ClusterCompliance::NonCompliant
                    && policy.compliance(cluster) != Some(&Compliance::Compliant)
            });
        }
    }
    let mut picked = Picked::default();
    let mut ordered: Vec<(i64, &str)> = Vec::new();
    for (name, candidate) in found {
        if pick.missing && !candidate.open {
            continue;
        }
        if candidate.enforced {
            picked.enforced.push(name.to_owned());
            continue;
        }
        match (&pick.waves, candidate.wave) {
            (Some(waves), Some(wave)) if !waves.contains(&wave) => {}
            (Some(_), None) => picked.without_wave.push(name.to_owned()),
            (_, wave) => ordered.push((wave.unwrap_or(i64::MAX), name)),
        }
    }
    ordered.sort_unstable();
    picked.policies = ordered.into_iter().map(|(_, name)| name.to_owned()).collect();
    picked
}

#[derive(Default)]
struct Candidate {
    enforced: bool,
    open: bool,
    wave: Option<i64>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rollout::example::{copy, hub, policy};
    use serde_json::json;

    fn picked(waves: Option<RangeInclusive<i64>>, missing: bool) -> Picked {
        let states = [
            ("late", Some("100"), "NonCompliant", "inform"),
            ("early", Some("2"), "Pending", "inform"),
            ("done", Some("10"), "Compliant", "inform"),
            ("plain", None, "NonCompliant", "inform"),
            ("forced", Some("1"), "NonCompliant", "enforce"),
        ];
        let mut objects = Vec::new();
        for (name, wave, state, action) in states {
            objects.push(policy("n", name, &[("a", state)]));
            let mut copy = copy("n", name, "a", action);
            if let Some(wave) = wave {
                copy["metadata"]["annotations"] = json!({"ran.openshift.io/ztp-deploy-wave": wave});
            }
            objects.push(copy);
        }
        pick(&hub(objects), &["a".to_owned()], &Pick { waves, missing })
    }

    #[test]
    fn what_is_missing_comes_in_the_order_of_waves() {
        let picked = picked(None, true);
        assert_eq!(picked.policies, ["early", "late", "plain"]);
        assert_eq!(picked.enforced, ["forced"]);
    }

    #[test]
    fn a_range_of_waves_takes_compliant_ones_as_well() {
        let picked = picked(Some(2..=10), false);
        assert_eq!((picked.policies, picked.without_wave), (vec!["early".into(), "done".into()], vec!["plain".into()]));
        assert_eq!(self::picked(Some(2..=10), true).policies, ["early"]);
    }
}
