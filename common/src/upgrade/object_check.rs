//! The ImageBasedUpgrade itself: what the schema refuses and what is accepted but does not do what it seems to.

use semver::Version;
use serde_json::Value;

use super::annotation::{
    DISABLED, IMAGE_CLEANUP, IMAGE_CLEANUP_THRESHOLD, MANIFEST_COUNT, MANUAL_CLEANUP, NO_INIT_MONITOR, NO_POST_REBOOT,
    NO_UPGRADE_COMPLETION, TRIGGER_RECONCILE, VALIDATION_WARNING,
};
use super::manifest::{Manifest, ObjectFinding};
use super::object::{API_VERSION, NAME};
use crate::finding::Finding;

/// Checks an ImageBasedUpgrade as somebody wrote it. `current` is the release the cluster runs, if known.
pub fn check(ibu: &Manifest<'_>, current: Option<&str>) -> Vec<ObjectFinding> {
    let mut findings = Vec::new();
    let mut add = |finding: Finding, path: &[&str]| findings.push(ibu.finding(finding, path));
    if ibu.api_version() != API_VERSION {
        let fact = format!("apiVersion is \"{}\"", ibu.api_version());
        add(Finding::error("ibu/api-version", fact).fix(format!("set it to {API_VERSION}")), &["apiVersion"]);
    }
    if ibu.name() != NAME {
        let fact = format!("an ImageBasedUpgrade must be named \"{NAME}\", this one is \"{}\"", ibu.name());
        add(Finding::error("ibu/name", fact).fix(format!("set metadata.name to {NAME}")), &["metadata", "name"]);
    }
    stage(ibu, &mut add);
    seed(ibu, current, &mut add);
    references(ibu, &mut add);
    rollback(ibu, &mut add);
    for (key, value) in ibu.at(&["metadata", "annotations"]).and_then(Value::as_object).into_iter().flatten() {
        if let Some(finding) = annotation(key, value.as_str().unwrap_or_default()) {
            add(finding, &["metadata", "annotations", key]);
        }
    }
    findings
}

type Add<'a> = dyn FnMut(Finding, &[&str]) + 'a;

fn stage(ibu: &Manifest<'_>, add: &mut Add<'_>) {
    let path = ["spec", "stage"];
    let Some(value) = ibu.at(&path) else { return };
    if !matches!(value.as_str(), Some("Idle" | "Prep" | "Upgrade" | "Rollback")) {
        let finding = Finding::error("ibu/stage", format!("stage {value} does not exist"));
        add(finding.fix("write Idle, Prep, Upgrade or Rollback"), &path);
    }
}

fn seed(ibu: &Manifest<'_>, current: Option<&str>, add: &mut Add<'_>) {
    let resting = matches!(ibu.text(&["spec", "stage"]), "" | "Idle");
    let (version_path, image_path) = (["spec", "seedImageRef", "version"], ["spec", "seedImageRef", "image"]);
    let (version, image) = (ibu.text(&version_path), ibu.text(&image_path));
    if version.is_empty() {
        if !resting || !image.is_empty() {
            let finding = Finding::error("ibu/seed-version", "seedImageRef has no version");
            add(finding.fix("write the release that is in the seed image"), &version_path);
        }
    } else if let Some(finding) = version_finding(version, current) {
        add(finding, &version_path);
    }
    if image.is_empty() && (!resting || !version.is_empty()) {
        let finding = Finding::error("ibu/seed-image", "seedImageRef has no image");
        add(finding.fix("write the seed image"), &image_path);
    } else if image.contains(char::is_whitespace) {
        add(Finding::error("ibu/seed-image", format!("seed image \"{image}\" has blanks in it")), &image_path);
    }
    let secret_path = ["spec", "seedImageRef", "pullSecretRef"];
    if ibu.at(&secret_path).is_some() && ibu.text(&["spec", "seedImageRef", "pullSecretRef", "name"]).is_empty() {
        let finding = Finding::error("ibu/pull-secret", "pullSecretRef is not an object with a name")
            .note("the product documentation has an example with a bare name, which the API server refuses")
            .fix("write pullSecretRef: {name: NAME}");
        add(finding, &secret_path);
    }
}

/// The rule of LCA main `controllers/prep_handlers.go`: semver, and strictly higher than what runs.
fn version_finding(version: &str, current: Option<&str>) -> Option<Finding> {
    let Ok(seed) = Version::parse(version) else {
        let finding = Finding::error("ibu/seed-version", format!("seed version \"{version}\" is not a release number"));
        return Some(finding.note("Prep fails").fix("write it in full, such as 4.20.3"));
    };
    let running = current.and_then(|c| Version::parse(c).ok())?;
    if seed.cmp_precedence(&running).is_le() {
        let fact = format!("seed version {version} is not higher than {running}, which the cluster runs");
        return Some(Finding::error("ibu/seed-not-newer", fact).note("Prep fails").fix("choose a newer seed image"));
    }
    (seed.major != running.major || seed.minor > running.minor.saturating_add(2)).then(|| {
        let fact = format!("from {running} to {version} is further than an image-based upgrade supports");
        Finding::warning("ibu/seed-too-far", fact).fix("go at most two minor releases at once")
    })
}

fn references(ibu: &Manifest<'_>, add: &mut Add<'_>) {
    for field in ["oadpContent", "extraManifests"] {
        let path = ["spec", field];
        let items = ibu.at(&path).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let text = |item: &Value, key: &str| item.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        for item in items {
            if text(item, "name").is_empty() || text(item, "namespace").is_empty() {
                let fact = format!("an item of {field} lacks name or namespace");
                add(Finding::error("ibu/config-map-reference", fact).fix("write both"), &path);
            }
        }
    }
}

