//! What the generator works out while it parses: counters, cluster type, partitions, references to ConfigMaps, and the
//! checks that come with them (`UnmarshalYAML` of Clusters and Partitions, ZTP 4.20 `siteConfig.go`).

use super::install_config;
use super::record::{Record, Typed};
use super::schema::MANIFESTS_REF;
use crate::finding::Finding;
use crate::yaml::{Source, Span};

const PARTITION: &str = "siteconfig/disk-partition";
const CLUSTER: &str = "siteconfig/cluster";

/// Completes all clusters of a decoded document.
pub fn finish(site: &mut Record, source: &Source, findings: &mut Vec<Finding>) {
    let Some(Typed::Record(spec)) = site.get_mut("Spec") else { return };
    for cluster in spec.records_mut("Clusters") {
        let mut report = |id, span, fact: String, fix: &str| {
            findings.push(Finding::error(id, fact).at(source.place(span)).fix(fix));
        };
        for node in cluster.records_mut("Nodes") {
            for disk in node.records_mut("DiskPartition") {
                disk.records_mut("Partitions").for_each(|p| partition(p, &mut report));
            }
        }
        count(cluster, &mut report);
        cpu_partitioning(cluster, &mut report);
        references(cluster);
    }
}

/// Says that something is wrong: id, place, fact, fix.
type Report<'r> = dyn FnMut(&'static str, Span, String, &str) + 'r;

fn count(cluster: &mut Record, report: &mut Report<'_>) {
    let nodes = cluster.records("Nodes").count();
    let masters = cluster.records("Nodes").filter(|n| matches!(n.text("Role"), "" | "master")).count();
    let sno = masters == 1;
    if masters == 0 {
        let fact = "Number of masters (counted 0) must be 1 or more";
        report(CLUSTER, cluster.span_of("Nodes"), fact.into(), "give one node the role master, or leave its role out");
    }
    if !sno
        && let Some(node) = cluster.records("Nodes").find(|n| !matches!(n.get("DiskPartition"), Some(Typed::Nil(_))))
    {
        let fact = "ClusterType must be SNO to do disk partitioning using SiteConfig";
        let fix = "remove diskPartition and add the partitions as extra manifests";
        report(PARTITION, node.span_of("DiskPartition"), fact.into(), fix);
    }
    let workers = if sno { 0 } else { nodes - masters };
    // The Go fields are 8 bits wide.
    cluster.set("NumMasters", Typed::Int((masters % 256) as i64));
    cluster.set("NumWorkers", Typed::Int((workers % 256) as i64));
    cluster.set("ClusterType", Typed::Text(if sno { "sno" } else { "standard" }.into()));
}

fn cpu_partitioning(cluster: &mut Record, report: &mut Report<'_>) {
    match cluster.text("CPUPartitioning") {
        "" | "None" => {}
        "AllNodes" => match install_config::with_cpu_partitioning(cluster.text("InstallConfigOverrides")) {
            Ok(text) => cluster.set("InstallConfigOverrides", Typed::Text(text.into())),
            Err(fact) => report(
                install_config::ID,
                cluster.span_of("InstallConfigOverrides"),
                fact,
                "installConfigOverrides must be a JSON object",
            ),
        },
        other => report(
            CLUSTER,
            cluster.span_of("CPUPartitioning"),
            format!("cpuPartitioningMode value of [{other}] is not valid, supported values are [None AllNodes]"),
            "use None or AllNodes",
        ),
    }
}

fn references(cluster: &mut Record) {
    let name = cluster.text("ClusterName").to_owned();
    let mut refs = cluster.list("ManifestsConfigMapRefs").to_vec();
    let mut add = |name: String| {
        let mut reference = Record::zero(&MANIFESTS_REF);
        reference.set("Name", Typed::Text(name.into()));
        refs.push(Typed::Record(reference));
    };
    add(name.clone());
    if is_accelerated(cluster) {
        add(format!("{name}-aztp"));
    }
    cluster.set("ManifestsConfigMapRefs", Typed::List(refs));
}

/// Whether the cluster asks for accelerated ZTP, exactly as the generator compares.
pub fn is_accelerated(cluster: &Record) -> bool {
    let label = cluster.map("ClusterLabels").and_then(|labels| labels.get("accelerated-ztp")?.as_str());
    matches!(label, Some("full" | "partial"))
}

fn partition(partition: &mut Record, report: &mut Report<'_>) {
    let mut problems = Vec::new();
    if partition.int("Start") < 25000 {
        problems.push("start value too small. must be over 25000");
    }
    if partition.int("Size") <= 0 {
        problems.push("choose an appropriate partition size. must be greater than 0");
    }
    if partition.text("MountPoint").is_empty() {
        problems.push("must provide a path for mount_point. e.g /var/path");
    }
    let path = clean(partition.text("MountPoint"));
    if !path.starts_with('/') {
        problems.push("path must be absolute mount_point. e.g /var/path");
    }
    if !problems.is_empty() {
        let fix = "the partition needs start >= 25000 (MiB), size > 0 (MiB) and an absolute mount_point";
        report(PARTITION, partition.span, problems.join(" && "), fix);
    }
    if partition.text("FileSystemFormat").is_empty() {
        partition.set("FileSystemFormat", Typed::Text("xfs".into()));
    }
    let label = path.get(1..).unwrap_or_default().replace('/', "-");
    partition.set("Label", Typed::Text(label.into()));
    partition.set("MountFileName", Typed::Text(format!("{}.mount", unit_name(&path)).into()));
    partition.set("MountPoint", Typed::Text(path.into()));
}

/// Go's `path.Clean`.
pub fn clean(path: &str) -> String {
    let rooted = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/').filter(|p| !matches!(*p, "" | ".")) {
        match (part, parts.last()) {
            ("..", Some(last)) if *last != ".." => {
                parts.pop();
            }
            ("..", _) if rooted => {}
            _ => parts.push(part),
        }
    }
    match (rooted, parts.join("/")) {
        (true, rest) => format!("/{rest}"),
        (false, rest) if rest.is_empty() => ".".into(),
        (false, rest) => rest,
    }
}

/// go-systemd's `UnitNamePathEscape`.
fn unit_name(path: &str) -> String {
    let path = path.trim_matches('/');
    if path.is_empty() {
        return "-".into();
    }
    let mut name = String::new();
    let mut before = b'/';
    for (i, byte) in path.bytes().enumerate() {
        match byte {
            b'/' if before == b'/' && i > 0 => {}
            b'/' => name.push('-'),
            b'.' if i == 0 => name.push_str("\\x2e"),
            b':' | b'_' | b'.' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => name.push(char::from(byte)),
            _ => name.push_str(&format!("\\x{byte:02x}")),
        }
        before = byte;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_unit_names() {
        assert_eq!(unit_name("/var/image-registry"), "var-image\\x2dregistry");
        assert_eq!(unit_name("/"), "-");
        assert_eq!(clean("/var//a/../b/."), "/var/b");
        assert_eq!(clean("a/../.."), "..");
        assert_eq!(clean(""), ".");
    }
}
