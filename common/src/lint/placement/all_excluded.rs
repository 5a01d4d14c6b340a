//! Binding rules that take back what they select.

use crate::finding::Finding;
use crate::lint::fleet::Fleet;

/// `placement/all-excluded`
pub fn check(fleet: &Fleet<'_>, findings: &mut Vec<Finding>) {
    for template in fleet.templates.iter().filter(|template| !template.asked.is_empty()) {
        let asked: Vec<_> = template.asked.iter().filter_map(|i| fleet.clusters.get(*i)).collect();
        let excluded = |rule: &&_| {
            let rule: &crate::lint::fleet::BindingRule<'_> = rule;
            !rule.asks && asked.iter().any(|cluster| !rule.holds(cluster))
        };
        let rules: Vec<_> = template.rules.iter().filter(excluded).collect();
        let Some(first) = rules.first() else { continue };
        let labels: Vec<String> = rules.iter().map(|rule| rule.shown()).collect();
        let fact =
            format!("bindingExcludedRules of {:?} exclude every cluster that bindingRules ask for", template.name);
        let clusters = match asked.as_slice() {
            [one] => format!("{:?} is", one.name),
            [one, rest @ ..] => format!("{:?} and {} more are", one.name, rest.len()),
            [] => continue,
        };
        findings.push(
            Finding::warning("placement/all-excluded", fact)
                .at(first.key.place())
                .note(format!("{clusters} excluded by {}", labels.join(", ")))
                .note("its policies reach nothing"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::fleet_check::tests::{found, site, template};

    #[test]
    fn what_is_asked_for_is_excluded() {
        let cr = ("source-crs/A.yaml", "kind: A\nmetadata: {name: a}\n");
        let text =
            template("t", "ns", "{du: v1}, \nbindingExcludedRules: {zone: z1}", "{fileName: A.yaml, policyName: p}");
        let (one, two) = (site("one", "{du: v1, zone: z1}", ""), site("two", "{du: v1, zone: z2}", ""));
        let files = [cr, ("t.yaml", &*text), ("one.yaml", &*one), ("two.yaml", &*two)];
        assert_eq!(found(check, &files[..3]), ["placement/all-excluded 4"]);
        assert!(found(check, &files).is_empty());
        assert!(found(super::super::no_cluster::check, &files[..3]).is_empty());
    }
}
