//! Binding rules that select nothing.

use std::collections::BTreeSet;

use crate::finding::Finding;
use crate::lint::fleet::{BindingRule, Cluster, Fleet, Template, set_by_hub};
use crate::suggest::nearest;

/// `placement/no-cluster`: only where the repository has clusters.
pub fn check(fleet: &Fleet<'_>, findings: &mut Vec<Finding>) {
    if fleet.clusters.is_empty() {
        return;
    }
    let labels = Labels::new(&fleet.clusters);
    let unbound = fleet.templates.iter().filter(|template| template.reach.is_empty() && template.asked.is_empty());
    findings.extend(unbound.map(|template| finding(fleet, &labels, template)));
}

/// Keys, and values by key, of all clusters: for "did you mean".
struct Labels<'c> {
    keys: BTreeSet<&'c str>,
    pairs: BTreeSet<(&'c str, &'c str)>,
}

impl<'c> Labels<'c> {
    fn new(clusters: &'c [Cluster<'_>]) -> Self {
        let all = || clusters.iter().flat_map(|cluster| &cluster.labels);
        Self {
            keys: all().map(|(key, _)| key.as_str()).collect(),
            pairs: all().map(|(key, value)| (key.as_str(), value.as_str())).collect(),
        }
    }

    fn nearest(&self, rule: &BindingRule<'_>) -> Option<String> {
        let key = rule.requirement.key.as_str();
        if !self.keys.contains(key) {
            return nearest(key, self.keys.iter().copied()).map(str::to_owned);
        }
        let values = || self.pairs.range((key, "")..).take_while(|(k, _)| *k == key).map(|(_, value)| *value);
        let near = rule.requirement.values.iter().find_map(|value| nearest(value, values()));
        near.map(|value| if value.is_empty() { format!("{key}: \"\"") } else { format!("{key}: {value}") })
    }
}

fn finding(fleet: &Fleet<'_>, labels: &Labels<'_>, template: &Template<'_>) -> Finding {
    let name = template.name;
    let nobody = |rule: &&BindingRule<'_>| rule.asks && !fleet.clusters.iter().any(|cluster| rule.holds(cluster));
    let Some(rule) = template.rules.iter().find(nobody) else {
        let place = template.rules.first().map_or(template.anchor(), |rule| rule.key).place();
        let fact = format!("no cluster of the repository fits all binding rules of {name:?}");
        return Finding::warning("placement/no-cluster", fact)
            .at(place)
            .note(format!(
                "{} alone fits some, all together none",
                template.rules.first().map(BindingRule::shown).unwrap_or_default()
            ))
            .note("its policies reach nothing")
            .fix("compare bindingRules and bindingExcludedRules with clusterLabels of the SiteConfigs");
    };
    let fact =
        format!("no cluster of the repository has the label {}, so the policies of {name:?} reach none", rule.shown());
    let finding = Finding::warning("placement/no-cluster", fact).at(rule.key.place());
    match labels.nearest(rule).filter(|_| !set_by_hub(&rule.requirement.key)) {
        Some(near) => finding.fix(format!("did you mean {near}?")),
        None => finding.fix("add the label to clusterLabels of a SiteConfig, or correct bindingRules"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::fleet_check::tests::{found, site, template};

    const CR: (&str, &str) = ("source-crs/A.yaml", "kind: A\nmetadata: {name: a}\n");

    fn run(rules: &str, sites: &[(&str, &str)]) -> Vec<String> {
        let text = template("t", "ns", rules, "{fileName: A.yaml, policyName: p}");
        found(check, &[&[CR, ("1.yaml", &*text)], sites].concat())
    }

    #[test]
    fn a_label_that_no_cluster_has() {
        let site = site("s", "{zone: zone-1, common: true}", "");
        let sites = [("s.yaml", &*site)];
        assert_eq!(run("{zone: zone1}", &sites), ["placement/no-cluster 3"]);
        assert!(run("{zone: zone-1, common: \"true\", ztp-done: \"\"}", &sites).is_empty());
        assert!(run("{name: s}", &sites).is_empty());
        assert!(run("{zone: zone1}", &[]).is_empty());
    }

    #[test]
    fn the_nearest_label_is_said() {
        let source = crate::yaml::Source::from_text("a", "k: 1");
        let document = crate::yaml::documents(&source).next().unwrap().unwrap();
        let key = document.root().unwrap();
        let requirement =
            crate::resource::Requirement { key: "zone".into(), operator: "In".into(), values: vec!["zone1".into()] };
        let rule = BindingRule { key, value: key, requirement, asks: true };
        let cluster = |zone: &str| Cluster {
            name: "s",
            labels: [("zone".to_owned(), zone.to_owned())].into(),
            anchor: key,
            cpusets: Vec::new(),
            interfaces: BTreeSet::new(),
        };
        assert_eq!(Labels::new(&[cluster("zone-1")]).nearest(&rule).as_deref(), Some("zone: zone-1"));
        assert_eq!(Labels::new(&[cluster("elsewhere")]).nearest(&rule), None);
    }
}