fn rollback(ibu: &Manifest<'_>, add: &mut Add<'_>) {
    let path = ["spec", "autoRollbackOnFailure", "initMonitorTimeoutSeconds"];
    let Some(value) = ibu.at(&path) else { return };
    match value.as_i64() {
        Some(seconds) if seconds < 0 => {
            let finding = Finding::error("ibu/init-monitor-setting", "the init monitor timeout is below 0");
            add(finding.fix("write seconds; 0 means 1800"), &path);
        }
        Some(seconds) if (1..600).contains(&seconds) => {
            let fact = format!("the init monitor rolls back {seconds} seconds after the boot");
            let finding = Finding::warning("ibu/init-monitor-setting", fact)
                .note("a healthy upgrade takes longer than that, and would be rolled back");
            add(finding.fix("give it 1800 seconds or more"), &path);
        }
        Some(_) => {}
        None => add(Finding::error("ibu/init-monitor-setting", "the init monitor timeout is not a number"), &path),
    }
}

fn annotation(key: &str, value: &str) -> Option<Finding> {
    match key {
        NO_INIT_MONITOR | NO_POST_REBOOT | NO_UPGRADE_COMPLETION | IMAGE_CLEANUP => (value != DISABLED).then(|| {
            let finding =
                Finding::warning("ibu/annotation-value", format!("{key} is \"{value}\", which has no effect"));
            finding.fix(format!("only {DISABLED} switches it off; otherwise remove it"))
        }),
        IMAGE_CLEANUP_THRESHOLD => threshold(value),
        MANIFEST_COUNT => (value.parse::<u64>().map(|n| n.to_string()).ok().as_deref() != Some(value)).then(|| {
            let finding = Finding::error("ibu/manifest-count", format!("{key} is \"{value}\""));
            finding.note("it is compared as text, so Prep fails").fix("write a plain number, such as 5")
        }),
        MANUAL_CLEANUP | TRIGGER_RECONCILE | VALIDATION_WARNING => None,
        _ => misspelled(key),
    }
}

fn threshold(value: &str) -> Option<Finding> {
    let key = IMAGE_CLEANUP_THRESHOLD;
    match value.parse::<i64>() {
        Ok(percent) if (0..=100).contains(&percent) => None,
        Ok(percent) => {
            let finding = Finding::warning("ibu/annotation-value", format!("{key} is {percent} percent"));
            Some(finding.fix("write a number from 0 to 100"))
        }
        Err(_) => {
            let finding = Finding::warning("ibu/annotation-value", format!("{key} is \"{value}\", not a number"));
            Some(finding.note("this switches the image clean-up off").fix("write a number from 0 to 100"))
        }
    }
}

/// Keys that look as if they were meant for the agent.
fn misspelled(key: &str) -> Option<Finding> {
    let known = [
        NO_INIT_MONITOR,
        NO_POST_REBOOT,
        NO_UPGRADE_COMPLETION,
        IMAGE_CLEANUP,
        IMAGE_CLEANUP_THRESHOLD,
        MANIFEST_COUNT,
        MANUAL_CLEANUP,
        TRIGGER_RECONCILE,
    ];
    let near = known.into_iter().find(|k| distance_at_most(key, k, 2))?;
    let finding = Finding::warning("ibu/annotation-misspelled", format!("annotation {key} means nothing to the agent"));
    Some(finding.fix(format!("did you mean {near}?")))
}

/// Whether two texts differ by at most `limit` inserted, removed or replaced characters.
fn distance_at_most(a: &str, b: &str, limit: usize) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > limit {
        return false;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let replace = row.get(j).copied().unwrap_or(limit) + usize::from(x != y);
            let remove = row.get(j + 1).copied().unwrap_or(limit) + 1;
            let insert = next.last().copied().unwrap_or(limit) + 1;
            next.push(replace.min(remove).min(insert));
        }
        row = next;
    }
    row.last().is_some_and(|d| *d <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn ids(value: Value, current: Option<&str>) -> Vec<&'static str> {
        check(&Manifest::from_value(value), current).iter().map(|f| f.finding.id).collect()
    }

    fn prep(version: &str, annotations: Value) -> Value {
        json!({
            "apiVersion": API_VERSION, "kind": "ImageBasedUpgrade",
            "metadata": {"name": "upgrade", "annotations": annotations},
            "spec": {"stage": "Prep", "seedImageRef": {"version": version, "image": "q/seed:1"}},
        })
    }

    #[test]
    fn the_seed_must_be_newer_by_semver() {
        assert!(ids(prep("4.18.0", json!({})), Some("4.16.3")).is_empty());
        assert_eq!(ids(prep("4.16.0-rc.1", json!({})), Some("4.16.0")), ["ibu/seed-not-newer"]);
        assert_eq!(ids(prep("4.16", json!({})), None), ["ibu/seed-version"]);
        assert_eq!(ids(prep("4.19.0", json!({})), Some("4.16.3")), ["ibu/seed-too-far"]);
    }

    #[test]
    fn annotations_that_do_nothing_are_told() {
        let found =
            ids(prep("4.18.0", json!({"lca.openshit.io/manual-cleanup-done": "", NO_INIT_MONITOR: "disabled"})), None);
        assert_eq!(found.len(), 2);
        assert!(found.contains(&"ibu/annotation-misspelled"));
        assert_eq!(ids(prep("4.18.0", json!({MANIFEST_COUNT: "05"})), None), ["ibu/manifest-count"]);
    }
}
