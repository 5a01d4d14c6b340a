//! Profiles of PtpConfigs and who is recommended to use them.

use crate::finding::Finding;
use crate::lint::fleet::Fleet;
use crate::suggest::nearest;
use crate::yaml::Value;

/// `ptp/profile-missing`
pub fn check(fleet: &Fleet<'_>, findings: &mut Vec<Finding>) {
    for cr in fleet.all_crs().filter(|cr| cr.kind() == "PtpConfig" && cr.is_demanded()) {
        let list = |name| cr.value.at(&["spec", name]).and_then(Value::as_seq).unwrap_or_default();
        let names: Vec<&str> = list("profile").iter().filter_map(|p| p.get("name")?.as_str()).collect();
        for (i, recommended) in list("recommend").iter().enumerate() {
            let Some(profile) = recommended.get("profile").and_then(Value::as_str) else { continue };
            if names.is_empty() || names.contains(&profile) || profile.contains("{{") {
                continue;
            }
            let own = ["spec", "recommend", &i.to_string(), "profile"];
            let set = cr.place_of(&own);
            // Usually the profile was renamed in the overlay and the recommendation of the source CR was not.
            let place = if set == cr.place() { cr.place_of(&["spec", "profile", "0", "name"]) } else { set };
            let fact = format!("{} recommends the profile {profile:?}, which it does not have", cr.shown());
            let finding = Finding::warning("ptp/profile-missing", fact)
                .at(place)
                .note(format!("its profiles: {}", names.join(", ")))
                .note("the PTP operator starts no daemon for it");
            let name = nearest(profile, names.iter().copied()).or(names.first().copied()).unwrap_or_default();
            findings.push(finding.fix(format!("overlay spec.recommend as well, with profile: {name}")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::fleet_check::tests::{found, template};

    #[test]
    fn a_renamed_profile_is_found_where_it_was_renamed() {
        let cr =
            "kind: PtpConfig\nmetadata: {name: p}\nspec: {profile: [{name: slave}], recommend: [{profile: slave}]}\n";
        let run = |overlay: &str| {
            let entry = format!("{{fileName: P.yaml, policyName: p, spec: {{\n{overlay}}}}}");
            found(check, &[("source-crs/P.yaml", cr), ("1.yaml", &template("t", "ns", "{a: b}", &entry))])
        };
        assert_eq!(run("profile: [{name: boundary}]"), ["ptp/profile-missing 6"]);
        assert!(run("profile: [{name: boundary}], recommend: [{profile: boundary}]").is_empty());
        assert!(run("profile: [{interface: ens1f0}]").is_empty());
    }
}
