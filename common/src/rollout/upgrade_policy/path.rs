//! From the versions that clusters have to the one they should have.

use std::collections::BTreeMap;

use semver::Version;

use super::Release;
use crate::resource::ManagedCluster;

/// Label that the hub keeps on each ManagedCluster.
const VERSION_LABEL: &str = "openshiftVersion";

/// How a cluster's version lies to the one wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hop {
    /// It would skip a minor version, which OpenShift does not do.
    SkipsMinor,
    /// It is newer: there is no way back by an upgrade.
    Downgrade,
    /// Nobody knows its version.
    Unknown,
    /// One minor version, or less.
    Upgrade,
    /// It is there.
    There,
}

/// Clusters of one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionCount {
    /// The version; `None` where the hub does not say it.
    pub version: Option<Version>,
    /// What the upgrade is for them.
    pub hop: Hop,
    /// The clusters.
    pub clusters: Vec<String>,
}

/// Counts clusters by version, what cannot be done first. Without a version wanted (an image alone), minors are
/// compared with the channel's.
pub fn hops<'c>(clusters: impl IntoIterator<Item = &'c ManagedCluster>, release: &Release) -> Vec<VersionCount> {
    let mut versions: BTreeMap<Option<Version>, Vec<String>> = BTreeMap::new();
    for cluster in clusters {
        let version = cluster.metadata.label(VERSION_LABEL).and_then(|text| Version::parse(text).ok());
        versions.entry(version).or_default().push(cluster.metadata.name.clone());
    }
    let count = |(version, clusters): (Option<Version>, Vec<String>)| VersionCount {
        hop: version.as_ref().map_or(Hop::Unknown, |version| hop(version, release)),
        version,
        clusters,
    };
    let mut counts: Vec<VersionCount> = versions.into_iter().map(count).collect();
    counts.sort_by(|a, b| (a.hop, &a.version).cmp(&(b.hop, &b.version)));
    counts
}

fn hop(from: &Version, release: &Release) -> Hop {
    let (major, minor) = match &release.version {
        Some(version) if from == version => return Hop::There,
        Some(version) if from > version => return Hop::Downgrade,
        Some(version) => (version.major, version.minor),
        None => (release.channel.major, release.channel.minor),
    };
    match (from.major == major, minor.checked_sub(from.minor)) {
        (true, Some(0 | 1)) => Hop::Upgrade,
        (true, None) => Hop::Downgrade,
        _ => Hop::SkipsMinor,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn cluster(name: &str, version: &str) -> ManagedCluster {
        crate::resource::read(&json!({"metadata": {"name": name, "labels": {VERSION_LABEL: version}}})).unwrap()
    }

    #[test]
    fn one_minor_at_a_time() {
        let clusters = [
            cluster("a", "4.19.4"),
            cluster("b", "4.18.30"),
            cluster("c", "4.20.3"),
            cluster("d", "4.20.4"),
            cluster("e", ""),
            cluster("f", "4.18.30"),
        ];
        let of = |release: &Release| -> Vec<(Hop, String)> {
            hops(&clusters, release).into_iter().map(|count| (count.hop, count.clusters.concat())).collect()
        };
        let release = Release::new(Some("4.20.3"), Some("eus-4.20"), None, None).unwrap();
        let expected = [
            (Hop::SkipsMinor, "bf"),
            (Hop::Downgrade, "d"),
            (Hop::Unknown, "e"),
            (Hop::Upgrade, "a"),
            (Hop::There, "c"),
        ];
        assert_eq!(of(&release), expected.map(|(hop, names)| (hop, names.to_owned())));
        let image = format!("quay.example.com/ocp/release@sha256:{}", "0".repeat(64));
        let release = Release::new(None, Some("stable-4.19"), Some(&image), None).unwrap();
        assert_eq!(of(&release)[0], (Hop::Downgrade, "c".to_owned()));
    }
}
