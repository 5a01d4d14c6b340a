//! Huge pages of performance profiles.

use super::profiles;
use crate::finding::Finding;
use crate::lint::fleet::Fleet;
use crate::yaml::Value;

/// `performance/huge-pages-size`: refused by the webhook of the node tuning operator (4.20
/// `performanceprofile_validation.go`).
pub fn check(fleet: &Fleet<'_>, findings: &mut Vec<Finding>) {
    for cr in profiles(fleet) {
        let pages = cr.value.at(&["spec", "hugepages", "pages"]).and_then(Value::as_seq).unwrap_or_default();
        for (i, page) in pages.iter().enumerate() {
            let has_size = page.get("size").is_some_and(|size| !size.is_null() && size.as_str() != Some(""));
            if has_size || page.as_map().is_none() {
                continue;
            }
            findings.push(
                Finding::error("performance/huge-pages-size", format!("huge pages of {} have no size", cr.shown()))
                    .at(cr.place_of(&["spec", "hugepages", "pages", &i.to_string()]))
                    .note("the cluster refuses the PerformanceProfile")
                    .fix("add size: 1G or size: 2M"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::fleet_check::tests::{found, template};

    #[test]
    fn pages_need_a_size() {
        let cr = "kind: PerformanceProfile\nmetadata: {name: p}\nspec: {hugepages: {pages: [{size: $size, count: $count}]}}\n";
        let run = |page: &str| {
            let entry = format!("{{fileName: P.yaml, policyName: p, spec: {{hugepages: {{pages: [\n{page}]}}}}}}");
            found(check, &[("source-crs/P.yaml", cr), ("1.yaml", &template("t", "ns", "{a: b}", &entry))])
        };
        assert_eq!(run("{count: 32}"), ["performance/huge-pages-size 6"]);
        assert!(run("{count: 32, size: 1G}").is_empty());
    }
}
